"""Left and right: what an observation and an action look like in the mirror.

A body that can do something on the left can do it on the right. Showing the networks a random half
of their samples in the mirror teaches them so at no cost (Mittal et al. 2024 compare the ways).
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from claims_env.skeleton import JOINTS
from claims_env.trackers.mujoco.body_plan import BodyPlan
from claims_env.trackers.mujoco.humanoid import in_tree_order

_VECTOR = (-1.0, 1.0, 1.0)  # x is left
_TURN = (1.0, -1.0, -1.0)


@dataclass(frozen=True, slots=True)
class Mirror:
    """Where each number comes from in the mirror, and with which sign.

    Attributes:
        source: Indices, shape (size,).
        sign: 1 or -1, shape (size,).
    """

    source: Tensor
    sign: Tensor

    def __call__(self, rows: Tensor) -> Tensor:
        """Return rows (n, size) in the mirror."""
        return rows[:, self.source] * self.sign


@dataclass(frozen=True, slots=True)
class Mirrors:
    """The mirrors of one body.

    Attributes:
        observation: Of what the policy sees.
        action: Of what it does.
    """

    observation: Mirror
    action: Mirror


def mirrors(plan: BodyPlan) -> Mirrors:
    """Return the mirrors of a body."""
    return Mirrors(mirrored_observation(plan), mirrored_action(plan))


def mirrored_action(plan: BodyPlan) -> Mirror:
    """Return the mirror of joint coordinates, their velocities and actions."""
    order, first, numbers = in_tree_order(plan), {}, 0
    for name in order:
        first[name] = numbers
        numbers += 3 if plan.joints[name].hinge is None else 1
    source: list[int] = []
    sign: list[float] = []
    for name in order:
        hinge = plan.joints[name].hinge
        # a hinge's angle turns as the rotation vector along its axis does
        signs = _TURN if hinge is None else (_TURN[hinge.index(1)],)
        source += [first[_other_side(name)] + k for k in range(len(signs))]
        sign += signs
    return Mirror(torch.tensor(source), torch.tensor(sign))


def mirrored_observation(plan: BodyPlan) -> Mirror:
    """Return the mirror of what `observation.observe` returns, part by part in its order."""
    joints, landmarks = mirrored_action(plan), _landmarks()
    height = Mirror(torch.tensor([0]), torch.tensor([1.0]))
    vector, turn = (Mirror(torch.arange(3), torch.tensor(s)) for s in (_VECTOR, _TURN))
    body = [height, vector, vector, turn, joints, joints, landmarks]
    errors = [landmarks, turn, vector, turn, joints, joints]
    preview = [vector, turn, vector, joints]
    return _joined([*body, *errors, *preview])


def _landmarks() -> Mirror:
    source = [3 * JOINTS.index(_other_side(name)) + k for name in JOINTS for k in range(3)]
    return Mirror(torch.tensor(source), torch.tensor(_VECTOR * len(JOINTS)))


def _joined(parts: list[Mirror]) -> Mirror:
    sources, start = [], 0
    for part in parts:
        sources.append(part.source + start)
        start += len(part.source)
    return Mirror(torch.cat(sources), torch.cat([part.sign for part in parts]))


def _other_side(name: str) -> str:
    return {"L": "R", "R": "L"}[name[0]] + name[1:] if name[:2] in ("L_", "R_") else name
