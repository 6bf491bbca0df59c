"""claims-env judge-reliability: whether judges' blind ratings can be relied on."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tyro

from claims_env import __version__
from claims_env.assembly import build_generator, whole_library
from claims_env.assembly.chats import Account, is_chat, open_account
from claims_env.assembly.judging import load_tiered_clips, tier_chart
from claims_env.assembly.second_asking import build_askings, require_chat
from claims_env.blind_rating import rate_blindly
from claims_env.chat_usage import told_usage
from claims_env.commands.judge_reliability.consent import require_consent
from claims_env.commands.judge_reliability.flags import (
    DESCRIPTION,
    ReliabilityFlags,
    require_sound,
)
from claims_env.commands.judge_reliability.summary import show
from claims_env.durable_file import write_atomically
from claims_env.errors import ConfigError, OutputError
from claims_env.judge import Judge
from claims_env.judge_figures import reliability_of
from claims_env.progress_bar import progress_bar
from claims_env.reliability import RatedClip, Reliability
from claims_env.reliability_files import ratings_csv, reliability_json
from claims_env.stoppable_judge import STOPPED_STATUS, Stop, StoppableJudge
from claims_env.tiered_clips import TieredClip, tiered_clips, tiered_orders

ABOUT = "try judges on clips of five tiers: claims-env judge-reliability --judge NAME"

SUMMARY, TABLE, CHART = "summary.json", "clips.csv", "tiers.svg"


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env judge-reliability --help`."""
    flags = tyro.cli(
        ReliabilityFlags,
        args=list(arguments),
        prog="claims-env judge-reliability",
        description=DESCRIPTION,
    )
    require_sound(flags)
    require_chat(flags.judges, flags.chat)
    if flags.out is not None:
        _require_room(flags.out, overwrite=flags.overwrite)
    account = open_account(flags.chat)
    stop = Stop()
    judges = _judges(flags, account, stop)
    require_consent(flags)
    rated = _rated(_clips(flags), judges, flags)
    found = reliability_of(rated, seed=flags.seed)
    try:
        if flags.out is not None:
            _write(flags.out, rated, found, {**_conditions(flags), "usage": account.usage()})
    finally:
        # whatever became of the files, what was said may have been paid for
        show(found)
        for told in told_usage(account.usage()["chats"]):
            sys.stdout.write(f"{told}\n")
    if flags.out is not None:
        first = CHART if found.judges[0].tiers else TABLE
        sys.stdout.write(f"\nWritten into {flags.out}. Look at {flags.out / first}\n")
    return STOPPED_STATUS if stop.is_set else 0


def _judges(flags: ReliabilityFlags, account: Account, stop: Stop) -> list[list[Judge]]:
    """Return each judge, as often as it is to be asked; Ctrl-C stops them all.

    Raises:
        ConfigError: Two are called the same.
    """
    judges = [build_askings(name, flags.repeats, flags.chat, account) for name in flags.judges]
    names = [askings[0].name for askings in judges]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ConfigError(f"Two judges are called '{repeated[0]}'. Leave one out.")
    return [[StoppableJudge(judge, stop) for judge in askings] for askings in judges]


def _clips(flags: ReliabilityFlags) -> list[TieredClip]:
    if flags.source is not None:
        clips, refused = load_tiered_clips(flags.source)
        for refusal in refused:
            sys.stdout.write(f"Not used: {refusal.reason}\n")
        return clips
    generator = build_generator(flags.generator, flags.mdm)
    orders = tiered_orders(whole_library(flags.library), clips=flags.clips, seed=flags.seed)
    with progress_bar("making clips", len(orders)) as advance:
        return list(tiered_clips(generator, orders, advance))


def _rated(
    clips: Sequence[TieredClip], judges: Sequence[Sequence[Judge]], flags: ReliabilityFlags
) -> list[RatedClip]:
    total = len(clips) * sum(map(len, judges))
    with progress_bar("judging clips", total) as advance:
        return rate_blindly(clips, judges, seed=flags.seed, after_each=advance)


def _write(
    folder: Path, rated: Sequence[RatedClip], found: Reliability, conditions: dict[str, Any]
) -> None:
    """Write all files.

    Raises:
        OutputError: They cannot be written.
    """
    texts = {SUMMARY: reliability_json(found, conditions), TABLE: ratings_csv(rated)}
    if found.judges[0].tiers:
        texts[CHART] = tier_chart("Mean difficulty per tier, rated blind", found.judges)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            # a clip's name or a prompt may hold what is no text; a question mark serves
            write_atomically(folder / name, text.encode("utf-8", "replace"))
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror}). Name another folder with --out."
        ) from None


def _conditions(flags: ReliabilityFlags) -> dict[str, Any]:
    return {
        "claims_env": __version__,
        "source": flags.source,
        "generator": None if flags.source else flags.generator,
        "library": None if flags.source else whole_library(flags.library).digest,
        "clips_per_tier": None if flags.source else flags.clips,
        "seed": flags.seed,
        "repeats": flags.repeats,
        "asked": flags.judges,
        "chat": flags.chat if any(map(is_chat, flags.judges)) else None,
    }


def _require_room(folder: Path, *, overwrite: bool) -> None:
    taken = [name for name in (SUMMARY, TABLE, CHART) if (folder / name).exists()]
    if taken and not overwrite:
        raise OutputError(
            f"{folder} already holds {taken[0]}. Name another folder with --out, or replace an "
            "earlier test with --overwrite."
        )
