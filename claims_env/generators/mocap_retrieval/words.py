"""Words: how a sentence becomes stems that can be compared."""

import re
import unicodedata
from collections.abc import Collection

IRREGULAR = {
    "ran": "run", "threw": "throw", "thrown": "throw", "swung": "swing", "spun": "spin",
    "leapt": "leap", "knelt": "kneel", "sat": "sit", "stood": "stand", "caught": "catch",
    "fell": "fall", "fallen": "fall", "lying": "lie", "lies": "lie", "got": "get", "gets": "get",
    "getting": "get", "feet": "foot", "flung": "fling", "went": "go", "goes": "go",
    "struck": "strike", "stricken": "strike", "held": "hold", "bent": "bend", "risen": "rise",
    "rose": "rise", "swam": "swim", "rode": "ride", "drew": "draw", "knives": "knife",
}  # fmt: skip
"""Forms no ending explains."""

_JOINED = (
    (r"\bhand[ -]?springs?\b", "handspring"),
    (r"\bround[ -]houses?\b", "roundhouse"),
    (r"\bround[ -]offs?\b", "roundoff"),
    (r"\b(?:get|gets|getting|got|stand|stands|standing|rise|rises)[ -]up\b", "getup"),
    (r"\b(front|back|side|spin|round|knee|heel|axe|jump|high)(kick)", r"\1 \2"),
    (r"\b(front|back|side)(flip)", r"\1 \2"),
    (r"\b(side|back)[ -](step)", r"\1\2"),
    (r"\b(knee)[ -](strike)", r"\1\2"),
    (r"\b(body)[ -](roll|lock)", r"\1\2"),
    (r"\b(level)[ -](change)", r"\1\2"),
    (r"\b(push|sit|kick|press)[ -]up", r"\1up"),
    (r"\bt'?ai[ -]chi\b", "taichi"),
)
"""Words written apart or as one; the same way on both sides of a comparison."""

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SIBILANT = ("sses", "ches", "shes", "xes", "zes")
_VOWEL = re.compile(r"[aeiouy]")


def fold(text: str) -> str:
    """Return the text in lower case, without accents, compounds written in one way."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    for expression, written in _JOINED:
        plain = re.sub(expression, written, plain)
    return plain


def spelled(text: str, wanted: Collection[str]) -> tuple[str, ...]:
    """Return the words of a text, as it spells them, that have one of these stems."""
    return tuple(word for word in _WORD.findall(fold(text)) if stem(word) in wanted)


def stems(text: str) -> tuple[str, ...]:
    """Return the stem of every word of a text, in order."""
    return tuple(stem(word) for word in _WORD.findall(fold(text)))


def stem(word: str) -> str:
    """Return a word without the endings of English: kicks, kicked and kicking are 'kick'.

    A stem need be no word ('dance' and 'dancing' are 'danc'); it only has to be the same for every
    form.
    """
    word = word.split("'")[0]
    word = IRREGULAR.get(word, word)
    singular = _singular(word)
    bare = singular
    for ending in ("ing", "ed"):
        start = singular.removesuffix(ending)
        if start != singular and len(start) > 1 and _VOWEL.search(start):
            bare = _undoubled(start)
            break
    return bare[:-1] if len(bare) > 3 and bare.endswith("e") else bare


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(_SIBILANT):
        return word[:-2]
    return word.removesuffix("s")


def _undoubled(start: str) -> str:
    doubled = len(start) > 3 and start[-1] == start[-2] and start[-1] not in "aeioulsz"
    return start[:-1] if doubled else start
