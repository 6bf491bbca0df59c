"""The paper's random-prompt baseline as it was made: generic sentences by a language model.

App. C.3 asks a model, without library or observation, for 200 prompts that begin with the same two
words, stand on a line each, describe movement and repeat nothing. The words of the question here
are ours.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from claims_env.agents.random_prompts import OPENING, random_prompts
from claims_env.chat import Chat, Message, Question
from claims_env.decision_record import (
    CORRECTED,
    LLM,
    RULE,
    Asking,
    Decision,
    GroupTalk,
    SetChange,
    decision_as_json,
)
from claims_env.endurance import Endurance
from claims_env.errors import ChatError
from claims_env.free_sentence import folded, sentence_problem, tidied
from claims_env.free_text import ANY_DOMAIN
from claims_env.json_answer import AnswerError, corrected, read
from claims_env.llm_config import LlmConfig
from claims_env.plain_words import plain
from claims_env.question_record import key_of, question_record
from claims_env.rounds import Round
from claims_env.scheduler import Observation
from claims_env.variable_library import VariableLibrary

VERSION = "generic 1"

_PROBLEM = 1000
"""Most characters of what was wrong with an answer."""

_ASKED = (
    "Write {count} different prompts for a model that makes human motion from text. Begin each "
    f'with "{OPENING}" and let it say, in one sentence, what the body does. Answer with one JSON '
    'object that holds them as a list under "prompts".'
)
_AGAIN = " These are there already: {known}"

_FORM = {
    "type": "object",
    "properties": {"prompts": {"type": "array", "items": {"type": "string"}}},
    "required": ["prompts"],
    "additionalProperties": False,
}


class GenericLlmScheduler:
    """Has a language model write sentences about nothing in particular, round 0 included.

    It is asked once for all of them, once more for what is missing, with what was wrong, unless the
    error is one that no question escapes; the grammar of `random_prompts`
    fills up, and the record says so. See `Writes`, `Opens` and `Explains`.

    Args:
        chat: Who is asked.
        library: Not used: that is the point.
        config: How; what it says of grouping and sight does not apply.
        workers: Not used: there is one question at a time.
    """

    def __init__(
        self,
        chat: Chat,
        library: VariableLibrary,
        config: LlmConfig | None = None,
        *,
        workers: int = 1,
    ) -> None:
        del library, workers
        self._chat, self._config = chat, config or LlmConfig()
        self._decision: Decision | None = None

    @property
    def name(self) -> str:
        """See `Writes`: with the model's name."""
        return f"generic ({self._chat.name})"

    @property
    def digest(self) -> str:
        """Version of what the model is told."""
        return VERSION

    def opening(self, sets: int, seed: int) -> Sequence[str]:
        """See `Opens`."""
        return self._written(sets, seed, sample=0, said=())

    def write(self, observation: Observation, info: dict[str, Any]) -> Sequence[str]:
        """See `Writes`."""
        rounds: list[Round] = info["rounds"]
        said = [s.prompt.text for played in rounds for s in played.sets]
        sets, seed = len(rounds[-1].sets), int(info["decision_seed"])
        return self._written(sets, seed, sample=len(rounds), said=said)

    def explanation(self) -> dict[str, Any]:
        """See `Explains`; empty before the first decision."""
        return {} if self._decision is None else decision_as_json(self._decision)

    def _written(self, sets: int, seed: int, *, sample: int, said: Sequence[str]) -> list[str]:
        found: dict[str, str] = {}
        askings: list[Asking] = []
        endurance = Endurance()
        for rung in (LLM, CORRECTED):
            missing = sets - len(found)
            if not missing or endurance.reason:
                break
            question = self._question(missing, list(found), 2 * sample + len(askings))
            if askings and askings[-1].answer:
                question = corrected(question, askings[-1].problem)
            new, asking = self._ask(question, missing, [*said, *found], endurance)
            found |= dict.fromkeys(new, rung)
            askings.append(asking)
        rest = random_prompts(sets - len(found), seed, but=[*said, *found])
        found |= dict.fromkeys(rest, f"{RULE}: the model wrote too few that can be used")
        self._record(askings, list(found.values()))
        return list(found)

    def _question(self, count: int, known: Sequence[str], sample: int) -> Question:
        text = _ASKED.format(count=count)
        text += _AGAIN.format(known=" ".join(known)) if known else ""
        return Question(
            (Message("user", text),),
            "scheduler",
            VERSION,
            schema=_FORM,
            max_tokens=self._config.max_tokens,
            temperature=self._config.temperature,
            sample=sample,
        )

    def _ask(
        self, question: Question, wanted: int, said: Collection[str], endurance: Endurance
    ) -> tuple[list[str], Asking]:
        asked = Asking(key_of(question_record(self._chat.name, question)), ())
        try:
            answer = self._chat.ask(question)
        except ChatError as error:
            endurance.fail(error, str(error))
            return [], replace(asked, problem=str(error))
        heard = replace(
            asked, served_model=answer.served_model, usage=answer.usage, answer=answer.text
        )
        try:
            lines = read(answer, _FORM, self._config.max_tokens)["prompts"]
        except AnswerError as error:
            return [], replace(heard, problem=error.problem)
        kept, problems = _sorted_out(lines, said)
        if len(kept) < wanted:
            problems.append(f"{len(kept)} of {wanted} prompts can be used.")
        return kept[:wanted], replace(heard, problem=plain(" ".join(problems), _PROBLEM))

    def _record(self, askings: Sequence[Asking], outcomes: Sequence[str]) -> None:
        asked = tuple(replace(asking, sets=tuple(range(len(outcomes)))) for asking in askings)
        changes = tuple(SetChange(i, outcome, {}) for i, outcome in enumerate(outcomes))
        talk = GroupTalk(ANY_DOMAIN, asked, {}, changes)
        self._decision = Decision(self._chat.name, VERSION, {}, (talk,))


def _sorted_out(lines: Sequence[str], said: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the sentences that can be used, and what is wrong with the others."""
    told, kept = {folded(sentence) for sentence in said}, list[str]()
    wrong: dict[str, list[str]] = {}
    for number, line in enumerate(lines, 1):
        sentence = tidied(line)
        if problem := _objection(sentence, told):
            wrong.setdefault(problem, []).append(str(number))
        else:
            kept.append(sentence)
            told.add(folded(sentence))
    return kept, [
        f"Prompt{'s' * (len(places) > 1)} {', '.join(places)}: {problem}"
        for problem, places in wrong.items()
    ]


def _objection(sentence: str, told: Collection[str]) -> str | None:
    if not sentence.startswith(f"{OPENING} "):
        return f"It does not begin with '{OPENING}'."
    return "It was there before." if folded(sentence) in told else sentence_problem(sentence)
