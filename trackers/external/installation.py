"""What a user has to say of an outside tracker, looked at before a run is begun."""

import shutil

from claims_env.errors import ConfigError
from claims_env.external_config import ExternalConfig, interpreter


def require_installation(config: ExternalConfig, tracker: str) -> None:
    """Refuse settings with which no job of the tracker could be started.

    What lies behind a prefix cannot be seen from here; its worker looks into it.

    Raises:
        ConfigError: The interpreter or the checkout is not named, or not there.
    """
    missing = [f"--external.{name}" for name in ("python", "repository") if not _said(config, name)]
    if missing:
        raise ConfigError(
            f"{tracker} is not part of this package: it runs in a Python of its own, from your "
            f"checkout. Name them with {' and '.join(missing)}."
        )
    if config.prefix:
        return
    word = interpreter(config)[0]
    if shutil.which(word) is None:
        raise ConfigError(f"'external.python' is {config.python!r}: there is no program '{word}'.")
    if config.repository is not None and not config.repository.expanduser().is_dir():
        raise ConfigError(f"'external.repository' is {config.repository}: there is no such folder.")


def _said(config: ExternalConfig, name: str) -> bool:
    return getattr(config, name) not in (None, "")
