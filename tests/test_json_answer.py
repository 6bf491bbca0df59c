from typing import Any

import pytest

from claims_env.chat import Answer, Message, Picture, Question
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.errors import ChatError, ContractBroken
from claims_env.json_answer import AnswerError, ask_json, parse

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "difficulty_score": {"type": "integer", "minimum": 1, "maximum": 10},
        "rationale": {"type": "string"},
    },
    "required": ["difficulty_score", "rationale"],
    "additionalProperties": False,
}
GOOD = '{"difficulty_score": 7, "rationale": "It spins."}'
VALUE = {"difficulty_score": 7, "rationale": "It spins."}


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"\n  {GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"Sure! Here it is:\n\n```\n{GOOD}\n```\nAnything else?",
        f"I start from {{}} and get {GOOD} in the end.",
        f"A walk would be {GOOD.replace('7', '1')}. This one is {GOOD}",
        f"```json\n{GOOD}\n``` A walk would be {GOOD.replace('7', '1')}.",
        f"The frames {{1, 2}} and {{x show a spin: {GOOD}",
        f"[{GOOD}]",
        f'{{"result": {GOOD}}}',
        f"{GOOD[:-1]},}}",
        f"{GOOD[:-1]} , \n }}",
        GOOD.replace("7", "7.0"),
        f'The form is {{"difficulty_score": N, "rationale": "..."}}, so: {GOOD}',
        f'He said "well{{": {GOOD}',
    ],
)
def test_the_object_is_found_wherever_it_stands(text: str) -> None:
    found = parse(text, SCHEMA)
    assert found == VALUE
    assert type(found["difficulty_score"]) is int


def test_braces_quotes_commas_and_line_breaks_inside_texts_are_left_alone() -> None:
    rationale = 'A "}" or {"a": 1,} and ,] \\'
    said = '{"difficulty_score": 7, "rationale": "A \\"}\\" or {\\"a\\": 1,} and ,] \\\\",}'
    assert parse(f"Well, {said}", SCHEMA)["rationale"] == rationale
    assert parse('{"difficulty_score": 7, "rationale": "a\nb"}', SCHEMA)["rationale"] == "a\nb"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (GOOD.replace("7", "99"), "difficulty_score is 99. Expected an integer from 1 to 10."),
        (GOOD.replace("7", '"7/10"'), "difficulty_score is '7/10'. Expected an integer from 1 to"),
        (GOOD.replace("7", "7.5"), "difficulty_score is 7.5. Expected an integer from 1 to 10."),
        (GOOD.replace("7", "true"), "difficulty_score is true. Expected an integer from 1 to 10."),
        (GOOD.replace("7", "null"), "difficulty_score is null. Expected an integer from 1 to 10."),
        ('{"difficulty_score": 7}', "rationale is missing. Expected a text."),
        (GOOD.replace("}", ', "extra": 1}'), "extra was not asked for. Expected only difficulty_s"),
        ("It is a 7.", "It begins 'It is a 7.' and holds no JSON object."),
        ("", "It is empty."),
        ("[7]", "It begins '[7]' and holds no JSON object."),
        (GOOD[:-1], "Its JSON is damaged or cut off: Expecting ',' delimiter at character 48 of"),
        (GOOD.replace('"', "'"), "holds no JSON object."),
        (GOOD.replace("7", "NaN"), "Its JSON is damaged."),
        (GOOD.replace("7", "9" * 5000), "Its JSON is damaged."),
        (GOOD.replace("7", "1e400"), "difficulty_score is inf. Expected an integer from 1 to 10."),
        ('{"a":' * 20_000, "Its JSON is damaged."),
        ("{" * 20_000, "holds no JSON object."),
    ],
)
def test_what_is_wrong_is_said_exactly(text: str, problem: str) -> None:
    with pytest.raises(AnswerError) as caught:
        parse(text, SCHEMA)
    assert problem in caught.value.problem


def test_a_cut_reply_is_neither_completed_nor_mined_for_its_parts() -> None:
    for text in (f'{{"draft": {GOOD}, "answer": {{"diff', f'{{"answers": [{GOOD}, {GOOD}'):
        with pytest.raises(AnswerError, match="cut off"):
            parse(text, SCHEMA)


