"""`claims-env library`: what each sub-command tells, writes and refuses."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from toys import SwayGenerator

from claims_env.assembly import build_env, whole_library
from claims_env.cli import main
from claims_env.config import read_config
from claims_env.domain_words import DomainWords
from claims_env.motion import Motion
from claims_env.prompt import SLOTS, Phrase, Prompt
from claims_env.run import run
from claims_env.word_file import WordFile, write_word_file

SOURCE = """
waltz_vars = {
    "base_action": ["a step", "a squat"],
    "combo_action": ["a step and a squat", "a jump and a squat"],
    "detail": ["bent knees"],
    "speed_rhythm": ["a slow pace", "a fast pace"],
}
waltz_templates = [
    "She does {base_action} with {detail}, at {speed_rhythm}.",
    "She joins {combo_action} with {detail}, at {speed_rhythm}.",
]
"""
SWAY = ["--generator", "toys:SwayGenerator"]
"""Quicker than the composer."""


class Namesake:
    """Makes the clips of the sway under a name of its own."""

    name = "namesake"

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        """See `MotionGenerator`."""
        return SwayGenerator().generate(prompts, seeds)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A library of two phrases for each slot."""
    template = "She does {base_action}, {combo_action}, {detail}, {speed_rhythm}."
    phrases = {s: tuple(Phrase(f"{s} {i}", i, "any") for i in (1, 5)) for s in SLOTS}
    folder = tmp_path / "words"
    write_word_file(WordFile("dance", DomainWords((template,), phrases), ("any",)), folder)
    return folder


def told(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> str:
    assert main(["library", *map(str, arguments)]) == status
    out, err = capsys.readouterr()
    return out + err


@pytest.mark.parametrize("name", ["show", "check", "import", "calibrate"])
def test_every_sub_command_teaches_by_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"claims-env library {name}" in told(capsys, "--help")
    with pytest.raises(SystemExit):
        main(["library", name, "--help"])
    assert f"claims-env library {name if name != 'show' else ''}" in capsys.readouterr().out


def test_without_a_name_the_domains_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys)
    assert "5,292,000 prompts in all; rectangular" in said
    assert all(domain in said for domain in whole_library().domains)


