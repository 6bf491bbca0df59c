"""The official release's word lists, read from its Python source without running any of it.

The release (arXiv 2602.21599, WesleyXu224/CLAIMS_Official, MIT) keeps its words as literals inside
functions: a dict of the four slots, and a list of templates with the slots as placeholders. Files
and variables may be called anything; the shape is what counts. Only string literals are taken:
nothing is imported, executed or downloaded.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from claims_env.domain_words import DomainWords
from claims_env.errors import LibraryError
from claims_env.formats.git_commit import commit_of
from claims_env.formats.python_source import decoded, parsed
from claims_env.formats.python_words import WordList, word_lists
from claims_env.prompt import SLOTS, Phrase
from claims_env.word_file import WordFile

LARGEST = 4_000_000
"""Python files beyond this size are no word lists [bytes]; the release's largest has 107 kB."""

MOST = 50_000
"""A folder with more Python files than that is no clone of the release."""

UNKNOWN_TIER = 3
"""What a phrase gets where nothing says how hard it is; `calibrate` measures it."""

CATEGORY = "unsorted"
"""The release sorts no phrase into the sub-categories of App. B.1."""

_GRADES = (
    (re.compile(r"simple|basic|easy|low", re.I), 1),
    (re.compile(r"medium|moderate|intermediate", re.I), 3),
    (re.compile(r"high|hard|difficult|advanced", re.I), 5),
)
"""What the headings say, in the order they are tried: 'Medium-Difficulty' is medium."""


@dataclass(frozen=True, slots=True)
class _Found:
    """One domain as a source file has it; `file` is relative to the clone."""

    domain: str
    words: WordList
    file: str
    sha256: str

    @property
    def place(self) -> str:
        return f"{self.file}:{self.words.line}"


def read_official_library(clone: Path) -> tuple[WordFile, ...]:
    """Return every domain whose words a clone holds, in the order of their names.

    Copies of the same words are taken once, from where comments say how hard they are: those become
    tiers 1, 3 and 5. Without them every tier is 3.

    Args:
        clone: A folder with the release's source somewhere in it, or one of its Python files.

    Raises:
        LibraryError: There is no list, one is no plain literal, or two of one domain differ.
    """
    found = [domain for path in _sources(clone) for domain in _read_file(path, clone)]
    if not found:
        raise LibraryError(
            f"{clone}: no Python file in it holds word lists (a dict with the keys "
            f"{', '.join(SLOTS)}, and a list of templates beside it). Point at a clone of the "
            "official release, or at the file that holds its lists."
        )
    chosen: dict[str, _Found] = {}
    for domain in found:
        before = chosen.get(domain.domain)
        chosen[domain.domain] = domain if before is None else _better(before, domain)
    commit = commit_of(clone)
    return tuple(_word_file(chosen[name], clone, commit) for name in sorted(chosen))


def _word_file(found: _Found, clone: Path, commit: str | None) -> WordFile:
    phrases = {slot: _phrases(found.words, slot) for slot in SLOTS}
    is_graded = found.words.is_graded and None not in map(_tier, _headings(found.words))
    facts = {
        "source": clone.resolve().name,
        "commit": commit,
        "file": found.place,
        "sha256": found.sha256,
        "tiers": "1, 3 and 5 after the comments that divide the lists"
        if is_graded
        else f"unknown; every phrase has {UNKNOWN_TIER}",
    }
    if not is_graded:
        phrases = {s: tuple(replace(p, tier=UNKNOWN_TIER) for p in phrases[s]) for s in SLOTS}
    words = DomainWords(found.words.templates, phrases)
    return WordFile(found.domain, words, (CATEGORY,), facts)


def _phrases(words: WordList, slot: str) -> tuple[Phrase, ...]:
    pairs = zip(words.phrases[slot], words.headings[slot], strict=True)
    return tuple(Phrase(text, _tier(above) or UNKNOWN_TIER, CATEGORY) for text, above in pairs)


def _headings(words: WordList) -> set[str]:
    return {heading for slot in SLOTS for heading in words.headings[slot]}


def _tier(heading: str) -> int | None:
    """Return the tier a heading stands for: the first word of difficulty in it decides."""
    found = [(m.start(), tier) for grade, tier in _GRADES if (m := grade.search(heading))]
    return min(found)[1] if found else None


def _sources(clone: Path) -> Iterator[Path]:
    """Yield the Python files that may hold the lists; links are not followed."""
    if clone.is_file():
        yield clone
        return
    if not clone.is_dir():
        raise LibraryError(
            f"{clone} does not exist. Clone the official release and name its folder."
        )
    for count, path in enumerate(sorted(clone.rglob("*.py"))):
        if count >= MOST:
            raise LibraryError(
                f"{clone} holds over {MOST} Python files. Name the clone's own folder."
            )
        if path.is_file() and not path.is_symlink() and ".git" not in path.parts:
            yield path


def _read_file(path: Path, clone: Path) -> list[_Found]:
    name = path.relative_to(clone).as_posix() if path != clone else path.name
    if path.stat().st_size > LARGEST:
        if path == clone:
            raise LibraryError(
                f"{name} has over {LARGEST // 1_000_000} MB, which no word list has. "
                "Name the file that holds the lists."
            )
        return []
    content = path.read_bytes()
    # whether it holds lists at all shows in ASCII; a clone may hold other files in any encoding
    seen = content.decode("ascii", errors="replace")
    if not all(f'"{slot}"' in seen or f"'{slot}'" in seen for slot in SLOTS):
        return []
    text = decoded(content, name)
    sha256 = hashlib.sha256(content).hexdigest()
    return [
        _Found(_named(domain, words, name), words, name, sha256)
        for domain, words in word_lists(parsed(text, name), text, name)
    ]


def _named(domain: str, words: WordList, file: str) -> str:
    """Return a domain's name; it becomes a file's, so nothing but a plain word will do."""
    if re.fullmatch(r"[a-z][a-z0-9_]{0,39}", domain):
        return domain
    raise LibraryError(
        f"{file}:{words.line}: '{domain}' cannot name a domain. Give the lists a name of "
        "lower-case letters, digits and underscores."
    )


def _better(a: _Found, b: _Found) -> _Found:
    """Return the one of two copies that says more about difficulty.

    Raises:
        LibraryError: They are no copies.
    """
    if (a.words.templates, a.words.phrases) != (b.words.templates, b.words.phrases):
        raise LibraryError(
            f"{a.place} and {b.place} hold different words for '{a.domain}'. "
            "Name the file you mean."
        )
    return b if b.words.is_graded and not a.words.is_graded else a
