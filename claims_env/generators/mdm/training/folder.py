"""The folder a training writes: args.json, statistics, the record, and checkpoints as published."""

import io
import json
import pickle
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from claims_env.durable_file import write_atomically
from claims_env.errors import CheckpointError, OutputError
from claims_env.generators.mdm.training import record, settings_file
from claims_env.generators.mdm.training.state import State

_MODEL = re.compile(r"model(\d{9})\.pt")

_LEFT = 2
"""Optimiser states that stay: the newest, and one more should it be damaged."""


@dataclass(frozen=True, slots=True)
class TrainingFolder:
    """Where a training is kept.

    Attributes:
        path: The folder.
    """

    path: Path

    def begin(
        self,
        settings: Mapping[str, Any],
        mean: npt.NDArray[np.floating],
        std: npt.NDArray[np.floating],
    ) -> State | None:
        """Make the folder, or find it as it was left; return where the training stands.

        Raises:
            ConfigError: It was begun with other settings or data.
            CheckpointError: Something in it is damaged.
            OutputError: It holds something else, or cannot be written.
        """
        file = self.path / settings_file.NAME
        if file.exists():
            settings_file.see_same(_read_settings(file), settings, self.path)
            return self._left()
        if self.path.exists() and any(self.path.glob("*.pt")):
            raise OutputError(
                f"{self.path} holds models, but no {file.name}. Name another folder with --out."
            )
        with _explained(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path / "Mean.npy", _array(mean))
            write_atomically(self.path / "Std.npy", _array(std))
            # last, because a folder that holds it counts as begun
            write_atomically(file, settings_file.settings_text(settings))
        return None

    def keep(self, state: State) -> Path:
        """Write a checkpoint, and return the model's path; old optimiser states go.

        Raises:
            OutputError: It cannot be written; the checkpoint before it stays.
        """
        model, optimiser = self._files(state.step)
        with _explained(self.path):
            # the model comes last: a checkpoint counts once it is there
            write_atomically(optimiser, _packed(dict(state.optimiser)))
            weights = {"model": dict(state.weights), "model_avg": dict(state.average)}
            write_atomically(model, _packed(weights))
            for file in sorted(self.path.glob("opt*.pt"))[:-_LEFT]:
                file.unlink()
        return model

    def add_line(self, line: dict[str, Any]) -> None:
        """Add a line to the record.

        Raises:
            OutputError: It cannot be written.
        """
        with _explained(self.path):
            record.add_line(self.path, line)

    @property
    def steps(self) -> list[int]:
        """The steps whose checkpoints can be gone on from, in order."""
        found = [_MODEL.fullmatch(file.name) for file in self.path.glob("model*.pt")]
        steps = sorted(int(match.group(1)) for match in found if match)
        return [step for step in steps if self._files(step)[1].exists()]

    def _left(self) -> State | None:
        steps = self.steps
        with _explained(self.path):
            record.drop_after(self.path, steps[-1] if steps else 0)
        if not steps:
            return None
        model, optimiser = self._files(steps[-1])
        both = _unpacked(model)
        if set(both) != {"model", "model_avg"}:
            raise CheckpointError(f"{model}: this is no checkpoint of a training. Take it away.")
        return State(steps[-1], both["model"], both["model_avg"], _unpacked(optimiser))

    def _files(self, step: int) -> tuple[Path, Path]:
        return self.path / f"model{step:09d}.pt", self.path / f"opt{step:09d}.pt"


def _read_settings(path: Path) -> dict[str, Any]:
    try:
        settings = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{path}: it cannot be read ({error}).") from None
    if not isinstance(settings, dict):
        raise CheckpointError(f"{path}: it holds no settings. Name another folder with --out.")
    return settings


def _packed(content: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    torch.save(content, buffer)
    return buffer.getvalue()


def _unpacked(path: Path) -> dict[str, Any]:
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CheckpointError(
            f"{path}: it is damaged ({first}). Take it and its partner away, and call again: "
            "training goes on from the checkpoint before."
        ) from None
    if not isinstance(content, dict):
        raise CheckpointError(f"{path}: it holds no state. Take it away.")
    return content


def _array(values: npt.NDArray[np.floating]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.asarray(values, np.float32))
    return buffer.getvalue()


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror}). The checkpoint before stays. Make "
            "room there, then call again to go on."
        ) from None
