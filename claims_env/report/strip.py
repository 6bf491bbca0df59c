"""Key frames of one clip for the page: what was asked, and below it what was tracked."""

import base64
import io

from PIL import Image

from claims_env.rendering.contact_sheet import compared, key_frames
from claims_env.report.markup import Markup, element
from claims_env.report.run_record import Footage

_FRAMES, _TILE = 6, (136, 104)


def strip(footage: Footage, text: str) -> Markup:
    """Return the key frames as an image that is part of the page; `text` says what they show."""
    rows = "what was asked" if footage.tracked is None else "asked above, tracked below"
    sheet = _sheet(footage)
    picture = element(
        "img",
        src=f"data:image/webp;base64,{_webp(sheet)}",
        alt=f"Key frames, {rows}: {text}",
        width=sheet.width,
        height=sheet.height,
        loading="lazy",
    )
    return element("div", picture, class_="scroll")


def _sheet(footage: Footage) -> Image.Image:
    if footage.tracked is None:
        return key_frames(footage.reference, _FRAMES, _TILE, "row")
    return compared(footage.reference, footage.tracked, _FRAMES, _TILE)


def _webp(picture: Image.Image) -> str:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=70, method=4)
    return base64.b64encode(buffer.getvalue()).decode("ascii")
