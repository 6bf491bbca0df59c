"""How closely a graphics card agrees with MuJoCo on a CPU, and what is said where there is none.

Without a card the comparison is skipped; CLAIMS_WARP_CPU=1 makes it on warp's CPU device instead
(the same kernels and the same recording of a step, slowly; the first run compiles for a minute).

Both engines solve the same equations, one in float32 and one in float64. A step adds rounding of
about 1e-7; a flight, which forgives, carries it along, while feet on the floor, which do not,
multiply it: after three seconds of stumbling the engines agree on nothing. Whole flights are
therefore compared, and of everything with contact single control steps, each from the state the CPU
had reached. The full body's thin toes sink into the floor in a hard landing, where the engines hold
up different corners of a box: a few of its steps differ.
"""

import os
import sys

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

import mujoco

from claims_env.errors import ConfigError, MissingDependency, TrackerFailed
from claims_env.trackers.mujoco.batch_physics import BatchPhysics, batch_physics
from claims_env.trackers.mujoco.constraint_capacity import (
    ConstraintCapacity,
    constraint_capacity,
)
from claims_env.trackers.mujoco.humanoid import Humanoid, humanoid
from claims_env.trackers.mujoco.warp_physics import WarpPhysics, adapted

pytestmark = pytest.mark.physics

N = 8
EVERYONE = np.arange(N)

CLOSE = 1e-4
"""Largest difference of a coordinate after one control step, or in a flight [m, rad]; on warp's
CPU device it was 3e-6, and a card sums in other orders."""

CLOSE_VELOCITY = 1e-2
"""The same of a velocity after one control step with contacts [m/s, rad/s]; it was 2e-4."""


ALIKE = {"lite": 1.0, "full": 0.97}
"""Share of control steps of a fall that have to be that close; they were 100 and 99 %."""


@pytest.fixture(scope="module", params=sorted(ALIKE))
def body(request: pytest.FixtureRequest) -> Humanoid:
    return humanoid(request.param)


@pytest.fixture(scope="module")
def device() -> str:
    pytest.importorskip("mujoco_warp")
    if pytest.importorskip("warp").is_cuda_available():
        return "cuda"
    if os.environ.get("CLAIMS_WARP_CPU") != "1":
        pytest.skip("no CUDA device; CLAIMS_WARP_CPU=1 compares on the CPU")
    return "cpu"


@pytest.fixture(scope="module")
def card(body: Humanoid, device: str) -> WarpPhysics:
    return WarpPhysics(body.model, N, device)


def put(physics: BatchPhysics, body: Humanoid, above: float) -> None:
    """Stand everybody at rest, that far above the floor [m]."""
    physics.qpos[:], physics.qvel[:] = body.model.qpos0, 0
    physics.qpos[:, 2] += above
    physics.ctrl[:], physics.applied[:] = 0, 0
    physics.forget(EVERYONE)


def writhing(body: Humanoid, steps: int) -> np.ndarray:
    """Return targets for the joints that make a humanoid thrash about and fall [rad]."""
    return np.random.default_rng(0).normal(0, 0.4, (steps, N, body.actuators))


def test_a_flight_is_the_same_on_a_card(body: Humanoid, card: WarpPhysics) -> None:
    cpu = batch_physics(body.model, N)
    for physics in (cpu, card):
        put(physics, body, above=3.0)
        physics.applied[:, 2] = np.linspace(0, 300, N)
    for ctrl in writhing(body, 20):
        for physics in (cpu, card):
            physics.ctrl[:] = ctrl
            physics.step(body.substeps)
    np.testing.assert_allclose(card.qpos, cpu.qpos, atol=CLOSE)
    assert cpu.qpos[:, 2].min() > 1.5  # nobody has landed


def test_each_step_of_a_fall_is_the_same_on_a_card(body: Humanoid, card: WarpPhysics) -> None:
    cpu, close = batch_physics(body.model, N), []
    put(cpu, body, above=0.05)
    for ctrl in writhing(body, 100):
        card.qpos[:], card.qvel[:] = cpu.qpos, cpu.qvel
        for physics in (cpu, card):
            physics.forget(EVERYONE)  # both solvers start from nothing
            physics.ctrl[:], physics.applied[:] = ctrl, 0
            physics.step(body.substeps)
        apart = np.abs(card.qpos - cpu.qpos).max(1) < CLOSE
        close.append(apart & (np.abs(card.qvel - cpu.qvel).max(1) < CLOSE_VELOCITY))
    assert cpu.qpos[:, 2].mean() < 0.5  # they lie on the floor
    assert np.mean(close) >= ALIKE[body.plan.name]


