"""What a person sees of how the prompts of a round were chosen."""

from dataclasses import replace

import pytest
from report.recorded import RunWriter, entry, finished
from report.talked import CHANGES, COUNTS, EVIL, GROUP, TALK, WHY, Words, section, spend, talked

from claims_env.decision_record import (
    Asking,
    Decision,
    GroupTalk,
    SetChange,
    decision_as_json,
)
from claims_env.judge import Alignment
from claims_env.report import transcript as room
from claims_env.report import write_report
from claims_env.report.transcript_record import read_explanation
from claims_env.report.transcript_text import MOST


def test_a_card_shows_both_sentences_what_tracking_did_and_why(writer: RunWriter) -> None:
    seen = section(talked(writer, decision_as_json(TALK)))
    assert "before: Do a step1, b2, c3, d4▼." in seen.text
    assert "after: Do a step1, b2, c3, e5▲." in seen.text
    assert "speed rhythm 4 → 5; mean tier 2.5 → 2.8" in seen.text
    assert "tracked after its training" in seen.text
    assert "lost at 20 after its training" in seen.text
    assert "rejected: the root flies" in seen.text
    assert all(reason in seen.text for reason in WHY.values())
    assert seen.tags.count(("mark", "up")) == seen.tags.count(("mark", "down")) == 1


def test_who_chose_and_what_was_not_harder_is_said(writer: RunWriter) -> None:
    text = section(talked(writer, decision_as_json(TALK))).text
    assert "Of 2 sets: 1 chosen by the model; 1 chosen by the rule in code." in text
    assert (
        "Set 1 (set 2 of its question)chosen by the rule in code: cut at max_tokens (8000)" in text
    )
    assert "Not strictly harder: 1 (set 1)." in text
    assert "base_action 2 to 1" in text
    assert "with the text of 'scheduler 1'; grouping random." in text


def test_answers_that_were_not_used_are_shown_with_the_reason(writer: RunWriter) -> None:
    text = section(talked(writer, decision_as_json(TALK))).text
    assert "Question abababababab on sets 0, 1 · 900 tokens in, 80 out" in text
    assert "What was wrongIt is cut off." in text
    assert '{"sets": [' in text
    assert "answered by other" in text
    assert "answered by served" not in text


def test_without_an_explanation_both_sentences_are_shown_all_the_same(writer: RunWriter) -> None:
    seen = section(talked(writer))
    assert "after: Do a step1, b2, c3, e5▲." in seen.text
    assert "Question" not in seen.text
    assert seen.tags.count(("article", "card change")) == 2


def test_sets_that_no_group_speaks_of_are_still_shown(writer: RunWriter) -> None:
    alone = replace(TALK, groups=(replace(GROUP, changes=CHANGES[1:]),))
    text = section(talked(writer, decision_as_json(alone))).text
    assert "Sets without an explanation" in text
    assert "e5▲" in text


def test_a_change_of_a_set_that_is_not_there_costs_nothing(writer: RunWriter) -> None:
    strange = replace(TALK, groups=(replace(GROUP, changes=(SetChange(9, "llm", {}),)),))
    seen = section(talked(writer, decision_as_json(strange)))
    assert seen.tags.count(("article", "card change")) == 2


def test_what_a_scheduler_of_ones_own_says_is_shown_as_it_is(writer: RunWriter) -> None:
    text = section(talked(writer, {"mood": EVIL})).text
    assert '"mood": "<script>' in text


@pytest.mark.parametrize("text", ["{broken", "[" * 100_000])
def test_a_damaged_explanation_is_named_and_costs_nothing_else(
    writer: RunWriter, text: str
) -> None:
    folder = talked(writer, text=text)
    told = read_explanation(folder, 1)
    assert told is not None
    assert told.other.startswith("decision.json cannot be read")
    assert "e5▲" in section(folder).text


def test_what_a_model_says_cannot_become_markup(writer: RunWriter) -> None:
    evil = GroupTalk(
        domain=EVIL,
        askings=(Asking(EVIL, (0,), EVIL, None, EVIL, EVIL),),
        analysis={EVIL: EVIL},
        changes=(SetChange(0, f"rule: {EVIL}", {EVIL: EVIL}, False, EVIL),),
    )
    folder = talked(writer, decision_as_json(Decision(EVIL, EVIL, {EVIL: EVIL}, (evil,))))
    spend(folder, {"round": 1, "stage": "decide", "chats": [{**COUNTS, "model": EVIL}]})
    page = Words(write_report(folder).read_text("utf-8"))
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert EVIL in page.text
    assert "<img src=x" not in (folder / "report.html").read_text("utf-8")
    told = (folder / "report.md").read_text("utf-8")
    assert "<script" not in told
    assert "](" not in told.replace("]\\(", "")


def test_reasons_of_older_rounds_give_way_to_those_of_newer_ones(writer: RunWriter) -> None:
    endless = SetChange(0, "llm", {str(i): "x" * MOST for i in range(room.MOST_BYTES // MOST + 9)})
    folder = talked(
        writer, decision_as_json(replace(TALK, groups=(replace(GROUP, changes=(endless,)),)))
    )
    seen = section(folder)
    assert "to keep the page small: rounds/001/decision.json" in seen.text
    assert "e5▲" in seen.text
    assert "chosen by the model" in seen.text
    assert len(seen.text) < 10_000


def test_the_same_talk_gives_the_same_page(writer: RunWriter) -> None:
    folder = talked(writer, decision_as_json(TALK))
    assert write_report(folder).read_bytes() == write_report(folder).read_bytes()


def test_a_set_that_was_redrawn_belongs_to_no_question(writer: RunWriter) -> None:
    drawn = GroupTalk("dance", (), {}, (SetChange(0, "redrawn: no clip", {}),))
    text = section(talked(writer, decision_as_json(replace(TALK, groups=(drawn,))))).text
    assert "Set 0redrawn by the rule in code: no clip" in text


def test_what_a_model_says_of_a_clips_looks_is_shown(writer: RunWriter) -> None:
    seen = Alignment(0.9, "mismatch", "A walk.", 3, "sport", inconsistent=True)
    folder = writer.write(finished(0, [entry("c0", alignments={"m": seen})]))
    text = Words(write_report(folder).read_text("utf-8")).text
    assert (
        "A walk. Looks like sport. Knowing the prompt: 3/10 hard. Score and verdict contr" in text
    )


@pytest.mark.parametrize(
    ("config", "rule"),
    [("keep_score: 0.5\n", "an alignment of 0.5 or more"), ("", "no judge calls a mismatch")],
)
def test_by_which_rule_clips_were_kept_is_told(writer: RunWriter, config: str, rule: str) -> None:
    folder = writer.write(finished(0, [entry("c0")]), config=f"rounds: 2\n{config}")
    assert rule in write_report(folder).read_text("utf-8")
