"""claims-env library import: the official release's words, as files of our own kind."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import tyro

from claims_env.assembly import official_words
from claims_env.errors import LibraryError
from claims_env.prompt import SLOTS
from claims_env.variable_library import VariableLibrary
from claims_env.word_file import WordFile, write_word_file

DESCRIPTION = """\
Bring the official release's words over from your own clone of it.

Its lists stand as literals in Python source. They are read as text: nothing of the clone is
imported or run, and nothing is downloaded. The comments that divide the lists into simple, medium
and hard become tiers 1, 3 and 5; where there are none, every tier is 3 until you calibrate.
Half of the release's sentences leave one action out, so prompts of theirs leave that slot unsaid.

Example:
  git clone https://github.com/WesleyXu224/CLAIMS_Official
  claims-env library import CLAIMS_Official --out official_words
  claims-env library check official_words
  claims-env run quick --library official_words

The whole release is 348 phrases and 38 templates, which make 1,230,680 prompts."""


@dataclass(frozen=True)
class Flags:
    """What the import takes."""

    clone: Annotated[Path, tyro.conf.Positional]
    """Your clone, or the one Python file in it that holds the lists."""

    out: Path
    """The folder to write one .yaml per domain into."""

    overwrite: bool = False
    """Replace files that are there."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env library import --help`."""
    flags = tyro.cli(
        Flags, args=list(arguments), prog="claims-env library import", description=DESCRIPTION
    )
    found = official_words(flags.clone)
    VariableLibrary({file.domain: file.words for file in found})
    _require_free(found, flags)
    for file in found:
        write_word_file(file, flags.out, overwrite=flags.overwrite)
    sys.stdout.write(_told(found, flags.out))
    return 0


def _require_free(found: Sequence[WordFile], flags: Flags) -> None:
    """Refuse before the first file is written, so that no half of an import is left."""
    taken = [f.domain for f in found if (flags.out / f"{f.domain}.yaml").exists()]
    if taken and not flags.overwrite:
        raise LibraryError(
            f"{flags.out} holds {', '.join(f'{domain}.yaml' for domain in taken)} already. "
            "Name another folder, or replace them with --overwrite."
        )


def _told(found: Sequence[WordFile], folder: Path) -> str:
    lines = [f"{file.domain}: {_counts(file)} ({file.provenance['file']})" for file in found]
    phrases = sum(len(file.words.phrases[slot]) for file in found for slot in SLOTS)
    templates = sum(len(file.words.templates) for file in found)
    prompts = sum(file.words.prompts for file in found)
    lines += [
        f"{phrases} phrases and {templates} templates make {prompts:,} prompts.",
        *sorted({f"Tiers: {file.provenance['tiers']}." for file in found}),
        f"Written into {folder}. Play them with: claims-env run quick --library {folder}",
    ]
    return "\n".join(lines) + "\n"


def _counts(file: WordFile) -> str:
    slots = ", ".join(f"{len(file.words.phrases[slot])} {slot}" for slot in SLOTS)
    return f"{len(file.words.templates)} templates, {slots}"
