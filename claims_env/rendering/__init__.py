"""Motions as pictures, with Pillow alone: key frames for judges, sheets and clips for people.

`judge_picture` is what a vision-language judge is shown, sized for its provider, and `judge_sheet`
the same for people; `key_frames` are bare; `contact_sheet` puts many clips under one another;
`filmstrip` tells one clip to a person, with times and the names of its moves; `save_clip` moves.
A `filmstrip` shows the capsule figure, or the skin of a `BodyMesh` where there is one.
Another look for judges is another `Look` (see `shots.py`): name it in `judge_picture.look_named`.
"""

from claims_env.rendering.camera import Camera, cameras_for
from claims_env.rendering.clip import save_clip
from claims_env.rendering.contact_sheet import Layout, arranged, compared, contact_sheet, key_frames
from claims_env.rendering.filmstrip import Caption, filmstrip, stacked
from claims_env.rendering.judge_picture import judge_picture, judge_sheet
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
    "judge_picture",
    "judge_sheet",
    "key_frames",
    "paint",
    "save_clip",
    "save_picture",
    "stacked",
]
