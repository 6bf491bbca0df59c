"""The folder clips are written to: motions, pictures, and the index that lists both."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from claims_env.commands.generate.order import Order
from claims_env.errors import OutputError
from claims_env.motion import Motion, save_motion
from claims_env.motion_filter import Verdict
from claims_env.prompt import Prompt
from claims_env.records import to_json
from claims_env.rendering import Caption, filmstrip, save_clip, save_picture, stacked
from claims_env.rendering.picture_file import write_whole
from claims_env.understanding import understanding_of

FORMAT = "claims_env clips 1"
INDEX, SHEET = "index.json", "sheet.png"
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
    """

    path: Path
    facts: dict[str, Any]
    suffixes: tuple[str, ...] = (".npz", ".png", ".webp")
    _entries: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]], init=False)
    _strips: list[Image.Image] = field(default_factory=list[Image.Image], init=False)
    _is_new: bool = field(default=False, init=False)

    @property
    def overview(self) -> Path:
        """What to look at first."""
        return self.path / (SHEET if self._strips else INDEX)

    def prepare(self, names: Sequence[str], *, overwrite: bool) -> None:
        """Make the folder, and see that nothing in it would be lost.

        Raises:
            OutputError: It cannot be made, or holds files that would be written.
        """
        planned = [f"{name}{suffix}" for name in names for suffix in self.suffixes]
        taken = [name for name in (*planned, INDEX, SHEET) if (self.path / name).exists()]
        if taken and not overwrite:
            raise OutputError(
                f"{self.path} already holds {taken[0]}"
                f"{f' and {len(taken) - 1} more of these files' if len(taken) > 1 else ''}. "
                "Name another folder with --out, or replace them with --overwrite."
            )
        self._is_new = not self.path.exists()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{self.path} cannot be made ({error.strerror}). Name a folder with --out."
            ) from None

    def add(self, name: str, order: Order, motion: Motion, verdict: Verdict) -> None:
        """Write a clip's files, and remember what the index says of it.

        Raises:
            OutputError: They cannot be written; none is left behind.
        """
        files = [self.path / f"{name}{suffix}" for suffix in self.suffixes]
        try:
            for file in files:
                _write(file, motion.renamed(name), _caption(order, verdict))
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
        if len(self._strips) < MOST_STRIPS and ".png" in self.suffixes:
            self._strips.append(filmstrip(motion, _caption(order, verdict), count=10))

    def close(self) -> None:
        """Write the index and the overview of what is there; a new folder of nothing goes again."""
        if not self._entries:
            if self._is_new:
                self.path.rmdir()
            return
        index = {"format": FORMAT, **self.facts, "clips": self._entries}
        write_whole(json.dumps(to_json(index), indent=1).encode() + b"\n", self.path / INDEX)
        if self._strips:
            shown, clips = len(self._strips), len(self._entries)
            count = f"{clips} clips" if shown == clips else f"{shown} of {clips} clips"
            sheet = stacked(self._strips, f"{count} by {self.facts['generator']}")
            save_picture(sheet, self.path / SHEET)


def _write(file: Path, motion: Motion, caption: Caption) -> None:
    if file.suffix == ".npz":
        save_motion(motion, file)
    elif file.suffix == ".webp":
        save_clip(motion, file, at_most=FILM_BYTES)
    else:
        strip = filmstrip(motion, caption, count=15, columns=5, tile=(200, 168))
        save_picture(strip, file)


def _caption(order: Order, verdict: Verdict) -> Caption:
    told = "passes the filter" if verdict.passed else f"refused: {verdict.sentence}"
    tier = round(order.prompt.tier) if isinstance(order.prompt, Prompt) else None
    return Caption(order.text, tier, f"seed {order.seed}, {told}")


def _entry(
    name: str, order: Order, motion: Motion, verdict: Verdict, files: Sequence[Path]
) -> dict[str, Any]:
    """Return what the index says of a clip."""
    return {
        "name": name,
        "text": order.text,
        "kind": order.kind,
        "slots": _slots(order.prompt),
        "seed": order.seed,
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
