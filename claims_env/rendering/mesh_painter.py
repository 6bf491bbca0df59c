"""Paints a skin of triangles where the painter would draw its capsules.

Each triangle has one shade, by how it faces a light from the upper left of the picture. Dark edges
part a limb from what lies behind it, the shadow pales with height, and a rim marks where the skin
touches the floor, as under the capsule figure.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from claims_env.rendering.camera import Camera
from claims_env.rendering.mesh import Mesh
from claims_env.rendering.mesh_raster import NOTHING, Seen, facing_the_eye, seen
from claims_env.rotation import Floats

Mask = npt.NDArray[np.bool_]

_DARKEST, _BRIGHTEST = 0.5, 1.12
"""Shades of triangles turned from the light and towards it."""

_EDGE, _EDGE_STEP = 0.4, 0.06
"""How dark an edge is, and how far what it parts must lie apart [m]."""

_EDGE_WIDTH = 2
"""Points; the painter halves the picture afterwards."""

_SHADOW_NEAR, _SHADOW_FAR, _SHADOW_FADES = (104, 114, 128), (200, 208, 217), 1.2
_CONTACT, _CONTACT_WITHIN, _CONTACT_RIM = (28, 150, 140), 0.015, 0.03
_CONTACT_GRID = 0.015
"""One rim serves all vertices that are so near one another [m]."""

_NEAREST = 0.1


def draw_mesh(picture: Image.Image, mesh: Mesh, camera: Camera) -> None:
    """Draw a skin, its shadow and its contacts into a picture of the floor.

    A skin with numbers that are not finite leaves the picture as it is.
    """
    if np.isfinite(mesh.vertices).all():
        _draw_shadow(picture, mesh, camera)
        _draw_contacts(picture, mesh.vertices, camera)
        _draw_skin(picture, mesh, camera)


def _draw_shadow(picture: Image.Image, mesh: Mesh, camera: Camera) -> None:
    """Draw the skin flat on the floor, the lowest triangles on top, paler with height."""
    xy, scale = camera.project(mesh.vertices * [1, 1, 0], picture.size)
    height = np.where(scale > 0, mesh.vertices[:, 2], np.inf)[mesh.faces]
    fade = np.clip(height[:, 0] / _SHADOW_FADES, 0, 1)[:, None]
    under = seen(xy[mesh.faces], height, picture.size)
    _fill(picture, under, (1 - fade) * _SHADOW_NEAR + fade * np.array(_SHADOW_FAR))


def _draw_contacts(picture: Image.Image, vertices: Floats, camera: Camera) -> None:
    """Draw a disc on the floor around every vertex that touches it."""
    touching = vertices[vertices[:, 2] < _CONTACT_WITHIN, :2]
    spots = np.unique(np.round(touching / _CONTACT_GRID), axis=0) * _CONTACT_GRID
    turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    rim = np.stack([np.cos(turn), np.sin(turn), np.zeros(len(turn))], -1) * _CONTACT_RIM
    centres = np.column_stack([spots, np.zeros(len(spots))])
    xy, scale = camera.project(centres[:, None] + rim, picture.size)
    draw = ImageDraw.Draw(picture)
    for disc in xy[(scale > 0).all(1)].tolist():
        draw.polygon([(x, y) for x, y in disc], fill=_CONTACT)


def _draw_skin(picture: Image.Image, mesh: Mesh, camera: Camera) -> None:
    """Draw the triangles that face the eye, then the edges between near and far."""
    xy, _ = camera.project(mesh.vertices, picture.size)
    away = (mesh.vertices - camera.target) @ camera.axes[2] + camera.distance
    behind = np.where(away > _NEAREST, away, np.inf)
    facing = facing_the_eye(xy[mesh.faces])
    shown = mesh.faces[facing]
    front = seen(xy[shown], behind[shown], picture.size)
    shades = mesh.colours[facing] * _shade(mesh.vertices[shown], camera)[:, None]
    _fill(picture, front, shades)
    _darken(picture, _edges(front.depth))


def _shade(corners: Floats, camera: Camera) -> Floats:
    """Return how bright each triangle is, shape (triangles,)."""
    across, along = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    normal = np.cross(across, along)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-12)
    towards = camera.axes[1] - 0.6 * camera.axes[0] - 1.1 * camera.axes[2]
    lit: Floats = (1 + normal @ (towards / np.linalg.norm(towards))) / 2
    return _DARKEST + (_BRIGHTEST - _DARKEST) * lit


def _edges(depth: Floats) -> Mask:
    """Return the points beside which something lies much nearer, shape (height, width)."""
    nearest = depth
    for _ in range(_EDGE_WIDTH):
        around = np.pad(nearest, 1, constant_values=np.inf)
        sides = (around[:-2, 1:-1], around[2:, 1:-1], around[1:-1, :-2], around[1:-1, 2:])
        nearest = np.minimum(nearest, np.minimum.reduce(sides))
    return np.asarray(nearest < depth - _EDGE_STEP)


def _fill(picture: Image.Image, what: Seen, colours: Floats) -> None:
    """Give each point the colour of its triangle, colours (triangles, 3)."""
    there = what.triangle != NOTHING
    pixels = np.array(picture)
    pixels[there] = np.clip(colours[what.triangle[there]], 0, 255).astype(np.uint8)
    picture.paste(Image.fromarray(pixels))


def _darken(picture: Image.Image, edge: Mask) -> None:
    pixels = np.array(picture)
    pixels[edge] = (pixels[edge] * _EDGE).astype(np.uint8)
    picture.paste(Image.fromarray(pixels))
