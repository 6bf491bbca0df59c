"""claims-env doctor: what it tells, whom it asks, and that it gives no secret away."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from chats.stub_server import KEY, StubServer

from claims_env.chat_config import ChatConfig
from claims_env.cli import main
from claims_env.commands.doctor.check import Check
from claims_env.commands.doctor.endpoint import Endpoint, knock
from claims_env.commands.doctor.machine import check_room
from claims_env.commands.doctor.models import check_models

KEYS = ("OPENAI_API_KEY", "DASHSCOPE_API_KEY", "GEMINI_API_KEY", "CHAT_API_KEY")


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (*KEYS, "OPENAI_BASE_URL", "DASHSCOPE_HTTP_BASE_URL", "GOOGLE_GEMINI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@dataclass
class Door:
    """A server that lists models, and remembers who came with which key."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    seen: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    url: str = ""


@contextmanager
def listening(door: Door) -> Iterator[Door]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            key, other = (self.headers.get(h, "") for h in ("Authorization", "x-goog-api-key"))
            door.seen.append((self.path, key, other))
            self.send_response(door.status)
            for name, value in {"Content-Length": "2", **door.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    door.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield door
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def checked(*calls: str, network: bool = True, **chat: Any) -> tuple[bool, dict[str, Check]]:
    """Return whether all is well, and the checks of language models by name."""
    found = list(check_models(ChatConfig(**chat), calls, network=network))
    return not any(check.fails for check in found), {check.name: check for check in found}


def test_without_keys_nobody_is_asked_and_nothing_is_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "python" in told and "numpy" in told and "GB free" in told
    assert "OPENAI_API_KEY" in told and "not set" in told
    assert "export OPENAI_API_KEY=..." in told


def test_keys_are_told_by_name_and_never_by_value(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in KEYS:
        monkeypatch.setenv(name, KEY)
    assert main(["doctor", "--no-network", "--json"]) == 0
    told = capsys.readouterr()
    content = json.loads(told.out)
    found = {check["name"]: check for check in content["checks"]}
    assert found["OPENAI_API_KEY"]["found"] == "set"
    assert "was not asked" in found["openai"]["found"]
    assert KEY not in told.out + told.err


def test_a_provider_whose_key_is_set_is_asked_for_its_models(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in KEYS[:3]:
        monkeypatch.setenv(name, KEY)
    with listening(Door()) as door:
        root = door.url.removesuffix("/v1")
        monkeypatch.setenv("OPENAI_BASE_URL", door.url)
        monkeypatch.setenv("DASHSCOPE_HTTP_BASE_URL", f"{root}/api/v1")
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", root)
        well, found = checked()
    assert well
    assert [found[name].state for name in ("openai", "dashscope", "gemini")] == ["ok"] * 3
    assert door.seen == [
        ("/v1/models", f"Bearer {KEY}", ""),
        ("/compatible-mode/v1/models", f"Bearer {KEY}", ""),
        ("/v1beta/models", "", KEY),
    ]


@pytest.mark.parametrize(
    ("status", "told"),
    [(401, "refuses the key"), (403, "refuses the key"), (404, "not as expected"),
     (500, "not as expected")],
)  # fmt: skip
def test_a_provider_that_says_no_is_broken_and_fails_only_what_was_asked_for(
    status: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with listening(Door(status)) as door:
        monkeypatch.setenv("OPENAI_BASE_URL", door.url)
        well, found = checked()
        assert (well, found["openai"].state) == (True, "broken")
        assert told in found["openai"].found
        # a server of one's own was named, so it is asked for
        well, found = checked(base_url=door.url)
        assert (well, found["compatible"].state) == (False, "broken")


def test_a_key_does_not_follow_a_redirection() -> None:
    with listening(Door()) as away:
        with listening(Door(302, {"Location": f"{away.url}/models"})) as door:
            state, found = knock(Endpoint("openai", "OPENAI_API_KEY", door.url), KEY)
        assert (state, away.seen) == ("broken", [])
        assert "302" in found


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://127.0.0.1:9", KEY),
        ("http://127.0.0.1:9", "sk-test-with\na-second-line"),
        ("file:///etc/hostname", KEY),
        ("http://no.such.host.invalid", KEY),
        ("http://[::1", KEY),
    ],
)
def test_an_address_nobody_answers_at_is_told_without_the_key(url: str, key: str) -> None:
    state, found = knock(Endpoint("openai", "OPENAI_API_KEY", url), key, time_limit_s=2.0)
    assert state == "broken"
    assert "sk-test" not in found and found


def test_an_address_that_is_none_is_broken_and_what_is_secret_in_it_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    for address in ("http://[::1", f"ftp://me:{KEY}@example.invalid"):
        monkeypatch.setenv("OPENAI_BASE_URL", address)
        _, found = checked()
        assert found["openai"].state == "broken"
        assert KEY not in found["openai"].found


def test_a_model_is_asked_one_small_question_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with StubServer(answer=lambda _: "yes", model="gpt-4o-2024-08-06") as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
        well, found = checked("gpt-4o", network=False)
        assert len(server.received) == 1
    assert well
    assert "gpt-4o-2024-08-06 answered" in found["call gpt-4o"].found


def test_a_cassette_does_not_answer_for_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAT_API_KEY", KEY)
    Path("tape.jsonl").write_text("")
    with StubServer(answer=lambda _: "yes") as server:
        for _ in range(2):
            well, _ = checked(
                "compatible:any-vl",
                network=False, base_url=server.openai_url, cassette=Path("tape.jsonl"),
            )  # fmt: skip
            assert well
        assert len(server.received) == 2
    assert Path("tape.jsonl").read_text() == ""


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gpt-4o", "OPENAI_API_KEY"),
        ("gtp-4o", "Did you mean 'gpt-4o'?"),
        ("openai", "names no model"),
    ],
)
def test_a_model_that_cannot_be_asked_fails_with_a_cure(name: str, told: str) -> None:
    well, found = checked(name)
    assert (well, found[f"call {name}"].state) == (False, "broken")
    assert told in found[f"call {name}"].found + found[f"call {name}"].cure


@pytest.mark.parametrize(
    ("content", "state", "told"),
    [
        (None, "broken", "no such file"),
        ("no call\n", "broken", "Line 1"),
        ("", "ok", "0 recorded answers"),
    ],
)
def test_a_cassette_that_was_named_has_to_be_readable(
    content: str | None, state: str, told: str
) -> None:
    if content is not None:
        Path("tape.jsonl").write_text(content)
    well, found = checked(cassette=Path("tape.jsonl"))
    check = found["cassette tape.jsonl"]
    assert (well, check.state) == (state == "ok", state)
    assert told in check.found


def test_what_was_asked_for_and_does_not_work_is_the_exit_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["doctor", "--chat.cassette", "absent.jsonl"]) == 1
    assert "Does not work: cassette absent.jsonl." in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    room = check_room(tmp_path / "absent")
    assert (room.state, room.fails) == ("broken", False)
    assert "cannot be written" in room.found
