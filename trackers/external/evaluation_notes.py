"""What else is worth keeping of evaluations: who performed, and where figures need a word."""

from typing import Any

from claims_env.trackers.external.performance import Performed


class EvaluationNotes:
    """Collects what evaluations told, for the record."""

    def __init__(self) -> None:
        self._versions: dict[str, Any] = {}
        self._all: dict[str, list[str]] = {"judged_otherwise": [], "diverged": []}
        self._new: dict[str, list[str]] = {"judged_otherwise": [], "diverged": []}

    @property
    def facts(self) -> dict[str, Any]:
        """Of every evaluation so far.

        `versions` of what performed last and whether it was a `double`; and by name the clips whose
        success the tracker itself judges otherwise, and those whose simulation `diverged`.
        """
        is_double = bool(self._versions.get("double"))
        return {"versions": self._versions, "double": is_double, **self._all}

    def take(self, found: Performed, versions: dict[str, Any]) -> None:
        """Keep what an evaluation told."""
        self._versions = versions
        for notes in (self._all, self._new):
            notes["judged_otherwise"] += found.disagreements
            notes["diverged"] += found.diverged

    def news(self) -> dict[str, list[str]]:
        """Return the clips since this was last asked."""
        told, self._new = self._new, {name: [] for name in self._new}
        return told
