"""The rounds of a simulated world as a scheduler reads them, built only once it does."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from claims_env.held_out import clip_seeds
from claims_env.judge import Alignment, Difficulty, Verdict
from claims_env.retention import Retention
from claims_env.rounds import PromptSet, Round, SuiteResult
from claims_env.tracking_metrics import ERRORS, SuiteMetrics, TrackingMetrics
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Bools, Floats
from claims_env.world import FRAMES, JUDGES, WHY_REJECTED, SimulatedSuite, WorldRound

SIMULATED = "simulated"
"""The kind of everything here, in records."""


@dataclass(frozen=True, slots=True, eq=False)
class PlayedRound:
    """One round of one instance, with what its record needs besides the arrays.

    Attributes:
        arrays: The round of all instances.
        instance: Which of them.
        library: The words.
        suites: What is held out.
        world: What the world is called.
        seed: Everything the round draws follows from it and from the instance.
        scheduler: Who chose the prompts.
        reward: What the scheduler got for it.
        earlier: The rounds before it, oldest first.
    """

    arrays: WorldRound
    instance: int
    library: VariableLibrary
    suites: Sequence[SimulatedSuite]
    world: str
    seed: int
    scheduler: str
    reward: float
    earlier: Sequence["PlayedRound"]


class LazyRounds(Sequence[Round]):
    """A sequence of rounds that builds each when it is first looked at."""

    def __init__(self, cells: Sequence["LazyRound"]) -> None:
        self._cells = tuple(cells)

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, index: int) -> Round: ...
    @overload
    def __getitem__(self, index: slice) -> "LazyRounds": ...
    def __getitem__(self, index: int | slice) -> "Round | LazyRounds":
        if isinstance(index, slice):
            return LazyRounds(self._cells[index])
        return self._cells[index].get()

    def __iter__(self) -> Iterator[Round]:
        return (cell.get() for cell in self._cells)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # like a list


class LazyRound:
    """A round that is built once, when it is asked for."""

    def __init__(self, build: Callable[[], Round]) -> None:
        self._build = build
        self._built: Round | None = None

    def get(self) -> Round:
        """Return the round."""
        if self._built is None:
            self._built = self._build()
        return self._built


def build_round(played: PlayedRound) -> Round:
    """Return the record of a round; every part of it says that it is simulated."""
    arrays, b = played.arrays, played.instance
    kept, won, before = arrays.kept[b], arrays.success[b], arrays.before[b]
    errors = arrays.errors(arrays.success)[b]
    errors_before = arrays.errors(arrays.before)[b]
    return Round(
        index=arrays.index,
        seed=played.seed,
        scheduler=played.scheduler,
        sets=_sets(played, errors, errors_before),
        trained=_pooled(won[kept], errors[kept]),
        untrained=None,
        corpus=_corpus(played)[0],
        corpus_untrained=None,
        suites=_suites(played),
        training={
            "samples": 0,
            "clips": int(arrays.corpus_clips[b]),
            "kind": SIMULATED,
            "world": played.world,
        },
        reward=played.reward,
        before=_pooled(before[kept], errors_before[kept]),
        retention=_corpus(played)[1],
    )


def _sets(played: PlayedRound, errors: Floats, before: Floats) -> tuple[PromptSet, ...]:
    arrays, b = played.arrays, played.instance
    prompts = played.library.decode(arrays.actions[b].reshape(-1))
    seeds = clip_seeds(played.seed, len(prompts))
    rejected, speed = arrays.rejected[b].tolist(), arrays.speed[b].tolist()
    after = _metrics(arrays.success[b], errors)
    earlier = _metrics(arrays.before[b], before)
    alignment, difficulty = arrays.alignment[b].tolist(), arrays.difficulty[b].tolist()
    made: list[PromptSet] = []
    for i, prompt in enumerate(prompts):
        out = rejected[i]
        made.append(
            PromptSet(
                clip_name(arrays.index, i),
                prompt,
                seeds[i],
                WHY_REJECTED[out] if out else None,
                (),
                {},
                speed[i],
                {j: _alignment(s) for j, s in zip(JUDGES, alignment[i], strict=True)},
                {}
                if out
                else {j: _difficulty(s) for j, s in zip(JUDGES, difficulty[i], strict=True)},
                None if out else after[i],
                None,
                None,
                None if out else earlier[i],
            )
        )
    return tuple(made)


def _metrics(won: Bools, errors: Floats) -> list[TrackingMetrics]:
    # a lost clip is lost half way, for want of a body that falls
    return [
        TrackingMetrics(w, g, near, pa, vel, acc, FRAMES, None if w else FRAMES // 2)
        for w, (g, near, pa, vel, acc) in zip(won.tolist(), errors.tolist(), strict=True)
    ]


def clip_name(index: int, place: int) -> str:
    """Return what the clip of a set is called."""
    return f"r{index:03d}_s{place:03d}"


@lru_cache(maxsize=101)
def _alignment(hundredths: int) -> Alignment:
    score = hundredths / 100
    verdict: Verdict = "mismatch" if score < 0.4 else "partial" if score < 0.7 else "aligned"
    return Alignment(score, verdict, SIMULATED)


@lru_cache(maxsize=10)
def _difficulty(score: int) -> Difficulty:
    return Difficulty(score, SIMULATED, {})


def _suites(played: PlayedRound) -> tuple[SuiteResult, ...]:
    success = played.arrays.suite_success[played.instance].tolist()
    errors = played.arrays.suite_errors[played.instance].tolist()
    return tuple(
        SuiteResult(
            suite.name,
            SIMULATED,
            SuiteMetrics(
                suite.clips,
                rate,
                dict(zip(ERRORS, values, strict=True)),
                dict.fromkeys(ERRORS),
            ),
            None,
            {},
            {},
        )
        for suite, rate, values in zip(played.suites, success, errors, strict=True)
    )


def _corpus(played: PlayedRound) -> tuple[SuiteMetrics, Retention]:
    """Return how all clips fare now, together and by round."""
    b, rounds = played.instance, [*played.earlier, played]
    now = [won[b] for won in played.arrays.history]
    kept = [r.arrays.kept[b] for r in rounds]
    errors = [_errors_if(r.arrays, b, won) for r, won in zip(rounds, now, strict=True)]
    parts = [(w[k], e[k]) for w, k, e in zip(now, kept, errors, strict=True)]
    whole = _pooled(np.concatenate([w for w, _ in parts]), np.concatenate([e for _, e in parts]))
    once = _ever_tracked(rounds[:-1], b)
    names = [[clip_name(i, p) for p in range(len(w))] for i, w in enumerate(now)]
    lost = [o & ~w for o, w in zip(once, now, strict=False)]
    return whole, Retention(
        by_round=tuple(_pooled(w, e) for w, e in parts),
        tracked=_named(names, now),
        forgotten=_named(names, lost),
        once=sum(int(o.sum()) for o in once),
    )


def _errors_if(arrays: WorldRound, instance: int, won: Bools) -> npt.NDArray[Any]:
    return np.asarray(arrays.spread[instance] * arrays.levels[won.astype(np.int8)])


def _ever_tracked(rounds: Sequence[PlayedRound], instance: int) -> list[Bools]:
    """Return which clips of each round were tracked after any of these rounds."""
    found: list[Bools] = []
    for r in rounds:
        now = [won[instance] for won in r.arrays.history]
        found = [old | new for old, new in zip(found, now, strict=False)] + [now[-1]]
    return found


def _named(names: Sequence[Sequence[str]], which: Sequence[Bools]) -> tuple[str, ...]:
    return tuple(
        names[i][place] for i, mask in enumerate(which) for place in np.flatnonzero(mask).tolist()
    )


def _pooled(won: Bools, errors: Floats) -> SuiteMetrics:
    """Return clips together; all of a simulated world are equally long, so each weighs the same."""
    good = errors[won]
    return SuiteMetrics(
        clips=len(won),
        success_rate=int(won.sum()) / len(won),
        all=_means(errors),
        succeeded=_means(good) if len(good) else dict.fromkeys(ERRORS),
    )


def _means(errors: Floats) -> dict[str, float | None]:
    means = errors.mean(0, dtype=np.float64).tolist()
    return dict(zip(ERRORS, means, strict=True))
