from collections.abc import Iterator

import pytest
from chats.stub_server import KEY, StubServer
from chats.vendors import (
    OUTCOMES,
    SCHEMA,
    VARIABLE,
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
from claims_env.chats.budget import Budget
from claims_env.chats.meter import Meter
from claims_env.chats.metered_chat import MeteredChat
from claims_env.chats.openai_chat import OpenAIChat
from claims_env.chats.retries import Patience
from claims_env.errors import ConfigError

VENDOR = VENDORS["openai"]
pytest.importorskip("openai", exc_type=ImportError)


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
    body = dict(received.asked.body)
    assert [m["role"] for m in body.pop("messages")] == ["system", "user"]
    assert received.asked.texts == ("You are brief.", "Rate it.")
    assert received.asked.pictures == (picture().data,)
    form = {"name": "difficulty", "schema": SCHEMA, "strict": True}
    assert body == {
        "model": "gpt-4o",
        "max_tokens": 500,
        "temperature": 0.0,
        "seed": 3,
        "response_format": {"type": "json_schema", "json_schema": form},
    }


def test_the_answer_says_who_gave_it_and_what_it_cost() -> None:
    with StubServer(["thoughts"], model="gpt-4o-2024-11-20") as server:
        answer = VENDOR.chat(server).ask(question())
    assert answer.text == '{"score": 7}'
    assert answer.served_model == "gpt-4o-2024-11-20"
    assert answer.usage == Usage(input=108, output=12, cached=3, thought=5)
    assert answer.facts["form"] == "json_schema"
    assert answer.facts["response_id"] == "chatcmpl-1"
    assert answer.facts["library"].startswith("openai ")


def test_an_answer_without_a_count_has_no_usage() -> None:
    with StubServer(["no-usage"]) as server:
        assert VENDOR.chat(server).ask(question()).usage is None


def test_a_refusal_in_words_is_a_blocked_answer() -> None:
    with StubServer(["refusal"]) as server:
        assert VENDOR.chat(server).ask(question()).finish == "blocked"


def test_a_reasoning_model_gets_neither_temperature_nor_the_old_cap() -> None:
    with StubServer(refuses=["temperature", "max_tokens"]) as server:
        answer = VENDOR.chat(server, model="gpt-5-mini").ask(question())
    assert server.faults == ["ok"]
    assert answer.facts["left_out"] == ["temperature"]


def test_what_an_unknown_model_refuses_is_left_out_one_by_one_and_for_good() -> None:
    patience = Patience(attempts=5, first_pause_s=0.001)
    with StubServer(refuses=["temperature", "seed", "max_tokens"]) as server:
        chat = VENDOR.chat(server, model="new-model", patience=patience)
        first, second = chat.ask(question()), chat.ask(question())
    assert server.faults == ["refused"] * 3 + ["ok", "ok"]
    assert (first.attempts, second.attempts) == (4, 1)
    assert first.facts["left_out"] == second.facts["left_out"] == ["temperature", "seed"]
    assert server.received[-1].asked is not None
    assert server.received[-1].asked.body["max_completion_tokens"] == 500


def test_a_model_without_schemas_is_asked_for_json_in_words() -> None:
    with StubServer(refuses=["response_format"]) as server:
        answer = VENDOR.chat(server, model="old-model", patience=Patience(first_pause_s=0.001)).ask(
            question()
        )
    assert server.faults == ["refused", "refused", "ok"]
    assert answer.facts["form"] == "words"
    assert server.received[-1].asked is not None
    assert '"additionalProperties": false' in server.received[-1].asked.text


def test_a_qwen_model_is_asked_for_a_json_object_and_told_the_schema() -> None:
    with StubServer() as server:
        VENDOR.chat(server, model="qwen-vl-max").ask(question())
    (received,) = server.received
    assert received.asked is not None
    assert received.asked.body["response_format"] == {"type": "json_object"}
    assert '"score": {"type": "integer"}' in received.asked.text


def test_extra_fields_reach_the_body() -> None:
    with StubServer() as server:
        extra = {"vl_high_resolution_images": True}
        VENDOR.chat(server, extra=extra, detail="high").ask(question())
    (received,) = server.received
    assert received.asked is not None
    assert received.asked.body["vl_high_resolution_images"] is True
    assert received.asked.body["messages"][1]["content"][1]["image_url"]["detail"] == "high"


def test_extra_fields_that_the_question_decides_are_refused() -> None:
    with pytest.raises(ConfigError, match="messages, n"):
        OpenAIChat("gpt-4o", extra={"n": 3, "messages": []})


def test_an_address_without_a_scheme_is_refused() -> None:
    with pytest.raises(ConfigError, match="'localhost:11434/v1' is no address"):
        OpenAIChat("llava", base_url="localhost:11434/v1", key_from=VARIABLE)


def test_half_a_character_does_not_get_into_an_answer() -> None:
    with StubServer(answer=lambda asked: "kick \ud83d!") as server:
        answer = VENDOR.chat(server).ask(question())
    assert answer.text == "kick ?!"


def test_many_threads_share_a_chat_and_nothing_is_mispaired() -> None:
    check_many(VENDOR)


def test_a_wait_the_provider_asks_for_is_kept() -> None:
    check_wait(VENDOR)


def test_a_question_ends_with_its_time_however_slowly_its_server_drips() -> None:
    patience = Patience(attempts=4, total_s=0.3)
    with StubServer(["drip"] * 4) as server:
        got = outcome(VENDOR.chat(server, patience=patience), question())
        assert (got.kind, server.faults) == ("timeout", ["drip"])


def test_a_server_of_ones_own_needs_no_key() -> None:
    with StubServer(key="none") as server:
        answer = VENDOR.chat(server, key_from=None).ask(question())
    assert answer.finish == "stop"


def test_a_server_that_asks_for_a_key_after_all_says_so() -> None:
    with StubServer() as server:
        got = outcome(VENDOR.chat(server, key_from=None), question())
    assert got.kind == "auth"
    assert "asks for a key" in str(got)


def test_what_the_user_added_is_on_record() -> None:
    with StubServer() as server:
        answer = VENDOR.chat(server, extra={"reasoning_effort": "low"}).ask(question())
    assert answer.facts["extra"] == {"reasoning_effort": "low"}


def test_a_key_that_a_server_repeats_is_struck_out_of_the_answer() -> None:
    with StubServer(answer=lambda _: f"You sent {KEY}.", model=KEY) as server:
        answer = VENDOR.chat(server).ask(question(schema=None))
    assert (answer.text, answer.served_model) == ("You sent ***.", "***")


def test_an_answer_longer_than_its_tokens_allow_is_none() -> None:
    # sixteen characters a token
    with StubServer(answer=lambda _: "a" * 161) as server:
        chat = VENDOR.chat(server)
        assert outcome(chat, question(schema=None, max_tokens=10)).kind == "malformed"
        assert chat.ask(question(schema=None, max_tokens=11)).text == "a" * 161


def test_a_server_that_always_fails_gets_no_more_requests_than_the_cap() -> None:
    meter = Meter()
    with StubServer(lambda asked, number: "500") as server:
        patient = Patience(attempts=4, first_pause_s=0.001, longest_pause_s=0.002)
        inner = VENDOR.chat(server, patience=patient)
        chat = MeteredChat(inner, meter, Budget(calls=6))
        assert [outcome(chat, question()).kind for _ in range(4)] == [
            "unavailable", "budget", "budget", "budget",
        ]  # fmt: skip
        assert len(server.received) == 6
    (facts,) = meter.facts["chats"]
    assert (facts["calls"], facts["attempts"], facts["answers"]) == (2, 6, 0)
