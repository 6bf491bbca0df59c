"""The paper's random-prompt baseline as it was made: generic sentences by a language model.

App. C.3 asks a model, without library or observation, for 200 prompts that begin with the same two
words, stand on a line each, describe movement and repeat nothing. The words of the question here
are ours.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from claims_env.agents.random_prompts import OPENING, random_prompts
from claims_env.chat import Answer, Chat, Message, Question
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
from claims_env.errors import ChatError
from claims_env.free_sentence import folded, sentence_problem, tidied
from claims_env.free_text import ANY_DOMAIN
from claims_env.json_answer import AnswerError, read
from claims_env.llm_config import LlmConfig
from claims_env.question_record import key_of, question_record
from claims_env.rounds import Round
from claims_env.scheduler import Observation
from claims_env.variable_library import VariableLibrary

VERSION = "generic 1"

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

    It is asked once for all of them, once more for what is missing; the grammar of `random_prompts`
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
        for rung in (LLM, CORRECTED):
            missing = sets - len(found)
            if not missing:
                break
            question = self._question(missing, list(found), sample)
            new, asking = self._ask(question, [*said, *found])
            found |= dict.fromkeys(new[:missing], rung)
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

    def _ask(self, question: Question, said: Collection[str]) -> tuple[list[str], Asking]:
        asked = Asking(key_of(question_record(self._chat.name, question)), ())
        try:
            answer = self._chat.ask(question)
        except ChatError as error:
            return [], replace(asked, problem=str(error))
        heard = replace(
            asked, served_model=answer.served_model, usage=answer.usage, answer=answer.text
        )
        try:
            return self._usable(answer, said), heard
        except AnswerError as error:
            return [], replace(heard, problem=error.problem)

    def _usable(self, answer: Answer, said: Collection[str]) -> list[str]:
        told, kept = {folded(sentence) for sentence in said}, list[str]()
        for line in read(answer, _FORM, self._config.max_tokens)["prompts"]:
            sentence = tidied(line)
            fits = sentence.startswith(f"{OPENING} ") and sentence_problem(sentence) is None
            if fits and folded(sentence) not in told:
                kept.append(sentence)
                told.add(folded(sentence))
        return kept

    def _record(self, askings: Sequence[Asking], outcomes: Sequence[str]) -> None:
        asked = tuple(replace(asking, sets=tuple(range(len(outcomes)))) for asking in askings)
        changes = tuple(SetChange(i, outcome, {}) for i, outcome in enumerate(outcomes))
        talk = GroupTalk(ANY_DOMAIN, asked, {}, changes)
        self._decision = Decision(self._chat.name, VERSION, {}, (talk,))
