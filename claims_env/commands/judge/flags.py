"""What the judge command takes, and the words that teach it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import tyro

from claims_env.chat_config import ChatConfig
from claims_env.errors import ConfigError

DEFAULT_JUDGES = ("kinematic", "posture")

DESCRIPTION = """Say how hard clips are, and whether they show their prompts.

Each judge tells a difficulty of 1 to 10 with its reasons, without knowing the prompt; and, where a
prompt is given or the clip says which one it was made for, how far the clip shows it. The pictures
a language model is shown of each clip are written too, whoever judges.

A CLIP is an npz motion (of this package, or AMASS-like), a folder of them, or a YAML or JSON list.

Examples:
  claims-env judge clips/kick.npz
  claims-env judge clips/kick.npz --prompt "a high front kick" --out look
  claims-env judge path/to/clips --judge kinematic --judge gpt-4o --chat.usd 0.50
  claims-env judge clips/kick.npz --judge compatible:llava --chat.base-url http://localhost:11434/v1

FOLDER gets judged.json (everything that was said), NAME-difficulty.jpg and NAME-alignment.jpg.
Several language models may be shown pictures of different sizes; then names tell whose they are."""


@dataclass(frozen=True)
class JudgeFlags:
    """What the judge command takes."""

    clips: tyro.conf.Positional[tuple[Path, ...]]
    """Motions, folders of motions, or lists of them."""

    judge: Annotated[tuple[str, ...], tyro.conf.UseAppendAction] = ()
    """Who judges, by name: kinematic, posture, planner, gpt-4o, qwen-vl-max, VENDOR:MODEL, or
    module:Class of your own; may be given again. Default: kinematic and posture."""

    prompt: str | None = None
    """What the clips should show, in place of what they say of themselves."""

    out: str | None = None
    """Where pictures and judged.json go; default judged, numbered if that exists."""

    overwrite: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Replace files of the same names there."""

    chat: ChatConfig = field(default_factory=ChatConfig)
    """How judges that are language models are asked, and how the pictures look."""

    @property
    def judges(self) -> tuple[str, ...]:
        """The judges asked for, each once."""
        return tuple(dict.fromkeys(self.judge)) or DEFAULT_JUDGES


def require_sound(flags: JudgeFlags) -> None:
    """Refuse what nothing can be done with.

    Raises:
        ConfigError: Something is; it is named.
    """
    if not flags.clips:
        raise ConfigError("No clip is named. Write claims-env judge CLIP, or a folder of clips.")
    if flags.prompt is not None and not flags.prompt.strip():
        raise ConfigError("--prompt says nothing. Say what the clips should show, or leave it out.")
    if flags.out is not None and not flags.out.strip():
        raise ConfigError("--out names no folder. Write --out FOLDER, or leave it out.")
    if flags.overwrite and flags.out is None:
        raise ConfigError(
            "--overwrite would do nothing: without --out a folder is made that nothing has."
        )
