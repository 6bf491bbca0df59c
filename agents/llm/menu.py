"""The words of a domain under short ids: what a model chooses from, and how its choice is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims_env.domain_words import slots_of
from claims_env.errors import LibraryError
from claims_env.prompt import SLOTS, UNSAID, Phrase, Prompt
from claims_env.variable_library import VariableLibrary

NONE = "none"
"""The id of what stands in a slot that the template does not name."""

_LETTERS = {"base_action": "B", "combo_action": "C", "detail": "D", "speed_rhythm": "S"}


@dataclass(frozen=True, slots=True)
class Menu:
    """What a domain offers.

    Attributes:
        domain: Its name.
        templates: By id, 'T1' and so on.
        phrases: For each slot by id: 'B1' for base_action, 'C1', 'D1', 'S1', and so on.
    """

    domain: str
    templates: Mapping[str, str]
    phrases: Mapping[str, Mapping[str, Phrase]]

    @property
    def has_optional_slots(self) -> bool:
        """Whether some template leaves a slot out."""
        return any(len(slots_of(template)) < len(SLOTS) for template in self.templates.values())

    @property
    def highest(self) -> tuple[int, ...]:
        """The highest tier of each slot, in the order of `SLOTS`."""
        return tuple(max(p.tier for p in self.phrases[slot].values()) for slot in SLOTS)


def menu_of(library: VariableLibrary, domain: str) -> Menu:
    """Return a domain's words under ids that follow their order in the library."""
    words = library.words(domain)
    templates = {f"T{i}": text for i, text in enumerate(words.templates, 1)}
    phrases = {slot: _numbered(_LETTERS[slot], words.phrases[slot]) for slot in SLOTS}
    return Menu(domain, templates, phrases)


def listing(menu: Menu, *, with_ids: bool) -> str:
    """Return the menu as a model reads it, each word once.

    Args:
        menu: The words.
        with_ids: Whether each has its id in front, and not only its tier.
    """
    lines = ["templates"]
    lines += [f"{key} {text}" if with_ids else text for key, text in menu.templates.items()]
    if with_ids and menu.has_optional_slots:
        lines.append(f"('{NONE}' is the id in a slot that the chosen template does not name)")
    for slot, phrases in menu.phrases.items():
        lines += ["", slot]
        for key, phrase in phrases.items():
            mark = f"{key} [{phrase.tier}]" if with_ids else f"[{phrase.tier}]"
            lines.append(f"{mark} {phrase.text}")
    return "\n".join(lines)


def choices(menu: Menu) -> dict[str, list[str]]:
    """Return the ids that may stand in each field of an answer."""
    nothing = [NONE] if menu.has_optional_slots else []
    slots = {slot: [*phrases, *nothing] for slot, phrases in menu.phrases.items()}
    return {"template": list(menu.templates), **slots}


def chosen(menu: Menu, ids: Mapping[str, str]) -> Prompt:
    """Return the prompt that ids out of `choices` stand for.

    Raises:
        LibraryError: A slot that the template names has no phrase.
    """
    template = menu.templates[ids["template"]]
    said = slots_of(template)
    if empty := [slot for slot in said if ids[slot] == NONE]:
        raise LibraryError(
            f"{ids['template']} names {', '.join(said)}, but {empty[0]} is '{NONE}'. Expected an "
            "id of a phrase."
        )
    slots = {s: menu.phrases[s][ids[s]] if s in said else UNSAID for s in SLOTS}
    return Prompt(menu.domain, template, **slots)


def passed_over(menu: Menu, ids: Mapping[str, str]) -> list[str]:
    """Return the slots that have a phrase though the chosen template does not name them."""
    said = slots_of(menu.templates[ids["template"]])
    return [slot for slot in SLOTS if slot not in said and ids[slot] != NONE]


def ids_of(menu: Menu, prompt: Prompt) -> dict[str, str]:
    """Return the ids of a prompt's words; those the menu does not hold are left out."""
    found = {
        key: prompt.template for key, text in menu.templates.items() if text == prompt.template
    }
    ids = {"template": next(iter(found), "")}
    for slot, phrases in menu.phrases.items():
        ids[slot] = next((key for key, p in phrases.items() if p == prompt.slots[slot]), "")
    return {field: key for field, key in ids.items() if key}


def _numbered(letter: str, phrases: Sequence[Phrase]) -> dict[str, Phrase]:
    return {f"{letter}{i}": phrase for i, phrase in enumerate(phrases, 1)}
