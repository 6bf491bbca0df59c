"""claims-env doctor: what works here, what does not, and what to do about it."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import tyro
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims_env.assembly.diagnosis import OUTSIDE
from claims_env.chat_config import ChatConfig
from claims_env.commands.doctor.check import Check
from claims_env.commands.doctor.machine import check_machine
from claims_env.commands.doctor.models import check_models
from claims_env.commands.doctor.packages import check_packages
from claims_env.commands.doctor.tracker import check_tracker
from claims_env.config import TrackerConfig, read_config
from claims_env.external_config import ExternalConfig
from claims_env.records import to_json

ABOUT = "say what works here: packages, devices, keys, endpoints: claims-env doctor"

WIDTH = 120
"""Characters per line where the output is no terminal."""

DESCRIPTION = """Say what works here, and what to do about what does not.

Looked at are Python and packages, what the extras bring, the devices of torch, physics, OpenGL, the
current folder, and the keys in the environment, of which only the names are told. A provider whose
key is set is asked for its list of models, which costs nothing; --no-network asks nobody.

With --tracker, the paper's trackers are looked at from within their own Python: interpreter, GPU,
simulator, packages, checkout, SMPL files. With --config, all of that is taken from a run's YAML.

The exit status is 0 unless something that was asked for does not work: a model named with --call,
the server of --chat.base-url, the file of --chat.cassette, the tracker.

Examples:
  claims-env doctor
  claims-env doctor --call gpt-4o --call qwen-vl-max
  claims-env doctor --chat.base-url http://localhost:11434/v1 --call compatible:llava
  claims-env doctor --tracker phc --external.python ~/envs/isaac/bin/python \\
      --external.repository ~/PHC
  claims-env doctor --config my-phc.yaml"""

OutsideTracker = Literal["phc", "masked_mimic"]


@dataclass(frozen=True)
class DoctorFlags:
    """What the doctor command takes."""

    call: Annotated[tuple[str, ...], tyro.conf.UseAppendAction] = ()
    """Ask this model one small question, such as openai:gpt-4o; may be given again."""

    network: bool = True
    """Whether providers whose keys are set are asked if they are there."""

    tracker: OutsideTracker | None = None
    """Look at this tracker's own installation, too."""

    config: Path | None = None
    """A run's YAML, or the config.yaml of its folder: its tracker is looked at."""

    json: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Write everything as JSON, and no table."""

    chat: ChatConfig = field(default_factory=ChatConfig)
    """How language models are asked."""

    external: ExternalConfig = field(default_factory=ExternalConfig)
    """Where and how the tracker runs, where no --config says so."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env doctor --help`."""
    flags = tyro.cli(
        DoctorFlags, args=list(arguments), prog="claims-env doctor", description=DESCRIPTION
    )
    checks = [
        *check_packages(),
        *check_machine(Path.cwd()),
        *check_models(flags.chat, flags.call, network=flags.network),
        *_tracker(flags),
    ]
    if flags.json:
        sys.stdout.write(json.dumps({"checks": to_json(checks)}, indent=1) + "\n")
    else:
        _show(checks)
    return int(any(check.fails for check in checks))


def _tracker(flags: DoctorFlags) -> Iterator[Check]:
    if flags.config is not None:
        run = read_config(flags.config)
        if run.tracker.name in OUTSIDE:
            yield from check_tracker(run.tracker, run.external)
    elif flags.tracker is not None:
        yield from check_tracker(TrackerConfig(name=flags.tracker), flags.external)


_STYLES = {"ok": "green", "absent": "dim", "broken": "red"}


def _show(checks: Sequence[Check]) -> None:
    console = Console(file=sys.stdout, highlight=False)
    width = console.width if console.is_terminal else WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    table = Table(box=SIMPLE_HEAD, padding=(0, 1))
    for heading in ("", "what", "state", "found", "what to do"):
        table.add_column(heading, overflow="fold")
    last = ""
    for check in checks:
        group = check.group if check.group != last else ""
        last = check.group
        state = Text(check.state, style=_STYLES[check.state])
        table.add_row(Text(group), Text(check.name), state, Text(check.found), Text(check.cure))
    console.print(table)
    broken = [check.name for check in checks if check.state == "broken"]
    told = f"Does not work: {', '.join(broken)}." if broken else "Nothing is broken."
    console.print(Text(told))
