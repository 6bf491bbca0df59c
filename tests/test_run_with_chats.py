"""A run judged by a language model: recorded, replayed in another process, and within its caps."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chats.stub_server import KEY, StubServer
from chats.stub_wires import Asked
from judges.vlm_script import ALIGNED, RATED

from claims_env.cli import main
from claims_env.judge import Alignment, Missing
from claims_env.run_folder import read_rounds, read_usage

pytest.importorskip("openai")

SMALL = ["run", "smoke", "--tracker.name", "skill", "--held-out", "0", "--sets", "2"]
JUDGES = ["--judges", "openai:gpt-4o", "posture"]


def said(asked: Asked) -> str:
    return json.dumps(ALIGNED if "The sentence" in asked.text else RATED)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubServer]:
    with StubServer(answer=said) as server:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        yield server


def results(folder: Path) -> list[Any]:
    """Return everything a run recorded but for the time it took."""
    return [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]


def test_a_recorded_run_is_repeated_in_another_process_without_a_key(
    server: StubServer, tmp_path: Path
) -> None:
    tape, first, again = (str(tmp_path / name) for name in ("tape.jsonl", "first", "again"))
    assert main([*SMALL, *JUDGES, "--chat.cassette", tape, "--out", first]) == 0
    check_account(server, Path(first))
    environment = {k: v for k, v in os.environ.items() if k != "OPENAI_API_KEY"}
    replay = ["--chat.cassette", tape, "--chat.cassette-mode", "replay", "--out", again]
    subprocess.run(
        [sys.executable, "-m", "claims_env", *SMALL, *JUDGES, *replay],
        check=True,
        capture_output=True,
        env={**environment, "PYTHONHASHSEED": "7"},
    )
    assert len(server.received) == 8  # as before: two clips in two rounds, aligned and rated
    assert results(Path(again)) == results(Path(first)) and read_usage(Path(again)) == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert Path(tape) in files
    assert [path for path in files if b"sk-test" in path.read_bytes()] == []


def check_account(server: StubServer, folder: Path) -> None:
    """Check that what a run was asked and spent is on record, stage by stage."""
    kept = read_usage(folder)
    assert [(k["purpose"], k["calls"]) for k in kept] == [("alignment", 2), ("difficulty", 2)] * 2
    assert len(server.received) == sum(k["attempts"] for k in kept) == 8
    assert sum(k["tokens"]["input"] for k in kept) == server.charged.input
    assert sum(k["tokens"]["output"] for k in kept) == server.charged.output


def test_a_run_goes_on_when_its_judge_may_ask_no_more(server: StubServer, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert main([*SMALL, *JUDGES, "--chat.calls", "3", "--out", str(folder)]) == 0
    assert len(server.received) == 3
    rounds = read_rounds(folder)
    answers = [s.alignments["openai:gpt-4o"] for r in rounds for s in r.sets]
    assert [type(answer) for answer in answers] == [Alignment, Alignment, Missing, Missing]
    assert all(s.rejected is None or "openai" not in s.rejected for r in rounds for s in r.sets)


def test_a_run_may_be_continued_with_other_caps_but_not_with_other_pictures(
    server: StubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    words = ["--sets", "1", "--chat.calls", "1", "--out", str(folder)]
    assert main([*SMALL, *JUDGES, *words]) == 0
    config = folder / "config.yaml"
    config.write_text(config.read_text().replace("calls: 1", "calls: 9"))
    assert main(["resume", str(folder)]) == 0
    config.write_text(config.read_text().replace("layout: grid", "layout: row"))
    assert main(["resume", str(folder)]) == 1
    assert "began with something else: config was" in capsys.readouterr().err


def test_a_run_is_not_continued_with_other_words_to_its_judge(
    server: StubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, prompts = tmp_path / "run", tmp_path / "prompts"
    prompts.mkdir()
    text = "version: mine 1\n\n## system\n\nLook.\n\n## user\n\nHow hard, in JSON?\n"
    (prompts / "difficulty.md").write_text(text)
    words = ["--sets", "1", "--chat.prompts", str(prompts), "--out", str(folder)]
    assert main([*SMALL, *JUDGES, *words]) == 0
    asked = len(server.received)
    assert main(["resume", str(folder)]) == 0
    (prompts / "difficulty.md").write_text(text.replace("How", "Tell me how"))
    assert main(["resume", str(folder)]) == 1
    assert "judge_data.openai:gpt-4o was alignment 2" in capsys.readouterr().err
    assert len(server.received) == asked


def test_a_clip_below_the_score_to_reach_is_not_trained_on(
    server: StubServer, tmp_path: Path
) -> None:
    server.answer = lambda asked: (
        json.dumps({**ALIGNED, "score": 90 if len(server.received) % 2 else 30})
        if "The sentence" in asked.text
        else json.dumps(RATED)
    )
    folder = tmp_path / "run"
    words = ["--judges", "openai:gpt-4o", "--keep-score", "0.5", "--chat.concurrency", "1"]
    assert main([*SMALL, *words, "--out", str(folder)]) in (0, 1)
    first = json.loads((folder / "events.jsonl").read_text().splitlines()[2])
    why = [s["rejected"] for s in first["result"]["sets"]]
    assert any(w and w.startswith("aligned at 0.30, under the 0.50 to reach, by") for w in why)


def test_a_run_whose_judge_nobody_lets_in_is_stopped_before_anything_is_trained(
    server: StubServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = str(tmp_path / "run")
    alone = ["--judges", "openai:gpt-4o"]
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-of-somebody-else")
    assert main([*SMALL, *alone, "--out", folder]) == 1
    assert "No clip of round 0 was judged, and nothing was trained" in capsys.readouterr().err
    assert [event["stage"] for event in results(Path(folder))] == ["parts", "generate"]
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert main(["resume", folder]) == 0
    assert len(read_rounds(Path(folder))) == 2


def test_a_replay_of_what_was_not_recorded_is_stopped(
    server: StubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tape, first, again = (str(tmp_path / name) for name in ("tape.jsonl", "first", "again"))
    assert main([*SMALL, *JUDGES, "--chat.cassette", tape, "--out", first]) == 0
    replay = ["--chat.cassette", tape, "--chat.cassette-mode", "replay", "--out", again]
    assert main([*SMALL, *JUDGES, "--seed", "9", *replay]) == 1
    assert "has no answer to this question" in capsys.readouterr().err


def test_a_cap_that_no_question_fits_stops_a_run_at_once(
    server: StubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = ["--judges", "openai:gpt-4o", "--chat.tokens", "500", "--out", str(tmp_path / "run")]
    assert main([*SMALL, *alone]) == 1
    assert "tokens of 500 would be used" in capsys.readouterr().err
    assert server.received == []


def test_what_judges_owe_and_what_a_cap_stopped_is_told(
    server: StubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SMALL, *JUDGES, "--chat.calls", "3", "--out", str(tmp_path / "run")]) == 0
    told = capsys.readouterr().out
    assert "openai:gpt-4o: 1 of 4 answers are missing: " in told  # of the first round
    assert "openai:gpt-4o: 5 of 8 answers are missing: " in told
    assert "answered 3 of 3 questions" in told and "A cap stopped further questions." in told


def test_a_run_that_was_stopped_goes_on_with_other_caps_and_its_recording(
    server: StubServer, tmp_path: Path
) -> None:
    folder, tape = tmp_path / "run", tmp_path / "tape.jsonl"
    words = ["--chat.calls", "3", "--chat.cassette", str(tape), "--chat.cassette-mode", "record"]
    assert main([*SMALL, *JUDGES, *words, "--out", str(folder)]) == 0
    # as if it had been stopped after its first round
    lines = (folder / "events.jsonl").read_text().splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)["round"] < 1]
    (folder / "events.jsonl").write_text("".join(kept))
    assert main(["resume", str(folder), "--chat.calls", "30"]) == 0
    assert len(server.received) == 7
    assert "calls: 30" in (folder / "config.yaml").read_text()
    (_, second) = read_rounds(folder)
    assert all(isinstance(s.alignments["openai:gpt-4o"], Alignment) for s in second.sets)


def test_a_finished_run_gets_its_page_without_a_key(
    server: StubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    assert main([*SMALL, *JUDGES, "--sets", "1", "--out", str(folder)]) == 0
    (page,) = folder.glob("*.html")
    page.unlink()
    monkeypatch.delenv("OPENAI_API_KEY")
    assert main(["resume", str(folder)]) == 0
    assert page.exists()


def test_settings_of_language_models_are_refused_where_none_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    words = ["--judges", "kinematic", "--chat.usd", "3", "--out", str(folder)]
    assert main([*SMALL, *words]) == 1
    assert "A flag of --chat is for language models" in capsys.readouterr().err
    assert not folder.exists()
