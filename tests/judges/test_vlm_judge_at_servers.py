"""Two hundred clips put to the vendors' protocols while every tenth request fails."""

import json
import re
from collections.abc import Iterator

import pytest
from chats.stub_server import StubServer
from chats.stub_wires import Asked
from chats.vendors import VARIABLE, VENDORS, environment, picture
from toys import swaying

from claims_env.chat import Picture
from claims_env.chats.meter import Meter
from claims_env.chats.metered_chat import MeteredChat
from claims_env.chats.retries import Patience
from claims_env.judge import Difficulty, Missing
from claims_env.judges.difficulty_question import DESCRIPTORS
from claims_env.judges.vlm_judge import VlmJudge
from claims_env.motion import Motion

CLIPS = 200
PASSING = ("429", "500", "503", "cut", "html", "empty-choices", "truncated", "html-502")
LASTING = ("400", "404", "wrong")
PICTURE = picture()


@pytest.fixture(autouse=True)
def surroundings() -> Iterator[None]:
    with environment():
        yield


def clip(number: int) -> Motion:
    """Return a clip that only its length tells from others: 1 s, and 0.1 s per number."""
    return swaying(1.0, f"clip{number}", 31 + 3 * number)


def pictured(motion: Motion, purpose: str) -> Picture:
    return PICTURE


def number_of(asked: Asked) -> int:
    found = re.search(r"lasts ([\d.]+) seconds", asked.text)
    assert found is not None
    return round((float(found[1]) * 30 - 30) / 3)


def lasting(clip: int) -> str | None:
    """Return what is wrong with every twentieth clip, however often it is asked about."""
    return LASTING[clip // 20 % len(LASTING)] if clip % 20 == 7 else None


def fault(asked: Asked, number: int) -> str:
    wrong = lasting(number_of(asked))
    if wrong in ("400", "404"):
        return wrong
    return PASSING[number // 10 % len(PASSING)] if number % 10 == 3 else "ok"


def answer(asked: Asked) -> str:
    """Return a rating that names its clip, out of range where that is what is wrong."""
    clip = number_of(asked)
    said = {**dict.fromkeys(DESCRIPTORS, "."), "rationale": f"clip {clip}"}
    return json.dumps({**said, "difficulty": 99 if lasting(clip) == "wrong" else 1 + clip % 10})


@pytest.mark.parametrize("vendor", ["openai", "dashscope", "gemini"])
def test_two_hundred_clips_finish_with_nothing_mispaired_and_every_token_counted(
    vendor: str,
) -> None:
    patience = Patience(attempts=6, total_s=60.0, first_pause_s=0.001, longest_pause_s=0.01)
    meter = Meter()
    with StubServer(fault, answer=answer) as server:
        chat = VENDORS[vendor].chat(server, key_from=VARIABLE, patience=patience)
        judge = VlmJudge(MeteredChat(chat, meter, concurrency=8), pictured, workers=8)
        found = judge.rate([clip(i) for i in range(CLIPS)])
    failed = [i for i, given in enumerate(found) if isinstance(given, Missing)]
    assert failed == [i for i in range(CLIPS) if lasting(i)] and len(failed) == 10
    for i, given in enumerate(found):
        if isinstance(given, Difficulty):
            assert (given.score, given.rationale) == (1 + i % 10, f"clip {i}")
    (counted,) = meter.facts["chats"]
    assert counted["answers"] + sum(counted["errors"].values()) == counted["calls"]
    # seven are refused, and three asked twice for an answer in range
    assert (counted["answers"], counted["errors"]) == (CLIPS - 7 + 3, {"request": 7})
    assert counted["tokens"]["input"] == server.charged.input
    assert counted["tokens"]["output"] == server.charged.output
