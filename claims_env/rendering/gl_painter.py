"""Paints the capsule figure with MuJoCo's OpenGL renderer: smoother, lit, with true shadows.

Anything may be wrong with a driver, so `gl_available` asks in a process of its own before this one
touches it. Pictures are the same bytes on the same driver; another may round otherwise.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np
from PIL import Image

from claims_env.errors import ConfigError, MissingDependency
from claims_env.motion import Motion
from claims_env.rendering.gl_probe import gl_available, installed
from claims_env.rendering.gl_scene import MOST_GEOMS, eye_of, fill_scene, floor_model
from claims_env.rendering.painter import Size
from claims_env.rendering.shots import Shot

_ONE_AT_A_TIME = threading.Lock()


def gl_painted(motion: Motion, shots: Sequence[Shot], size: Size) -> list[Image.Image]:
    """Paint the capsule figure by OpenGL. See `Look`.

    Raises:
        ConfigError: OpenGL does not work here; says why.
        MissingDependency: MuJoCo is not installed.
    """
    if not installed():
        raise MissingDependency(
            "mujoco", "The painter 'mujoco'", "pip install 'claims-env[physics]', or 'pillow'."
        )
    problem = gl_available()
    if problem is not None:
        refuse(problem)
    return photographs(shots, size)


def refuse(problem: str) -> NoReturn:
    """Say that OpenGL does not work here, and what to do about it.

    Raises:
        ConfigError: Always.
    """
    raise ConfigError(
        f"The painter 'mujoco' cannot draw here: {problem} Cure: take the painter 'pillow'."
    )


def photographs(shots: Sequence[Shot], size: Size) -> list[Image.Image]:
    """Return a picture per shot, without asking first whether OpenGL works."""
    import mujoco

    with _ONE_AT_A_TIME, _context(size):
        model = floor_model(size)
        scene = mujoco.MjvScene(model, maxgeom=MOST_GEOMS)
        renderer = mujoco.MjrContext(model, mujoco.mjtFontScale.mjFONTSCALE_100.value)
        try:
            mujoco.mjr_setBuffer(mujoco.mjtFramebuffer.mjFB_OFFSCREEN.value, renderer)
            return [_photograph(model, scene, renderer, shot, size) for shot in shots]
        finally:
            renderer.free()


def _photograph(model: Any, scene: Any, renderer: Any, shot: Shot, size: Size) -> Image.Image:
    import mujoco

    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    every, options = mujoco.mjtCatBit.mjCAT_ALL.value, mujoco.MjvOption()
    mujoco.mjv_updateScene(model, data, options, None, eye_of(shot), every, scene)
    fill_scene(scene, shot)
    view = mujoco.MjrRect(0, 0, *size)
    pixels = np.empty((size[1], size[0], 3), dtype=np.uint8)
    mujoco.mjr_render(view, scene, renderer)
    mujoco.mjr_readPixels(pixels, None, view, renderer)
    return Image.fromarray(pixels[::-1].copy())  # OpenGL counts rows from the bottom


@contextmanager
def _context(size: Size) -> Iterator[None]:
    """Make an OpenGL context current: EGL where it is, else what MuJoCo takes by itself."""
    import mujoco

    try:
        from mujoco.egl import GLContext
    except (ImportError, AttributeError, OSError):
        GLContext = mujoco.GLContext
    context = GLContext(*size)
    context.make_current()
    try:
        yield
    finally:
        context.free()
