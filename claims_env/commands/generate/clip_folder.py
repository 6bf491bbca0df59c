"""The folder clips are written to: motions, pictures, and the index that lists both."""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from claims_env.body_mesh import BodyMesh
from claims_env.commands.generate.earlier_clips import (
    FORMAT,
    INDEX,
    caption_of,
    earlier_entries,
    still_there,
)
from claims_env.commands.generate.order import Order
from claims_env.errors import MotionError, OutputError
from claims_env.motion import Motion, load_motion, save_motion
from claims_env.motion_filter import Verdict
from claims_env.prompt import Prompt
from claims_env.records import to_json
from claims_env.rendering import Caption, filmstrip, save_clip, save_picture, stacked
from claims_env.rendering.picture_file import write_whole
from claims_env.understanding import understanding_of

SHEET = "sheet.png"
FILM_BYTES = 400_000
"""What a page can load without waiting [bytes]."""

MOST_STRIPS = 60
"""Clips shown in the overview; a taller picture is more than viewers open."""


@dataclass(slots=True)
class ClipFolder:
    """A folder being filled; each clip is there with all its files, or with none.

    Attributes:
        path: Where it is.
        facts: What is true of all its clips, such as the generator's name.
        suffixes: Which files a clip has: .npz, and .png and .webp if it is to be seen.
        body: Whose skin pictures show; None draws a figure of our own.
    """

    path: Path
    facts: dict[str, Any]
    suffixes: tuple[str, ...] = (".npz", ".png", ".webp")
    body: BodyMesh | None = None
    _entries: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]], init=False)
    _strips: list[Image.Image] = field(default_factory=list[Image.Image], init=False)

    @property
    def overview(self) -> Path:
        """What to look at first."""
        return self.path / (SHEET if self._strips else INDEX)

    def prepare(self, names: Sequence[str], *, overwrite: bool) -> None:
        """See that nothing in the folder would be lost.

        Raises:
            OutputError: It holds files that would be written.
        """
        planned = [f"{name}{suffix}" for name in names for suffix in self.suffixes]
        taken = [name for name in (*planned, INDEX, SHEET) if (self.path / name).exists()]
        if taken and not overwrite:
            raise OutputError(
                f"{self.path} already holds {taken[0]}"
                f"{f' and {len(taken) - 1} more of these files' if len(taken) > 1 else ''}. "
                "Name another folder with --out, or replace them with --overwrite."
            )

    def add(self, name: str, order: Order, motion: Motion, verdict: Verdict) -> None:
        """Write a clip's files, and remember what the index says of it.

        Raises:
            OutputError: They cannot be written; none is left behind.
        """
        files = [self.path / f"{name}{suffix}" for suffix in self.suffixes]
        caption = _caption(order, motion, verdict)
        try:
            for file in files:
                _write(file, motion.renamed(name), caption, self.body)
        except BaseException as error:
            for file in files:
                file.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise OutputError(
                    f"{self.path} cannot be written ({error.strerror}). Make room there, or name "
                    "another folder with --out."
                ) from None
            raise
        self._entries.append(_entry(name, order, motion, verdict, files))
        self._show(motion, caption)

    def close(self) -> None:
        """Write the index and the overview: this call's clips, then those of earlier ones.

        Raises:
            OutputError: They cannot be written; the clips themselves are there.
        """
        earlier = earlier_entries(self.path, self.facts)
        others = still_there(earlier, self.path, {entry["name"] for entry in self._entries})
        if not self._entries and others == earlier:
            return
        try:
            self._list([*self._entries, *others])
            self._draw(others)
        except OSError as error:
            raise OutputError(
                f"{self.path} holds {len(self._entries)} new clips, but {INDEX} or {SHEET} cannot "
                f"be written ({error.strerror}). Make room there, then repeat the call with "
                "--overwrite."
            ) from None

    def _list(self, entries: Sequence[dict[str, Any]]) -> None:
        index = {"format": FORMAT, **self.facts, "clips": entries}
        write_whole(json.dumps(to_json(index), indent=1).encode() + b"\n", self.path / INDEX)

    def _draw(self, others: Sequence[dict[str, Any]]) -> None:
        if not self._strips:
            return
        for entry in others[: MOST_STRIPS - len(self._strips)]:
            # a file that others wrote may be damaged; the picture does without it
            with suppress(MotionError):
                motion = load_motion(self.path / entry["files"]["npz"]["name"])
                self._show(motion, caption_of(entry))
        shown, clips = len(self._strips), len(self._entries) + len(others)
        count = f"{clips} clips" if shown == clips else f"{shown} of {clips} clips"
        makers = {self.facts["generator"], *(e.get("generator") for e in others)} - {None}
        sheet = stacked(self._strips, f"{count} by {', '.join(sorted(makers))}")
        save_picture(sheet, self.path / SHEET)

    def _show(self, motion: Motion, caption: Caption) -> None:
        if len(self._strips) < MOST_STRIPS and ".png" in self.suffixes:
            self._strips.append(filmstrip(motion, caption, count=10, body=self.body))


def _write(file: Path, motion: Motion, caption: Caption, body: BodyMesh | None) -> None:
    if file.suffix == ".npz":
        save_motion(motion, file)
    elif file.suffix == ".webp":
        save_clip(motion, file, at_most=FILM_BYTES, body=body)
    else:
        strip = filmstrip(motion, caption, count=15, columns=5, tile=(200, 168), body=body)
        save_picture(strip, file)


def _caption(order: Order, motion: Motion, verdict: Verdict) -> Caption:
    told = "passes the filter" if verdict.passed else f"refused: {verdict.sentence}"
    return Caption(order.text, _tier(order.prompt), f"{order.drawn_by(motion)}, {told}")


def _tier(prompt: Prompt | str) -> int | None:
    return None if isinstance(prompt, str) else round(prompt.tier)


def _entry(
    name: str, order: Order, motion: Motion, verdict: Verdict, files: Sequence[Path]
) -> dict[str, Any]:
    """Return what the index says of a clip."""
    return {
        "name": name,
        "text": order.text,
        "kind": order.kind,
        "tier": _tier(order.prompt),
        "slots": _slots(order.prompt),
        "seed": order.seed_of(motion),
        "seeding": order.drawn_by(motion),
        "text_cut_after": motion.provenance.get("text_cut_after"),
        "files": {
            file.suffix[1:]: {
                "name": file.name,
                "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            }
            for file in files
        },
        "understood": to_json(understanding_of(motion)),
        "passed": verdict.passed,
        "reasons": [reason.sentence for reason in verdict.reasons],
        "warnings": [reason.sentence for reason in verdict.warnings],
        "measures": verdict.measures,
    }


def _slots(prompt: Prompt | str) -> dict[str, Any] | None:
    if isinstance(prompt, str):
        return None
    words = {slot: {"text": p.text, "tier": p.tier} for slot, p in prompt.slots.items()}
    return {"domain": prompt.domain, "template": prompt.template, **words}
