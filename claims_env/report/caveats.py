"""What was not real in a run: said first, because every figure below it depends on it."""

from contextlib import suppress
from typing import Any

from claims_env.decision_record import RULE
from claims_env.errors import MotionError
from claims_env.held_out import NAME
from claims_env.missing_answers import silences, unseen_clips
from claims_env.motion import load_motion
from claims_env.report.run_record import RunRecord
from claims_env.report.transcript_record import read_explanation
from claims_env.run_folder import motion_path
from claims_env.suite import REAL


def caveats(run: RunRecord) -> list[str]:
    """Return one sentence for each stand-in and each limit of what the run can show."""
    return [
        *_tracker_caveats(run.tracker),
        *_double_caveats(run),
        *_start_caveats(run.tracker),
        *_generator_caveats(run),
        *_judge_caveats(run.judges),
        *_silence_caveats(run),
        *_scheduler_caveats(run),
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


def _double_caveats(run: RunRecord) -> list[str]:
    """Return whether a program of ours took the place of the tracker that is named."""
    versions = [(r.training or {}).get("versions") or {} for r in run.rounds]
    if not any(one.get("double") for one in versions):
        return []
    return [
        f"A double stood in for {run.tracker.get('name', 'the tracker')}: no physics. Success and "
        "errors come from a formula, not a body."
    ]


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
    if lowered == "mdm":
        return _mdm_caveats(run.parts.get("generator_data"))
    if "compos" in lowered:
        return ["Composed clips, not MDM: motions are assembled by rule, not generated."]
    if "retrieval" in lowered:
        return [
            "Retrieved recordings, not MDM: the actions choose them. Details are not followed, and "
            "of the tiers only the rhythm's, as tempo.",
            *_stand_ins(run),
        ]
    return [f"Clips from '{name}', not MDM."]


def _mdm_caveats(facts: Any) -> list[str]:
    """Return which model it was: what a checkpoint was trained on, its file cannot tell."""
    if not isinstance(facts, dict):
        return ["MDM, and the record does not say with which checkpoint."]
    encoder = facts.get("text_encoder", {}).get("name")
    file = facts.get("checkpoint", {}).get("sha256")
    told = [f"MDM with the checkpoint sha256 {file}: whether it is the published one, compare."]
    if encoder == "word_hash":
        told = [f"MDM of one's own training (sha256 {file}), without DistilBERT: not the paper's."]
    elif encoder == "clip":
        told.append("It reads 20 tokens of each prompt with CLIP; the paper's reads all of them.")
    if facts.get("precision") != "float32":
        told.append("Its network was computed in bfloat16, about 2% off.")
    return told


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


def _silence_caveats(run: RunRecord) -> list[str]:
    """Return who did not answer, and how much nobody looked at for that reason."""
    found = [f"{silence}" for silence in silences(run.rounds)]
    unseen = unseen_clips(run.rounds)
    told = f"{unseen} clip(s) were trained on that no judge of alignment saw."
    return found + ([told] if unseen else [])


def _scheduler_caveats(run: RunRecord) -> list[str]:
    """Return what of the choice of prompts was not a language model's, where one was asked."""
    told = (read_explanation(run.folder, r.index) for r in run.rounds)
    decisions = [explained.decision for explained in told if explained and explained.decision]
    found: list[str] = []
    if scripted := sorted({d.model for d in decisions if is_scripted(d.model)}):
        found.append(f"No language model: the scheduler's answers come from {', '.join(scripted)}.")
    if ruled := sum(d.rungs.get(RULE, 0) for d in decisions):
        chosen = sum(len(d.changes) for d in decisions)
        found.append(f"The rule in code chose {ruled} of {chosen} prompts in the model's place.")
    return found


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


def is_scripted(chat: str) -> bool:
    """Say whether a chat answers without a language model, by its name."""
    return is_offline(chat) or "script" in chat.lower()


def is_offline(judge: str) -> bool:
    """Say whether a judge works without a vision-language model, by its name."""
    return any(word in judge.lower() for word in ("offline", "kinematic"))
