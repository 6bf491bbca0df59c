"""A server on this computer that speaks the vendors' protocols and can be told to fail.

    with StubServer(["429", "ok"]) as server:
        chat = OpenAIChat("gpt-4o", base_url=server.openai_url, key_from="A_VARIABLE")

It is as strict as the vendors: a request with a wrong key, an unknown field or a picture that
cannot be opened is refused, whatever the script says.
"""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from chats.stub_wire import Asked, BadRequest, Reply, Tokens
from chats.stub_wires import wire_for

KEY = "sk-test-0123456789abcdef0123456789abcdef"
"""The one key the server takes."""

Fault = str
"""What happens to a request: 'ok', or a key of `stub_wire.ERRORS`, one of `DEEDS`, or of `ENDS`."""

DEEDS = ("slow", "drip", "cut")
"""Faults of the connection: no answer in time, an answer letter by letter, none at all."""

ENDS = ("length", "blocked", "refusal", "thoughts", "no-usage", "prose", "other", "empty")
ENDS += ("empty-choices", "truncated", "html", "html-502", "list")
"""Other ends an answer can come to."""


@dataclass(frozen=True)
class Received:
    """One request, as the server saw it.

    Attributes:
        number: Counted from 0, in the order of arrival.
        asked: What it held.
        fault: What was done to it; 'refused' where it broke the protocol.
        tokens: What the answer was charged with; none for an error.
    """

    number: int
    asked: Asked | None
    fault: Fault
    tokens: Tokens


class StubServer:
    """Answers until the end of the `with` block.

    Args:
        script: A fault per request, in the order they arrive; 'ok' when it has run out. Or a
            function of the request and its number.
        answer: Returns the text of the answer to a request.
        refuses: Parameters no model here takes.
        model: Who answers, whoever was asked; None is the one asked for.
        wait_s: The Retry-After of '429-after' [s].
        slow_s: How long 'slow' takes [s], unless the server is closed before.
    """

    def __init__(
        self,
        script: Iterable[Fault] | Callable[[Asked, int], Fault] = (),
        *,
        answer: Callable[[Asked], str] = lambda asked: '{"score": 7}',
        refuses: Sequence[str] = (),
        model: str | None = None,
        wait_s: str = "2",
        slow_s: float = 20.0,
        key: str = KEY,
    ) -> None:
        self._fault = script if callable(script) else _in_order(script)
        self.answer, self.refuses, self.model = answer, tuple(refuses), model
        self.wait_s, self.slow_s, self.key = wait_s, slow_s, key
        self.received: list[Received] = []
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The bare address: what the Gemini chats take."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def openai_url(self) -> str:
        return f"{self.url}/v1"

    @property
    def dashscope_url(self) -> str:
        return f"{self.url}/api/v1"

    @property
    def faults(self) -> list[Fault]:
        """What was done to each request, in order."""
        return [received.fault for received in self.received]

    @property
    def charged(self) -> Tokens:
        """Tokens of all answers together."""
        tokens = [received.tokens for received in self.received]
        return Tokens(sum(t.input for t in tokens), sum(t.output for t in tokens))

    def restart(self, script: Iterable[Fault]) -> None:
        """Forget what was received, and follow another script."""
        with self._lock:
            self._fault = _in_order(script)
            self.received = []

    def note(self, asked: Asked | None, fault: Fault | None = None) -> Fault:
        """Write a request down and return what is to be done to it."""
        with self._lock:
            number = len(self.received)
            fault = fault or (self._fault(asked, number) if asked else "refused")
            charged = asked is not None and fault in ("ok", "length", "thoughts", "prose")
            tokens = Tokens.of(asked, self.answer(asked)) if asked and charged else Tokens(0, 0)
            self.received.append(Received(number, asked, fault, tokens))
        return fault


def _in_order(script: Iterable[Fault]) -> Callable[[Asked, int], Fault]:
    faults = iter(script)
    return lambda asked, number: next(faults, "ok")


def _handler(server: StubServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            wire = wire_for(self.path)
            if wire is None:
                server.note(None)
                return self._reply(Reply(404, {"error": {"message": "no such path"}}))
            try:
                asked = wire.parse(self.path, dict(self.headers), body, server.key, server.refuses)
            except BadRequest as problem:
                server.note(None)
                return self._reply(wire.refusal(problem))
            fault = server.note(asked)
            if fault == "cut":
                return self._cut()
            if fault == "slow":
                server.closing.wait(server.slow_s)
                return self._cut()
            text = server.answer(asked)
            reply = wire.reply(asked, fault, text, server.model or asked.model, server.wait_s)
            return self._drip(reply) if fault == "drip" else self._reply(reply)

        def _reply(self, reply: Reply) -> None:
            data = reply.data
            self._head(reply, len(data))
            self.wfile.write(data)

        def _head(self, reply: Reply, length: int) -> None:
            self.send_response(reply.status)
            self.send_header("content-type", reply.media_type)
            self.send_header("content-length", str(length))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def _drip(self, reply: Reply) -> None:
            self._head(reply, len(reply.data))
            for i in range(len(reply.data)):
                if server.closing.is_set():
                    return
                try:
                    self.wfile.write(reply.data[i : i + 1])
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.05)

        def _cut(self) -> None:
            # a reset, not a polite end: no linger
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
            self.connection.close()

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def handle(self) -> None:
            try:
                super().handle()
            except (OSError, ValueError):
                self.close_connection = True  # the client has gone, or we cut it off

        def finish(self) -> None:
            with suppress(OSError, ValueError):
                super().finish()

    return Handler
