"""The paper's arm without variables: a language model writes each prompt in its own words."""

from collections.abc import Sequence
from typing import Any

from claims_env.agents.llm.planner import Planner
from claims_env.chat import Chat
from claims_env.llm_config import LlmConfig, in_own_words
from claims_env.prompt_file import PromptFile
from claims_env.scheduler import Observation
from claims_env.variable_library import VariableLibrary


class LlmWriter:
    """Writes a sentence for every set by asking a chat. See `Writes`, `Explains` and `Planner`.

    No word of the library is shown but those of the prompts themselves, which round 0 takes from
    it. Where the model writes nothing usable, `FreeRuleScheduler` does.

    Args:
        chat: Who is asked.
        library: Names the domains.
        config: How, and what is shown; its format is taken to be free.
        text: What is said; None takes ours, or that of the configured folder.
        workers: Most groups under way at once.

    Raises:
        ConfigError: The text cannot be used.
    """

    def __init__(
        self,
        chat: Chat,
        library: VariableLibrary,
        config: LlmConfig | None = None,
        *,
        text: PromptFile | None = None,
        workers: int = 4,
    ) -> None:
        own = in_own_words(config or LlmConfig())
        self._planner = Planner(chat, library, own, text=text, workers=workers)

    @property
    def name(self) -> str:
        """See `Writes`: with the model's name."""
        return f"llm, free text ({self._planner.name})"

    @property
    def digest(self) -> str:
        """Version and hash of what the model is told."""
        return self._planner.digest

    def write(self, observation: Observation, info: dict[str, Any]) -> Sequence[str]:
        """See `Writes`."""
        return [prompt.text for prompt in self._planner.plan(observation, info)]

    def explanation(self) -> dict[str, Any]:
        """See `Explains`; empty before the first decision."""
        return self._planner.explanation()
