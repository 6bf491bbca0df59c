"""claims-env judge-reliability: what is told and written, whom it asks, and what it refuses."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from chats.stub_server import KEY, StubServer
from chats.stub_wires import Asked
from toys import swaying

from claims_env.cli import main
from claims_env.commands.judge_reliability.summary import broken, show
from claims_env.judge import Difficulty
from claims_env.judge_figures import reliability_of
from claims_env.motion import save_motion
from claims_env.reliability import RatedClip

SMALL = ["judge-reliability", "--clips", "2"]
LONG = "dashscope:qwen-vl-max-2025-09-2025"
SMALLEST = ["judge-reliability", "--clips", "1"]
RATING = json.dumps(
    {
        "action_sequence": "sways",
        "technical_complexity": "low",
        "movement_intensity": "low",
        "balance_requirement": "low",
        "continuity": "even",
        "rationale": "nothing much happens",
        "difficulty": 4,
    }
)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "DASHSCOPE_API_KEY", "GEMINI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def summary(folder: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(Path(folder, "summary.json").read_text("utf-8"))
    return content


def at(server: StubServer, *more: str) -> list[str]:
    return [
        "--judge", "compatible:any-vl", "--chat.base-url", server.openai_url, "--yes", *more,
    ]  # fmt: skip


def test_the_offline_judges_are_tried_out_of_the_box(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SMALL, "--out", "tried"]) == 0
    told = capsys.readouterr().out
    assert "kinematic (offline)" in told and "posture (offline)" in told
    assert "mean velocity alone" in told and "kappa" in told
    assert "tier 5" in told
    content = summary("tried")
    assert (content["generator"], content["clips"], content["seed"]) == ("composer", 10, 0)
    assert content["judges"][0]["with_tier"]["spearman"]["value"] > 0.6
    with Path("tried/clips.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 20
    assert Path("tried/tiers.svg").read_text("utf-8").startswith("<svg")


def test_names_and_figures_stay_whole_in_a_narrow_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clips = [
        RatedClip(
            f"{i}",
            1 + i % 5,
            "",
            0.1 * i,
            {
                name: (Difficulty(1 + (3 * i) % 7, "", {}),)
                for name in (LONG, "kinematic (offline)")
            },
        )
        for i in range(20)
    ]
    show(reliability_of(clips, seed=0), width=80)
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 80
    for line in ("dashscope:qwen-", "vl-max-2025-09-", "2025 and", "kinematic"):
        assert f"  {line}  " in told
    assert "…" not in told and "offline" not in told
    assert told.count("[") == told.count("]")


def test_names_are_broken_where_they_have_joints() -> None:
    assert broken("openai:gpt-4o", 16) == "openai:gpt-4o"
    assert broken(LONG, 16) == "dashscope:qwen-\nvl-max-2025-09-\n2025"
    assert broken("kinematic and posture", 16) == "kinematic and\nposture"
    assert broken("a" * 40, 16).replace("\n", "") == "a" * 40
    assert max(map(len, broken("a" * 40 + ":b" * 20, 16).splitlines())) <= 16


def test_the_same_test_gives_the_same_bytes() -> None:
    for folder in ("first", "second"):
        assert main([*SMALL, "--judge", "posture", "--out", folder]) == 0
    for name in ("summary.json", "clips.csv", "tiers.svg"):
        assert Path("first", name).read_bytes() == Path("second", name).read_bytes()


def test_clips_of_ones_own_have_velocity_and_agreement_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("clips").mkdir()
    for speed in (0.5, 1.0, 2.0):
        save_motion(swaying(speed), Path(f"clips/at_{speed}.npz"))
    Path("clips/broken.npz").write_bytes(b"no motion")
    assert main(["judge-reliability", "--from", "clips", "--out", "tried"]) == 0
    told = capsys.readouterr().out
    assert "tier 1" not in told and "with velocity" in told
    assert "Not used" in told and "broken.npz" in told
    assert (summary("tried")["clips"], summary("tried")["generator"]) == (3, None)
    assert not Path("tried/tiers.svg").exists()


def test_clips_that_generate_made_have_their_tiers(capsys: pytest.CaptureFixture[str]) -> None:
    for tier in ("1", "5"):
        assert main(["generate", "--random", "2", "--tier", tier, "--no-pictures", "--out", "mine"]
                    + (["--overwrite"] if tier == "5" else [])) == 0  # fmt: skip
    capsys.readouterr()
    assert main(["judge-reliability", "--from", "mine"]) == 0
    told = capsys.readouterr().out
    assert "tier 1" in told and "tier 5" in told and "tier 3" not in told


def test_a_model_is_asked_only_after_a_yes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAT_API_KEY", KEY)
    with StubServer(answer=lambda _: RATING) as server:
        assert main([*SMALL, *at(server)[:-1]]) == 1
        assert server.received == []
    told = capsys.readouterr().err
    assert "10 calls" in told and "tokens" in told and "--yes" in told
    assert "a price nobody knows" in told


def test_a_model_is_tried_beside_an_offline_judge(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAT_API_KEY", KEY)
    with StubServer(["401" if i == 3 else "ok" for i in range(10)],
                    answer=lambda _: RATING) as server:  # fmt: skip
        quiet = ["--chat.concurrency", "1"]
        assert main([*SMALL, "--judge", "kinematic", *at(server, *quiet, "--out", "tried")]) == 0
        asked = [received.asked for received in server.received]
    told = capsys.readouterr().out
    content = summary("tried")
    judge = content["judges"][1]
    # a refused key makes it pointless to ask on: what was had counts, what was not is told
    assert sum(tier["clips"] - tier["missing"] for tier in judge["tiers"]) == 3
    assert sum(judge["missing"].values()) == 7
    assert "7 of 10 ratings are missing" in told
    assert content["usage"]["chats"][0]["calls"] == len(asked) == 4
    assert KEY not in told + Path("tried/summary.json").read_text("utf-8")


def test_a_recorded_test_is_replayed_without_asking_and_both_askings_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHAT_API_KEY", KEY)
    scores = iter(range(1000))

    def answer(_: Asked) -> str:
        return RATING.replace('"difficulty": 4', f'"difficulty": {1 + next(scores) % 10}')

    tape = ["--chat.cassette", "tape.jsonl", "--repeats", "2"]
    with StubServer(answer=answer) as server:
        assert main([*SMALLEST, *at(server, *tape, "--out", "asked")]) == 0
        assert len(server.received) == 10
    # without the key, without a yes, without the server
    monkeypatch.delenv("CHAT_API_KEY")
    replay = ["--judge", "compatible:any-vl", "--chat.base-url", server.openai_url]
    replay += [*tape, "--chat.cassette-mode", "replay"]
    assert main([*SMALLEST, *replay, "--out", "replayed"]) == 0
    assert Path("asked/clips.csv").read_bytes() == Path("replayed/clips.csv").read_bytes()
    again = summary("replayed")["judges"][0]["repetition"]
    assert again["clips"] == 5 and again["equal"] < 1


def test_files_are_never_replaced_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("tried").mkdir()
    Path("tried/clips.csv").write_text("dear to me")
    assert main([*SMALL, "--out", "tried"]) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert Path("tried/clips.csv").read_text() == "dear to me"
    assert main([*SMALL, "--judge", "posture", "--out", "tried", "--overwrite"]) == 0


def test_figures_are_told_even_if_they_cannot_be_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("taken").write_text("a file")
    assert main([*SMALL, "--judge", "posture", "--out", "taken"]) == 1
    told = capsys.readouterr()
    assert "mean velocity alone" in told.out
    assert "taken cannot be written" in told.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--clips", "0"], "--clips"),
        (["--seed", "-1"], "--seed"),
        (["--repeats", "3"], "1 or 2"),
        (["--judge", "kinematics"], "Did you mean 'kinematic'?"),
        (["--judge", "gpt-4o", "--yes"], "OPENAI_API_KEY"),
        (["--from", "nowhere"], "nowhere"),
        (["--from", "nowhere", "--clips", "3"], "--clips is about clips that are made"),
        (["--overwrite"], "--out FOLDER"),
        (["--checkpoint", "model.pt"], "--generator mdm"),
        (["--chat.usd", "1"], "language model"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["judge-reliability", *words]) == 1
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1
