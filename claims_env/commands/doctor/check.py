"""One thing the doctor looked at, and what is to be done about it."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "absent", "broken"]
"""It works; it is not there, which may be as it should; or it is there and does not work."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of one thing.

    Attributes:
        group: What it belongs to, such as 'keys'.
        name: What was looked at.
        state: How it is.
        found: What was seen, without any secret.
        cure: What to do if it is wanted; nothing where it works.
        asked: Whether somebody asked for it: then it has to work.
    """

    group: str
    name: str
    state: State
    found: str
    cure: str = ""
    asked: bool = False

    @property
    def fails(self) -> bool:
        """Whether the doctor's answer is no."""
        return self.asked and self.state != "ok"
