"""Captioned motions: recorded clips, the sentences that describe them, and their folder."""

import hashlib
import json
from dataclasses import asdict, dataclass

from claims_env.motion import Motion
from claims_env.suite import Refusal


@dataclass(frozen=True, slots=True)
class Caption:
    """A sentence about a clip or about a part of it.

    Attributes:
        text: The words.
        start_s: Where the part begins [s].
        end_s: Where it ends [s]; None is the end of the clip.
    """

    text: str
    start_s: float = 0.0
    end_s: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CaptionedMotion:
    """A clip and what is said about it.

    Attributes:
        motion: At its own frame rate, under a name unique within its folder.
        captions: At least one.
        file: Where it lies, relative to the folder.
        sha256: Of the file's bytes, in hexadecimal.
    """

    motion: Motion
    captions: tuple[Caption, ...]
    file: str
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class CaptionedFolder:
    """Everything a folder of recordings offers.

    Attributes:
        name: The folder's own name.
        clips: Ordered by file.
        captions_from: What the captions were read from, such as 'texts', or 'file names'.
        licences: Names of the licence files in it.
        refused: What lies there and cannot be used, each with its reason.
    """

    name: str
    clips: tuple[CaptionedMotion, ...]
    captions_from: str
    licences: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()

    @property
    def digest(self) -> str:
        """A hash of every usable file and what is said about it; equal ones offer the same."""
        content = [[c.file, c.sha256, [asdict(said) for said in c.captions]] for c in self.clips]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]
