"""A chat asked for another sample: the same question, told apart by its number alone."""

from dataclasses import replace

from claims_env.chat import Answer, Message, Question
from claims_env.chats.other_sample import OtherSample

QUESTION = Question((Message("user", "How hard?"),), "difficulty", "difficulty 1")


class Parrot:
    """Keeps what it is asked."""

    name = "parrot:1"

    def __init__(self) -> None:
        self.heard: list[Question] = []

    def ask(self, question: Question) -> Answer:
        self.heard.append(question)
        return Answer("hard", "stop", "parrot")


def test_only_the_samples_number_changes() -> None:
    parrot = Parrot()
    other = OtherSample(parrot, 2)
    assert other.name == "parrot:1"
    assert other.ask(QUESTION).text == "hard"
    other.ask(replace(QUESTION, sample=1))
    assert parrot.heard == [replace(QUESTION, sample=2), replace(QUESTION, sample=3)]
