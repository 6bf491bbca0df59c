"""`claims-env convert` as a person uses it: formats by name, nothing replaced, all of it told."""

from pathlib import Path

import pytest
from toys import swaying

from claims_env.cli import main
from claims_env.motion import load_motion, save_motion


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clips").mkdir()
    for name in ("slow", "fast"):
        save_motion(swaying(1.0, name, frames=12), Path("clips") / f"{name}.npz")


def test_a_clip_goes_to_amass_and_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "clips/slow.npz", "there.npz", "--to", "amass"]) == 0
    assert "1 clip written as amass to there.npz" in capsys.readouterr().out
    assert main(["convert", "there.npz", "back.npz"]) == 0
    assert "Is trans the pelvis: False, AMASS's convention." in capsys.readouterr().out
    before, after = load_motion(Path("clips/slow.npz")), load_motion(Path("back.npz"))
    assert abs(before.joints - after.joints).max() < 1e-4


def test_a_folder_becomes_a_list_and_a_folder_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "clips", "l.yaml"]) == 0
    assert main(["convert", "l.yaml", "back"]) == 0
    assert "2 clips written as claims to back" in capsys.readouterr().out
    assert sorted(path.name for path in Path("back").iterdir()) == ["fast.npz", "slow.npz"]


def test_nothing_is_replaced_without_being_told_to(capsys: pytest.CaptureFixture[str]) -> None:
    Path("there.npz").write_text("dear to somebody")
    assert main(["convert", "clips/slow.npz", "there.npz"]) == 1
    assert "there.npz exists already" in capsys.readouterr().err
    assert Path("there.npz").read_text() == "dear to somebody"
    assert main(["convert", "clips/slow.npz", "there.npz", "--force"]) == 0


def test_a_file_is_not_written_over_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "clips/slow.npz", "clips/slow.npz", "--force"]) == 1
    assert "is read, and cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["clips", "one.npz"], "2 clips do not fit into one.npz"),
        (["clips", "a.bvh"], "ends in .bvh, which is not written"),
        (["clips", "out", "--to", "bvh"], "No format to write is called 'bvh'"),
        (["clips/slow.npz", "a.npz", "--to", "phc"], "'a.npz' is no name for phc"),
        (["clips", "out", "--from", "bwh"], "Did you mean 'bvh'"),
        (["gone", "out"], "gone: there is no such file or folder"),
        (["clips/slow.npz", "out", "--from", "bvh"], "slow.npz: line 1"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_written(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", *words]) == 1
    assert says in capsys.readouterr().err
    assert [path.name for path in Path.cwd().iterdir()] == ["clips"]


def test_a_bad_clip_among_good_ones_is_told_and_the_status_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("clips/torn.npz").write_text("torn")
    assert main(["convert", "clips", "out"]) == 1
    out = capsys.readouterr().out
    assert "Not used: clips/torn.npz" in out and "2 clips written" in out


def test_the_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["convert", "--help"])
    out = capsys.readouterr().out
    for word in ("claims", "amass", "phc", "protomotions", "bvh", "deepmimic", "--force"):
        assert word in out


def test_the_clips_of_a_folder_are_not_written_over_themselves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = Path("clips/slow.npz").read_bytes()
    assert main(["convert", "clips", "clips", "--to", "amass", "--force"]) == 1
    assert "is read, and cannot be written" in capsys.readouterr().err
    assert Path("clips/slow.npz").read_bytes() == before


def test_a_folder_in_the_way_of_a_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("there.npz").mkdir()
    assert main(["convert", "clips/slow.npz", "there.npz", "--force"]) == 1
    assert "there.npz is a folder" in capsys.readouterr().err


def test_what_phc_would_leave_out_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("joblib")
    pytest.importorskip("torch")
    save_motion(swaying(1.0, "blink", frames=4), Path("clips/blink.npz"))
    assert main(["convert", "clips", "l.pkl"]) == 0
    assert "leaves out, without a word, clips under 5 frames: blink." in capsys.readouterr().out
