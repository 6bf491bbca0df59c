"""Fields a user adds to every request, such as a vendor's own switches."""

from collections.abc import Mapping
from typing import Any

from claims_env.errors import ConfigError


def checked_extra(extra: Mapping[str, Any] | None, ours: set[str]) -> dict[str, Any]:
    """Return the fields, once none of them would change what a question means.

    Args:
        extra: The fields.
        ours: Names of those the question decides.

    Raises:
        ConfigError: One of them is the question's to decide.
    """
    if taken := sorted(ours & set(extra or {})):
        raise ConfigError(
            f"extra must not hold {', '.join(taken)}: every question says that itself."
        )
    return dict(extra or {})
