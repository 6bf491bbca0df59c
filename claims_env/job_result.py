"""What came of a job, as its worker said in result.json: read, and believed only where it fits."""

from pathlib import Path
from typing import Any

from claims_env.errors import TrackerFailed
from claims_env.job_folder import SCHEMA, job_id, read_json

STATUSES = ("ok", "partial", "failed")
"""What may have become of a job: all of it, something that can be used, or nothing."""

_RESULT = {
    "checkpoint": (dict, type(None)),
    "dropped": (list,),
    "returned": (list,),
    "printed": (dict,),
    "num_envs": (int, type(None)),
    "versions": (dict,),
    "seconds": (dict,),
}
"""What a result says beside its status, and of which types."""


def read_result(folder: Path) -> dict[str, Any] | None:
    """Return what came of the job in a folder, None while nothing has.

    Raises:
        TrackerFailed: There is a result, but it is damaged, or of another job or version.
    """
    path = folder / "result.json"
    if not path.exists():
        return None
    result = read_json(path)
    problem = _problem(result, job_id(folder))
    if problem:
        raise TrackerFailed(f"{path} {problem} Delete that folder, and the job is done again.")
    return dict(result)


def _problem(result: Any, wanted: str) -> str:
    if not isinstance(result, dict):
        return "is damaged: it is no JSON object."
    if result.get("schema") != SCHEMA:
        return f"is of schema {result.get('schema')!r}. Expected {SCHEMA}."
    if result.get("id") != wanted:
        return f"is the result of job {result.get('id')!r}. Expected '{wanted}'."
    if result.get("status") not in STATUSES:
        return f"has status {result.get('status')!r}. Expected one of {', '.join(STATUSES)}."
    if result["status"] == "failed" and not isinstance(result.get("error"), dict):
        return "failed, and does not say why ('error' is no object)."
    for name, types in _RESULT.items():
        if not isinstance(result.get(name), types):
            return f"has no usable '{name}': {result.get(name)!r}."
    return ""
