"""Motions as pictures, with Pillow alone: key frames for judges, sheets and clips for people.

`key_frames` is what a vision-language judge is shown; `contact_sheet` puts many clips under one
another; `filmstrip` tells one clip to a person, with times and the names of its moves; `save_clip`
moves. Another look (a mesh, a GL renderer) is another function from joints and
a `Camera` to an image: write it beside `painter.py` and hand its pictures to `arranged`.
"""

from claims_env.rendering.camera import Camera, cameras_for
from claims_env.rendering.clip import save_clip
from claims_env.rendering.contact_sheet import Layout, arranged, compared, contact_sheet, key_frames
from claims_env.rendering.filmstrip import Caption, filmstrip, stacked
from claims_env.rendering.painter import paint
from claims_env.rendering.picture_file import save_picture

__all__ = [
    "Camera",
    "Caption",
    "Layout",
    "arranged",
    "cameras_for",
    "compared",
    "contact_sheet",
    "filmstrip",
    "key_frames",
    "paint",
    "save_clip",
    "save_picture",
    "stacked",
]
