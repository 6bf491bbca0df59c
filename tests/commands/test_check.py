"""`claims-env check` as a person uses it: what a clip is, every check, the cure, the status."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from toys import swaying

from claims_env.cli import main
from claims_env.commands.check.cures import CURES
from claims_env.motion import save_motion
from claims_env.motion_filter import CHECKS


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    clip = swaying(1.0, "any", frames=30)
    save_motion(clip, Path("good.npz"))
    sunk = replace(clip, root=clip.root - np.array([0.0, 0.0, 0.2]))
    save_motion(sunk, Path("sunk.npz"))


def test_every_check_has_a_cure() -> None:
    assert set(CURES) == set(CHECKS)


def test_a_good_clip_is_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "good.npz"]) == 0
    out = capsys.readouterr().out
    assert "good: fine" in out and "30 frames at 30 Hz: 0.97 s" in out
    for name in CHECKS:
        assert name.replace("_", " ") in out
    assert "1 clip: 1 fine, 0 remarkable, 0 refused." in out


def test_a_clip_under_the_floor_is_refused_with_the_cure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "good.npz", "sunk.npz", "--brief"]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "sunk: refused" in out
    assert "The body reaches under the floor by 0.2 m (limit 0.05 m). Raise the clip" in out
    assert "below floor 0.2 > 0.03 > 0.05 m refused !!!" in out
    assert "2 clips: 1 fine, 0 remarkable, 1 refused." in out


def test_the_official_limits_know_only_the_roots_height(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "sunk.npz", "--limits", "official"]) == 0


def test_what_cannot_be_read_is_told_and_the_status_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("torn.npz").write_text("torn")
    assert main(["check", "torn.npz", "good.npz", "gone.npz"]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "Cannot be used: torn.npz" in out and "gone.npz: there is no such file" in out
    assert "3 clips: 1 fine, 0 remarkable, 0 refused, 2 not readable." in out


def test_everything_comes_as_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "sunk.npz", "--json"]) == 1
    content = json.loads(capsys.readouterr().out)
    (clip,) = content["clips"]
    assert (clip["name"], clip["format"], clip["verdict"]) == ("sunk", "claims", "refused")
    found = {check["name"]: check for check in clip["checks"]}
    assert list(found) == list(CHECKS)
    assert found["below_floor"]["hard"] == 0.05 and found["below_floor"]["cure"]
    assert found["floating"]["cure"] == "" and found["hovering"]["hard"] is None


def test_a_picture_is_drawn_and_not_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "good.npz", "--picture", "look.png"]) == 0
    assert Path("look.png").read_bytes().startswith(b"\x89PNG")
    assert main(["check", "good.npz", "--picture", "look.png"]) == 1
    assert "look.png exists already" in capsys.readouterr().err
    assert main(["check", "good.npz", "--picture", "look.png", "--force"]) == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "No clip is named"),
        (["good.npz", "--picture", "a.jpg"], "is no PNG"),
        (["good.npz", "--force"], "Add --picture"),
    ],
)
def test_what_nothing_can_be_done_with_is_refused(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *words]) == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("width", [60, 80])
def test_a_narrow_terminal_cuts_no_figure(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from claims_env.assembly.clip_files import read_clips
    from claims_env.commands.check.checked_clip import check_clips
    from claims_env.commands.check.summary import show

    show(check_clips(read_clips(Path("sunk.npz")), "default"), [], width=width)
    out = capsys.readouterr().out
    assert "…" not in out and max(map(len, out.splitlines())) <= width
