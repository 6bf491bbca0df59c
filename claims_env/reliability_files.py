"""What a reliability test leaves behind: its figures as JSON, and every clip as CSV."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from claims_env.judge import Difficulty
from claims_env.records import to_json
from claims_env.reliability import RatedClip, Rating, Reliability

FORMAT = "claims_env judge reliability 1"
"""Written into every summary."""


def reliability_json(found: Reliability, conditions: Mapping[str, Any]) -> str:
    """Return all figures and the conditions they were found under, as JSON text.

    Args:
        found: The figures.
        conditions: What they follow from, such as the generator, the seed and the versions.
    """
    content = {"format": FORMAT, **to_json(conditions), **to_json(found)}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def ratings_csv(clips: Sequence[RatedClip]) -> str:
    """Return a row for each clip, judge and asking; a missing score is empty, its reason beside it.

    The columns are clip, tier, mean_speed [m/s], judge, asking (from 1), score, missing, rationale,
    the judge's descriptors as JSON, and the prompt, which no judge was shown. Speeds have all their
    digits: rounded, two of them could be equal, and ranks would no longer be those of the summary.
    """
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(_COLUMNS)
    for clip in clips:
        for judge, ratings in clip.ratings.items():
            for asking, rating in enumerate(ratings, 1):
                table.writerow([*_facts(clip), judge, asking, *_told(rating), clip.text])
    return stream.getvalue()


_COLUMNS = (
    "clip", "tier", "mean_speed", "judge", "asking", "score", "missing", "rationale",
    "descriptors", "prompt",
)  # fmt: skip


def _facts(clip: RatedClip) -> list[Any]:
    return [clip.name, "" if clip.tier is None else clip.tier, repr(float(clip.mean_speed))]


def _told(rating: Rating) -> list[Any]:
    if isinstance(rating, Difficulty):
        descriptors = json.dumps(rating.descriptors, sort_keys=True, ensure_ascii=False)
        return [rating.score, "", rating.rationale, descriptors]
    return ["", rating.reason, "", ""]
