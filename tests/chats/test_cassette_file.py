import json
from collections.abc import Callable
from pathlib import Path

import pytest

from claims_env.chat import Answer, Message, Question, Usage
from claims_env.chats.cassette_file import CassetteFile
from claims_env.errors import ChatError
from claims_env.question_record import key_of, question_record

ANSWER = Answer("It spins.", "stop", "judge-2026", Usage(1000, 20))


def record(text: str = "How hard?") -> dict[str, object]:
    return question_record("judge", Question((Message("user", text),), "difficulty", "d 1"))


def written(path: Path, *texts: str) -> CassetteFile:
    file = CassetteFile(path)
    for text in texts or ("How hard?",):
        file.add(record(text), ANSWER, {"time": "noon"})
    return file


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    written(tmp_path / "c.jsonl", "one", "two")
    file = CassetteFile(tmp_path / "c.jsonl")
    assert [entry.line for entry in file.entries] == [1, 2]
    found = file.find(key_of(record("two")))
    assert found is not None and found.answer == ANSWER
    assert file.find(key_of(record("three"))) is None
    (line, _) = (tmp_path / "c.jsonl").read_text("ascii").splitlines()
    assert json.loads(line)["time"] == "noon"


def test_a_torn_last_line_is_told_left_out_and_written_over(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    written(path, "one", "two")
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    file = CassetteFile(path)
    assert file.remarks == ("Its last line is torn, and left out.",)
    assert len(file.entries) == 1
    assert path.read_bytes() == whole[:-40], "reading does not write"
    written(path, "two")
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda line: line[:-9], "Line 2 is no recorded call (JSONDecodeError"),
        (lambda line: b"[]", "Line 2 is no recorded call (TypeError"),
        (lambda line: b"", "Line 2 is no recorded call (JSONDecodeError"),
        (lambda line: b"\xff", "Line 2 is no recorded call (UnicodeDecodeError"),
        (lambda line: line.replace(b"two", b"six"), "Line 2 was changed"),
        (lambda line: line.replace(b'"format": 1', b'"format": 2'), "Line 2 has format 2, not 1."),
        (lambda line: line.replace(b'"stop"', b'"done"'), "'answer.finish' is 'done'"),
    ],
    ids=["cut", "a list", "empty", "no text", "edited", "newer", "unknown word"],
)
def test_other_damage_is_refused_by_its_line(
    tmp_path: Path, damage: Callable[[bytes], bytes], said: str
) -> None:
    path = tmp_path / "c.jsonl"
    written(path, "one", "two", "three")
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([lines[0], damage(lines[1]), lines[2], b""]))
    with pytest.raises(ChatError) as caught:
        CassetteFile(path)
    assert said in str(caught.value)
    assert "Delete that line" in str(caught.value)


def test_of_two_lines_for_one_question_the_first_counts_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    written(path)
    once = path.read_bytes()
    path.write_bytes(once + once.replace(b"judge-2026", b"judge-2027"))
    file = CassetteFile(path)
    assert [entry.answer.served_model for entry in file.entries] == ["judge-2026"]
    assert file.remarks == ("Line 2 repeats the question of line 1, whose answer counts.",)


def test_two_writers_know_of_each_others_lines_when_they_write(tmp_path: Path) -> None:
    one, two = (CassetteFile(tmp_path / "c.jsonl") for _ in range(2))
    other = Answer("It stands.", "stop", "judge-2026")
    assert one.add(record(), ANSWER, {}).answer == ANSWER
    assert two.add(record(), other, {}).answer == ANSWER
    assert two.add(record("more"), other, {}).line == 2
    assert one.add(record("most"), other, {}).line == 3
    assert CassetteFile(tmp_path / "c.jsonl").remarks == ()


def test_a_folder_that_cannot_be_written_is_refused_in_our_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ChatError, match=r"cannot be written \(.*Choose another path"):
        written(tmp_path / "file" / "c.jsonl")
