"""claims-env library calibrate: measures what every phrase does to a motion."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tyro

from claims_env.assembly import build_generator, build_tracker, whole_library
from claims_env.calibration_run import Calibration, calibrate, pool, tasks, version_of
from claims_env.commands.library.calibration_flags import Flags, require_sound
from claims_env.commands.library.calibration_summary import summary, told
from claims_env.commands.library.evidence_folder import evidence_folder
from claims_env.commands.library.paper import write
from claims_env.config import TrackerConfig
from claims_env.errors import CheckpointError
from claims_env.evidence import DomainEvidence, Maker, misfit, read_evidence, write_evidence
from claims_env.progress_bar import progress_bar
from claims_env.records import to_json
from claims_env.tracker import Tracker
from claims_env.variable_library import VariableLibrary

DESCRIPTION = """\
Measure what every phrase does to a motion, and compare with the tier it has by hand.

The design is paired: all phrases of a slot are put into the same sentences, among the same other
phrases, with the same seeds, so the differences are the phrase's own. Measured are mean joint
speed, time in the air, turns, effort (what the joints have to bring up) and, given a checkpoint,
whether a tracker follows the clip. Each is divided by its spread over the slot's phrases and
averaged; the tracker's failure counts as much as all others together. The fifths of that ranking
are the measured tiers, with 95 % intervals over sentences.

The composer reads the tiers too, as size and tempo. So what is measured is a phrase as it is
played, words and tier together, and some agreement is bound to be there. With --words-alone the
composer is told one tier for all phrases, and what agreement is left is the words' own.

One file per domain is written when the domain is done; started again, what is there and fits is
kept. Equal settings give equal bytes, whatever the number of workers.

Examples:
  claims-env library calibrate                         # the shipped words, about 3 minutes
  claims-env library calibrate --domain dance --clips 24
  claims-env library calibrate --library my_words      # into my_words/evidence
  claims-env library calibrate --checkpoint runs/quick/rounds/002/tracker.ckpt"""


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env library calibrate --help`."""
    flags = tyro.cli(
        Flags, args=list(arguments), prog="claims-env library calibrate", description=DESCRIPTION
    )
    require_sound(flags)
    library = whole_library(flags.library)
    domains = tuple(dict.fromkeys(flags.domain)) or library.domains
    for domain in domains:
        library.words(domain)
    plan = _plan(flags)
    folder = flags.out or _default_folder(flags.library)
    measured = _measure(plan, flags, library, domains, folder)
    write("", *summary(measured), "", f"Written into {folder}.", *_look(flags, folder))
    return 0


def _plan(flags: Flags) -> Calibration:
    return Calibration(
        library=flags.library,
        generator=flags.generator,
        clips=flags.clips,
        seed=flags.seed,
        words_alone=flags.words_alone,
        workers=flags.workers,
    )


def _measure(
    plan: Calibration,
    flags: Flags,
    library: VariableLibrary,
    domains: Sequence[str],
    folder: Path,
) -> list[DomainEvidence]:
    """Return the evidence of every domain, measured now or before."""
    tracker = _tracker(flags)
    facts = None if tracker is None else _facts(tracker, flags)
    generator = build_generator(plan.generator)
    maker = Maker(generator.name, version_of(generator, library))
    kept = {} if flags.overwrite else _kept(plan, library, domains, folder, maker, facts)
    waiting = sum(len(tasks(plan, library, domain)) for domain in domains if domain not in kept)
    measured: list[DomainEvidence] = []
    workers = plan.workers if waiting else 1
    with pool(workers) as submit, progress_bar("measuring", waiting) as after_each:
        for domain in domains:
            evidence = kept.get(domain) or calibrate(
                plan, library, domain, submit, after_each, tracker=tracker, tracker_facts=facts
            )
            if domain not in kept:
                write_evidence(evidence, folder)
            measured.append(evidence)
            write(told(evidence, is_kept=domain in kept))
    return measured


def _kept(
    plan: Calibration,
    library: VariableLibrary,
    domains: Sequence[str],
    folder: Path,
    maker: Maker,
    facts: dict[str, Any] | None,
) -> dict[str, DomainEvidence]:
    """Return what is there already and was measured just like this."""
    found = {domain: read_evidence(folder, domain) for domain in domains}
    return {
        domain: evidence
        for domain, evidence in found.items()
        if evidence is not None
        and misfit(evidence, library, maker) is None
        and (evidence.clips, evidence.seed, evidence.words_alone)
        == (plan.clips, plan.seed, plan.words_alone)
        and evidence.tracker == facts
    }


def _tracker(flags: Flags) -> Tracker | None:
    if flags.checkpoint is None:
        return None
    if not flags.checkpoint.is_file():
        raise CheckpointError(
            f"{flags.checkpoint} is no file. A run keeps them as rounds/NNN/tracker.ckpt."
        )
    config = TrackerConfig(name=flags.tracker, assist=flags.assist, workers=flags.workers)
    tracker = build_tracker(config)
    tracker.reset(seed=flags.seed)
    tracker.load(flags.checkpoint)
    return tracker


def _facts(tracker: Tracker, flags: Flags) -> dict[str, Any]:
    """Return what the evidence says of its tracker."""
    content = flags.checkpoint.read_bytes() if flags.checkpoint else b""
    # how many processes performed the clips says nothing about them
    known = {key: value for key, value in tracker.facts.items() if key != "workers"}
    facts: dict[str, Any] = to_json({**known, "checkpoint": hashlib.sha256(content).hexdigest()})
    return facts


def _default_folder(library: Path | None) -> Path:
    beside = evidence_folder(library) if library is not None else None
    return beside or Path("evidence")


def _look(flags: Flags, folder: Path) -> list[str]:
    library = f" --library {flags.library}" if flags.library else ""
    return [f"Look at it: claims-env library show DOMAIN{library} --evidence {folder}"]
