"""Humanoids side by side, each following a clip of the corpus."""

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.assist import wrench
from claims_env.trackers.mujoco.batch_physics import Rows, batch_physics
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.kinematics import Indices, Placement
from claims_env.trackers.mujoco.reference import Corpus
from claims_env.trackers.mujoco.settings import Device

ACTION_SCALE = 0.4
"""Change of a joint's target per unit of action [rad]."""

WILDEST = 4.0
"""Actions are cut here, in practice and in performance alike."""

FASTEST = 100.0
"""Velocity coordinate beyond which a simulation has blown up [m/s, rad/s]."""


class Simulation:
    """n humanoids, their states, and which frame of which clip each has reached.

    Args:
        body: The humanoid.
        corpus: The clips.
        n: How many humanoids.
        threads: Threads the physics may use.
        device: 'cpu' or 'cuda'.
    """

    def __init__(
        self, body: Humanoid, corpus: Corpus, n: int, threads: int = 1, device: Device = "cpu"
    ) -> None:
        self.body, self.corpus, self.n = body, corpus, n
        self.clip: Indices = np.zeros(n, np.intp)
        self.frame: Indices = np.zeros(n, np.intp)
        self.assist: Floats = np.zeros(n, np.float32)
        """Bound of the helping force on each, as a fraction of body weight, shape (n,)."""
        self.diverged: npt.NDArray[np.bool_] = np.zeros(n, bool)
        """Which simulations blew up in the last step and were put back on their reference."""
        self.physics = batch_physics(body.model, n, threads, device)
        self.start(np.arange(n), self.clip, self.frame)

    qpos: Floats
    qvel: Floats
    placement: Placement

    def ahead(self, frames: int) -> Indices:
        """Return the corpus index of the reference that many frames on, or of the clip's last."""
        within = np.minimum(self.frame + frames, self.corpus.lengths[self.clip] - 1)
        return self.corpus.first[self.clip] + within

    def start(
        self,
        rows: Rows,
        clips: Indices,
        frames: Indices,
        noise: tuple[Floats, Floats] | None = None,
    ) -> None:
        """Put humanoids onto frames of clips.

        Args:
            rows: Which humanoids, shape (k,).
            clips: Their clips, shape (k,).
            frames: Their frames, shape (k,).
            noise: Added to qpos (k, nq) and qvel (k, nv).
        """
        self.clip[rows], self.frame[rows] = clips, frames
        at = self.corpus.first[clips] + frames
        qpos, qvel = self.corpus.start_qpos[at], self.corpus.start_qvel[at]
        if noise is not None:
            qpos, qvel = qpos + noise[0], qvel + noise[1]
        self._put(rows, qpos, qvel)
        self._read(rows)

    def act(self, action: Floats) -> None:
        """Take one control step towards the next reference frame.

        Args:
            action: Corrections of the joints' targets, shape (n, actuators), in `ACTION_SCALE`.
        """
        at, corpus = self.ahead(1), self.corpus
        # the second term makes up for the lag of the joints' damping
        lead = self.body.lag * corpus.qvel[at, 6:]
        self.physics.ctrl[:] = (
            corpus.coordinates[at] + lead + ACTION_SCALE * action.clip(-WILDEST, WILDEST)
        )
        self._help(at)
        self.physics.step(self.body.substeps)
        self.frame += 1
        self._catch()
        self._read(None)

    def _help(self, at: Indices) -> None:
        self.physics.applied[:, :6] = 0
        if self.assist.any():
            self.physics.applied[:, :6] = wrench(
                self.qpos,
                self.qvel,
                self.corpus.qpos[at],
                self.corpus.qvel[at],
                assist=self.assist,
                weight=self.body.weight,
            )

    def _catch(self) -> None:
        """Put simulations that blew up back on their reference, at rest, and say which."""
        fastest = np.abs(self.physics.qvel).max(1)
        finite = np.isfinite(self.physics.qpos).all(1)
        self.diverged = ~(finite & (fastest <= FASTEST))
        rows = np.flatnonzero(self.diverged)
        if len(rows):
            qpos = self.corpus.qpos[self.ahead(0)[rows]]
            self._put(rows, qpos, np.zeros((len(rows), self.body.model.nv), np.float32))

    def _put(self, rows: Rows, qpos: Floats, qvel: Floats) -> None:
        self.physics.qpos[rows], self.physics.qvel[rows] = qpos, qvel
        self.physics.forget(rows)

    def _read(self, rows: Rows | None) -> None:
        """Bring the float32 copies and the placement of all, or of some humanoids, up to date."""
        if rows is None or len(rows) == self.n:
            self.qpos = self.physics.qpos.astype(np.float32)
            self.qvel = self.physics.qvel.astype(np.float32)
            self.placement = self.body.kinematics.place(self.qpos)
            return
        self.qpos[rows], self.qvel[rows] = self.physics.qpos[rows], self.physics.qvel[rows]
        placed = self.body.kinematics.place(self.qpos[rows])
        self.placement.positions[rows] = placed.positions
        self.placement.orientations[rows] = placed.orientations
        self.placement.landmarks[rows] = placed.landmarks
