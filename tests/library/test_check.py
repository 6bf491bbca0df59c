"""A check tells every fault with its line, and what is merely worth a look as a warning."""

from pathlib import Path

import pytest

from claims_env.errors import LibraryError
from claims_env.library import load_library
from claims_env.library.check import check_library

VALID = """categories: [rolls]
templates:
  - "A {base_action}, {combo_action}, {detail}, {speed_rhythm}."
base_action:
  - {text: roll, tier: 1, category: rolls}
  - {text: hop, tier: 2, category: rolls}
combo_action: [{text: a roll and a jump, tier: 2, category: rolls}]
detail: [{text: long lines, tier: 3, category: rolls}]
speed_rhythm: [{text: a calm count, tier: 4, category: rolls}]
"""


def found(folder: Path, **texts: str) -> list[tuple[str, str, str]]:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return [(f.severity, f.place, f.problem) for f in check_library(folder).findings]


def errors(folder: Path, **texts: str) -> list[tuple[str, str]]:
    said = found(folder, **texts)
    return [(place, problem) for severity, place, problem in said if severity == "error"]


def test_the_shipped_words_have_no_error_and_no_slip_of_grammar() -> None:
    checked = check_library()
    assert checked.findings == ()
    assert checked.library is not None and checked.library.digest == load_library().digest


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = VALID.replace("tier: 1", "tier: 9").replace("tier: 4", "tier: no")
    assert errors(tmp_path, odd=text.replace("text: hop", "text: 7")) == [
        ("odd.yaml:5", "base_action[0].tier is 9."),
        ("odd.yaml:6", "base_action[1].text is 7."),
        ("odd.yaml:9", "speed_rhythm[0].tier is False."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "text: hop",
            "text: roll",
            ("odd.yaml:6", "base_action[1] repeats base_action[0], 'roll'."),
        ),
        ("detail:", "details:", ("odd.yaml:1", "the file lacks detail.")),
        ("tier: 2, category", "tier: 2, tier: 3, category", ("odd.yaml:6", "the key 'tier' is wr")),
        ("[rolls]", "[rolls", ("odd.yaml:2", "it is no readable YAML")),
        ("{detail}", "{detial}", ("odd.yaml:3", "the template 'A {base_action}")),
        ("{detail}", "{detail!r}", ("odd.yaml:3", "the template 'A {base_action}")),
        ("{detail}", "{detail", ("odd.yaml:3", "The template 'A {base_action}")),
    ],
)
def test_a_fault_is_found_where_it_is(
    tmp_path: Path, old: str, new: str, expected: tuple[str, str]
) -> None:
    told = errors(tmp_path, odd=VALID.replace(old, new, 1))
    assert any(place == expected[0] and said.startswith(expected[1]) for place, said in told), told


def test_lists_of_different_length_are_worth_a_look(tmp_path: Path) -> None:
    one_less = VALID.replace("  - {text: hop, tier: 2, category: rolls}\n", "")
    said = found(tmp_path, a=VALID, b=one_less.replace('"A {', '"B {'))
    ragged = "base_action has 1 entries where another domain has 2."
    assert ("warning", "b.yaml:4", ragged) in said


def test_missing_tiers_and_idle_categories_are_worth_a_look(tmp_path: Path) -> None:
    said = found(tmp_path, a=VALID.replace("[rolls]", "[rolls, leaps]"))
    assert ("warning", "a.yaml:1", "no phrase belongs to leaps.") in said
    assert ("warning", "a.yaml:4", "base_action has no phrase of tier 3, 4, 5.") in said


def test_sentences_that_read_back_to_another_prompt_are_worth_a_look(tmp_path: Path) -> None:
    said = found(tmp_path, a=VALID, b=VALID)
    (told,) = [place for _, place, problem in said if "read back to another prompt" in problem]
    assert told == "b.yaml:2"


def test_an_article_before_a_vowel_is_found_where_phrase_and_template_meet(tmp_path: Path) -> None:
    said = found(tmp_path, a=VALID.replace("text: hop", "text: arm swing"))
    told = "base_action[1] 'arm swing' in 1 of 1 templates: 'a arm' should read 'an arm'."
    assert ("warning", "a.yaml:6", told) in said


def test_where_words_came_from_may_be_said(tmp_path: Path) -> None:
    assert errors(tmp_path, a="provenance: {source: mine}\n" + VALID) == []


def test_a_single_file_is_a_library_and_evidence_is_none(tmp_path: Path) -> None:
    found(tmp_path, a=VALID, b=VALID.replace('"A {', '"B {'))
    (tmp_path / "a.evidence.yaml").write_text("format: other\n")
    assert load_library(tmp_path).domains == ("a", "b")
    assert load_library(tmp_path / "b.yaml").domains == ("b",)


@pytest.mark.parametrize(("name", "said"), [("nowhere", "does not exist"), ("x.txt", "no YAML")])
def test_a_path_without_words_is_refused(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "x.txt").write_text("words")
    with pytest.raises(LibraryError, match=said):
        check_library(tmp_path / name)


def test_an_alias_is_refused_with_its_line_and_a_star_in_a_word_is_not(tmp_path: Path) -> None:
    text = VALID.replace("category: rolls}", "category: &c rolls}", 1)
    text = text.replace("tier: 2, category: rolls", "tier: 2, category: *c", 1)
    assert errors(tmp_path, odd=text) == [("odd.yaml:6", "it uses an alias (*name).")]
    assert errors(tmp_path, odd=VALID.replace("text: hop", "text: hop * hop")) == []


def test_an_alias_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)
    )
    assert errors(tmp_path, odd=bomb + VALID) == [("odd.yaml:2", "it uses an alias (*name).")]


@pytest.mark.parametrize("depth", [13, 300, 3000])
def test_a_deep_nest_is_refused_wherever_it_is(tmp_path: Path, depth: int) -> None:
    nest = "[" * depth + "]" * depth
    for text in (f"provenance: {nest}\n{VALID}", VALID.replace("[rolls]", nest)):
        ((place, said),) = errors(tmp_path, odd=text)
        assert place == "odd.yaml" and ("nest deeper than 12" in said or "no readable YAML" in said)
