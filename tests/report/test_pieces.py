import base64
import json
import math

import numpy as np
import pytest
from report.recorded import entry, finished
from toys import LOST, TRACKED, swaying

from claims_env.judge import Alignment, Difficulty, Missing
from claims_env.rendering.figure import PARTS
from claims_env.report import cell_values as value
from claims_env.report.curves import Curve, chart, round_numbers
from claims_env.report.film import figure, film, step_within
from claims_env.report.loop_charts import loop_charts
from claims_env.report.markup import Markup, element
from claims_env.report.run_record import Footage
from claims_env.report.table import NONE, Cell, Table, plain, table_as_html, table_as_markdown
from claims_env.rotation import Floats
from claims_env.tracking_metrics import pool


def unpacked(text: str) -> Floats:
    return np.frombuffer(base64.b64decode(text), "<i2").reshape(-1, 24, 3) / 2000


def test_text_and_attributes_are_escaped_and_markup_is_not() -> None:
    inner = element("b", "<i>")
    assert inner == Markup("<b>&lt;i&gt;</b>")
    outer = element("p", inner, None, "&", title='"><script>', class_=None)
    assert outer.html == '<p title="&quot;&gt;&lt;script&gt;"><b>&lt;i&gt;</b>&amp;</p>'


def test_void_elements_have_no_end() -> None:
    assert element("img", src="x", data_v=2).html == '<img src="x" data-v="2">'


def test_half_a_character_is_written_as_a_question_mark() -> None:
    assert element("p", "a\ud800b").html == "<p>a?b</p>"
    assert plain("a\ud800b") == "a?b"


def test_characters_that_hide_or_turn_others_reach_no_page() -> None:
    turned = "a\u202eb\x1b[31mc\u200bd"
    made = element("p", turned, title=turned).html
    assert made == '<p title="a�b�[31mc�d">a�b�[31mc�d</p>'
    assert element("p", "a\tb\nc é 漢").html == "<p>a\tb\nc é 漢</p>"


def test_a_success_rate_is_a_percentage_with_its_count() -> None:
    assert value.success(pool([TRACKED, LOST, LOST])).text == "33% (1/3)"
    assert value.success(None).text == NONE
    assert value.share(0, 0).text == NONE


def test_what_is_not_known_is_never_a_zero() -> None:
    assert value.number(None).text == NONE
    assert value.number(math.nan).text == NONE
    assert value.number(0.0).text == "0"
    assert value.outcome(None).text == NONE
    assert value.verdict(None).text == value.difficulty(None).text == NONE
    assert value.verdict(Missing("no answer")) == Cell("missing", tone="weak", hint="no answer")


def test_outcomes_say_where_a_clip_was_lost_and_sort_by_it() -> None:
    assert value.outcome(LOST).text == "lost at 20"
    assert value.outcome(TRACKED).text == "tracked"
    assert (value.outcome(LOST).sort or 0) < (value.outcome(TRACKED).sort or 0)


def test_judgements_carry_their_rationale_as_a_hint() -> None:
    assert value.verdict(Alignment(0.816, "partial", "half of it")) == Cell(
        "partial 0.82", 0.816, "weak", "half of it"
    )
    assert value.difficulty(Difficulty(4, "slow", {})) == Cell("4/10", 4, hint="slow")


def test_durations_and_counts_are_readable() -> None:
    durations = [value.duration(s).text for s in (0.4, 61, 3600, 7384)]
    assert durations == ["0 s", "1 min 1 s", "1 h", "2 h 3 min"]
    assert value.samples(900_000).text == "900,000"


def test_a_table_is_written_twice_from_one_source() -> None:
    table = Table("T", ("a|b", "c"), ((Cell("1", sort=1.0), Cell("x\ny")), (Cell("22"), Cell(""))))
    assert table_as_markdown(table) == (
        "**T**\n\n| a\\|b | c   |\n| ---- | --- |\n| 1    | x y |\n| 22   |     |\n"
    )
    assert '<td data-v="1.0">1</td>' in table_as_html(table).html


