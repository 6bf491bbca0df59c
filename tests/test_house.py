"""What the papers of the house say is so: README, Makefile, gate and bootstrap agree."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from types import ModuleType

import pytest

from claims_env.presets import PRESETS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.M))
SKIPPED_FOLDERS = {"build", "dist", "runs", "__pycache__", "node_modules"}
"""Never the project's own, where git cannot say so."""


def own_files() -> list[Path]:
    """Return the files of the project: what git tracks or would, else what lies around unhidden."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout
        return [path for name in listed.decode().split("\0") if name and (path := ROOT / name)]
    except (OSError, subprocess.CalledProcessError):
        return list(files_below(ROOT))


def files_below(folder: Path) -> list[Path]:
    found: list[Path] = []
    for here, folders, names in os.walk(folder):
        hidden = {f for f in folders if f.startswith(".") or f.endswith(".egg-info")}
        folders[:] = sorted(set(folders) - SKIPPED_FOLDERS - hidden)
        found += [Path(here) / name for name in names]
    return found


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "scripts" / "bootstrap.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_make_target_a_paper_names_exists() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"`?make ([a-z]+)\b", README + contributing))
    assert {"demo", "test"} <= named
    assert named - TARGETS == set()


def test_every_make_target_explains_itself() -> None:
    explained = set(re.findall(r"^([a-z]+):.*## \S", MAKEFILE, flags=re.M))
    assert explained == TARGETS


def test_every_path_the_readme_draws_exists() -> None:
    (tree,) = re.findall(r"```\nclaims_env/.*?```", README, flags=re.S)
    drawn = re.findall(r"^( *)([\w./-]+)", tree.strip("`\n"), flags=re.M)
    parents: dict[int, Path] = {}
    for indent, name in drawn:
        path = parents.get(len(indent) - 2, ROOT) / name
        parents[len(indent)] = path
        assert path.exists(), f"the README draws {path.relative_to(ROOT)}"


def test_every_file_the_readme_links_exists() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_python_of_the_readme_runs_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    shared: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", README, flags=re.S):
        exec(compile(block, "README.md", "exec"), shared)
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 ")


def test_every_preset_is_in_the_readme() -> None:
    rows = set(re.findall(r"^\| `([\w-]+)` \|", README, flags=re.M))
    assert rows == set(PRESETS)


def test_the_gate_is_a_script_bash_can_read() -> None:
    gate = ROOT / ".ci" / "run"
    assert os.access(gate, os.X_OK)
    subprocess.run(["bash", "-n", str(gate)], check=True)


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    places = re.compile(rb"(?<![\w.~}])/(work|home|root|Users|mnt|opt)/")
    allowed = {ROOT / "tests" / "test_house.py"}
    found = [
        str(path.relative_to(ROOT))
        for path in own_files()
        if path.is_file() and not path.is_symlink() and path not in allowed
        if path.suffix not in {".npz", ".png", ".webp", ".pt"} and places.search(path.read_bytes())
    ]
    assert found == []


def test_no_package_index_but_torchs_own_is_named() -> None:
    index = re.compile(r"https?://[\w.-]*(?:pypi|pythonhosted|index)[\w./-]*", flags=re.I)
    for name in ("scripts/bootstrap.py", "Makefile", ".ci/run", "pyproject.toml", "README.md"):
        assert index.findall((ROOT / name).read_text("utf-8")) == [], name


def test_bootstrap_refuses_an_old_python_by_its_number_and_says_the_cure(
    bootstrap: ModuleType,
) -> None:
    with pytest.raises(bootstrap.Refused, match=r"(?s)3\.8\.18 .*3\.11 or newer.*Cure: install"):
        bootstrap.refuse_old_python((3, 8, 18), [])
    with pytest.raises(bootstrap.Refused, match=r"PYTHON=python3\.12, which is installed here"):
        bootstrap.refuse_old_python((3, 10, 1), ["python3.12"])


def test_bootstrap_lets_a_new_python_pass(bootstrap: ModuleType) -> None:
    bootstrap.refuse_old_python((3, 11, 0), [])
    bootstrap.refuse_old_python((4, 0, 0), [])


def test_bootstrap_can_be_read_by_the_pythons_it_refuses() -> None:
    source = (ROOT / "scripts" / "bootstrap.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 6))
    modules = {n.module for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom)}
    assert modules <= {"importlib.util", "pathlib", "typing", "collections.abc"}
    assert "from __future__" not in source  # 3.6 does not know the future of annotations


def test_bootstrap_asks_of_python_what_the_package_asks(bootstrap: ModuleType) -> None:
    asked = re.search(r'requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text())
    assert asked is not None
    assert tuple(map(int, asked.groups())) == bootstrap.OLDEST


@pytest.mark.parametrize(
    ("version", "platform", "fits"),
    [
        ("2.13.0+cpu", "linux", True),
        ("2.13.0", "linux", False),
        ("2.13.0+cu130", "linux", False),
        ("2.13.0", "darwin", True),
        ("2.13.0+cu130", "win32", False),
    ],
)
def test_bootstrap_takes_no_torch_that_brings_cuda(
    bootstrap: ModuleType, version: str, platform: str, fits: bool
) -> None:
    assert bootstrap.is_cpu_build(version, platform) is fits


def test_bootstrap_is_silent_and_idle_where_its_stamp_fits(
    bootstrap: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / ".ok").write_text(bootstrap.stamp_key(tmp_path))
    bootstrap.prepare(tmp_path)
    assert capsys.readouterr().out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == [".ok", "bin"]


def test_bootstrap_leaves_a_folder_alone_that_is_no_environment(
    bootstrap: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("irreplaceable")
    with pytest.raises(bootstrap.Refused, match="stays untouched"):
        bootstrap.make_venv(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "irreplaceable"


def test_bootstrap_does_not_trust_an_environment_that_was_moved(
    bootstrap: ModuleType, tmp_path: Path
) -> None:
    venv.EnvBuilder(symlinks=True).create(tmp_path)
    (site,) = (tmp_path / "lib").glob("python*/site-packages")
    (site / "pip.py").write_text("")
    (tmp_path / "bin" / "pip").write_text(f"#!{tmp_path}/bin/python\n")
    assert bootstrap.is_sound(tmp_path)
    (tmp_path / "bin" / "pip").write_text("#!/elsewhere/.venv/bin/python\n")
    assert not bootstrap.is_sound(tmp_path)
