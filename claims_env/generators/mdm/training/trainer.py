"""The trainer: advances a network step by step."""

import torch
from torch import Tensor

from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.network import Network
from claims_env.generators.mdm.schedule import Schedule
from claims_env.generators.mdm.training.average import follow
from claims_env.generators.mdm.training.batch import Batch, draw_batch
from claims_env.generators.mdm.training.corpus import Corpus
from claims_env.generators.mdm.training.dice import borrowed, generator_for
from claims_env.generators.mdm.training.loss import draw_for, losses, quarter_of
from claims_env.generators.mdm.training.recipe import Recipe
from claims_env.generators.mdm.training.state import State
from claims_env.generators.mdm.training.tally import Tally


class Trainer:
    """Learns from a corpus after a recipe.

    Step n does the same whether or not the training was stopped before it: on the CPU to the bit,
    on a GPU as far as its kernels are deterministic.
    """

    def __init__(
        self,
        corpus: Corpus,
        architecture: Architecture,
        recipe: Recipe,
        *,
        diffusion_steps: int = 50,
        device: torch.device | str = "cpu",
    ) -> None:
        """Make a network of random weights, ready for its first step."""
        self.step, self._corpus, self._recipe = 0, corpus, recipe
        self._device, self._schedule = torch.device(device), Schedule.cosine(diffusion_steps)
        with borrowed(recipe.seed, "weights", 0, torch.device("cpu")):
            network = Network(architecture, recipe.dropout)
        self._network = network.to(self._device).train()
        self._average = {k: v.detach().clone() for k, v in self._network.state_dict().items()}
        self._optimiser = torch.optim.AdamW(
            self._network.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        self.tally = Tally(self._device)

    def advance(self) -> None:
        """Do one step, and count its losses in the tally."""
        recipe = self._recipe
        batch = draw_batch(self._corpus, recipe, self.step).to(self._device)
        generator = generator_for(recipe.seed, "noise", self.step, self._device)
        draw = draw_for(batch, self._schedule.steps, recipe.text_dropped, generator)
        with borrowed(recipe.seed, "dropout", self.step, self._device):
            each = losses(self._guess, batch, draw, self._schedule)
        self._learn(each.mean())
        self.tally.add(each, quarter_of(draw.step, self._schedule.steps))
        self.step += 1

    @property
    def state(self) -> State:
        """Where the training stands; tensors are the trainer's own, so write them at once."""
        weights = {k: v.detach() for k, v in self._network.state_dict().items()}
        return State(self.step, weights, self._average, self._optimiser.state_dict())

    def resume(self, state: State) -> None:
        """Go on from where another trainer with the same corpus and recipe stopped."""
        self._network.load_state_dict(state.weights)
        self._optimiser.load_state_dict(dict(state.optimiser))
        for name, tensor in self._average.items():
            tensor.copy_(state.average[name])
        self.step = state.step

    def _guess(self, noisy: Batch, step: Tensor) -> Tensor:
        half = self._recipe.precision == "bfloat16"
        with torch.autocast(self._device.type, torch.bfloat16, enabled=half):
            guessed: Tensor = self._network(
                noisy.motion,
                step,
                noisy.text,
                text_padding=noisy.text_padding,
                frame_padding=noisy.frame_padding,
            )
        return guessed

    def _learn(self, loss: Tensor) -> None:
        for group in self._optimiser.param_groups:
            group["lr"] = self._recipe.rate_at(self.step)
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        if self._recipe.gradient_norm is not None:
            torch.nn.utils.clip_grad_norm_(self._network.parameters(), self._recipe.gradient_norm)
        self._optimiser.step()
        follow(self._average, self._network.state_dict(), self._recipe.average_at(self.step))
