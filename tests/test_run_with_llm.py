"""A run whose scheduler is a model behind a local server: recorded, counted, capped, resumed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chats.stub_server import KEY, StubServer
from chats.stub_wires import Asked
from scripted_model import faulty

from claims_env.chat import Answer, Message, Question
from claims_env.cli import main
from claims_env.decision_record import Decision, decision_from_json
from claims_env.run_folder import read_rounds, read_usage

pytest.importorskip("openai")

SMALL = ["run", "smoke", "--tracker.name", "skill", "--held-out", "0", "--sets", "5"]
LLM = ["--scheduler", "llm", "--llm.model", "openai:gpt-4o", "--chat.concurrency", "1"]
MODEL = faulty(0.3)


def said(asked: Asked) -> str:
    text = next(text for text in asked.texts if "The domain is" in text)
    found = re.search(r"The domain is (\w+)\.", text)
    form = {"template": {}} if '"ids"' in text else {}
    schema = {
        "properties": {
            "domain": {"enum": [found[1] if found else ""]},
            "sets": {"items": {"properties": form}},
        }
    }
    question = Question((Message("system", ""), Message("user", text)), "s", "s", schema=schema)
    answer = MODEL(question)
    return (answer.text or "nothing") if isinstance(answer, Answer) else answer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubServer]:
    with StubServer(answer=said) as server:
        for vendor in ("OPENAI", "DASHSCOPE", "GEMINI"):
            monkeypatch.setenv(f"{vendor}_API_KEY", KEY)
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        monkeypatch.setenv("DASHSCOPE_HTTP_BASE_URL", server.dashscope_url)
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        yield server


def decision_of(folder: Path, index: int) -> Decision:
    return decision_from_json(
        json.loads((folder / f"rounds/{index:03d}/decision.json").read_text())
    )


@pytest.mark.parametrize(
    ("library", "model"),
    [
        ("openai", "openai:gpt-4o"),
        ("dashscope", "dashscope:qwen3-max"),
        ("google.genai", "gemini:gemini-2.5-flash"),
    ],
)
def test_every_wire_format_brings_a_whole_round(
    server: StubServer, tmp_path: Path, library: str, model: str
) -> None:
    pytest.importorskip(library)
    folder = tmp_path / "run"
    words = ["--scheduler", "llm", "--llm.model", model, "--out", str(folder)]
    assert main([*SMALL, *words]) == 0
    before, after = read_rounds(folder)
    decision = decision_of(folder, 1)
    assert decision.model == model and set(decision.changes) == set(range(5))
    pairs = zip(before.sets, after.sets, strict=True)
    assert all(a.prompt.domain == b.prompt.domain for a, b in pairs)
    (kept,) = read_usage(folder)
    assert kept["calls"] == len(server.received) == sum(len(g.askings) for g in decision.groups)


def test_a_recorded_run_is_replayed_without_a_key_and_prompt_by_prompt(
    server: StubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tape, first, again = (tmp_path / name for name in ("tape.jsonl", "first", "again"))
    words = [*SMALL, *LLM, "--rounds", "3", "--chat.cassette", str(tape)]
    assert main([*words, "--out", str(first)]) == 0
    kept = read_usage(first)
    assert {(k["purpose"], k["model"]) for k in kept} == {("scheduler", "openai:gpt-4o")}
    assert sum(k["calls"] for k in kept) == len(server.received)
    asked = [a for g in decision_of(first, 1).groups for a in g.askings]
    assert sum(a.usage.input for a in asked if a.usage) == kept[0]["tokens"]["input"]
    monkeypatch.delenv("OPENAI_API_KEY")
    replay = ["--chat.cassette-mode", "replay", "--out", str(again)]
    assert main([*words, *replay]) == 0
    assert read_rounds(first) == read_rounds(again) and read_usage(again) == []
    assert decision_of(first, 2) == decision_of(again, 2)
    assert (first / "report.html").is_file()


def test_a_cap_leaves_the_rest_to_the_rule_and_a_resumed_run_keeps_to_it(
    server: StubServer, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    assert main([*SMALL, *LLM, "--chat.calls", "2", "--out", str(folder)]) == 0
    decision = decision_of(folder, 1)
    assert len(server.received) == 2 and len(decision.changes) == 5
    assert "not asked any more" in decision.changes[4].outcome
    assert [len(played.sets) for played in read_rounds(folder)] == [5, 5]
    assert main(["resume", str(folder)]) == 0
    assert len(server.received) == 2


def test_a_run_is_not_continued_with_another_text_to_its_scheduler(
    server: StubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, prompts = tmp_path / "run", tmp_path / "prompts"
    prompts.mkdir()
    shipped = Path(__file__).parents[1] / "agents" / "llm" / "prompts" / "schedule.md"
    text = shipped.read_text("utf-8")
    (prompts / "schedule.md").write_text(text.replace("scheduler 1", "mine 1"), "utf-8")
    words = ["--llm.prompts", str(prompts), "--out", str(folder)]
    assert main([*SMALL, *LLM, *words]) == 0
    assert decision_of(folder, 1).prompt_version.startswith("mine 1 (")
    (prompts / "schedule.md").write_text(text, "utf-8")
    assert main(["resume", str(folder)]) == 1
    assert "scheduler_data was mine 1" in capsys.readouterr().err


def test_free_text_runs_with_a_model_and_without(server: StubServer, tmp_path: Path) -> None:
    writing = ["--scheduler", "free-llm", *LLM[2:]]
    for name, words in (("llm", writing), ("rule", ["--scheduler", "free-rule"])):
        assert main([*SMALL, *words, "--out", str(tmp_path / name)]) == 0
        before, after = read_rounds(tmp_path / name)
        assert all(s.prompt.is_free for s in after.sets)
        pairs = zip(before.sets, after.sets, strict=True)
        assert all(a.prompt.domain == b.prompt.domain for a, b in pairs)
