"""Measures how long `import claims_env` takes in a fresh process: median of seven."""

import statistics
import subprocess
import sys
import time


def main() -> None:
    """Print the median."""
    python = statistics.median(seconds("pass") for _ in range(7))
    whole = statistics.median(seconds("import claims_env") for _ in range(7))
    print(f"import claims_env: {whole - python:.2f} s (and {python:.2f} s for Python itself)")


def seconds(statement: str) -> float:
    """Return how long a fresh interpreter takes to run a statement [s]."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
