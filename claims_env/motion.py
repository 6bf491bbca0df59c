"""A motion: local joint rotations and root over time, where it came from, and its file format."""

import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.errors import MotionError
from claims_env.rotation import Floats, from_rotvec, to_rotvec
from claims_env.skeleton import JOINTS, Pose, forward_kinematics

FORMAT = "claims_env motion 1"
"""Written into every file; readers refuse what they do not know."""

_KEYS = ("poses", "trans", "mocap_framerate", "name", "provenance")


@dataclass(frozen=True, eq=False)
class Motion:
    """A clip of the 24-joint SMPL skeleton.

    Attributes:
        rotations: Local rotations, shape (frames, 24, 4), unit quaternions w, x, y, z.
        root: World position of the pelvis, shape (frames, 3) [m], z up.
        fps: Frames per second. Mandatory: a 20 Hz clip read as 30 Hz is another motion.
        name: A short name, unique within its corpus or suite.
        provenance: Where it came from: generator, version, seed, what was not understood.

    Raises:
        MotionError: Wrong shapes, fewer than two frames, no fps, non-finite numbers, or quaternions
            that are not of unit length.
    """

    rotations: Floats
    root: Floats
    fps: float
    name: str
    provenance: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __post_init__(self) -> None:
        frames = len(self.root) if self.root.ndim else 0
        if self.rotations.shape != (frames, len(JOINTS), 4) or self.root.shape != (frames, 3):
            raise MotionError(
                self.name,
                f"rotations have shape {self.rotations.shape} and root {self.root.shape}.",
                "Expected (frames, 24, 4) and (frames, 3) with the same number of frames.",
            )
        if frames < 2:
            raise MotionError(self.name, f"it has {frames} frame(s).", "At least 2 are needed.")
        if not (np.isfinite(self.fps) and self.fps > 0):
            raise MotionError(self.name, f"fps is {self.fps}.", "State the true frame rate in Hz.")
        if not (np.isfinite(self.rotations).all() and np.isfinite(self.root).all()):
            raise MotionError(
                self.name, "it holds NaN or infinite numbers.", "Cut or repair those frames."
            )
        if np.abs((self.rotations**2).sum(-1) - 1).max() > 1e-3:
            raise MotionError(
                self.name,
                "its rotations are not unit quaternions.",
                "Normalise them; the order is w, x, y, z.",
            )

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return len(self.root)

    @property
    def seconds(self) -> float:
        """Time from the first frame to the last [s]."""
        return (self.frames - 1) / self.fps

    @cached_property
    def pose(self) -> Pose:
        """World positions (frames, 24, 3) [m] and orientations (frames, 24, 4) of the joints."""
        return forward_kinematics(self.rotations, self.root)

    @property
    def joints(self) -> Floats:
        """World positions of the joints, shape (frames, 24, 3) [m]."""
        return self.pose.positions

    @property
    def mean_speed(self) -> float:
        """Mean joint speed [m/s]: the paper's coarse proxy of physical difficulty (Sec. 4.4)."""
        return float(np.linalg.norm(np.diff(self.joints, axis=0), axis=-1).mean() * self.fps)

    def renamed(self, name: str) -> "Motion":
        """Return the same motion under another name."""
        return self._labelled(name=name)

    def with_provenance(self, **facts: Any) -> "Motion":
        """Return the same motion with more said about where it came from."""
        return self._labelled(provenance={**self.provenance, **facts})

    def _labelled(self, **labels: Any) -> "Motion":
        """Return the same movement under other labels; its pose, once known, stays known."""
        other = replace(self, **labels)
        if "pose" in self.__dict__:
            other.__dict__["pose"] = self.pose
        return other


def save_motion(motion: Motion, path: Path) -> None:
    """Write a motion as npz, all at once or not at all.

    The arrays carry AMASS's names (poses, trans, mocap_framerate), so that other tools read them;
    `trans` is the pelvis position in the world, as `trans_is_pelvis` says. The same motion gives
    the same bytes.
    """
    arrays: dict[str, npt.NDArray[Any]] = {
        "poses": to_rotvec(motion.rotations).reshape(motion.frames, -1).astype(np.float64),
        "trans": motion.root.astype(np.float64),
        "mocap_framerate": np.array(float(motion.fps)),
        "betas": np.zeros(10),
        "gender": np.array("neutral"),
        "trans_is_pelvis": np.array(True),
        "format": np.array(FORMAT),
        "name": np.array(motion.name),
        "provenance": np.array(json.dumps(dict(motion.provenance), sort_keys=True)),
    }
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # numpy's stub: see #27003
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def load_motion(path: Path) -> Motion:
    """Read a motion written by `save_motion`.

    Raises:
        MotionError: The file is missing, damaged, of another format, or holds an impossible motion.
    """
    arrays = read_npz(path)
    if str(arrays.get("format", "")) != FORMAT:
        raise MotionError(
            path,
            "this is not a motion written by claims_env.",
            "Import foreign files through claims_env.formats.",
        )
    missing = [key for key in _KEYS if key not in arrays]
    if missing:
        raise MotionError(path, f"{', '.join(missing)} missing.", "Write the clip again.")
    try:
        fps = float(arrays["mocap_framerate"].item())
        provenance = json.loads(str(arrays["provenance"]))
    except (TypeError, ValueError) as error:
        raise MotionError(
            path, f"its frame rate or provenance is unreadable ({error}).", "Write the clip again."
        ) from None
    return motion_from_poses(
        arrays["poses"],
        arrays["trans"],
        fps,
        name=str(arrays["name"]),
        provenance=provenance,
        source=path,
    )


def motion_from_poses(
    poses: npt.NDArray[Any],
    pelvis: npt.NDArray[Any],
    fps: float,
    *,
    name: str,
    provenance: Mapping[str, Any],
    source: str | Path,
) -> Motion:
    """Return a motion from axis-angle poses, shape (frames, 72) [rad], and pelvis positions.

    Raises:
        MotionError: Wrong shapes or impossible numbers; `source` is named.
    """
    if poses.ndim != 2 or poses.shape[1] != 3 * len(JOINTS) or not _numeric(poses, pelvis):
        raise MotionError(
            source,
            f"poses have shape {poses.shape} and type {poses.dtype}.",
            "Expected numbers of shape (frames, 72): 24 joints x axis-angle.",
        )
    rotations = from_rotvec(poses.reshape(len(poses), -1, 3).astype(np.float64))
    try:
        return Motion(rotations, pelvis.astype(np.float64), fps, name, provenance)
    except MotionError as error:
        raise MotionError(source, error.problem, error.cure) from None


def read_npz(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Read every array of an npz file, never unpickling.

    Raises:
        MotionError: The file is missing, damaged, or holds pickled objects.
    """
    try:
        # opened here, because np.load leaves the file of a damaged archive open
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            return {key: archive[key] for key in archive.files}
    except FileNotFoundError:
        raise MotionError(path, "there is no such file.", "Check the path.") from None
    except _UNREADABLE as error:
        raise MotionError(
            path, f"it is no readable npz ({error}).", "Expected arrays saved by numpy.savez."
        ) from None


_UNREADABLE = (
    OSError, ValueError, TypeError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error
)  # fmt: skip
"""What zipfile, zlib and numpy raise on damaged, encrypted, pickled or foreign files."""


def _numeric(*arrays: npt.NDArray[Any]) -> bool:
    return all(np.issubdtype(a.dtype, np.number) and not np.iscomplexobj(a) for a in arrays)
