from pathlib import Path
from typing import Any

import pytest
from phc_jobs import WORKERS as WORKERS  # where the siblings lie

from claims_env.trackers.doubles.phc.settings import composed

import phc_command  # isort: skip
from job_files import WorkerError  # isort: skip


def job(kind: str = "train", **facts: Any) -> dict[str, Any]:
    settings = {"repository": "/srv/PHC", **facts.pop("settings", {})}
    asked: dict[str, Any] = {
        "kind": kind, "seed": 7, "num_envs": 1024, "epochs": 5, "checkpoint": None,
        "clips": [{"id": "a", "frames": 180}], "settings": settings,
    }  # fmt: skip
    return {**asked, **facts}


def written(asked: dict[str, Any], folder: str = "/jobs/one", first: int = 0) -> list[str]:
    return phc_command.command(
        asked,
        library=Path(folder) / "library.pkl",
        output=Path(folder) / "program/output/HumanoidIm/claims",
        record=Path(folder) / "record.npz",
        first=first,
    )


def read(asked: dict[str, Any], folder: str = "/jobs/one", first: int = 0) -> dict[str, Any]:
    """Return what a program as strict as PHC makes of the command line."""
    arguments = written(asked, folder, first)
    return composed(arguments[arguments.index("learning=im_big") :], "upstream")


def test_a_fresh_training_begins_at_zero_and_ends_after_its_epochs() -> None:
    given = read(job())
    assert given["epoch"] == 0
    assert given["learning.params.config.max_epochs"] == 4
    assert (given["headless"], given["no_log"], given["test"]) == (True, True, False)
    assert (given["seed"], given["learning.params.seed"]) == (7, 7)


def test_a_continued_training_counts_from_its_checkpoint() -> None:
    given = read(job(checkpoint={"file": "x"}), first=30_100)
    assert (given["epoch"], given["learning.params.config.max_epochs"]) == (-1, 30_104)
    assert given["learning.params.config.save_frequency"] == 1500


def test_an_evaluation_loads_the_rolling_checkpoint() -> None:
    given = read(job("evaluate", num_envs=5))
    assert (given["test"], given["im_eval"], given["epoch"]) == (True, True, -1)
    assert given["env.num_envs"] == 5


@pytest.mark.parametrize("folder", ["/a b=(c)", "/it's", '/"twice"', "/back\\slash", "/a,b{c}"])
def test_a_path_arrives_whatever_is_in_it(folder: str) -> None:
    given = read(job(), folder)
    assert given["env.motion_file"] == f"{folder}/library.pkl"
    assert given["output_path"] == f"{folder}/program/output/HumanoidIm/claims"


def test_a_path_that_hydra_would_fill_in_is_refused() -> None:
    with pytest.raises(WorkerError, match="which Hydra fills in"):
        written(job(), "/jobs/${home}")


@pytest.mark.parametrize(
    ("count", "nearest"), [(1000, "512 or 1024"), (513, "512 or 1024"), (100, "512"), (0, "512")]
)
def test_a_number_of_environments_that_fills_no_minibatch_names_the_nearest(
    count: int, nearest: str
) -> None:
    with pytest.raises(WorkerError, match=rf"num_envs is {count}: .* Use {nearest}\."):
        phc_command.check(job(num_envs=count), 180)


def test_an_evaluation_that_phc_would_reset_half_way_is_refused() -> None:
    clips = [{"id": str(i), "frames": 300} for i in range(663)]
    with pytest.raises(WorkerError, match="Use at least 8 environments"):
        phc_command.check(job("evaluate", num_envs=5, clips=clips), 300)
    phc_command.check(job("evaluate", num_envs=8, clips=clips), 300)


@pytest.mark.parametrize(
    "override", ["output_path=/elsewhere", "+checkpoint=x.pth", "seed=1", "++env.num_envs=5"]
)
def test_an_override_may_not_take_what_the_job_decides(override: str) -> None:
    with pytest.raises(WorkerError, match="the job decides"):
        phc_command.check(job(settings={"overrides": [override]}), 180)


def test_other_overrides_come_last() -> None:
    override = "learning.params.config.gamma=0.98"
    asked = job(settings={"overrides": [override]})
    phc_command.check(asked, 180)
    assert written(asked)[-1] == override
    assert read(asked)["learning.params.config.gamma"] == 0.98
