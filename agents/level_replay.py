"""Replays prompts in turn with fresh ones: what prioritized level replay and its kin share.

Jiang et al. (2021, ICML, arXiv 2010.03934, Sec. 3) rank levels by a score, weigh them by their rank
and by how long ago they were seen, and replay them in turn with new ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from claims_env.agents.prompt_buffer import PromptBuffer, prompt_buffer
from claims_env.agents.replay_scores import SCORES
from claims_env.agents.set_table import History, kept_domains
from claims_env.agents.tier_arms import tier_arms
from claims_env.agents.word_choices import Indices, WordChoices, word_choices
from claims_env.errors import ConfigError, UnknownName
from claims_env.scheduler import Action
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Floats

Fresh = Callable[[PromptBuffer, Indices, np.random.Generator], Indices]
"""Makes the prompts that are no replays, shape (n, 6), from the buffer and the sets' domains."""


@dataclass(frozen=True, slots=True)
class ReplaySettings:
    """How prompts are drawn from a buffer.

    Attributes:
        replay: The share of sets that replay, 0 to 1.
        score: What prompts are ranked by, one of `SCORES`.
        temperature: Jiang et al.'s beta: a prompt of rank r weighs r^(-1/beta); 0.1 is theirs.
        staleness: Their rho: the share of the chance that goes by how long ago a prompt was seen;
            0.1 is theirs.

    Raises:
        UnknownName: There is no such score.
        ConfigError: A share is none, or the temperature is not above 0.
    """

    replay: float = 0.5
    score: str = "change"
    temperature: float = 0.1
    staleness: float = 0.1

    def __post_init__(self) -> None:
        if self.score not in SCORES:
            raise UnknownName("score", self.score, SCORES)
        for name, share in (("replay", self.replay), ("staleness", self.staleness)):
            if not 0 <= share <= 1:
                raise ConfigError(f"{name} is {share}. Expected a share, 0 to 1.")
        if self.temperature <= 0:
            raise ConfigError(f"temperature is {self.temperature}. Expected a number above 0.")


class LevelReplay:
    """Decides for a round: replays of the buffer in some sets, fresh prompts in the others.

    Args:
        library: The words.
        settings: How.
    """

    def __init__(self, library: VariableLibrary, settings: ReplaySettings) -> None:
        self.words: WordChoices = word_choices(library)
        self._arms, self._history = tier_arms(self.words), History(self.words)
        self._settings = settings

    def decide(self, info: dict[str, Any], fresh: Fresh) -> Action:
        """Return the next action; each set keeps its domain.

        Args:
            info: What the scheduler was told.
            fresh: Makes the prompts that are no replays.
        """
        rng = np.random.default_rng(info["decision_seed"])
        tables = self._history.of(info["rounds"])
        domain = kept_domains(tables[-1], len(self.words.domains))
        scored = SCORES[self._settings.score](self._arms, tables)
        buffer = prompt_buffer(self.words, tables, scored)
        rows = fresh(buffer, domain, rng)
        asked = np.where(rng.random(len(domain)) < self._settings.replay, domain, -1)
        old = replayed(buffer, asked, self._settings, len(tables), rng)
        rows[old >= 0] = buffer.rows[old[old >= 0]]
        chosen: Action = rows.ravel()
        return chosen


def replayed(
    buffer: PromptBuffer,
    domain: Indices,
    settings: ReplaySettings,
    now: int,
    rng: np.random.Generator,
) -> Indices:
    """Return the prompt to replay in each set's place, shape (sets,): its place in the buffer.

    Within a domain none is drawn twice, where the authors draw one level after the other: the sets
    of a round are trained on together. -1 where the buffer holds no more of the domain.

    Args:
        buffer: What there is.
        domain: Of each set, shape (sets,); -1 asks for nothing.
        settings: How to draw.
        now: The round that is chosen for.
        rng: Where the draws come from.
    """
    chosen = np.full(len(domain), -1)
    for one in np.unique(domain[domain >= 0]):
        pool, places = np.flatnonzero(buffer.domain == one), np.flatnonzero(domain == one)
        if len(pool):
            chances = replay_chances(buffer.at(pool), settings, now, rng)
            drawn = pool[without_return(chances, len(places), rng)]
            chosen[places[: len(drawn)]] = drawn
    return chosen


def replay_chances(
    buffer: PromptBuffer, settings: ReplaySettings, now: int, rng: np.random.Generator
) -> Floats:
    """Return the chance of each prompt to be replayed, shape (n,), n > 0.

    Args:
        buffer: The prompts to choose from.
        settings: How.
        now: The round that is chosen for.
        rng: Breaks ties of the score, of which outcomes that are yes or no make many.
    """
    by_score = buffer.ranks(rng) ** (-1 / settings.temperature)
    by_age = (now - buffer.seen).astype(np.float64)
    age_share = settings.staleness * by_age / by_age.sum()
    chances: Floats = (1 - settings.staleness) * by_score / by_score.sum() + age_share
    return chances


def without_return(chances: Floats, count: int, rng: np.random.Generator) -> Indices:
    """Return up to so many places, each drawn once, as if one after the other.

    The largest sums of a log chance and a Gumbel draw are such a sample (Kool et al. 2019, arXiv
    1903.06059).
    """
    # a rank far down may weigh nothing in floating point
    hope = np.log(np.maximum(chances, 1e-300)) + rng.gumbel(size=len(chances))
    return np.argsort(-hope, kind="stable")[:count]
