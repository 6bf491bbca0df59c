"""claims-env library check: everything that is wrong with a library, and what is worth a look."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import tyro
from rich.text import Text

from claims_env.assembly import build_generator, check_words
from claims_env.checked_library import CheckedLibrary
from claims_env.commands.library.paper import write
from claims_env.finding import Finding
from claims_env.hearing import hear
from claims_env.progress_bar import progress_bar
from claims_env.prompt import SLOTS
from claims_env.variable_library import VariableLibrary

DESCRIPTION = """\
Check a library: its YAML, its sentences, and whether the generator understands them.

Errors (exit status 1) make it unusable: unreadable YAML, missing or unknown fields, repeated
phrases, tiers that are none, templates that do not fill. Warnings (exit status 0) are worth a
look: articles and blanks, lists of different lengths, words the generator does not know, phrases
that give the very same motion.

Examples:
  claims-env library check                        # the words that ship
  claims-env library check my_words               # a folder with one .yaml per domain
  claims-env library check my_words/dance.yaml    # one domain
  claims-env library check my_words --generator none   # the words only, in a second"""


@dataclass(frozen=True)
class Flags:
    """What the check takes."""

    path: Annotated[Path | None, tyro.conf.Positional] = None
    """A folder of YAML files, or one such file; without it, the words that ship."""

    generator: str = "composer"
    """Whose understanding to ask: composer, module:Class of your own, or none."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env library check --help`."""
    flags = tyro.cli(
        Flags, args=list(arguments), prog="claims-env library check", description=DESCRIPTION
    )
    checked = check_words(flags.path)
    findings = list(checked.findings)
    if checked.library is not None and flags.generator != "none":
        findings += _misheard(checked, checked.library, flags.generator)
    write(*map(_line, findings))
    errors = sum(finding.severity == "error" for finding in findings)
    sys.stdout.write(_verdict(checked.library, errors, len(findings) - errors))
    return 1 if errors else 0


def _misheard(checked: CheckedLibrary, library: VariableLibrary, name: str) -> Iterator[Finding]:
    generator = build_generator(name)
    phrases = sum(len(library.words(d).phrases[s]) for d in library.domains for s in SLOTS)
    with progress_bar("listening", phrases) as after_each:
        for heard in hear(library, generator, after_each):
            place, at = (heard.slot, heard.index), f"{heard.slot}[{heard.index}]"
            if heard.unknown:
                said = f"{at} '{heard.phrase.text}': {name} does not know {_quoted(heard.unknown)}."
                cure = "Use words it knows, or teach it these."
                yield checked.warn(heard.domain, place, said, cure)
            if heard.twin:
                said = f"{at} '{heard.phrase.text}' gives the very motion of '{heard.twin}'."
                cure = "At equal tiers nothing tells them apart; say something else with one."
                yield checked.warn(heard.domain, place, said, cure)


def _line(finding: Finding) -> Text:
    style = "bold red" if finding.severity == "error" else "yellow"
    line = Text(f"{finding.place}: ").append(finding.severity, style)
    return line.append(f": {finding.problem} {finding.cure}".rstrip())


def _verdict(library: VariableLibrary | None, errors: int, warnings: int) -> str:
    counts = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    if library is None:
        return f"{counts}. No library can be made of this.\n"
    prompts = sum(library.words(domain).prompts for domain in library.domains)
    return f"{counts}. {len(library.domains)} domains, {prompts:,} prompts.\n"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