def test_a_draft_is_not_taken_where_the_answer_after_it_is_damaged() -> None:
    damaged = GOOD.replace("It spins.", 'It "spins" twice.')
    for text in (f"Say {GOOD}, or rather {GOOD[:-9]}", f"Say {GOOD}, or rather {damaged}."):
        with pytest.raises(AnswerError, match="damaged or cut off"):
            parse(text, SCHEMA)
    assert parse(f"Not {damaged} but {GOOD}", SCHEMA) == VALUE


def test_of_several_misfits_the_nearest_is_told() -> None:
    text = '{"verdict": "fine"} {"difficulty_score": 11, "rationale": ""} {"a": 1, "b": 2}'
    with pytest.raises(AnswerError) as caught:
        parse(text, SCHEMA)
    assert str(caught.value) == "difficulty_score is 11. Expected an integer from 1 to 10."


def test_many_problems_are_told_in_part() -> None:
    with pytest.raises(AnswerError, match=r"f was not asked for.* And 1 more\.$"):
        parse('{"a": 1, "b": 2, "f": 1, "d": 4}', {**SCHEMA, "properties": {}})


def question(*pictures: Picture, schema: Any = SCHEMA) -> Question:
    messages = (Message("system", "You judge."), Message("user", "How hard?", pictures))
    return Question(messages, "difficulty", "difficulty 1", schema, max_tokens=300)


def test_an_answer_that_fits_is_taken_at_once() -> None:
    chat = ScriptedChat([GOOD])
    value, answers = ask_json(chat, question())
    assert value == VALUE
    assert [answer.text for answer in answers] == [GOOD]
    assert chat.history == (question(),)


def test_an_answer_that_does_not_fit_is_asked_for_once_more_with_what_was_wrong() -> None:
    strip = Picture(b"", "image/png", 1, 1)
    chat = ScriptedChat([GOOD.replace("7", "99"), GOOD])
    value, answers = ask_json(chat, question(strip))
    assert value == VALUE
    assert len(answers) == 2
    first, second = chat.history
    assert [message.role for message in second.messages] == ["system", "user"]
    assert second.messages[0] == first.messages[0]
    assert second.messages[1].pictures == (strip,)
    assert second.messages[1].text == (
        "How hard?\n\nAn earlier answer to this could not be used. "
        "difficulty_score is 99. Expected an integer from 1 to 10. "
        "Answer with one JSON object that meets the schema, and with nothing else."
    )


def test_after_two_answers_that_do_not_fit_both_reasons_are_given() -> None:
    chat = ScriptedChat(["It is hard.", GOOD.replace("7", "0"), GOOD])
    with pytest.raises(AnswerError) as caught:
        ask_json(chat, question())
    assert str(caught.value) == (
        "It begins 'It is hard.' and holds no JSON object. Asked again: "
        "difficulty_score is 0. Expected an integer from 1 to 10."
    )
    assert len(chat.history) == 2


def test_an_answer_cut_by_its_length_is_told_as_that() -> None:
    chat = ScriptedChat([Answer(GOOD[:20], "length", "m"), GOOD])
    assert ask_json(chat, question())[0] == VALUE
    told = chat.history[1].messages[1].text
    assert "It was cut at max_tokens (300): the answer must be shorter." in told


def test_an_example_in_an_answer_that_was_cut_is_not_the_answer() -> None:
    cut = Answer(f"A spin would be {GOOD}. Here I see", "length", "m")
    with pytest.raises(AnswerError, match=r"cut at max_tokens \(300\).*Asked again: It was cut"):
        ask_json(ScriptedChat([cut, cut]), question())


def test_what_the_provider_withheld_is_not_asked_for_again() -> None:
    chat = ScriptedChat([Answer("", "blocked", "m"), GOOD])
    with pytest.raises(AnswerError, match="The provider withheld the answer"):
        ask_json(chat, question())
    assert len(chat.history) == 1


def test_an_error_of_the_chat_is_its_own() -> None:
    with pytest.raises(ChatError, match="Too many"):
        ask_json(ScriptedChat([ChatError("rate", "m", "Too many.")]), question())


def test_a_question_without_a_schema_is_not_asked() -> None:
    chat = ScriptedChat([GOOD])
    with pytest.raises(ContractBroken, match="'difficulty' has no schema"):
        ask_json(chat, question(schema=None))
    assert chat.history == ()
