"""When each move of a clip is performed, where its generator says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims_env.motion import Motion


@dataclass(frozen=True, slots=True)
class Span:
    """One move of a clip.

    Attributes:
        name: What is done.
        start: When it begins [s].
        end: When it is over [s].
    """

    name: str
    start: float
    end: float


def timeline_of(motion: Motion) -> tuple[Span, ...]:
    """Return the spans of a clip in order; none where its provenance holds no `timeline`.

    An entry is a mapping of `primitive` (or `name`), `start` and `end`, or these three in a row;
    whatever reads otherwise is passed over, since a picture is no place to fail.
    """
    entries = motion.provenance.get("timeline", ())
    if isinstance(entries, str | Mapping) or not isinstance(entries, Iterable):
        return ()
    spans = (_span(entry) for entry in entries)
    return tuple(sorted((s for s in spans if s is not None), key=lambda s: s.start))


def first_pass(motion: Motion) -> int:
    """Return the frame with which every move of a clip has been shown once, else the last."""
    spans = timeline_of(motion)
    counts = [_count(motion.provenance.get(key)) for key in ("moves", "left_out")]
    if not spans or counts[0] <= counts[1]:
        return motion.frames - 1
    over = spans[min(counts[0] - counts[1], len(spans)) - 1].end
    return min(max(round(over * motion.fps), 1), motion.frames - 1)


def move_at(spans: Sequence[Span], seconds: float) -> Span | None:
    """Return what is being done at a time [s]: the latest span begun and not over."""
    doing = [span for span in spans if span.start <= seconds <= span.end]
    return doing[-1] if doing else None


def _span(entry: Any) -> Span | None:
    if isinstance(entry, Mapping):
        entry = (entry.get("primitive", entry.get("name")), entry.get("start"), entry.get("end"))
    if not isinstance(entry, Sequence) or isinstance(entry, str) or len(entry) != 3:
        return None
    name, start, end = entry
    numbers = isinstance(start, int | float) and isinstance(end, int | float)
    return Span(name, float(start), float(end)) if isinstance(name, str) and numbers else None


def _count(entries: Any) -> int:
    return len(entries) if isinstance(entries, list | tuple) else 0
