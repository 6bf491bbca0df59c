"""Checks what plug-ins return before it is recorded: a record must never hold what cannot be read.

`claims_env.testing` asks for more; here is only what would spoil a run.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, get_args

import numpy as np
from gymnasium import spaces

from claims_env.errors import ContractBroken
from claims_env.generator import MotionGenerator, StreamsMotions, TellsProgress
from claims_env.judge import (
    Alignment,
    Difficulty,
    Judge,
    Missing,
    StreamsJudgements,
    Verdict,
)
from claims_env.motion import Motion
from claims_env.prompt import Prompt
from claims_env.scheduler import Action

Answered = TypeVar("Answered")


def require_contract(part: Any, kind: str, asked: str, *methods: str) -> None:
    """Require what every part must have before it is first used.

    Args:
        part: What was made.
        kind: What it is to be, such as 'generator'.
        asked: What it was asked for by.
        methods: Names of what is called later.

    Raises:
        ContractBroken: It has no name to be recorded under, or lacks a method.
    """
    name = getattr(part, "name", None)
    if not isinstance(name, str) or not name:
        raise ContractBroken(
            f"The {kind} '{asked}' has no `name` of type str, but {name!r}. Give it one: records "
            "and reports show it under that."
        )
    missing = [method for method in methods if not callable(getattr(part, method, None))]
    if missing:
        raise ContractBroken(
            f"The {kind} '{asked}' has no method {' and none called '.join(missing)}. "
            f"claims_env.testing tells what a {kind} has to do."
        )


def valid_action(action: Any, space: spaces.Space[Action], scheduler: str) -> Action:
    """Return a scheduler's action as integers.

    Raises:
        ContractBroken: It is not made of integers, or not in the action space.
    """
    try:
        array = np.asarray(action)
    except ValueError as error:
        raise ContractBroken(
            f"The scheduler '{scheduler}' returned an action that is no array ({error}). Expected "
            f"{space.shape} integers."
        ) from None
    if not np.issubdtype(array.dtype, np.integer) or not space.contains(array.astype(np.int64)):
        raise ContractBroken(
            f"The scheduler '{scheduler}' returned an action of type {array.dtype} and shape "
            f"{array.shape}, or with an index out of range. Expected integers in {space}."
        )
    return array.astype(np.int64)


def valid_motions(motions: Any, count: int, generator: str) -> list[Motion]:
    """Return a generator's motions.

    Raises:
        ContractBroken: There are too few or too many, or something else among them.
    """
    _require_count(motions, count, f"generator '{generator}'", "motion per prompt")
    if all(isinstance(motion, Motion) for motion in motions):
        return list(motions)
    raise ContractBroken(f"The generator '{generator}' returned something other than motions.")


def made_motions(
    generator: MotionGenerator,
    prompts: Sequence[Prompt | str],
    seeds: Sequence[int],
    on_progress: Callable[[float], None] = lambda _: None,
) -> Iterator[Motion]:
    """Yield a generator's motions, one per prompt, each as soon as it is there.

    Args:
        generator: Whose they are.
        prompts: What is asked for.
        seeds: One for each.
        on_progress: Told how many clips are done, and parts of them where the generator says so.

    Raises:
        ContractBroken: There are too few or too many, or something else among them.
    """
    if not isinstance(generator, StreamsMotions):
        yield from valid_motions(generator.generate(prompts, seeds), len(prompts), generator.name)
        return
    if isinstance(generator, TellsProgress):
        motions = generator.stream_watched(prompts, seeds, on_progress)
    else:
        motions = generator.stream(prompts, seeds)
    count = 0
    for motion in motions:
        count += 1
        if count <= len(prompts):
            yield from valid_motions([motion], 1, generator.name)
    if count != len(prompts):
        raise ContractBroken(
            f"The generator '{generator.name}' yielded {count} motions. Expected {len(prompts)}: "
            "one motion per prompt."
        )


def made_alignments(
    judge: Judge,
    motions: Sequence[Motion],
    prompts: Sequence[Prompt],
    on_answer: Callable[[int], None],
) -> list[Alignment | Missing]:
    """Return a judge's alignments; told is how many there are, as far as the judge shows it.

    Raises:
        ContractBroken: As for `valid_alignments`.
    """
    if not isinstance(judge, StreamsJudgements):
        return valid_alignments(judge.align(motions, prompts), len(motions), judge)
    answers = _collected(judge.stream_alignments(motions, prompts), on_answer)
    return valid_alignments(answers, len(motions), judge)


def made_ratings(
    judge: Judge, motions: Sequence[Motion], on_answer: Callable[[int], None]
) -> list[Difficulty | Missing]:
    """Return a judge's ratings, likewise.

    Raises:
        ContractBroken: As for `valid_ratings`.
    """
    if not isinstance(judge, StreamsJudgements):
        return valid_ratings(judge.rate(motions), len(motions), judge)
    answers = _collected(judge.stream_ratings(motions), on_answer)
    return valid_ratings(answers, len(motions), judge)


def _collected(answers: Iterator[Answered], on_answer: Callable[[int], None]) -> list[Answered]:
    found: list[Answered] = []
    for answer in answers:
        found.append(answer)
        on_answer(len(found))
    return found


def valid_alignments(answers: Any, count: int, judge: Judge) -> list[Alignment | Missing]:
    """Return a judge's alignments.

    Raises:
        ContractBroken: There are too few or too many, or one is out of range.
    """
    _require_count(answers, count, f"judge '{judge.name}'", "alignment per motion")
    for answer in answers:
        fits = isinstance(answer, Missing)
        if isinstance(answer, Alignment):
            fits = 0 <= answer.score <= 1 and answer.verdict in get_args(Verdict)
        if not fits:
            raise ContractBroken(
                f"The judge '{judge.name}' aligned with {answer!r}. Expected a score of 0 to 1 "
                f"with a verdict out of {', '.join(get_args(Verdict))}, or Missing."
            )
    return list(answers)


def valid_ratings(answers: Any, count: int, judge: Judge) -> list[Difficulty | Missing]:
    """Return a judge's ratings.

    Raises:
        ContractBroken: There are too few or too many, or one is no integer from 1 to 10.
    """
    _require_count(answers, count, f"judge '{judge.name}'", "rating per motion")
    for answer in answers:
        fits = isinstance(answer, Missing)
        if isinstance(answer, Difficulty):
            fits = type(answer.score) is int and 1 <= answer.score <= 10
        if not fits:
            raise ContractBroken(
                f"The judge '{judge.name}' rated with {answer!r}. Expected an integer from 1 to "
                "10, or Missing."
            )
    return list(answers)


def _require_count(answers: Any, count: int, who: str, what: str) -> None:
    given = len(answers) if isinstance(answers, Sequence) else None
    if given != count:
        told = f"{given} answers" if given is not None else repr(answers)
        raise ContractBroken(f"The {who} returned {told}. Expected {count}: one {what}.")
