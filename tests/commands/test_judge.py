"""claims-env judge: what is told of clips, what is written, and what is refused."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from chats.stub_server import KEY, StubServer
from chats.stub_wires import Asked
from PIL import Image
from toys import swaying

from claims_env.cli import main
from claims_env.commands.judge.judged_clip import as_prompt
from claims_env.library import load_library
from claims_env.motion import save_motion

SAID = {
    "action_sequence": "sways",
    "technical_complexity": "low",
    "movement_intensity": "low",
    "balance_requirement": "low",
    "continuity": "even",
    "rationale": "\x1b[31mnothing much happens",
    "difficulty": 4,
}


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "DASHSCOPE_API_KEY", "GEMINI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    save_motion(swaying(1.0, "slow"), Path("slow.npz"))


def record(folder: str = "judged") -> dict[str, Any]:
    content: dict[str, Any] = json.loads(Path(folder, "judged.json").read_text("utf-8"))
    return content


def test_a_clip_gets_a_difficulty_its_reasons_and_a_picture(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["judge", "slow.npz"]) == 0
    told = capsys.readouterr().out
    assert "kinematic (offline)" in told and "posture (offline)" in told
    assert "of 10" in told and "because" in told and "balance requirement" in told
    assert "none known" in told
    assert sorted(path.name for path in Path("judged").iterdir()) == [
        "judged.json",
        "slow-difficulty.jpg",
    ]
    with Image.open("judged/slow-difficulty.jpg") as picture:
        assert picture.format == "JPEG" and min(picture.size) > 100


def test_a_prompt_is_compared_with_what_the_clip_shows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--prompt", "a backflip over {something}", "--judge", "kinematic"]
    assert main(["judge", "slow.npz", *words]) == 0
    told = capsys.readouterr().out
    assert "a backflip over {something}" in told and "alignment" in told and "mismatch" in told
    assert Path("judged/slow-alignment.jpg").exists()
    (clip,) = record()["clips"]
    assert clip["prompt"] == "a backflip over {something}"
    assert clip["alignments"]["kinematic (offline)"]["verdict"] == "mismatch"


def test_a_clip_that_knows_its_prompt_need_not_be_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    knowing = swaying(1.0, "knowing").with_provenance(prompt="a slow wave of the arms")
    save_motion(knowing, Path("knowing.npz"))
    assert main(["judge", "knowing.npz", "slow.npz", "--judge", "posture"]) == 0
    told = capsys.readouterr().out
    assert "a slow wave of the arms" in told and "none known" in told
    first, second = record()["clips"]
    assert (first["prompt"], second["prompt"]) == ("a slow wave of the arms", None)
    assert set(first["alignments"]) == {"posture (offline)"} and second["alignments"] == {}


def test_a_sentence_of_the_library_is_read_slot_by_slot_and_any_other_as_it_is() -> None:
    library = load_library()
    words = library.words(library.domains[0])
    slots = {slot: phrases[0].text for slot, phrases in words.phrases.items()}
    text = words.templates[0].format(**slots)
    assert as_prompt(text, library).domain == library.domains[0]
    free = as_prompt("{combo_action} and {0}", library)
    assert (free.text, free.said) == ("{combo_action} and {0}", ("base_action",))


def test_a_second_judgement_gets_a_folder_of_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for _ in range(2):
        assert main(["judge", "slow.npz", "--judge", "posture"]) == 0
    assert "judged-2" in capsys.readouterr().out
    assert record("judged") == record("judged-2")


def test_files_are_never_replaced_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine").mkdir()
    Path("mine/slow-alignment.jpg").write_bytes(b"dear to me")
    assert main(["judge", "slow.npz", "--out", "mine"]) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert main(["judge", "slow.npz", "--judge", "posture", "--out", "mine", "--overwrite"]) == 0


def answered(asked: Asked) -> str:
    return json.dumps(SAID)


def test_a_model_says_how_hard_it_looks_and_a_terminal_does_not_obey_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAT_API_KEY", KEY)
    with StubServer(answer=answered) as server:
        words = ["--judge", "compatible:any-vl", "--judge", "posture"]
        assert main(["judge", "slow.npz", *words, "--chat.base-url", server.openai_url]) == 0
        (received,) = server.received
    told = capsys.readouterr().out
    assert "4 of 10" in told and "nothing much happens" in told and "together" in told
    assert "compatible:any-vl answered 1 of 1 questions" in told
    assert "\x1b[31m" not in told
    assert received.asked is not None
    (picture,) = received.asked.pictures
    # what was shown and what was written are one and the same
    assert Path("judged/slow-difficulty.jpg").read_bytes() == picture
    assert record()["usage"]["chats"][0]["calls"] == 1
    assert KEY not in Path("judged/judged.json").read_text("utf-8")


def test_a_model_that_does_not_answer_costs_nobody_elses_verdict(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAT_API_KEY", KEY)
    with StubServer(["401"]) as server:
        words = ["--judge", "compatible:any-vl", "--judge", "posture"]
        assert main(["judge", "slow.npz", *words, "--chat.base-url", server.openai_url]) == 0
    told = capsys.readouterr().out
    assert "missing:" in told and "of 10" in told


def test_clips_whose_names_are_no_file_names_get_pictures_of_their_own() -> None:
    Path("odd").mkdir()
    for name in ("a clip", "a_clip", "A clip"):
        save_motion(swaying(1.0), Path(f"odd/{name}.npz"))
    assert main(["judge", "odd", "--judge", "posture"]) == 0
    pictures = [path for path in Path("judged").iterdir() if path.suffix == ".jpg"]
    assert len({path.name.lower() for path in pictures}) == 3
    for path in pictures:
        Image.open(io.BytesIO(path.read_bytes())).verify()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "No clip is named"),
        (["absent.npz"], "absent.npz: there is no such file"),
        (["slow.npz", "--judge", "gtp-4o"], "Did you mean 'gpt-4o'?"),
        (["slow.npz", "--judge", "qwen-vl-max"], "DASHSCOPE_API_KEY"),
        (["slow.npz", "--prompt", " "], "--prompt says nothing"),
        (["slow.npz", "--out", ""], "--out names no folder"),
        (["slow.npz", "--overwrite"], "--overwrite would do nothing"),
        (["slow.npz", "--chat.painter", "mesh"], "chat.body_model"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["judge", *words]) == 1
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1
    assert not Path("judged").exists()


def test_ctrl_c_keeps_what_was_said_and_tells_what_it_took() -> None:
    Path("clips").mkdir()
    for i in range(4):
        save_motion(swaying(1.0), Path(f"clips/c{i}.npz"))
    running: list[subprocess.Popen[str]] = []

    def script(asked: Asked, number: int) -> str:
        if number == 2:
            running[0].send_signal(signal.SIGINT)
        return "slow" if number == 2 else "ok"

    with StubServer(script, answer=answered) as server:
        words = ["--judge", "compatible:any-vl", "--chat.base-url", server.openai_url]
        command = [sys.executable, "-m", "claims_env", "judge", "clips", *words]
        running.append(
            subprocess.Popen(
                [*command, "--chat.concurrency", "1"],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, "CHAT_API_KEY": KEY},
            )
        )
        told, problem = running[0].communicate(timeout=60)
    assert running[0].returncode == 130 and "Traceback" not in problem
    assert "compatible:any-vl answered 2 of 2 questions" in told
    said = [clip["difficulties"]["compatible:any-vl"] for clip in record()["clips"]]
    assert [one.get("score", one.get("kind")) for one in said] == [4, 4, "stopped", "stopped"]
