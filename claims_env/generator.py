"""What the curriculum needs from a text-to-motion generator."""

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

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
