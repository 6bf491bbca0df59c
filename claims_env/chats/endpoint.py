"""The address of a provider: what of it may be shown, and whether it is this computer."""

from urllib.parse import urlsplit

from claims_env.errors import ConfigError


def checked_url(url: str) -> str:
    """Return an address, once it is seen to be one.

    Raises:
        ConfigError: It has no scheme or no host.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        shown = url.rpartition("@")[2].partition("?")[0]  # people put keys before and after these
        raise ConfigError(
            f"base_url '{shown}' is no address: write it out, such as 'http://localhost:8000/v1'."
        )
    return url.strip()


def host_of(url: str) -> str:
    """Return the host and port of an address, without credentials and path."""
    return urlsplit(url).netloc.rpartition("@")[2]


def is_loopback(url: str) -> bool:
    """Whether an address is this computer's own, where no proxy belongs in between."""
    name = urlsplit(url).hostname or ""
    return name in ("localhost", "::1") or name.startswith("127.")
