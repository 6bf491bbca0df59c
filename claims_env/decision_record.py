"""How a scheduler that talks to a language model came to its prompts, as kept beside a decision."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claims_env.chat import Usage
from claims_env.records import from_json, to_json

LLM, CORRECTED, ASKED_AGAIN, RULE = "llm", "llm after correction", "llm asked again", "rule"
"""The rungs of the repair ladder, from the first answer down to the rule in code."""

REDRAWN = "redrawn"
"""In place of a rung: the set's clip could not be used, so that no model was asked about it."""


@dataclass(frozen=True, slots=True)
class SetChange:
    """What became of one set, and why.

    Attributes:
        parent: The set's number in the last round, and so its successor's in the next.
        outcome: Who chose the successor: a rung of the ladder, the reason after a colon where
            there is one, such as 'rule: cut at max_tokens (8000)'.
        reasons: What the model gave as its reasons, by what they are about: 'harder' (how the
            new prompt is harder), 'variables' (which slots changed and why), 'template'. Empty
            where the rule chose.
        strictly_harder: Whether no slot is easier and at least one harder; None if not checked.
        check: What was found, in words; empty if nothing was checked.
    """

    parent: int
    outcome: str
    reasons: Mapping[str, str]
    strictly_harder: bool | None = None
    check: str = ""

    @property
    def rung(self) -> str:
        """The outcome without its reason."""
        return self.outcome.partition(":")[0].strip()


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of a group and what came back.

    Attributes:
        digest: The sha256 of the question, as cassettes know it.
        sets: The numbers of the sets it was about.
        served_model: Who answered, as the provider says; empty if nobody did.
        usage: Tokens as the provider counts them, or None where it does not say.
        answer: What it said, as it came; empty if nothing did.
        problem: What was wrong with the answer, or why there is none; empty if nothing was. What
            was right in it is used all the same.
    """

    digest: str
    sets: tuple[int, ...]
    served_model: str = ""
    usage: Usage | None = None
    answer: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class GroupTalk:
    """What was said about the sets that were shown together.

    Attributes:
        domain: Theirs.
        askings: Every question that was asked about them, in order.
        analysis: What the model says of the group by what it is about, such as 'tracker' and
            'judges'; empty if no answer could be used.
        changes: What became of each set, in the order of the question, which calls them set 1,
            set 2 and so on.
    """

    domain: str
    askings: tuple[Asking, ...]
    analysis: Mapping[str, str]
    changes: tuple[SetChange, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """How the prompts of one round were chosen.

    Attributes:
        model: Who was asked: vendor and model.
        prompt_version: Of the text the questions were made from, such as 'scheduler 1'.
        settings: What else the questions follow from (grouping, format, what was shown), in words.
        groups: What was said, group by group.
    """

    model: str
    prompt_version: str
    settings: Mapping[str, str]
    groups: tuple[GroupTalk, ...]

    @property
    def changes(self) -> dict[int, SetChange]:
        """What became of each set, by its number."""
        return {change.parent: change for group in self.groups for change in group.changes}

    @property
    def rungs(self) -> dict[str, int]:
        """How many sets each rung of the ladder settled, as often as any first."""
        counted = Counter(change.rung for change in self.changes.values())
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def decision_as_json(decision: Decision) -> dict[str, Any]:
    """Return a decision in values JSON knows, as `Explains.explanation` gives it."""
    values: dict[str, Any] = to_json(decision)
    return values


def decision_from_json(values: object) -> Decision:
    """Return the decision that `decision_as_json` wrote.

    Raises:
        ConfigError: A field is unknown or missing, or holds a value of another type.
    """
    decision: Decision = from_json(Decision, values, "decision")
    return decision
