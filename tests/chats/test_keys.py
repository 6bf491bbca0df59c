import copy
import logging
import pickle
import subprocess
import sys
import traceback
from collections.abc import Iterator

import pytest
from chats.stub_server import KEY, StubServer
from chats.vendors import VARIABLE, VENDORS, Vendor, environment, outcome, question

from claims_env.chats.keys import read_key
from claims_env.chats.vendor_library import vendor_library
from claims_env.errors import ChatError, ConfigError, MissingDependency

FAULTS = ("ok", "400", "401", "404", "429", "500", "cut", "html", "truncated", "empty-choices")


@pytest.fixture(autouse=True)
def with_a_key() -> Iterator[None]:
    with environment():
        yield


@pytest.fixture(params=VENDORS)
def vendor(request: pytest.FixtureRequest) -> Vendor:
    found = VENDORS[request.param]
    pytest.importorskip(found.library, exc_type=ImportError)
    return found


def shown(error: BaseException) -> str:
    """Return all a traceback shows of an error, with the values of every name outside the tests."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    told.stack[:] = [frame for frame in told.stack if "claims_env/chats/" in frame.filename]
    assert len(told.stack) > 0
    return "".join(told.format()) + repr(error) + str(error)


def test_a_key_comes_from_the_variable_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", "  sk-test-7\n")
    assert read_key("SOME_KEY", "toy") == "sk-test-7"


@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_a_missing_key_is_an_error_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("SOME_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("SOME_KEY", value)
    with pytest.raises(ChatError, match=r"toy: SOME_KEY is not set\. .*export SOME_KEY=") as caught:
        read_key("SOME_KEY", "toy")
    assert caught.value.kind == "auth"


@pytest.mark.parametrize("value", ["sk-test-1 sk-test-2", "sk-test-ключ", "sk-test-1\nsk-test-2"])
def test_what_cannot_be_a_key_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SOME_KEY", value)
    with pytest.raises(ChatError, match="SOME_KEY does not hold a key") as caught:
        read_key("SOME_KEY", "toy")
    assert "sk-test" not in shown(caught.value)


def test_a_chat_without_its_key_is_not_made(vendor: Vendor) -> None:
    with StubServer() as server, pytest.raises(ChatError, match="NO_SUCH_KEY is not set"):
        vendor.chat(server, key_from="NO_SUCH_KEY")


def test_a_chat_shows_its_model_and_no_key(vendor: Vendor) -> None:
    with StubServer() as server:
        chat = vendor.chat(server)
        assert vendor.model in repr(chat)
        assert KEY not in repr(chat) + repr(vars(chat)) + chat.name


def test_a_pickled_chat_holds_no_key_and_asks_all_the_same(vendor: Vendor) -> None:
    with StubServer() as server:
        chat = vendor.chat(server)
        chat.ask(question())
        pickled = pickle.dumps(chat)
        assert KEY.encode() not in pickled
        for other in (pickle.loads(pickled), copy.deepcopy(chat)):
            assert other.ask(question()).text == '{"score": 7}'


def test_a_pickled_chat_misses_its_key_where_there_is_none(
    vendor: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StubServer() as server:
        pickled = pickle.dumps(vendor.chat(server))
        monkeypatch.delenv(VARIABLE)
        got = outcome(pickle.loads(pickled), question())
        assert (got.kind, server.received) == ("auth", [])


def test_no_key_is_in_an_error_or_a_log(
    vendor: Vendor, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with StubServer([f for f in FAULTS for _ in range(2)]) as server, caplog.at_level("DEBUG"):
        for name in (
            "openai",
            "httpx",
            "httpx2",
            "httpcore",
            "urllib3",
            "dashscope",
            "google_genai",
        ):
            caplog.set_level(logging.DEBUG, name)
        chat = vendor.chat(server)
        errors = [outcome(chat, question()) for _ in FAULTS]
        for error in (e for e in errors if isinstance(e, ChatError)):
            assert error.__cause__ is None and error.__context__ is None
            assert KEY not in shown(error)
            assert KEY.encode() not in pickle.dumps(error)
            assert str(pickle.loads(pickle.dumps(error))) == str(error)
            assert len(str(error)) < 300
    assert KEY not in caplog.text + "".join(capfd.readouterr())


def test_a_refused_key_is_not_shown_though_the_provider_repeats_it(vendor: Vendor) -> None:
    with StubServer(key="sk-test-another-one") as server:
        got = outcome(vendor.chat(server), question())
        assert got.kind == "auth"
        assert "sk-test" not in shown(got)
        assert f"Put a valid key for it into {VARIABLE}." in str(got)
        assert server.faults == ["refused"]


def test_an_address_the_library_cannot_take_is_refused_without_the_key() -> None:
    pytest.importorskip("openai")
    with pytest.raises(ConfigError, match="Check base_url") as caught:
        VENDORS["openai"].make("m", base_url="http://127.0.0.1:port/v1", key_from=VARIABLE)
    assert KEY not in shown(caught.value)
    assert caught.value.__context__ is None


def test_a_library_that_is_absent_is_named_with_its_pip_line() -> None:
    with pytest.raises(MissingDependency, match=r"chat 'toy' needs 'toy-sdk>=1'.*pip install"):
        vendor_library("no_such_module_of_a_vendor", "toy-sdk>=1", "toy")


def test_no_vendors_library_is_loaded_before_its_chat_is_made() -> None:
    modules = ["openai_chat", "dashscope_chat", "gemini_chat", "gemini_legacy_chat"]
    lines = [f"import claims_env.chats.{module}" for module in modules]
    lines += [
        "import sys",
        "print({'openai', 'dashscope', 'google.genai', 'requests', 'google.ai'}",
    ]
    code = "\n".join(lines) + " & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


@pytest.mark.parametrize("key", ["sk-test-0123", "AIzaSy0123"])
def test_a_key_given_in_place_of_its_variable_is_not_shown(key: str) -> None:
    with pytest.raises(ChatError, match="key_from is not the name") as caught:
        read_key(key, "toy")
    assert key not in str(caught.value)
