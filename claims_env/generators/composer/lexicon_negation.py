"""Which moves a free sentence denies, and the connectors that end what a word speaks of."""

import re

from claims_env.generators.composer.lexicon_moves import MOVES
from claims_env.generators.composer.lexicon_table import Hit

CONNECTOR = re.compile(
    r"[,;:.]|\b(?:and|into|then|with|before|followed by|from|out of|off|after|over|through|to)\b"
)
"""What stands between two moves; the words after it speak of the second."""

_END = re.compile(rf"{CONNECTOR.pattern}|[!?]|\b(?:but|just|only|instead)\b")
_NO = re.compile(
    r"\b(?:(?:do|does|did) not|(?:do|does|did)n[\u2019']?t|no|not|without|never)\b"
    r"(?![\w-]| (?:only|just|merely|stop|rest|paus|break)\w*)"
)
"""What denies; 'never stop running' and 'not only a kick' deny nothing."""


def negated(text: str) -> list[Hit[str]]:
    """Return each stretch from a word that denies to the next connector, if it names a move.

    The meaning of a hit is the stretch as it is written.
    """
    hits: list[Hit[str]] = []
    for no in _NO.finditer(text):
        ending = _END.search(text, no.end())
        said = text[no.start() : ending.start() if ending else len(text)].rstrip()
        is_new = not hits or no.start() >= hits[-1].end
        if is_new and any(hit.meaning for hit in MOVES.find(said)):
            hits.append(Hit(no.start(), no.start() + len(said), said))
    return hits
