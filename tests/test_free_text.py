"""Sentences as actions: what is one, what becomes of it, and that a run of them goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gymnasium as gym
import pytest
from gymnasium.utils.env_checker import check_env
from toys import Toy

from claims_env.errors import ContractBroken
from claims_env.free_sentence import repeated, round_problem, sentence_problem, tidied
from claims_env.free_text import ANY_DOMAIN, FreeText, SentenceSpace
from claims_env.ledger import RunLedger
from claims_env.prompt import Prompt, free_prompt
from claims_env.records import from_json, to_json
from claims_env.run import run
from claims_env.run_folder import read_rounds
from claims_env.scheduler import Observation

FOUR = tuple(f"The dancer turns {n} times on one foot." for n in ("two", "three", "four", "five"))


@dataclass
class Author:
    """Writes what it was given, round after round."""

    pages: Sequence[Sequence[str]]
    name: str = "author"
    asked: list[int] = field(default_factory=list[int])

    def write(self, observation: Observation, info: dict[str, Any]) -> Sequence[str]:
        self.asked.append(len(info["rounds"]))
        return self.pages[len(info["rounds"]) - 1]


def renamed(word: str) -> tuple[str, ...]:
    return tuple(said.replace("dancer", word) for said in FOUR)


def test_free_text_is_a_prompt_that_fills_no_slot() -> None:
    prompt = free_prompt("dance", "The dancer leaps {high} and lands.")
    assert prompt.text == "The dancer leaps {high} and lands."
    assert prompt.is_free
    assert (prompt.said, prompt.tiers, prompt.tier) == ((), (0, 0, 0, 0), 0.0)
    assert from_json(Prompt, to_json(prompt)) == prompt


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("Jumps.", "6 characters"),
        ("The person jumps " * 40, "680 characters"),
        ("The person jumps\nand lands.", "LINE FEED|U\\+000A"),
        ("The person jumps\u200b and lands.", "ZERO WIDTH SPACE"),
        ("1 2 3 4 5 6 7 8", "no word"),
        ("The person jumps. Then it lands.", "more than one sentence"),
    ],
)
def test_what_is_no_sentence_is_named(said: str, problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        assert sentence_problem(said) is None, sentence_problem(said)


def test_a_sentence_may_hold_accents_arrows_and_a_decimal_point() -> None:
    assert sentence_problem("A grand plié → relevé of 1.5 turns, landing softly.") is None


def test_marks_that_models_add_are_taken_off() -> None:
    assert tidied('  **"The person  jumps\n high."** ') == "The person jumps high."


def test_case_blanks_and_a_full_stop_do_not_make_a_sentence_new() -> None:
    assert repeated(["The person jumps.", "A step to the side", "the  person jumps"]) == [2]
    assert "the round says already" in str(round_problem(["The person jumps."] * 2))


def test_the_space_holds_what_it_draws_and_nothing_else() -> None:
    space = SentenceSpace(4, seed=0)
    assert space.contains(space.sample())
    assert FOUR in space
    assert list(FOUR) in space
    for wrong in (FOUR[:3], "The person jumps high.", (*FOUR[:3], FOUR[0]), (*FOUR[:3], 4), None):
        assert wrong not in space


def test_a_sentence_keeps_the_domain_of_the_set_it_follows(toy: Toy) -> None:
    env = FreeText(toy.env())
    observation, _ = env.reset(seed=0)
    before = [s.prompt.domain for s in env.rounds[0].sets]
    observation, _, _, _, _ = env.step(FOUR)
    assert [s.prompt.domain for s in env.rounds[1].sets] == before
    assert [s.prompt.text for s in env.rounds[1].sets] == list(FOUR)
    assert env.observation_space.contains(observation)
    names = dict(zip(env.curriculum.observation_names, observation, strict=True))
    assert names["set0.tier.detail"] == 0.0


def test_an_action_that_does_not_fit_plays_nothing(toy: Toy) -> None:
    env = FreeText(toy.env())
    with pytest.raises(gym.error.ResetNeeded):
        env.step(FOUR)
    env.reset(seed=0)
    with pytest.raises(gym.error.InvalidAction, match="3 sentence"):
        env.step(FOUR[:3])
    assert len(env.rounds) == 1


def test_round_0_can_be_written_too(toy: Toy) -> None:
    env = FreeText(toy.env())
    env.reset(seed=0, options={"opening": FOUR})
    assert [s.prompt for s in env.rounds[0].sets] == [free_prompt(ANY_DOMAIN, s) for s in FOUR]
    with pytest.raises(gym.error.InvalidAction, match="1 sentence"):
        env.reset(seed=0, options={"opening": FOUR[:1]})


def test_an_opening_of_prompts_must_have_one_for_each_set(toy: Toy) -> None:
    with pytest.raises(gym.error.InvalidAction, match=r"1 prompt.*Expected 4"):
        toy.env().reset(seed=0, options={"opening": (free_prompt("dance", FOUR[0]),)})


def test_a_run_without_steps_plays_its_opening_only(toy: Toy) -> None:
    author = Author([])
    rounds = run(author, toy.env(rounds=1), seed=0)
    assert [played.index for played in rounds] == [0]
    assert author.asked == []


def test_a_writer_that_breaks_its_contract_is_named_before_anything_is_recorded(toy: Toy) -> None:
    with pytest.raises(ContractBroken, match=r"'author' wrote no action\. It holds 2 sentence"):
        run(Author([FOUR[:2]]), toy.env(), seed=0)


def test_a_run_of_sentences_is_read_back_and_continued(toy: Toy, tmp_path: Path) -> None:
    pages = [FOUR, renamed("gymnast")]
    with RunLedger.create(tmp_path / "whole", "", {}) as ledger:
        whole = run(Author(pages), toy.env(ledger=ledger), seed=0, ledger=ledger)
    folder = tmp_path / "run"
    with RunLedger.create(folder, "", {}) as ledger, pytest.raises(IndexError):
        run(Author(pages[:1]), toy.env(ledger=ledger), seed=0, ledger=ledger)
    author = Author(pages)
    with RunLedger.resume(folder) as ledger:
        assert run(author, toy.env(ledger=ledger), seed=0, ledger=ledger) == whole
    assert author.asked == [2]
    assert read_rounds(folder) == whole


@pytest.mark.filterwarnings("ignore:.*different from the unwrapped version")
def test_the_wrapper_passes_gymnasiums_own_check(toy: Toy) -> None:
    check_env(FreeText(toy.env()), skip_render_check=True)
