"""Fuses metrics and judgements into the vector a scheduler sees, and names every entry."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from gymnasium import spaces

from claims_env.judge import Alignment, Difficulty
from claims_env.prompt import SLOTS, UNSAID
from claims_env.rounds import PromptSet, Round
from claims_env.scheduler import Observation
from claims_env.variable_library import TIERS

SCALES = {"g_mpjpe": 200.0, "l_mpjpe": 100.0, "vel_dist": 20.0, "acc_dist": 20.0}
"""What brings each error to about one: the order of published failures [mm, mm/frame, ...]."""

HIGHEST = 10.0
"""Scaled errors are cut here, so that the box is finite."""

Read = Callable[[Any], float | None]


@dataclass(frozen=True, slots=True)
class Field:
    """One quantity of the vector.

    Attributes:
        name: What it is.
        read: Takes it from a `PromptSet` or a `Round`; None where it is missing.
        high: Its largest value; the smallest is 0.
        optional: It may be missing, so a second entry, name + '.known', says 1 or 0.
    """

    name: str
    read: Read
    high: float = 1.0
    optional: bool = False


class ObservationLayout:
    """The fixed layout of the observation of one environment.

    Args:
        domains: The library's domains, in order.
        judges: The judges' names, in order.
        sets: How many sets a round holds.
        rounds: How many rounds an episode has, round 0 included.
        optional_slots: Slots a prompt may leave unsaid; their tiers have a `.known` entry.
    """

    def __init__(
        self,
        domains: Sequence[str],
        judges: Sequence[str],
        sets: int,
        rounds: int,
        optional_slots: Collection[str] = (),
    ) -> None:
        self._sets = sets
        self._set_fields = _set_fields(domains, judges, optional_slots)
        self._round_fields = _round_fields(sets, rounds)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each entry of the vector is."""
        per_set = [name for field in self._set_fields for name in _entries(field)]
        per_round = [name for field in self._round_fields for name in _entries(field)]
        return (*(f"set{i}.{name}" for i in range(self._sets) for name in per_set), *per_round)

    @cached_property
    def space(self) -> "spaces.Box[np.float32]":
        """The box the vector lives in: flat float32, finite bounds."""
        per_set = [high for field in self._set_fields for high in _highs(field)]
        per_round = [high for field in self._round_fields for high in _highs(field)]
        high = np.array(per_set * self._sets + per_round, dtype=np.float32)
        return spaces.Box(np.zeros_like(high), high, dtype=np.float32)

    def fuse(self, played: Round) -> Observation:
        """Return the fused vector of a round, a fresh array inside `space`."""
        values = [v for s in played.sets for field in self._set_fields for v in _values(field, s)]
        values += [v for field in self._round_fields for v in _values(field, played)]
        return np.clip(np.array(values, dtype=np.float32), 0.0, self.space.high)


def _entries(field: Field) -> list[str]:
    return [field.name, f"{field.name}.known"] if field.optional else [field.name]


def _highs(field: Field) -> list[float]:
    return [field.high, 1.0] if field.optional else [field.high]


def _values(field: Field, source: PromptSet | Round) -> list[float]:
    value = field.read(source)
    known = value is not None and bool(np.isfinite(value))
    shown = float(value) if known and value is not None else 0.0
    return [shown, float(known)] if field.optional else [shown]


def _set_fields(
    domains: Sequence[str], judges: Sequence[str], optional_slots: Collection[str]
) -> list[Field]:
    # functions and partials, not closures: an environment can then be pickled
    return [
        *(Field(f"domain.{domain}", partial(_is_of, domain)) for domain in domains),
        *(
            Field(f"tier.{slot}", partial(_tier, slot), optional=slot in optional_slots)
            for slot in SLOTS
        ),
        Field("kept", _kept),
        Field("success", _success, optional=True),
        *(Field(name, partial(_error, name), HIGHEST, optional=True) for name in SCALES),
        *(Field(f"difficulty.{j}", partial(_difficulty, j), optional=True) for j in judges),
        Field("disagreement", _disagreement, optional=True),
        *(Field(f"alignment.{j}", partial(_alignment, j), optional=True) for j in judges),
    ]


def _round_fields(sets: int, rounds: int) -> list[Field]:
    return [
        Field("round", partial(_progress, rounds)),
        Field("corpus.size", partial(_corpus_size, sets * rounds)),
        Field("corpus.success", _corpus_success),
        Field("suite.success", _suite_success, optional=True),
        *(
            Field(f"suite.{name}", partial(_suite_error, name), HIGHEST, optional=True)
            for name in SCALES
        ),
    ]


def _is_of(domain: str, s: PromptSet) -> float:
    return float(s.prompt.domain == domain)


def _tier(slot: str, s: PromptSet) -> float | None:
    phrase = s.prompt.slots[slot]
    return None if phrase == UNSAID else phrase.tier / TIERS[-1]


def _kept(s: PromptSet) -> float:
    return float(s.rejected is None)


def _success(s: PromptSet) -> float | None:
    return None if s.metrics is None else float(s.metrics.success)


def _error(name: str, s: PromptSet) -> float | None:
    return None if s.metrics is None else getattr(s.metrics, name) / SCALES[name]


def _difficulty(judge: str, s: PromptSet) -> float | None:
    rating = s.difficulties.get(judge)
    return rating.score / 10 if isinstance(rating, Difficulty) else None


def _alignment(judge: str, s: PromptSet) -> float | None:
    answer = s.alignments.get(judge)
    return answer.score if isinstance(answer, Alignment) else None


def _disagreement(s: PromptSet) -> float | None:
    return None if s.disagreement is None else s.disagreement / 9


def _progress(rounds: int, r: Round) -> float:
    return r.index / max(rounds - 1, 1)


def _corpus_size(most: int, r: Round) -> float:
    return r.corpus.clips / most


def _corpus_success(r: Round) -> float:
    return r.corpus.success_rate


def _suite_success(r: Round) -> float | None:
    return r.held_out_success


def _suite_error(name: str, r: Round) -> float | None:
    values = [(suite.metrics.clips, suite.metrics.all[name]) for suite in r.suites]
    known = [(clips, value) for clips, value in values if value is not None]
    total = sum(clips for clips, _ in known)
    return sum(clips * value for clips, value in known) / total / SCALES[name] if total else None
