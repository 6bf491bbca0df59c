"""Vendors' libraries: optional, and imported when the first chat that needs one is made."""

import importlib
import warnings
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from claims_env.errors import MissingDependency


def vendor_library(module: str, package: str, who: str) -> Any:
    """Return a vendor's library.

    Args:
        module: What to import.
        package: What to install, with its range of versions.
        who: The chat that needs it.

    Raises:
        MissingDependency: It is not installed.
    """
    try:
        with warnings.catch_warnings():
            # one of them announces its own end at every import
            warnings.simplefilter("ignore", FutureWarning)
            return importlib.import_module(module)
    except ModuleNotFoundError:
        purpose = f"The chat '{who}'"
        raise MissingDependency(package, purpose, f"pip install '{package}'") from None


def installed(distribution: str) -> str:
    """Return a library's name and version for the record, such as 'openai 3.54.0'."""
    try:
        return f"{distribution} {version(distribution)}"
    except PackageNotFoundError:
        return distribution
