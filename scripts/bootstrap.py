"""Prepares the virtual environment with the standard library alone: `python3 scripts/bootstrap.py`.

It makes .venv (or the folder CLAIMS_VENV names), takes a CPU build of torch before anything can ask
for torch by name, since what an index offers Linux under that name brings gigabytes of CUDA along,
and then installs the checkout. A second run finds its stamp and returns at once.

Annotations newer than Python 3.6 are quoted: an old Python must get far enough to be told its age.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
TORCH = "torch==2.13.0+cpu"
OLDEST_TORCH = (2, 8)  # stable-baselines3 2.9 asks for it; the tracker itself is content with 2.4
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
WORTH_SHOWING = (
    "Downloading",
    "Processing",
    "Building",
    "Installing collected",
    "ERROR",
    "WARNING: Retrying",
)
SECONDS_BETWEEN_LINES = 3.0
PYTHON_CURE = (
    "install Python 3.11 or newer (Debian 12+, Ubuntu 24.04+: apt install python3 python3-venv; "
    "macOS: brew install python)"
)
TORCH_CURE = """\
The physics tracker needs torch, and no CPU build was found for this Python. Cure, any of:
  - give this machine access to {index}
  - put a wheel torch-*+cpu-*.whl into a folder and set PIP_FIND_LINKS to that folder
  - install a torch of your own choice first: {python} -m pip install <it>
