"""The figures PHC prints: what SMPLSim's function of the same name returns, in our own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def compute_metrics_lite(predicted: Sequence[Any], reference: Sequence[Any]) -> dict[str, Any]:
    """Return each error of every frame, clips one after another.

    Args:
        predicted: For each clip, where its bodies were, shape (frames, 24, 3) [m].
        reference: Where they should have been, same shapes.

    Returns:
        mpjpe_g, mpjpe_l, mpjpe_pa of shape (frames, 24) [mm]; accel_dist and vel_dist of shape
        (frames - 2,) [mm/frame^2] and (frames - 1,) [mm/frame]. Nothing if there is no clip.
    """
    found: dict[str, list[Any]] = {}
    for joints, wanted in zip(predicted, reference):
        for name, errors in _errors(joints, wanted).items():
            found.setdefault(name, []).append(errors)
    return {name: np.concatenate(errors) for name, errors in found.items()}


def _errors(joints: Any, wanted: Any) -> dict[str, Any]:
    error = joints - wanted
    local = error - error[:, :1]
    return {
        "mpjpe_g": _millimetres(error),
        "mpjpe_l": _millimetres(local),
        "mpjpe_pa": _millimetres(_fitted(joints, wanted) - wanted),
        "accel_dist": _millimetres(np.diff(error, n=2, axis=0)).mean(axis=1),
        "vel_dist": _millimetres(np.diff(error, axis=0)).mean(axis=1),
    }


def _millimetres(error: Any) -> Any:
    return np.linalg.norm(error, axis=-1) * 1000


def _fitted(joints: Any, wanted: Any) -> Any:
    """Return joints moved, turned and scaled frame by frame to lie closest to the wanted ones."""
    if not (np.isfinite(joints).all() and np.isfinite(wanted).all()):
        return np.full_like(joints, np.nan)
    a = joints - joints.mean(axis=1, keepdims=True)
    centre = wanted.mean(axis=1, keepdims=True)
    u, s, vt = np.linalg.svd(np.swapaxes(a, 1, 2) @ (wanted - centre))
    flip = np.ones_like(s)
    flip[:, 2] = np.sign(np.linalg.det(u @ vt))
    scale = (s * flip).sum(axis=1) / np.maximum((a**2).sum(axis=(1, 2)), 1e-12)
    return scale[:, None, None] * (a @ ((u * flip[:, None]) @ vt)) + centre