def test_a_card_repeats_itself_to_the_byte(body: Humanoid, card: WarpPhysics) -> None:
    ends = []
    for _ in range(2):
        put(card, body, above=0.0)
        for ctrl in writhing(body, 40):
            card.ctrl[:] = ctrl
            card.step(body.substeps)
        ends.append(card.qpos.tobytes())
    assert ends[0] == ends[1]


def test_a_card_forgets_whom_it_is_told_to_forget(body: Humanoid, device: str) -> None:
    ends = []
    for used in (False, True):
        physics = WarpPhysics(body.model, N, device)
        put(physics, body, above=0.0)
        if used:
            physics.ctrl[:] = 0.5
            physics.step(10 * body.substeps)
            put(physics, body, above=0.0)
        physics.step(body.substeps)
        ends.append(physics.qpos.tobytes())
    assert ends[0] == ends[1]


def test_a_simulation_that_blew_up_leaves_the_others_alone(
    body: Humanoid, card: WarpPhysics
) -> None:
    ends = []
    for spoiled in (False, True):
        put(card, body, above=0.0)
        if spoiled:
            card.qvel[3] = np.nan
        card.step(body.substeps)
        ends.append(card.qpos.copy())
    others = EVERYONE != 3
    assert not np.isfinite(ends[1][3]).all()
    np.testing.assert_array_equal(ends[1][others], ends[0][others])
    put(card, body, above=0.0)
    card.step(body.substeps)
    np.testing.assert_array_equal(card.qpos, ends[0])


def test_too_little_memory_for_contacts_is_said(body: Humanoid, device: str) -> None:
    physics = WarpPhysics(body.model, 2, device, capacity=ConstraintCapacity(60, 8))
    with pytest.raises(TrackerFailed, match=r"2 simulations .* 8 constraint rows .*NEFC"):
        physics.step(body.substeps)


def test_a_body_that_cannot_be_simulated_is_refused(body: Humanoid, device: str) -> None:
    model = adapted(body.model)
    model.opt.solver = mujoco.mjtSolver.mjSOL_PGS
    with pytest.raises(ConfigError, match=r"cannot simulate this body: .*PGS"):
        WarpPhysics(model, 1, device)


def test_a_card_that_is_not_there_is_named(body: Humanoid, device: str) -> None:
    with pytest.raises(ConfigError, match="'cuda:9'"):
        WarpPhysics(body.model, 1, "cuda:9")


def test_without_mujoco_warp_the_cure_is_named(
    body: Humanoid, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "warp", None)
    monkeypatch.setitem(sys.modules, "mujoco_warp", None)
    with pytest.raises(MissingDependency, match=r"pip install 'claims-env\[gpu\]'"):
        batch_physics(body.model, 1, device="cuda")


def test_adapting_a_model_leaves_it_and_its_physics_as_they_were(body: Humanoid) -> None:
    before = int(body.model.opt.disableflags)
    fitting = adapted(body.model)
    assert int(body.model.opt.disableflags) == before
    assert not fitting.opt.disableflags & mujoco.mjtDisableBit.mjDSBL_AUTORESET
    np.testing.assert_array_equal(fitting.dof_damping, body.model.dof_damping)
    assert fitting.opt.timestep == body.model.opt.timestep


def on_the_floor(*shapes: str, limbs_collide: bool = False) -> ConstraintCapacity:
    bits = 'contype="1"' if limbs_collide else 'contype="0"'
    bodies = "".join(f"<body><freejoint/><geom {shape} {bits}/></body>" for shape in shapes)
    floor = '<geom type="plane" size="1 1 1"/>'
    text = f"<mujoco><worldbody>{floor}{bodies}</worldbody></mujoco>"
    return constraint_capacity(mujoco.MjModel.from_xml_string(text))


def test_a_ball_and_a_box_need_nine_contacts_and_one_to_spare() -> None:
    # four rows each: a pyramid over two directions of friction
    needed = on_the_floor('type="sphere" size=".1"', 'type="box" size=".1 .1 .1"')
    assert needed == ConstraintCapacity(contacts=10, rows=37)


def test_limbs_that_collide_need_room_of_their_own() -> None:
    ball = 'type="sphere" size=".1"'
    # three on the floor, three pairs of at most four contacts, one to spare
    assert on_the_floor(ball, ball, ball, limbs_collide=True).contacts == 3 + 12 + 1


def test_no_fall_needs_more_than_the_capacity(body: Humanoid) -> None:
    room, data = constraint_capacity(body.model), mujoco.MjData(body.model)
    most_contacts, most_rows = 0, 0
    for ctrl in writhing(body, 60)[:, 0]:
        data.ctrl[:] = ctrl
        mujoco.mj_step(body.model, data, nstep=body.substeps)
        most_contacts = max(most_contacts, int(data.ncon))
        most_rows = max(most_rows, int(data.nefc))
    assert 0 < most_contacts <= room.contacts
    assert 0 < most_rows <= room.rows
