"""claims-env generate: what is asked for, what is written, what is told, and what is refused."""

import hashlib
import json
import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from toys import SwayGenerator, swaying

from claims_env.assembly import whole_library
from claims_env.cli import main
from claims_env.commands.generate.flags import DESCRIPTION
from claims_env.commands.generate.order import Order
from claims_env.commands.generate.summary import Made, show
from claims_env.motion import Motion, load_motion
from claims_env.motion_filter import check
from claims_env.prompt import SLOTS, Prompt

QUICK = ["--generator", "toys:SwayGenerator", "--no-pictures"]


class Stopping(SwayGenerator):
    """Is interrupted in its second batch."""

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        if min(seeds) > 0:
            raise KeyboardInterrupt
        return super().generate(prompts, seeds)


class Forgetful(SwayGenerator):
    """Gives a motion too few."""

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        return super().generate(prompts[1:], seeds[1:])


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def index(folder: str = "clips") -> dict[str, Any]:
    content: dict[str, Any] = json.loads((Path(folder) / "index.json").read_text())
    return content


def test_a_text_becomes_a_motion_its_pictures_and_an_index() -> None:
    assert main(["generate", "a front kick, then a jump", "--generator", "toys:SwayGenerator"]) == 0
    (clip,) = index()["clips"]
    name = clip["name"]
    assert name.startswith("a-front-kick-then-a-jump-s0-")
    files = {path.name for path in Path("clips").iterdir()}
    assert files == {"index.json", "sheet.png", *(f"{name}.{s}" for s in ("npz", "png", "webp"))}
    assert load_motion(Path("clips") / f"{name}.npz").name == name
    with Image.open(Path("clips") / f"{name}.webp") as film:
        assert getattr(film, "n_frames", 1) == 30  # 2 s at 15 Hz
    assert (Path("clips") / f"{name}.webp").stat().st_size <= 400_000


def test_what_was_understood_and_what_was_not_is_told_and_recorded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["generate", "a front kick, then flumox the grommet", "--no-pictures"]) == 0
    told = capsys.readouterr().out
    (clip,) = index()["clips"]
    assert clip["kind"] == "free text" and clip["slots"] is None
    assert "grommet" in clip["understood"]["not_understood"]
    assert "front_kick" in told and "grommet" in told and "passes" in told


def test_what_is_told_fits_a_terminal_of_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    motion = swaying(1.0, frames=20).with_provenance(
        moves=[{"primitive": "step"}] * 30,
        style={"amplitude": 1.0, "guard": 0.5},
        not_understood=["blorp", "fnord"],
        matched=False,
    )
    show([Made(Order("blorp the fnord " * 20, 3), motion, check(motion))] * 11, width=80)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    told = {line.strip() for line in lines}
    assert "not understood  blorp, fnord" in told
    assert "attention  no recording matches these words" in told
    assert "style  amplitude 1, guard 0.5" in told
    assert any(line.startswith("11   passes") for line in told)


def test_a_sentence_of_the_library_is_read_as_its_slots() -> None:
    library = whole_library()
    prompt = library.sample(np.random.default_rng(0))
    assert main(["generate", prompt.text, *QUICK]) == 0
    (clip,) = index()["clips"]
    assert clip["kind"] == "slot-filled"
    assert clip["slots"]["domain"] == prompt.domain
    assert clip["slots"]["detail"] == {"text": prompt.detail.text, "tier": prompt.detail.tier}
    assert clip["name"].startswith(prompt.domain.replace("_", "-"))


def test_the_same_call_writes_the_same_bytes() -> None:
    for folder in ("first", "second"):
        call = ["generate", "a jump", "--random", "2", "--no-pictures", "--out", folder]
        assert main(call) == 0
    first, second = (
        {path.name: path.read_bytes() for path in Path(folder).iterdir()}
        for folder in ("first", "second")
    )
    assert first == second and len(first) == 4


def test_the_index_vouches_for_its_files() -> None:
    main(["generate", "a jump", *QUICK])
    (clip,) = index()["clips"]
    told = clip["files"]["npz"]
    content = (Path("clips") / told["name"]).read_bytes()
    assert told["sha256"] == hashlib.sha256(content).hexdigest()
    assert index()["generator"] == "toys:SwayGenerator"


def test_each_prompt_has_as_many_takes_as_are_asked_for() -> None:
    assert main(["generate", "a jump", "a kick", "--seed", "4", "--seeds", "3", *QUICK]) == 0
    clips = index()["clips"]
    assert [clip["seed"] for clip in clips] == [4, 5, 6, 4, 5, 6]
    assert len({clip["name"] for clip in clips}) == 6


def test_what_is_asked_for_twice_is_made_once() -> None:
    assert main(["generate", "a jump", "a jump", *QUICK]) == 0
    assert len(index()["clips"]) == 1


def test_texts_that_begin_alike_never_share_a_name() -> None:
    texts = ["a jump " + "and a jump " * 30, "a jump " + "and a jump " * 31]
    assert main(["generate", *texts, *QUICK]) == 0
    names = [clip["name"] for clip in index()["clips"]]
    assert len(set(names)) == 2 and all(len(name) < 80 for name in names)


