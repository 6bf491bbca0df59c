"""The curriculum with sentences for actions: the paper's arm without the variable library."""

from collections.abc import Sequence
from typing import Any, cast

import gymnasium as gym
import numpy as np
from gymnasium import spaces

from claims_env.env import CurriculumEnv
from claims_env.errors import ContractBroken
from claims_env.free_sentence import LONGEST, round_problem
from claims_env.prompt import Prompt, free_prompt
from claims_env.rounds import Round
from claims_env.scheduler import Observation

ANY_DOMAIN = "any"
"""The domain of sentences that open a run: they follow no prompt and belong to none."""

Sentences = tuple[str, ...]

_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")


class SentenceSpace(spaces.Space[Sentences]):
    """Every tuple of so many different sentences that `round_problem` has nothing against.

    Args:
        sets: How many.
        seed: For `sample`.
    """

    def __init__(self, sets: int, seed: int | None = None) -> None:
        super().__init__(None, None, seed)
        self.sets = sets

    @property
    def is_np_flattenable(self) -> bool:
        """Whether elements can become one array of fixed size; sentences cannot."""
        return False

    def contains(self, x: Any) -> bool:
        """Return whether it is an action: strings, as many as there are sets, all in order."""
        return self.problem(x) is None

    def problem(self, x: Any) -> str | None:
        """Return what is wrong with an action, and the cure, or None."""
        is_list = isinstance(x, Sequence) and not isinstance(x, str)
        if not is_list or not all(isinstance(sentence, str) for sentence in x):
            return f"It is of type {type(x).__name__}. Give a list of {self.sets} sentences."
        if len(x) != self.sets:
            return f"It holds {len(x)} sentence(s). Give {self.sets}: one for each set."
        return round_problem(x)

    def sample(self, mask: Any = None, probability: Any = None) -> Sentences:
        """Return sentences of made-up words: for checks of interfaces, not for training.

        Args:
            mask: Not used.
            probability: Not used.
        """
        return tuple(
            f"The person does {self._word()} and {self._word()}." for _ in range(self.sets)
        )

    def _word(self) -> str:
        return "".join(_LETTERS[int(i)] for i in self.np_random.integers(len(_LETTERS), size=12))

    def __repr__(self) -> str:
        return f"SentenceSpace({self.sets} sentences of up to {LONGEST} characters)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SentenceSpace) and other.sets == self.sets


class FreeText(gym.Wrapper[Observation, Sentences, Observation, np.ndarray[Any, Any]]):
    """A curriculum whose action is one sentence per set, in place of indices into a library.

    Sentence i follows prompt i of the round before and keeps its domain, so that lineage and
    figures per domain stay what they are. Its slots are unsaid (see `free_prompt`); in the
    observation their tiers are 0, which no phrase has.

    Args:
        env: The curriculum; its opening round is still drawn from the library.
    """

    def __init__(self, env: CurriculumEnv) -> None:
        # Gymnasium annotates what is wrapped as if it had the wrapper's own actions
        super().__init__(cast(Any, env))
        self.curriculum = env
        self._sentences = SentenceSpace(env.sets)
        self.action_space = self._sentences

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds played since the last reset."""
        return self.curriculum.rounds

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Play round 0. See `CurriculumEnv.reset`.

        Args:
            seed: Of the episode.
            options: Under 'opening', a sentence per set, if round 0 is not to be drawn from the
                library.

        Raises:
            gymnasium.error.InvalidAction: A sentence of the opening does not fit.
        """
        options = dict(options or {})
        if "opening" in options:
            opening = self._checked(options["opening"])
            options["opening"] = tuple(free_prompt(ANY_DOMAIN, said) for said in opening)
        return self.curriculum.reset(seed=seed, options=options)

    def step(self, action: Sentences) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Play one round on these sentences.

        Raises:
            gymnasium.error.InvalidAction: They are too few or too many, or one does not fit.
        """
        return self.curriculum.step_on(self._prompts(self._checked(action)))

    def valid(self, action: Any, scheduler: str) -> list[str]:
        """Return the sentences a scheduler gave.

        Raises:
            ContractBroken: They are none, or too few or too many, or one does not fit.
        """
        if problem := self._sentences.problem(action):
            raise ContractBroken(f"The scheduler '{scheduler}' wrote no action. {problem}")
        return [str(said) for said in action]

    def _prompts(self, sentences: Sequence[str]) -> tuple[Prompt, ...]:
        if not self.rounds:
            raise gym.error.ResetNeeded("Call reset before step: an episode starts with round 0.")
        parents = self.rounds[-1].sets
        pairs = zip(parents, sentences, strict=True)
        return tuple(free_prompt(parent.prompt.domain, said) for parent, said in pairs)

    def _checked(self, action: Any) -> Sequence[str]:
        if problem := self._sentences.problem(action):
            raise gym.error.InvalidAction(f"This is no action of the free-text arm. {problem}")
        checked: Sequence[str] = action
        return checked
