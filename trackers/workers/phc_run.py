"""Runs PHC's own program in this process, and records every clip it performs.

`python -u phc_run.py RECORD ARGUMENTS...` in PHC's folder does what
`python phc/run_hydra.py ARGUMENTS...` does there, for upstream and for the fork of the CLAIMS
release alike, apart from these:

- The fork imports `swanlab`, which its requirements do not name and headless runs do not use; an
  empty one stands in where it is missing.
- Upstream stops in a debugger at the end of an evaluation, and waits for a person for ever; here
  every debugger raises instead.
- What `compute_metrics_lite` is first given by the evaluation, the simulated and the reference
  positions of every clip, goes into the file RECORD; nothing that PHC computes is changed.

Runs under Python 3.8 with numpy of PHC's environment.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import time
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK = "@claims "
"""How the lines begin that tell our worker something."""

NEWS_S = 2.0
"""How often the steps of an evaluation are told [s]."""


def main() -> None:
    """Run PHC with the arguments after the first, which says where to record."""
    record = Path(sys.argv[1])
    entry = Path("phc/run_hydra.py").resolve()
    sys.argv = [str(entry), *sys.argv[2:]]
    sys.path.insert(0, str(entry.parent))  # as if it had been started as a script
    replace_debuggers()
    supply_swanlab()
    program = _loaded(entry)
    watch(program.im_amp_players, record)
    program.main()


def replace_debuggers() -> None:
    """Let every debugger raise: nobody is there to answer it."""
    import pdb

    class Silent(types.ModuleType):
        set_trace = staticmethod(_no_debugger)

    sys.modules["ipdb"] = Silent("ipdb")
    pdb.set_trace = _no_debugger
    sys.breakpointhook = _no_debugger


def supply_swanlab() -> None:
    """Let `import swanlab` work where it is not installed; with `no_log=True` nothing calls it."""
    if importlib.util.find_spec("swanlab") is None:
        sys.modules["swanlab"] = types.ModuleType("swanlab")


def watch(players: Any, record: Path) -> None:
    """Record what an evaluation performs, and tell its steps.

    Args:
        players: PHC's module `learning.im_amp_players`.
        record: Where to.
    """
    performing: list[Any] = []
    told = [0.0, time.monotonic()]
    step, compute = players.IMAMPPlayerContinuous._post_step, players.compute_metrics_lite

    def _post_step(player: Any, *arguments: Any, **named: Any) -> Any:
        performing[:] = [player]
        told[0] += 1
        if time.monotonic() - told[1] > NEWS_S:
            told[1] = time.monotonic()
            say(f"steps {told[0]:.0f}")
        return step(player, *arguments, **named)

    def compute_metrics_lite(predicted: Any, reference: Any, *rest: Any, **named: Any) -> Any:
        if performing and not record.exists():
            write_record(record, performing[0], predicted, reference)
        return compute(predicted, reference, *rest, **named)

    players.IMAMPPlayerContinuous._post_step = _post_step
    players.compute_metrics_lite = compute_metrics_lite


def write_record(
    record: Path, player: Any, predicted: Sequence[Any], reference: Sequence[Any]
) -> None:
    """Write, all at once, what PHC performed: arrays in MuJoCo's order, a pair for each clip.

    `names` are the clips PHC kept, `failed` its own verdicts, both as far as it has them; the
    worker compares their numbers with the arrays'.
    """
    import numpy as np

    library = player.env.task._motion_lib
    count = int(library._num_unique_motions)
    arrays = {"names": np.array([str(key) for key in library._motion_data_keys], dtype=str)}
    arrays["failed"] = np.concatenate(player.terminate_memory)[:count].astype(bool)
    for kind, clips in (("predicted", predicted), ("reference", reference)):
        for index, clip in enumerate(clips):
            arrays[f"{kind}_{index:06d}"] = np.asarray(clip, dtype=np.float32)
    partial = record.with_name("." + record.name + ".partial")
    with partial.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]  # numpy's stub
        file.flush()
        os.fsync(file.fileno())
    os.replace(str(partial), str(record))
    say(f"recorded {len(predicted)}")


def say(news: str) -> None:
    """Tell our worker something."""
    sys.stdout.write(MARK + news + "\n")
    sys.stdout.flush()


def _loaded(entry: Path) -> Any:
    """Import PHC's entry without running it, so that it can be watched before it starts."""
    spec = importlib.util.spec_from_file_location("phc_run_hydra", str(entry))
    if spec is None or spec.loader is None:
        raise SystemExit(f"{entry} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules["phc_run_hydra"] = module  # torch.jit and Hydra look their functions' modules up
    spec.loader.exec_module(module)
    return module


def _no_debugger(*arguments: Any, **named: Any) -> None:
    raise RuntimeError("PHC stopped in a debugger, and nobody is there to answer it.")


if __name__ == "__main__":
    main()
