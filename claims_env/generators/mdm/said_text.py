"""What a prompt says: something, before a text encoder is asked."""

from claims_env.errors import ConfigError


def said(text: str) -> str:
    """Return the text.

    Raises:
        ConfigError: It says nothing.
    """
    if not text.strip():
        raise ConfigError(
            f"The prompt {text!r} is empty. Say what the person does: 'a person jumps high'."
        )
    return text
