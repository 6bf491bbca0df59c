"""claims-env evaluate: how a checkpoint does on whole suites, beside the baselines."""

import importlib.metadata
import sys
from collections.abc import Callable, Sequence
from functools import partial

import tyro

from claims_env.assembly.evaluation import build_suite, evaluation_page
from claims_env.commands.evaluate.checkpoint import Subject, subject
from claims_env.commands.evaluate.flags import DESCRIPTION, EvaluateFlags, require_sound
from claims_env.commands.evaluate.summary import show
from claims_env.errors import ConfigError
from claims_env.evaluation_folder import PAGE, EvaluationFolder, evaluation_folder
from claims_env.evaluation_record import POOLED, EvaluationRecord
from claims_env.progress_bar import progress_bar
from claims_env.suite import Suite
from claims_env.suite_evaluation import EvaluatedSuite, Keep, evaluate_suite, performers
from claims_env.tracker import TrackedClip

ABOUT = "measure a checkpoint on whole suites: claims-env evaluate CHECKPOINT --suite DIR"

RECORDED = ("claims-env", "mujoco", "numpy", "torch")
"""Packages whose version figures can depend on."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env evaluate --help`."""
    flags = tyro.cli(
        EvaluateFlags, args=list(arguments), prog="claims-env evaluate", description=DESCRIPTION
    )
    require_sound(flags)
    if flags.out is None:
        show(_evaluate(flags, None))
        return 0
    with evaluation_folder(flags.out, replace=flags.force) as folder:
        record = _evaluate(flags, folder)
        folder.finish(record, evaluation_page(record, folder.kept))
    show(record)
    sys.stdout.write(f"\nWritten into {flags.out}. Look at {flags.out / PAGE}\n")
    return 0


def _evaluate(flags: EvaluateFlags, folder: EvaluationFolder | None) -> EvaluationRecord:
    """Perform everything; `folder` keeps the motions, if there is one and they are wanted."""
    evaluated = subject(flags)
    suites = _suites(flags)
    wanted = folder if flags.motions else None
    performed = _performed(evaluated, suites, partial(_keep, wanted, evaluated))
    return EvaluationRecord(
        checkpoint=evaluated.checkpoint,
        tracker=evaluated.facts,
        errors=flags.errors,
        asked={
            "suites": flags.suites,
            "clips": flags.clips,
            "seed": flags.seed,
            "library": flags.library,
        },
        versions={name: _version(name) for name in RECORDED},
        suites=performed,
    )


def _performed(
    evaluated: Subject, suites: Sequence[Suite], keep: Keep
) -> tuple[EvaluatedSuite, ...]:
    who = performers(evaluated.tracker, is_trained=evaluated.is_trained)
    total = len(who) * sum(len(suite.motions) for suite in suites)
    with progress_bar("performing clips", total) as advance:
        return tuple(
            evaluate_suite(suite, who, keep=keep, after_each=advance, batch=evaluated.batch)
            for suite in suites
        )


def _suites(flags: EvaluateFlags) -> list[Suite]:
    composed = flags.clips * len(flags.suites)
    with progress_bar("composing clips", composed) as advance:
        suites = [_suite(asked, flags, advance) for asked in flags.suites]
    names = [POOLED, *(suite.name for suite in suites)]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ConfigError(
            f"Two groups of figures would be called {', '.join(map(repr, repeated))}. Leave a "
            "suite out, or rename it (a suite is named in its manifest, else by its folder)."
        )
    return suites


def _suite(asked: str, flags: EvaluateFlags, advance: Callable[[], None]) -> Suite:
    return build_suite(
        asked, clips=flags.clips, seed=flags.seed, library=flags.library, after_each=advance
    )


def _keep(
    folder: EvaluationFolder | None, evaluated: Subject, suite: str, clip: TrackedClip
) -> None:
    if folder is None:
        return
    facts = evaluated.facts
    folder.keep(
        suite,
        clip,
        fps=float(facts.get("control_hz", 30)),
        assist=float(facts["assist"]),
        body=str(facts.get("body")),
        checkpoint=str(evaluated.checkpoint["sha256"] or evaluated.checkpoint["asked"]),
    )


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
