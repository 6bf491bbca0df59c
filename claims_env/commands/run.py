"""claims-env run: play a curriculum from a preset, and write its record and its page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import Annotated

import tyro

from claims_env.arms import DECIDED, arm
from claims_env.assembly.schedulers import ASKING, asks_chat
from claims_env.assembly.second_asking import require_chat
from claims_env.config import RunConfig, read_config, to_yaml
from claims_env.dry_run import dry_run
from claims_env.errors import ConfigError, LedgerError
from claims_env.ledger import RunLedger
from claims_env.play import describe, play
from claims_env.presets import ABOUT as PRESET_ABOUT
from claims_env.presets import preset

ABOUT = "play a curriculum: claims-env run [PRESET] [--flags]"


@dataclass(frozen=True)
class RunFlags:
    """What the run command takes."""

    config: Annotated[RunConfig, tyro.conf.arg(name="")] = field(default_factory=RunConfig)
    """The run's settings; flags win over --from, which wins over the preset."""

    source: Annotated[Path | None, tyro.conf.arg(name="from")] = None
    """A config.yaml to start from, such as that of an earlier run."""

    checkpoint: Path | None = None
    """The model of --generator mdm: short for --mdm.checkpoint."""

    arm: str | None = None
    """An arm of the paper's ablations, spelled out in the settings it changes; flags that say
    otherwise than it does (--scheduler, --llm.metrics, --llm.judges) are refused: full,
    without-variables, without-judges, without-metrics, without-both, one-shot, random-prompts,
    single-judge."""

    out: Path | None = None
    """The run's folder; default runs/PRESET, numbered if that exists."""

    dry_run: bool = False
    """Tell the calls, tokens and money that language models would take, and play nothing."""

    @property
    def settings(self) -> RunConfig:
        """The run's settings, with what is given for short put in its place."""
        config = self.config
        if self.checkpoint is not None:
            config = replace(config, mdm=replace(config.mdm, checkpoint=self.checkpoint))
        return config if self.arm is None else arm(self.arm).change(config)


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env run --help`."""
    name, rest = _split_preset(arguments)
    base = _base(preset(name), rest)
    flags = _parsed(name, rest, base)
    _refuse_idle(flags, base)
    if flags.arm is not None:
        _refuse_contrary(flags, _parsed(name, rest, flags.settings).config)
    if flags.dry_run:
        return dry_run(flags.settings)
    # the folder is chosen only when the parts are there, so that a refusal leaves none behind
    return play(flags.settings, lambda: _open(flags, name))


def _refuse_idle(flags: RunFlags, base: RunConfig) -> None:
    """Refuse settings of language models where the run asks none.

    Raises:
        ConfigError: A flag gives some.
    """
    run = flags.settings
    models = [run.llm.model] if asks_chat(run.scheduler) else []
    require_chat([*run.judges, *models], flags.config.chat, base.chat)
    if not models and flags.config.llm != base.llm:
        raise ConfigError(
            f"A flag of --llm is for schedulers that ask a language model, and '{run.scheduler}' "
            f"asks none. Name one of {', '.join(ASKING)} with --scheduler, or leave it out."
        )


def _refuse_contrary(flags: RunFlags, said: RunConfig) -> None:
    """Refuse settings that say otherwise than the arm.

    Args:
        flags: What was given.
        said: The same flags on top of the arm's settings: where it is another, a flag says so.

    Raises:
        ConfigError: A flag gives some.
    """
    settled = flags.settings
    if contrary := [
        name for name in DECIDED if attrgetter(name)(said) != attrgetter(name)(settled)
    ]:
        given = ", ".join(f"{name} {attrgetter(name)(settled)}" for name in contrary)
        raise ConfigError(
            f"The arm '{flags.arm}' means {given}, and a flag says otherwise. Leave out one of the "
            "two."
        )


def _parsed(name: str, arguments: Sequence[str], base: RunConfig) -> RunFlags:
    return tyro.cli(
        RunFlags,
        args=arguments,
        default=RunFlags(config=base),
        prog=f"claims-env run {name}",
        description=_description(),
    )


def _open(flags: RunFlags, name: str) -> RunLedger:
    text, facts = to_yaml(flags.settings), describe(flags.settings)
    return RunLedger.create(flags.out or _own_folder(Path("runs"), name), text, facts)


def _split_preset(arguments: Sequence[str]) -> tuple[str, list[str]]:
    if arguments and not arguments[0].startswith("-"):
        return arguments[0], list(arguments[1:])
    return "quick", list(arguments)


def _base(config: RunConfig, arguments: Sequence[str]) -> RunConfig:
    """Return what flags start from: the file after --from, or the preset."""
    for i, argument in enumerate(arguments):
        if argument == "--from" and i + 1 < len(arguments):
            return read_config(Path(arguments[i + 1]))
        if argument.startswith("--from="):
            return read_config(Path(argument.partition("=")[2]))
    return config


def _own_folder(root: Path, name: str) -> Path:
    """Make a folder that nobody else has, not even a run that starts at the same moment."""
    for number in range(1, 10_000):
        folder = root / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise LedgerError(
                f"{folder} cannot be made ({error.strerror}). Name a folder with --out."
            ) from None
        return folder
    raise ConfigError(f"{root} holds too many runs of '{name}'. Name a folder with --out.")


def _description() -> str:
    presets = "\n".join(f"  {name:<18} {about}" for name, about in PRESET_ABOUT.items())
    return (
        "Play a curriculum: prompts, motions, training, evaluation, judgement, harder prompts.\n\n"
        f"Presets:\n{presets}\n\n"
        "Examples:\n"
        "  claims-env run quick --seed 1\n"
        "  claims-env run smoke --scheduler ladder --suite path/to/clips\n"
        "  claims-env run smoke --suite kungfu=kungfu_g_clean.pkl --suite emdb=path/to/clips\n"
        "  claims-env run quick --library path/to/words\n"
        "  claims-env run quick --generator mdm --checkpoint path/to/model000200000.pt\n"
        "  claims-env run quick --arm without-judges --llm.model offline:rule\n"
        "  claims-env run --from runs/quick/config.yaml --tracker.assist 0.25"
    )
