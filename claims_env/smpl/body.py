"""SMPL's skin over a motion: shape, pose and blend of the joints' turns, as published.

Formulas: Loper et al., SMPL: A Skinned Multi-Person Linear Model (2015), Sec. 3. Vertices are the
mean body, plus shape directions, plus pose directions times the joints' rotation matrices less the
identity; then each is moved by the average of its joints' rigid motions, weighted.

A `Motion` says where the pelvis is. SMPL's `transl` says how far the model's origin is moved, which
is the same less the rest pelvis; here the joints are placed from the pelvis outright.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.body_mesh import Indices
from claims_env.errors import ConfigError
from claims_env.motion import Motion
from claims_env.rotation import Floats, rotate
from claims_env.skeleton import OFFSETS, PARENTS
from claims_env.smpl.model_file import VERTICES, SmplModel, read_model

_BLOCK = 32
"""Frames skinned at once: their transforms take 11 MB, whatever the clip's length."""


class SmplBody:
    """A person of SMPL's. See `BodyMesh`.

    Bones are this person's own, regressed from the shaped rest mesh, so that joints lie where the
    skin has them and not quite where `Motion.joints` says; `facts` says how far bones differ.

    Args:
        model: What the model file says.
        betas: Shape numbers, the first the tallness; None is the mean body, as PHC trains on.

    Raises:
        ConfigError: More shape numbers than the model has, or impossible ones.
    """

    def __init__(self, model: SmplModel, betas: Sequence[float] | None = None) -> None:
        self._model, self._betas = model, np.array(() if betas is None else betas, dtype=np.float64)
        fitting = self._betas.ndim == 1 and len(self._betas) <= model.shapes.shape[2]
        if not (fitting and np.isfinite(self._betas).all()):
            raise ConfigError(
                f"betas are {self._betas.tolist()}. Expected up to {model.shapes.shape[2]} finite "
                f"numbers, as many as {model.name} has shapes."
            )
        rest = model.template + model.shapes[..., : len(self._betas)] @ self._betas
        self._joints = model.regressor @ rest
        # one coordinate after the other: every step of skinning then reads memory in one piece
        self._rest = np.ascontiguousarray(rest.T, np.float32)
        poses = model.poses.transpose(2, 1, 0).reshape(-1, 3 * VERTICES)
        self._poses = np.ascontiguousarray(poses, np.float32)
        self._weights = np.ascontiguousarray(model.weights.T, np.float32)

    @property
    def faces(self) -> Indices:
        """See `BodyMesh`; shape (13776, 3)."""
        return self._model.faces

    @property
    def bones(self) -> Indices:
        """See `BodyMesh`; shape (6890,)."""
        return np.asarray(self._model.weights.argmax(1))

    @property
    def rest_joints(self) -> Floats:
        """The joints before any pose or translation, in the rest frame, shape (24, 3) [m]."""
        return self._joints.copy()

    @property
    def offsets(self) -> Floats:
        """This body's bones, as `skeleton.OFFSETS` has them, shape (24, 3) [m]."""
        bones: Floats = self._joints - self._joints[list(PARENTS)]
        bones[0] = 0.0
        return bones

    @property
    def facts(self) -> Mapping[str, Any]:
        """See `BodyMesh`: model, file, shape, and how far bones differ from this package's [m]."""
        farthest = float(np.linalg.norm(self.offsets - OFFSETS, axis=1).max())
        return {
            "body": "SMPL",
            "file": self._model.name,
            "digest": self._model.digest,
            "betas": self._betas.tolist(),
            "bones_differ_by_m": round(farthest, 4),
        }

    def vertices(self, motion: Motion, frames: Sequence[int] | None = None) -> Floats:
        """See `BodyMesh`; single precision, good to some micrometres."""
        chosen = np.arange(motion.frames) if frames is None else np.array(frames, dtype=np.intp)
        skin = np.empty((len(chosen), VERTICES, 3), dtype=np.float32)
        for block in _blocks(len(chosen)):
            at = chosen[block]
            turned = motion.pose.orientations[at]
            self._skin(motion.rotations[at], turned, motion.root[at], skin[block])
        return skin

    def _skin(self, rotations: Floats, turned: Floats, root: Floats, out: Floats) -> None:
        """Write the vertices of a few frames, shape (frames, 6890, 3) [m], into `out`."""
        matrices = _matrices(turned)
        shift = self._placed(turned, root) - (matrices @ self._joints[..., None])[..., 0]
        moves = np.concatenate([matrices, shift[..., None]], -1).astype(np.float32)
        turn = _matrices(rotations[:, 1:]) - np.eye(3)
        bulges = turn.reshape(len(turn), -1).astype(np.float32) @ self._poses
        posed = self._rest + bulges.reshape(len(turn), 3, VERTICES)
        for frame, move in enumerate(moves):
            blended = (move.reshape(len(PARENTS), -1).T @ self._weights).reshape(3, 4, -1)
            out[frame] = ((blended[:, :3] * posed[frame]).sum(1) + blended[:, 3]).T

    def _placed(self, turned: Floats, root: Floats) -> Floats:
        """Return where this body's joints are, shape (frames, 24, 3) [m]."""
        bones = rotate(turned[:, [0, *PARENTS[1:]]], self.offsets)
        placed = np.empty((len(root), len(PARENTS), 3))
        placed[:, 0] = root
        for joint in range(1, len(PARENTS)):
            placed[:, joint] = placed[:, PARENTS[joint]] + bones[:, joint]
        return placed


def load_body(path: Path, betas: Sequence[float] | None = None) -> SmplBody:
    """Return the body in a model file, or in a folder that holds one.

    Raises:
        ConfigError: The file is missing, damaged, or no SMPL model that can be read safely.
    """
    return SmplBody(read_model(path), betas)


def _matrices(q: Floats) -> Floats:
    """Return the rotation matrices (..., 3, 3) of unit quaternions (..., 4)."""
    return np.stack([rotate(q, axis) for axis in np.eye(3)], -1)


def _blocks(frames: int) -> Iterator[slice]:
    return (slice(at, at + _BLOCK) for at in range(0, frames, _BLOCK))
