"""What was not real in a run: said first, because every figure below it depends on it."""

from contextlib import suppress
from typing import Any

from claims_env.errors import MotionError
from claims_env.held_out import NAME
from claims_env.motion import load_motion
from claims_env.report.run_record import RunRecord
from claims_env.run_folder import motion_path
from claims_env.suite import REAL


def caveats(run: RunRecord) -> list[str]:
    """Return one sentence for each stand-in and each limit of what the run can show."""
    return [
        *_tracker_caveats(run.tracker),
        *_start_caveats(run.tracker),
        *_generator_caveats(run),
        *_judge_caveats(run.judges),
        *_suite_caveats(run),
        *_extent_caveats(run),
    ]


def _tracker_caveats(facts: dict[str, Any]) -> list[str]:
    kind, assist = facts.get("kind"), facts.get("assist")
    if kind == "simulated":
        return [
            "Simulated tracker: no physics. Success and errors come from a formula, not a body."
        ]
    unknown = ["The record does not say which tracker was trained."] if kind is None else []
    if not isinstance(assist, int | float):
        return [*unknown, "Assist not recorded: read success as success with unknown help."]
    if assist > 0:
        return [
            *unknown,
            f"Assist {assist:g}: success with a helping wrench of up to {100 * assist:.0f}% of "
            "body weight at the root, not plain tracking success.",
        ]
    return unknown


def _start_caveats(facts: dict[str, Any]) -> list[str]:
    """Return what the tracker knew before the run, and who showed it clips."""
    told: list[str] = []
    start = facts.get("base", "none")
    if start != "none":
        told.append(
            f"Pretrained: round 0 started from the checkpoint {start}, not from an untrained "
            "policy. The zero action beside each success is no policy at all."
        )
    if facts.get("teacher", "none") != "none":
        told.append("A planner showed the tracker new clips first: not reinforcement alone.")
    return told


def _generator_caveats(run: RunRecord) -> list[str]:
    name, lowered = run.generator, run.generator.lower()
    if "mdm" in lowered:
        return []
    if "compos" in lowered:
        return ["Composed clips, not MDM: motions are assembled by rule, not generated."]
    if "retrieval" in lowered:
        return [
            "Retrieved recordings, not MDM: the actions choose them. Details are not followed, and "
            "of the tiers only the rhythm's, as tempo.",
            *_stand_ins(run),
        ]
    return [f"Clips from '{name}', not MDM."]


def _stand_ins(run: RunRecord) -> list[str]:
    matched: list[bool] = []
    for played in run.rounds:
        for s in played.sets:
            with suppress(MotionError):
                motion = load_motion(motion_path(run.folder, played.index, s.clip))
                matched.append(motion.provenance.get("matched") is not False)
    missed = matched.count(False)
    told = f"{missed} of {len(matched)} clips show something else: no recording fits their words."
    return [told] if missed else []


def _judge_caveats(judges: tuple[str, ...]) -> list[str]:
    if not judges:
        return ["No judge rated anything."]
    offline = [name for name in judges if is_offline(name)]
    if len(offline) == len(judges):
        tried = any(name.startswith("planner") for name in offline)
        trial = ", or from a trial in physics" if tried else ""
        return [f"Offline judges, not VLMs: ratings are computed from kinematics{trial}."]
    return [f"Offline, not a VLM: {', '.join(offline)}."] if offline else []


def _suite_caveats(run: RunRecord) -> list[str]:
    if not run.last.suites:
        return ["No held-out suite: nothing here shows how the tracker does on unseen clips."]
    found = _missing_built_in(run) + [
        f"Suite {s.name}: held-out clips are of kind '{s.kind}', not motion capture."
        for s in run.last.suites
        if s.kind != REAL
    ]
    refused = sum(len(s.refused) for s in run.last.suites)
    return found + ([f"{refused} suite clip(s) could not be used; see below."] if refused else [])


def _missing_built_in(run: RunRecord) -> list[str]:
    wanted = run.config.get("held_out")
    if not wanted or any(suite.name == NAME for suite in run.last.suites):
        return []
    return ["No built-in suite: the library has no base action that could be kept from training."]


def _extent_caveats(run: RunRecord) -> list[str]:
    found = ["One seed: a single run cannot rank schedulers."]
    wanted = run.config.get("rounds")
    if isinstance(wanted, int) and len(run.rounds) < wanted:
        found.append(f"Unfinished: {len(run.rounds)} of {wanted} rounds are done.")
    if run.last.untrained is None:
        found.append("No untrained baseline: how much success comes without learning is unknown.")
    return found


def is_offline(judge: str) -> bool:
    """Say whether a judge works without a vision-language model, by its name."""
    return any(word in judge.lower() for word in ("offline", "kinematic"))
