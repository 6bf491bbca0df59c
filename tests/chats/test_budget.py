import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from claims_env.chats.budget import Budget, Spending
from claims_env.errors import ChatError, ConfigError

CALL = Spending(calls=1, tokens=100, usd=0.01)


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (Budget(calls=3), "this would be call 4 of 3"),
        (Budget(tokens=399), "after this call up to 400 tokens of 399 would be used"),
        (Budget(usd=0.03), "after this call up to 0.0400 USD of 0.0300 would be spent"),
    ],
)
def test_each_cap_stops_before_the_call_that_would_exceed_it(budget: Budget, said: str) -> None:
    for _ in range(3):
        budget.reserve(CALL, "judge")
        budget.settle(CALL, CALL)
    with pytest.raises(ChatError, match=said) as caught:
        budget.reserve(CALL, "judge")
    assert (caught.value.kind, caught.value.is_passing) == ("budget", False)
    assert budget.spent.tokens == 300


def test_what_a_call_did_not_take_is_there_for_the_next() -> None:
    budget = Budget(tokens=100)
    for _ in range(10):
        budget.reserve(CALL, "judge")
        budget.settle(CALL, Spending(calls=1, tokens=0))
    assert budget.spent == Spending(calls=10)


def test_a_budget_without_caps_never_stops() -> None:
    budget = Budget()
    budget.reserve(Spending(10**9, 10**12, 1e9), "judge")


def test_what_was_spent_before_counts() -> None:
    budget = Budget(calls=5)
    budget.settle(Spending(), Spending(calls=5))
    with pytest.raises(ChatError, match="call 6 of 5"):
        budget.reserve(CALL, "judge")


@pytest.mark.parametrize("cap", [-1, float("nan")])
def test_a_cap_that_is_no_number_of_dollars_is_refused(cap: float) -> None:
    with pytest.raises(ConfigError, match="The budget's usd is"):
        Budget(usd=cap)


def test_a_call_that_may_fit_waits_for_those_under_way() -> None:
    budget = Budget(tokens=150)
    budget.reserve(CALL, "first")
    waiting = threading.Thread(target=budget.reserve, args=(CALL, "second"))
    waiting.start()
    budget.settle(CALL, Spending(calls=1, tokens=50))
    waiting.join(timeout=10)
    assert not waiting.is_alive()


def test_fifty_threads_do_not_overshoot_and_leave_nothing_over() -> None:
    budget, gate = Budget(calls=137, tokens=14_000, usd=2.0), threading.Barrier(50)

    def spend(_: int) -> int:
        gate.wait()
        done = 0
        for _ in range(10):
            try:
                budget.reserve(CALL, "judge")
            except ChatError:
                continue
            assert budget.spent.calls < 137
            budget.settle(CALL, CALL)
            done += 1
        return done

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(spend, range(50))) == 137
    assert (budget.spent.calls, budget.spent.tokens) == (137, 13_700)
    assert budget.spent.usd == pytest.approx(1.37)
