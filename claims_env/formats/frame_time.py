"""Frame times as files write them: rounded to some decimals, which a frame rate should not be."""

from claims_env.errors import MotionError

USUAL = (24, 25, 30, 50, 60, 90, 100, 120, 240)
"""Frame rates of cameras and capture systems [Hz]."""

NEAR = 1e-4
"""How far off a whole frame rate a time may be, as a share: television's 29.97 Hz is 1e-3 off."""


def frame_rate(seconds: float, source: str) -> float:
    """Return the frames per second [Hz] of a time per frame [s].

    A whole number if the time is one over it in as many decimals as are given, rounded or cut off,
    and of several such numbers one of `USUAL`: .0083333 is 120 Hz, 0.016666 and 0.017 are 60 Hz,
    DeepMimic's 0.033332 is 30 Hz, and 0.0333667 is 29.97 Hz all the same.

    Args:
        seconds: Time per frame [s].
        source: Named in errors.

    Raises:
        MotionError: It is no time.
    """
    if not 1e-5 < seconds < 10:
        raise MotionError(source, f"a frame lasts {seconds:g} s.", "State the true time in s.")
    whole = round(1 / seconds)
    if whole and abs(seconds * whole - 1) < NEAR:
        return float(whole)
    decimals = len(f"{seconds:.12f}".rstrip("0").partition(".")[2])
    near = (hz for hz in (*USUAL, whole) if hz and abs(seconds - 1 / hz) <= 10.0**-decimals)
    return float(next(near, 1 / seconds)) if decimals >= 3 else 1 / seconds
