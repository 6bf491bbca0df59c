"""From what a model wrote to the object it was asked for, or the exact reason why there is none."""

from dataclasses import replace
from typing import Any

from claims_env.chat import Answer, Chat, Question
from claims_env.errors import ClaimsError, ContractBroken
from claims_env.json_in_text import objects_in, why_none
from claims_env.json_schema import Schema, check_schema, misfits

_TRIES = 2
"""How often a question is asked: once more with what was wrong, since a third try rarely helps."""

_TOLD = 5
"""Most problems told at once: a model mends a few better than many."""


class AnswerError(ClaimsError):
    """A model answered, but not with what it was asked for.

    Attributes:
        problem: What is wrong with it, in sentences.
    """

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


def ask_json(chat: Chat, question: Question) -> tuple[dict[str, Any], list[Answer]]:
    """Return the object a question asks for, and every answer it took.

    An answer that does not fit is asked for once more, with what was wrong added to the user's
    message: two messages of the user in a row are refused by some chat templates.

    Raises:
        AnswerError: No answer fits, was cut at max_tokens, or was withheld.
        ChatError: There is no answer at all.
        ContractBroken: The question has no schema, or one that cannot be checked.
    """
    if question.schema is None:
        raise ContractBroken(f"The question of '{question.purpose}' has no schema to answer to.")
    answers: list[Answer] = []
    problems: list[str] = []
    for _ in range(_TRIES):
        answers.append(chat.ask(corrected(question, problems[-1]) if problems else question))
        try:
            return read(answers[-1], question.schema, question.max_tokens), answers
        except AnswerError as error:
            problems.append(error.problem)
        if answers[-1].finish == "blocked":
            break
    raise AnswerError(" Asked again: ".join(problems))


def corrected(question: Question, problem: str) -> Question:
    """Return the question with what was wrong with its answer at the end of its last message."""
    *before, last = question.messages
    text = (
        f"{last.text}\n\nAn earlier answer to this could not be used. {problem} "
        "Answer with one JSON object that meets the schema, and with nothing else."
    )
    return replace(question, messages=(*before, replace(last, text=text)))


def parse(text: str, schema: Schema) -> dict[str, Any]:
    """Return the object a text holds.

    It is looked for in fenced blocks, then wherever a brace opens. Where several objects meet the
    schema the last one counts, since models think first and answer last: an empty `{}` or an
    example on the way there does not. Forgiven are a trailing comma, a line break inside a text,
    7.0 for the integer 7, and one wrapping object of one key. A reply that is cut off is not
    completed by guessing, and neither its complete parts nor an earlier draft is the answer.

    Raises:
        AnswerError: No object meets the schema; told is what is wrong with the one that comes
            nearest.
        ContractBroken: The schema asks for what is not checked here.
    """
    check_schema(schema)
    tried: list[tuple[dict[str, Any], list[str]]] = [
        (value, misfits(value, schema)) for value in reversed(objects_in(text))
    ]
    for value, problems in tried:
        if not problems:
            return value
    if tried:
        raise AnswerError(_told(min((problems for _, problems in tried), key=len)))
    raise AnswerError(why_none(text))


def read(answer: Answer, schema: Schema, max_tokens: int) -> dict[str, Any]:
    """Return the object an answer holds, as `parse` does, if the answer is complete.

    Raises:
        AnswerError: It was withheld, cut at max_tokens, or no object in it meets the schema.
        ContractBroken: The schema asks for what is not checked here.
    """
    if answer.finish == "blocked":
        raise AnswerError("The provider withheld the answer.")
    if answer.finish == "length":
        # an object in it may be an example on the way to the answer
        raise AnswerError(f"It was cut at max_tokens ({max_tokens}): the answer must be shorter.")
    return parse(answer.text, schema)


def _told(problems: list[str]) -> str:
    more = len(problems) - _TOLD
    return " ".join(problems[:_TOLD]) + (f" And {more} more." if more > 0 else "")
