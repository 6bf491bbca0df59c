"""A vendor's client: made once for all threads, and left behind when its chat is pickled."""

import threading
import weakref
from collections.abc import Callable
from typing import Any

from claims_env.errors import ClaimsError, ConfigError


class LastingClient:
    """Makes a client when it is first needed; in another process it makes another one.

    The client holds the key. A pickle or a copy of this object holds only how to make the client.

    Args:
        make: Returns a new client; must be picklable itself.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._client: Any = None

    def __reduce__(self) -> tuple[type["LastingClient"], tuple[Callable[[], Any]]]:
        return LastingClient, (self._make,)

    def get(self) -> Any:
        """Return the client.

        Raises:
            ChatError: Its key is missing.
            ConfigError: The library takes no such settings.
            MissingDependency: Its library is.
        """
        with self._lock:
            if self._client is None:
                self._client = self._made()
                if (close := getattr(self._client, "close", None)) is not None:
                    # connections it keeps open end with this object, not whenever they may
                    weakref.finalize(self, close)
            return self._client

    def _made(self) -> Any:
        try:
            return self._make()
        except ClaimsError:
            raise
        except Exception as error:  # whatever it is, its traceback holds the key
            problem = type(error).__name__
        raise ConfigError(f"The vendor's library cannot be set up ({problem}). Check base_url.")
