"""The extras of the package: asked for while parts are made, not in the middle of a run."""

from importlib.util import find_spec

from claims_env.errors import MissingDependency


def require_mujoco(purpose: str) -> None:
    """Refuse what cannot be done without MuJoCo.

    Args:
        purpose: What needs it, at the beginning of a sentence.

    Raises:
        MissingDependency: It is not installed.
    """
    require_package("mujoco", purpose, "physics")


def require_torch(purpose: str, extra: str) -> None:
    """Refuse what cannot be done without PyTorch.

    Args:
        purpose: What needs it, at the beginning of a sentence.
        extra: The extra of this package that brings it.

    Raises:
        MissingDependency: It is not installed.
    """
    require_package("torch", purpose, extra)


def require_package(package: str, purpose: str, extra: str) -> None:
    """Refuse what cannot be done without a package.

    Args:
        package: Its name, as imported.
        purpose: What needs it, at the beginning of a sentence.
        extra: The extra of this package that brings it.

    Raises:
        MissingDependency: It is not installed.
    """
    if find_spec(package) is None:
        raise MissingDependency(package, purpose, f"pip install 'claims-env[{extra}]'")