def test_a_domain_is_listed_with_tiers_and_categories(
    words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = told(capsys, "show", "dance", "--library", words).splitlines()
    assert "dance: 16 prompts" in lines
    (row,) = [line.split() for line in lines if "detail 5" in line]
    assert row == ["1", "5", "detail", "5", "any"]


def test_an_unknown_domain_is_refused_with_a_suggestion(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "Did you mean 'dance'?" in told(capsys, "show", "danse", status=1)


def test_what_is_piped_holds_no_colour(words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in told(capsys, "show", "dance", "--library", words)


def test_a_check_ends_well_with_warnings_and_ill_with_errors(
    words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, "check", words, "--generator", "none")
    assert "dance.yaml:5: warning: base_action has no phrase of tier 2, 3, 4." in said
    assert "0 errors, 4 warnings. 1 domains, 16 prompts." in said
    file = words / "dance.yaml"
    file.write_text(file.read_text().replace("tier: 5", "tier: 6", 1))
    said = told(capsys, "check", words, status=1)
    assert "dance.yaml:7: error: base_action[1].tier is 6. Write a whole number, 1 to 5." in said
    assert "No library can be made of this." in said


def test_a_check_asks_the_generator(words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "check", words, *SWAY)
    assert "'detail 5' gives the very motion of 'detail 1'" in said


def test_an_import_tells_what_it_found_and_can_be_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lists.py").write_text(SOURCE)
    out = tmp_path / "waltz"
    said = told(capsys, "import", tmp_path / "lists.py", "--out", out)
    assert "7 phrases and 2 templates make 8 prompts." in said
    small = {"sets": 2, "rounds": 2, "held_out": 2, "judges": (), "tracker": {"name": "skill"}}
    env = build_env(library=out, generator="toys:SwayGenerator", **small)
    from claims_env.agents.rule_scheduler import RuleScheduler

    assert len(run(RuleScheduler(env.parts.library), env, seed=0)) == 2


def test_an_import_replaces_nothing_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lists.py").write_text(SOURCE)
    asked = ("import", tmp_path, "--out", tmp_path / "waltz")
    told(capsys, *asked)
    assert "holds waltz.yaml already" in told(capsys, *asked, status=1)
    told(capsys, *asked, "--overwrite")


def test_a_calibration_is_written_shown_and_kept(
    words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("calibrate", "--library", words, "--clips", "2", "--workers", "1", *SWAY)
    said = told(capsys, *asked)
    assert "dance: 8 phrases, 0 two tiers or more off" in said
    assert (words / "evidence" / "dance.evidence.yaml").exists()
    assert "dance: kept, 8 phrases" in told(capsys, *asked)
    said = told(capsys, "show", "dance", "--library", words)
    assert "Measured on 2 clips per phrase of the sway" in said and "speed [m/s]" in said
    assert "two tiers off" in told(capsys, "show", "--library", words)


def test_a_domain_asked_for_twice_is_measured_once(
    words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--library", words, "--clips", "2", "--workers", "1", *SWAY)
    said = told(capsys, "calibrate", *asked, "--domain", "dance", "dance")
    assert said.count("dance: 8 phrases") == 1


def test_evidence_of_another_generator_is_measured_anew(
    words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("calibrate", "--library", words, "--clips", "2", "--workers", "1")
    told(capsys, *asked, *SWAY)
    said = told(capsys, *asked, "--generator", f"{__name__}:Namesake")
    assert "dance: 8 phrases" in said and "kept" not in said


@pytest.mark.parametrize("nested", ["&a [*a]", "[" * 3000 + "]" * 3000, "&a [x]\nidle: *a"])
def test_words_that_turn_in_circles_are_refused_by_every_command(
    nested: str, words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = words / "dance.yaml"
    file.write_text(file.read_text().replace("categories: [any]", f"categories: {nested}"))
    for command in (["check", words], ["show", "--library", words]):
        said = told(capsys, *command, status=1)
        assert "dance.yaml" in said and "Traceback" not in said


def test_evidence_of_other_words_is_shown_as_stale(
    words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "calibrate", "--library", words, "--clips", "2", "--workers", "1", *SWAY)
    file = words / "dance.yaml"
    file.write_text(file.read_text().replace("tier: 5", "tier: 4", 1))
    said = told(capsys, "show", "dance", "--library", words)
    assert "STALE, and left out below: the words have changed since" in said
    assert "speed [m/s]" not in said


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--clips", "1"], "Expected at least 2"),
        (["--workers", "-1"], "'workers' is -1. Expected 0 for one per core"),
        (["--seed", "-1"], "'seed' is -1. Expected 0 or more"),
        (["--assist", "-3"], "'assist' is -3.0. Expected from 0 to 1"),
        (["--domain", "danse"], "Did you mean 'dance'?"),
        (["--generator", "compser"], "Did you mean 'composer'?"),
        (["--checkpoint", "nowhere.ckpt"], "nowhere.ckpt is no file"),
        (["--library", "nowhere"], "nowhere does not exist"),
    ],
)
def test_a_calibration_that_cannot_be_is_refused_before_it_begins(
    flags: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in told(capsys, "calibrate", *flags, status=1)
    assert list(tmp_path.iterdir()) == []


def test_a_run_plays_words_of_ones_own(words: Path, tmp_path: Path) -> None:
    flags = ["--library", words, "--tracker.name", "skill", "--sets", "2", "--held-out", "0"]
    out = tmp_path / "run"
    assert main(["run", "smoke", *map(str, flags), *SWAY, "--out", str(out)]) == 0
    assert read_config(out / "config.yaml").library == words
    assert f'"library": "{whole_library(words).digest}"' in (out / "run.json").read_text()


def test_the_evidence_that_ships_is_of_the_words_that_ship() -> None:
    from claims_env.commands.library.evidence_folder import evidence_folder, known

    library, folder = whole_library(), evidence_folder(None)
    stale = {domain: known(folder, library, domain).misfit for domain in library.domains}
    assert set(stale.values()) == {None}
