"""The loss: how far the network's guess lies from the clip it was shown under noise."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from claims_env.generators.mdm.schedule import Schedule
from claims_env.generators.mdm.training.batch import Batch

Guess = Callable[[Batch, Tensor], Tensor]
"""Takes a noisy batch and its diffusion steps (clips,); returns clips, as `Batch.motion`."""

QUARTERS = 4
"""Losses are told apart by the quarter of the diffusion their step lies in, as MDM's log does."""


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """What chance decides of a step.

    Attributes:
        step: Diffusion step of each clip, shape (clips,), int64.
        noise: Shape (clips, frames, features).
        is_dropped: Whether a clip loses its text, shape (clips,).
    """

    step: Tensor
    noise: Tensor
    is_dropped: Tensor


def draw_for(
    batch: Batch, diffusion_steps: int, text_dropped: float, generator: torch.Generator
) -> Draw:
    """Return fresh draws: diffusion steps are uniform, texts go one by one."""
    clips, device = len(batch.motion), batch.motion.device
    return Draw(
        torch.randint(diffusion_steps, (clips,), generator=generator, device=device),
        torch.randn(batch.motion.shape, generator=generator, device=device),
        torch.rand(clips, generator=generator, device=device) < text_dropped,
    )


def losses(guess: Guess, batch: Batch, draw: Draw, schedule: Schedule) -> Tensor:
    """Return each clip's loss, shape (clips,).

    The clip is drowned in noise as far as its step says, and the network is to return the clip
    itself; a dropped text is all zeros (MDM, `training_losses` and `mask_cond`). Terms on positions
    and velocities have weight 0 for HumanML3D.
    """
    noisy = schedule.noised(batch.motion, draw.noise, draw.step)
    text = batch.text.masked_fill(draw.is_dropped[:, None, None], 0.0)
    guessed = guess(replace(batch, motion=noisy, text=text), draw.step)
    return masked_l2(batch.motion, guessed.float(), batch.frame_padding)


def masked_l2(wanted: Tensor, given: Tensor, frame_padding: Tensor) -> Tensor:
    """Return each clip's mean squared difference over its real frames, shape (clips,)."""
    squared = ((wanted - given) ** 2).mean(-1).masked_fill(frame_padding, 0.0)
    return squared.sum(-1) / (~frame_padding).sum(-1)


def quarter_of(step: Tensor, diffusion_steps: int) -> Tensor:
    """Return which quarter of the diffusion steps lie in, 0 (little noise) to 3."""
    return QUARTERS * step // diffusion_steps
