"""The census, the signature, and the page they end in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree

import numpy as np
import pytest
from toys import SwayGenerator, swaying, tiny_library

from claims_env.analysis.base_window import base_window
from claims_env.analysis.census import at_random, by_action, by_action_alone, by_tier
from claims_env.analysis.description import CensusSize, describe
from claims_env.analysis.distinctness import Confusion, distinctness
from claims_env.analysis.drawing import box_of, boxes, scatter
from claims_env.analysis.feature_map import feature_map
from claims_env.analysis.markdown import number, table
from claims_env.analysis.measured_clip import MeasuredClip, measure_all, measured
from claims_env.analysis.physics_table import FIGURES, Figure, spreads
from claims_env.analysis.signature import LENGTH, signature
from claims_env.analysis.spread import Spread
from claims_env.analysis.summary_table import summary
from claims_env.analysis.tier_table import tier_rows, trends
from claims_env.analysis.vocabulary import alone, phrase_clips
from claims_env.motion import Motion
from claims_env.prompt import SLOTS, Prompt
from claims_env.rotation import Floats, about, multiply, rotate
from claims_env.skeleton import INDEX, JOINTS

LIBRARY = tiny_library()
STILL = measured(swaying(1.0, frames=10))
SMALL = CensusSize(clips=4, per_tier=3, takes=2, tried=1, alone=1)


def clip(speed: float, *, passed: bool = True, flights: float = 0, at: float = 0) -> MeasuredClip:
    """Return made-up figures, and a signature that lies at one place."""
    figures = {"mean_speed": speed, "airborne": 0.1 * speed, "flights": flights}
    place = np.full(3, at)
    return replace(
        STILL,
        figures={**STILL.figures, **figures, "gravity_fit": 2 * flights},
        passed=passed,
        reasons=() if passed else ("jerky",),
        signature=place,
        mirror=place,
    )


def turned(joints: Floats, angle: float) -> Floats:
    return rotate(about("z", np.full(joints.shape[:-1], angle)), joints)


def test_a_census_draws_what_it_says_and_repeats_itself() -> None:
    drawn = at_random(LIBRARY, 6, 0)
    assert [d.prompt.domain for d in drawn] == ["dance", "sport"] * 3
    assert drawn == at_random(LIBRARY, 8, 0)[:6] and drawn != at_random(LIBRARY, 6, 1)
    for tier, draw in by_tier(LIBRARY, 2, 0):
        assert set(draw.prompt.tiers) == {tier}
    takes = list(by_action(LIBRARY, 3, 0))
    assert len(takes) == 2 * 5 * 3
    assert all(take.draw.prompt.base_action.text == take.action for take in takes)
    assert len({take.draw.seed for take in takes}) == len(takes)


def test_a_phrase_alone_is_all_that_is_said_and_keeps_its_tier() -> None:
    phrase = LIBRARY.words("sport").phrases["combo_action"][4]
    prompt = alone("sport", "combo_action", phrase)
    assert prompt.text == phrase.text
    assert set(prompt.tiers) == {phrase.tier}
    first = next(by_action_alone(LIBRARY, 1, 0))
    assert first.draw.prompt.text == first.action == "dance base_action 0"
    shown = list(phrase_clips(SwayGenerator(), LIBRARY, "dance", "detail", 0))
    assert [p for p, _ in shown] == list(LIBRARY.words("dance").phrases["detail"])


def test_a_signature_forgets_where_a_body_stands_and_which_way_it_faces() -> None:
    joints = swaying(1.5).joints
    elsewhere = turned(joints, 1.1) + np.array([3.0, -2.0, 0.0])
    assert signature(joints, 30.0).shape == (LENGTH,)
    assert signature(elsewhere, 30.0) == pytest.approx(signature(joints, 30.0), abs=1e-9)


def test_a_signature_tells_speed_and_height_apart() -> None:
    slow, fast = swaying(0.5), swaying(2.0)
    lifted = swaying(0.5).joints + np.array([0, 0, 0.3])
    own = signature(slow.joints, 30.0)
    assert np.abs(signature(fast.joints, 30.0) - own).max() > 0.2
    assert np.abs(signature(lifted, 30.0) - own).max() == pytest.approx(0.3)


def test_the_mirrored_signature_is_that_of_the_mirror_image() -> None:
    motion = swaying(1.0)
    rotations = motion.rotations.copy()
    rotations[:, 16] = multiply(rotations[:, 16], about("z", np.full(len(rotations), 0.8)))
    left = replace(motion, rotations=rotations).joints
    other = {"L": "R", "R": "L"}
    others = [INDEX[other[n[0]] + n[1:] if n[1] == "_" else n] for n in JOINTS]
    right = left[:, others] * np.array([-1.0, 1.0, 1.0])
    assert signature(left, 30.0, mirrored=True) == pytest.approx(signature(right, 30.0), abs=1e-9)
    assert np.abs(signature(right, 30.0) - signature(left, 30.0)).max() > 0.1


def test_a_body_on_its_side_keeps_the_heading_it_had() -> None:
    joints = swaying(1.0).joints.copy()
    joints[30:, 2, :2] = joints[30:, 1, :2]  # the hips above one another
    assert np.isfinite(signature(joints, 30.0)).all()
    joints[:, 2, :2] = joints[:, 1, :2]
    assert np.isfinite(signature(joints, 30.0)).all()


def test_figures_are_shown_in_their_unit_and_those_of_flights_among_clips_with_flights() -> None:
    clips = [clip(1.0), clip(3.0, flights=2)]
    rows = {figure.name: cells for figure, cells in spreads({"made": clips, "still": clips[:1]})}
    airborne = rows["airborne"]["made"]
    assert airborne is not None
    assert (airborne.low, airborne.middle, airborne.high) == pytest.approx((11, 20, 29))  # percent
    assert rows["gravity_fit"] == {"made": Spread(4.0, 4.0, 4.0), "still": None}


def test_a_figure_nobody_measures_is_left_out() -> None:
    assert spreads({"made": [clip(1.0)]}, [Figure("charm", "charm", "")]) == []


def test_every_figure_of_the_table_is_measured() -> None:
    assert {figure.name for figure in FIGURES} <= set(STILL.figures)
    assert {figure.among for figure in FIGURES} - {""} <= set(STILL.figures)


def test_tiers_have_their_rates_means_and_reasons() -> None:
    ranked = [(1, clip(1.0)), (1, clip(2.0, passed=False)), (2, clip(4.0)), (2, clip(5.0))]
    first, second = tier_rows(ranked)
    assert (first.clips, first.passed.value, first.refused_for) == (2, 0.5, (("jerky", 1),))
    assert second.means["mean_speed"].value == 4.5
    assert second.means["airborne"].value == pytest.approx(45.0)  # percent
    assert trends(ranked)["mean_speed"].value == pytest.approx(4 / 20**0.5)


def test_what_lies_apart_is_told_apart_and_what_does_not_is_confused() -> None:
    train = [(label, clip(1.0, at=at + j)) for label, at in (("a", 0), ("b", 9), ("c", 30))
             for j in (-0.2, 0.2)]  # fmt: skip
    test = [("a", clip(1.0, at=0.1)), ("b", clip(1.0, at=29.9)), ("c", clip(1.0, at=30.1))]
    found = distinctness(train, test)
    assert (found.actions, found.clips, found.among_first) == (3, 3, 1.0)
    assert found.nearest == found.discriminant == pytest.approx(2 / 3)
    assert found.confusions == (Confusion("b", "c", 1),)


def acted(*timeline: tuple[str, float, float], moves: str) -> Motion:
    """Return ten seconds at 4 Hz that tell such moves and such a timeline."""
    told = [{"primitive": name, "start": start, "end": end} for name, start, end in timeline]
    still = replace(swaying(1.0, frames=40), fps=4.0)
    return still.with_provenance(moves=[{"primitive": m} for m in moves.split()], timeline=told)


def asked(template: str) -> Prompt:
    return replace(at_random(LIBRARY, 1, 0)[0].prompt, template=template)


FIRST = asked("{base_action} {combo_action} {detail} {speed_rhythm}")
LAST = asked("{combo_action} {base_action} {detail} {speed_rhythm}")


def test_the_window_of_a_base_action_is_where_its_moves_are_first_performed() -> None:
    moves = "jab cross jab"
    lap = (("jab", 0.5, 2.0), ("cross", 2.0, 4.0), ("jab", 4.0, 6.0), ("jab", 6.0, 8.0))
    motion = acted(*lap, moves=moves)
    assert base_window(motion, FIRST, 1) == slice(2, 9)  # 0.5 to 2 s at 4 Hz, the last included
    assert base_window(motion, FIRST, 2) == slice(2, 17)
    assert base_window(motion, LAST, 1) == slice(16, 25)  # the second jab of the sentence


def test_a_base_action_that_was_left_out_or_is_not_told_has_no_window() -> None:
    lap = (("cross", 0.5, 2.0), ("jab", 2.0, 4.0))
    assert base_window(acted(*lap, moves="duck cross jab"), FIRST, 1) is None
    assert base_window(acted(*lap, moves="duck cross jab"), LAST, 1) == slice(8, 17)
    assert base_window(acted(("leap", 0, 1), moves="cross jab"), FIRST, 1) is None
    assert base_window(swaying(1.0, frames=10), FIRST, 1) is None
    assert base_window(acted(*lap, moves="cross jab"), FIRST, 0) is None


def test_a_short_window_still_has_room_for_speed() -> None:
    window = base_window(acted(("jab", 9.9, 9.95), moves="jab"), FIRST, 1)
    assert window == slice(34, 40)


@dataclass
class Teller:
    """Sways, and tells when it does which part of the sentence."""

    name: str = "teller"

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        motions = SwayGenerator().generate(prompts, seeds)
        told = [{"primitive": "a", "start": 0.0, "end": 1.0}]
        return [m.with_provenance(moves=told, timeline=told) for m in motions]


def test_a_generator_that_tells_its_timeline_is_looked_at_in_windows_too() -> None:
    files = describe(Teller(), LIBRARY, label="the teller", size=SMALL, processes=1)
    rows = [line for line in files["teller.md"].splitlines() if line.startswith("| ")]
    assert any(row.startswith("| in a whole sentence, its own window | **") for row in rows)
    assert any(row.startswith("| the base action can be told: said alone | ") for row in rows)


def test_the_summary_says_should_rise_of_what_does_not() -> None:
    ranked = [(tier, clip(speed)) for tier, speed in ((1, 1.0), (1, 1.5), (2, 1.2), (2, 1.2))]
    rows = summary({"made": [clip(1.0)]}, tier_rows(ranked), trends(ranked), [], 0.5)
    told = {row[0]: row[1:] for row in rows}
    assert told["mean joint speed should rise with the tier"][0].startswith("1.25, 1.2 m/s")
    assert told["and so they do at every tier"] == ["100, 100 % (tiers 1 to 2)", "-"]
    assert told["clips pass the physical filter"][1] == "-"


def test_numbers_have_three_digits_that_count() -> None:
    assert [number(x) for x in (0.00001, 0.01234, 1234.5, 7.0)] == ["0", "0.0123", "1234", "7"]


def test_the_map_recognises_domains_that_lie_apart() -> None:
    rng = np.random.default_rng(0)

    def some(count: int) -> list[tuple[str, MeasuredClip]]:
        return [
            (label, clip(1.0, at=at + 0.1 * float(rng.normal())))
            for label, at in (("dance", 0.0), ("sport", 9.0))
            for _ in range(count)
        ]

    found = feature_map(some(8), some(4))
    assert found.recognised == found.recognised_along == 1.0
    assert found.places.shape == (8, 2)


def test_several_processes_measure_what_one_does() -> None:
    draws = at_random(LIBRARY, 3, 0)
    one, two = (measure_all(SwayGenerator(), draws, processes=n) for n in (1, 2))
    assert [c.figures for c in one] == [c.figures for c in two]
    assert all(np.array_equal(a.signature, b.signature) for a, b in zip(one, two, strict=True))


def test_the_page_tells_everything_and_repeats_itself() -> None:
    def page(**more: object) -> dict[str, str]:
        return describe(
            SwayGenerator(),
            LIBRARY,
            label="the swayer",
            size=SMALL,
            processes=1,
            **more,  # type: ignore[arg-type]
        )

    files = page()
    assert set(files) == {"sway.md", "sway-tiers.svg", "sway-domains.svg"}
    assert files == page()
    text = files["sway.md"]
    for heading in ("# What the clips of the swayer", "## Tiers", "## Plausibility", "## Dist"):
        assert heading in text
    assert "real (" not in text and "No folder of real clips" in text
    assert "real (1)" in page(real=[swaying(1.0, frames=20)])["sway.md"]
    assert all(f'src="{name}"' in text for name in files if name.endswith(".svg"))


def test_a_table_row_cannot_be_broken_by_what_stands_in_it() -> None:
    assert table(["a", "b"], [["x|y", "z"]]) == ["| a | b |", "| --- | --- |", "| x/y | z |"]


def test_drawings_are_well_formed_and_show_every_point_within_the_frame() -> None:
    rng = np.random.default_rng(0)
    drawn = scatter("dance & <sport>", rng.normal(size=(40, 2)), ["dance", "sport"] * 20)
    circles = ElementTree.fromstring(drawn).findall(".//{http://www.w3.org/2000/svg}circle")
    assert len(circles) == 40
    assert all(
        0 <= float(c.get("cx", -1)) <= 640 and 0 <= float(c.get("cy", -1)) <= 440 for c in circles
    )
    assert len({c.get("fill") for c in circles}) == 2
    ElementTree.fromstring(boxes("speed", [box_of("tier 1", [1, 2, 3]), box_of("tier 2", [4, 4])]))
    assert box_of("x", list(range(101))).percentiles == (5, 25, 50, 75, 95)


def test_slots_other_than_the_base_action_vary_between_its_takes() -> None:
    takes = [take.draw.prompt for take in by_action(LIBRARY, 8, 0)][:8]
    for slot in SLOTS[1:]:
        assert len({prompt.slots[slot] for prompt in takes}) > 1
