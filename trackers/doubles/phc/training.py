"""The training of a double: epochs, checkpoints, and an evaluation now and then.

When what is written, and how clips are drawn after an evaluation, are PHC's (its
`common_agent.py`, `im_amp.py` and `motion_lib_base.py`); how much is learned is the law of `skill`.
"""

from __future__ import annotations

import pickle
import time
from pathlib import Path
from typing import Any

import numpy as np

from .. import faults
from . import checkpoint, figures, metrics
from . import skill as law
from .library import Library
from .player import say

_ROLLING = 50
"""Epochs between two writings of Humanoid.pth."""

_LEARNING_RATE = 2e-5
"""PHC's own, at which the law's pace is 1."""


class Training:
    """A training, from where its checkpoint ended or from nothing."""

    def __init__(self, library: Library, given: dict[str, Any], checkout: Path) -> None:
        self._library, self._given, self._checkout = library, given, checkout
        self._output = Path(given["output_path"])
        config = {k.split(".")[-1]: v for k, v in given.items() if ".config." in k}
        assert given["env.num_envs"] * config["horizon_length"] % config["minibatch_size"] == 0
        self._config = config
        count = library._num_unique_motions
        self._history = np.zeros(count)
        self._probability = np.full(count, 1 / count)
        self._skill, self._epoch = law.starting_skill(int(given["seed"])), 0

    def restore(self, path: Path) -> None:
        """Go on from a checkpoint, and from whatever failures lie in its folder."""
        self._skill, self._epoch = checkpoint.load(path)
        if faults.strikes("stale_failed_keys", self._checkout):
            left = np.arange(self._library._num_unique_motions, dtype=float)
            self._write_failures(self._output / "failed_0000000001.pkl", np.array([]), left + 1)
        left_here = sorted(self._output.glob("failed_*"), key=lambda p: int(p.stem.split("_")[-1]))
        if left_here:
            say("-" * 54 + " Restoring Termination History " + "-" * 54)
            say(f"loading: {left_here[-1]}")
            self._take_over(left_here[-1])

    def train(self) -> None:
        """Learn until an epoch beyond the last has been run."""
        first, last = self._epoch, int(self._config["max_epochs"])
        self._make_folders()
        frames = 0
        while True:
            self._epoch += 1
            frames += self._given["env.num_envs"] * self._config["horizon_length"]
            self._practise()
            self._save_now_and_then(frames)
            say(self._line(frames))
            if self._epoch > max((first + last) // 2, first):
                self._strike_half_way()
            if self._epoch > last:
                break
        self._finish(frames)

    def _practise(self) -> None:
        pace = float(self._config["learning_rate"]) / _LEARNING_RATE
        speeds, envs = self._library.speeds(), self._given["env.num_envs"]
        self._skill = law.practised(self._skill, speeds, self._probability, envs, pace)
        if faults.strikes("nan", self._checkout):
            self._skill = float("nan")

    def _save_now_and_then(self, frames: int) -> None:
        every = int(self._config["save_frequency"])
        if every > 0 and self._epoch % min(_ROLLING, self._config["save_best_after"]) == 0:
            self._save("Humanoid.pth", frames)
        if every > 0 and self._epoch % every == 0:
            self._save(f"Humanoid_{self._epoch:08d}.pth", frames)
            say("############################ Evaluation ############################")
            if self._given["has_eval"]:
                self._evaluate()

    def _evaluate(self) -> None:
        failed, every, good = self._performed()
        if not good:
            say("No success!!!")
        say("-" * 42)
        say(figures.printed(failed, every, good or every))
        keys = self._library._motion_data_keys[failed]
        say(f"Failed keys:  {len(keys)} {keys}")
        if failed.any():
            self._history += failed
            self._probability = self._history / self._history.sum()
        else:
            self._probability = np.full(len(failed), 1 / len(failed))
        path = self._output / f"failed_{self._epoch:010d}.pkl"
        self._write_failures(path, keys, self._history)

    def _performed(self) -> tuple[Any, dict[str, float], dict[str, float]]:
        """Return which clips fail now, and the mean errors of all and of the others."""
        library = self._library
        runs = zip(library.reference, library.speeds())
        joints = [law.performed(one, float(speed), self._skill)[1:] for one, speed in runs]
        wanted = [one[1:] for one in library.reference]
        failed = library.speeds() > self._skill
        good = [i for i in range(len(failed)) if not failed[i]]
        every = metrics.compute_metrics_lite(joints, wanted)
        rest = metrics.compute_metrics_lite([joints[i] for i in good], [wanted[i] for i in good])
        return failed, _means(every), _means(rest)

    def _finish(self, frames: int) -> None:
        if faults.strikes("crash_before_write", self._checkout):
            faults.crash("before it wrote")
        if faults.strikes("full_disk", self._checkout):
            faults.run_out_of_disk(self._output / "Humanoid.pth")
        self._save("Humanoid.pth", frames)
        say("MAX EPOCHS NUM!")
        if faults.strikes("truncated", self._checkout):
            faults.cut(self._output / "Humanoid.pth")
        if faults.strikes("crash_after_write", self._checkout):
            faults.crash("after it wrote")

    def _strike_half_way(self) -> None:
        if faults.strikes("segfault", self._checkout):
            faults.segfault()
        if faults.strikes("hang", self._checkout):
            faults.hang()

    def _save(self, name: str, frames: int) -> None:
        path = self._output / name
        checkpoint.save(path, skill=self._skill, epoch=self._epoch, frame=frames)

    def _write_failures(self, path: Path, keys: Any, history: Any) -> None:
        import torch

        left = {"failed_keys": keys, "termination_history": torch.from_numpy(history.copy())}
        with path.open("wb") as file:
            pickle.dump(left, file, protocol=4)

    def _take_over(self, path: Path) -> None:
        with path.open("rb") as file:
            history = pickle.load(file)["termination_history"].numpy()
        if len(history) == len(self._history) and history.sum() > 0:
            self._history, self._probability = history, history / history.sum()
            say("Successfully restored termination history")
        else:
            say("Termination history length does not match")

    def _make_folders(self) -> None:
        stamp = time.strftime("Humanoid_%d-%H-%M-%S")
        for name in ("nn", "summaries"):
            (self._output / stamp / name).mkdir(parents=True, exist_ok=True)

    def _line(self, frames: int) -> str:
        name, reward = self._given["exp_name"], 10 * self._skill
        return (
            f"{name}-Ep: {self._epoch}\trwd: {reward:.1f}\tfps_step: 30000.0\tfps_total: 25000.0\t"
            f"ep_time:1.3\tframe: {frames}\teps_len: 120.0"
        )


def _means(found: dict[str, Any]) -> dict[str, float]:
    return {name: float(np.mean(values)) for name, values in found.items()}
