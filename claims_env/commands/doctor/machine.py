"""The machine: devices, drivers and room on the disk; tried where a crash takes nothing along."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from claims_env.assembly.diagnosis import gl_problem
from claims_env.commands.doctor.check import Check
from claims_env.commands.doctor.packages import installed_version

TIME_LIMIT_S = 60.0
"""How long a library may take to load and tell what it has [s]."""

ROOM_GB = 1.0
"""What runs with kept motions soon take [GB]."""

_DEVICES = (
    "import torch; c = torch.cuda; n = c.device_count() if c.is_available() else 0; "
    "print(', '.join([f'cpu ({torch.get_num_threads()} threads)', "
    "*(f'cuda:{i} {c.get_device_name(i)}' for i in range(n))]))"
)
_PHYSICS = (
    "import mujoco; m = mujoco.MjModel.from_xml_string('<mujoco><worldbody><body><freejoint/>"
    '<geom size="0.1"/></body></worldbody></mujoco>\'); d = mujoco.MjData(m); '
    "mujoco.mj_step(m, d); print('a body falls as it should' if d.qvel[2] < 0 else 'no gravity')"
)


def check_machine(folder: Path) -> Iterator[Check]:
    """Yield what torch, MuJoCo and OpenGL can do here, and whether a folder can be written.

    Args:
        folder: Where runs and clips would go.
    """
    for package, trial in (("torch", _DEVICES), ("mujoco", _PHYSICS)):
        if installed_version(package):
            yield _tried(package, trial)
    if installed_version("mujoco"):
        problem = gl_problem()
        cure = "Only --chat.painter mujoco needs it; on servers install EGL or OSMesa."
        yield (
            Check("machine", "OpenGL", "absent", problem, cure)
            if problem
            else Check("machine", "OpenGL", "ok", "draws off screen")
        )
    yield check_room(folder)


def _tried(package: str, trial: str) -> Check:
    """Return what a library says of itself in a process of its own."""
    cure = f"Install {package} anew."
    try:
        done = subprocess.run(
            [sys.executable, "-c", trial],
            capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Check("machine", package, "broken", f"not done after {TIME_LIMIT_S:g} s", cure)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"ended with {done.returncode}"]
        return Check("machine", package, "broken", said[-1], cure)
    return Check("machine", package, "ok", done.stdout.strip())


def check_room(folder: Path) -> Check:
    """Return whether a folder can be written, and how much it has room for."""
    name = f"folder {folder}"
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"room?")
        free = shutil.disk_usage(folder).free / 1e9
    except OSError as error:
        return Check(
            "machine",
            name,
            "broken",
            f"cannot be written ({error.strerror})",
            "Work in a folder of yours, or name one with --out.",
        )
    if free < ROOM_GB:
        return Check("machine", name, "broken", f"{free:.1f} GB free", "Make room on this disk.")
    return Check("machine", name, "ok", f"{free:.1f} GB free")