def test_markdown_text_is_inert() -> None:
    assert plain("a [x](y) `c` *d* <b> &\n# e") == "a [x]\\(y) \\`c\\` \\*d\\* &lt;b> &amp; # e"


def test_axes_are_divided_at_round_numbers() -> None:
    assert round_numbers(0, 100) == [0, 25, 50, 75, 100]
    assert round_numbers(0, 1.44) == [0, 0.5, 1, 1.5]
    assert round_numbers(3, 3) == [3, 4, 5, 6]
    assert round_numbers(0, 0) == [0, 0.25, 0.5, 0.75, 1]


@pytest.mark.parametrize("low", [-3.0, 0.0, 0.02, 170.0])
@pytest.mark.parametrize("span", [0.0, 1e-3, 0.7, 9.9, 1234.5])
def test_axes_span_their_values(low: float, span: float) -> None:
    ticks = round_numbers(low, low + span)
    assert ticks[0] <= low + 1e-9
    assert ticks[-1] >= low + span - 1e-9
    assert 2 <= len(ticks) <= 7


def test_a_curve_has_a_gap_where_nothing_is_known() -> None:
    drawn = chart("T", [Curve("c", (1.0, 2.0, None, 3.0))], low=0, high=4).html
    (path,) = [p for p in drawn.split('d="') if p.startswith("M") and "L" in p]
    assert path.split('"')[0].count("M") == 2
    assert drawn.count("<circle") == 3
    assert "c, round 3: 3" in drawn


def test_a_chart_of_nothing_says_so() -> None:
    assert "nothing recorded" in chart("T", [Curve("c", (None,))]).html


def test_the_charts_of_a_run_show_its_suite_and_what_it_is_compared_with() -> None:
    drawn = loop_charts((finished(0, [entry("a")]), finished(1, [entry("b")])), "assist 0.35").html
    assert "Success [%], assist 0.35" in drawn
    assert drawn.count("held-out, zero action, round 1: 0<") == 1
    assert "corpus, zero action, round 1: 0<" in drawn
    assert "this round, before training, round 1: 0<" in drawn
    assert "corpus, round 0: 100" in drawn


def test_a_film_keeps_positions_to_a_quarter_millimetre() -> None:
    motion = swaying(1.0)
    shown = film(Footage(30.0, motion.joints[1:], motion.joints[1:] + 0.1, 1), 2, None)
    start = motion.joints[1, 0] * [1, 1, 0]
    assert np.abs(unpacked(shown.reference) - (motion.joints[1::2] - start)).max() <= 0.00025001
    assert shown.tracked is not None
    assert unpacked(shown.tracked).mean() - unpacked(shown.reference).mean() == pytest.approx(0.1)
    assert (shown.fps, shown.step, shown.start) == (15.0, 2, 1)


def test_what_is_out_of_a_films_reach_is_cut_not_wrapped() -> None:
    joints = swaying(1.0).joints.copy()
    joints[-1] += [100, 0, 0]
    assert unpacked(film(Footage(30.0, joints, None, 0), 1, None).reference)[-1, 0, 0] > 16


def test_films_are_thinned_until_they_fit() -> None:
    joints = np.zeros((120, 24, 3))
    footage = [Footage(30.0, joints, joints, 1)] * 10
    assert step_within(footage, 10_000_000) == 2
    step = step_within(footage, 100_000)
    size = sum(
        len(f.reference) + len(f.tracked or "") for f in (film(x, step, None) for x in footage)
    )
    assert size <= 110_000
    assert step_within([], 1) == 1


def test_the_player_is_given_the_painters_own_body() -> None:
    parts = json.loads(figure())
    assert [len(bones) for _, bones in parts] == [len(part.bones) for part in PARTS]
    assert parts[0][0] == list(PARTS[0].colour)
    assert max(index for _, bones in parts for bone in bones for index in bone[:2]) == 35
