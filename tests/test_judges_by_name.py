"""Language models by name: vendors, short names, what they lack, and what they share."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from toys import swaying

from claims_env.assembly import build_chat, build_env, build_judge, is_chat, open_account
from claims_env.assembly.chats import VENDORS, recorded_name
from claims_env.chat import Message, Question
from claims_env.chat_config import ChatConfig
from claims_env.chats.cassette_chat import CassetteChat
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.errors import ChatError, ConfigError, UnknownName
from claims_env.judge import Missing

SMALL = {"preset_name": "smoke", "tracker": {"name": "skill"}, "sets": 2, "held_out": 0}
QUESTION = Question((Message("user", "How hard?"),), "difficulty", "difficulty 1")
KEY = "sk-test-0123456789abcdef0123456789abcdef"


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """Return an empty cassette."""
    path = tmp_path / "tape.jsonl"
    path.touch()
    return path


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "DASHSCOPE_API_KEY", "GEMINI_API_KEY", "CHAT_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def replayed(tape: Path, **settings: object) -> ChatConfig:
    return ChatConfig(cassette=tape, cassette_mode="replay", **settings)  # type: ignore[arg-type]


def test_a_chat_is_told_from_other_judges_by_its_name() -> None:
    assert all(is_chat(f"{vendor}:some-model") for vendor in VENDORS)
    assert is_chat("gpt-4o") and is_chat("qwen-vl-max")
    assert not any(map(is_chat, ("kinematic", "planner", "mine:Own", "claims_env.x:Y")))


def test_the_papers_short_names_stand_for_vendor_and_model(tape: Path) -> None:
    assert build_judge("gpt-4o", replayed(tape)).name == "openai:gpt-4o"
    assert build_judge("qwen-vl-max", replayed(tape)).name == "dashscope:qwen-vl-max"
    assert recorded_name("gemini:gemini-3.8-flash") == "gemini:gemini-3.8-flash"


def test_a_name_nobody_knows_is_refused_with_what_is_known() -> None:
    with pytest.raises(UnknownName, match=r"compatible:MODEL, .*gpt-4o, kinematic"):
        build_judge("gpt4")
    with pytest.raises(UnknownName, match="No chat is called 'kinematic'"):
        build_chat("kinematic", ChatConfig())
    with pytest.raises(ConfigError, match=r"'openai:' names no model. Write openai:MODEL"):
        build_judge("openai:")


@pytest.mark.parametrize(
    ("name", "library", "variable"),
    [
        ("gpt-4o", "openai", "OPENAI_API_KEY"),
        ("qwen-vl-max", "dashscope", "DASHSCOPE_API_KEY"),
        ("gemini:gemini-3.8-flash", "google.genai", "GEMINI_API_KEY"),
    ],
)
def test_a_missing_key_is_told_when_the_parts_are_made(
    name: str, library: str, variable: str
) -> None:
    pytest.importorskip(library)
    with pytest.raises(ChatError, match=f"{variable} is not set"):
        build_env(**SMALL, judges=(name,))


def test_a_server_of_ones_own_needs_its_address_and_takes_any_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("openai")
    with pytest.raises(ConfigError, match=r"Where is 'compatible:llava'\? .*--chat.base-url"):
        build_judge("compatible:llava")
    chat = ChatConfig(base_url="http://127.0.0.1:9/v1")
    assert build_judge("compatible:llava", chat).name == "compatible:llava"
    with pytest.raises(ChatError, match="MY_KEY is not set"):
        build_judge("compatible:llava", replace(chat, key_from="MY_KEY"))
    monkeypatch.setenv("MY_KEY", "any")
    build_judge("compatible:llava", replace(chat, key_from="MY_KEY"))


def test_a_server_of_ones_own_does_not_charge_a_vendors_price() -> None:
    pytest.importorskip("openai")
    chat = ChatConfig(base_url="http://127.0.0.1:9/v1", usd=1.0)
    with pytest.raises(ConfigError, match="what 'compatible:gpt-4o' costs is not known"):
        build_judge("compatible:gpt-4o", chat)


@pytest.mark.parametrize(
    ("address", "shown"),
    [("https://gateway.test/v1", " at gateway.test"), ("https://api.openai.com/v1", "")],
)
def test_answers_from_another_address_are_kept_apart(
    tape: Path, monkeypatch: pytest.MonkeyPatch, address: str, shown: str
) -> None:
    pytest.importorskip("openai")
    scripted = ScriptedChat(["7"], "openai:gpt-4o")
    CassetteChat(scripted, tape, variant=shown.strip()).ask(QUESTION)
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    assert build_chat("gpt-4o", replayed(tape)).ask(QUESTION).text == "7"


def test_who_only_replays_needs_no_key(tape: Path) -> None:
    judge = build_judge("gpt-4o", replayed(tape))
    (found,) = judge.rate([swaying(1.0)])
    assert isinstance(found, Missing) and "has no answer to this question" in found.reason


def test_money_is_not_capped_where_the_price_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openai")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    build_judge("openai:gpt-4o", ChatConfig(usd=1.0))
    with pytest.raises(ConfigError, match="what 'openai:gpt-9' costs is not known"):
        build_judge("openai:gpt-9", ChatConfig(usd=1.0))


def test_only_those_who_are_named_align(tape: Path) -> None:
    chat = {"cassette": str(tape), "cassette_mode": "replay", "aligners": ("qwen-vl-max",)}
    env = build_env(**SMALL, judges=("gpt-4o", "dashscope:qwen-vl-max"), chat=chat)
    prompt = env.parts.library.sample(np.random.default_rng(0))
    answers = [judge.align([swaying(1.0)], [prompt])[0] for judge in env.parts.judges]
    reasons = [answer.reason for answer in answers if isinstance(answer, Missing)]
    assert "not asked about alignment" in reasons[0] and "has no answer to this" in reasons[1]


def test_who_is_to_align_must_be_a_judge(tape: Path) -> None:
    chat = {"cassette": str(tape), "cassette_mode": "replay", "aligners": ("qwen-vl-max",)}
    with pytest.raises(ConfigError, match=r"'chat\.aligners' names qwen-vl-max, which is none"):
        build_env(**SMALL, judges=("gpt-4o", "posture"), chat=chat)


def test_the_libraries_domains_are_those_a_clip_may_belong_to(tape: Path) -> None:
    env = build_env(
        **SMALL, judges=("gpt-4o",), chat={"cassette": str(tape), "cassette_mode": "replay"}
    )
    assert env.parts.account is not None and env.parts.library.domains
    assert build_env(**SMALL).parts.account is None


def test_what_was_spent_before_a_run_was_resumed_counts_against_its_caps() -> None:
    account = open_account(ChatConfig(calls=10, tokens=1000))
    tokens = {"input": 300, "output": 40, "cached": 0, "thought": 0}
    spent = {"calls": 3, "attempts": 4, "tokens": tokens, "usd": None}
    account.charge([spent, {**spent, "usd": 0.5}])
    left = account.budget.spent
    assert (left.calls, left.tokens, left.usd) == (8, 680, 0.5)
    assert account.usage() == {"chats": []}
