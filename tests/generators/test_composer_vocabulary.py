"""The vocabulary keeps its promises: size, side, detail and word each change what is seen."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest

from claims_env.errors import LibraryError
from claims_env.generators.composer import PRIMITIVES, Composer, Move, Score, Style, Timing, compose
from claims_env.generators.composer.lexicon import read, read_text
from claims_env.generators.composer.lexicon_moves import MOVES
from claims_env.generators.composer.primitives import (
    clinch,
    dance,
    elbows,
    evasions,
    everyday,
    floorwork,
    footwork,
    grappling,
    jump_kicks,
    kicks,
    leaps,
    levels,
    partnering,
    punches,
    sitting,
    spin_kicks,
    turns,
    walking,
)
from claims_env.library import load_library
from claims_env.motion import Motion
from claims_env.motion_filter import check
from claims_env.prompt import Phrase, Prompt
from claims_env.rotation import Floats
from claims_env.skeleton import INDEX, JOINTS

LIBRARY = load_library()
DOMAINS = ("dance", "martial_arts", "combat")
FAMILIES = (clinch, dance, elbows, evasions, everyday, floorwork, footwork, grappling,
            jump_kicks, kicks, leaps, levels, partnering, punches, sitting, spin_kicks, turns,
            walking)  # fmt: skip
NAMES = sorted(name for family in FAMILIES for name in family.MOVES)
SYMMETRIC = {"bow", "body_roll", "clap", "counterbalance", "crawl", "duck", "floor_roll", "hinge",
             "lie_down", "plie", "releve", "saute", "shuffle", "sit_down", "sprawl", "squat",
             "stand", "stand_up"}  # fmt: skip
"""Both sides do the same, or take turns often enough to look so."""

OTHER_SIDE = [
    INDEX[{"L": "R", "R": "L"}[name[0]] + name[1:]] if name[1] == "_" else INDEX[name]
    for name in JOINTS
]


def perform(name: str, seed: int = 1, style: Style | None = None, **parameters: float) -> Motion:
    style = style or Style(guard=0.4)
    return compose(Score((Move(name, parameters),), style, Timing()), seed)


def in_heading(motion: Motion) -> Floats:
    """Joints about the pelvis, seen by someone who turns with it: left, back, up [m]."""
    joints = motion.joints
    across = joints[:, INDEX["L_Hip"]] - joints[:, INDEX["R_Hip"]]
    yaw = np.arctan2(across[:, 1], across[:, 0])
    cos, sin = np.cos(yaw)[:, None], np.sin(yaw)[:, None]
    x, y, z = np.moveaxis(joints - joints[:, :1] * [1, 1, 0], -1, 0)
    return np.stack([x * cos + y * sin, y * cos - x * sin, z], axis=-1)


def extent(motion: Motion) -> float:
    """How much room a motion takes: of its joints about the pelvis, and of its way [m]."""
    low, high = np.percentile(in_heading(motion), [2, 98], axis=0)
    way = np.linalg.norm(np.diff(motion.root[:, :2], axis=0), axis=1).sum()
    return float(np.linalg.norm(high - low, axis=-1).mean() + 0.1 * way)


def apart(one: Floats, other: Floats) -> float:
    return float(np.linalg.norm(one - other, axis=-1).mean())


def lowest_hand(motion: Motion) -> float:
    return float(motion.joints[:, [INDEX["L_Wrist"], INDEX["R_Wrist"]], 2].mean())


def in_domain(domain: str, base: str, combo: str, detail: str, seed: int = 4) -> Motion:
    words = LIBRARY.words(domain)
    rhythm = next(p for p in words.phrases["speed_rhythm"] if p.tier == 2)
    texts = {"base_action": base, "combo_action": combo, "detail": detail}
    phrases = {slot: Phrase(text, 3, "any") for slot, text in texts.items()}
    prompt = Prompt(domain, words.templates[0], **(phrases | {"speed_rhythm": rhythm}))
    return Composer().generate([prompt], [seed])[0]


# size and side


@pytest.mark.parametrize("name", NAMES)
def test_a_larger_amplitude_takes_more_room(name: str):
    if name == "stand":
        return
    small, large = (extent(perform(name, 1, amplitude=size, side=1)) for size in (0.7, 1.3))
    assert large > 1.01 * small


@pytest.mark.parametrize("name", NAMES)
def test_the_other_side_is_the_mirror_image(name: str):
    left, right = (in_heading(perform(name, 5, Style(), side=side)) for side in (1, -1))
    mirrored = right[:, OTHER_SIDE] * [-1, 1, 1]
    assert apart(left, mirrored) < 0.1
    if name not in SYMMETRIC:
        assert apart(left, right) > apart(left, mirrored)


@pytest.mark.parametrize("name", NAMES)
def test_every_primitive_is_possible_at_its_boldest(name: str):
    verdict = check(perform(name, 3, Style(1.25, 1.0, 0.9, 0.0, 1.0, 0.2, 0.2)))
    assert verdict.passed, verdict.sentence


@pytest.mark.parametrize("name", sorted(kicks.MOVES | spin_kicks.MOVES))
def test_a_kick_asked_to_go_high_goes_higher(name: str):
    if name in ("knee_strike",):
        return
    low, high = (
        perform(name, height=height).joints[:, [INDEX["L_Foot"], INDEX["R_Foot"]], 2].max()
        for height in (0.6, 1.4)
    )
    assert high > low + 0.25


def test_a_walk_in_a_circle_comes_back_to_where_it_began():
    motion = perform("step", count=10, turns=1, side=1)
    path = motion.root[:, :2]
    away = np.linalg.norm(path - path[0], axis=1)
    assert away.max() > 0.8


# detail


@pytest.mark.parametrize(
    ("domain", "base", "combo"),
    [
        ("dance", "a slow kneel to the floor", "an assemble and a long leap"),
        ("martial_arts", "a front kick at waist height", "a jab and a short hook"),
        ("combat", "a body lock on an opponent", "a jab and a level change"),
    ],
)
def test_every_detail_is_visible(domain: str, base: str, combo: str):
    plain = in_domain(domain, base, combo, "nothing").joints
    for phrase in LIBRARY.words(domain).phrases["detail"]:
        detailed = in_domain(domain, base, combo, phrase.text).joints
        rms = np.sqrt(((plain - detailed) ** 2).sum(-1).mean())
        assert rms > 0.01, phrase.text


@pytest.mark.parametrize("domain", ["martial_arts", "combat"])
def test_a_deeper_stance_is_lower(domain: str):
    heights = [
        np.median(in_domain(domain, "a jab", "a cross and a hook", text).root[:, 2])
        for text in ("a natural stance", "a bent stance", "a deep stance", "a very deep stance")
    ]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > heights[-1] + 0.1


def test_a_high_guard_is_higher_than_low_hands():
    low, high = (
        in_domain("martial_arts", "a front kick", "a slip and a duck", text)
        for text in ("relaxed low hands", "a high guard")
    )
    assert lowest_hand(high) > lowest_hand(low) + 0.2


def test_full_extension_straightens_the_arms():
    def stretch(motion: Motion) -> float:
        arm = motion.joints[:, INDEX["L_Wrist"]] - motion.joints[:, INDEX["L_Shoulder"]]
        return float(np.linalg.norm(arm, axis=1).mean())

    bent, straight = (
        in_domain("dance", "a slow releve", "a port de bras and an arm wave", text)
        for text in ("half-extended limbs", "full extension")
    )
    assert stretch(straight) > stretch(bent) + 0.01


def test_turnout_turns_the_toes_out():
    def opening(motion: Motion) -> float:
        toes = motion.joints[:, [INDEX["L_Foot"], INDEX["R_Foot"]]]
        toes = toes - motion.joints[:, [INDEX["L_Ankle"], INDEX["R_Ankle"]]]
        yaw = np.unwrap(np.arctan2(toes[..., 1], toes[..., 0]), axis=0)
        return float(np.median(np.angle(np.exp(1j * (yaw[:, 0] - yaw[:, 1])))))

    parallel, turned = (
        in_domain("dance", "a plie", "a releve and a port de bras", text)
        for text in ("parallel feet", "full turnout")
    )
    assert opening(turned) > opening(parallel) + 0.7


# words


@pytest.mark.parametrize("slot", ["base_action", "combo_action"])
@pytest.mark.parametrize("domain", DOMAINS)
def test_no_two_actions_name_the_same_moves(domain: str, slot: str):
    phrases = LIBRARY.words(domain).phrases[slot]
    moves = [(phrase.text, read_text(phrase.text).moves) for phrase in phrases]
    same = [(a, b) for (a, x), (b, y) in itertools.combinations(moves, 2) if x == y]
    assert not same


SENTENCES: Sequence[tuple[str, str]] = (
    ("a person walks forward then turns around and sits down", "step pivot sit_down"),
    ("a man sits down and then stands up", "sit_down"),
    ("the person stretches, then waves with the left hand", "stretch wave"),
    ("someone lies down on the floor and gets back up", "lie_down"),
    ("a person crawls on hands and knees", "crawl"),
    ("he bows, claps three times and looks around", "bow clap look_around"),
    ("a woman picks something up from the floor and throws it", "pick_up throw"),
    ("a person catches a ball and throws it", "catch throw"),
    ("the man kicks with his right leg", "front_kick"),
    ("a person punches twice and ducks", "jab duck"),
    ("they march in place, then skip", "march skip"),
    ("a person climbs up a ladder", "climb"),
    ("a person walks in a circle", "step"),
    ("a man walks backwards", "back_step"),
    ("he runs and jumps", "run jump"),
    ("a person pushes a box and pulls it back", "push pull"),
    ("two jabs, a teep and a spinning backfist", "jab push_kick spinning_backfist"),
    ("she does a tour jeté into a sissonne", "tour_jete sissonne"),
    ("a man swings a golf club", "golf_swing"),
    ("a person is standing still", "stand"),
    ("someone drinks water, then limps away", "drink limp"),
    ("a woman plays the guitar", "strum"),
    ("a man swims and then plays tennis", "swim shuffle racket_swing"),
    ("a fouetté turn, a deep dip and a floor spin", "fouette dip floor_spin"),
)


@pytest.mark.parametrize(("text", "primitives"), SENTENCES)
def test_a_sentence_names_its_moves(text: str, primitives: str):
    assert [move.primitive for move in read_text(text).moves] == primitives.split()


@pytest.mark.parametrize(
    "text",
    [
        "🤸 ¿Qué? 走る",
        "Eine Frau tanzt und springt.",
        "kick " * 400,
        "x" * 2000,
        "...,,,;;; and and then into",
        "A JUMP!!! (twice) — then 'duck' \n\n\t and\x00 run",
        "a person a person a person walks, walks; walks: walks",
    ],
)
def test_no_text_breaks_the_composer(text: str):
    motion = Composer().generate([text], [3])[0]
    assert np.isfinite(motion.joints).all()
    assert check(motion).passed


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_text_is_refused(text: str):
    with pytest.raises(LibraryError, match="empty"):
        Composer().generate([text], [0])


def test_what_a_sentence_loses_is_in_the_provenance():
    motion = Composer().generate(["a jab while photosynthesising"], [1])[0]
    assert motion.provenance["not_understood"] == ["photosynthesising"]


def test_every_primitive_can_be_named():
    named = {move.primitive for _, moves in MOVES.rows for move in moves}
    assert set(NAMES) <= named


def test_the_vocabulary_is_large():
    assert len(PRIMITIVES) >= 130


@pytest.mark.parametrize("domain", DOMAINS)
def test_random_prompts_pass_the_filter(domain: str):
    rng = np.random.default_rng(7)
    prompts = [p for p in (LIBRARY.sample(rng) for _ in range(200)) if p.domain == domain][:24]
    motions = Composer().generate(prompts, range(len(prompts)))
    assert sum(check(motion).passed for motion in motions) >= 0.95 * len(motions)
    assert all(read(prompt).moves for prompt in prompts)
