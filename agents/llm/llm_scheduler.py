"""The paper's scheduler: a language model makes each prompt harder by what came of it."""

from typing import Any

from claims_env.agents.llm.planner import Planner
from claims_env.chat import Chat
from claims_env.errors import ConfigError
from claims_env.llm_config import LlmConfig
from claims_env.prompt_file import PromptFile
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary


class LlmScheduler:
    """Chooses words of the library by asking a chat. See `Scheduler`, `Explains` and `Planner`.

    Args:
        chat: Who is asked.
        library: The words.
        config: How, and what is shown; None takes the defaults.
        text: What is said; None takes ours, or that of the configured folder.
        workers: Most groups under way at once.

    Raises:
        ConfigError: It is to write free text, which `LlmWriter` does; or the text cannot be used.
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
        config = config or LlmConfig()
        if config.format == "free":
            raise ConfigError(
                "'llm.format' is free, and no word of the library stands for free text. Take the "
                "scheduler free-llm."
            )
        self._library = library
        self._planner = Planner(chat, library, config, text=text, workers=workers)

    @property
    def name(self) -> str:
        """See `Scheduler`: with the model's name."""
        return f"llm ({self._planner.name})"

    @property
    def digest(self) -> str:
        """Version and hash of what the model is told."""
        return self._planner.digest

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        return self._library.encode(self._planner.plan(observation, info))

    def explanation(self) -> dict[str, Any]:
        """See `Explains`; empty before the first decision."""
        return self._planner.explanation()
