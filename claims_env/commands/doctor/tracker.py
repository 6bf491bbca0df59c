"""Outside trackers: whether their Python, checkout and files are there, as seen from within."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims_env.assembly.trackers import build_tracker
from claims_env.commands.doctor.check import Check
from claims_env.commands.doctor.interpreter import Answer, asked
from claims_env.config import TrackerConfig
from claims_env.errors import ClaimsError
from claims_env.external_config import ExternalConfig

GUIDE = "docs/trackers.md says how."

_OWN_PYTHON = {
    "phc": "conda create -n isaac python=3.8, and Isaac Gym Preview 4 in it; ",
    "masked_mimic": "conda create -n proto, and ProtoMotions' simulator in it; ",
}


_PROGRAM = {"phc": "PHC", "masked_mimic": "ProtoMotions 3"}

_FLAVOURS = {
    "official": "the CLAIMS release's fork of PHC",
    "upstream": "upstream PHC",
    "v3": "ProtoMotions 3",
}


def check_tracker(tracker: TrackerConfig, external: ExternalConfig) -> Iterator[Check]:
    """Yield what an outside tracker has and lacks.

    Args:
        tracker: Names it: phc or masked_mimic.
        external: Where and how it runs.
    """
    problem = _unsaid(tracker.name, external)
    if problem:
        yield from problem
        return
    yield _settings(tracker, external)
    simulator = str(tracker.options.get("simulator", "isaacgym"))
    answer = asked(tracker.name, external, simulator)
    yield _interpreter(tracker.name, external, answer)
    if answer.told:
        checkout, *others = answer.told["findings"]
        yield _checkout(tracker.name, external, answer.told, checkout)
        for finding in others:
            yield _finding(finding, external)
        yield _versions(answer.told)


def _unsaid(name: str, external: ExternalConfig) -> list[Check]:
    """Return what has to be named, and is not."""
    python = "" if external.python else f"{_OWN_PYTHON[name]}{GUIDE}"
    repository = "" if external.repository else f"Clone it beside this package; {GUIDE}"
    cures = {"--external.python": python, "--external.repository": repository}
    return [_check(flag, False, "not named", cure) for flag, cure in cures.items() if cure]


def _settings(tracker: TrackerConfig, external: ExternalConfig) -> Check:
    try:
        build_tracker(tracker, external)
    except ClaimsError as error:
        return _check("settings", False, str(error), "Change what is named there.")
    evaluated = external.eval_num_envs or "one per clip"
    found = f"{external.num_envs} environments in training, {evaluated} in evaluation"
    return _check("settings", True, found)


def _interpreter(name: str, external: ExternalConfig, answer: Answer) -> Check:
    through = f", through '{external.prefix}'" if external.prefix else ""
    if not answer.told:
        return _check("interpreter", False, answer.problem, answer.cure)
    told = answer.told
    found = f"Python {told['python']} ({told['executable']}), {told['platform']}{through}"
    is_real = told["findings"][0]["ok"] and not told["double"]
    too_new = name == "phc" and is_real and _release(told["python"]) > (3, 8)
    cure = f"Isaac Gym has no binaries for it: {_OWN_PYTHON[name]}{GUIDE}" if too_new else ""
    return _check("interpreter", not too_new, found, cure)


def _checkout(
    name: str, external: ExternalConfig, told: dict[str, Any], entry: dict[str, Any]
) -> Check:
    if not entry["ok"]:
        lacking = f"{_short(entry['name'], external)} {entry['detail']}"
        found = f"{external.repository} is no checkout of {_PROGRAM[name]}: {lacking}"
        return _check("repository", False, found, str(entry["cure"]))
    flavour = _FLAVOURS.get(told["flavour"], told["flavour"])
    commit = told["commit"] if told["commit"] not in (None, "unknown") else ""
    known = f"{flavour}, commit {commit[:12] or 'unknown'}"
    if told["double"]:
        known = f"a double of {flavour}: it tests pipelines, and simulates nothing"
    return _check("repository", True, f"{external.repository}: {known}")


def _finding(finding: dict[str, Any], external: ExternalConfig) -> Check:
    name = _short(finding["name"], external)
    holds = bool(finding["ok"])
    cure = str(finding["cure"]) or ("" if holds else GUIDE)
    return _check(name, holds, str(finding["detail"]), cure)


def _short(name: str, external: ExternalConfig) -> str:
    """Return a file's name within the checkout, which is named once, above."""
    checkout = str((external.repository or Path()).expanduser().absolute())
    return name.removeprefix(f"{checkout}/").replace(checkout, "it")


def _versions(told: dict[str, Any]) -> Check:
    versions = ", ".join(f"{name} {version}" for name, version in told["versions"].items())
    return _check("versions", True, versions or "none of the packages we know tells one")


def _check(name: str, holds: bool, found: str, cure: str = "") -> Check:
    return Check("tracker", name, "ok" if holds else "broken", found, cure, asked=True)


def _release(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2])
