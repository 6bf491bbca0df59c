"""What a domain's file must look like, checked as a whole: every fault, not only the first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims_env.checked_library import Place, spelled
from claims_env.domain_words import TIERS, template_problem
from claims_env.finding import Finding
from claims_env.prompt import SLOTS

FIELDS = ("categories", "templates", *SLOTS)
PHRASE_FIELDS = ("text", "tier", "category")
OPTIONAL = ("provenance",)
"""A mapping that says where imported words came from; nothing reads it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's content and where in it things stand.

    Attributes:
        name: The file's name.
        content: What its YAML holds.
        lines: The line of each place, from 1; may be empty.
    """

    name: str
    content: Any
    lines: Mapping[Place, int] = field(default_factory=dict[Place, int])

    def error(self, place: Place, problem: str, cure: str) -> Finding:
        """Return an error at a place, or at the nearest place around it whose line is known."""
        known = next((self.lines[p] for p in _around(place) if p in self.lines), None)
        return Finding("error", self.name, known, spelled(place), problem, cure)


def faults(source: Source) -> Iterator[Finding]:
    """Yield everything that keeps a file from being a domain's words."""
    content = source.content
    if wrong := list(_fields(source, (), content, FIELDS, OPTIONAL)):
        yield from wrong
        return
    yield from _words(source, "categories")
    yield from _templates(source)
    for slot in SLOTS:
        yield from _slot(source, slot)


def _templates(source: Source) -> Iterator[Finding]:
    if wrong := list(_words(source, "templates")):
        yield from wrong
        return
    templates = source.content["templates"]
    if not templates:
        yield source.error(("templates",), "templates is empty.", "Write at least one sentence.")
    for i, template in enumerate(templates):
        if problem := template_problem(template):
            yield source.error(("templates", i), problem, "App. B.2 has examples.")
    yield from _repeated(source, "templates", templates)


def _slot(source: Source, slot: str) -> Iterator[Finding]:
    entries = source.content[slot]
    if not isinstance(entries, list) or not entries:
        yield source.error(
            (slot,), f"{slot} is {_kind(entries)}.", "Write a list of phrases there."
        )
        return
    texts: list[Any] = []
    for i, entry in enumerate(entries):
        wrong = list(_phrase(source, (slot, i), entry))
        texts.append(None if wrong else entry["text"])
        yield from wrong
    yield from _repeated(source, slot, texts)


def _phrase(source: Source, place: Place, entry: Any) -> Iterator[Finding]:
    if wrong := list(_fields(source, place, entry, PHRASE_FIELDS)):
        yield from wrong
        return
    text, tier, category = (entry[name] for name in PHRASE_FIELDS)
    at = spelled(place)
    if not isinstance(text, str) or not text.strip():
        cure = "Write the words, in quotes if need be."
        yield source.error((*place, "text"), f"{at}.text is {text!r}.", cure)
    if type(tier) is not int or tier not in TIERS:
        cure = "Write a whole number, 1 to 5."
        yield source.error((*place, "tier"), f"{at}.tier is {tier!r}.", cure)
    known = source.content["categories"]
    if isinstance(known, list) and category not in known:
        said = f"{at}.category is {category!r}. Known: {', '.join(map(str, known))}."
        cure = "Take one of these or add it to `categories`."
        yield source.error((*place, "category"), said, cure)


def _words(source: Source, name: str) -> Iterator[Finding]:
    entries = source.content[name]
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        cure = f"Write `{name}: [..., ...]`."
        yield source.error((name,), f"{name} is no list of words.", cure)


def _repeated(source: Source, name: str, texts: Sequence[Any]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for i, text in enumerate(texts):
        if text is not None and first.setdefault(text, i) != i:
            said = f"{name}[{i}] repeats {name}[{first[text]}], '{text}'."
            yield source.error((name, i), said, "Remove one of them.")


def _fields(
    source: Source,
    place: Place,
    entry: Any,
    fields: Sequence[str],
    optional: Sequence[str] = (),
) -> Iterator[Finding]:
    """Find whatever keeps an entry from being a mapping with exactly these fields."""
    at = spelled(place) or "the file"
    if not isinstance(entry, Mapping):
        cure = f"Write a mapping with {', '.join(fields)}."
        yield source.error(place, f"{at} is {_kind(entry)}.", cure)
        return
    if missing := [name for name in fields if name not in entry]:
        yield source.error(place, f"{at} lacks {', '.join(missing)}.", "Add it.")
    for name in entry:
        if name not in (*fields, *optional):
            cure = f"Known: {', '.join((*fields, *optional))}."
            yield source.error((*place, name), f"{at} has unknown {name}.", cure)


def _around(place: Place) -> Iterator[Place]:
    yield from (place[:length] for length in range(len(place), -1, -1))


def _kind(entry: Any) -> str:
    if entry is None or entry == []:
        return "empty"
    return f"a {type(entry).__name__}"
