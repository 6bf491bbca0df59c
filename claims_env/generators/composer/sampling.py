"""Reading spans and curves at the frames of a clip."""

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d

from claims_env.generators.composer.sheet import Spans
from claims_env.rotation import Floats

Mask = npt.NDArray[np.bool_]


def soft(curve: Floats, sigma: float = 1.0) -> Floats:
    """Return a curve over frames (first axis) with its corners rounded over `sigma` frames."""
    return np.asarray(gaussian_filter1d(curve, sigma, axis=0, mode="nearest"))


def within(times: Floats, spans: Spans, margin: float = 0.0) -> Mask:
    """Return which times [s] lie in a span, widened by `margin` [s], shape (times,), bool."""
    inside = np.zeros(len(times), dtype=bool)
    for begin, end in spans:
        inside |= (times > begin - margin) & (times < end + margin)
    return inside


def ramps(times: Floats, spans: Spans, ease: float) -> Floats:
    """Return 1 in the spans and 0 off them, easing inside each over at most `ease` [s]."""
    level = np.zeros(len(times))
    for begin, end in spans:
        width = max(min(ease, 0.4 * (end - begin)), 1e-3)
        level = np.maximum(level, np.minimum(times - begin, end - times) / width)
    return _smooth(level)


def approaches(times: Floats, spans: Spans, ease: float) -> Floats:
    """Return 1 in the spans and 0 off them, easing over `ease` [s] before and after each."""
    level = np.zeros(len(times))
    for begin, end in spans:
        level = np.maximum(level, 1 + np.minimum(times - begin, end - times) / ease)
    return _smooth(level)


def _smooth(level: Floats) -> Floats:
    level = np.clip(level, 0, 1)
    return level * level * (3 - 2 * level)
