"""Describes what the composer's clips are like: docs/composer.md and the drawings it shows."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import tyro

from claims_env.analysis.description import CensusSize, describe
from claims_env.assembly import whole_library
from claims_env.formats.suite_folder import load_suite
from claims_env.generators.composer import Composer
from claims_env.generators.composer.composer import VERSION

MOCAP = os.environ.get("CLAIMS_MOCAP_DIR")


@dataclass(frozen=True, slots=True)
class Options:
    """How much to measure."""

    size: CensusSize = field(default_factory=CensusSize)
    mocap: Path | None = Path(MOCAP) if MOCAP else None
    """A folder of real clips to compare with; only their figures are kept."""
    about_mocap: str = ""
    """What the real clips are, for the page to say."""
    seed: int = 0
    processes: int = 2
    out: Path = Path("docs")


def main(options: Options) -> None:
    files = describe(
        Composer(),
        whole_library(),
        label=f"the composer, version {VERSION}",
        size=options.size,
        seed=options.seed,
        real=load_suite(options.mocap).motions if options.mocap else (),
        about_real=options.about_mocap,
        processes=options.processes,
    )
    for name, text in files.items():
        (options.out / name).write_text(text, encoding="utf-8")
        print(options.out / name)


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
