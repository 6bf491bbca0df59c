from pathlib import Path

import pytest

from claims_env.chat import Usage
from claims_env.chats.prices import OWN_PRICES, Price, Prices, load_prices, read_prices
from claims_env.errors import ConfigError

THOUSAND = Usage(input=1000, output=100)


def test_what_a_call_costs_by_hand() -> None:
    gpt = load_prices().of("openai:gpt-4o")
    qwen = load_prices().of("dashscope:qwen-vl-max")
    assert gpt is not None and qwen is not None
    # 1000 x 2.5 and 100 x 10 millionths; 1000 x 0.8 and 100 x 3.2
    assert gpt.of(THOUSAND) == pytest.approx(0.0035)
    assert qwen.of(THOUSAND) == pytest.approx(0.00112)


def test_cached_tokens_cost_their_own_price_or_the_full_one() -> None:
    usage = Usage(input=1000, output=0, cached=400)
    assert Price(("m",), 2.0, 8.0, "", "", cached=0.5).of(usage) == pytest.approx(0.0014)
    assert Price(("m",), 2.0, 8.0, "", "").of(usage) == pytest.approx(0.002)


@pytest.mark.parametrize(
    "model",
    ["openai:gpt-4o-mini", "openai:gpt-6-luna", "gemini:gemini-2.5-flash-thinking", "scripted", ""],
)
def test_a_price_nobody_wrote_down_is_unknown(model: str) -> None:
    assert load_prices().of(model) is None


def test_every_price_of_the_package_says_when_and_where_it_was_read() -> None:
    # what is no language model costs nothing
    prices = [price for price in read_prices(OWN_PRICES) if price.models != ("offline:*",)]
    assert len(prices) >= 3
    assert all(price.date and price.source and price.output > price.input > 0 for price in prices)


def test_prices_of_ones_own_come_first_and_may_be_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("""
- {models: ["local:*"], input: 0, output: 0, date: 2026-11-22, source: my own machine}
- {models: [gpt-4o], input: 1, output: 2, date: 2026-11, source: my contract}
""")
    prices = load_prices(tmp_path / "mine.yaml")
    local, gpt, qwen = (prices.of(name) for name in ("local:qwen3", "x:gpt-4o", "qwen-vl-max"))
    assert local is not None and gpt is not None and qwen is not None
    assert (local.of(THOUSAND), local.date) == (0.0, "2026-11-22")
    assert gpt.source == "my contract"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("models: []", "holds no list of prices"),
        ("- {models: [m], input: 1, date: 2026, source: s}", r"mine.yaml\[0\].output' is missing"),
        ("- {models: [m], input: -1, output: 1, date: d, source: s}", "input' is -1.0. Expected"),
        ("- {models: [m], input: .nan, output: 1, date: d, source: s}", "input' is nan. Expected"),
        ("- {models: [m], input: 1, out: 1, date: d, source: s}", "Did you mean .*output"),
        ("- [", "cannot be read"),
    ],
)
def test_a_file_that_holds_no_prices_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mine.yaml").write_text(text)
    with pytest.raises(ConfigError, match=said):
        load_prices(tmp_path / "mine.yaml")


def test_a_file_of_prices_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"mine\.yaml cannot be read"):
        load_prices(tmp_path / "mine.yaml")


def test_no_prices_know_nothing() -> None:
    assert Prices().of("gpt-4o") is None


def test_a_server_of_ones_own_has_the_price_its_user_wrote_down_and_no_other(
    tmp_path: Path,
) -> None:
    path = tmp_path / "prices.yaml"
    path.write_text("- {models: ['llava*'], input: 1, output: 2, date: '2026-11', source: me}\n")
    prices = load_prices(path)
    assert prices.of("compatible:llava:7b") is not None
    assert prices.of("compatible:gpt-4o") is None and prices.of("openai:gpt-4o") is not None
