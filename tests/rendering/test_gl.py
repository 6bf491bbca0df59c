import sys

import numpy as np
import pytest
from toys import swaying

from claims_env.errors import ConfigError
from claims_env.rendering import judge_sheet
from claims_env.rendering.figure import LEFT, RIGHT
from claims_env.rendering.gl_painter import refuse
from claims_env.rendering.gl_probe import gl_available, installed

STANDING = swaying(1.0)


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_a_driver_that_draws_is_available() -> None:
    assert gl_available(python("pass")) is None


def test_a_driver_that_crashes_takes_down_only_its_own_process() -> None:
    crash = python("import os; os.kill(os.getpid(), 11)")
    assert gl_available(crash) == "a trial picture ended with signal 11: the driver crashed."


def test_a_driver_that_never_ends_is_given_up() -> None:
    endless = python("import threading; threading.Event().wait()")
    assert gl_available(endless, 0.5) == "a trial picture was not done after 0.5 s."


def test_what_a_driver_says_last_is_the_reason() -> None:
    said = gl_available(python("raise RuntimeError('no display.')"))
    assert said == "a trial picture failed: RuntimeError: no display."
    assert gl_available(python("raise SystemExit(3)")) == (
        "a trial picture failed: it said nothing."
    )


def test_a_probe_that_cannot_start_is_a_reason_too() -> None:
    said = gl_available(("no-such-program-anywhere",))
    assert said is not None
    assert said.startswith("a trial picture could not be started")


def test_a_painter_without_a_driver_is_refused_with_the_reason_and_the_cure() -> None:
    with pytest.raises(ConfigError, match=r"cannot draw here: no display. Cure: .*'pillow'"):
        refuse("no display.")


@pytest.mark.physics
def test_opengl_draws_the_body_where_pillow_does() -> None:
    if not installed():
        pytest.skip("MuJoCo is not installed")
    problem = gl_available()
    if problem is not None:
        pytest.skip(f"no OpenGL here: {problem}")
    pillow, gl = (
        np.asarray(judge_sheet(STANDING, frames=2, layout="row", painter=painter)).astype(int)
        for painter in ("pillow", "mujoco")
    )
    assert pillow.shape == gl.shape
    for colour, (more, less) in ((LEFT, (2, 0)), (RIGHT, (0, 2))):
        assert colour[more] > colour[less]
        places = [
            np.argwhere(image[:160, :, more] - image[:160, :, less] > 80).mean(0)
            for image in (pillow, gl)
        ]
        assert places[0] == pytest.approx(places[1], abs=6)
