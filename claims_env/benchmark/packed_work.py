"""Work on its way to another process that may not yet know where its code is."""

import pickle
import sys
from dataclasses import dataclass

from claims_env.benchmark.played import Work


@dataclass(frozen=True, slots=True)
class PackedWork:
    """Work, pickled, and where code is looked for here: a scheduler of one's own must be found.

    Attributes:
        path: As `sys.path` is here.
        data: The work.
    """

    path: tuple[str, ...]
    data: bytes

    @classmethod
    def of(cls, work: Work) -> "PackedWork":
        """Return work packed for a process on this computer, or one that shares its files."""
        return cls(tuple(sys.path), pickle.dumps(work))

    def unpacked(self) -> Work:
        """Return the work; from now on its code is found here, too."""
        sys.path.extend(place for place in self.path if place not in sys.path)
        work: Work = pickle.loads(self.data)
        return work
