"""The search for actions by which the humanoid performs a clip, with no help from outside.

After SAMCON (Liu et al. 2010, "Sampling-based contact-rich motion control"): in each window of a
tenth of a second many humanoids try random changes of the joints' targets, and the best of them,
with some of the others, are where the next window starts. Ours are the retreats: where every sample
is lost, the search goes back a little, then further, and tries again with more samples and another
spread.
"""

from threading import Event

import numpy as np

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.humanoid import CONTROL_HZ, Humanoid
from claims_env.trackers.mujoco.planning.crowd import Crowd
from claims_env.trackers.mujoco.planning.disagreement import disagreement
from claims_env.trackers.mujoco.planning.lineage import Path, Survivors, path_to_best, start
from claims_env.trackers.mujoco.planning.selection import parents, selected, spread_of
from claims_env.trackers.mujoco.planning.settings import PlanningSettings
from claims_env.trackers.mujoco.planning.target import Target
from claims_env.trackers.mujoco.simulation import ACTION_SCALE

_STRAIN = 0.05
"""Cost of an action, per mean square."""

_LOST = 0.45
"""If even the nearest survivor is this far off, the window has failed [m]."""

_FIRST_RETREAT, _LONGEST_RETREAT = 4, 24  # windows
_BEYOND = 2
"""Windows past the furthest failure after which the search is as at its beginning."""

_SPREADS = (1.0, 1.4, 0.6)
"""What multiplies the spread after one retreat, two, three, and so on in turn."""


class Search:
    """The search for one clip.

    Args:
        target: The clip.
        body: The humanoid.
        settings: How hard to look.
        seed: Decides what is tried.
        threads: Threads the physics may use.
        stop: Set by whoever no longer wants the answer.
    """

    def __init__(
        self,
        target: Target,
        body: Humanoid,
        settings: PlanningSettings,
        seed: list[int],
        threads: int = 1,
        stop: Event | None = None,
    ) -> None:
        self._target, self._body, self._settings = target, body, settings
        self._crowd = Crowd(body, threads)
        self._random = np.random.default_rng(seed)
        self._stop = stop or Event()
        self._scale = spread_of(body) * settings.spread
        self._generations = [
            start(target.qpos[0], target.qvel[0], body.actuators, settings.survivors)
        ]
        self._furthest: Path | None = None
        self._failed_at, self._fails = 0, 0
        self.retreats = 0
        """How often it went back."""

    @property
    def steps(self) -> int:
        """Control steps of a single humanoid taken so far."""
        return self._crowd.steps

    def run(self) -> Path:
        """Return the way found: to the clip's last frame, or as far as any way led."""
        last = -(-(len(self._target.qpos) - 1) // self._settings.window)
        while len(self._generations) <= last and not self._stop.is_set():
            survivors, nearest = self._window()
            if nearest <= _LOST:
                self._generations.append(survivors)
            elif not self._retreat(survivors):
                break
        path = path_to_best(self._generations)
        found = self._furthest
        return found if found is not None and len(found.qpos) > len(path.qpos) else path

    def _window(self) -> tuple[Survivors, float]:
        """Try one window; return its survivors, and how near the nearest of them is [m]."""
        before, s = self._generations[-1], self._settings
        frame = (len(self._generations) - 1) * s.window
        chosen = parents(self._random, s.survivors, self._samples)
        actions = self._actions(before.actions[chosen])
        standing = before.states[-1].taken(chosen)
        cost, states = np.zeros(len(chosen)), []
        frames = range(frame + 1, min(frame + s.window, len(self._target.qpos) - 1) + 1)
        distance: Floats = np.zeros(len(chosen))
        for at in frames:
            commands = self._target.commands[at] + ACTION_SCALE * actions
            standing, blown_up = self._crowd.step(standing, commands)
            spent, distance = disagreement(
                standing, blown_up, self._target, at, self._body, balance=s.balance
            )
            cost += spent / len(frames)
            states.append(standing)
        total = s.memory * before.costs[chosen] + cost + _STRAIN * (actions**2).mean(1)
        kept = selected(total, s.survivors)
        after = tuple(standing.taken(kept) for standing in states)
        survivors = Survivors(chosen[kept], actions[kept], after, total[kept])
        return survivors, float(distance[kept].min())

    def _actions(self, inherited: Floats) -> Floats:
        """Return what each sample tries, (samples, actuators); the first tries nothing."""
        noise = self._random.standard_normal(inherited.shape, np.float32)
        actions = self._habit * inherited + self._spread * noise
        actions[0] = 0
        return actions

    @property
    def _troubled(self) -> bool:
        """Whether it is at, or not far past, a place where it has failed."""
        return self.retreats > 0 and len(self._generations) <= self._failed_at + _BEYOND

    @property
    def _samples(self) -> int:
        twice = self._troubled and self.retreats % 2 == 0
        return self._settings.samples * (2 if twice else 1)

    @property
    def _spread(self) -> Floats:
        return self._scale * (_SPREADS[self.retreats % 3] if self._troubled else 1.0)

    @property
    def _habit(self) -> float:
        habits = self._settings.habits
        return habits[self.retreats % len(habits)] if self._troubled else habits[0]

    def _retreat(self, lost: Survivors) -> bool:
        """Go back some windows; say whether there is any use in going on."""
        here = len(self._generations)
        if here > self._failed_at:
            self._furthest = path_to_best([*self._generations, lost])
            self._failed_at, self._fails = here, 0
        limit = self._settings.most_steps * (len(self._target.qpos) - 1) / CONTROL_HZ
        if not self._settings.retreats or self.steps > limit:
            return False
        windows = min(_FIRST_RETREAT * 2 ** (self._fails // 2), _LONGEST_RETREAT)
        self._fails += 1
        self.retreats += 1
        del self._generations[max(here - windows, 1) :]
        return True
