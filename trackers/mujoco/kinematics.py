"""Where the humanoid's bodies and the 24 SMPL landmarks are, for many states at once.

Plain numpy on float32 arrays: for this small tree it is faster than asking MuJoCo state by state,
and it needs no simulation, so references and simulated states go through the same code.
"""

from dataclasses import dataclass
from typing import Any

import mujoco
import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats, multiply, rotate, to_rotvec
from claims_env.skeleton import JOINTS, OFFSETS, PARENTS
from claims_env.trackers.mujoco.body_plan import BodyPlan
from claims_env.trackers.mujoco.hinge_triples import HingeTriples

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """World positions and orientations, for n states.

    Attributes:
        positions: Shape (n, bodies, 3) [m].
        orientations: Shape (n, bodies, 4), quaternions w, x, y, z.
        landmarks: The 24 SMPL joints, shape (n, 24, 3) [m].
    """

    positions: Floats
    orientations: Floats
    landmarks: Floats


class Kinematics:
    """Forward kinematics of one compiled model.

    Args:
        model: The `mujoco.MjModel`.
        plan: The body plan it was compiled from.
    """

    def __init__(self, model: Any, plan: BodyPlan) -> None:
        bodies = [mujoco.mj_id2name(model, mujoco.mjtObj.mjOBJ_BODY, i) for i in range(model.nbody)]
        self.bodies: tuple[str, ...] = tuple(bodies[1:])
        """Names of the moving bodies, in MuJoCo's order; they are SMPL joints."""
        self._parents = np.array(model.body_parentid[1:], np.intp) - 1
        self._offsets = np.array(model.body_pos[1:], np.float32)
        self._levels = _levels(self._parents)
        self._carriers, self._places = _landmarks(self.bodies, plan)
        self._find_joints(model)

    def _find_joints(self, model: Any) -> None:
        """Note where each joint's numbers lie in qpos and among the joint coordinates."""
        joint = np.array(model.body_jntadr[1:], np.intp)
        single = np.array(model.body_jntnum[1:]) == 1
        kind, qpos = model.jnt_type[joint], np.array(model.jnt_qposadr[joint], np.intp)
        # the root's six velocities come first; coordinates are numbered without them
        first = np.array(model.jnt_dofadr[joint], np.intp) - 6
        self._balls: Indices = np.flatnonzero(kind == mujoco.mjtJoint.mjJNT_BALL)
        hinge = kind == mujoco.mjtJoint.mjJNT_HINGE
        self._hinges: Indices = np.flatnonzero(hinge & single)
        self._ball_qpos = qpos[self._balls][:, None] + np.arange(4)
        self._ball_coordinates = (first[self._balls][:, None] + np.arange(3)).ravel()
        self._hinge_qpos = qpos[self._hinges]
        self._hinge_coordinates = first[self._hinges]
        self._axes = np.array(model.jnt_axis[joint[self._hinges]], np.float32)
        self._threes: Indices = np.flatnonzero(hinge & ~single)
        self._three_qpos = qpos[self._threes][:, None] + np.arange(3)
        self._three_coordinates = first[self._threes][:, None] + np.arange(3)
        axes = np.array(model.jnt_axis[joint[self._threes][:, None] + np.arange(3)])
        self._triples = HingeTriples(axes)
        self._width = 3 * (len(self._balls) + len(self._threes)) + len(self._hinges)

    def above(self, body: str) -> str | None:
        """Return the moving body another one hangs on, or None for the root."""
        parent = int(self._parents[self.bodies.index(body)])
        return self.bodies[parent] if parent >= 0 else None

    @property
    def three_hinges(self) -> Indices:
        """Return which joint coordinates belong to joints of three hinges, shape (k,)."""
        return self._three_coordinates.ravel()

    def local(self, qpos: Floats) -> Floats:
        """Return every body's rotation relative to its parent, shape (n, bodies, 4)."""
        rotations = np.empty((len(qpos), len(self.bodies), 4), np.float32)
        rotations[:, 0] = qpos[:, 3:7]
        rotations[:, self._balls] = qpos[:, self._ball_qpos]
        half = qpos[:, self._hinge_qpos] / 2
        rotations[:, self._hinges, 0] = np.cos(half)
        rotations[:, self._hinges, 1:] = np.sin(half)[..., None] * self._axes
        if len(self._threes):
            rotations[:, self._threes] = self._triples.rotations(qpos[:, self._three_qpos])
        return rotations

    def place(self, qpos: Floats) -> Placement:
        """Return where everything is, for states qpos of shape (n, nq)."""
        local = self.local(qpos)
        orientations = np.empty_like(local)
        positions = np.empty((*local.shape[:2], 3), np.float32)
        orientations[:, 0], positions[:, 0] = local[:, 0], qpos[:, :3]
        for bodies in self._levels:
            above = self._parents[bodies]
            turned = orientations[:, above]
            orientations[:, bodies] = multiply(turned, local[:, bodies])
            positions[:, bodies] = positions[:, above] + rotate(turned, self._offsets[bodies])
        carried = rotate(orientations[:, self._carriers], self._places)
        return Placement(positions, orientations, positions[:, self._carriers] + carried)

    def coordinates(self, qpos: Floats) -> Floats:
        """Return joint rotation vectors and angles [rad], (n, actuators), as actuators see them."""
        out = np.empty((len(qpos), self._width), np.float32)
        out[:, self._ball_coordinates] = to_rotvec(qpos[:, self._ball_qpos]).reshape(len(qpos), -1)
        out[:, self._hinge_coordinates] = qpos[:, self._hinge_qpos]
        out[:, self._three_coordinates] = qpos[:, self._three_qpos]
        return out

    def qpos(self, local: npt.NDArray[Any], root: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Return the states, (n, nq), of local rotations (n, bodies, 4) and pelvis positions.

        Joints of three hinges take the n states for frames that follow each other; see
        `HingeTriples.angles`.
        """
        out = np.zeros((len(root), 7 + self._width + len(self._balls)))
        out[:, :3], out[:, 3:7] = root, local[:, 0]
        out[:, self._ball_qpos] = local[:, self._balls]
        sine = (local[:, self._hinges, 1:] * self._axes).sum(-1)
        out[:, self._hinge_qpos] = 2 * np.arctan2(sine, local[:, self._hinges, 0])
        if len(self._threes):
            out[:, self._three_qpos] = self._triples.angles(local[:, self._threes])
        return out

    def qvel(self, linear: npt.NDArray[Any], turning: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Return velocities, (n, nv), of the root's velocity and the bodies' local turning.

        Joints of three hinges are left at rest: their rates are differences of the angles in
        `qpos`, which `velocities` takes, because near a lock they do not follow from the turning.

        Args:
            linear: Velocity of the pelvis in the world, shape (n, 3) [m/s].
            turning: Angular velocity of each body in its own axes, shape (n, bodies, 3) [rad/s].
        """
        out = np.zeros((len(linear), 6 + self._width))
        out[:, :3], out[:, 3:6] = linear, turning[:, 0]
        out[:, 6 + self._ball_coordinates] = turning[:, self._balls].reshape(len(linear), -1)
        out[:, 6 + self._hinge_coordinates] = (turning[:, self._hinges] * self._axes).sum(-1)
        return out


def _levels(parents: Indices) -> list[Indices]:
    """Group the bodies by depth, so that each depth is one operation."""
    depth = np.zeros(len(parents), int)
    for body in range(1, len(parents)):
        depth[body] = depth[parents[body]] + 1
    return [np.flatnonzero(depth == d) for d in range(1, depth.max() + 1)]


def _landmarks(bodies: tuple[str, ...], plan: BodyPlan) -> tuple[Indices, Floats]:
    """Return which body carries each SMPL joint, and where in that body it lies."""
    carriers, places = [], []
    for joint in range(len(JOINTS)):
        place = np.zeros(3)
        while JOINTS[joint] not in plan.joints and joint > 0:
            place = place + OFFSETS[joint]
            joint = PARENTS[joint]
        carriers.append(bodies.index(JOINTS[joint]))
        places.append(place)
    return np.array(carriers, np.intp), np.array(places, np.float32)
