import pickle
import threading
from dataclasses import dataclass, field

import pytest
from chats.vendors import HandClock, question

from claims_env.chat import Answer
from claims_env.chats.refusal import Place, Refusal, refused
from claims_env.chats.retries import Patience, persist
from claims_env.chats.setback import Setback, broken
from claims_env.chats.spoken_wait import detailed_wait, spoken_wait
from claims_env.chats.time_limit import within
from claims_env.errors import ChatError, ConfigError

ANSWER = Answer("7", "stop", "m")
RATE = Setback("rate", "Too many requests.")
AUTH = Setback("auth", "No.")


@dataclass
class Attempts:
    """Comes to one outcome after another, each after so many seconds."""

    clock: HandClock
    outcomes: list[Answer | Setback]
    each_s: float = 0.0
    left: list[float] = field(default_factory=list[float])

    def __call__(self, left_s: float) -> Answer | Setback:
        self.left.append(left_s)
        self.clock.time += self.each_s
        return self.outcomes.pop(0)


def persisted(
    outcomes: list[Answer | Setback], patience: Patience, each_s: float = 0.0, whose: str = "me"
) -> tuple[Answer | ChatError, HandClock, Attempts]:
    clock = HandClock()
    attempts = Attempts(clock, outcomes, each_s)
    try:
        return persist("toy", attempts, patience, clock, whose), clock, attempts
    except ChatError as error:
        return error, clock, attempts


def test_the_first_answer_is_taken_and_says_how_often_it_was_asked_for() -> None:
    answer, clock, _ = persisted([RATE, RATE, ANSWER], Patience())
    assert isinstance(answer, Answer) and answer.attempts == 3
    assert len(clock.slept) == 2


def test_it_gives_up_after_so_many_attempts_and_says_so() -> None:
    error, clock, attempts = persisted([RATE] * 9, Patience(attempts=4))
    assert isinstance(error, ChatError) and error.kind == "rate"
    assert str(error) == "toy: Too many requests. Asked 4 times."
    assert (len(attempts.left), len(clock.slept)) == (4, 3)


@pytest.mark.parametrize("kind", ["auth", "request", "budget"])
def test_what_cannot_help_is_not_tried_again(kind: str) -> None:
    error, clock, attempts = persisted([Setback(kind, "No."), ANSWER], Patience())
    assert isinstance(error, ChatError) and error.kind == kind
    assert (len(attempts.left), clock.slept) == (1, [])


@pytest.mark.parametrize("kind", ["rate", "unavailable", "timeout", "malformed"])
def test_what_may_pass_is_tried_again(kind: str) -> None:
    assert isinstance(persisted([Setback(kind, "Hm."), ANSWER], Patience())[0], Answer)


def test_pauses_lie_between_nothing_and_a_limit_that_doubles_up_to_the_longest() -> None:
    patience = Patience(attempts=7, total_s=1e6, first_pause_s=1.0, longest_pause_s=5.0)
    limits = [1.0, 2.0, 4.0, 5.0, 5.0, 5.0]
    runs = [persisted([RATE] * 7, patience, whose=str(i))[1].slept for i in range(200)]
    columns = list(zip(*runs, strict=True))
    assert all(max(c) <= limit for c, limit in zip(columns, limits, strict=True))
    assert all(max(c) > 0.9 * limit for c, limit in zip(columns, limits, strict=True))
    assert all(min(c) < 0.1 * limit for c, limit in zip(columns, limits, strict=True))


def test_pauses_repeat_under_their_seed_and_differ_between_questions() -> None:
    def slept(seed: int, whose: str) -> list[float]:
        return persisted([RATE] * 4, Patience(seed=seed), whose=whose)[1].slept

    assert slept(0, "a") == slept(0, "a")
    assert slept(0, "a") != slept(0, "b")
    assert slept(0, "a") != slept(1, "a")


def test_the_pauses_are_the_same_in_every_process() -> None:
    _, clock, _ = persisted([RATE] * 3, Patience(attempts=3), whose="a walk")
    assert clock.slept == [0.6820868780330361, 0.4585783962464467]


def test_a_wait_the_provider_asks_for_is_kept() -> None:
    asked = Setback("rate", "Later.", wait_s=7.0)
    _, clock, _ = persisted([asked, ANSWER], Patience())
    assert 7.0 <= clock.slept[0] <= 8.0


def test_a_wait_the_provider_asks_for_is_capped() -> None:
    asked = Setback("rate", "Tomorrow.", wait_s=86400.0)
    _, clock, _ = persisted([asked, ANSWER], Patience(longest_pause_s=10.0))
    assert 10.0 <= clock.slept[0] <= 11.0


def test_no_pause_is_begun_that_the_time_limit_would_cut_off() -> None:
    asked = Setback("rate", "Later.", wait_s=9.0)
    error, clock, _ = persisted([asked, ANSWER], Patience(total_s=8.0))
    assert isinstance(error, ChatError) and clock.slept == []


