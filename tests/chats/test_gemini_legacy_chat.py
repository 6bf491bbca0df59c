from collections.abc import Iterator

import pytest
from chats.stub_server import StubServer
from chats.vendors import (
    OUTCOMES,
    VENDORS,
    Stand,
    check_many,
    check_outcome,
    check_recovery,
    check_wait,
    picture,
    question,
    stand_of,
)

from claims_env.chat import Usage

VENDOR = VENDORS["gemini-legacy"]
pytest.importorskip("google.ai.generativelanguage", exc_type=ImportError)


@pytest.fixture(scope="module", autouse=True)
def stand() -> Iterator[Stand]:
    with stand_of(VENDOR) as stand:
        yield stand


@pytest.mark.parametrize("fault", OUTCOMES)
def test_every_fault_comes_to_its_documented_outcome(stand: Stand, fault: str) -> None:
    check_outcome(stand, fault)


@pytest.mark.parametrize("fault", ["429-after", "500", "cut", "html", "truncated", "empty-choices"])
def test_a_fault_that_passes_costs_one_attempt(stand: Stand, fault: str) -> None:
    check_recovery(stand, fault)


def test_the_request_holds_all_that_the_question_says() -> None:
    with StubServer() as server:
        VENDOR.chat(server).ask(question("Rate it."))
    (received,) = server.received
    assert received.asked is not None
    assert received.asked.texts[0] == "You are brief."
    assert received.asked.texts[1].startswith("Rate it.\n\nReply with one JSON object")
    assert received.asked.pictures == (picture().data,)
    config = received.asked.body["generationConfig"]
    assert config["maxOutputTokens"] == 500
    assert config["responseMimeType"] == "application/json"


def test_thoughts_are_charged_by_what_the_total_holds_more() -> None:
    with StubServer(["thoughts"]) as server:
        answer = VENDOR.chat(server).ask(question())
        assert answer.usage == Usage(server.charged.input, 12, cached=3, thought=5)
    assert answer.facts["left_out"] == ["seed"]


def test_two_chats_with_two_keys_live_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANOTHER_KEY", "sk-test-another")
    with StubServer() as one, StubServer(key="sk-test-another") as other:
        chats = [VENDOR.chat(one), VENDOR.chat(other, key_from="ANOTHER_KEY")]
        assert [chat.ask(question()).finish for chat in chats] == ["stop", "stop"]


def test_many_threads_share_a_chat_and_nothing_is_mispaired() -> None:
    check_many(VENDOR)


def test_a_wait_the_provider_asks_for_is_kept() -> None:
    check_wait(VENDOR)
