"""Pictures that were drawn lately, so that judges who are shown the same need not wait for it."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from claims_env.chat import Picture
from claims_env.motion import Motion

ROOM = 64_000_000
"""All pictures kept [bytes]: a hundred and more of sixty frames, or twice that of fifteen."""


class Album:
    """Keeps the latest pictures, each under all it follows from; safe from several threads.

    Args:
        room: Size of all pictures kept [bytes]; a larger one is not kept at all.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._taken, self._lock = room, 0, Lock()
        self._pictures = OrderedDict[Hashable, Picture]()

    def picture(self, key: Hashable, draw: Callable[[], Picture]) -> Picture:
        """Return the picture kept under a key, or draw and keep it.

        Args:
            key: All that the picture follows from.
            draw: Draws it; who wants the same at the same moment may draw it too.
        """
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
        picture = draw()
        with self._lock:
            self._keep(key, picture)
        return picture

    def _keep(self, key: Hashable, picture: Picture) -> None:
        if key in self._pictures:
            return
        self._pictures[key] = picture
        self._taken += len(picture.data)
        while self._taken > self._room:
            self._taken -= len(self._pictures.popitem(last=False)[1].data)


def movement_digest(motion: Motion) -> str:
    """Return what tells a movement from others, whatever its name and its origin."""
    digest = hashlib.sha256(repr((motion.frames, float(motion.fps))).encode())
    for array in (motion.rotations, motion.root):
        digest.update(array.astype(float).tobytes())
    return digest.hexdigest()
