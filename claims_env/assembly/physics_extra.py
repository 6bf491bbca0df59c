"""The extra that brings physics: asked for while parts are made, not in the middle of a run."""

from importlib.util import find_spec

from claims_env.errors import MissingDependency


def require_mujoco(purpose: str) -> None:
    """Refuse what cannot be done without MuJoCo.

    Args:
        purpose: What needs it, at the beginning of a sentence.

    Raises:
        MissingDependency: It is not installed.
    """
    if find_spec("mujoco") is None:
        raise MissingDependency("mujoco", purpose, "pip install 'claims-env[physics]'")
