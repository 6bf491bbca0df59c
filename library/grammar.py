"""What reads badly in a sentence: articles, blanks, doubled words, how it begins and ends.

These are rules of thumb for English, so whatever they find is worth a look and never an error.
"""

import re

_VOWEL = r"(?:[aeio]|u(?!ni|se|su|ti|ro|kr))\w*"
_SOUNDS_LIKE_YOU = r"(?:eu|one\b|once\b|ewe)\w*"
_SILENT_H = r"(?:hour|honest|honou?r|heir)\w*"

_RULES = (
    (re.compile(rf"\ba (?!{_SOUNDS_LIKE_YOU})({_VOWEL})", re.I), "'a {0}' should read 'an {0}'"),
    (
        re.compile(rf"\ban (?!{_VOWEL}|{_SILENT_H}|[A-Z]+\b)(\w+)"),
        "'an {0}' should read 'a {0}'",
    ),
    (re.compile(r"\b((?:an?|the) (?:an?|the)) ", re.I), "two articles stand together: '{0}'"),
    (
        re.compile(r"\b((?:of|with|and|to|in|into|on|from|for|by))\b \1\b", re.I),
        "'{0}' stands twice",
    ),
    (re.compile(r"(\S*  +\S*)"), "two blanks stand together: '{0}'"),
    (re.compile(r"(\S* [,.;:!?])"), "a blank stands before a mark: '{0}'"),
)


def sentence_faults(text: str) -> list[str]:
    """Return what reads badly within a text, each a clause without its full stop."""
    return [said.format(m[1]) for rule, said in _RULES for m in rule.finditer(text)]


def phrase_faults(text: str) -> list[str]:
    """Return what keeps a phrase from standing in the middle of a sentence."""
    found = sentence_faults(text)
    if text != text.strip():
        found.append("it begins or ends with a blank")
    if re.match(r"[A-Z][a-z]", text):
        found.append("it begins with a capital letter")
    if re.search(r"[.,;:!?]$", text):
        found.append("it ends with a mark, which the template sets")
    return found


def template_faults(template: str) -> list[str]:
    """Return what reads badly in a template whatever fills it."""
    bare = re.sub(r"\{\w*\}", "{}", template)
    found = sentence_faults(bare)
    if not re.match(r"[A-Z{\"'(]", template):
        found.append("it begins without a capital letter")
    if not re.search(r"[.!?][\"')]?$", template):
        found.append("it ends without a full stop")
    if re.search(r"\}\{|\w\{|\}\w", template):
        found.append("a slot touches a word or another slot")
    return found


def seam_faults(template: str, slot: str, phrase: str) -> list[str]:
    """Return what reads badly only where a phrase meets its template."""
    before, _, after = template.partition(f"{{{slot}}}")
    lead, trail = re.findall(r"\S*\s*$", before)[0], re.findall(r"^\s*\S*", after)[0]
    fresh = sentence_faults(lead + phrase + trail)
    for known in sentence_faults(phrase):
        if known in fresh:
            fresh.remove(known)
    return fresh
