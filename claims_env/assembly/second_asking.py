"""Judges that are asked again, and what asking them takes: made of the same parts as any judge."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass

from claims_env.assembly.chats import Account, build_chat, is_chat, recorded_name
from claims_env.assembly.judges import build_judge, vlm_judge
from claims_env.chat import Answer, Question, Usage
from claims_env.chat_config import ChatConfig
from claims_env.errors import ChatError, ConfigError
from claims_env.judge import Judge
from claims_env.motion import Motion

TYPICAL_ANSWER = 400
"""Tokens of a rating: seven short texts. Models that think aloud take more."""


@dataclass(frozen=True, slots=True)
class AskingPrice:
    """What one rating takes, about.

    Attributes:
        tokens: Of question and answer.
        usd: [USD], or None where nobody knows the price.
    """

    tokens: int
    usd: float | None


def build_askings(name: str, times: int, chat: ChatConfig, account: Account) -> list[Judge]:
    """Return a judge for each time it is to be asked about the same clips.

    A language model is asked for another sample each time, so that a cassette that knows the first
    answer does not give it again.

    Raises:
        UnknownName: There is no such judge.
        ConfigError: It cannot be made.
        ChatError: Its key is missing, or its cassette cannot be used.
        MissingDependency: It needs an optional package that is not installed.
    """
    if not is_chat(name):
        return [build_judge(name, chat, account)] * times
    asked = build_chat(name, chat, account)
    other = importlib.import_module("claims_env.chats.other_sample").OtherSample
    return [
        vlm_judge(name, other(asked, sample) if sample else asked, chat, aligns=False)
        for sample in range(times)
    ]


def asks_somebody(name: str, chat: ChatConfig) -> bool:
    """Return whether a judge is a language model that is really asked, and not only replayed."""
    return is_chat(name) and not (chat.cassette is not None and chat.cassette_mode == "replay")


def require_chat(names: Sequence[str], chat: ChatConfig, usual: ChatConfig | None = None) -> None:
    """See that settings of language models are not given where none is asked.

    Args:
        names: Of everybody who may be one.
        chat: The settings.
        usual: What they are where none is given; None is our defaults.

    Raises:
        ConfigError: They are.
    """
    if chat != (usual or ChatConfig()) and not any(map(is_chat, names)):
        raise ConfigError(
            f"A flag of --chat is for language models, and there is none among those asked "
            f"({', '.join(names) or 'nobody'}). Name gpt-4o or another as a judge, or leave it out."
        )


def asking_price(name: str, chat: ChatConfig, motion: Motion) -> AskingPrice:
    """Return about what it takes to have a language model rate a clip like this one.

    Nobody is asked: the question is written, and counted as before any call.

    Raises:
        ConfigError: The file of prices or the body model cannot be used.
        UnknownName: There is no such vendor.
    """
    listener = Listener(recorded_name(name))
    vlm_judge(name, listener, chat, aligns=False).rate([motion])
    counting = importlib.import_module("claims_env.chats.token_estimate")
    tokens: int = sum(counting.input_tokens(q, listener.name) for q in listener.heard)
    prices = importlib.import_module("claims_env.chats.prices").load_prices(chat.prices)
    price = prices.of(listener.name)
    usage = Usage(tokens, TYPICAL_ANSWER)
    return AskingPrice(tokens + TYPICAL_ANSWER, None if price is None else price.of(usage))


class Listener:
    """Hears questions and answers none. See `Chat`."""

    def __init__(self, name: str) -> None:
        self.name, self.heard = name, list[Question]()

    def ask(self, question: Question) -> Answer:
        """See `Chat`.

        Raises:
            ChatError: Always.
        """
        self.heard.append(question)
        raise ChatError("script", self.name, "Nobody is asked yet.")
