"""The house keeps its shape: which way imports may point, and how large a file may grow."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP_ROOMS = ("trackers", "agents", "library")
FRONT = "commands"
"""The way in from a terminal: above everything, and no room."""

ASSEMBLY = "assembly"
"""Makes parts from names: of the core, and the one place in it that knows the rooms."""

CORE_FOLDERS = {
    "benchmark",
    "dynamics",
    "humanml3d",
    "inverse_kinematics",
    "motion_repair",
    "statistics",
    ASSEMBLY,
}
"""Nouns of the core that take more than one file."""

INNER_ROOMS = tuple(
    sorted(
        {p.parent.name for p in (ROOT / "claims_env").glob("*/__init__.py")}
        - {FRONT, *CORE_FOLDERS}
    )
)
ROOMS = (*TOP_ROOMS, *INNER_ROOMS)
ALLOWED = {
    ("claims_env/play.py", "report"): "a run ends with its page",
    ("claims_env/commands/report.py", "report"): "the command writes the page anew",
    ("claims_env/commands/generate/", "rendering"): "the command draws what it makes",
    ("claims_env/report/", "rendering"): "a page is made of pictures",
}
"""The arrows against the rule, each with its reason."""

LONGEST = 300
LEFTOVER_DRAWERS = {"utils", "util", "helpers", "common", "base", "misc", "types", "tools"}


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


PACKAGE = sources("claims_env", *TOP_ROOMS)
EVERYTHING = [*PACKAGE, *sources("scripts", "tests"), ROOT / "setup.py"]
CORE = sorted((ROOT / "claims_env").glob("*.py")) + sources(
    *(f"claims_env/{folder}" for folder in CORE_FOLDERS)
)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    """Return the dotted name a file is imported by."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = parts if parts[0] == "claims_env" else ("claims_env", *parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name: str) -> str | None:
    """Return the room a dotted name lies in, or None for the core and for everything outside."""
    parts = name.split(".")
    inside = len(parts) > 1 and parts[0] == "claims_env" and parts[1] in ROOMS
    return parts[1] if inside else None


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted name of everything a file imports, wherever in it the import stands."""
    package = module(path).split(".")
    package = package if path.name == "__init__.py" else package[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def offences(paths: list[Path], own_room: str | None) -> list[str]:
    """List what the files import from rooms that are neither theirs nor allowed to them."""
    return [
        f"{named(path)} imports {name}"
        for path in paths
        for name in imports(path)
        if (room := room_of(name)) not in (None, own_room) and not allowed(path, room)
    ]


def allowed(path: Path, room: str | None) -> bool:
    """Say whether an exception covers what a file imports from a room."""
    return any(named(path).startswith(who) and room == whom for who, whom in ALLOWED)


def test_the_reader_of_imports_knows_a_room_when_it_sees_one() -> None:
    assert room_of("claims_env.trackers.mujoco") == "trackers"
    assert room_of("claims_env.tracker") is None
    assert room_of("trackers.mujoco") is None
    assert "claims_env._checkout" in set(imports(ROOT / "claims_env" / "__init__.py"))
    assert {"trackers", "agents", "library", "generators", "judges"} <= set(ROOMS)


def test_the_core_imports_no_room() -> None:
    assert offences([path for path in CORE if path.parent.name != ASSEMBLY], None) == []


def test_assembly_imports_rooms_only_when_it_is_asked_for_them() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in sources(f"claims_env/{ASSEMBLY}")]
    at_once = [
        node
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    modules = {getattr(node, "module", None) or node.names[0].name for node in at_once}
    assert len(modules) > 10
    assert [name for name in modules if room_of(name)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_no_other_room(room: str) -> None:
    folder = room if room in TOP_ROOMS else f"claims_env/{room}"
    assert offences(sources(folder), room) == []


def test_the_commands_reach_the_rooms_through_assembly() -> None:
    assert offences(sources(f"claims_env/{FRONT}"), None) == []


def test_no_exception_outlives_its_need() -> None:
    used = {(named(path), room_of(name)) for path in PACKAGE for name in imports(path)}
    needed = {
        (who, whom)
        for who, whom in ALLOWED
        if any(name.startswith(who) and whom == room for name, room in used)
    }
    assert needed == set(ALLOWED)


def test_only_assembly_names_a_room_in_a_string() -> None:
    named_in = {
        named(path)
        for path in CORE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if " " not in node.value and room_of(node.value.split(":")[0])
    }
    assert named_in != set()
    assert all(name.startswith(f"claims_env/{ASSEMBLY}/") for name in named_in), named_in


def test_nobody_imports_scripts_or_tests_or_a_room_by_its_bare_name() -> None:
    outside = {"scripts", "tests", "setup", *TOP_ROOMS}
    found = [
        f"{named(path)} imports {name}"
        for path in EVERYTHING
        for name in imports(path)
        if name.split(".")[0] in outside
    ]
    assert found == []


def test_the_contracts_do_not_know_the_environment() -> None:
    contracts = ("generator", "tracker", "judge", "scheduler")
    late = {"env", "config", "cli", "assembly", "ledger", "observation", "reward"}
    found = [
        f"{contract} imports {name}"
        for contract in contracts
        for name in imports(ROOT / "claims_env" / f"{contract}.py")
        if name.startswith("claims_env.") and name.split(".")[1] in late
    ]
    assert found == []


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in EVERYTHING}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_file_or_folder_is_a_drawer_for_leftovers() -> None:
    names = {part for path in EVERYTHING for part in path.relative_to(ROOT).with_suffix("").parts}
    assert names & LEFTOVER_DRAWERS == set()


@pytest.mark.parametrize("path", PACKAGE, ids=named)
def test_every_module_says_what_it_is(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    assert len(said.split()) > 2, "a first sentence that says what the file holds"


def test_the_library_code_prints_nothing() -> None:
    printing = {
        named(path)
        for path in PACKAGE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing == set()
