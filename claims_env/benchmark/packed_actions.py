"""The actions of an episode as one line of text: small, exact, and the same everywhere."""

import base64
import binascii
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.errors import ConfigError

_KINDS = {"u1": "<u1", "u2": "<u2", "u4": "<u4"}


@dataclass(frozen=True, slots=True)
class PackedActions:
    """Actions of shape (decisions, 6 * sets), packed.

    The bytes are not compressed: what a compressor writes differs between its versions.

    Attributes:
        kind: Of the integers: 'u1', 'u2' or 'u4', little-endian.
        shape: Decisions and indices per decision.
        data: Base64 of the integers, row by row.
    """

    kind: str
    shape: tuple[int, ...]
    data: str


def pack(actions: npt.NDArray[np.int64]) -> PackedActions:
    """Return actions packed.

    Args:
        actions: Shape (decisions, 6 * sets), 0 or more.
    """
    highest = int(actions.max()) if actions.size else 0
    kind = next(name for name, dtype in _KINDS.items() if highest < 256 ** np.dtype(dtype).itemsize)
    data = actions.astype(_KINDS[kind]).tobytes()
    return PackedActions(kind, actions.shape, base64.b64encode(data).decode())


def unpack(packed: PackedActions) -> npt.NDArray[np.int64]:
    """Return the actions, shape (decisions, 6 * sets).

    Raises:
        ConfigError: The text does not hold as many integers as it says.
    """
    try:
        data = base64.b64decode(packed.data, validate=True)
        flat = np.frombuffer(data, dtype=np.dtype(_KINDS[packed.kind]))
        actions: npt.NDArray[np.int64] = flat.reshape(packed.shape).astype(np.int64)
    except (KeyError, ValueError, binascii.Error) as error:
        raise ConfigError(
            f"The actions cannot be read ({error}). Expected base64 of little-endian integers of "
            f"one of the kinds {', '.join(_KINDS)}, as many as the shape says."
        ) from None
    return actions
