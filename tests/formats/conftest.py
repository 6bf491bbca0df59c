"""Where the tests find native files of other programs."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "native"


@pytest.fixture(scope="session")
def native_folder() -> Path:
    folder = Path(os.environ.get("CLAIMS_NATIVE_DIR", BESIDE))
    if not any(folder.glob("*.bvh")):
        pytest.skip("no native files here; CLAIMS_NATIVE_DIR may name a folder of them")
    return folder
