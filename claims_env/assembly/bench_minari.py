"""Keeps the trajectories of schedulers on simulated worlds as a Minari data set."""

import os
import re
import shutil
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import gymnasium as gym

from claims_env.benchmark.episode import Episode
from claims_env.benchmark.row import Row
from claims_env.scheduler import Action, Observation

_PLACE = "MINARI_DATASETS_PATH"
"""Where Minari looks for its data sets."""


def write_dataset(
    tracker: str,
    episodes: Iterable[Episode],
    spaces: tuple[gym.Space[Observation], gym.Space[Action]],
    rows: Sequence[Row],
    folder: Path,
) -> Path:
    """Write a world's episodes, in the order of their rows, and return the data set's folder.

    Args:
        tracker: The world's name.
        episodes: One per row.
        spaces: Of observations and of actions.
        rows: Where they are from.
        folder: Where data sets lie; set MINARI_DATASETS_PATH to it to load them.
    """
    buffer = import_module("minari.data_collector").EpisodeBuffer
    name = f"claims_env/{re.sub(r'[^A-Za-z0-9]+', '-', tracker).strip('-')}-v0"
    shutil.rmtree(folder / name, ignore_errors=True)
    buffers = [_buffer(buffer, k, episode) for k, episode in enumerate(episodes)]
    schedulers = ", ".join(dict.fromkeys(row.scheduler for row in rows))
    with _place(folder), warnings.catch_warnings():
        # it asks for author, address and environment: the first two are the user's to add, and a
        # world is made from the plan, not from a registered name alone
        warnings.filterwarnings("ignore", ".*(is set to|is) None", UserWarning)
        import_module("minari").create_dataset_from_buffers(
            dataset_id=name,
            buffer=buffers,
            observation_space=spaces[0],
            action_space=spaces[1],
            algorithm_name=schedulers,
            description=(
                f"Curricula on the simulated world '{tracker}', chosen by {schedulers}; library "
                f"{rows[0].library}. Simulated: no physics."
            ),
            data_format="arrow",
        )
    return folder / name


def _buffer(kind: type, number: int, episode: Episode) -> object:
    steps = len(episode.rewards)
    return kind(
        id=number,
        seed=episode.seed,
        observations=list(episode.observations),
        actions=list(episode.actions),
        rewards=episode.rewards.tolist(),
        terminations=[False] * steps,
        truncations=[False] * (steps - 1) + [True],
        infos={},
    )


@contextmanager
def _place(folder: Path) -> Iterator[None]:
    """Have Minari keep its data sets there meanwhile: it knows only the environment."""
    before = os.environ.get(_PLACE)
    os.environ[_PLACE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_PLACE]
        else:
            os.environ[_PLACE] = before
