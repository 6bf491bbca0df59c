"""What PHC leaves behind, read and judged: checkpoints and recordings.

A result counts if its files are whole, whatever the program's exit status: PHC divides by zero
after a good evaluation, and a driver may crash on its way out.

Runs under Python 3.8 with numpy and torch of PHC's environment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import job_files
import numpy as np
import phc_library

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def epoch_of(path: Path, phase: str = "load") -> int:
    """Return how many epochs a checkpoint has behind it.

    PHC unpickles the same file a moment later, so nothing is gained by reading it more warily.

    Raises:
        WorkerError: It is cut off, no checkpoint of PHC, or holds weights that are not numbers.
    """
    import torch

    try:
        state = _loaded(path)
        epoch, model = int(state["epoch"]), state["model"]
    except Exception as error:  # torch, zipfile and pickle each fail in their own ways
        told = (path.name, type(error).__name__, error)
        raise _bad(phase, "{} is no whole checkpoint of PHC ({}: {}).".format(*told)) from error
    for name, weights in model.items():
        if isinstance(weights, torch.Tensor) and not bool(torch.isfinite(weights.float()).all()):
            raise _bad(phase, f"{path.name}: '{name}' holds weights that are not finite.")
    return epoch


def newest(output: Path, beyond: int) -> tuple[Path, int] | None:
    """Return the checkpoint with the most epochs, if any is whole and beyond a number of them."""
    found = []
    for path in sorted(output.glob("Humanoid*.pth")):
        try:
            found.append((epoch_of(path), path))
        except job_files.WorkerError:
            continue  # cut off when the program died; an older one may be whole
    epoch, path = max(found, default=(beyond, output))
    return (path, epoch) if epoch > beyond else None


def write_trajectories(
    record: Path, clips: Sequence[dict[str, Any]], path: Path
) -> dict[str, list[str]]:
    """Write what was performed as the job's trajectories.npz.

    A clip whose simulation diverged on its way is written as it is, and named.

    Args:
        record: What `phc_run` recorded, in MuJoCo's order.
        clips: Those PHC had to perform, in order, each with `id` and `frames`.
        path: Where to.

    Returns:
        The ids of those PHC calls `failed`, and of those that `diverged`.

    Raises:
        WorkerError: The recording is not whole, not of these clips, or not of finite numbers.
    """
    try:
        with record.open("rb") as content, np.load(content, allow_pickle=False) as file:
            recorded = {name: file[name] for name in file.files}
    except Exception as error:
        raise _bad("write", f"The recording is not whole ({error}).") from error
    failed = _verdicts(recorded, [clip["id"] for clip in clips])
    arrays = {}
    for index, clip in enumerate(clips):
        for kind, name in (("predicted", "joints"), ("reference", "reference")):
            joints = _joints(recorded.get(f"{kind}_{index:06d}"), clip, name)
            arrays["{}/{}".format(clip["id"], name)] = joints
        _check_pair(arrays, clip["id"])
    job_files.write_whole(path, lambda file: np.savez(file, **arrays))
    ids = [clip["id"] for clip in clips]
    return {
        "failed": [name for name, lost in zip(ids, failed) if lost],
        "diverged": [name for name in ids if not np.isfinite(arrays[name + "/joints"]).all()],
    }


def _verdicts(recorded: dict[str, Any], expected: list[str]) -> list[bool]:
    """Return which clips PHC calls failed; it must have kept exactly the expected ones."""
    names = [str(name) for name in recorded.get("names", ())]
    if names != expected:
        missing = [name for name in expected if name not in set(names)]
        which = ", ".join(missing[:10]) or "none, but the order differs"
        why = f"PHC kept {len(names)} of {len(expected)} clips. Missing: {which}."
        raise _bad("write", why)
    count = sum(name.startswith("predicted_") for name in recorded)
    failed = recorded.get("failed", np.zeros(0, dtype=bool))
    if count != len(names) or len(failed) != len(names):
        why = f"PHC had {len(names)} clips, but performed {count} and judged {len(failed)}."
        raise _bad("write", why)
    return [bool(lost) for lost in failed]


def _joints(array: Any, clip: dict[str, Any], name: str) -> Any:
    """Return one clip's positions in SMPL's order."""
    shape, most = np.shape(array), clip["frames"] - 1
    if len(shape) != 3 or shape[1:] != (24, 3) or not 1 <= shape[0] <= most:
        why = "'{}': {} has shape {}; expected (1 to {}, 24, 3)."
        raise _bad("write", why.format(clip["id"], name, shape, most))
    # a reference, or a start, that is no number is no clip of ours; what diverges later is
    may_diverge = name == "joints"
    if not np.isfinite(array[:1] if may_diverge else array).all():
        how = "begins with" if may_diverge else "holds"
        told = (clip["id"], name, how)
        raise _bad("write", "'{}': {} {} numbers that are not finite.".format(*told))
    return np.ascontiguousarray(array[:, phc_library.MUJOCO_TO_SMPL], dtype=np.float32)


def _check_pair(arrays: dict[str, Any], name: str) -> None:
    joints, reference = arrays[name + "/joints"], arrays[name + "/reference"]
    if joints.shape != reference.shape:
        told = (name, joints.shape, reference.shape)
        raise _bad("write", "'{}': joints {}, but reference {}.".format(*told))


def _loaded(path: Path) -> Any:
    import torch

    try:
        return torch.load(str(path), map_location="cpu", weights_only=False)
    except TypeError:  # torch before 1.13 does not know the word
        return torch.load(str(path), map_location="cpu")


def _bad(phase: str, why: str) -> job_files.WorkerError:
    return job_files.WorkerError("bad_output", phase, why)
