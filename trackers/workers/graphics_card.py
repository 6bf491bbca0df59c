"""Which GPU this Python's torch sees. Runs under Python 3.8 with the standard library alone."""

from __future__ import annotations

import subprocess
import sys

_CODE = "import torch; print(torch.cuda.get_device_name(0))"

_PATIENCE = 120.0
"""How long torch may take to say so [s]."""


def name() -> str:
    """Return the GPU's name, '' where there is none.

    Another process looks: one that has loaded CUDA cannot be left again.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CODE],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
