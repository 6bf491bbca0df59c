"""Every phrase that ships is understood, and harder tiers ask for larger, faster, longer motion."""

import itertools
from dataclasses import replace
from statistics import mean

import numpy as np
import pytest

from claims_env.generators.composer import compose
from claims_env.generators.composer.lexicon import GENERIC, read, read_text
from claims_env.generators.composer.lexicon_modifiers import TAKES
from claims_env.generators.composer.lexicon_moves import MOVES
from claims_env.generators.composer.lexicon_negation import negated
from claims_env.generators.composer.primitives import PRIMITIVES
from claims_env.generators.composer.score import Move, Score, Style, Timing
from claims_env.library import load_library
from claims_env.prompt import SLOTS, Phrase, Prompt
from claims_env.variable_library import TIERS

LIBRARY = load_library()
NOTHING = Phrase("nothing", 3, "none")


def with_phrase(domain: str, slot: str, phrase: Phrase) -> Score:
    """Read a prompt of the library whose other slots are always the same."""
    words = LIBRARY.words(domain)
    phrases = {s: words.phrases[s][0] for s in SLOTS} | {slot: phrase}
    return read(Prompt(domain, words.templates[0], **phrases))


@pytest.mark.parametrize("domain", LIBRARY.domains)
@pytest.mark.parametrize(("slot", "fewest"), [("base_action", 1), ("combo_action", 2)])
def test_every_action_of_the_library_names_its_moves(domain: str, slot: str, fewest: int):
    for phrase in LIBRARY.words(domain).phrases[slot]:
        score = read_text(phrase.text)
        assert score.moves != (GENERIC,) or "step" in phrase.text, phrase.text
        assert len(score.moves) >= fewest, phrase.text


@pytest.mark.parametrize("domain", LIBRARY.domains)
def test_every_detail_of_the_library_changes_the_style_beyond_its_size(domain: str):
    plain = with_phrase(domain, "detail", NOTHING).style
    for phrase in LIBRARY.words(domain).phrases["detail"]:
        style = with_phrase(domain, "detail", replace(phrase, tier=3)).style
        assert style != plain, phrase.text


@pytest.mark.parametrize("domain", LIBRARY.domains)
def test_every_rhythm_of_the_library_changes_the_timing_beyond_its_tempo(domain: str):
    plain = with_phrase(domain, "speed_rhythm", NOTHING).timing
    for phrase in LIBRARY.words(domain).phrases["speed_rhythm"]:
        timing = with_phrase(domain, "speed_rhythm", replace(phrase, tier=3)).timing
        assert timing != plain, phrase.text


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize("domain", LIBRARY.domains)
def test_no_two_phrases_of_a_slot_ask_for_the_same(domain: str, slot: str):
    phrases = LIBRARY.words(domain).phrases[slot]
    scores = [with_phrase(domain, slot, phrase) for phrase in phrases]
    for (a, one), (b, other) in itertools.combinations(zip(phrases, scores, strict=True), 2):
        same = (one.moves, one.style, one.timing) == (other.moves, other.style, other.timing)
        assert not same, (a.text, b.text)


def test_nineteen_words_in_twenty_of_the_library_are_understood():
    words, lost = 0, 0
    for domain, slot in itertools.product(LIBRARY.domains, SLOTS):
        for phrase in LIBRARY.words(domain).phrases[slot]:
            slots = dict.fromkeys(SLOTS, Phrase("", 3, "none")) | {slot: phrase}
            words += len(phrase.text.split())
            lost += len(read(Prompt(domain, "", **slots)).not_understood)
    assert lost / words < 0.05


def test_the_lexicon_names_only_primitives_that_exist():
    used = {move.primitive for _, moves in MOVES.rows for move in moves} | {GENERIC.primitive}
    assert used <= set(PRIMITIVES)
    assert set(TAKES) <= set(PRIMITIVES)


