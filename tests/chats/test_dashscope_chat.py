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
    outcome,
    picture,
    question,
    stand_of,
)

from claims_env.chat import Usage
from claims_env.chats.retries import Patience

VENDOR = VENDORS["dashscope"]
pytest.importorskip("dashscope", exc_type=ImportError)


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
        VENDOR.chat(server, high_resolution=True).ask(question("Rate it."))
    (received,) = server.received
    assert received.asked is not None
    assert received.asked.pictures == (picture().data,)
    assert received.asked.texts[1].startswith("Rate it.\n\nReply with one JSON object")
    assert received.asked.body["parameters"] == {
        "result_format": "message",
        "max_tokens": 500,
        "temperature": 0.0,
        "seed": 3,
        "response_format": {"type": "json_object"},
        "vl_high_resolution_images": True,
    }


def test_the_answer_says_what_it_cost() -> None:
    with StubServer(["thoughts"]) as server:
        answer = VENDOR.chat(server).ask(question())
        assert answer.usage == Usage(server.charged.input, 12, cached=3, thought=5)
    assert (answer.served_model, answer.facts["form"]) == ("qwen-vl-max", "json_object")


def test_an_answer_without_a_count_has_no_usage() -> None:
    with StubServer(["no-usage"]) as server:
        assert VENDOR.chat(server).ask(question()).usage is None


def test_a_connection_that_is_cut_is_not_asked_again_behind_our_back() -> None:
    with StubServer(["cut", "ok"]) as server:
        got = outcome(VENDOR.chat(server, patience=Patience(attempts=1)), question())
        assert (got.kind, server.faults) == ("unavailable", ["cut"])


def test_a_key_file_of_the_library_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-somebody-elses")
    with StubServer() as server:
        assert VENDOR.chat(server).ask(question()).finish == "stop"


def test_many_threads_share_a_chat_and_nothing_is_mispaired() -> None:
    check_many(VENDOR)


def test_a_wait_the_provider_asks_for_is_kept() -> None:
    check_wait(VENDOR)
