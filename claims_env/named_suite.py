"""The third-party sets the paper speaks of: how many clips each has, and how one asks for a copy.

None of them comes with this package. Counts: the paper's Table 4 and Table 1, whose average counts
all 2,201 clips of the four test sets alike; names of the released files: the official release's
notes. A copy of another size is another test, and is refused unless it says that it is partial.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims_env.errors import SuiteError
from claims_env.suite import REAL, Refusal


@dataclass(frozen=True, slots=True)
class NamedSuite:
    """A set of clips that others made.

    Attributes:
        name: As it is asked for, and as records call it.
        clips: How many it has; None where the paper does not say.
        file: What the official release calls its pickle, without suffix; None where it has none.
        kind: What its clips are (see `Suite`).
        pattern: What every clip's name holds, where that is known.
    """

    name: str
    clips: int | None
    file: str | None = None
    kind: str = REAL
    pattern: str | None = None


_AIST = r"g[A-Z]{2}_s[A-Z]{2}_c\w+_d\d+_m\w+_ch\d+"
"""AIST++ names a clip by genre, situation, camera, dancer, music and choreography."""

NAMED = {
    suite.name: suite
    for suite in (
        NamedSuite("kungfu", 663, "kungfu_g_clean"),
        NamedSuite("emdb", 45, "emdb_clean"),
        NamedSuite("aist++", 1320, "aist++_clean", pattern=_AIST),
        NamedSuite("video-convert", 173, "video_convert_clean"),
        NamedSuite("amass", None),
        NamedSuite("mdm", None, kind="generated: mdm"),
    )
}
"""Every set, by name."""

TESTED = ("kungfu", "emdb", "aist++", "video-convert")
"""The four that the paper averages over."""

TESTED_CLIPS = sum(NAMED[name].clips or 0 for name in TESTED)
"""Clips of the four together: 2,201."""

PARTIAL = ":partial"
"""What is written behind a name where the copy is not complete."""

_NAMES = "|".join(map(re.escape, NAMED))
_ASKED = re.compile(
    rf"^(?P<before>.*?/)?(?P<name>{_NAMES})(?P<partial>{PARTIAL})?=(?P<path>.*)$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class AskedSuite:
    """A copy of a named set that somebody asked for.

    Attributes:
        suite: Which set.
        path: Where the copy is.
        is_partial: Whether it may lack clips.
    """

    suite: NamedSuite
    path: Path
    is_partial: bool


def asked_suite(asked: str | Path) -> AskedSuite | None:
    """Return what `NAME=PATH` or `NAME:partial=PATH` asks for; None if it is a plain path.

    A configuration makes paths absolute, and this then reads FOLDER/NAME=PATH: the path is from
    that folder.

    Raises:
        SuiteError: There is a name and no path.
    """
    found = _ASKED.match(str(asked))
    if found is None:
        return None
    if not found["path"]:
        raise SuiteError(f"'{asked}' names no path. Write {found['name']}=PATH.")
    path = Path(found["before"] or "") / Path(found["path"]).expanduser()
    return AskedSuite(NAMED[found["name"]], path, found["partial"] is not None)


def require_complete(
    asked: AskedSuite, names: Sequence[str], refused: Sequence[Refusal] = ()
) -> None:
    """Refuse a copy with too few or too many clips, or clips of another set.

    Args:
        asked: The copy.
        names: Of its usable clips.
        refused: What else is there, and cannot be used.

    Raises:
        SuiteError: It is another number than the set has, or a name is not as the set's are.
    """
    suite, clips = asked.suite, len(names)
    if suite.clips is not None and clips != suite.clips:
        told = f" Another {len(refused)} cannot be used: {refused[0].reason}" if refused else ""
        _explain_number(asked, clips, suite.clips, told)
    strange = [n for n in names if suite.pattern and not re.search(suite.pattern, n)]
    if strange:
        raise SuiteError(
            f"{asked.path} holds {len(strange)} clip(s) not named as {suite.name}'s are, such as "
            f"'{strange[0]}'. Give it another name: --suite PATH."
        )


def _explain_number(asked: AskedSuite, clips: int, whole: int, refused: str) -> None:
    """Refuse another number of clips, unless some lack and may."""
    if asked.is_partial and clips < whole:
        return
    partial = f"{asked.suite.name}{PARTIAL}={asked.path}"
    cure = (
        f"If part of it will do, write {partial}: every record will say so."
        if clips < whole
        else "Name the copy that the paper evaluates on."
    )
    raise SuiteError(
        f"{asked.path} holds {clips} clip(s), and {asked.suite.name} has {whole}.{refused} {cure}"
    )


def shown_name(asked: AskedSuite, clips: int) -> str:
    """Return what records call a copy: the set's name, and of how many clips where some lack."""
    whole = asked.suite.clips
    if whole is None or clips == whole:
        return asked.suite.name if not asked.is_partial else f"{asked.suite.name}-partial"
    return f"{asked.suite.name}-{clips}-of-{whole}"


def official_set(path: str | Path) -> str | None:
    """Return which named set a file is by the official release's name for it, if any."""
    files: Mapping[str, str] = {s.file: s.name for s in NAMED.values() if s.file is not None}
    return files.get(Path(path).stem)
