"""Pictures inside a request: as data URLs, so that nothing is uploaded and nobody fetches."""

from base64 import b64encode

from claims_env.chat import Picture


def data_url(picture: Picture) -> str:
    """Return the picture as a URL that holds it."""
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode('ascii')}"
