"""Fixtures every test may ask for, and where the tests find real motion capture."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from toys import Toy, tiny_library

from claims_env.env import CurriculumEnv
from claims_env.variable_library import VariableLibrary

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data" / "mocap_public"


@pytest.fixture(scope="session")
def mocap_folder() -> Path:
    folder = Path(os.environ.get("CLAIMS_MOCAP_DIR", BESIDE))
    if not any(folder.glob("*.npz")):
        pytest.skip("no real motion capture here; CLAIMS_MOCAP_DIR may name a folder of it")
    return folder


@pytest.fixture
def library() -> VariableLibrary:
    return tiny_library()


@pytest.fixture
def toy(library: VariableLibrary) -> Toy:
    return Toy(library)


@pytest.fixture
def make_env(toy: Toy) -> Callable[[], CurriculumEnv]:
    return toy.env
