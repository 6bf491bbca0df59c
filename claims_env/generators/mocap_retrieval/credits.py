"""Credits: what the provenance of a retrieved clip says, down to the file and the second."""

from collections.abc import Sequence
from typing import Any

from claims_env.captioned_motion import CaptionedFolder
from claims_env.generators.mocap_retrieval.casting import Cast
from claims_env.generators.mocap_retrieval.recording import Recording
from claims_env.generators.mocap_retrieval.retiming import Retimed
from claims_env.generators.mocap_retrieval.splice import Strip
from claims_env.generators.mocap_retrieval.windows import Window


def credits(
    folder: CaptionedFolder,
    chosen: Cast,
    recordings: Sequence[Recording],
    strip: Strip,
    retimed: Retimed,
) -> dict[str, Any]:
    """Return what is known about where a clip came from, ready for JSON.

    Args:
        folder: Where the recordings lie.
        chosen: What plays which part.
        recordings: One per part.
        strip: The recordings put together.
        retimed: The strip fitted to the clip.
    """
    facts: dict[str, Any] = {
        "matched": chosen.matched,
        "not_understood": list(chosen.not_understood),
        "left_out": list(chosen.left_out),
        "clips": [_part(chosen, recordings, w) for w in _in_view(strip, retimed)],
        "seam_distances": [round(distance, 3) for distance in strip.distances],
        "tempo": round(retimed.tempo, 3),
        "held_s": round(retimed.held_s, 3),
        "folder": folder.name,
        "captions_from": folder.captions_from,
        "refused_files": len(folder.refused),
        "licence_files": list(folder.licences),
    }
    return facts if chosen.matched else {**facts, "chosen_by": chosen.stand_in}


def _in_view(strip: Strip, retimed: Retimed) -> list[Window]:
    """Return the windows of which the clip shows anything."""
    starts = [0, *(first for first, _ in strip.seams)]
    return [w for w, start in zip(strip.windows, starts, strict=True) if start < retimed.at[-1]]


def _part(chosen: Cast, recordings: Sequence[Recording], window: Window) -> dict[str, Any]:
    part, take = chosen.parts[window.part], recordings[window.part]
    source, last = take.source, min(window.stop, take.frames) - 1
    return {
        "clip": source.motion.name,
        "file": source.file,
        "sha256": source.sha256,
        "start_s": round(max(window.start, 0) / take.fps, 3),
        "end_s": round(last / take.fps, 3),
        "asked": list(part.asked),
        "caption": part.match.caption.text,
        "score": round(part.match.score, 3),
        "words": list(part.match.words),
    }
