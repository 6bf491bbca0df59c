"""What retrieval makes of words: stems, likenesses, and the actions a prompt asks for."""

from dataclasses import replace

import pytest

from claims_env.generators.mocap_retrieval.request import asks_in, read_request
from claims_env.generators.mocap_retrieval.synonyms import alikeness
from claims_env.generators.mocap_retrieval.words import stem, stems
from claims_env.prompt import Phrase, Prompt


def slots(base: str, combo: str, domain: str = "martial_arts") -> Prompt:
    return Prompt(
        domain,
        "A man does {base_action}, then {combo_action}, with {detail}, in {speed_rhythm}.",
        Phrase(base, 2, "all"),
        Phrase(combo, 2, "all"),
        Phrase("pointed toes", 2, "all"),
        Phrase("some tempo", 3, "all"),
    )


# Words


@pytest.mark.parametrize(
    "forms",
    [
        ("kick", "kicks", "kicked", "kicking"),
        ("run", "runs", "ran", "running"),
        ("dance", "dances", "danced", "dancing"),
        ("punch", "punches", "punching"),
        ("pirouette", "pirouettes"),
        ("roll", "rolls", "rolling"),
        ("carry", "carries"),
        ("throw", "threw", "thrown"),
        ("swing", "swung", "swinging"),
    ],
)
def test_every_form_of_a_word_has_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_words_that_only_end_alike_stay_apart() -> None:
    assert len({stem(word) for word in ("string", "strung", "sing", "ring", "cross", "bus")}) == 6


@pytest.mark.parametrize(
    ("apart", "joined"),
    [
        ("hand spring", "handspring"),
        ("front kick", "frontkick"),
        ("back flip", "backflip"),
        ("round-house", "roundhouse"),
        ("jete", "jeté"),
        ("gets up", "getting up"),
    ],
)
def test_compounds_and_accents_are_read_in_one_way(apart: str, joined: str) -> None:
    assert stems(apart) == stems(joined)


def test_words_of_one_kind_are_alike_and_those_of_two_are_not() -> None:
    assert alikeness("jab", "punch") == 0.75
    assert alikeness("jab", "hook") == 0.75 * 0.75
    assert alikeness(stem("jog"), stem("run")) == 0.75
    assert alikeness("kick", "punch") == 0


# Requests


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("he runs then kicks a ball", ["he runs", "kicks a ball"]),
        ("a kick at waist height", ["a kick at waist height"]),
        ("a knee strike out of a crouch", ["a crouch", "a kneestrike"]),
        ("walk with both arms raised high", ["walk with both arms raised high"]),
        ("a jump, a roll; a squat", ["a jump", "a roll", "a squat"]),
        ("", []),
    ],
)
def test_a_phrase_is_read_into_its_actions_in_order(text: str, asks: list[str]) -> None:
    assert [ask.text for ask in asks_in(text, "text")] == asks


def test_the_template_says_which_action_comes_first() -> None:
    prompt = slots("a kick", "a roll")
    backwards = replace(prompt, template="{combo_action} {base_action} {detail} {speed_rhythm}")
    assert [ask.slot for ask in read_request(prompt).asks] == ["base_action", "combo_action"]
    assert [ask.slot for ask in read_request(backwards).asks] == ["combo_action", "base_action"]


def test_an_athletes_cut_is_no_swords() -> None:
    assert read_request(slots("a sharp cut", "a jump", domain="sport")).asks[0].words[-1] == "turn"
    assert read_request(slots("a sharp cut", "a jump", domain="dance")).asks[0].words[-1] == "cut"
