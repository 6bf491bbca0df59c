"""Does feasibility tell sound clips from spoiled ones? The area under the ROC curve, by kind.

Sound clips are real and composed, half and half; the spoiled ones are made of others of either
kind: raised, hovering for a while, falling slowly, or jumping from place to place.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import tyro

from claims_env.assembly import build_generator, whole_library
from claims_env.assembly.planning import assess_clips, load_clips
from claims_env.motion import Motion
from claims_env.rotation import about, multiply, slerp
from claims_env.skeleton import INDEX

Spoil = Callable[[Motion, np.random.Generator], Motion]


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure."""

    mocap: Path = Path(os.environ.get("CLAIMS_MOCAP_DIR", "../shared/data/mocap_public"))
    """Folder of real clips."""
    clips: int = 40
    """How many sound clips, and how many spoiled ones."""
    seed: int = 0
    """Draws the clips, the prompts, and how each is spoiled."""
    workers: int = 0
    """Processor cores to use; 0 takes every core there is."""


def floating(clip: Motion, rng: np.random.Generator) -> Motion:
    """Return the clip 15 cm up or more."""
    return replace(clip, root=clip.root + [0, 0, rng.uniform(0.15, 0.4)])


def hovering(clip: Motion, rng: np.random.Generator) -> Motion:
    """Return the clip lifted by 20 cm or more for about a second."""
    frames = int(min(0.6 * clip.frames, rng.uniform(0.7, 1.5) * clip.fps))
    time = np.arange(clip.frames) - rng.integers(0, clip.frames - frames)
    share = np.clip(np.minimum(time, frames - time) / 6, 0, 1)
    return replace(clip, root=clip.root + share[:, None] * [0, 0, rng.uniform(0.2, 0.45)])


def airborne(clip: Motion) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return in which frames every joint is 10 cm higher than when the clip stands."""
    lowest = clip.joints[..., 2].min(1)
    return np.asarray(lowest > np.percentile(lowest, 10) + 0.1)


def slowly_falling(clip: Motion, rng: np.random.Generator) -> Motion:
    """Return the clip with its flights about twice as long, so that gravity is a quarter."""
    pace = np.where(airborne(clip), rng.uniform(1.8, 2.5), 1.0)
    ends = np.cumsum(pace)
    at = np.interp(np.arange(int(ends[-1])), ends - pace[0], np.arange(clip.frames))
    first = np.minimum(at.astype(int), clip.frames - 2)
    share = (at - first)[:, None]
    rotations = slerp(clip.rotations[first], clip.rotations[first + 1], share)
    root = clip.root[first] * (1 - share) + clip.root[first + 1] * share
    return replace(clip, rotations=rotations, root=root)


def jumping(clip: Motion, rng: np.random.Generator) -> Motion:
    """Return the clip displaced by 35 cm or more at one frame, or at up to three."""
    root = clip.root.copy()
    for _ in range(rng.integers(1, 4)):
        way, far = rng.uniform(0, 2 * np.pi), rng.uniform(0.35, 0.9)
        at = rng.integers(int(0.15 * clip.frames), int(0.85 * clip.frames))
        root[at:, :2] += far * np.array([np.cos(way), np.sin(way)])
    return replace(clip, root=root)


def jumping_feet(clip: Motion, rng: np.random.Generator) -> Motion:
    """Return the clip with a leg somewhere else for some frames, two to four times."""
    rotations = clip.rotations.copy()
    for _ in range(rng.integers(2, 5)):
        at = rng.integers(int(0.1 * clip.frames), int(0.85 * clip.frames))
        frames = slice(at, at + int(rng.integers(2, 8)))
        hip = INDEX[("L_Hip", "R_Hip")[rng.integers(2)]]
        swing = about("x", rng.choice([-1, 1]) * rng.uniform(0.6, 1.2))
        rotations[frames, hip] = multiply(
            np.broadcast_to(swing, rotations[frames, hip].shape), rotations[frames, hip]
        )
    return replace(clip, rotations=rotations)


KINDS: tuple[Spoil, ...] = (floating, hovering, slowly_falling, jumping, jumping_feet)


def clips(options: Options) -> tuple[list[Motion], list[Motion]]:
    """Return sound clips and spoiled ones; no clip is among both."""
    rng, library, half = np.random.default_rng(options.seed), whole_library(), options.clips // 2
    real = load_clips([options.mocap])[0]
    real = [real[i] for i in rng.permutation(len(real))]
    prompts = [library.sample(rng) for _ in range(options.clips)]
    seeds = [int(seed) for seed in rng.integers(0, 10_000, options.clips)]
    made = build_generator("composer").generate(prompts, seeds)
    made = [clip.renamed(f"composed {i}") for i, clip in enumerate(made)]
    sources = real[half : 2 * half] + made[half:]
    flying = [clip for clip in sources if airborne(clip).sum() >= 0.2 * clip.fps]
    spoiled: list[Motion] = []
    for i, source in enumerate(sources):
        kind = KINDS[i % len(KINDS)]
        clip = flying[i // len(KINDS) % len(flying)] if kind is slowly_falling else source
        spoiled.append(kind(clip, rng).renamed(f"{kind.__name__} {i}: {clip.name}"))
    return real[:half] + made[:half], spoiled


def area(sound: list[float], spoiled: list[float]) -> float:
    """Return the chance that a sound clip scores higher than a spoiled one."""
    above = np.subtract.outer(sound, spoiled)
    return float((above > 0).mean() + (above == 0).mean() / 2)


def main(options: Options) -> None:
    sound, spoiled = clips(options)
    found = assess_clips(
        sound + spoiled, body="lite", seed=0, correct=False, threads=options.workers
    )
    scores = [clip.feasibility.score for clip in found]
    good, bad = scores[: len(sound)], scores[len(sound) :]
    for clip in sorted(found, key=lambda clip: clip.feasibility.score):
        f = clip.feasibility
        print(
            f"{f.score:.3f}  lift {f.lift:.2f}  jump {f.jump:.2f}  shift {f.shift:.2f}  "
            f"off floor {f.off_floor:.2f}  {clip.motion.name}"
        )
    for kind in KINDS:
        of_kind = [
            s for s, c in zip(bad, spoiled, strict=True) if c.name.startswith(f"{kind.__name__} ")
        ]
        print(f"{kind.__name__}: AUC {area(good, of_kind):.3f} ({len(of_kind)} clips)")
    seconds = sum(clip.feasibility.seconds for clip in found)
    spent = sum(clip.feasibility.core_seconds for clip in found)
    print(f"all: AUC {area(good, bad):.3f}; {spent / seconds:.2f} core-seconds per second of clip")


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
