"""The folder of claims-env generate: who writes there, what stays, and what is listed."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from toys import SwayGenerator

from claims_env.cli import main
from claims_env.commands.generate.folder_lock import kept
from claims_env.motion import Motion
from claims_env.prompt import Prompt, text_of

QUICK = ["--generator", "toys:SwayGenerator", "--no-pictures"]


class Likewise(SwayGenerator):
    """Is another generator that does the same."""


class Hasty(SwayGenerator):
    """Reads two words of every prompt."""

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        made = zip(prompts, super().generate(prompts, seeds), strict=True)
        words = [(text_of(prompt).split()[:2], motion) for prompt, motion in made]
        return [motion.with_provenance(text_cut_after=" ".join(read)) for read, motion in words]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def index(folder: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((Path(folder) / "index.json").read_text())
    return content


def test_a_folder_another_process_writes_to_is_left_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with kept(Path("mine")):
        assert main(["generate", "a jump", *QUICK, "--out", "mine"]) == 1
        assert list(Path("mine").iterdir()) == []
    assert "Another process is writing there" in capsys.readouterr().err
    assert not Path("mine").exists()
    assert main(["generate", "a jump", *QUICK, "--out", "mine"]) == 0


def test_a_new_folder_somebody_else_filled_meanwhile_stays() -> None:
    with kept(Path("mine")):
        (Path("mine") / "theirs.txt").write_text("")
    assert (Path("mine") / "theirs.txt").exists()


def test_clips_of_earlier_calls_stay_listed_while_their_files_exist() -> None:
    call = ["--out", "mine", "--overwrite", "--generator"]
    assert main(["generate", "a jump", "a kick", *call, "toys:SwayGenerator"]) == 0
    jump, kick = index("mine")["clips"]
    with Image.open("mine/sheet.png") as sheet:
        height = sheet.height
    (Path("mine") / kick["files"]["npz"]["name"]).unlink()
    assert main(["generate", "a turn", "a squat", *call, f"{__name__}:Likewise"]) == 0
    clips = index("mine")["clips"]
    assert [clip["text"] for clip in clips] == ["a turn", "a squat", "a jump"]
    assert clips[2] == {**jump, "generator": "toys:SwayGenerator"}
    with Image.open("mine/sheet.png") as sheet:
        assert sheet.height > 1.3 * height


def test_a_clip_made_anew_is_listed_once() -> None:
    for _ in range(2):
        assert main(["generate", "a jump", *QUICK, "--out", "mine", "--overwrite"]) == 0
    assert len(index("mine")["clips"]) == 1


def test_an_index_that_is_none_of_ours_is_replaced() -> None:
    for content in ("", "[]", '{"clips": [1]}', '{"format": "claims_env clips 1", "clips": [1]}'):
        Path("mine").mkdir(exist_ok=True)
        (Path("mine") / "index.json").write_text(content)
        assert main(["generate", "a jump", *QUICK, "--out", "mine", "--overwrite"]) == 0
        assert len(index("mine")["clips"]) == 1


def test_clips_that_cannot_be_listed_are_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    (Path("mine") / "index.json").mkdir(parents=True)  # refuses every file of that name
    assert main(["generate", "a jump", *QUICK, "--out", "mine", "--overwrite"]) == 1
    out, error = capsys.readouterr()
    assert "mine holds 1 new clips, but index.json or sheet.png cannot be written" in error
    assert "1 of 1 pass the filter" in out


def test_a_prompt_that_was_cut_says_so_on_the_terminal_and_in_the_index(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cut = ["--generator", f"{__name__}:Hasty", "--no-pictures"]
    assert main(["generate", "a jump and a kick", *cut, "--out", "mine"]) == 0
    assert re.search("read up to  a jump *\n", capsys.readouterr().out)
    assert index("mine")["clips"][0]["text_cut_after"] == "a jump"
    assert main(["generate", "a jump and a kick", *QUICK, "--out", "whole"]) == 0
    assert "read up to" not in capsys.readouterr().out
    assert index("whole")["clips"][0]["text_cut_after"] is None


def test_a_folder_of_nothing_goes_with_the_folders_made_for_it() -> None:
    with kept(Path("new/deep/mine")):
        assert Path("new/deep/mine").is_dir()
    assert not Path("new").exists()
