"""What checkpoints call a body of the user's own: a name that follows from the file's contents."""

import hashlib
from pathlib import Path

from claims_env.errors import ConfigError

PREFIX = "mjcf-"
"""How such names begin; after it comes the content hash."""


def supplied_name(path: Path) -> str:
    """Return what checkpoints call the body in an MJCF file, wherever the file is.

    Raises:
        ConfigError: The file cannot be read.
    """
    return PREFIX + hashlib.sha256(_content(path)).hexdigest()[:8]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"The body '{path}' cannot be read ({error.strerror}). "
            "Give the path of an MJCF humanoid such as PHC's smpl_humanoid.xml, or a body's name."
        ) from None
