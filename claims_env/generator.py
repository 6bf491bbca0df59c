"""What the curriculum needs from a text-to-motion generator."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from claims_env.motion import Motion
from claims_env.prompt import Prompt


class MotionGenerator(Protocol):
    """Turns prompts into motions."""

    @property
    def name(self) -> str:
        """What it is, as shown in records and reports, such as 'composer' or 'mdm'."""
        ...

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        """Return one motion per prompt; a `str` is free text, which no library need know.

        A clip depends on its prompt and its seed alone, not on its neighbours in the batch.
        """
        ...


@runtime_checkable
class StreamsMotions(Protocol):
    """A generator so slow that people want to see each clip when it is done."""

    def stream(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> Iterator[Motion]:
        """Yield what `generate` returns, each motion as soon as it is made."""
        ...


@runtime_checkable
class TellsProgress(Protocol):
    """A generator so slow that people want to see how far it is within a clip."""

    def stream_watched(
        self,
        prompts: Sequence[Prompt | str],
        seeds: Sequence[int],
        on_progress: Callable[[float], None],
    ) -> Iterator[Motion]:
        """Yield what `stream` does, and tell time and again how many clips that makes.

        Args:
            prompts: As for `generate`.
            seeds: Likewise.
            on_progress: Told the clips of this call that are done, parts of clips included.
        """
        ...


@runtime_checkable
class HasDecidingFacts(Protocol):
    """A generator that depends on files and settings, and can name them one by one."""

    @property
    def deciding_facts(self) -> Mapping[str, Any]:
        """What its clips follow from beside prompt and seed, as JSON values.

        Equal facts mean equal clips, wherever the files lie and whatever they are called.
        """
        ...
