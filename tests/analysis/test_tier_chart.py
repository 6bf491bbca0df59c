"""The chart of tiers: every mean and interval is in it, gaps stay gaps, names cannot break it."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import replace

from claims_env.analysis.tier_chart import tier_chart
from claims_env.bootstrap import Estimate
from claims_env.reliability import JudgeReliability, RankAgreement, TierMean

NOTHING = RankAgreement(None, None)


def judge(name: str, means: Sequence[float | None]) -> JudgeReliability:
    tiers = tuple(
        TierMean(i, 4, 0, None if mean is None else Estimate(mean, mean - 0.5, mean + 0.5), 1.0)
        for i, mean in enumerate(means, 1)
    )
    return JudgeReliability(name, 20, {}, tiers, (), 0.0, NOTHING, NOTHING, None)


def drawn(*judges: JudgeReliability) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(tier_chart("Means", judges))
    return list(root.iter())


def titles(elements: Sequence[ElementTree.Element]) -> list[str]:
    return [e.text or "" for e in elements if e.tag.endswith("title")]


def test_each_mean_has_a_dot_that_says_what_it_is() -> None:
    told = titles(drawn(judge("a", [1, 2, 3.25])))
    assert told == ["Means", "tier 1: 1.00, 4 clips", "tier 2: 2.00, 4 clips",
                    "tier 3: 3.25, 4 clips"]  # fmt: skip


def test_higher_scores_stand_higher_and_later_tiers_further_right() -> None:
    dots = [e for e in drawn(judge("a", [2, 8])) if e.tag.endswith("circle") and len(e)]
    low, high = ((float(e.attrib["cx"]), float(e.attrib["cy"])) for e in dots)
    assert low[0] < high[0]
    assert low[1] > high[1]


def test_a_tier_without_a_score_leaves_a_gap() -> None:
    whole = [e for e in drawn(judge("a", [1, 2, 3])) if e.tag.endswith("line")]
    torn = [e for e in drawn(judge("a", [1, None, 3])) if e.tag.endswith("line")]
    # one whisker of three strokes, and the two strokes to and from the mean
    assert len(whole) - len(torn) == 3 + 2
    assert len(titles(drawn(judge("a", [1, None, 3])))) == 3


def test_a_mean_without_an_interval_is_a_dot_alone() -> None:
    alone = judge("a", [4])
    (tier,) = alone.tiers
    bare = replace(alone, tiers=(replace(tier, mean=Estimate(4.0, None, None)),))
    lines = [[e for e in drawn(j) if e.tag.endswith("line")] for j in (alone, bare)]
    assert len(lines[0]) - len(lines[1]) == 3


def test_judges_stand_side_by_side_under_their_names() -> None:
    elements = drawn(judge("first <judge> & co", [2, 4]), judge("second", [2, 4]))
    assert {"first <judge> & co", "second"} <= {e.text for e in elements}
    places = [e.attrib["cx"] for e in elements if e.tag.endswith("circle") and len(e)]
    assert len(set(places)) == 4
