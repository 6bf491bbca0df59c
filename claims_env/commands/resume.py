"""claims-env resume: continue a run where its record ends."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import tyro

from claims_env.chat_config import ChatConfig
from claims_env.config import RunConfig, read_config, to_yaml
from claims_env.durable_file import write_atomically
from claims_env.errors import ChatError, MissingDependency
from claims_env.ledger import RunLedger
from claims_env.play import play, show_end
from claims_env.run_folder import read_header, read_rounds

ABOUT = "continue a run that was stopped: claims-env resume RUN"

DESCRIPTION = """Continue a run where its record ends; a finished run only gets its page anew.

What was asked and spent before counts against the caps. Other caps are written into the run's
config.yaml, and hold from now on:

  claims-env resume RUN --chat.usd 10"""


@dataclass(frozen=True)
class Caps:
    """Caps on language models in place of those the run began with."""

    calls: int | None = None
    """Most requests of the whole run."""

    tokens: int | None = None
    """Most tokens of the whole run, pictures and answers included."""

    usd: float | None = None
    """Most money of the whole run [USD]."""


@dataclass(frozen=True)
class ResumeFlags:
    """What the resume command takes."""

    run: tyro.conf.Positional[Path]
    """The run's folder."""

    chat: Caps = field(default_factory=Caps)
    """Caps to go on with; without them, those of before."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env resume --help`."""
    flags = tyro.cli(
        ResumeFlags, args=list(arguments), prog="claims-env resume", description=DESCRIPTION
    )
    read_header(flags.run)
    begun = read_config(flags.run / "config.yaml")
    config = replace(begun, chat=_going_on(begun.chat, flags.chat))
    try:
        return play(config, lambda: _reopened(flags.run, begun, config))
    except (ChatError, MissingDependency):
        if len(read_rounds(flags.run)) < begun.rounds:
            raise
        return show_end(flags.run)  # nobody is asked any more, so that no key is needed


def _going_on(chat: ChatConfig, caps: Caps) -> ChatConfig:
    """Return how models are asked from now on; a recording that was begun is gone on with."""
    mode = "auto" if chat.cassette_mode == "record" else chat.cassette_mode
    return replace(
        chat,
        cassette_mode=mode,
        calls=chat.calls if caps.calls is None else caps.calls,
        tokens=chat.tokens if caps.tokens is None else caps.tokens,
        usd=chat.usd if caps.usd is None else caps.usd,
    )


def _reopened(folder: Path, begun: RunConfig, config: RunConfig) -> RunLedger:
    ledger = RunLedger.resume(folder)
    if config != begun:
        write_atomically(folder / "config.yaml", to_yaml(config).encode())
    return ledger
