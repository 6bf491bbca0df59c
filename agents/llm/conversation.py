"""Asks about one group until every set has a prompt: the repair ladder above the rule in code."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from claims_env.agents.llm.group_question import Subject, group_question
from claims_env.agents.llm.reading import Parse, Proposal, Reading, reading
from claims_env.agents.llm.step import step_between
from claims_env.chat import Chat, Question
from claims_env.decision_record import ASKED_AGAIN, CORRECTED, LLM, Asking
from claims_env.endurance import Endurance
from claims_env.errors import ChatError
from claims_env.free_sentence import folded
from claims_env.json_answer import corrected
from claims_env.llm_config import LlmConfig
from claims_env.plain_words import plain
from claims_env.prompt import Prompt
from claims_env.prompt_file import PromptFile
from claims_env.question_record import key_of, question_record
from claims_env.variable_library import VariableLibrary

_PROBLEM = 500
"""Most characters of the reason why a set is left to the rule."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What a conversation about a group came to.

    Attributes:
        askings: Every question, in order.
        analysis: What the model said of the group.
        chosen: Proposal and rung of each set that has one, by its number in the question.
        problems: Why the others have none, likewise.
    """

    askings: tuple[Asking, ...]
    analysis: Mapping[str, str]
    chosen: Mapping[int, tuple[Proposal, str]]
    problems: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all conversations of a round have in common.

    Attributes:
        chat: Who is asked.
        text: What is said.
        config: How.
        library: The words.
        parse: Reads answers in sentences.
        known: What every prompt of the run so far says, folded; none of them is new.
        endurance: Says when nobody is asked any more.
    """

    chat: Chat
    text: PromptFile
    config: LlmConfig
    library: VariableLibrary
    parse: Parse
    known: Collection[str]
    endurance: Endurance


def converse(subject: Subject, setting: Setting) -> Talk:
    """Return what a model proposes for the sets of a group.

    It is asked about all of them; then once more with what was wrong, if anything was; then about
    the sets that are still without a prompt. Good answers stand, whatever is wrong beside them.
    An error of the chat ends the conversation: the chat has done its own trying.
    """
    return _Conversation(subject, setting).held()


class _Conversation:
    """One conversation under way."""

    def __init__(self, subject: Subject, setting: Setting) -> None:
        self._subject, self._setting = subject, setting
        self._askings: list[Asking] = []
        self._analysis: Mapping[str, str] = {}
        self._chosen: dict[int, tuple[Proposal, str]] = {}
        self._problems: dict[int, str] = dict.fromkeys(subject.labels, "nobody was asked")
        self._remarks: Sequence[str] = ()

    def held(self) -> Talk:
        first = group_question(self._setting.text, self._subject, self._setting.config)
        goes_on = self._ask(first, self._subject, LLM)
        if goes_on and self._problems:
            told = corrected(first, self._told())
            goes_on = self._ask(told, self._subject, CORRECTED)
        if goes_on and self._problems:
            left = self._left()
            # another sample, since what is left may be all there is
            again = group_question(self._setting.text, left, self._setting.config, sample=1)
            self._ask(again, left, ASKED_AGAIN)
        return Talk(tuple(self._askings), self._analysis, self._chosen, self._problems)

    def _left(self) -> Subject:
        labels = {label: self._subject.labels[label] for label in self._problems}
        return replace(self._subject, labels=labels)

    def _ask(self, question: Question, subject: Subject, rung: str) -> bool:
        """Ask, keep what is good, and return whether asking more makes sense."""
        reason = self._setting.endurance.reason
        if reason is not None:
            return self._give_up(reason)
        asked = self._asking(question, subject)
        try:
            answer = self._setting.chat.ask(question)
        except ChatError as error:
            told = plain(str(error), _PROBLEM)
            self._setting.endurance.fail(error, told)
            self._askings.append(replace(asked, problem=told))
            return self._give_up(told)
        self._setting.endurance.succeed()
        left, config = tuple(self._problems), self._setting.config
        found = reading(answer, subject, left, config, self._setting.parse)
        self._keep(found, rung)
        heard = replace(
            asked, served_model=answer.served_model, usage=answer.usage, answer=answer.text
        )
        self._askings.append(replace(heard, problem=self._told()))
        return answer.finish != "blocked"

    def _asking(self, question: Question, subject: Subject) -> Asking:
        digest = key_of(question_record(self._setting.chat.name, question))
        return Asking(digest, tuple(s.number for s in subject.labels.values()))

    def _keep(self, found: Reading, rung: str) -> None:
        self._analysis = self._analysis or found.analysis
        self._problems, self._remarks = dict(found.problems), found.remarks
        for label, proposal in found.proposals.items():
            if problem := self._objection(label, proposal.prompt):
                self._problems[label] = problem
            else:
                self._chosen[label] = (proposal, rung)
        # in the order of the question, whoever objected
        self._problems = {n: self._problems[n] for n in self._subject.labels if n in self._problems}

    def _objection(self, label: int, prompt: Prompt) -> str | None:
        """Return what speaks against a prompt that is well-formed, or None."""
        before = self._subject.labels[label].prompt
        said = folded(prompt.text)
        if said == folded(before.text):
            return "The new prompt is the one before, word by word. Expected a harder one."
        taken = {folded(p.prompt.text): number for number, (p, _) in self._chosen.items()}
        if said in taken:
            return f"The new prompt is that of set {taken[said]}. Expected another."
        if said in self._setting.known:
            return "The new prompt was there before in this run. Expected another."
        if not self._setting.config.insist_harder or prompt.is_free:
            return None
        distance = self._setting.library.distance(before, prompt)
        step = step_between(before, prompt, self._subject.menu.highest, distance)
        if step.has_room and not step.is_harder:
            return f"It is {step.told}. Expected no slot easier and at least one harder."
        return None

    def _told(self) -> str:
        """Return what is wrong, each problem once, with the sets that have it; then the remarks."""
        sets: dict[str, list[str]] = {}
        for label, problem in self._problems.items():
            sets.setdefault(problem, []).append(str(label))
        told = [
            f"Set{'s' * (len(labels) > 1)} {', '.join(labels)}: {problem}"
            for problem, labels in sets.items()
        ]
        return " ".join([*told, *self._remarks])

    def _give_up(self, reason: str) -> bool:
        self._problems = dict.fromkeys(self._problems, reason)
        return False
