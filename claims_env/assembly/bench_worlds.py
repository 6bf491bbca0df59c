"""Cells on simulated worlds: played in memory, in milliseconds."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from claims_env.assembly.bench import agent_of, config_of, words_of
from claims_env.assembly.chats import open_account
from claims_env.assembly.schedulers import asks_chat
from claims_env.assembly.worlds import build_world
from claims_env.benchmark.asked_part import read_part
from claims_env.benchmark.episode import Episode, Recorded, play_episode
from claims_env.benchmark.figures import used, world_figures
from claims_env.benchmark.packed_actions import pack, unpack
from claims_env.benchmark.played import Played
from claims_env.benchmark.row import Row, sealed
from claims_env.benchmark.watched_world import WatchedWorld
from claims_env.chat_usage import ChatAccount
from claims_env.config import RunConfig
from claims_env.errors import BenchmarkError, ConfigError
from claims_env.scheduler import Scheduler, Writes
from claims_env.surrogate_env import SurrogateEnv


def play_world(row: Row) -> Played:
    """Play a cell.

    Args:
        row: The cell, without figures.

    Raises:
        ClaimsError: Something is wrong with the scheduler or the world.
    """
    asked = read_part(row.scheduler)
    config = RunConfig() if row.settings is None else config_of(row, row.settings)
    account = open_account(config.chat) if asks_chat(asked.name) else None
    config = replace(config, scheduler=asked.name)
    agent = agent_of(asked, config, words_of(row.words), account)
    if isinstance(agent, Writes):
        raise ConfigError(
            f"'{row.scheduler}' writes sentences, and simulated worlds know only the words of the "
            "library. Compare it on trackers of real clips, such as mujoco."
        )
    episode, told = _played(row, agent, reveal=getattr(agent, "reads_oracle", False) is True)
    if account is not None:
        told = replace(told, budget={**told.budget, **_asked(account)})
    return Played(sealed(told), deciding_s=episode.deciding_s)


def replay_world(row: Row) -> Row:
    """Return the row once more, its actions played again without the scheduler.

    Raises:
        BenchmarkError: It holds no actions that fit its sets and rounds.
        ClaimsError: The world or its words cannot be had.
    """
    return sealed(_played(row, _recorded(row))[1])


def trajectory(row: Row) -> Episode:
    """Return a row's episode with everything that was seen in it, played once more.

    Raises:
        ClaimsError: As for `replay_world`.
    """
    return _played(row, _recorded(row))[0]


def environment_of(row: Row) -> SurrogateEnv:
    """Return the environment a row's episode was played in.

    Raises:
        ClaimsError: The world or its words cannot be had.
    """
    return _environment(row, reveal=False)[0]


def _played(row: Row, agent: Scheduler, *, reveal: bool = False) -> tuple[Episode, Row]:
    env, world = _environment(row, reveal=reveal)
    episode = play_episode(agent, env, seed=row.seed)
    figures = world_figures(world.played, world.suites, [0.0, *episode.rewards.tolist()])
    return episode, replace(
        row,
        kind="simulated",
        revealed=reveal or row.revealed,
        facts=world.facts,
        library=env.parts.library.digest,
        actions=pack(episode.actions),
        figures=figures,
        budget=used(figures, row.sets),
    )


def _environment(row: Row, *, reveal: bool) -> tuple[SurrogateEnv, WatchedWorld]:
    asked = read_part(row.tracker)
    world = WatchedWorld(build_world(asked.name, **dict(asked.settings)))
    env = SurrogateEnv(world, words_of(row.words), sets=row.sets, rounds=row.rounds, reveal=reveal)
    return env, world


def _recorded(row: Row) -> Recorded:
    if row.actions is None or row.actions.shape != (row.rounds - 1, 6 * row.sets):
        shape = "none" if row.actions is None else f"shape {row.actions.shape}"
        raise BenchmarkError(
            f"{row.cell} cannot be replayed: its actions have {shape}. Expected shape "
            f"{(row.rounds - 1, 6 * row.sets)}; play the cell again."
        )
    return Recorded(row.scheduler, unpack(row.actions))


def _asked(account: ChatAccount) -> dict[str, float]:
    """Return what language models were asked and used."""
    chats: Iterable[Mapping[str, Any]] = account.usage().get("chats", [])
    entries = list(chats)
    tokens = sum(e["tokens"]["input"] + e["tokens"]["output"] for e in entries)
    return {"tokens": float(tokens), "questions": float(sum(e["calls"] for e in entries))}
