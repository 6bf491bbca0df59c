"""The retrieval generator: answers a prompt with recordings of people that fit its words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.captioned_motion import CaptionedFolder
from claims_env.errors import MotionError
from claims_env.generators.mocap_retrieval.caption_index import CaptionIndex
from claims_env.generators.mocap_retrieval.casting import Cast, cast
from claims_env.generators.mocap_retrieval.credits import credits
from claims_env.generators.mocap_retrieval.lifting import lift
from claims_env.generators.mocap_retrieval.mirroring import mirror
from claims_env.generators.mocap_retrieval.recording import Recording, record
from claims_env.generators.mocap_retrieval.request import Request, read_request
from claims_env.generators.mocap_retrieval.retiming import FASTEST, SLOWEST, Retimed, retime
from claims_env.generators.mocap_retrieval.seam import moved
from claims_env.generators.mocap_retrieval.splice import Strip, splice
from claims_env.generators.mocap_retrieval.windows import choose_windows, span
from claims_env.generators.mocap_retrieval.words import stems
from claims_env.motion import Motion
from claims_env.motion_repair import repair
from claims_env.prompt import Prompt, text_of
from claims_env.rotation import about, multiply

NAME = "mocap_retrieval"

VERSION = "1"
"""Raised whenever the same prompt, seed and folder would give other bytes."""

HELD = 18
"""Frames that may rather be held at the end than filled by a repeat."""


class MocapRetrieval:
    """Finds recordings by their captions, cuts and joins them, and fits them to the clip.

    Args:
        folder: Clips and what is said about them, such as `claims_env.formats` reads.
        frames: Frames per clip.
        fps: Frames per second.

    Raises:
        MotionError: No caption of the folder names an action, so that nothing can be found.
    """

    def __init__(self, folder: CaptionedFolder, *, frames: int = 180, fps: float = 30.0) -> None:
        self._index = CaptionIndex(folder.clips)
        if not self._index.actions:
            raise MotionError(
                folder.name,
                f"no caption of its {len(folder.clips)} clip(s) names an action.",
                "Describe the clips, or name the files after what they show.",
            )
        self._folder, self._frames, self._fps = folder, frames, fps
        self._recordings: dict[int, Recording] = {}

    @property
    def name(self) -> str:
        """See `MotionGenerator`."""
        return NAME

    @property
    def digest(self) -> str:
        """A hash of the recordings and captions it looks up in."""
        return self._folder.digest

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        """See `MotionGenerator`."""
        return [self._one(p, s) for p, s in zip(prompts, seeds, strict=True)]

    def _one(self, prompt: Prompt | str, seed: int) -> Motion:
        rng = np.random.default_rng(seed)
        request = read_request(prompt)
        chosen = cast(request, self._index, rng)
        take = _draw(rng, request, chosen)
        recordings = [self._recording(part.match.clip) for part in chosen.parts]
        strip, retimed = self._played(chosen, recordings, take.tempo)
        motion = repair(self._presented(retimed, take, f"{_lead(recordings)}-{seed}"))
        return motion.with_provenance(
            generator=NAME,
            version=VERSION,
            seed=seed,
            prompt=text_of(prompt),
            mirrored=take.is_mirrored,
            **credits(self._folder, chosen, recordings, strip, retimed),
            **request.told,
        )

    def _recording(self, clip: int) -> Recording:
        if clip not in self._recordings:
            self._recordings[clip] = record(self._folder.clips[clip], self._fps)
        return self._recordings[clip]

    def _played(
        self, chosen: Cast, recordings: Sequence[Recording], tempo: float
    ) -> tuple[Strip, Retimed]:
        """Return the recordings cut and joined, and what fits the clip of that."""
        steps = self._frames - 1
        wanted, enough = round(steps * tempo) + 1, round(steps * SLOWEST) - HELD
        pairs = zip(chosen.parts, recordings, strict=True)
        spans = [span(part.match.caption, take.frames, self._fps) for part, take in pairs]
        counts = [part.count for part in chosen.parts]
        windows = choose_windows(recordings, spans, counts, wanted, enough)
        strip = splice(recordings, windows, wanted)
        return strip, retime(strip.rotations, strip.root, self._frames, self._fps)

    def _presented(self, retimed: Retimed, take: "_Take", name: str) -> Motion:
        """Return the motion from the origin, facing where the take says, mirrored if it says so."""
        rotations, root = retimed.rotations, retimed.root
        if take.is_mirrored:
            rotations, root = mirror(rotations, root)
        turn = multiply(about("z", take.yaw), rotations[:, 0])
        rotations = np.concatenate([turn[:, None], rotations[:, 1:]], axis=1)
        root = moved(root - [*root[0, :2], 0.0], take.yaw, np.zeros(2))
        return Motion(rotations, lift(rotations, root), self._fps, name)


@dataclass(frozen=True, slots=True)
class _Take:
    """What the seed decides beside the recordings.

    Attributes:
        yaw: Heading of the whole clip [rad].
        is_mirrored: Whether left and right are exchanged.
        tempo: How fast to play, 1 as recorded.
    """

    yaw: float
    is_mirrored: bool
    tempo: float


def _lead(recordings: Sequence[Recording]) -> str:
    return recordings[0].source.motion.name


def _draw(rng: np.random.Generator, request: Request, chosen: Cast) -> _Take:
    """Draw a take; where prompt or captions speak of left or right, nothing is mirrored."""
    said = {word for part in chosen.parts for word in stems(part.match.caption.text)}
    is_mirrored = bool(rng.random() < 0.5)
    tempo = request.tempo * (1 + rng.uniform(-0.03, 0.03))
    sided = {"left", "right"} & {*request.words, *said}
    return _Take(
        yaw=float(rng.uniform(-np.pi, np.pi)),
        is_mirrored=is_mirrored and not sided,
        tempo=min(max(tempo, SLOWEST), FASTEST),
    )
