"""A slot-filled prompt: the unit of action in the outer curriculum."""

from dataclasses import dataclass

SLOTS = ("base_action", "combo_action", "detail", "speed_rhythm")
"""The paper's four components of difficulty (App. B.2), in the order actions index them."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of a slot's list.

    Attributes:
        text: The words.
        tier: Prior difficulty, 1 (easy) to 5 (hard).
        category: The sub-category of App. B.1 it belongs to, such as 'spinning attacks'.
    """

    text: str
    tier: int
    category: str


UNSAID = Phrase("", 0, "unsaid")
"""What stands in a slot the template does not name; its tier 0 means that there is none."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One motion, described along the four components of difficulty.

    The field names are the paper's (App. C.1), and so are the template's placeholders. A slot the
    template leaves out holds `UNSAID`. Free text is a prompt that leaves out all four (see
    `free_prompt`): its template is the sentence.
    """

    domain: str
    template: str
    base_action: Phrase
    combo_action: Phrase
    detail: Phrase
    speed_rhythm: Phrase

    @property
    def text(self) -> str:
        """The sentence handed to the motion generator."""
        return self.template.format(**{slot: phrase.text for slot, phrase in self.slots.items()})

    @property
    def slots(self) -> dict[str, Phrase]:
        """The phrase in each slot, in the order of `SLOTS`."""
        return {slot: getattr(self, slot) for slot in SLOTS}

    @property
    def said(self) -> tuple[str, ...]:
        """The names of the slots that hold a phrase, in the order of `SLOTS`."""
        return tuple(slot for slot, phrase in self.slots.items() if phrase != UNSAID)

    @property
    def tiers(self) -> tuple[int, ...]:
        """The tier of each slot, in the order of `SLOTS`; 0 where it is unsaid."""
        return tuple(phrase.tier for phrase in self.slots.values())

    @property
    def tier(self) -> float:
        """The prompt's prior difficulty: the mean tier of the slots that are said, 1 to 5.

        0 for free text: nothing is known of it.
        """
        return sum(self.tiers) / len(self.said) if self.said else 0.0

    @property
    def is_free(self) -> bool:
        """Whether it is a sentence of its own, with no words of a library in it."""
        return not self.said


def free_prompt(domain: str, sentence: str) -> Prompt:
    """Return a prompt that says a sentence as it is, with nothing in its slots.

    Args:
        domain: Where it belongs, such as that of the prompt it follows.
        sentence: The words.
    """
    # a brace of the sentence is written twice, as in every template
    template = sentence.replace("{", "{{").replace("}", "}}")
    return Prompt(domain, template, UNSAID, UNSAID, UNSAID, UNSAID)


def text_of(prompt: Prompt | str) -> str:
    """Return the sentence of a slot-filled prompt, or free text as it is."""
    return prompt if isinstance(prompt, str) else prompt.text
