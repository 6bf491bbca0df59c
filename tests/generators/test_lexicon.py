"""Free sentences and prompts say what to do, how, and when; what is not understood is reported."""

import pytest

from claims_env.generators.composer.lexicon import FASTEST, GENERIC, SLOWEST, read, read_text
from claims_env.generators.composer.lexicon_style import AMPLITUDES
from claims_env.generators.composer.lexicon_timing import TEMPOS
from claims_env.generators.composer.score import Move, Style, Timing
from claims_env.prompt import UNSAID, Phrase, Prompt
from claims_env.variable_library import TIERS

BASE_FIRST = "First {base_action}, then {combo_action}, with {detail}, in {speed_rhythm}."
COMBO_FIRST = "First {combo_action}, then {base_action}, with {detail}, in {speed_rhythm}."


def prompt(
    base: str = "a jab",
    combo: str = "a duck and a hop",
    detail: str = "long lines",
    rhythm: str = "a calm steady count",
    *,
    tiers: tuple[int, int, int, int] = (3, 3, 3, 3),
    template: str = BASE_FIRST,
    domain: str = "elsewhere",
) -> Prompt:
    texts = (base, combo, detail, rhythm)
    phrases = [Phrase(text, tier, "any") for text, tier in zip(texts, tiers, strict=True)]
    return Prompt(domain, template, *phrases)


def named(text: str) -> list[str]:
    return [move.primitive for move in read_text(text).moves]


def only_move(text: str) -> Move:
    (move,) = read_text(text).moves
    return move


# tiers


def test_tempo_and_amplitude_rise_with_every_tier_of_rhythm_and_detail():
    scores = [read(prompt(tiers=(3, 3, tier, tier))) for tier in TIERS]
    assert [s.timing.tempo for s in scores] == list(TEMPOS)
    assert [s.style.amplitude for s in scores] == list(AMPLITUDES)
    assert list(TEMPOS) == sorted(TEMPOS) and list(AMPLITUDES) == sorted(AMPLITUDES)


def test_harder_actions_are_done_a_little_larger():
    sizes = [read(prompt(tiers=(tier, tier, 3, 3))).style.amplitude for tier in TIERS]
    assert sizes == [0.94, 0.97, 1.0, 1.03, 1.06]


def test_a_fractional_tier_lies_between_its_neighbours():
    assert read_text("a jab", 2.5).timing.tempo == pytest.approx((TEMPOS[1] + TEMPOS[2]) / 2)


# grammar


def test_moves_come_in_the_order_the_template_gives():
    primitives = ["jab", "duck", "hop"]
    assert [m.primitive for m in read(prompt()).moves] == primitives
    moves = read(prompt(template=COMBO_FIRST)).moves
    assert [m.primitive for m in moves] == ["duck", "hop", "jab"]


def test_the_special_name_wins_over_the_general_one():
    assert named("a jab into a spinning back kick") == ["jab", "spinning_back_kick"]
    assert named("a back kick, a side kick and a kick") == ["back_kick", "side_kick", "front_kick"]
    assert named("a cross and a crossover step") == ["cross", "side_step"]
    assert named("a jump shot, a tuck jump, then a jump") == ["jump_shot", "tuck_jump", "jump"]


def test_out_of_and_from_and_after_turn_the_order_round():
    assert named("a knee strike out of a clinch") == ["clinch", "knee_strike"]
    assert named("he jumps after two steps") == ["step", "jump"]
    assert named("a straight jump off the springboard into a roll") == ["jump", "forward_roll"]


def test_modifiers_belong_to_the_move_beside_them():
    jab, hook = read_text("a left jab into a right hook").moves
    assert (jab.parameters, hook.parameters) == ({"side": 1.0}, {"side": -1.0})
    slip, kick = read_text("a slip to the left and a front kick at head height").moves
    assert (slip.parameters, kick.parameters) == ({"side": 1.0}, {"height": 1.5})


def test_double_is_two_turns_of_a_pirouette_and_two_jabs():
    assert only_move("a double pirouette") == Move("pirouette", {"turns": 2.0})
    assert only_move("he throws two jabs") == Move("jab", {"count": 2.0})
    assert only_move("a double-leg takedown") == Move("shoot", {"depth": 0.9})


def test_to_cross_a_place_is_to_walk_and_a_cross_is_a_punch():
    assert named("she crosses the stage and jumps") == ["step", "jump"]
    assert named("he crosses to the other side, then ducks") == ["step", "duck"]
    assert named("a kick after crossing the mat") == ["step", "front_kick"]
    assert named("a cross to the chin and two crosses") == ["cross", "cross"]
    assert named("a straight cross through the target") == ["cross"]


def test_crossed_arms_are_neither_a_walk_nor_a_punch():
    score = read_text("she crosses her arms and jumps")
    assert [move.primitive for move in score.moves] == ["jump"]
    assert score.not_understood == ("crosses",)


def test_to_pass_someone_is_to_walk_and_to_pass_a_ball_is_a_chest_pass():
    assert named("he passes her partner and jumps") == ["step", "jump"]
    assert named("passing behind the defender she leaps") == ["step", "leap"]
    assert named("she passes the ball") == ["chest_pass"]
    assert named("she passes her partner the ball") == ["chest_pass"]
    assert named("a light pass to a teammate") == ["chest_pass"]
    assert named("an overarm pass") == ["throw"]


def test_a_hook_kick_is_one_kick():
    assert named("a hook kick") == ["hook_kick"]
    assert named("a hook, a kick and a reverse hook kick") == ["hook", "front_kick", "spin_kick"]


