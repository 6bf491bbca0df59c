"""The player of a double: performs every clip once, records, measures and writes the figures.

What it keeps of a clip that fails, when a batch is over, and how it ends are PHC's (its
`im_amp_players.py`, and rl-games' `player.py` for the longest run).
"""

from __future__ import annotations

import importlib
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np

from .. import faults
from . import figures
from .task import Task

MAX_STEPS = 27000
"""Control steps after which every environment starts its clip anew, even half way."""


class Player:
    """Plays an evaluation; what it holds is named as PHC names it, for whoever watches it."""

    def __init__(self, players: Any, task: Task, given: dict[str, Any], checkout: Path) -> None:
        """Get ready.

        Args:
            players: Whose `compute_metrics_lite` measures; looked up when it is needed, since
                whoever records puts another there.
            task: What performs.
            given: The configuration.
            checkout: Where faults are counted.
        """
        self.env = types.SimpleNamespace(task=task)
        self._players = players
        self._given, self._checkout, self._flavour = given, checkout, given["flavour"]
        self.terminate_state = np.zeros(task.num_envs, dtype=bool)
        self.terminate_memory: list[Any] = []
        self.curr_stpes = 0
        self.pred_pos: list[Any] = []
        self.gt_pos: list[Any] = []
        self.pred_pos_all: list[Any] = []
        self.gt_pos_all: list[Any] = []
        self.eval_finished = False

    def run(self) -> None:
        """Perform everything; the fork divides by zero at the end if no clip was over before."""
        games, steps = 0, 0
        while not self.eval_finished:
            over: Any = np.arange(self.env.task.num_envs)
            for _ in range(MAX_STEPS):
                self.env.task.reset(over)
                told, done = self.env.task.step()
                done = self._post_step(told, done.copy())
                if self.eval_finished:
                    break
                over = np.flatnonzero(done)
                games, steps = games + len(over), steps + 1
        say(f"av reward: {steps / games} av steps: {steps / games}")

    def _post_step(self, info: dict[str, Any], done: Any) -> Any:
        task = self.env.task
        self.terminate_state |= info["terminate"] & (self.curr_stpes <= task.steps - 1)
        longest = self._longest()
        self.pred_pos.append(info["body_pos"])
        self.gt_pos.append(info["body_pos_gt"])
        self.curr_stpes += 1
        if self.curr_stpes >= longest or self.terminate_state.all():
            self._keep_batch()
            if task.start_idx + task.num_envs >= task._motion_lib._num_unique_motions:
                self._finish()
                if self.eval_finished:
                    return done
            done[:] = True
            task.forward_motion_samples()
        return done

    def _longest(self) -> int:
        """Return the step at which the batch is over: its longest clip that has not failed."""
        task, alive = self.env.task, ~self.terminate_state
        if not alive.any():
            return int(task.steps.max())
        last = np.flatnonzero(task.ids == task._motion_lib._num_unique_motions - 1)
        counted = alive[: last[0] + 1] if len(last) else alive
        if not counted.any():
            return int(self.curr_stpes)  # those that count have failed, the rest are repeats
        longest = int(task.steps[: len(counted)][counted].max())
        return longest if self.curr_stpes < longest else int(self.curr_stpes) + 1

    def _keep_batch(self) -> None:
        self.terminate_memory.append(self.terminate_state)
        joints, wanted = np.stack(self.pred_pos), np.stack(self.gt_pos)
        for env, steps in enumerate(self.env.task.steps):
            self.pred_pos_all.append(joints[: steps - 1, env])
            self.gt_pos_all.append(wanted[: steps - 1, env])
        self.terminate_state = np.zeros(self.env.task.num_envs, dtype=bool)
        self.pred_pos, self.gt_pos, self.curr_stpes = [], [], 0
        sys.stderr.write(f"\rbatch {len(self.terminate_memory)} done")
        sys.stderr.flush()

    def _finish(self) -> None:
        """Measure and write, as the flavour does."""
        self._strike_before()
        library = self.env.task._motion_lib
        count = library._num_unique_motions
        failed = np.concatenate(self.terminate_memory)[:count]
        short = count - 1 if faults.strikes("wrong_count", self._checkout) else count
        joints, wanted = self.pred_pos_all[:short], self.gt_pos_all[:short]
        measure = self._players.compute_metrics_lite
        good = [i for i in range(short) if not failed[i]]
        found = measure(joints, wanted)
        found_good = measure([joints[i] for i in good], [wanted[i] for i in good])
        means = {name: float(np.mean(v)) for name, v in found.items()}
        means_good = {name: float(np.mean(v)) for name, v in found_good.items()}
        say("-" * 42 + "\n" + "-" * 42)
        say(figures.printed(failed, means, means_good))
        say(str(self._given["output_path"]))
        if self._flavour == "upstream":
            stop_in_debugger()
        figures.dump_keys(Path(self._given["output_path"]), library._motion_data_keys, failed)
        if self._flavour == "official":
            parts = figures.write(self._given, self.env.task, failed, means, means_good)
            figures.write_samples(parts, library._motion_data_keys, joints, wanted, failed, measure)
            self._strike_after(parts)
            self.eval_finished = True  # upstream would go on for ever

    def _strike_before(self) -> None:
        if faults.strikes("crash_before_write", self._checkout):
            faults.crash("before it wrote")
        if faults.strikes("full_disk", self._checkout):
            faults.run_out_of_disk(Path(self._given["output_path"]))

    def _strike_after(self, folder: Path) -> None:
        if faults.strikes("truncated", self._checkout):
            faults.cut(folder / "per_sample_metrics.csv")
        if faults.strikes("crash_after_write", self._checkout):
            faults.crash("after it wrote")


def stop_in_debugger() -> None:
    """Wait for a person, as upstream does before its last files."""
    try:
        debugger: Any = importlib.import_module("ipdb")
    except ImportError:
        import pdb as debugger
    debugger.set_trace()


def say(text: str) -> None:
    """Print, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
