"""What was measured of a domain's words: its parts, its file, and whether it still fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from claims_env.errors import ConfigError, LibraryError
from claims_env.records import from_json, to_json
from claims_env.variable_library import VariableLibrary

FORMAT = "claims_env evidence 1"
ENDING = ".evidence.yaml"
DECIMALS = 4
"""Figures are written with so many, far below what their intervals leave open."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PhraseEvidence:
    """What one phrase does.

    Attributes:
        text: The phrase.
        tier: Its tier by hand.
        measured: Its tier by measurement, 1 to 5: its fifth of the slot's phrases.
        measured_low: The tier of its difficulty's lower bound.
        measured_high: That of the upper bound.
        difficulty: The composite of `effects`, in standard deviations over the slot's phrases.
        effects: For each measure, how far clips with it lie from the slot's average.
        passed: Share of its clips the motion filter lets pass.
    """

    text: str
    tier: int
    measured: int
    measured_low: int
    measured_high: int
    difficulty: Estimate
    effects: Mapping[str, Estimate]
    passed: float

    @property
    def disagrees(self) -> bool:
        """Whether hand and measurement are two tiers apart or more."""
        return abs(self.tier - self.measured) >= 2

    @property
    def is_sure(self) -> bool:
        """Whether the interval of the measured tier leaves the hand's out."""
        return not self.measured_low <= self.tier <= self.measured_high


@dataclass(frozen=True, slots=True)
class SlotEvidence:
    """What the phrases of one slot do.

    Attributes:
        slot: Its name.
        agreement: Spearman's rank correlation of tier and difficulty; None where all tiers or all
            difficulties are equal, or there are fewer than five phrases.
        phrases: In the library's order.
    """

    slot: str
    agreement: Estimate | None
    phrases: tuple[PhraseEvidence, ...]


@dataclass(frozen=True, slots=True)
class DomainEvidence:
    """Everything measured of one domain, and what it was measured with.

    Attributes:
        format: `FORMAT`.
        domain: Its name.
        words: The digest of its words; others would need measuring anew.
        generator: Who made the clips.
        generator_version: What it calls its version, or None.
        clips: Clips per phrase.
        seed: What contexts and clips were drawn with.
        words_alone: Whether the generator was told one tier for every phrase.
        tracker: The tracker's facts and its checkpoint's hash, or None without one.
        versions: Of what was measured with.
        slots: One entry for each slot that a template says.
    """

    format: str
    domain: str
    words: str
    generator: str
    generator_version: str | None
    clips: int
    seed: int
    words_alone: bool
    tracker: Mapping[str, Any] | None
    versions: Mapping[str, str]
    slots: tuple[SlotEvidence, ...]

    def slot(self, name: str) -> SlotEvidence | None:
        """Return what was measured of a slot, if anything."""
        return next((entry for entry in self.slots if entry.slot == name), None)


def digest_of(library: VariableLibrary, domain: str) -> str:
    """Return the digest of one domain's words."""
    return VariableLibrary({domain: library.words(domain)}).digest


@dataclass(frozen=True, slots=True)
class Maker:
    """Who would make the clips now.

    Attributes:
        name: The generator's own name.
        version: What it calls its version, or None where it has none.
    """

    name: str
    version: str | None


def misfit(evidence: DomainEvidence, library: VariableLibrary, maker: Maker | None) -> str | None:
    """Return why evidence no longer speaks of these words and this generator, or None.

    Args:
        evidence: What was measured.
        library: The words as they are now.
        maker: The generator as it is now; None where it cannot be asked, and only words count.
    """
    if evidence.words != digest_of(library, evidence.domain):
        return "the words have changed since"
    if maker is None:
        return None
    if evidence.generator != maker.name:
        return f"it was measured with the {evidence.generator}, not with the {maker.name}"
    if evidence.generator_version != maker.version:
        was, now = evidence.generator_version, maker.version
        return f"it was measured with version {was} of the {evidence.generator}, which is at {now}"
    return None


def evidence_path(folder: Path, domain: str) -> Path:
    """Return where a domain's evidence lies."""
    return folder / f"{domain}{ENDING}"


def write_evidence(evidence: DomainEvidence, folder: Path) -> Path:
    """Write a domain's evidence, all at once or not at all; equal evidence gives equal bytes.

    Raises:
        LibraryError: It cannot be written.
    """
    path = evidence_path(folder, evidence.domain)
    partial = path.with_name(f".{path.name}.partial")
    text = yaml.safe_dump(
        _rounded(to_json(evidence)),
        sort_keys=False,
        allow_unicode=True,
        width=120,
        default_flow_style=None,
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, "utf-8")
        partial.replace(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written ({error.strerror}). Name a folder.") from None
    return path


def read_evidence(folder: Path, domain: str) -> DomainEvidence | None:
    """Return a domain's evidence, or None where there is none.

    Raises:
        LibraryError: The file is damaged.
    """
    path = evidence_path(folder, domain)
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=_loader())
        evidence: DomainEvidence = from_json(DomainEvidence, content)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError, yaml.YAMLError, ConfigError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise LibraryError(
            f"{path} holds no evidence that can be read ({why}). Delete it and calibrate anew."
        ) from None
    if evidence.format != FORMAT or evidence.domain != domain:
        raise LibraryError(
            f"{path} is '{evidence.format}' of {evidence.domain}. Expected '{FORMAT}' of {domain}: "
            "delete it and calibrate anew."
        )
    return evidence


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, DECIMALS) if isinstance(value, float) else value
