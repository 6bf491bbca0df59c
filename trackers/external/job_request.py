"""One training or evaluation as it is asked for, and the identity that follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from claims_env.job_folder import identity
from claims_env.trackers.external.checkpoint import HeldCheckpoint, put
from claims_env.trackers.external.exchange import ExchangeClip

_PLACE = ("repository", "stall_seconds", "grace_seconds")
"""Settings that say where and how patiently, not what is done."""


@dataclass(frozen=True, slots=True)
class JobRequest:
    """What a worker is asked to do.

    Attributes:
        kind: 'train' or 'evaluate'.
        tracker: 'phc' or 'protomotions'.
        clips: On what.
        seed: Of everything random in it.
        num_envs: Environments side by side.
        checkpoint: What to start from, or to show; None starts from random weights.
        epochs: How many to train; None for an evaluation.
        settings: The tracker's own, JSON-able; `repository` is its checkout.
    """

    kind: Literal["train", "evaluate"]
    tracker: str
    clips: Sequence[ExchangeClip] = field(repr=False)
    seed: int
    num_envs: int
    checkpoint: HeldCheckpoint | None = None
    epochs: int | None = None
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def name(self, scripts: str) -> str:
        """Return the job's identity: the same request, done by the same scripts, has the same.

        Args:
            scripts: The hash of the worker's scripts.
        """
        content = self.job()
        kept = {key: value for key, value in self.settings.items() if key not in _PLACE}
        return identity(self.kind, {**content, "settings": kept, "scripts": scripts})

    def job(self) -> dict[str, Any]:
        """Return what job.json says of it."""
        held = self.checkpoint
        return {
            "kind": self.kind,
            "tracker": self.tracker,
            "seed": self.seed,
            "clips": [_told(clip) for clip in self.clips],
            "checkpoint": held and {"file": f"checkpoint/{_LEARNED}", "sha256": held.sha256},
            "epochs": self.epochs,
            "num_envs": self.num_envs,
            "settings": dict(self.settings),
        }

    def fill(self, folder: Path) -> None:
        """Write the clips, and a copy of the checkpoint, into a job's folder."""
        (folder / "clips").mkdir()
        for clip in self.clips:
            # made again from the same motions, should the power fail
            (folder / clip.file).write_bytes(clip.content)
        if self.checkpoint is not None:
            (folder / "checkpoint").mkdir()
            # a copy: what a program does with the file it is given is beyond us
            put(self.checkpoint, folder / "checkpoint" / _LEARNED, shared=False)


_LEARNED = "parent.ckpt"


def _told(clip: ExchangeClip) -> dict[str, Any]:
    return {
        "id": clip.id,
        "file": clip.file,
        "sha256": clip.sha256,
        "frames": clip.frames,
        "fps": 30.0,
    }
