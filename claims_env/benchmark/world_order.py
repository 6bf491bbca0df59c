"""How a simulated world orders schedulers: final scores of each, kept as a line per world."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claims_env.benchmark.row import Row
from claims_env.durable_file import write_atomically
from claims_env.errors import BenchmarkError
from claims_env.records import to_json
from claims_env.statistics.aggregate import Scores

_DIGITS = 6


@dataclass(frozen=True, slots=True, eq=False)
class WorldOrder:
    """A world's scores.

    Attributes:
        world: Its name.
        facts: Digest of what it says of itself.
        schedulers: Who was played.
        sets: Prompts per round.
        rounds: Rounds per episode.
        scores: Held-out success after the last round, 0 to 1, shape (instances, schedulers).
    """

    world: str
    facts: str
    schedulers: tuple[str, ...]
    sets: int
    rounds: int
    scores: Scores

    def of(self, schedulers: Sequence[str]) -> Scores:
        """Return the scores of some schedulers, shape (instances, schedulers).

        Raises:
            BenchmarkError: One of them was not played.
        """
        if absent := sorted(set(schedulers) - set(self.schedulers)):
            raise BenchmarkError(
                f"The world '{self.world}' was not played by {', '.join(absent)}. Play it anew."
            )
        return self.scores[:, [self.schedulers.index(name) for name in schedulers]]


def order_of(rows: Sequence[Row]) -> WorldOrder:
    """Return the order that the rows of one world tell of.

    Raises:
        BenchmarkError: A row has no figures, or not everybody played the same instances.
    """
    if failed := [row for row in rows if not row.is_done]:
        raise BenchmarkError(f"{failed[0].cell} failed: {failed[0].error}")
    schedulers = tuple(dict.fromkeys(row.scheduler for row in rows))
    finals = {(r.index, r.scheduler): r.figures["held_out_success"][-1] for r in rows}
    instances = sorted({index for index, _ in finals})
    if len(finals) != len(instances) * len(schedulers):
        raise BenchmarkError(
            f"The world '{rows[0].tracker}' has {len(finals)} episodes; expected each of "
            f"{len(schedulers)} schedulers on each of {len(instances)} instances."
        )
    made = [[round(finals[i, name], _DIGITS) for name in schedulers] for i in instances]
    one = rows[0]
    return WorldOrder(
        one.tracker, facts_digest(one.facts), schedulers, one.sets, one.rounds, np.array(made)
    )


def facts_digest(facts: object) -> str:
    """Return a hash of what a world says of itself."""
    said = json.dumps(to_json(facts), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def write_orders(orders: Iterable[WorldOrder], path: Path) -> None:
    """Write a line per world."""
    lines = [json.dumps(to_json(order), sort_keys=True) + "\n" for order in map(_plain, orders)]
    write_atomically(path, "".join(lines).encode())


def read_orders(path: Path) -> tuple[WorldOrder, ...]:
    """Return the orders in a file.

    Raises:
        BenchmarkError: It cannot be read.
    """
    try:
        return tuple(_order(json.loads(line)) for line in path.read_text("utf-8").splitlines())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BenchmarkError(
            f"{path} holds no scores of worlds ({error}). Play the worlds anew."
        ) from None


def _plain(order: WorldOrder) -> dict[str, object]:
    return {
        "world": order.world,
        "facts": order.facts,
        "schedulers": list(order.schedulers),
        "sets": order.sets,
        "rounds": order.rounds,
        "scores": order.scores.tolist(),
    }


def _order(content: dict[str, object]) -> WorldOrder:
    made = np.array(content["scores"], dtype=np.float64)
    names = content["schedulers"]
    assert isinstance(names, list)
    if made.ndim != 2 or made.shape[1] != len(names):
        raise ValueError(f"scores of shape {made.shape} for {len(names)} schedulers")
    return WorldOrder(
        str(content["world"]),
        str(content["facts"]),
        tuple(map(str, names)),
        int(str(content["sets"])),
        int(str(content["rounds"])),
        made,
    )
