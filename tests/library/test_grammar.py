"""What reads badly is found, and what reads well is left alone."""

import pytest

from claims_env.library.grammar import (
    phrase_faults,
    seam_faults,
    sentence_faults,
    template_faults,
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a arm swing", "'a arm' should read 'an arm'"),
        ("an kick", "'an kick' should read 'a kick'"),
        ("with the a kick ", "two articles stand together: 'the a'"),
        ("a kick with with force", "'with' stands twice"),
        ("a  kick", "two blanks stand together: 'a  kick'"),
        ("a kick , then", "a blank stands before a mark: 'kick ,'"),
    ],
)
def test_a_slip_is_named(text: str, fault: str) -> None:
    assert sentence_faults(text) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "a one-legged hop",
        "a uniform pace",
        "a useful grip",
        "an upright back",
        "an hour",
        "an honest effort",
        "a European step",
        "an L-sit hold",
        "a split → an arabesque",
    ],
)
def test_english_that_only_looks_wrong_is_left_alone(text: str) -> None:
    assert sentence_faults(text) == []


def test_phrases_are_looked_at_as_parts_of_a_sentence() -> None:
    assert phrase_faults("a low kick") == []
    assert phrase_faults(" A kick.") == [
        "it begins or ends with a blank",
        "it ends with a mark, which the template sets",
    ]
    assert phrase_faults("Kicks") == ["it begins with a capital letter"]


def test_templates_are_looked_at_as_sentences() -> None:
    assert template_faults("He does {base_action}, {detail}.") == []
    assert template_faults("he does {base_action}{detail}") == [
        "it begins without a capital letter",
        "it ends without a full stop",
        "a slot touches a word or another slot",
    ]


def test_a_seam_tells_only_what_neither_side_shows_alone() -> None:
    template = "He does a {base_action} with {detail}."
    assert seam_faults(template, "base_action", "arm swing") == ["'a arm' should read 'an arm'"]
    assert seam_faults(template, "base_action", "the kick") == [
        "two articles stand together: 'a the'"
    ]
    assert seam_faults(template, "detail", "with force") == ["'with' stands twice"]
    assert seam_faults(template, "detail", "a arm up") == []
