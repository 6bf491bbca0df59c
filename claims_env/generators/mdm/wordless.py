"""Wordless prompts, which every text encoder refuses: they say nothing that could be done."""

from claims_env.errors import ConfigError


def refuse_wordless(text: str) -> None:
    """Refuse a prompt without a single letter or digit, such as '' and '...'.

    Raises:
        ConfigError: It is one.
    """
    if not any(character.isalnum() for character in text):
        raise ConfigError(
            f"The prompt {text[:60]!r} holds no word. Say what the person does: 'a person jumps "
            "high'."
        )