@pytest.mark.parametrize("parameter", ["height", "turns", "depth", "count"])
def test_every_parameter_the_lexicon_sets_changes_the_motion(parameter: str):
    low, high = {"height": (0.8, 1.6), "turns": (0.5, 2), "depth": (0.2, 0.9), "count": (1, 2)}[
        parameter
    ]
    guard = (Move("guard"),)  # counted twice is not the same as shown twice
    for primitive in (name for name, taken in TAKES.items() if parameter in taken):
        clips = [
            compose(Score((Move(primitive, {parameter: value}), *guard), Style(), Timing()), 0)
            for value in (low, high)
        ]
        assert np.abs(clips[0].joints - clips[1].joints).max() > 0.01, primitive


def test_the_library_shows_most_primitives():
    shown = {
        move.primitive
        for domain, slot in itertools.product(LIBRARY.domains, ("base_action", "combo_action"))
        for phrase in LIBRARY.words(domain).phrases[slot]
        for move in read_text(phrase.text).moves
    }
    assert len(shown) >= 75


def test_a_rendered_prompt_read_as_free_text_names_the_same_moves():
    rng = np.random.default_rng(3)
    for _ in range(150):
        drawn = LIBRARY.sample(rng)
        moves = [move.primitive for move in read(drawn).moves]
        assert [m.primitive for m in read_text(drawn.text).moves] == moves, drawn.text


def test_templates_name_no_move_themselves():
    for domain in LIBRARY.domains:
        for template in LIBRARY.words(domain).templates:
            bare = template.format(**dict.fromkeys(SLOTS, "nothing"))
            assert read_text(bare).moves == (GENERIC,), template


@pytest.mark.parametrize("domain", LIBRARY.domains)
def test_harder_rhythms_and_details_of_the_library_are_never_slower_or_smaller(domain: str):
    for slot in ("detail", "speed_rhythm"):
        by_tier: dict[int, list[float]] = {tier: [] for tier in TIERS}
        for phrase in LIBRARY.words(domain).phrases[slot]:
            score = with_phrase(domain, slot, phrase)
            value = score.style.amplitude if slot == "detail" else score.timing.tempo
            by_tier[phrase.tier].append(value)
        for easier, harder in itertools.pairwise(TIERS):
            assert max(by_tier[easier]) < min(by_tier[harder]), (slot, harder)


@pytest.mark.parametrize("domain", LIBRARY.domains)
def test_combos_fit_into_a_clip_harder_by_what_they_are_and_not_by_how_many(domain: str):
    for phrase in LIBRARY.words(domain).phrases["combo_action"]:
        assert 2 <= len(read_text(phrase.text).moves) <= 3, phrase.text


def test_air_is_rare_in_easy_actions_and_common_in_hard_ones():
    air = {"jump", "leap", "split_leap", "tuck_jump", "star_jump", "jump_turn", "jump_kick", "hop",
           "hop_turn", "vault_hop", "flying_knee", "flying_side_kick", "tornado_kick", "saute",
           "sissonne", "assemble", "pas_de_chat", "stag_leap", "tour_jete", "tour_en_lair",
           "bound", "cartwheel", "dive_reach", "jump_shot",
           "backflip", "back_layout", "front_flip", "side_flip", "aerial", "butterfly",
           "butterfly_twist", "round_off", "back_handspring", "front_handspring", "dive_roll",
           "handspring_vault", "vault_tuck", "kip_up", "lateral_bound", "layup",
           "spike", "block_jump", "sprint"}  # fmt: skip
    shares = []
    for tier in TIERS:
        airborne = [
            any(move.primitive in air for move in read_text(phrase.text).moves)
            for domain, slot in itertools.product(LIBRARY.domains, ("base_action", "combo_action"))
            for phrase in LIBRARY.words(domain).phrases[slot]
            if phrase.tier == tier
        ]
        shares.append(mean(airborne))
    assert shares == sorted(shares)
    assert shares[0] == 0 and shares[-1] > 0.75


def test_no_word_of_the_library_is_a_numeral_or_denies_a_move():
    for domain, slot in itertools.product(LIBRARY.domains, SLOTS):
        for phrase in LIBRARY.words(domain).phrases[slot]:
            assert not any(letter.isdigit() for letter in phrase.text), phrase.text
            assert negated(phrase.text.lower()) == [], phrase.text
    rng = np.random.default_rng(11)
    for _ in range(200):
        assert negated(LIBRARY.sample(rng).text.lower()) == []
