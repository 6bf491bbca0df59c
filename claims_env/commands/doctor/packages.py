"""Python and packages: what is installed, and what each extra would bring."""

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from claims_env.commands.doctor.check import Check

OLDEST = (3, 11)
"""Of Python."""

REQUIRED = ("claims-env", "gymnasium", "numpy", "scipy", "pillow", "pyyaml", "rich", "tyro")

OPTIONAL = {
    "mujoco": ("the embedded tracker, the judge planner", "pip install 'claims-env[physics]'"),
    "torch": ("the embedded tracker, mdm", "pip install 'claims-env[physics]'"),
    "mujoco-warp": ("--tracker.device cuda", "pip install 'claims-env[gpu]'"),
    "stable-baselines3": ("learned schedulers", "pip install 'claims-env[learn]'"),
    "transformers": ("mdm's text encoders", "pip install 'claims-env[mdm]'"),
    "openai": ("openai:MODEL, compatible:MODEL, gpt-4o", "pip install 'claims-env[openai]'"),
    "dashscope": ("dashscope:MODEL, qwen-vl-max", "pip install 'claims-env[dashscope]'"),
    "google-genai": ("gemini:MODEL", "pip install 'claims-env[gemini]'"),
    "google-generativeai": ("gemini-legacy:MODEL", "pip install 'claims-env[gemini-legacy]'"),
}
"""What needs a distribution, and how to get it."""


def check_packages() -> Iterator[Check]:
    """Yield Python, the packages this one needs, and those it can use."""
    python = f"{platform.python_version()}, {platform.system()} {platform.machine()}"
    is_new = sys.version_info[:2] >= OLDEST
    yield Check(
        "packages",
        "python",
        "ok" if is_new else "broken",
        python,
        "" if is_new else f"Take Python {OLDEST[0]}.{OLDEST[1]} or newer.",
    )
    for name in REQUIRED:
        found = installed_version(name)
        cure = "" if found else "pip install claims-env"
        yield Check("packages", name, "ok" if found else "broken", found or "missing", cure)
    for name, (purpose, cure) in OPTIONAL.items():
        found = installed_version(name)
        told = f"{found}, for {purpose}" if found else f"not installed; for {purpose}"
        yield Check("extras", name, "ok" if found else "absent", told, "" if found else cure)


def installed_version(distribution: str) -> str | None:
    """Return a distribution's version, or None if it is not installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
