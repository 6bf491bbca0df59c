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
    begin, end = _ends(spans)
    inside = (times > begin - margin) & (times < end + margin)
    return np.asarray(inside.any(0))


def ramps(times: Floats, spans: Spans, ease: float) -> Floats:
    """Return 1 in the spans and 0 off them, easing inside each over at most `ease` [s]."""
    begin, end = _ends(spans)
    width = np.maximum(np.minimum(ease, 0.4 * (end - begin)), 1e-3)
    return _smooth(np.minimum(times - begin, end - times) / width)


def approaches(times: Floats, spans: Spans, ease: float) -> Floats:
    """Return 1 in the spans and 0 off them, easing over `ease` [s] before and after each."""
    begin, end = _ends(spans)
    return _smooth(1 + np.minimum(times - begin, end - times) / ease)


def _ends(spans: Spans) -> tuple[Floats, Floats]:
    """Return the begins and the ends, each of shape (spans, 1) [s]."""
    columns = np.array(spans, dtype=np.float64).reshape(-1, 2)
    return columns[:, :1], columns[:, 1:]


def _smooth(levels: Floats) -> Floats:
    level: Floats = np.clip(levels.max(0, initial=0.0), 0, 1)
    return np.asarray(level * level * (3 - 2 * level))
