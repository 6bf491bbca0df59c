"""claims-env library: show the words prompts are made of."""

import sys
from collections.abc import Sequence
from typing import Annotated

import tyro

from claims_env.assembly import whole_library
from claims_env.prompt import SLOTS

ABOUT = "list the phrases of a domain with their tiers: claims-env library [DOMAIN]"


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env library --help`."""
    domain = tyro.cli(_flags, args=list(arguments), prog="claims-env library")
    sys.stdout.write(_domain(domain) if domain else _overview())
    return 0


def _flags(domain: Annotated[str | None, tyro.conf.Positional] = None) -> str | None:
    """Show the words prompts are made of.

    Args:
        domain: Whose phrases to list; without it, the domains are counted.
    """
    return domain


def _overview() -> str:
    library = whole_library()
    lines = [f"digest {library.digest}"]
    for domain in library.domains:
        words = library.words(domain)
        counts = ", ".join(f"{len(words.phrases[slot])} {slot}" for slot in SLOTS)
        lines.append(f"{domain}: {len(words.templates)} templates, {counts}")
    return "\n".join(lines) + "\n"


def _domain(domain: str) -> str:
    words = whole_library().words(domain)
    lines = ["templates", *(f"    {template}" for template in words.templates)]
    for slot in SLOTS:
        lines.append(slot)
        lines += [f"  {p.tier} {p.text} ({p.category})" for p in words.phrases[slot]]
    return "\n".join(lines) + "\n"
