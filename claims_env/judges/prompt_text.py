"""What a judge is told: texts in files that people read and edit, with a version in front."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from claims_env.chat import Message, Picture
from claims_env.errors import ConfigError

SHIPPED = Path(__file__).with_name("prompts")
"""The folder of our own."""

PLACEHOLDERS: Mapping[str, frozenset[str]] = {
    "alignment": frozenset({"frames", "seconds", "prompt", "domains"}),
    "difficulty": frozenset({"frames", "seconds"}),
}
"""What each text may ask to be filled in. The difficulty text cannot ask for the prompt: that judge
is blind to it, in whatever words."""

_NEEDED: Mapping[str, frozenset[str]] = {"alignment": frozenset({"prompt"})}

_FORM = re.compile(r"version: *(\S[^\n]*?) *\n+## system\n(.*?)\n## user\n(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PromptText:
    """The two messages of one kind of question, with $placeholders.

    Attributes:
        version: What it calls itself, such as 'alignment 1'; raised whenever the words change.
        system: Standing instructions.
        user: The question.
        digest: Of the file's text, the first 12 digits of its sha256.
    """

    version: str
    system: str
    user: str
    digest: str

    @property
    def label(self) -> str:
        """Version and digest, by which records know the text."""
        return f"{self.version} ({self.digest})"

    def messages(self, picture: Picture, **values: str) -> tuple[Message, Message]:
        """Return the messages, filled in; the picture follows the question."""
        system, user = (Template(text).substitute(values) for text in (self.system, self.user))
        return Message("system", system), Message("user", user, (picture,))


@dataclass(frozen=True, slots=True)
class PromptTexts:
    """The texts of both questions."""

    alignment: PromptText
    difficulty: PromptText

    @property
    def digest(self) -> str:
        """Both labels: what answers depend on besides model and picture."""
        return f"{self.alignment.label}, {self.difficulty.label}"


def load_texts(folder: Path | None = None) -> PromptTexts:
    """Return the texts of a folder of one's own, where it holds them, and ours for the rest.

    Raises:
        ConfigError: The folder holds neither text, or one that cannot be used.
    """
    names = {kind: f"{kind}.md" for kind in PLACEHOLDERS}
    own = {kind for kind in names if folder is not None and (folder / names[kind]).is_file()}
    if folder is not None and not own:
        raise ConfigError(
            f"{folder} holds none of {', '.join(names.values())}. Copy them from {SHIPPED} and "
            "edit the copies."
        )
    texts = {
        kind: _load((folder if folder is not None and kind in own else SHIPPED) / name, kind)
        for kind, name in names.items()
    }
    return PromptTexts(**texts)


def _load(path: Path, kind: str) -> PromptText:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"The prompt {path} cannot be read: {error}.") from None
    found = _FORM.fullmatch(text)
    if found is None:
        raise ConfigError(
            f"{path} is no prompt. Expected a line 'version: NAME', a line '## system' with the "
            "instructions below it, and a line '## user' with the question below it."
        )
    version, system, user = (part.strip() for part in found.groups())
    for part in (system, user):
        _check_placeholders(part, path, kind)
    _require_placeholders(system + user, path, kind)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return PromptText(version, system, user, digest)


def _check_placeholders(text: str, path: Path, kind: str) -> None:
    known = ", ".join(f"${name}" for name in sorted(PLACEHOLDERS[kind]))
    if not Template(text).is_valid():
        raise ConfigError(f"{path} holds a '$' that is no placeholder. Write '$$' for the sign.")
    if unknown := sorted(set(Template(text).get_identifiers()) - PLACEHOLDERS[kind]):
        raise ConfigError(f"{path} asks for ${unknown[0]}, which is not told here. Known: {known}.")


def _require_placeholders(text: str, path: Path, kind: str) -> None:
    said = set(Template(text).get_identifiers())
    if missing := sorted(_NEEDED.get(kind, frozenset()) - said):
        raise ConfigError(f"{path} nowhere says ${missing[0]}. Without it nobody can judge.")
