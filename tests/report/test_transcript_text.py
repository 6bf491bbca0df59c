"""Sentences and strangers' texts, made to be read."""

from dataclasses import replace

from report.recorded import prompt
from report.talked import Words

from claims_env.prompt import UNSAID, free_prompt
from claims_env.report.transcript_sentence import changes_in_words, marked_sentence
from claims_env.report.transcript_text import FOLDED_FROM, MOST, quoted


def test_characters_that_hide_or_turn_others_are_made_visible() -> None:
    seen = Words(quoted("a\u202eb\u200bc\x00d\ne", "f").html).text
    assert seen == "a�b�c�d\ne"


def test_a_long_text_is_folded_and_whole() -> None:
    text = "word " * FOLDED_FROM
    seen = Words(quoted(text, "decision.json").html)
    assert seen.tags[0] == ("details", "long")
    assert seen.text.replace(" …… ", " ") == text


def test_a_text_beyond_measure_is_cut_and_says_where_the_rest_is() -> None:
    seen = Words(quoted("x" * (MOST + 7), "rounds/001/decision.json").html).text
    assert seen.endswith("(and 7 more characters, in rounds/001/decision.json)")


def test_a_slot_that_comes_or_goes_is_neither_harder_nor_easier() -> None:
    curt = replace(prompt("a step"), template="Do {base_action}.", detail=UNSAID)
    whole = prompt("a step")
    assert 'class="level"' in marked_sentence(whole, curt).html
    told = changes_in_words(curt, whole)
    assert told == "detail 3 new, another template; mean tier 2.3 → 2.5"
    assert changes_in_words(whole, curt).startswith("detail 3 left out")
    assert changes_in_words(whole, whole) == "nothing changed; mean tier 2.5 → 2.5"


def test_braces_of_a_template_are_written_once() -> None:
    braced = replace(prompt("a step"), template="{{x}} {base_action}")
    assert Words(marked_sentence(braced, braced).html).text == "{x} a step1"


def test_free_text_is_compared_word_by_word() -> None:
    before, after = (free_prompt("dance", f"The person jumps {how} on.") for how in ("high", "low"))
    html = marked_sentence(after, before).html
    assert html == 'The person jumps <mark class="level">low</mark> on. '
    assert changes_in_words(before, after).startswith("free text")
