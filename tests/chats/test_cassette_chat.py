import hashlib
import json
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from claims_env.chat import Answer, Message, Picture, Question, Usage
from claims_env.chats.cassette_chat import CassetteChat, Mode
from claims_env.chats.cassette_file import CassetteFile
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.errors import ChatError, ConfigError
from claims_env.question_record import key_of, question_record

SCHEMA = {"type": "object", "properties": {"score": {"type": "integer"}}, "required": ["score"]}
STRIP = Picture(b"a strip", "image/jpeg", 480, 360)
QUESTION = Question(
    (Message("system", "You judge."), Message("user", "How hard is this?", (STRIP,))),
    "difficulty",
    "difficulty 1",
    SCHEMA,
)
ANSWER = Answer(
    '{"score": 7} \ud83d é ' + "\u2028",
    "stop",
    "judge-2026",
    Usage(1000, 20, 100, 5),
    attempts=2,
    facts={"id": "r1", "seconds": 0.1 + 0.2, "pair": (1, 2)},
)


def noon() -> float:
    return 1_800_000_000.0


def recorded(path: Path, *questions: Question, mode: Mode = "auto") -> list[Answer]:
    chat = CassetteChat(ScriptedChat(lambda _: ANSWER, "judge"), path, mode, clock=noon)
    return [chat.ask(question) for question in questions or (QUESTION,)]


def missed(path: Path, question: Question, name: str | None = None) -> str:
    """Return what a replay says of a question it does not know."""
    with pytest.raises(ChatError) as caught:
        CassetteChat(None, path, "replay", name=name).ask(question)
    assert caught.value.kind == "cassette"
    assert not caught.value.is_passing
    return str(caught.value)


def test_a_replay_gives_what_the_recording_gave_and_asks_nobody(tmp_path: Path) -> None:
    (given,) = recorded(tmp_path / "c.jsonl")
    replayed = CassetteChat(None, tmp_path / "c.jsonl", "replay").ask(QUESTION)
    assert replayed == given
    assert (replayed.text, replayed.usage, replayed.attempts) == (ANSWER.text, ANSWER.usage, 2)
    assert replayed.facts == {"id": "r1", "seconds": 0.1 + 0.2, "pair": [1, 2]}


def test_a_line_says_what_was_asked_but_holds_no_picture(tmp_path: Path) -> None:
    recorded(tmp_path / "c.jsonl")
    (text,) = (tmp_path / "c.jsonl").read_text("ascii").splitlines()
    line = json.loads(text)
    assert line["time"] == "2027-01-15T08:00:00+00:00"
    assert line["purpose"] == "difficulty"
    assert line["versions"]["python"].startswith("3.")
    assert line["question"]["chat"] == "judge"
    assert line["question"]["messages"][1]["pictures"] == [
        {
            "sha256": STRIP.digest,
            "bytes": 7,
            "media_type": "image/jpeg",
            "width": 480,
            "height": 360,
        }
    ]


def test_the_key_is_of_the_content_alone_and_known_in_advance() -> None:
    question = Question((Message("user", "Hi é"),), "any", "words 1", temperature=0)
    record = question_record("judge", question)
    written = (
        '{"chat":"judge","max_tokens":3000,'
        '"messages":[{"pictures":[],"role":"user","text":"Hi \\u00e9"}],'
        '"prompt_version":"words 1","sample":0,"schema":null,"seed":null,"temperature":0.0}'
    )
    assert key_of(record) == hashlib.sha256(written.encode()).hexdigest()
    assert key_of(question_record("judge", replace(question, temperature=0.0))) == key_of(record)
    assert key_of(question_record("judge", replace(question, purpose="other"))) == key_of(record)


@pytest.mark.parametrize(
    "change",
    [
        {"prompt_version": "difficulty 2"},
        {"sample": 1},
        {"seed": 1},
        {"temperature": 0.5},
        {"max_tokens": 10},
        {"schema": {**SCHEMA, "required": []}},
        {"messages": (Message("system", "You judge."), Message("user", "How hard is this?"))},
    ],
    ids=str,
)
def test_whatever_an_answer_depends_on_changes_the_key(change: dict[str, object]) -> None:
    other = question_record("judge", replace(QUESTION, **change))  # type: ignore[arg-type]
    assert key_of(other) != key_of(question_record("judge", QUESTION))


