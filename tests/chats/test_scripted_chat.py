import threading

import pytest

from claims_env.chat import Answer, Message, Question
from claims_env.chats.scripted_chat import ScriptedChat
from claims_env.errors import ChatError


def question(text: str = "How hard is it?") -> Question:
    return Question((Message("user", text),), "difficulty", "difficulty 1")


def test_lines_are_said_in_order() -> None:
    whole = Answer("two", "length", "another")
    chat = ScriptedChat(["one", whole, lambda asked: asked.messages[0].text])
    assert chat.ask(question()) == Answer("one", "stop", "scripted")
    assert chat.ask(question()) is whole
    assert chat.ask(question("three")).text == "three"


def test_an_error_in_the_script_is_raised_and_the_script_goes_on() -> None:
    chat = ScriptedChat([ChatError("rate", "vendor", "Too many questions."), "better"])
    with pytest.raises(ChatError, match="vendor: Too many questions") as caught:
        chat.ask(question())
    assert caught.value.kind == "rate"
    assert chat.ask(question()).text == "better"


def test_a_script_that_runs_dry_says_what_was_asked_of_it() -> None:
    chat = ScriptedChat(["one"], name="judge")
    chat.ask(question())
    with pytest.raises(ChatError) as caught:
        chat.ask(question("Rate the\nmotion."))
    assert caught.value.kind == "script"
    assert str(caught.value) == (
        "judge: The script has 1 answer(s), and this is question 2, of 'difficulty' "
        "(difficulty 1): 'Rate the motion.'. "
        "Give it an answer more, or a function that answers any question."
    )


def test_a_function_answers_everything() -> None:
    chat = ScriptedChat(lambda asked: asked.messages[0].text.upper())
    assert [chat.ask(question(word)).text for word in "ab"] == ["A", "B"]


def test_the_history_holds_every_question_also_the_unanswered() -> None:
    chat = ScriptedChat(["one"])
    chat.ask(question("a"))
    with pytest.raises(ChatError):
        chat.ask(question("b"))
    assert [asked.messages[0].text for asked in chat.history] == ["a", "b"]


def test_threads_share_the_script_without_a_line_said_twice() -> None:
    chat = ScriptedChat([str(i) for i in range(400)])
    heard: list[str] = []

    def listen() -> None:
        for _ in range(8):
            heard.append(chat.ask(question()).text)

    threads = [threading.Thread(target=listen) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard, key=int) == [str(i) for i in range(400)]