def test_each_attempt_is_told_how_much_time_is_left_of_all() -> None:
    patience = Patience(attempts=9, total_s=100.0, first_pause_s=1e-9)
    error, _, attempts = persisted([RATE] * 9, patience, each_s=30.0)
    assert isinstance(error, ChatError)
    assert attempts.left == pytest.approx([100.0, 70.0, 40.0, 10.0])


def test_an_amended_request_is_sent_at_once_though_its_kind_does_not_pass() -> None:
    amended = Setback("request", "No temperature.", amended=True)
    answer, clock, _ = persisted([amended, ANSWER], Patience())
    assert isinstance(answer, Answer) and answer.attempts == 2
    assert clock.slept == [0.0]


def test_amended_requests_count_as_attempts_too() -> None:
    amended = Setback("request", "No temperature.", amended=True)
    error, _, attempts = persisted([amended] * 9, Patience(attempts=3))
    assert isinstance(error, ChatError) and len(attempts.left) == 3


@pytest.mark.parametrize("wrong", [{"attempts": 0}, {"total_s": 0.0}, {"first_pause_s": -1.0}])
def test_patience_that_makes_no_sense_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match="at least 1"):
        Patience(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"Retry-After-Ms": "250", "Retry-After": "9"}, 0.25),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        (
            {
                "Date": "Fri, 01 Nov 2024 10:00:00 GMT",
                "Retry-After": "Fri, 01 Nov 2024 10:00:42 GMT",
            },
            42.0,
        ),
        ({"Retry-After": "Fri, 01 Nov 2024 10:00:42 GMT"}, None),
    ],
)
def test_a_wait_is_read_however_it_is_said(headers: dict[str, str], seconds: float | None) -> None:
    assert spoken_wait(headers) == seconds


def test_googles_wait_is_read_from_the_body() -> None:
    details = {"error": {"details": [{"reason": "X"}, {"retryDelay": "34s"}]}}
    assert detailed_wait(details) == 34.0
    assert detailed_wait("<html>") is None


def test_an_error_shows_the_providers_words_but_nothing_of_the_question() -> None:
    place, asked = Place("m", "host", "K"), question("Rate the slow and careful backflip.")
    shown = refused(Refusal(400, "too_big", "", "The picture has\n 30 MB."), place, asked)
    assert shown.problem == "The request is refused (400 too_big): The picture has 30 MB."
    echoed = refused(Refusal(400, "bad", "", "Bad: 'the slow and careful back'"), place, asked)
    assert echoed.problem == "The request is refused (400 bad)."


def test_an_error_strikes_out_what_may_be_a_key_or_a_picture() -> None:
    place, asked = Place("m", "host", "K"), question()
    said = f"sk-test-1 and Bearer x and AIzaSy and {'QUJD' * 20} end"
    shown = refused(Refusal(400, "sk-test-0123456789", "", said), place, asked)
    assert shown.problem == (
        "The request is refused (400): [...] and [...] x and [...] and [...] end."
    )


def test_an_error_is_short_whatever_the_provider_says() -> None:
    shown = refused(Refusal(400, "x" * 500, "", "word " * 500), Place("m", "h", "K"), question())
    assert len(shown.problem) < 220


def test_a_call_that_takes_too_long_is_left_to_itself() -> None:
    gate = threading.Event()
    with pytest.raises(TimeoutError):
        within(0.05, gate.wait)
    gate.set()
    assert within(5.0, lambda: 7) == 7
    with pytest.raises(KeyError):
        within(5.0, lambda: {}["x"])


def test_exceptions_of_any_library_are_told_apart_by_their_names() -> None:
    assert broken(TimeoutError()).kind == "timeout"
    assert broken(ConnectionResetError()).kind == "unavailable"
    assert broken(ValueError("half a json")).kind == "malformed"
    assert broken(TypeError("secret")).problem.endswith("broke down with TypeError.")


def test_leave_is_asked_for_before_each_repetition_and_without_it_nothing_is_sent() -> None:
    clock, heard = HandClock(), list[str]()
    attempts = Attempts(clock, [RATE, Setback("timeout", "Late."), ANSWER])

    def leave(kind: str) -> None:
        heard.append(kind)
        if len(heard) == 2:
            raise ChatError("budget", "toy", "All is spent.", "Raise the cap.")

    with pytest.raises(ChatError) as caught:
        persist("toy", attempts, Patience(), clock, leave=leave)
    told = "toy: Late. Asked 2 times. It was not asked again: All is spent. Raise the cap."
    assert (str(caught.value), caught.value.kind) == (told, "budget")
    assert (caught.value.attempts, heard) == (2, ["rate", "timeout"])
    assert (len(attempts.left), len(clock.slept)) == (2, 1)


def test_an_error_knows_how_many_requests_it_took_and_survives_pickling() -> None:
    error, _, _ = persisted([RATE] * 9, Patience(attempts=4))
    assert isinstance(error, ChatError)
    again = pickle.loads(pickle.dumps(error))
    assert (again.attempts, again.kind, str(again)) == (4, "rate", str(error))
