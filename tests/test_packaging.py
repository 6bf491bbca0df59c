"""What `import claims_env` costs, what it offers, and what a wheel of it holds."""

import json
import shutil
import subprocess
import sys
import zipfile
from importlib import import_module
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE_FOLDERS = {"dynamics", "motion_repair"}
TOP_ROOMS = ("trackers", "agents", "library")
HEAVY = {"torch", "mujoco", "scipy", "stable_baselines3", "rich", "tyro", "matplotlib", "pandas"}
VENDORS = {"openai", "google", "dashscope", "anthropic", "transformers", "smplx", "ray"}


def loaded_by(statement: str, folder: Path) -> set[str]:
    """Return the names of the modules a fresh interpreter holds after a statement."""
    code = f"import sys, json; {statement}; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, check=True)
    return set(json.loads(done.stdout))


def in_wheel(path: Path) -> str:
    """Return where a file of the checkout lies in a wheel."""
    inside = path.relative_to(ROOT).as_posix()
    return inside if inside.startswith("claims_env/") else f"claims_env/{inside}"


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return loaded_by("import claims_env", tmp_path_factory.mktemp("elsewhere"))


def test_importing_loads_nothing_heavy_and_no_vendor(modules: set[str]) -> None:
    assert {name.split(".")[0] for name in modules} & (HEAVY | VENDORS) == set()


def test_importing_loads_no_room(modules: set[str]) -> None:
    inner = {p.parent.name for p in (ROOT / "claims_env").glob("*/__init__.py")} - CORE_FOLDERS
    rooms = {f"claims_env.{room}" for room in inner | set(TOP_ROOMS)}
    assert modules & rooms == set()


def test_importing_registers_the_environment(tmp_path: Path) -> None:
    code = "import gymnasium, claims_env; gymnasium.spec('claims_env/Curriculum-v0')"
    assert "claims_env.env" in loaded_by(code, tmp_path)


def test_the_rooms_import_under_the_package_from_anywhere(tmp_path: Path) -> None:
    code = "import claims_env.trackers, claims_env.agents, claims_env.library"
    modules = loaded_by(code, tmp_path)
    assert {f"claims_env.{room}" for room in TOP_ROOMS} <= modules
    assert set(TOP_ROOMS) & modules == set()


def test_the_rooms_import_from_a_checkout_that_is_not_installed(tmp_path: Path) -> None:
    for folder in ("claims_env", *TOP_ROOMS):
        copy_sources(folder, tmp_path)
    # -S leaves out site-packages, and with them the installed package; gymnasium comes by path
    site = str(Path(import_module("gymnasium").__file__ or "").parents[1])
    code = f"""
import sys; sys.path[:0] = [{str(tmp_path)!r}]; sys.path.append({site!r})
import claims_env.library, claims_env.trackers
assert claims_env.library.__file__.startswith({str(tmp_path)!r}), claims_env.library.__file__
"""
    subprocess.run([sys.executable, "-S", "-c", code], cwd=tmp_path, check=True)


def test_a_checkout_keeps_its_own_rooms_where_another_one_is_installed(tmp_path: Path) -> None:
    for folder in ("claims_env", *TOP_ROOMS):
        copy_sources(folder, tmp_path)
    code = f"""
import sys; sys.path[:0] = [{str(tmp_path)!r}]
import claims_env, claims_env.library, claims_env.trackers, claims_env.agents as agents
for found in (claims_env, claims_env.library, claims_env.trackers, agents):
    assert found.__file__.startswith({str(tmp_path)!r}), found.__file__
"""
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)


def test_an_installed_package_takes_no_room_from_a_stranger_beside_it(tmp_path: Path) -> None:
    copy_sources("claims_env", tmp_path)
    for room in TOP_ROOMS:
        copy_sources(room, tmp_path / "claims_env")
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("raise ImportError('a stranger')")
    site = str(Path(import_module("gymnasium").__file__ or "").parents[1])
    code = f"""
import sys; sys.path[:0] = [{str(tmp_path)!r}]; sys.path.append({site!r})
import claims_env.library, claims_env.trackers, claims_env.agents
"""
    subprocess.run([sys.executable, "-S", "-c", code], cwd=tmp_path, check=True)


def test_every_exported_name_resolves() -> None:
    package = import_module("claims_env")
    assert package.CurriculumEnv is import_module("claims_env.env").CurriculumEnv
    assert [name for name in getattr(package, "__all__", ()) if not hasattr(package, name)] == []


def test_the_command_is_installed_and_points_somewhere() -> None:
    (command,) = [e for e in entry_points(group="console_scripts") if e.name == "claims-env"]
    assert callable(command.load())


def test_the_version_is_said_once() -> None:
    assert import_module("claims_env").__version__ == version("claims-env")


def test_a_wheel_holds_the_package_and_its_data_and_nothing_else(tmp_path: Path) -> None:
    pytest.importorskip("setuptools", minversion="77")
    held = {name for name in wheel_names(tmp_path) if ".dist-info/" not in name}
    meant = {
        in_wheel(path)
        for folder in ("claims_env", *TOP_ROOMS)
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == meant
    assert "claims_env/py.typed" in held
    assert any(name.startswith("claims_env/library/") and name.endswith(".yaml") for name in held)


def wheel_names(folder: Path) -> list[str]:
    """Build a wheel from a copy, so that no earlier build leaks into it; return what it holds."""
    copy = folder / "checkout"
    for name in ("claims_env", *TOP_ROOMS, "tests", "scripts"):
        copy_sources(name, copy)
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    build = "from setuptools import build_meta as b; b.build_wheel('.')"
    subprocess.run([sys.executable, "-c", build], cwd=copy, check=True, capture_output=True)
    (wheel,) = copy.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def copy_sources(name: str, destination: Path) -> None:
    """Copy a folder of the checkout without its caches."""
    shutil.copytree(ROOT / name, destination / name, ignore=shutil.ignore_patterns("__pycache__"))
