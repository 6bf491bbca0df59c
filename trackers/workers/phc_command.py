"""PHC's command line for a job, and what must hold before hours are spent on it.

Runs under Python 3.8 with the standard library alone. Sources: PHC's `run_hydra.py`, `im_big.yaml`,
`env_im.yaml`; rl-games 1.1.4 for the batch rule and the length of an evaluation.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import job_files

HORIZON = 32
"""Control steps of each environment in an epoch (`horizon_length` of im_big.yaml)."""

MINIBATCH = 16384
"""Samples of a minibatch (`minibatch_size` of im_big.yaml); an epoch must hold whole ones."""

LONGEST_EVALUATION = 27000
"""Control steps after which the player resets every environment in the middle of its batch."""

SAVE_FREQUENCY = 1500
"""Epochs between two snapshots, each followed by an evaluation, as PHC is released.

Both fall on multiples of the absolute epoch. After an evaluation PHC draws its training clips by
how often they failed (auto-PMCP); a stage that crosses no multiple draws them evenly throughout.
"""

EXPERIMENT = "claims"
"""`exp_name`, which names no folder here: every job has its own."""

_CONFIG = "learning.params.config."

OURS = (
    "learning", "env", "robot", "exp_name", "env.motion_file", "env.num_envs", "headless",
    "no_log", "seed", "learning.params.seed", "output_path", "hydra.run.dir", "epoch", "test",
    "im_eval", "has_eval", "checkpoint", _CONFIG + "max_epochs", _CONFIG + "save_frequency",
)  # fmt: skip
"""What the job decides, so that no override may."""


def command(
    job: dict[str, Any], *, library: Path, output: Path, record: Path, first: int
) -> list[str]:
    """Return what runs the job.

    Args:
        job: What was asked for.
        library: PHC's motion library.
        output: `output_path`; a checkpoint to start from lies there as Humanoid.pth.
        record: Where to record what is performed.
        first: Epochs the checkpoint has behind it.
    """
    driver = Path(__file__).with_name("phc_run.py")
    repository = Path(job["settings"]["repository"])
    seed = int(job["seed"]) % 2**31
    given = [
        "learning=im_big",
        "env=env_im",
        "robot=smpl_humanoid",
        "exp_name=" + EXPERIMENT,
        "env.motion_file=" + quoted(library),
        "env.num_envs={}".format(job["num_envs"]),
        "headless=True",
        "no_log=True",
        "output_path=" + quoted(output),
        "hydra.run.dir=" + quoted(output.parents[2] / "hydra"),
        # the generators of the simulation and of the learner are seeded apart
        f"seed={seed}",
        f"learning.params.seed={seed}",
    ]
    asked = _evaluation() if job["kind"] == "evaluate" else _training(job, first)
    config = ["--config-path", str(repository / "phc" / "data" / "cfg")]
    start = [sys.executable, "-u", str(driver), str(record), *config]
    return [*start, *given, *asked, *_overrides(job)]


def check(job: dict[str, Any], longest: int) -> None:
    """Refuse what PHC would stumble over later, or do silently wrong.

    Args:
        job: What is asked for.
        longest: Frames of the longest clip.

    Raises:
        WorkerError: The number of environments, an override or a path cannot be.
    """
    for override in _overrides(job):
        _check_override(override)
    if job["kind"] == "evaluate":
        _check_evaluation(job, longest)
    else:
        _check_training(job)


def horizon(job: dict[str, Any]) -> int:
    """Return the control steps of each environment in an epoch."""
    return _overridden(job, _CONFIG + "horizon_length", HORIZON)


def quoted(path: Path) -> str:
    """Return a path as Hydra's grammar takes it, whatever is in it.

    Raises:
        WorkerError: It holds what Hydra would fill in.
    """
    text = str(path)
    if "${" in text:
        raise _refused(f"The path {text} holds '${{', which Hydra fills in. Use another folder.")
    return "'{}'".format(text.replace("\\", "\\\\").replace("'", "\\'"))


def _training(job: dict[str, Any], first: int) -> list[str]:
    settings, last = job["settings"], first + job["epochs"] - 1
    # PHC ends after the first epoch beyond max_epochs, and counts from the very beginning
    return [
        "epoch=-1" if job.get("checkpoint") else "epoch=0",
        f"{_CONFIG}max_epochs={last}",
        "{}save_frequency={}".format(_CONFIG, settings.get("save_frequency", SAVE_FREQUENCY)),
        "has_eval={}".format(bool(settings.get("has_eval", True))),
    ]


def _evaluation() -> list[str]:
    # epoch -1 loads output_path/Humanoid.pth; `checkpoint=` is no key of PHC's configuration
    return ["test=True", "im_eval=True", "epoch=-1"]


def _overrides(job: dict[str, Any]) -> list[str]:
    return [str(override) for override in job["settings"].get("overrides") or ()]


def _check_override(override: str) -> None:
    key = override.lstrip("+~").split("=")[0].strip()
    if "=" not in override and not override.startswith("~"):
        raise _refused(f"The override '{override}' is not of the form key=value.")
    if key in OURS:
        raise _refused(f"The override '{override}' is not free: the job decides {key}.")


def _check_training(job: dict[str, Any]) -> None:
    count, epochs = job.get("num_envs"), job.get("epochs")
    if not isinstance(epochs, int) or epochs < 1:
        raise _refused(f"epochs is {epochs!r}; expected a whole number of at least 1.")
    steps, batch = horizon(job), _overridden(job, _CONFIG + "minibatch_size", MINIBATCH)
    if not isinstance(count, int) or count < 1 or count * steps % batch:
        legal = _legal(count, steps, batch)
        nearest = " or ".join(str(n) for n in legal)
        raise _refused(
            f"num_envs is {count!r}: num_envs x {steps} must be a multiple of {batch}. "
            f"Use {nearest}."
        )


def _legal(count: Any, steps: int, batch: int) -> list[int]:
    """Return the nearest numbers of environments that fill whole minibatches."""
    step = next(n for n in range(1, batch + 1) if n * steps % batch == 0)
    below = (count if isinstance(count, int) else 0) // step * step
    return [n for n in (below, below + step) if n > 0]


def _check_evaluation(job: dict[str, Any], longest: int) -> None:
    count, clips = job.get("num_envs"), len(job["clips"])
    if not isinstance(count, int) or count < 1:
        raise _refused(f"num_envs is {count!r}; expected a whole number of at least 1.")
    if -(-clips // count) * longest >= LONGEST_EVALUATION:
        batches = max((LONGEST_EVALUATION - 1) // longest, 1)
        raise _refused(
            f"{clips} clips of up to {longest} frames in {count} environments take more than the "
            f"{LONGEST_EVALUATION} control steps after which PHC resets them in mid-clip. "
            f"Use at least {-(-clips // batches)} environments."
        )


def _overridden(job: dict[str, Any], key: str, default: int) -> int:
    for override in _overrides(job):
        name, _, value = override.lstrip("+").partition("=")
        if name == key and value.strip().isdigit():
            return int(value)
    return default


def _refused(why: str) -> job_files.WorkerError:
    return job_files.WorkerError("invalid_input", "import", why)
