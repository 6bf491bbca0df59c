"""Writes runs whose prompts a language model chose, and reads their pages."""

import json
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from report.recorded import RunWriter, entry, finished, prompt, rejected
from toys import LOST

from claims_env.chat import Usage
from claims_env.decision_record import (
    Asking,
    Decision,
    GroupTalk,
    SetChange,
)
from claims_env.prompt import Phrase
from claims_env.report.run_record import read_record
from claims_env.report.transcript import transcript
from claims_env.run_folder import round_folder

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&[a](javascript:b)"

WHY = {"harder": "It turns faster.", "variables": "The rhythm.", "template": "Kept."}

CHANGES = (
    SetChange(0, "llm", WHY, True, "speed_rhythm 4 to 5"),
    SetChange(1, "rule: cut at max_tokens (8000)", {}, False, "base_action 2 to 1"),
)

GROUP = GroupTalk(
    domain="dance",
    askings=(
        Asking("ab" * 32, (0, 1), "served", Usage(900, 80), '{"sets": [', "It is cut off."),
        Asking("cd" * 32, (0, 1), "other", Usage(950, 70), "{}"),
    ),
    analysis={"tracker": "Set 1 was lost."},
    changes=CHANGES,
)

TALK = Decision("vendor:served", "scheduler 1", {"grouping": "random"}, (GROUP,))

COUNTS: dict[str, Any] = {
    "purpose": "scheduler", "model": "vendor:served", "calls": 2, "answers": 2, "errors": {},
    "attempts": 3, "tokens": {"input": 1850, "output": 150, "cached": 0, "thought": 0},
    "estimated": 0, "unpriced": 0, "usd": 0.25, "served": {"served": 1, "other": 1},
}  # fmt: skip


class Words(HTMLParser):
    """Collects what a browser would show, tags by name with their class."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs).get("class")))

    def handle_data(self, data: str) -> None:
        self.text += data


def talked(writer: RunWriter, said: Mapping[str, Any] | None = None, text: str = "") -> Path:
    """Write two rounds of two sets, the second explained as asked."""
    harder = replace(prompt("a step"), speed_rhythm=Phrase("e", 5, "any"))
    after = [
        entry("r001_s000", prompt=harder, metrics=LOST),
        rejected("r001_s001", "the root flies"),
    ]
    folder = writer.write(
        finished(0, [entry("r000_s000"), entry("r000_s001")]),
        finished(1, after, scheduler="llm vendor:served"),
        frames=4,
    )
    if said is not None or text:
        path = round_folder(folder, 1) / "decision.json"
        path.write_text(text or json.dumps(said), "utf-8")
    return folder


def spend(folder: Path, *lines: Mapping[str, Any]) -> None:
    with (folder / "usage.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


def section(folder: Path) -> Words:
    return Words(transcript(read_record(folder))[1].html)
