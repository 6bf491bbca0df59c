"""claims-env feasible: what is told of clips, what is written, and what is refused."""

import json
from pathlib import Path

import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

from toys import swaying

from claims_env.cli import main
from claims_env.commands.feasible.summary import show
from claims_env.feasibility import AssessedClip, Feasibility
from claims_env.motion import load_motion, save_motion

pytestmark = pytest.mark.physics


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clips").mkdir()
    save_motion(swaying(1.0, "slow", frames=12), Path("clips/slow.npz"))


def test_a_folder_of_clips_gets_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    save_motion(swaying(2.0, "fast", frames=12), Path("clips/fast.npz"))
    Path("clips/broken.npz").write_bytes(b"no motion")
    assert main(["feasible", "clips"]) == 0
    told = capsys.readouterr().out
    assert "slow" in told and "fast" in told
    assert "2 of 2 are feasible" in told
    assert "broken.npz" in told and "Not used" in told


def test_a_bad_file_among_several_is_refused_by_name_and_the_others_are_assessed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("torn.npz").write_bytes(b"no motion")
    save_motion(swaying(1.0, "brief", frames=3), Path("brief.npz"))
    named = ["torn.npz", "clips/slow.npz", "brief.npz", "absent.npz"]
    assert main(["feasible", *named, "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert [clip["name"] for clip in content["clips"]] == ["slow"]
    assert [refusal["name"] for refusal in content["refused"]] == ["torn", "brief", "absent"]
    assert "no such file" in content["refused"][2]["reason"]


@pytest.mark.parametrize(
    ("width", "verdict"), [(80, ["against", "physics"]), (60, ["agai", "nst", "phys", "ics"])]
)
def test_a_narrow_table_cuts_neither_verdict_nor_figures(
    width: int, verdict: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    motion = swaying(1.0, "a_clip_with_a_name_of_some_length", frames=12)
    figures = Feasibility(0.0, 1.25, 0.12, 0.03, 0.02, 0.1, 0.05, 0.23, 112.0, 0.4, 1.5)
    show([AssessedClip(motion, figures)], [], width=width)
    out = capsys.readouterr().out
    assert "…" not in out and max(map(len, out.splitlines())) <= width
    for word in (*verdict, "1.25", "0.12", "0.03", "0.05", "0.23", "112", "1.5"):
        assert word in out


def test_figures_come_as_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feasible", "clips/slow.npz", "--json", "--seed", "4"]) == 0
    content = json.loads(capsys.readouterr().out)
    (clip,) = content["clips"]
    assert (content["seed"], content["body"], content["refused"]) == (4, "lite", [])
    assert (clip["name"], clip["verdict"], clip["correction"]) == ("slow", "feasible", None)
    assert 0.5 <= clip["score"] <= 1


def test_what_the_humanoid_did_without_help_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["feasible", "clips/slow.npz", "--out", "corrected", "--workers", "1"]) == 0
    told = capsys.readouterr().out
    assert "1 of 1 were performed to the end without help" in told
    motion = load_motion(Path("corrected/slow.npz"))
    assert motion.frames == 12
    assert motion.provenance["generator"] == "physically corrected by planning"


def test_a_corrected_clip_is_never_replaced_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("corrected").mkdir()
    Path("corrected/slow.npz").write_bytes(b"dear to me")
    assert main(["feasible", "clips", "--out", "corrected"]) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert Path("corrected/slow.npz").read_bytes() == b"dear to me"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["clips/slow.npz", "--overwrite"], "--out FOLDER"),
        (["clips/slow.npz", "clips/slow.npz"], "Two clips are called 'slow'"),
        (["clips/absent.npz"], "absent.npz: there is no such file"),
        (["absent.npz", "nothing.npz"], "None of absent.npz, nothing.npz is usable"),
        (["clips/slow.npz", "--seed", "-1"], "--seed"),
        (["clips/slow.npz", "--body", "light"], "light"),
        ([], "No clip is named"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["feasible", *words]) == 1
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1
