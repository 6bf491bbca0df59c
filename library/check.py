"""Checks a library as a whole: what makes it unusable, and what is worth a second look."""

from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable

import numpy as np

from claims_env.checked_library import CheckedLibrary, Place, spelled
from claims_env.domain_words import TIERS, slots_of
from claims_env.errors import LibraryError
from claims_env.finding import Finding
from claims_env.library import domain_of, word_files, words_of
from claims_env.library.grammar import phrase_faults, seam_faults, template_faults
from claims_env.library.schema import Source
from claims_env.library.yaml_source import placed, read_source, repeated_keys
from claims_env.prompt import SLOTS
from claims_env.variable_library import DomainWords, VariableLibrary

DRAWN = 100
"""Sentences per domain that are read back."""


def check_library(folder: Traversable | None = None) -> CheckedLibrary:
    """Return everything that can be said of a library without a generator.

    Args:
        folder: Where the YAML files lie, or one such file, or None for the shipped ones.

    Raises:
        LibraryError: There is no file to check.
    """
    found: list[Finding] = []
    sources: dict[str, Source] = {}
    for file in word_files(folder):
        source, faults = read_source(file)
        found += faults
        if source.content is None:
            continue
        found += repeated_keys(file)
        if not faults:
            sources[domain_of(file)] = placed(file, source)
    words = {domain: words_of(source) for domain, source in sources.items()}
    for domain, source in sources.items():
        found += _looks(source, words[domain])
    is_usable = not any(finding.severity == "error" for finding in found)
    library = _library(words, found) if is_usable else None
    if library is not None:
        found += _ragged(words, sources)
        found += _misread(library, sources)
    return CheckedLibrary(
        findings=tuple(sorted(found, key=_order)),
        library=library,
        files={domain: source.name for domain, source in sources.items()},
        lines={domain: source.lines for domain, source in sources.items()},
    )


def _library(words: Mapping[str, DomainWords], found: list[Finding]) -> VariableLibrary | None:
    try:
        return VariableLibrary(words)
    except LibraryError as error:
        found.append(Finding("error", "the library", None, "", str(error), ""))
        return None


def _looks(source: Source, words: DomainWords) -> Iterator[Finding]:
    """Find what a reader would stumble over in one file."""
    for i, template in enumerate(words.templates):
        for fault in template_faults(template):
            yield _warning(source, ("templates", i), f"templates[{i}]: {fault}.", "Reword it.")
    for slot in SLOTS:
        yield from _phrases(source, words, slot)
        yield from _tiers(source, words, slot)
    yield from _categories(source, words)


def _phrases(source: Source, words: DomainWords, slot: str) -> Iterator[Finding]:
    users = [template for template in words.templates if slot in slots_of(template)]
    if not users:
        said = f"no template uses {slot}, so its phrases are never said."
        yield _warning(source, (slot,), said, f"Write a template with {{{slot}}}.")
    for i, phrase in enumerate(words.phrases[slot]):
        place = (slot, i)
        for fault in phrase_faults(phrase.text):
            said = f"{spelled(place)} '{phrase.text}': {fault}."
            yield _warning(source, place, said, "Reword it.")
        seams = Counter(fault for t in users for fault in set(seam_faults(t, slot, phrase.text)))
        for fault, times in seams.items():
            said = (
                f"{spelled(place)} '{phrase.text}' in {times} of {len(users)} templates: {fault}."
            )
            yield _warning(source, place, said, "Reword it or the templates.")


def _tiers(source: Source, words: DomainWords, slot: str) -> Iterator[Finding]:
    there = {phrase.tier for phrase in words.phrases[slot]}
    if missing := [str(tier) for tier in TIERS if tier not in there]:
        said = f"{slot} has no phrase of tier {', '.join(missing)}."
        yield _warning(source, (slot,), said, "Asked for one, sampling takes the nearest there is.")


def _categories(source: Source, words: DomainWords) -> Iterator[Finding]:
    used = {phrase.category for slot in SLOTS for phrase in words.phrases[slot]}
    if idle := [name for name in source.content["categories"] if name not in used]:
        said = f"no phrase belongs to {', '.join(idle)}."
        yield _warning(source, ("categories",), said, "Leave it out, or give it phrases.")


def _ragged(words: Mapping[str, DomainWords], sources: Mapping[str, Source]) -> Iterator[Finding]:
    for name in ("templates", *SLOTS):
        sizes = {domain: _size(w, name) for domain, w in words.items()}
        most = max(sizes.values())
        for domain, size in sizes.items():
            if size < most:
                said = f"{name} has {size} entries where another domain has {most}."
                cure = (
                    "Indices wrap around in it, which favours its first entries; level the lists."
                )
                yield _warning(sources[domain], (name,), said, cure)


def _size(words: DomainWords, name: str) -> int:
    return len(words.templates if name == "templates" else words.phrases[name])


def _misread(library: VariableLibrary, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Find domains whose sentences read back to another prompt than the one that was said."""
    rng = np.random.default_rng(0)
    for domain in library.domains:
        drawn = [library.sample(rng, domain=domain) for _ in range(DRAWN)]
        wrong = [prompt for prompt in drawn if library.parse(prompt.text) != prompt]
        if wrong:
            said = (
                f"{len(wrong)} of {DRAWN} sentences read back to another prompt, "
                f"such as '{wrong[0].text}'."
            )
            cure = "Begin every template differently, and let no phrase be part of another."
            yield _warning(sources[domain], ("templates",), said, cure)


def _warning(source: Source, place: Place, problem: str, cure: str) -> Finding:
    line = source.lines.get(place)
    return Finding("warning", source.name, line, spelled(place), problem, cure)


def _order(finding: Finding) -> tuple[bool, str, int]:
    return finding.severity == "warning", finding.file, finding.line or 0
