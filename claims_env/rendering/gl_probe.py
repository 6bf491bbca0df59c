"""Finds out whether OpenGL works here, in a process of its own: a bad driver takes only that down.

Run as a module, this file draws one small picture and leaves without a word if it shows a body.
"""

import subprocess
import sys
from functools import cache
from importlib.util import find_spec

TIME_LIMIT_S = 60.0
"""How long a driver may take for one small picture [s]."""

_PROBE = (sys.executable, "-m", "claims_env.rendering.gl_probe")
_SIZE = (64, 48)


def installed() -> bool:
    """Say whether MuJoCo is there, without loading it."""
    return find_spec("mujoco") is not None


@cache
def gl_available(
    command: tuple[str, ...] = _PROBE, time_limit_s: float = TIME_LIMIT_S
) -> str | None:
    """Return None if MuJoCo can draw by OpenGL here, or else one sentence that says why not.

    It is found out once per process.

    Args:
        command: What is run to find out; it leaves with 0 if all is well, and writes what is wrong.
        time_limit_s: How long that may take [s].
    """
    try:
        probe = subprocess.run(
            command, capture_output=True, text=True, timeout=time_limit_s, check=False
        )
    except subprocess.TimeoutExpired:
        return f"a trial picture was not done after {time_limit_s:g} s."
    except OSError as error:
        return f"a trial picture could not be started ({error})."
    if probe.returncode < 0:
        return f"a trial picture ended with signal {-probe.returncode}: the driver crashed."
    if probe.returncode:
        said = probe.stderr.strip().splitlines() or ["it said nothing"]
        return f"a trial picture failed: {said[-1].rstrip('.')}."
    return None


def draw_trial() -> None:
    """Draw a standing body.

    Raises:
        RuntimeError: It came out as one colour.
    """
    import numpy as np

    from claims_env.motion import Motion
    from claims_env.rendering.gl_painter import photographs
    from claims_env.rendering.shots import shots_of
    from claims_env.skeleton import STANDING_HEIGHT, UPRIGHT

    rotations = np.tile([1.0, 0.0, 0.0, 0.0], (2, 24, 1))
    rotations[:, 0] = UPRIGHT
    motion = Motion(rotations, np.tile([0.0, 0.0, STANDING_HEIGHT], (2, 1)), 30.0, "trial")
    (picture,) = photographs(shots_of(motion, 1, _SIZE[0] / _SIZE[1]), _SIZE)
    if np.ptp(np.asarray(picture)) < 30:
        raise RuntimeError("OpenGL drew an empty picture")


if __name__ == "__main__":
    draw_trial()
