from collections.abc import Iterator

import pytest
from chats.stub_server import StubServer
from chats.vendors import (
    OUTCOMES,
    SCHEMA,
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

VENDOR = VENDORS["gemini"]
pytest.importorskip("google.genai", exc_type=ImportError)


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
        extra = {"thinking_config": {"thinking_budget": 0}}
        VENDOR.chat(server, extra=extra).ask(question("Rate it."))
    (received,) = server.received
    assert received.asked is not None
    assert received.asked.texts == ("You are brief.", "Rate it.")
    assert received.asked.pictures == (picture().data,)
    config = dict(received.asked.body["generationConfig"])
    assert set(config.pop("thinkingConfig").values()) == {0}
    assert config == {
        "maxOutputTokens": 500,
        "temperature": 0.0,
        "seed": 3,
        "responseMimeType": "application/json",
        "responseJsonSchema": SCHEMA,
    }


def test_thoughts_are_charged_and_not_shown() -> None:
    with StubServer(["thoughts"], model="gemini-3.5-flash-lite") as server:
        answer = VENDOR.chat(server).ask(question())
    assert answer.text == '{"score": 7}'
    assert answer.usage == Usage(input=108, output=12, cached=3, thought=5)
    assert answer.served_model == "gemini-3.5-flash-lite"


def test_an_answer_without_a_count_has_no_usage() -> None:
    with StubServer(["no-usage"]) as server:
        assert VENDOR.chat(server).ask(question()).usage is None


def test_a_blocked_question_says_why() -> None:
    with StubServer(["blocked"]) as server:
        answer = VENDOR.chat(server).ask(question())
    assert (answer.finish, answer.text, answer.facts["withheld"]) == ("blocked", "", "SAFETY")


def test_an_answer_withheld_for_safety_is_blocked() -> None:
    with StubServer(["refusal"]) as server:
        assert VENDOR.chat(server).ask(question()).finish == "blocked"


def test_an_answer_that_ended_for_no_known_reason_is_asked_for_again() -> None:
    with StubServer(["other"]) as server:
        assert VENDOR.chat(server).ask(question()).attempts == 2


def test_a_wrong_key_is_known_by_its_reason_though_the_status_is_400() -> None:
    with StubServer(key="sk-test-another") as server:
        got = outcome(VENDOR.chat(server), question())
        assert (got.kind, server.faults) == ("auth", ["refused"])


def test_a_model_better_off_at_its_own_temperature_goes_without() -> None:
    with StubServer() as server:
        answer = VENDOR.chat(server, model="gemini-3-flash").ask(question())
    assert server.received[0].asked is not None
    assert "temperature" not in server.received[0].asked.body["generationConfig"]
    assert answer.facts["left_out"] == ["temperature"]


def test_many_threads_share_a_chat_and_nothing_is_mispaired() -> None:
    check_many(VENDOR)


def test_a_wait_the_provider_asks_for_is_kept() -> None:
    check_wait(VENDOR)
