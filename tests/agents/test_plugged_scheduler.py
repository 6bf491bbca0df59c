"""Schedulers of other packages: found by an entry point or a path, certified in one line."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from toys import tiny_library

from claims_env.assembly import SCHEDULERS, build_agent, build_scheduler
from claims_env.config import RunConfig
from claims_env.errors import ContractBroken, UnknownName
from claims_env.scheduler import Action, Observation
from claims_env.testing import check_scheduler
from claims_env.variable_library import VariableLibrary

SOURCE = """
import numpy as np

class MiddleScheduler:
    name = "middle"

    def __init__(self, library):
        self.library = library

    def act(self, observation, info):
        rng = np.random.default_rng(info["decision_seed"])
        sets = info["rounds"][-1].sets
        chosen = [self.library.sample(rng, domain=s.prompt.domain, tier=3) for s in sets]
        return self.library.encode(chosen)
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that names a scheduler, as an installer leaves it behind."""
    (tmp_path / "middle_ground.py").write_text(SOURCE, "utf-8")
    record = tmp_path / "middle_ground-1.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: middle-ground\nVersion: 1.0\n")
    (record / "entry_points.txt").write_text(
        "[claims_env.schedulers]\n"
        "middle = middle_ground:MiddleScheduler\n"
        "random = middle_ground:MiddleScheduler\n"
    )
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", ["middle", "middle_ground:MiddleScheduler"])
def test_a_scheduler_of_another_package_is_made_by_name_or_path(name: str) -> None:
    words = tiny_library()
    assert build_scheduler(name, words).name == "middle"
    assert build_agent(RunConfig(scheduler=name), words).name == "middle"


@pytest.mark.usefixtures("installed")
def test_a_package_cannot_take_a_shipped_name() -> None:
    assert build_scheduler("random", tiny_library()).name == "random"


@pytest.mark.usefixtures("installed")
def test_an_unknown_name_lists_what_packages_add() -> None:
    with pytest.raises(UnknownName, match=r"Did you mean 'middle'\? .*middle, .*random"):
        build_scheduler("midle", tiny_library())
    assert "middle" not in SCHEDULERS


class PatientScheduler:
    """What a user writes: repeats the prompts that were lost, and draws others for the rest."""

    name = "patient"

    def __init__(self, library: VariableLibrary) -> None:
        self._library = library

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        rng = np.random.default_rng(info["decision_seed"])
        sets = info["rounds"][-1].sets
        lost = [s.metrics is not None and not s.metrics.success for s in sets]
        pairs = zip(sets, lost, strict=True)
        chosen = [s.prompt if stays else self._library.sample(rng) for s, stays in pairs]
        return self._library.encode(chosen)


def test_a_class_is_certified_in_one_line() -> None:
    check_scheduler(PatientScheduler)


class CountingScheduler:
    """Breaks the contract: counts its decisions, and tells nobody.

    Args:
        library: The words.
        anew: Whether it at least begins again with an episode.
    """

    name = "counting"

    def __init__(self, library: VariableLibrary, *, anew: bool = False) -> None:
        self._patient, self._anew, self.decisions = PatientScheduler(library), anew, 0

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        if self._anew and len(info["rounds"]) == 1:
            self.decisions = 0
        self.decisions += 1
        return self._patient.act(observation, info | {"decision_seed": self.decisions})


class RecordedScheduler:
    """The same, mended: what it counted can be given back."""

    name = "recorded"

    def __init__(self, library: VariableLibrary) -> None:
        self._counting = CountingScheduler(library, anew=True)

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        return self._counting.act(observation, info)

    def state(self) -> dict[str, Any]:
        return {"decisions": self._counting.decisions}

    def restore(self, state: dict[str, Any]) -> None:
        self._counting.decisions = state["decisions"]


def test_a_scheduler_that_remembers_past_the_episode_is_caught() -> None:
    with pytest.raises(ContractBroken, match="an episode starts a scheduler anew"):
        check_scheduler(CountingScheduler)


def test_a_scheduler_that_could_not_be_resumed_is_caught() -> None:
    with pytest.raises(ContractBroken, match="made anew and given back its state"):
        check_scheduler(lambda library: CountingScheduler(library, anew=True))


def test_a_scheduler_that_can_be_resumed_passes() -> None:
    check_scheduler(RecordedScheduler)