then run the same command again."""
CURES = (
    (
        r"NewConnectionError|[Nn]ame ?[Rr]esolution|is unreachable|Max retries|Timeout",
        "pip cannot reach its package index. Check the network or the proxy, or point pip at a "
        "mirror: pip config set global.index-url <address>",
    ),
    (r"No space left", "The disk is full; about 1.5 GB are needed."),
    (r"Permission denied", "Something there is not writable for this user."),
)


class Refused(Exception):
    """Something is missing; the message names it and its cure."""


def main() -> int:
    """Prepare the environment; return the exit status."""
    try:
        version = tuple(sys.version_info[:3])
        refuse_old_python(version, newer_pythons() if version < OLDEST else [])
        prepare((ROOT / (os.environ.get("CLAIMS_VENV") or ".venv")).absolute())
    except Refused as refusal:
        print(f"\nbootstrap: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nbootstrap: interrupted; run it again to go on.", file=sys.stderr)
        return 130
    return 0


def refuse_old_python(version: "tuple[int, ...]", newer: "list[str]") -> None:
    """Raise Refused where this Python is too old; `newer` names better ones at hand."""
    if version[:2] >= OLDEST:
        return
    cure = f"run make with PYTHON={newer[0]}, which is installed here" if newer else PYTHON_CURE
    raise Refused(
        f"this is Python {'.'.join(map(str, version))} ({sys.executable}); claims_env needs "
        f"{'.'.join(map(str, OLDEST))} or newer.\nCure: {cure}."
    )


def newer_pythons() -> "list[str]":
    """Return the commands on this machine that start a Python new enough, newest first."""
    names = [f"python3.{minor}" for minor in range(19, OLDEST[1] - 1, -1)]
    return [name for name in names if shutil.which(name) and runs(name, "import ensurepip")]


def runs(python: "str | Path", code: str) -> bool:
    """Say whether that interpreter exists and runs the code without an error."""
    quiet = subprocess.DEVNULL
    try:
        return subprocess.call([str(python), "-c", code], stdout=quiet, stderr=quiet) == 0
    except OSError:
        return False


def prepare(venv: Path) -> None:
    """Bring the environment up to date with the checkout, unless its stamp says it is."""
    stamp = venv / ".ok"
    key = stamp_key(venv)
    if stamp.is_file() and stamp.read_text() == key and runs(program(venv, "python"), "pass"):
        return
    started = time.monotonic()
    make_venv(venv)
    install_torch(venv)
    install_checkout(venv)
    stamp.write_text(key)
    say(f"ready after {time.monotonic() - started:.0f} s: {venv}")


def stamp_key(venv: Path) -> str:
    """Return what the environment depends on, as one line."""
    facts = hashlib.sha256(f"{venv} {ROOT} {OLDEST}".encode())
    for name in ("pyproject.toml", "setup.py", "scripts/bootstrap.py"):
        facts.update((ROOT / name).read_bytes())
    return facts.hexdigest()


def make_venv(venv: Path) -> None:
    """Make the virtual environment, or keep the one that is there and sound."""
    if is_sound(venv):
        return
    if venv.exists() and any(venv.iterdir()) and not (venv / "pyvenv.cfg").is_file():
        raise Refused(f"{venv} holds files and is no virtual environment; it stays untouched.")
    missing = [name for name in ("venv", "ensurepip") if find_spec(name) is None]
    if missing:
        raise Refused(
            f"this Python ({sys.executable}) cannot make virtual environments: it lacks "
            f"{' and '.join(missing)}.\nCure on Debian or Ubuntu, as root: apt install python3-venv"
        )
    say(f"making a virtual environment in {venv} with Python {sys.version.split()[0]}")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(venv)]) != 0:
        raise Refused(f"`{sys.executable} -m venv {venv}` failed; its words are above.")


def is_sound(venv: Path) -> bool:
    """Say whether it runs, is new enough, and lies where it was made (scripts know their place)."""
    pip_script = program(venv, "pip")
    if not pip_script.is_file() or str(venv).encode() not in pip_script.read_bytes():
        return False
    return runs(program(venv, "python"), f"import sys, pip; assert sys.version_info >= {OLDEST}")


def install_torch(venv: Path) -> None:
    """Install a CPU build of torch, unless the environment holds a torch that serves.

    Every source is first asked what it would install, and only a CPU build is taken.
    """
    if torch_version(venv):
        return
    official = ("--index-url", CPU_INDEX, "--retries", "1", "--timeout", "15")
    sources = [
        ("pip's own configuration", (TORCH,)),
        ("local wheels", ("torch>={}.{}".format(*OLDEST_TORCH), "--no-index")),
        ("the official CPU index", (TORCH, *official)),
    ]
    if not sys.platform.startswith("linux"):  # elsewhere the plain name is a CPU build
        sources.insert(0, ("pip's own configuration", (TORCH.replace("+cpu", ""),)))
    for source, words in sources:
        say(f"torch: looking for a CPU build through {source}")
        version = planned_version(venv, words)
        if version and is_cpu_build(version, sys.platform):
            say(f"torch: installing {version} (200 MB to fetch, 750 MB on disk; a minute or so)")
            pip(venv, "install", "--no-deps", f"torch=={version}", *words[1:])
            return
    raise Refused(TORCH_CURE.format(index=CPU_INDEX, python=program(venv, "python")))


def is_cpu_build(version: str, platform: str) -> bool:
    """Say whether that torch brings no CUDA, which only Linux gets under the bare version."""
    _, plus, build = version.partition("+")
    return build == "cpu" if plus else not platform.startswith("linux")


def torch_version(venv: Path) -> "str | None":
    """Return the version of the torch in the environment if it is new enough, else None."""
    code = "import importlib.metadata as m; print(m.version('torch'))"
    command = [str(program(venv, "python")), "-c", code]
    found = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    version = found.stdout.decode().strip()
    numbers = tuple(map(int, re.findall(r"\d+", version)[:2]))
    return version if numbers >= OLDEST_TORCH else None


def planned_version(venv: Path, words: "tuple[str, ...]") -> "str | None":
    """Return the version of torch pip would install, or None; nothing is installed."""
    plan = venv / "torch-plan.json"
    if plan.exists():
        plan.unlink()
    try:
        pip(venv, "install", "--dry-run", "--no-deps", "--report", str(plan), *words, shown=())
    except Refused:
        return None
    found = json.loads(plan.read_text())["install"]
    return found[0]["metadata"]["version"] if found else None


def install_checkout(venv: Path) -> None:
    """Install the checkout in place with its tools; the torch at hand stays."""
    constraint = venv / "torch-constraint.txt"
    constraint.write_text(f"torch=={torch_version(venv)}\n")
    say("installing claims_env in place, with what it needs and its test tools (1 to 3 minutes)")
    pip(venv, "install", "--constraint", str(constraint), "--editable", ".[dev,learn]")


def pip(venv: Path, *words: str, shown: "tuple[str, ...]" = WORTH_SHOWING) -> None:
    """Run pip, showing now and then a line that begins with one of `shown`; all go to the log."""
    command = [str(program(venv, "python")), "-m", "pip", "--no-input", *words]
    log = venv / "bootstrap.log"
    with log.open("a") as record:
        record.write(f"\n$ {' '.join(command)}\n")
        status, text = stream(command, record, shown)
    if status != 0:
        cures = [cure for pattern, cure in CURES if re.search(pattern, text)]
        cure = cures[0] if cures else "Read the last lines of the log."
        raise Refused(f"this failed: pip {' '.join(words)}\nCure: {cure}\nLog: {log}")


def stream(command: "list[str]", record: "TextIO", shown: "tuple[str, ...]") -> "tuple[int, str]":
    """Run a command, passing its lines on as they come; return its exit status and its words."""
    lines, said = [], 0.0
    out, err = subprocess.PIPE, subprocess.STDOUT
    with subprocess.Popen(command, cwd=str(ROOT), stdout=out, stderr=err) as running:
        for raw in running.stdout or ():
            lines.append(raw.decode(errors="replace"))
            record.write(lines[-1])
            due = time.monotonic() - said > SECONDS_BETWEEN_LINES
            if due and lines[-1].lstrip().startswith(shown):
                say("  " + lines[-1].strip()[:80])
                said = time.monotonic()
    return running.returncode, "".join(lines)


def program(venv: Path, name: str) -> Path:
    """Return the path of a program in the environment."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def say(line: str) -> None:
    """Tell the person what is going on."""
    print(f"bootstrap: {line}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
