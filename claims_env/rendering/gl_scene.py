"""The scene MuJoCo's OpenGL renderer draws: the capsule figure on a floor of metres.

Only MuJoCo's pictures are used, none of its physics: the model holds a floor and a light, and
every capsule, post and footprint is put into the scene by hand.
"""

from itertools import pairwise
from typing import Any

import numpy as np

from claims_env.rendering.camera import HALF_VIEW, PITCH
from claims_env.rendering.figure import PARTS, RADII, Colour, capsules
from claims_env.rendering.floor import (
    BAND,
    FLOOR,
    GRID,
    GRID_5M,
    POST_DARK,
    POST_HEIGHT,
    POST_PALE,
    POST_RADIUS,
    TRAIL,
    grid,
)
from claims_env.rendering.painter import CONTACT, GHOST
from claims_env.rendering.shots import CONTACT_WITHIN, Shot
from claims_env.rotation import Floats

MOST_GEOMS = 1000
"""Room in the scene; a figure takes about fifty, each ghost as many, the way sixty at most."""

_CONTACT_RIM, _THIN = 0.055, 0.004
_TRAIL_RADIUS, _TRAIL_PIECES = 0.014, 60
_LINE, _LAMP = 0.008, 4.0
_COLOURS = [part.colour for part in PARTS for _ in part.bones]

_MODEL = """
<mujoco>
  <statistic extent="3" center="0 0 1"/>
  <visual>
    <global fovy="{fovy}" offwidth="{width}" offheight="{height}"/>
    <quality offsamples="4" shadowsize="1024"/>
    <headlight ambient="0.5 0.5 0.5" diffuse="0.3 0.3 0.3" specular="0 0 0"/>
    <map znear="0.02" zfar="40"/>
  </visual>
  <asset>
    <texture type="skybox" builtin="flat" rgb1="{floor}" rgb2="{floor}" width="8" height="48"/>
    <material name="floor" rgba="{floor} 1" specular="0" shininess="0"/>
  </asset>
  <worldbody>
    <light directional="true" dir="0 0 -1" diffuse="0.4 0.4 0.4" castshadow="true"/>
    <geom type="plane" size="0 0 1" material="floor"/>
  </worldbody>
</mujoco>
"""


def floor_model(size: tuple[int, int]) -> Any:
    """Return MuJoCo's model of a bare floor and a light, for pictures of a size [px]."""
    import mujoco

    fovy, floor = np.degrees(2 * np.arctan(HALF_VIEW)), " ".join(f"{c / 255:.3f}" for c in FLOOR)
    return mujoco.MjModel.from_xml_string(
        _MODEL.format(fovy=float(fovy), width=size[0], height=size[1], floor=floor)
    )


def eye_of(shot: Shot) -> Any:
    """Return MuJoCo's camera where the shot's is."""
    import mujoco

    eye = mujoco.MjvCamera()
    eye.type = mujoco.mjtCamera.mjCAMERA_FREE
    eye.lookat[:] = shot.camera.target
    eye.distance = shot.camera.distance
    eye.azimuth = float(np.degrees(shot.camera.azimuth))
    eye.elevation = -float(np.degrees(PITCH))
    return eye


def fill_scene(scene: Any, shot: Shot) -> None:
    """Put the floor's lines, the figure, footprints, way, ghosts and posts into a scene."""
    _light(scene, shot)
    _lines(scene, shot)
    _body(scene, capsules(shot.joints), _COLOURS)
    for pose in shot.ghosts:
        _body(scene, capsules(pose), [GHOST] * len(RADII), 0.25)
    _footprints(scene, capsules(shot.joints))
    _way(scene, shot.trail)
    for post in shot.posts:
        _post(scene, post)


def _light(scene: Any, shot: Shot) -> None:
    """Hang the light above the body: shadows are drawn around its place only."""
    for light in scene.lights[: scene.nlight]:
        if not light.headlight:
            light.pos[:] = shot.joints[0] * [1, 1, 0] + [0, 0, _LAMP]


def _lines(scene: Any, shot: Shot) -> None:
    """Draw the floor's lines, a metre apart."""
    for (start, end), strong in zip(*grid(shot.camera), strict=True):
        _flat(scene, start, end, (0.0, _LINE), GRID_5M if strong else GRID, "BOX")


def _body(scene: Any, ends: Floats, colours: list[Colour], opacity: float = 1.0) -> None:
    """Draw capsules, ends (capsules, 2, 3) [m]; MuJoCo's have one radius, the mean of both."""
    for (start, end), radii, colour in zip(ends, RADII, colours, strict=True):
        _capsule(scene, start, end, float(radii.mean()), colour, opacity)


def _footprints(scene: Any, ends: Floats) -> None:
    touching = (ends[..., 2] - RADII < CONTACT_WITHIN).all(1)
    for (start, end), radii in zip(ends[touching] * [1, 1, 0], RADII[touching], strict=True):
        rim = float(radii.mean()) + _CONTACT_RIM
        _flat(scene, start, end, (rim, rim), CONTACT, "ELLIPSOID")


def _way(scene: Any, trail: Floats) -> None:
    ground = trail[:: -(-len(trail) // _TRAIL_PIECES)] * [1, 1, 0]
    for start, end in pairwise(ground):
        if np.linalg.norm(end - start) > 1e-3:
            _capsule(scene, start, end, _TRAIL_RADIUS, TRAIL)


def _post(scene: Any, foot: Floats) -> None:
    for band, height in enumerate(np.arange(0, POST_HEIGHT, BAND)):
        low, high = (foot + [0, 0, h] for h in (height, height + BAND))
        _capsule(scene, low, high, POST_RADIUS, POST_PALE if band % 2 else POST_DARK)


def _capsule(
    scene: Any, start: Floats, end: Floats, radius: float, colour: Colour, opacity: float = 1.0
) -> None:
    """Add a capsule between two points [m]."""
    import mujoco

    geom = _next(scene, colour, opacity)
    mujoco.mjv_connector(geom, mujoco.mjtGeom.mjGEOM_CAPSULE, radius, start, end)


def _flat(
    scene: Any, start: Floats, end: Floats, half: tuple[float, float], colour: Colour, kind: str
) -> None:
    """Add a thin box or ellipsoid that lies on the floor from one point to another.

    It reaches half[0] beyond both and is twice half[1] wide [m].
    """
    import mujoco

    geom, length = _next(scene, colour, 1.0), float(np.linalg.norm(end - start))
    along = (end - start) / length if length > 1e-6 else np.array([1.0, 0.0, 0.0])
    across = np.array([-along[1], along[0], 0.0])
    geom.type = getattr(mujoco.mjtGeom, f"mjGEOM_{kind}")
    geom.size[:] = [length / 2 + half[0], half[1], _THIN]
    geom.mat[:] = np.column_stack([along, across, [0.0, 0.0, 1.0]])
    geom.pos[:] = (start + end) / 2


def _next(scene: Any, colour: Colour, opacity: float) -> Any:
    """Return a fresh geom of the scene."""
    import mujoco

    geom = scene.geoms[scene.ngeom]
    scene.ngeom += 1
    rgba = np.array([*(channel / 255 for channel in colour), opacity], dtype=np.float32)
    mujoco.mjv_initGeom(
        geom,
        mujoco.mjtGeom.mjGEOM_CAPSULE,
        np.zeros(3),
        np.zeros(3),
        np.eye(3).ravel(),
        rgba,
    )
    return geom
