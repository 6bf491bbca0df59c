"""Writes the checkout of a double: `python -m claims_env.trackers.doubles phc FOLDER`."""

import argparse
from importlib import import_module
from pathlib import Path

from claims_env.trackers.doubles.faults import FAULTS, VARIABLE

PROGRAMS = ("phc", "protomotions")
"""Every program that has a double, each a package beside this file."""


def main() -> None:
    """Write what the command line asks for."""
    asked = _parser().parse_args()
    program = import_module(f"claims_env.trackers.doubles.{asked.program}")
    flavour = asked.flavour or program.FLAVOURS[0]
    if flavour not in program.FLAVOURS:
        raise SystemExit(
            f"{asked.program} has no flavour '{flavour}'. There are: {', '.join(program.FLAVOURS)}."
        )
    if asked.folder.is_dir() and any(asked.folder.iterdir()):
        raise SystemExit(f"{asked.folder} is not empty. Name a folder that does not exist yet.")
    program.write_checkout(asked.folder, flavour)


def _parser() -> argparse.ArgumentParser:
    faults = "\n".join(f"  {name}: {what}" for name, what in FAULTS.items())
    parser = argparse.ArgumentParser(
        prog="python -m claims_env.trackers.doubles",
        description="Write what stands in for a checkout of a tracker, to test a pipeline with.",
        epilog=f"{VARIABLE}='{{\"hang\": 1}}' makes bad luck happen, so many times each:\n{faults}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("program", choices=PROGRAMS)
    parser.add_argument("folder", type=Path, help="where to; must not exist, or be empty")
    parser.add_argument("--flavour", help="which variant of the program; the first by default")
    return parser


if __name__ == "__main__":
    main()
