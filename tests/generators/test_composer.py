import subprocess
import sys
from hashlib import sha256

import numpy as np
import pytest

from claims_env.centre_of_mass import centre_of_mass
from claims_env.errors import UnknownName
from claims_env.generators.composer import (
    PRIMITIVES,
    Composer,
    Move,
    Score,
    Style,
    Timing,
    compose,
)
from claims_env.motion import Motion
from claims_env.motion_filter import check
from claims_env.prompt import Phrase, Prompt
from claims_env.rotation import conjugate, multiply, to_rotvec
from claims_env.skeleton import INDEX

FEET = [INDEX["L_Foot"], INDEX["R_Foot"]]
KNEES = [INDEX["L_Knee"], INDEX["R_Knee"]]


def perform(*moves: str | Move, seed: int = 1, **style: float) -> Motion:
    named = tuple(m if isinstance(m, Move) else Move(m) for m in moves)
    return compose(Score(named, Style(**style), Timing()), seed)


def read_a_jab(prompt: Prompt | str) -> Score:
    return Score((Move("jab"),), Style(), Timing(), ("zany",))


def a_prompt() -> Prompt:
    phrase = Phrase("a jab", 1, "striking")
    template = "{base_action} {combo_action} {detail} {speed_rhythm}"
    return Prompt("combat", template, phrase, phrase, phrase, phrase)


@pytest.mark.parametrize("name", sorted(PRIMITIVES))
def test_every_primitive_passes_the_motion_filter(name: str) -> None:
    verdict = check(perform(name))
    assert verdict.passed, verdict.sentence


@pytest.mark.parametrize("name", sorted(PRIMITIVES))
def test_knees_and_elbows_bend_one_way_only(name: str) -> None:
    motion = perform(name, seed=2)
    for joint, axis in (("L_Knee", 1), ("R_Knee", 1), ("L_Elbow", -2), ("R_Elbow", 2)):
        bend = np.sign(axis) * to_rotvec(motion.rotations[:, INDEX[joint]])[:, abs(axis) - 1]
        assert bend.min() > -0.02
        assert bend.max() < 2.8


@pytest.mark.parametrize("name", ["step", "jab", "squat", "lunge", "shuffle", "plie", "hook"])
def test_a_standing_foot_does_not_slide(name: str) -> None:
    ball = perform(name).joints[:, FEET]
    low = (ball[..., 2] < 0.019)[1:] & (ball[..., 2] < 0.019)[:-1]
    slip = np.linalg.norm(np.diff(ball[..., :2], axis=0), axis=-1)
    # a step's first and last millimetres are flat on the floor, too
    assert np.percentile(slip[low], 90) < 1e-3
    assert slip[low].max() < 0.03


@pytest.mark.parametrize(("name", "airtime"), [("jump", 0.45), ("star_jump", 0.5)])
def test_the_body_falls_at_9_81_in_flight(name: str, airtime: float) -> None:
    motion = perform(name)
    z = centre_of_mass(motion.joints)[:, 2]
    top = int(z.argmax())
    fall = np.diff(z[top - 3 : top + 4], n=2) * motion.fps**2
    np.testing.assert_allclose(fall, -9.81, atol=0.5)


def test_a_longer_flight_is_a_higher_one() -> None:
    low, high = (perform("jump", amplitude=a).root[:, 2].max() for a in (0.6, 1.4))
    assert high > low + 0.1


@pytest.mark.parametrize("turns", [0.5, 1.0, 2.0])
def test_a_pirouette_has_the_turns_asked_for(turns: float) -> None:
    move = Move("pirouette", {"turns": turns, "side": 1})
    rotations = perform(move, seed=3).rotations[:, 0]
    swung = to_rotvec(multiply(rotations[1:], conjugate(rotations[:-1])))[:, 2].cumsum()
    times = swung[-1] / (2 * np.pi * turns)
    assert times > 0.9
    assert times == pytest.approx(round(times), abs=0.02)


def test_the_side_asked_for_kicks() -> None:
    for side, foot in ((1, "L_Foot"), (-1, "R_Foot")):
        for seed in range(4):
            height = perform(Move("front_kick", {"side": side}), seed=seed).joints[:, FEET, 2]
            assert FEET[int(height.max(0).argmax())] == INDEX[foot]


def test_a_higher_kick_goes_higher() -> None:
    low, high = (
        perform(Move("front_kick", {"height": h})).joints[:, FEET, 2].max() for h in (0.5, 1.4)
    )
    assert high > low + 0.3


def test_a_cartwheel_goes_over_the_hands() -> None:
    joints = perform("cartwheel").joints
    feet, head = joints[:, FEET, 2].min(1), joints[:, INDEX["Head"], 2]
    assert (feet > head + 0.4).any()


def test_more_amplitude_and_tempo_is_more_speed() -> None:
    def speed(amplitude: float, tempo: float) -> float:
        moves = (Move("front_kick"), Move("jump"))
        score = Score(moves, Style(amplitude=amplitude), Timing(tempo=tempo))
        return float(np.mean([compose(score, seed).mean_speed for seed in range(3)]))

    assert speed(0.7, 0.7) < speed(1.0, 1.0) < speed(1.3, 1.4)


def test_a_clip_has_the_frames_and_the_rate_asked_for() -> None:
    score = Score((Move("step"),), Style(), Timing())
    motion = compose(score, 1, frames=90, fps=15.0)
    assert (motion.frames, motion.fps) == (90, 15.0)


def test_a_clip_ends_in_a_quiet_stance() -> None:
    motion = perform("jab", seed=5)
    assert np.linalg.norm(np.diff(motion.joints[-4:], axis=0), axis=-1).max() * motion.fps < 1.0


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert perform("run", seed=7).rotations.tobytes() == perform("run", seed=7).rotations.tobytes()


def test_another_seed_gives_another_take() -> None:
    assert not np.allclose(perform("run", seed=7).rotations, perform("run", seed=8).rotations)


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "from hashlib import sha256;"
        "from claims_env.generators.composer import *;"
        "m = compose(Score((Move('jab'),), Style(), Timing()), 7);"
        "print(sha256(m.rotations.tobytes() + m.root.tobytes()).hexdigest())"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    motion = perform("jab", seed=7)
    here = sha256(motion.rotations.tobytes() + motion.root.tobytes()).hexdigest()
    assert there.stdout.decode().strip() == here


def test_an_unknown_move_is_refused_by_name() -> None:
    with pytest.raises(UnknownName, match=r"'jabb'.*jab"):
        perform("jabb")


def test_provenance_says_what_was_done_and_not_understood() -> None:
    motion = Composer(read_a_jab).generate([a_prompt()], [3])[0]
    assert motion.provenance["generator"] == "composer"
    assert motion.provenance["seed"] == 3
    assert motion.provenance["prompt"] == a_prompt().text
    assert motion.provenance["moves"] == [{"primitive": "jab"}]
    assert motion.provenance["not_understood"] == ["zany"]


def test_a_clip_does_not_depend_on_its_neighbours() -> None:
    composer = Composer(read_a_jab)
    alone = composer.generate([a_prompt()], [4])[0]
    among = composer.generate([a_prompt()] * 3, [9, 4, 2])[1]
    assert alone.rotations.tobytes() == among.rotations.tobytes()
