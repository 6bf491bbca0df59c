"""Plays the rounds of a simulated world: what every member of the family shares."""

from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.trackers.simulated.error_mixture import spread_of, suite_levels
from claims_env.trackers.simulated.noise import (
    Luck,
    draw_luck,
    first_traces,
    followed,
    normals_of,
    open_streams,
)
from claims_env.trackers.simulated.oracle import StudentOracle
from claims_env.trackers.simulated.phrase_tables import draw_tables, met
from claims_env.trackers.simulated.settings import WorldSettings
from claims_env.trackers.simulated.sieve import alignment_of, chance_of_rejection, rejected_by
from claims_env.trackers.simulated.simulated_judges import ratings
from claims_env.trackers.simulated.speed import speed_of
from claims_env.trackers.simulated.student import Asked, MakesStudent, Mind, Student, tallied
from claims_env.trackers.simulated.suite_leaning import suite_leaning
from claims_env.trackers.simulated.world_state import Trained, WorldState
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Bools, Floats, Ints, Reading, WordGrid, grid_of, read_actions
from claims_env.world import SimulatedSuite, WorldRound, counted

VERSION = 1
"""Raised whenever the same actions and seed give other figures than before."""


class SimulatedWorld:
    """See `World`.

    Args:
        name: What it is called.
        make: Makes its student.
        settings: All else.
    """

    def __init__(self, name: str, make: MakesStudent, settings: WorldSettings) -> None:
        self.name, self._make, self.settings = name, make, settings
        self._clips = np.array([suite.clips for suite in settings.suites], float)
        self._hard = np.array([suite.difficulty for suite in settings.suites])
        self._levels = np.array([settings.lost, settings.tracked], np.float32)
        self._suite_levels = suite_levels(settings.suites, settings.lost, settings.tracked)

    @property
    def facts(self) -> dict[str, Any]:
        """See `World`."""
        return {
            "kind": "simulated",
            "name": self.name,
            "version": VERSION,
            **self._make.facts,
            "settings": asdict(self.settings),
        }

    @property
    def suites(self) -> tuple[SimulatedSuite, ...]:
        """See `World`."""
        return self.settings.suites

    def begin(self, library: VariableLibrary, seeds: Ints, *, sets: int, rounds: int) -> WorldState:
        """See `World`."""
        grid, seeds = grid_of(library), np.asarray(seeds, np.int64)
        student = self.student_for(grid)
        return WorldState(
            grid=grid,
            rounds=rounds,
            student=student,
            leaning=suite_leaning(self.suites, grid.names),
            tables=draw_tables(grid, self.settings.phrases, seeds),
            mind=student.begin(len(seeds), sets),
            streams=open_streams(seeds),
            traces=first_traces(seeds),
            drift=np.zeros(len(seeds)),
            clips=np.zeros(len(seeds)),
        )

    def play(self, state: WorldState, actions: Ints) -> WorldRound:
        """See `World`."""
        played: npt.NDArray[np.int64] = np.asarray(actions, np.int64)
        reading = read_actions(state.grid, played)
        asked = self.asked(state, reading)
        luck = draw_luck(state.streams, played.shape[1])
        refused = chance_of_rejection(self.settings.filter, reading, state.tables)
        rejected = rejected_by(refused, luck)
        own = np.float32(self.settings.phrases.clip_sd) * luck.normal[0]
        new = Trained(reading, self._needed(state.student, asked, own, luck), rejected == 0)
        before = self._tracks(state, new, 0.0)
        self._teach(state, asked, new, played)
        won = tuple(self._tracks(state, t, self.settings.practice) for t in state.trained)
        held_out = self._examine(state)
        now = tuple(w & t.kept for w, t in zip(won, state.trained, strict=True))
        state.clips = state.clips + counted(new.kept)
        return WorldRound(
            index=len(won) - 1,
            actions=played,
            tiers=reading.tier,
            rejected=rejected,
            before=before,
            success=won[-1],
            spread=spread_of(luck),
            alignment=alignment_of(rejected, refused, luck),
            difficulty=ratings(self.settings, reading, state.tables, own, luck),
            speed=speed_of(reading, luck),
            suite_success=held_out,
            suite_errors=self._suite_errors(held_out),
            corpus_clips=state.clips.astype(np.int64),
            corpus_success=counted(np.concatenate(now, axis=1)) / state.clips,
            history=now,
            levels=self._levels,
        )

    def oracle(self, state: WorldState, instance: int = 0) -> StudentOracle:
        """See `World`."""

        def expected(mind: Mind) -> Floats:
            return self._expected(state, mind)

        return StudentOracle(state, instance, self.settings.filter, expected)

    def student_for(self, grid: WordGrid) -> Student:
        """Return the student of this world, for the words of a library."""
        return self._make(grid, self.settings.phrases.tier_effect)

    def tracks(self, student: Student, mind: Mind, asked: Asked, luck: Luck, known: Bools) -> Bools:
        """Return which clips a mind tracks.

        Args:
            student: Whose mind it is.
            mind: The mind, shape (B, width).
            asked: The prompts.
            luck: Of each clip.
            known: Which clips were trained on, shape (B, S).
        """
        own = self.settings.phrases.clip_sd * luck.normal[0]
        needed = self._needed(student, asked, own, luck)
        lead = self.settings.sharpness * student.standing(mind, asked.reading)
        return np.asarray(lead + self.settings.practice * known > needed)

    def asked(self, state: WorldState, reading: Reading) -> Asked:
        """Return prompts with how hard they really are in each instance."""
        return met(reading, state.tables)

    def _expected(self, state: WorldState, mind: Mind) -> Floats:
        """Return the expected held-out success of minds over all suites, 0 to 1, shape (B,)."""
        chance = _chance(self._ability(state, mind) - self._hard)
        return np.asarray((chance * self._clips).sum(1) / self._clips.sum())

    def _needed(self, student: Student, asked: Asked, own: Floats, luck: Luck) -> Floats:
        s = self.settings
        hard = s.sharpness * (student.demand(asked) + own) - s.ease
        if not s.luck:
            return np.asarray(hard, np.float32)
        drawn = np.maximum(luck.uniform[1], np.float32(1e-7))
        # tracked if the drawn number lies below the chance: a clip has the same luck ever after
        return np.asarray(hard + s.luck * np.log(drawn / (1 - drawn)), np.float32)

    def _tracks(self, state: WorldState, clips: Trained, practice: float) -> Bools:
        standing = state.student.standing(state.mind, clips.reading)
        won: Bools = self.settings.sharpness * standing + practice > clips.needed
        return won

    def _teach(self, state: WorldState, asked: Asked, new: Trained, actions: Ints) -> None:
        lessons = state.student.lessons(state.mind, asked)
        tally = tallied(lessons, new.kept, state.student.cells)
        state.mind = state.student.learn(state.mind, tally)
        state.traces = followed(state.traces, actions)
        state.trained.append(new)

    def _examine(self, state: WorldState) -> npt.NDArray[np.float64]:
        """Return the share of each suite's clips that is tracked, a whole number of them."""
        s = self.settings
        drawn = normals_of(state.traces, 1 + len(self._clips))
        fresh = np.sqrt(1 - s.noise_memory**2) if len(state.trained) > 1 else 1.0
        state.drift = s.noise_memory * state.drift + fresh * drawn[:, 0]
        ability = self._ability(state, state.mind) + s.noise * state.drift[:, None]
        chance = _chance(ability - self._hard)
        sampling = np.sqrt(chance * (1 - chance) / self._clips) * drawn[:, 1:] * bool(s.luck)
        won = np.rint(np.clip(chance + sampling, 0.0, 1.0) * self._clips)
        return np.asarray(won / self._clips)

    def _ability(self, state: WorldState, mind: Mind) -> Floats:
        progress = state.student.progress(mind, state.leaning)
        return self.settings.anchor + self.settings.scale * progress

    def _suite_errors(self, success: Floats) -> npt.NDArray[np.float64]:
        lost, tracked = self._suite_levels[:, 0], self._suite_levels[:, 1]
        share = success[..., None]
        return np.asarray(share * tracked + (1 - share) * lost)


def _chance(lead: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-lead))
    return chance
