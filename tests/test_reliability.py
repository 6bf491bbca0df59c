"""Reliability of judges: figures by hand, nothing dropped, nothing shown that gives tiers away."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from toys import SpeedJudge, SwayGenerator, swaying, tiny_library

from claims_env.blind_rating import rate_blindly
from claims_env.judge import Alignment, Difficulty, Missing
from claims_env.judge_figures import reliability_of
from claims_env.motion import Motion
from claims_env.prompt import Prompt
from claims_env.reliability import RatedClip, Rating, Reliability
from claims_env.reliability_files import FORMAT, ratings_csv, reliability_json
from claims_env.tiered_clips import TieredClip, tiered_clips, tiered_orders


def rating(score: int | None) -> Rating:
    return Missing("asleep") if score is None else Difficulty(score, "so it seems", {})


def clip(tier: int | None, speed: float, **scores: Sequence[int | None]) -> RatedClip:
    ratings = {judge: tuple(map(rating, given)) for judge, given in scores.items()}
    return RatedClip(f"clip at {speed}", tier, "a prompt", speed, ratings)


def of(*clips: RatedClip) -> Reliability:
    return reliability_of(clips, seed=0)


THREE_TIERS = (
    clip(1, 0.1, a=[1], b=[2]),
    clip(1, 0.3, a=[3], b=[2]),
    clip(2, 0.2, a=[4], b=[1]),
    clip(2, 0.4, a=[6], b=[1]),
    clip(3, 0.5, a=[5], b=[None]),
    clip(3, 0.6, a=[9], b=[8]),
)


def test_means_per_tier_by_hand() -> None:
    a, b = of(*THREE_TIERS).judges
    assert [tier.mean and tier.mean.value for tier in a.tiers] == [2.0, 5.0, 7.0]
    assert [tier.mean and tier.mean.value for tier in b.tiers] == [2.0, 1.0, 8.0]
    assert [(tier.tier, tier.clips, tier.missing) for tier in b.tiers] == [
        (1, 2, 0), (2, 2, 0), (3, 2, 1),
    ]  # fmt: skip
    assert a.tiers[0].spread == pytest.approx(2**0.5)
    assert b.tiers[2].spread is None


def test_an_interval_lies_about_its_mean_and_within_the_scores() -> None:
    tier = of(*THREE_TIERS).judges[0].tiers[0]
    assert tier.mean is not None
    assert (tier.mean.low, tier.mean.high) == (1.0, 3.0)


def test_a_higher_tier_with_a_lower_mean_is_named() -> None:
    a, b = of(*THREE_TIERS).judges
    assert a.falls == ()
    assert b.falls == ((1, 2),)


def test_pairs_in_the_wrong_order_by_hand() -> None:
    a, b = of(*THREE_TIERS).judges
    # of twelve pairs of different tiers, only 6 and 5 stand the wrong way round
    assert a.misordered == pytest.approx(1 / 12)
    # of eight: both of tier 1 above both of tier 2
    assert b.misordered == pytest.approx(4 / 8)


def test_correlation_with_tier_and_speed_is_that_of_the_rated_clips() -> None:
    a, _ = of(*THREE_TIERS).judges
    # ranks of the scores 1 2 3 5 4 6, of the speeds 1 3 2 4 5 6: squared differences sum to 4
    assert a.with_speed.spearman is not None
    assert a.with_speed.spearman.value == pytest.approx(1 - 6 * 4 / (6 * 35))
    assert a.with_tier.kendall is not None
    assert a.with_tier.kendall.value == pytest.approx((11 - 1) / (12 * 15) ** 0.5)


def test_what_is_missing_is_counted_by_reason_and_never_a_score() -> None:
    found = of(
        clip(1, 0.1, a=[2]), clip(1, 0.2, a=[None]), clip(2, 0.3, a=[4]), clip(2, 0.4, a=[None])
    ).judges[0]
    assert (found.asked, found.missing) == (4, {"asleep": 2})
    assert [tier.mean and tier.mean.value for tier in found.tiers] == [2.0, 4.0]


def test_a_judge_who_never_answers_has_no_figures_and_breaks_nothing() -> None:
    found = of(clip(1, 0.1, a=[None], b=[1]), clip(2, 0.2, a=[None], b=[2]))
    silent = found.judges[0]
    assert silent.missing == {"asleep": 2}
    assert all(tier.mean is None for tier in silent.tiers)
    assert (silent.with_tier.spearman, silent.misordered, silent.falls) == (None, None, ())
    assert (found.agreements[0].clips, found.agreements[0].kappa) == (0, None)


def test_a_judge_who_always_says_the_same_is_no_perfect_one() -> None:
    found = of(clip(1, 0.1, a=[5]), clip(2, 0.2, a=[5]), clip(3, 0.3, a=[5])).judges[0]
    assert found.with_tier.spearman is None
    assert found.misordered == 0.0


def test_agreement_is_of_the_clips_both_rated() -> None:
    (pair,) = of(*THREE_TIERS).agreements
    assert (pair.judges, pair.clips) == (("a", "b"), 5)
    # gaps -1 1 3 5 1
    assert pair.mean_gap == pytest.approx(9 / 5)


def test_every_two_judges_are_compared() -> None:
    found = of(clip(1, 0.1, a=[1], b=[1], c=[2]), clip(2, 0.2, a=[2], b=[2], c=[1]))
    assert [pair.judges for pair in found.agreements] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [pair.kappa and pair.kappa.value for pair in found.agreements] == [1.0, -1.0, -1.0]


def test_repetition_by_hand() -> None:
    found = of(
        clip(1, 0.1, a=[1, 1]), clip(1, 0.2, a=[2, 4]), clip(2, 0.3, a=[5, None]),
        clip(2, 0.4, a=[7, 6]), clip(2, 0.5, a=[None, 6]), clip(2, 0.6, a=[8, 8]),
    ).judges[0]  # fmt: skip
    again = found.repetition
    assert again is not None
    assert (again.clips, again.equal, again.mean_gap) == (4, 0.5, 0.75)
    assert (found.asked, found.missing) == (12, {"asleep": 2})


def test_who_is_asked_once_repeats_nothing() -> None:
    assert of(clip(1, 0.1, a=[1])).judges[0].repetition is None


def test_clips_without_a_tier_count_for_speed_and_agreement_alone() -> None:
    found = of(clip(None, 0.1, a=[1], b=[2]), clip(None, 0.2, a=[3], b=[4]))
    judge = found.judges[0]
    assert (judge.tiers, judge.misordered, judge.with_tier.spearman) == ((), None, None)
    assert found.speed_with_tier.spearman is None
    assert judge.with_speed.spearman is not None
    assert judge.with_speed.spearman.value == pytest.approx(1.0)
    assert found.agreements[0].clips == 2


def test_figures_follow_from_clips_and_seed() -> None:
    scores = np.random.default_rng(0).integers(1, 11, size=24).tolist()
    clips = [clip(1 + i % 3, 0.1 * i, a=[score]) for i, score in enumerate(scores)]
    assert of(*clips) == of(*clips)
    assert of(*clips) != reliability_of(clips, seed=1)


# Files


def test_the_summary_is_json_with_its_conditions() -> None:
    content = json.loads(reliability_json(of(*THREE_TIERS), {"seed": 3}))
    assert (content["format"], content["seed"], content["clips"]) == (FORMAT, 3, 6)
    assert content["judges"][1]["falls"] == [[1, 2]]
    assert content["judges"][1]["missing"] == {"asleep": 1}


def test_every_rating_has_a_row_missing_ones_too() -> None:
    rows = list(csv.DictReader(io.StringIO(ratings_csv(THREE_TIERS))))
    assert len(rows) == 12
    (missing,) = [row for row in rows if row["missing"]]
    assert (missing["judge"], missing["score"], missing["missing"]) == ("b", "", "asleep")
    assert {row["tier"] for row in rows} == {"1", "2", "3"}


def test_velocities_are_written_with_all_their_digits() -> None:
    close = [clip(1, speed, a=[3]) for speed in (0.1234567, 0.12345671, 1 / 3)]
    rows = csv.DictReader(io.StringIO(ratings_csv(close)))
    # rounded, the first two would share a rank
    assert [float(row["mean_speed"]) for row in rows] == [0.1234567, 0.12345671, 1 / 3]


def test_a_rationale_with_commas_quotes_and_lines_comes_back_whole() -> None:
    said = 'he said "hard",\nthen left'
    odd = replace(THREE_TIERS[0], ratings={"a": (Difficulty(3, said, {}),)})
    (row,) = csv.DictReader(io.StringIO(ratings_csv([odd])))
    assert row["rationale"] == said


# Clips and blind ratings


@dataclass
class NosyJudge:
    """Writes down whatever it can see of a clip beside its motion."""

    name: str = "nosy"
    seen: list[tuple[str, dict[str, object]]] = field(
        default_factory=list[tuple[str, dict[str, object]]]
    )
    speeds: list[float] = field(default_factory=list[float])

    def align(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> list[Alignment | Missing]:
        return [Missing("not asked") for _ in motions]

    def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
        self.seen += [(motion.name, dict(motion.provenance)) for motion in motions]
        self.speeds += [motion.mean_speed for motion in motions]
        return [Difficulty(int(np.clip(10 * m.mean_speed, 1, 10)), "", {}) for m in motions]


def drawn(clips: int = 4, seed: int = 0) -> list[TieredClip]:
    orders = tiered_orders(tiny_library(), clips=clips, seed=seed)
    return list(tiered_clips(SwayGenerator(), orders))


def test_clips_are_drawn_for_five_tiers_and_the_domains_in_turn() -> None:
    clips = drawn(4)
    assert [clip.tier for clip in clips] == [tier for tier in range(1, 6) for _ in range(4)]
    assert all(f"{c.text.split()[1]} base_action {int(c.tier or 0) - 1}" in c.text for c in clips)
    assert [clip.text.split()[1] for clip in clips[:4]] == ["dance", "sport", "dance", "sport"]
    assert len({clip.motion.name for clip in clips}) == 20


def test_more_clips_begin_with_the_fewer_ones() -> None:
    few, many = drawn(2), drawn(4)
    assert [c.text for c in few if c.tier == 3] == [c.text for c in many if c.tier == 3][:2]


def test_another_seed_draws_other_takes() -> None:
    takes = [
        [order.take for order in tiered_orders(tiny_library(), clips=3, seed=seed)]
        for seed in (0, 0, 1)
    ]
    assert takes[0] == takes[1] != takes[2]


def test_no_judge_sees_a_name_a_past_or_the_order_of_tiers() -> None:
    clips = [
        replace(clip, motion=clip.motion.with_provenance(prompt=clip.text, tier=clip.tier))
        for clip in drawn(6)
    ]
    nosy = NosyJudge()
    rate_blindly(clips, [[nosy]], seed=0)
    assert {name for name, _ in nosy.seen} == {f"clip {i + 1}" for i in range(30)}
    assert all(past == {} for _, past in nosy.seen)
    assert nosy.speeds != sorted(nosy.speeds)
    assert nosy.speeds != [clip.motion.mean_speed for clip in clips]


def test_ratings_come_back_to_the_clips_they_are_of() -> None:
    clips = drawn(6)
    counted: list[None] = []
    rated = rate_blindly(
        clips, [[SpeedJudge()], [NosyJudge()]], seed=4, after_each=lambda: counted.append(None)
    )
    assert len(counted) == 60
    for clip, found in zip(clips, rated, strict=True):
        assert (found.name, found.tier, found.text) == (clip.motion.name, clip.tier, clip.text)
        (alone,) = SpeedJudge().rate([clip.motion])
        assert found.ratings["speed"] == (alone,)


def test_the_order_of_showing_does_not_change_what_is_found() -> None:
    clips = drawn(3)
    judges = [[SpeedJudge()], [NosyJudge()]]
    assert rate_blindly(clips, judges, seed=1) == rate_blindly(clips, judges, seed=2)


def test_a_silent_judge_costs_nobody_elses_answers() -> None:
    rated = rate_blindly(drawn(2), [[SpeedJudge("mute", silent=True)], [SpeedJudge()] * 2], seed=0)
    assert all(isinstance(clip.ratings["mute"][0], Missing) for clip in rated)
    assert all(len(clip.ratings["speed"]) == 2 for clip in rated)
    found = reliability_of(rated, seed=0)
    assert found.judges[0].missing == {"told to be silent": 10}
    assert found.judges[1].repetition is not None and found.judges[1].repetition.equal == 1.0


def test_a_judge_who_follows_speed_follows_the_tiers_of_clips_that_sway_faster() -> None:
    rated = rate_blindly(drawn(8), [[SpeedJudge()]], seed=0)
    judge = reliability_of(rated, seed=0).judges[0]
    assert judge.with_speed.spearman is not None and judge.with_speed.spearman.value > 0.9
    assert judge.falls == ()


def test_a_clip_keeps_its_speed() -> None:
    motion = swaying(1.0)
    (rated,) = rate_blindly([TieredClip(motion, None, "")], [[SpeedJudge()]], seed=0)
    assert rated.mean_speed == motion.mean_speed
