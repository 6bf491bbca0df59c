"""Where what was measured of a library lies, and which of it still fits."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims_env.assembly import GENERATORS, build_generator, shipped_evidence
from claims_env.calibration_run import version_of
from claims_env.errors import ClaimsError
from claims_env.evidence import DomainEvidence, Maker, misfit, read_evidence
from claims_env.variable_library import VariableLibrary


@dataclass(frozen=True, slots=True)
class Known:
    """The evidence of a domain.

    Attributes:
        evidence: What was measured, or None.
        misfit: Why it no longer speaks of these words and this generator, or None.
    """

    evidence: DomainEvidence | None
    misfit: str | None = None


def evidence_folder(library: Path | None) -> Path | None:
    """Return where a library's evidence lies: in `evidence` beside its files."""
    if library is None:
        return shipped_evidence()
    return (library if library.is_dir() else library.parent) / "evidence"


def known(folder: Path | None, library: VariableLibrary, domain: str) -> Known:
    """Return a domain's evidence and whether it fits.

    Raises:
        LibraryError: The file is damaged.
    """
    evidence = None if folder is None else read_evidence(folder, domain)
    if evidence is None:
        return Known(None)
    return Known(evidence, misfit(evidence, library, _maker(evidence.generator, library)))


@cache
def _maker(generator: str, library: VariableLibrary) -> Maker | None:
    """Return a registered generator as it is now; None where it cannot be asked."""
    if generator not in GENERATORS:
        return None
    try:
        made = build_generator(generator)
        return Maker(made.name, version_of(made, library))
    except ClaimsError:
        return None
