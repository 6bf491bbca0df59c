"""What a text encoder has to say about a prompt, for the clip's provenance."""

from typing import Any, Protocol, runtime_checkable

from claims_env.generators.mdm.text_encoder import TextEncoder


@runtime_checkable
class TakesNotes(Protocol):
    """An encoder that does not read every prompt as it stands."""

    def notes(self, text: str) -> dict[str, Any]:
        """Return what a clip's provenance should say of its prompt; nothing if all was read."""
        ...


def notes_on(text: str, encoder: TextEncoder) -> dict[str, Any]:
    """Return what the clip's provenance should say of its prompt."""
    return encoder.notes(text) if isinstance(encoder, TakesNotes) else {}
