"""Non-negative least squares, many small problems at once.

Pushing forces may push and not pull. With six equations and some dozens of unknowns per frame, the
usual active-set method walks from corner to corner, one frame after the other. Here a little weight
on the unknowns' squares makes the answer unique and continuous in the data, and then the problem
has a dual of only six unknowns, the residual itself, which Newton's method solves for all frames
together in about ten steps.
"""

import numpy as np

from claims_env.rotation import Floats

_STEPS = 60
_HALVINGS = 40


def solve(effects: Floats, wanted: Floats, ease: Floats) -> tuple[Floats, Floats]:
    """Return x >= 0 that minimise |wanted - effects @ x|^2 + sum(x^2 / ease).

    At the optimum x is `ease * max(0, residual @ effects)`, which leaves one equation in the
    residual; its left side is the gradient of a convex function, quadratic wherever the same
    unknowns are in use. So a Newton step that keeps them has arrived, and the others, halved until
    they descend, do in the end.

    Args:
        effects: What a unit of each unknown adds, shape (problems, 6, unknowns).
        wanted: What they shall add up to, shape (problems, 6).
        ease: How freely each unknown may be used, shape (problems, unknowns); 0: not at all.

    Returns:
        The unknowns, shape (problems, unknowns), and the residual, shape (problems, 6).
    """
    residual = _newton(effects, wanted, ease)
    push = _along(effects, residual)
    live = np.arange(len(wanted))
    for _ in range(_STEPS):
        a, b, e, here, pushed = effects[live], wanted[live], ease[live], residual[live], push[live]
        there = _newton(a, b, e * (pushed > 0))
        pushes = _along(a, there)
        arrived = ((pushes > 0) == (pushed > 0)).all(1)
        share = _descending(b, e, (here, pushed), (there, pushes))
        residual[live] = here + share * (there - here)
        push[live] = pushed + share * (pushes - pushed)
        live = live[~arrived]
        if not len(live):
            break
    return ease * np.maximum(0, push), residual


def _newton(effects: Floats, wanted: Floats, ease: Floats) -> Floats:
    """Return the residuals if the unknowns might pull too, shape (problems, 6)."""
    normal = np.matmul(effects * ease[:, None], effects.swapaxes(1, 2))
    normal += np.eye(effects.shape[1])
    return np.asarray(np.linalg.solve(normal, wanted[..., None])[..., 0])


def _descending(
    wanted: Floats, ease: Floats, here: tuple[Floats, Floats], there: tuple[Floats, Floats]
) -> Floats:
    """Return which share of each step, 1, 1/2, ..., does not climb, shape (problems, 1).

    `here` and `there` are residuals and what they make of the unknowns; both change linearly.
    """
    (r, push), (to, pushes) = here, there
    height = _height(wanted, ease, r, push)
    share = np.ones((len(r), 1))
    for _ in range(_HALVINGS):
        reached = _height(wanted, ease, r + share * (to - r), push + share * (pushes - push))
        climbs = reached > height + 1e-12 * (1 + np.abs(height))
        if not climbs.any():
            break
        share[climbs] /= 2
    return share


def _height(wanted: Floats, ease: Floats, residual: Floats, push: Floats) -> Floats:
    own = (residual * (0.5 * residual - wanted)).sum(-1)
    return np.asarray(own + 0.5 * (ease * np.maximum(0, push) ** 2).sum(-1))


def _along(effects: Floats, residual: Floats) -> Floats:
    return np.asarray(np.matmul(residual[:, None], effects)[:, 0])
