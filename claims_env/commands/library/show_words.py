"""claims-env library show: the words, their tiers, and what was measured of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import tyro
from rich.console import RenderableType
from rich.table import Table

from claims_env.assembly import whole_library
from claims_env.calibration import UNITS
from claims_env.commands.library.evidence_folder import Known, evidence_folder, known
from claims_env.commands.library.paper import coloured, table, write
from claims_env.effects import SUCCESS
from claims_env.evidence import Estimate, PhraseEvidence
from claims_env.prompt import SLOTS, Phrase
from claims_env.variable_library import VariableLibrary

DESCRIPTION = """\
Show the words prompts are made of.

Without a domain: how many templates, phrases and prompts each has, and how far the tiers, which
are set by hand, agree with what was measured. With one: all of it, phrase by phrase.

`measured` is the tier by measurement (1 for the easiest fifth of the slot, 5 for the hardest), in
brackets the tiers within its 95 % interval, `!` where it lies two tiers or more from the hand's.
The measures are differences from the slot's average with everything else equal: mean joint speed
[m/s], time in the air [s], turns, effort, and a tracker's success where one was asked.

Examples:
  claims-env library                          # the overview
  claims-env library dance                    # one domain
  claims-env library show --library my_words  # words of your own"""


@dataclass(frozen=True)
class Flags:
    """What to show."""

    domain: Annotated[str | None, tyro.conf.Positional] = None
    """Whose phrases to list; without it, the domains are counted."""

    library: Path | None = None
    """A folder or file of words of your own; without it, the words that ship."""

    evidence: Path | None = None
    """The folder `calibrate` wrote into; without it, `evidence` beside the words."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env library show --help`."""
    flags = tyro.cli(
        Flags, args=list(arguments), prog="claims-env library show", description=DESCRIPTION
    )
    library = whole_library(flags.library)
    folder = flags.evidence or evidence_folder(flags.library)
    if flags.domain is None:
        write(*_overview(library, folder))
    else:
        library.words(flags.domain)
        write(*_domain(library, flags.domain, known(folder, library, flags.domain)))
    return 0


def _overview(library: VariableLibrary, folder: Path | None) -> Iterator[RenderableType]:
    listed = table(
        "", "domain", ">templates", *(f">{slot}" for slot in SLOTS), ">prompts", "tiers measured"
    )
    for domain in library.domains:
        words = library.words(domain)
        counts = [len(words.templates), *(len(words.phrases[slot]) for slot in SLOTS)]
        told = _agreement(known(folder, library, domain))
        listed.add_row(domain, *map(str, counts), f"{words.prompts:,}", told)
    yield listed
    prompts = sum(library.words(domain).prompts for domain in library.domains)
    shape = "rectangular" if library.is_rectangular else "ragged: shorter lists wrap around"
    yield f"{prompts:,} prompts in all; {shape}; digest {library.digest}"


def _agreement(found: Known) -> str:
    """Return how a domain's tiers agree with measurement, in a few words."""
    if found.evidence is None:
        return "not measured"
    if found.misfit:
        return f"stale: {found.misfit}"
    off = sum(phrase.disagrees for slot in found.evidence.slots for phrase in slot.phrases)
    ranks = [slot.agreement for slot in found.evidence.slots]
    said = ", ".join("-" if rank is None else f"{rank.mean:.2f}" for rank in ranks)
    return f"rank correlation {said}; {off} two tiers off"


def _domain(library: VariableLibrary, domain: str, found: Known) -> Iterator[RenderableType]:
    words = library.words(domain)
    yield f"{domain}: {words.prompts:,} prompts"
    templates = table("templates", ">", "")
    for i, template in enumerate(words.templates):
        templates.add_row(str(i), template)
    yield templates
    yield from _measured_with(found)
    for slot in SLOTS:
        yield ""
        yield _phrases(slot, words.phrases[slot], found)


def _measured_with(found: Known) -> Iterator[str]:
    yield ""
    evidence = found.evidence
    if evidence is None:
        yield "Nothing was measured of these words. Cure: claims-env library calibrate"
        return
    asked = "no tracker asked"
    if evidence.tracker is not None:
        facts = evidence.tracker
        asked = f"tracker {facts.get('name')} with assist {facts.get('assist')}"
    told = "words alone, every tier level" if evidence.words_alone else "words and tiers as played"
    yield (
        f"Measured on {evidence.clips} clips per phrase of the {evidence.generator} "
        f"(version {evidence.generator_version}), seed {evidence.seed}, {told}, {asked}."
    )
    if found.misfit:
        yield f"STALE, and left out below: {found.misfit}. Cure: claims-env library calibrate"


def _phrases(slot: str, phrases: Sequence[Phrase], found: Known) -> Table:
    measured = found.evidence.slot(slot) if found.evidence and not found.misfit else None
    if measured is None:
        listed = table(slot, ">", ">tier", "phrase", "category")
        for i, phrase in enumerate(phrases):
            listed.add_row(str(i), coloured(phrase.tier), phrase.text, phrase.category)
        return listed
    names = list(measured.phrases[0].effects)
    title = f"{slot}: {correlation(measured.agreement)}"
    columns = ("phrase", "category", *(f">{_headed(name)}" for name in names), ">passed")
    listed = table(title, ">", ">tier", "measured", *columns)
    for i, (phrase, figures) in enumerate(zip(phrases, measured.phrases, strict=True)):
        effects = (_signed(figures.effects[name], name) for name in names)
        cells = (measured_tier(figures), phrase.text, phrase.category, *effects)
        style = "yellow" if figures.disagrees else None
        listed.add_row(str(i), coloured(phrase.tier), *cells, f"{figures.passed:.0%}", style=style)
    return listed


def correlation(rank: Estimate | None) -> str:
    """Return how hand and measurement agree over a slot, in words."""
    if rank is None:
        return "tiers cannot be compared with measurement"
    bounds = f"[{rank.low:.2f}, {rank.high:.2f}]"
    return f"rank correlation of tier and measurement {rank.mean:.2f} {bounds}"


def measured_tier(figures: PhraseEvidence) -> str:
    """Return a measured tier with its interval and its flag."""
    flag = " !" if figures.disagrees else ""
    return f"{figures.measured} [{figures.measured_low}-{figures.measured_high}]{flag}"


def _headed(name: str) -> str:
    unit = UNITS.get(name, "")
    return f"{name} [{unit}]" if unit and name != SUCCESS else name


def _signed(effect: Estimate, name: str) -> str:
    return f"{effect.mean:+.0%}" if name == SUCCESS else f"{effect.mean:+.2f}"
