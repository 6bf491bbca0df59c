"""Where a simulated world's chances come from.

What happens to the clips of a round follows from the instance's seed, the round and the set's
place: two schedulers with the same seed meet the same luck there, so that their runs are a pair.
How a training turns out follows from the seed and from everything that was played, as it does for
real trackers: two schedulers share none of it, and a replay gets it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.word_grid import Floats, Ints

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
"""The constants of splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
generators", 2014)."""

NORMALS, UNIFORMS = 7, 2
"""What is drawn for each set of a round, whatever becomes of it."""

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Luck:
    """What is drawn for the sets of a round; shapes (kinds, B, S).

    Attributes:
        normal: Standard normal.
        uniform: Uniform, 0 to 1.
    """

    normal: npt.NDArray[np.float32]
    uniform: npt.NDArray[np.float32]


def open_streams(seeds: Ints) -> list[np.random.Generator]:
    """Return a stream of luck for each instance."""
    return [np.random.Generator(np.random.SFC64([int(seed), 2])) for seed in seeds]


def draw_luck(streams: Sequence[np.random.Generator], sets: int) -> Luck:
    """Return the luck of the next round; each stream gives equally much, whatever is beside it."""
    normal = np.empty((len(streams), NORMALS, sets), np.float32)
    uniform = np.empty((len(streams), UNIFORMS, sets), np.float32)
    for i, stream in enumerate(streams):
        stream.standard_normal(out=normal[i], dtype=np.float32)
        stream.random(out=uniform[i], dtype=np.float32)
    return Luck(normal.swapaxes(0, 1), uniform.swapaxes(0, 1))


def first_traces(seeds: Ints) -> Hashes:
    """Return the traces of instances nothing was played on, shape (B,)."""
    return _mixed(np.asarray(seeds).astype(np.uint64) * _GOLDEN + _FIRST)


def followed(traces: Hashes, actions: Ints) -> Hashes:
    """Return the traces after another round; any other action leaves another trace.

    Args:
        traces: Those before it, shape (B,).
        actions: What was played, shape (B, S, 6).
    """
    flat = np.ascontiguousarray(actions, np.int64).reshape(len(traces), -1).view(np.uint64)
    # odd weights, so that a change of any one index shows
    weights = _mixed(np.arange(1, flat.shape[1] + 1, dtype=np.uint64) * _GOLDEN) | np.uint64(1)
    return _mixed(traces + (flat * weights).sum(axis=1, dtype=np.uint64))


def normals_of(traces: Hashes, count: int) -> Floats:
    """Return standard normals that follow from the traces, shape (B, count)."""
    places = np.arange(1, count + 1, dtype=np.uint64)
    first = _uniform(traces[:, None] + places * _GOLDEN)
    second = _uniform(traces[:, None] + (places + np.uint64(count)) * _GOLDEN)
    # Box and Muller, "A note on the generation of random normal deviates", 1958
    normals: Floats = np.sqrt(-2 * np.log1p(-first)) * np.cos(2 * np.pi * second)
    return normals


def _uniform(traces: Hashes) -> Floats:
    return (_mixed(traces) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _mixed(x: Hashes) -> Hashes:
    x = (x ^ (x >> np.uint64(30))) * _FIRST
    x = (x ^ (x >> np.uint64(27))) * _SECOND
    return x ^ (x >> np.uint64(31))
