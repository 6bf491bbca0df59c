"""A body model of the user's, by its file."""

import importlib
from pathlib import Path

from claims_env.body_mesh import BodyMesh


def build_body(path: Path) -> BodyMesh:
    """Return the body a model file describes.

    Raises:
        ConfigError: The file is missing, damaged, or no SMPL model that can be read safely.
    """
    body: BodyMesh = importlib.import_module("claims_env.smpl").load_body(path.expanduser())
    return body
