"""Keys: read from the environment when a client is made, and kept nowhere else."""

import os
import re

from claims_env.errors import ChatError


def read_key(variable: str, who: str) -> str:
    """Return the key an environment variable holds, without the blanks around it.

    Args:
        variable: Its name.
        who: The chat that needs it.

    Raises:
        ChatError: It is not set, or holds what cannot be a key.
    """
    if not re.fullmatch(r"(?!AIza)[A-Za-z_]\w*", variable, flags=re.ASCII):
        problem = "key_from is not the name of an environment variable."  # it may be the key itself
        raise ChatError("auth", who, problem, "Put the key into one, and name that.")
    # no name is given to the key where an error is raised: a traceback may show the names' values
    if not _value(variable):
        raise ChatError("auth", who, f"{variable} is not set.", _cure(variable))
    if not _fits_a_header(_value(variable)):
        raise ChatError("auth", who, f"{variable} does not hold a key.", _cure(variable))
    return _value(variable)


def _value(variable: str) -> str:
    return os.environ.get(variable, "").strip()


def _fits_a_header(key: str) -> bool:
    """Whether a key can be sent; a library that finds it cannot shows it in full."""
    return key.isascii() and key.isprintable() and " " not in key


def _cure(variable: str) -> str:
    return f"Put the key into the environment: export {variable}=..."
