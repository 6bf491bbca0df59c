"""The vendors' chats, each beside the server that stands in for its vendor; what all must do."""

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from chats.stub_server import KEY, StubServer
from chats.stub_wire import Asked
from PIL import Image

from claims_env.chat import Chat, Message, Picture, Question
from claims_env.chats.dashscope_chat import DashScopeChat
from claims_env.chats.gemini_chat import GeminiChat
from claims_env.chats.gemini_legacy_chat import GeminiLegacyChat
from claims_env.chats.openai_chat import OpenAIChat
from claims_env.chats.retries import Patience
from claims_env.errors import ChatError

VARIABLE = "STUB_API_KEY"
BRISK = Patience(attempts=2, total_s=20.0, first_pause_s=0.001, longest_pause_s=0.002)

SCHEMA = {
    "type": "object",
    "properties": {"score": {"type": "integer"}},
    "required": ["score"],
    "additionalProperties": False,
}

OUTCOMES = {
    "ok": ("stop", 1),
    "no-usage": ("stop", 1),
    "prose": ("stop", 1),
    "length": ("length", 1),
    "blocked": ("blocked", 1),
    "withheld": ("blocked", 1),
    "400": ("request", 1),
    "401": ("auth", 1),
    "403": ("auth", 1),
    "404": ("request", 1),
    "429": ("rate", 2),
    "429-after": ("rate", 2),
    "429-quota": ("auth", 1),
    "500": ("unavailable", 2),
    "503": ("unavailable", 2),
    "html-502": ("unavailable", 2),
    "cut": ("unavailable", 2),
    "slow": ("timeout", 2),
    "drip": ("timeout", 2),
    "html": ("malformed", 2),
    "list": ("malformed", 2),
    "truncated": ("malformed", 2),
    "empty-choices": ("malformed", 2),
    "empty": ("malformed", 2),
}
"""What each fault comes to, when it lasts: the answer's finish or the error's kind, and how often
it is asked for."""


@dataclass(frozen=True)
class Vendor:
    """One vendor's chat against its server.

    Attributes:
        library: What must be installed.
        model: One that takes everything the vendor offers.
        make: The chat's class.
        url: Where the server speaks its protocol.
    """

    library: str
    model: str
    make: Callable[..., Chat]
    url: Callable[[StubServer], str]

    def chat(self, server: StubServer, **settings: Any) -> Chat:
        """Return a chat that asks the server."""
        pytest.importorskip(self.library, exc_type=ImportError)
        given = {"key_from": VARIABLE, "patience": BRISK, "timeout_s": 10.0} | settings
        return self.make(given.pop("model", self.model), base_url=self.url(server), **given)


VENDORS = {
    "openai": Vendor("openai", "gpt-4o", OpenAIChat, lambda s: s.openai_url),
    "dashscope": Vendor("dashscope", "qwen-vl-max", DashScopeChat, lambda s: s.dashscope_url),
    "gemini": Vendor("google.genai", "gemini-2.5-flash", GeminiChat, lambda s: s.url),
    "gemini-legacy": Vendor(
        "google.ai.generativelanguage", "gemini-2.5-flash", GeminiLegacyChat, lambda s: s.url
    ),
}

ELSEWHERE = ("OPENAI_BASE_URL", "DASHSCOPE_HTTP_BASE_URL", "GOOGLE_GEMINI_BASE_URL")


@dataclass
class HandClock:
    """Stands still but for sleep."""

    time: float = 100.0
    slept: list[float] = field(default_factory=list[float])

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@dataclass(frozen=True)
class Stand:
    """A vendor's server and chats that many tests share, since a client takes a tenth of a second.

    Attributes:
        server: Restarted by each test.
        chat: One that waits long enough on any machine.
        hurried: One that does not wait.
    """

    server: StubServer
    chat: Chat
    hurried: Chat


@contextmanager
def environment() -> Iterator[None]:
    """Put the key where the chats look for it, and a proxy that leads nowhere in their way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, KEY)
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            patch.setenv(name, "http://127.0.0.1:9")
            patch.setenv(name.upper(), "http://127.0.0.1:9")
        for name in ("no_proxy", "NO_PROXY", *ELSEWHERE):
            patch.delenv(name, raising=False)
        yield


@contextmanager
def stand_of(vendor: Vendor) -> Iterator[Stand]:
    """Yield the vendor's stand."""
    with environment(), StubServer(wait_s="0.001") as server:
        yield Stand(server, vendor.chat(server), vendor.chat(server, timeout_s=0.2))


def question(text: str = "How hard is this?", **changes: Any) -> Question:
    """Return a question with a picture, a schema and everything else a question may have."""
    messages = (Message("system", "You are brief."), Message("user", text, (picture(),)))
    given: dict[str, Any] = {"schema": SCHEMA, "seed": 3, "max_tokens": 500} | changes
    return Question(messages, "difficulty", "difficulty 1", **given)


def picture(seed: int = 0) -> Picture:
    """Return a small picture whose base64 has every letter of the alphabet."""
    pixels = np.random.default_rng(seed).integers(0, 255, (32, 48, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return Picture(file.getvalue(), "image/png", 48, 32)


def outcome(chat: Chat, asked: Question) -> Any:
    """Return the answer, or the error it came to."""
    try:
        return chat.ask(asked)
    except ChatError as error:
        return error


def check_outcome(stand: Stand, fault: str) -> None:
    """Check what a fault that lasts comes to."""
    expected, hits = OUTCOMES[fault]
    stand.server.restart([fault] * hits)
    got = outcome(stand.hurried if fault in ("slow", "drip") else stand.chat, question())
    kind = getattr(got, "kind", None) or got.finish
    assert (kind, stand.server.faults) == (expected, [fault] * hits), str(got)


def check_recovery(stand: Stand, fault: str) -> None:
    """Check that one fault among good answers costs one attempt and nothing else."""
    stand.server.restart([fault])
    answer = stand.chat.ask(question())
    assert (answer.text, answer.attempts) == ('{"score": 7}', 2)
    assert stand.server.faults == [fault, "ok"]


def check_wait(vendor: Vendor) -> None:
    """Check that a wait the provider asks for in a header is kept."""
    clock = HandClock()
    with StubServer(["429-after"], wait_s="7") as server:
        answer = vendor.chat(server, patience=Patience(), clock=clock).ask(question())
    assert answer.attempts == 2
    assert 7.0 <= clock.slept[0] <= 8.0


def check_many(vendor: Vendor, count: int = 40) -> None:
    """Check that questions from many threads get their own answers, over faults at every tenth."""
    faults = ("429", "500", "cut", "truncated")
    patience = Patience(attempts=6, total_s=60.0, first_pause_s=0.001, longest_pause_s=0.01)

    def script(asked: Asked, number: int) -> str:
        return faults[number // 10 % len(faults)] if number % 10 == 3 else "ok"

    def echo(asked: Asked) -> str:
        return f"<{asked.texts[1].split()[1]}>"

    with StubServer(script, answer=echo) as server, ThreadPoolExecutor(8) as threads:
        chat = vendor.chat(server, patience=patience)
        asked = [question(f"clip {i} please", schema=None) for i in range(count)]
        answers = list(threads.map(chat.ask, asked))
        assert [a.text for a in answers] == [f"<{i}>" for i in range(count)]
        assert sum(a.attempts for a in answers) == len(server.received)
        assert sum(a.usage.input for a in answers if a.usage) == server.charged.input
        assert sum(a.usage.output for a in answers if a.usage) == server.charged.output
