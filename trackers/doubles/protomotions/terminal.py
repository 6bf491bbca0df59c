"""What a script of the double says, line by line, as the real one would.

Runs under Python 3.8; copied into every checkout that the double writes.
"""

from __future__ import annotations

import sys


def say(line: str) -> None:
    """Write a line, at once: whoever reads along takes silence for a hang."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