def test_a_follow_through_is_part_of_every_strike():
    assert read_text("a jab with a long follow-through").not_understood == ()


def test_what_cannot_be_counted_is_done_again():
    assert named("a double cut and a hop") == ["cut", "cut", "hop"]


def test_a_modifier_that_no_move_has_a_use_for_is_reported():
    assert read_text("a hip throw at head height").not_understood == ("head",)
    assert read_text("a front kick at head height").not_understood == ()


def test_amplitudes_multiply():
    assert only_move("a small light jab").parameters["amplitude"] == pytest.approx(
        0.75 * 0.85, abs=1e-3
    )


def test_words_within_other_words_name_nothing():
    assert read_text("the kickstand, a walkthrough and a passage").moves == (GENERIC,)


def test_accents_and_capitals_do_not_matter():
    assert named("Un Développé, then a PLIÉ") == ["developpe", "plie"]


# style, timing, and what is left


def test_a_later_word_overrules_an_earlier_one_and_deep_is_not_very_deep():
    assert read(prompt(detail="a very deep stance and a high guard")).style == Style(
        extension=0.5, depth=0.9, guard=1.0
    )
    assert read(prompt(detail="a deep stance")).style.depth == 0.7


def test_a_rhythm_sets_pattern_sharpness_and_pause():
    timing = read(prompt(rhythm="an explosive burst after every rest", tiers=(3, 3, 3, 5))).timing
    assert timing == Timing(tempo=1.5, sharpness=0.9, pause=0.05, pattern="burst")


def test_a_domain_has_its_own_bearing():
    assert read(prompt(detail="", domain="dance")).style.turnout == 0.35
    assert read(prompt(detail="", domain="combat")).style.guard == 0.8


def test_pace_words_speed_up_free_sentences_within_bounds():
    assert read_text("a jab").timing.tempo == pytest.approx(TEMPOS[2])
    assert read_text("a fast jab").timing.tempo == pytest.approx(TEMPOS[2] * 1.2)
    assert read_text("a very fast rapid quick jab", 5).timing.tempo == FASTEST
    assert read_text("very slowly, slowly and calmly he steps", 1).timing.tempo == SLOWEST


def test_a_text_that_names_no_move_is_generic_and_says_so():
    score = read_text("The person photosynthesises brightly.")
    assert score.moves == (GENERIC,)
    assert score.not_understood == ("photosynthesises", "brightly")


def test_what_is_not_understood_is_reported_and_the_rest_is_done():
    score = read(prompt(base="a jab through jelly", rhythm="a purple calm steady count"))
    assert score.moves[0] == Move("jab")
    assert score.not_understood == ("jelly", "purple")


def test_reading_is_a_function_of_the_words_alone():
    assert read(prompt()) == read(prompt())


def test_a_text_of_filler_words_alone_says_what_it_is_shown_as():
    assert read_text("The person is there.").fallback == GENERIC.primitive
    assert read_text("The person kicks.").fallback == ""


def test_a_score_knows_which_moves_are_the_base_actions():
    assert read(prompt("a jab and a cross", "a duck")).base == (0, 1)
    assert read(prompt("a jab and a cross", "a duck", template=COMBO_FIRST)).base == (1, 2)


def test_an_unsaid_slot_counts_as_hard_as_what_is_said():
    said = Phrase("a jab", 4, "any")
    curt = read(Prompt("elsewhere", "One does {base_action}.", said, UNSAID, UNSAID, UNSAID))
    full = read(prompt(tiers=(4, 4, 4, 4), detail="it", rhythm="it"))
    assert (curt.style, curt.timing) == (full.style, full.timing)
    assert [move.primitive for move in curt.moves] == ["jab"]


# numerals, other scripts, denials


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("2 jumps", "two jumps"),
        ("jump 2 times", "jump two times"),
        ("jump 2x", "jump twice"),
        ("3 jabs", "three jabs"),
        ("a 2 turn pirouette", "a two turn pirouette"),
        ("kick 4.", "kick four."),
    ],
)
def test_numerals_count_like_words(digits: str, words: str):
    assert read_text(digits) == read_text(words)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("10 jumps", ("10",)),
        ("walk 2.5 m", ("2.5", "m")),
        ("walk 3 m", ("3", "m")),
        ("прыжок and a jab", ("прыжок",)),
        ("점프 and a jab", ("점프",)),
        ("跳 and a jab", ("跳",)),
        ("a jab 🥋🥋", ("🥋🥋",)),
        ("a jab → a cross — a hook", ()),
    ],
)
def test_numbers_and_words_of_any_script_that_change_nothing_are_reported(
    text: str, lost: tuple[str, ...]
):
    assert read_text(text).not_understood == lost


@pytest.mark.parametrize(
    ("text", "moves", "denied"),
    [
        ("no kick, just walk", ["step"], "no kick"),
        ("walk without kicking", ["step"], "without kicking"),
        ("do not jump but run", ["run"], "do not jump"),
        ("a jab and never a hook or a roll", ["jab"], "never a hook or a roll"),
        ("don\u2019t kick, jump", ["jump"], "don\u2019t kick"),
    ],
)
def test_a_move_denied_is_not_performed_and_said_to_be_denied(
    text: str, moves: list[str], denied: str
):
    assert named(text) == moves
    assert read_text(text).not_understood[0] == denied


def test_what_denies_no_move_changes_none():
    assert named("never stop running") == ["run"]
    assert named("not only a kick but a jab") == ["front_kick", "jab"]
    assert named("a jab without rest and a kick") == ["jab", "front_kick"]


def test_a_sentence_that_denies_all_it_names_shows_the_stand_in():
    assert read_text("no kick").fallback == GENERIC.primitive