REPLAY = """
import sys
from pathlib import Path
from claims_env.chat import Message, Picture, Question
from claims_env.chats.cassette_chat import CassetteChat
from claims_env.records import to_json
import json

strip = Picture(b"a strip", "image/jpeg", 480, 360)
schema = {"required": ["score"], "properties": {"score": {"type": "integer"}}, "type": "object"}
asked = (Message("system", "You judge."), Message("user", "How hard is this?", (strip,)))
answer = CassetteChat(None, sys.argv[1], "replay").ask(
    Question(asked, "difficulty", "difficulty 1", schema)
)
print(json.dumps(to_json(answer)), hash("salt"))
"""


def test_another_process_with_another_hash_seed_hears_the_same_bytes(tmp_path: Path) -> None:
    recorded(tmp_path / "c.jsonl")
    before = (tmp_path / "c.jsonl").read_bytes()
    heard = {
        subprocess.run(
            [sys.executable, "-c", REPLAY, str(tmp_path / "c.jsonl")],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    answers, salts = zip(*(words.rsplit(b" ", 1) for words in heard), strict=True)
    assert len(set(salts)) == 2
    assert len(set(answers)) == 1
    assert json.loads(answers[0])["text"] == ANSWER.text
    assert (tmp_path / "c.jsonl").read_bytes() == before


def test_a_changed_prompt_version_misses_loudly(tmp_path: Path) -> None:
    recorded(tmp_path / "c.jsonl")
    assert missed(tmp_path / "c.jsonl", replace(QUESTION, prompt_version="difficulty 2")) == (
        f"judge: The cassette {tmp_path / 'c.jsonl'} has no answer to this question. The nearest "
        "of 1 recorded, in line 1, differs in the prompt version (recorded 'difficulty 1', asked "
        "'difficulty 2'). Ask what was recorded, or record this with the mode 'auto'."
    )


def test_a_changed_picture_misses_loudly(tmp_path: Path) -> None:
    recorded(tmp_path / "c.jsonl", replace(QUESTION, sample=3), QUESTION)
    other = Picture(b"another", "image/jpeg", 480, 362)
    asked = replace(QUESTION, messages=(QUESTION.messages[0], show(other)))
    told = missed(tmp_path / "c.jsonl", asked)
    assert f"differs in picture 1 (recorded 480x360 {STRIP.digest[:12]}, asked 480x362 " in told
    assert "of 2 recorded, in line 2" in told
    more = replace(QUESTION, messages=(QUESTION.messages[0], show(STRIP, other)))
    assert "the number of pictures (recorded 1, asked 2)" in missed(tmp_path / "c.jsonl", more)


def show(*pictures: Picture) -> Message:
    return Message("user", "How hard is this?", pictures)


def test_a_changed_text_schema_or_model_misses_loudly(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    recorded(path)
    asked = replace(QUESTION, messages=(QUESTION.messages[0], Message("user", "How high?")))
    assert "user's text from character 5 on (recorded 'ard is this?', asked 'igh?')" in missed(
        path, asked
    )
    assert "differs in the schema." in missed(path, replace(QUESTION, schema=None))
    assert "the model (recorded 'judge', asked 'other')" in missed(path, QUESTION, "other")
    alone = replace(QUESTION, messages=QUESTION.messages[1:])
    assert "the messages (recorded ['system', 'user'], asked ['user'])" in missed(path, alone)


def test_the_nearest_question_is_the_one_whose_text_is_most_alike(tmp_path: Path) -> None:
    def about(clip: str) -> Question:
        return Question((Message("user", f"How hard is {clip}, do you think?"),), "d", "d 1")

    recorded(tmp_path / "c.jsonl", about("walking"), about("a backflip"), about("standing"))
    assert "in line 2," in missed(tmp_path / "c.jsonl", about("a frontflip"))


def test_auto_asks_only_what_is_not_recorded(tmp_path: Path) -> None:
    vendor = ScriptedChat(["one", "two"], "judge")
    chat = CassetteChat(vendor, tmp_path / "c.jsonl")
    assert [chat.ask(QUESTION).text for _ in range(3)] == ["one"] * 3
    again = CassetteChat(vendor, tmp_path / "c.jsonl")
    assert again.ask(QUESTION).text == "one"
    assert again.ask(replace(QUESTION, sample=1)).text == "two"
    assert len(vendor.history) == 2


def test_an_error_is_not_recorded_as_an_answer(tmp_path: Path) -> None:
    vendor = ScriptedChat([ChatError("rate", "judge", "Too many."), "well"], "judge")
    chat = CassetteChat(vendor, tmp_path / "c.jsonl")
    with pytest.raises(ChatError, match="Too many"):
        chat.ask(QUESTION)
    assert not (tmp_path / "c.jsonl").exists()
    assert chat.ask(QUESTION).text == "well"


def test_record_starts_anew_and_does_not_mix_with_what_is_there(tmp_path: Path) -> None:
    recorded(tmp_path / "c.jsonl", mode="record")
    with pytest.raises(ChatError, match=r"holds answers of 'judge' already.*mode 'auto'"):
        recorded(tmp_path / "c.jsonl", mode="record")
    other = CassetteChat(ScriptedChat(["9"], "other"), tmp_path / "c.jsonl", "record")
    assert other.ask(QUESTION).text == "9"
    with pytest.raises(ChatError, match=r"answers of judge, other\. Name whose"):
        CassetteChat(None, tmp_path / "c.jsonl", "replay")
    chosen = CassetteChat(None, tmp_path / "c.jsonl", "replay", name="other")
    assert chosen.ask(QUESTION).text == "9"


def test_without_a_cassette_there_is_no_replay(tmp_path: Path) -> None:
    with pytest.raises(ChatError, match=r"There is no cassette .*c\.jsonl.*Record one"):
        CassetteChat(None, tmp_path / "c.jsonl", "replay", name="judge")
    (tmp_path / "c.jsonl").touch()
    assert "It holds no answer at all." in missed(tmp_path / "c.jsonl", QUESTION, "judge")


def test_a_mode_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"'rerecord'\. Expected one of record, replay, auto"):
        recorded(tmp_path / "c.jsonl", mode="rerecord")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="asks a chat, and there is none"):
        CassetteChat(None, tmp_path / "c.jsonl", "auto")


def test_who_records_second_hears_the_first_answer(tmp_path: Path) -> None:
    one = CassetteChat(ScriptedChat(["one"], "judge"), tmp_path / "c.jsonl")
    two = CassetteChat(ScriptedChat(["two"], "judge"), tmp_path / "c.jsonl")
    assert one.ask(QUESTION).text == "one"
    assert two.ask(QUESTION).text == "one"
    assert len((tmp_path / "c.jsonl").read_bytes().splitlines()) == 1


def test_threads_record_every_question_once_and_every_line_whole(tmp_path: Path) -> None:
    vendor = ScriptedChat(lambda asked: f"{asked.sample} " * 2000, "judge")
    chats = [CassetteChat(vendor, tmp_path / "c.jsonl") for _ in range(2)]
    heard: list[tuple[int, str]] = []

    def ask(chat: CassetteChat, first: int) -> None:
        for i in range(20):
            sample = (first + i) % 20
            heard.append((sample, chat.ask(replace(QUESTION, sample=sample)).text))

    threads = [threading.Thread(target=ask, args=(chats[i % 2], i)) for i in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == 200
    assert all(text == f"{sample} " * 2000 for sample, text in heard)
    assert CassetteFile(tmp_path / "c.jsonl").remarks == ()
    assert len((tmp_path / "c.jsonl").read_bytes().splitlines()) == 20


def test_no_key_of_the_environment_gets_into_a_cassette(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_API_KEY", "sk-test-0123456789")
    path = tmp_path / "c.jsonl"
    vendor = ScriptedChat(["You wrote sk-test-0123456789, did you not?"], "judge")
    chat = CassetteChat(vendor, path)
    assert chat.ask(QUESTION).text == "You wrote ***, did you not?"
    assert b"sk-test" not in path.read_bytes()
    told = replace(QUESTION, messages=(Message("user", "My key is sk-test-0123456789"),))
    with pytest.raises(ChatError, match="holds a key") as caught:
        CassetteChat(ScriptedChat(["ok"], "judge"), path).ask(told)
    assert "sk-test" not in str(caught.value)
    assert b"sk-test" not in path.read_bytes()


def test_answers_of_another_address_are_other_answers(tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    for place in ("here", "there"):
        chat = CassetteChat(ScriptedChat([place]), path, variant=f"at {place}")
        assert chat.ask(QUESTION).text == place
    again = CassetteChat(None, path, "replay", name="scripted", variant="at here")
    assert again.ask(QUESTION).text == "here"