def test_drawn_prompts_keep_to_their_domain_and_tier() -> None:
    flags = ["--random", "4", "--domain", "dance", "--tier", "5", *QUICK]
    assert main(["generate", *flags]) == 0
    for clip in index()["clips"]:
        assert clip["slots"]["domain"] == "dance"
        assert {clip["slots"][slot]["tier"] for slot in SLOTS} == {5}


def test_a_phrase_may_be_named_and_the_others_are_drawn() -> None:
    phrase = whole_library().words("sport").phrases["base_action"][3].text
    assert main(["generate", "--domain", "sport", "--base-action", phrase, *QUICK]) == 0
    (clip,) = index()["clips"]
    assert clip["slots"]["base_action"]["text"] == phrase


def test_an_action_is_decoded() -> None:
    assert main(["generate", "--action", "1,2,3,4,5,6", *QUICK]) == 0
    (clip,) = index()["clips"]
    (prompt,) = whole_library().decode(np.array([1, 2, 3, 4, 5, 6]))
    assert clip["text"] == prompt.text


def test_what_is_there_is_kept_unless_it_is_given_up(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["generate", "a jump", *QUICK, "--out", "mine"]
    assert main(call) == 0
    before = {path: path.stat().st_mtime_ns for path in Path("mine").iterdir()}
    assert main(call) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert before == {path: path.stat().st_mtime_ns for path in Path("mine").iterdir()}
    assert main([*call, "--overwrite"]) == 0


def test_without_a_folder_named_each_call_gets_its_own() -> None:
    assert main(["generate", "a jump", *QUICK]) == main(["generate", "a jump", *QUICK]) == 0
    assert sorted(path.name for path in Path().iterdir()) == ["clips", "clips-2"]


def test_an_interrupted_call_keeps_what_was_finished_and_lists_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stopping = ["--generator", f"{__name__}:Stopping", "--no-pictures"]
    assert main(["generate", "a jump", "--seeds", "20", *stopping]) == 130
    assert "8 of 20 clips were made" in capsys.readouterr().out
    assert len(index()["clips"]) == 8
    assert len(list(Path("clips").iterdir())) == 9


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ([], "Nothing is asked for"),
        (["  "], "A text is empty"),
        (["--action", "1,2,3"], "no action"),
        (["--action", "1,2,3,4,5,900"], "speed_rhythm 0 to"),
        (["--random", "1", "--tier", "7"], "no tier 7"),
        (["--random", "1", "--domain", "danse"], "Did you mean 'dance'"),
        (["--base-action", "a jab"], "--domain"),
        (["--domain", "dance", "--base-action", "a jab"], "dance base_action phrase"),
        (["a jump", "--seeds", "0"], "--seeds is 1 or more"),
        (["a jump", "--tier", "3"], "--tier says what is drawn"),
        (["a jump", "--domain", "dance"], "--domain says what is drawn"),
        (["--domain", "dance", "--base-action", "x", "--random", "2"], "--base-action would not"),
        (["a jump", "--out", ""], "--out names no folder"),
        (["-kick high"], "begins with a dash"),
        (["--action", "\x1b[2J"], r"'\x1b[2J' is no action"),
        (["a jump", "--generator", "componist"], "Did you mean 'composer'"),
        (["a jump", "--generator", f"{__name__}:Forgetful"], "returned 0 answers. Expected 1"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(
    flags: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", *flags]) == 1
    assert told in capsys.readouterr().err
    assert not Path("clips").exists()


def test_a_text_may_begin_with_a_dash_after_two_dashes() -> None:
    assert main(["generate", *QUICK, "--", "-kick high"]) == 0
    assert index()["clips"][0]["text"] == "-kick high"


def test_a_long_text_is_told_briefly_and_kept_whole(capsys: pytest.CaptureFixture[str]) -> None:
    text = "flumox the grommet " * 260
    assert main(["generate", text, "--no-pictures"]) == 0
    told = capsys.readouterr().out
    assert "more letters" in told and len(told.splitlines()) < 40
    assert index()["clips"][0]["text"] == text


def test_a_terminal_is_never_commanded_by_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "a jump\x1b[2J \x1b]0;x\x07", *QUICK]) == 0
    told = capsys.readouterr().out
    assert "\x1b" not in told and "\x07" not in told and r"a jump\x1b[2J" in told


def test_a_folder_that_is_a_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken").write_text("")
    assert main(["generate", "a jump", *QUICK, "--out", "taken"]) == 1
    assert "cannot be made" in capsys.readouterr().err


def test_the_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["generate", "--help"])
    told = capsys.readouterr().out
    assert "Examples:" in told and "--overwrite" in told and "slot-filled" in told


def test_every_example_of_the_help_works() -> None:
    lines = re.findall(r"^  claims-env (generate .*)$", DESCRIPTION, flags=re.M)
    assert len(lines) == 6
    # the last needs a model, and is tried with one in test_generate_mdm.py
    for number, line in enumerate(lines[:-1]):
        words = shlex.split(line.replace("your_module:YourGenerator", "toys:SwayGenerator"))
        assert main([*words, "--no-pictures", "--out", f"example-{number}"]) == 0
