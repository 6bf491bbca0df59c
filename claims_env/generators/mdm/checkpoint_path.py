"""Which file of a folder is the model: the one named, or the newest that training left."""

import re
from pathlib import Path

from claims_env.errors import CheckpointError

_MODEL = re.compile(r"model(\d+)\.pt")
"""How training names the models it saves, by the step (MDM, `train/training_loop.py`)."""

_SHOWN = 5


def find_model(path: Path) -> Path:
    """Return the checkpoint's file.

    Args:
        path: The file, or a folder; of a folder's `model000200000.pt` and the like the one of the
            highest step is taken.

    Raises:
        CheckpointError: Nothing is there that may be read, or the folder holds no model.
    """
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except PermissionError:
        raise CheckpointError(
            f"{path}: its folder may not be opened. Check the folder's permissions."
        ) from None
    if is_folder:
        return _newest(path)
    if not is_there:
        beside = _models(path.parent)
        raise CheckpointError(f"{path}: there is no such file. {_known(beside, path.parent)}")
    return path


def _newest(folder: Path) -> Path:
    models = _models(folder)
    if not models:
        others = sorted(file.name for file in folder.glob("*.pt"))
        held = f"it holds {', '.join(others[:_SHOWN])}" if others else "it holds no .pt file"
        raise CheckpointError(
            f"{folder}: {held}, and training calls its models model000200000.pt and the like. "
            "Name the file itself."
        )
    return models[-1]


def _models(folder: Path) -> list[Path]:
    """Return the folder's models, the one of the highest step last."""
    found = [
        (match, file) for file in folder.glob("*.pt") if (match := _MODEL.fullmatch(file.name))
    ]
    return [file for match, file in sorted(found, key=lambda item: (int(item[0][1]), item[1].name))]


def _known(models: list[Path], folder: Path) -> str:
    if not models:
        return "Check the path."
    names = ", ".join(file.name for file in models[-_SHOWN:])
    return f"Check the path; {folder} holds {names}."
