"""Sentences that say what a person does, made without any library: a small grammar of our own.

They stand in for the paper's baseline of 200 generic prompts by a language model (App. C.3), which
begin with the same two words, describe a movement, and repeat none. How demanding a move is, 1 to
5, is our guess from its words.
"""

from collections.abc import Collection, Mapping

import numpy as np

from claims_env.free_sentence import folded

OPENING = "The person"
"""What every sentence begins with (App. C.3)."""

DEMANDS = (1, 2, 3, 4, 5)

MOVES: Mapping[int, tuple[str, ...]] = {
    1: (
        "stands still",
        "walks forward",
        "walks backward",
        "takes a few steps to the side",
        "waves with one hand",
        "looks around",
        "bows",
        "stretches both arms overhead",
        "turns around",
        "sits down and stands up",
    ),
    2: (
        "marches on the spot",
        "climbs some steps",
        "picks something up from the floor",
        "squats",
        "jogs in a circle",
        "sways from side to side",
        "throws a ball",
        "pushes something heavy away",
        "kneels down and rises",
        "swings both arms",
    ),
    3: (
        "runs forward",
        "hops on one leg",
        "lunges to the left and to the right",
        "kicks a ball",
        "dances a few steps",
        "crawls along the floor",
        "does jumping jacks",
        "punches with both fists",
        "skips along a line",
        "ducks under a bar",
    ),
    4: (
        "sprints and stops short",
        "jumps over a low fence",
        "kicks high with the right leg",
        "spins on one foot",
        "rolls over the shoulder",
        "leaps to the side",
        "dodges and strikes back",
        "jumps with a half turn",
        "drops to the floor and springs up",
        "shuffles sideways and lunges",
    ),
    5: (
        "does a cartwheel",
        "flips backward",
        "flips forward",
        "jumps with a full turn",
        "kicks while spinning in the air",
        "walks on both hands",
        "leaps with the legs split wide",
        "dives into a roll",
        "springs from the hands back onto the feet",
        "twists through the air",
    ),
}
"""What a person may do, by how demanding it is."""

MANNERS: Mapping[int, tuple[str, ...]] = {
    1: ("slowly", "calmly", "at ease", "with small movements"),
    2: ("at a steady pace", "with care", "in a relaxed way", "without hurry"),
    3: ("with energy", "in rhythm", "with long strides", "at a brisk pace"),
    4: ("quickly", "with full force", "with wide movements", "changing direction at once"),
    5: ("explosively", "as fast as possible", "without a pause", "with sudden bursts of speed"),
}
"""How a person may do it, likewise."""

JOINTS = (" and", " and then", ", then")
"""What stands between two moves."""


def random_sentence(rng: np.random.Generator, demand: float | None = None) -> str:
    """Return a sentence of one to three moves.

    Args:
        rng: Where the draws come from.
        demand: How demanding, 1 to 5, in the mean of its words; None draws every word from all.
    """
    moves: list[str] = []
    for _ in range(1 + int(rng.integers(3))):
        left = [move for move in MOVES[_level(rng, demand)] if move not in moves]
        moves.append(left[int(rng.integers(len(left)))])
    said = moves[0]
    for move in moves[1:]:
        said += f"{JOINTS[int(rng.integers(len(JOINTS)))]} {move}"
    if rng.integers(4):
        manners = MANNERS[_level(rng, demand)]
        said += f", {manners[int(rng.integers(len(manners)))]}"
    return f"{OPENING} {said}."


def random_prompts(count: int, seed: int, *, but: Collection[str] = ()) -> tuple[str, ...]:
    """Return so many different sentences; there are millions.

    Args:
        count: How many.
        seed: What they are drawn with.
        but: Sentences not to be said again.
    """
    rng, told = np.random.default_rng(seed), {folded(said) for said in but}
    sentences: list[str] = []
    while len(sentences) < count:
        sentences.append(unsaid_sentence(rng, told))
        told.add(folded(sentences[-1]))
    return tuple(sentences)


def unsaid_sentence(
    rng: np.random.Generator, told: Collection[str], demand: float | None = None
) -> str:
    """Return a sentence that was not said before.

    Args:
        rng: Where the draws come from.
        told: What was, folded (see `free_sentence`).
        demand: As for `random_sentence`.
    """
    while folded(sentence := random_sentence(rng, demand)) in told:
        continue
    return sentence


def demand_of(sentence: str) -> float | None:
    """Return how demanding the words of a sentence of this grammar are, in the mean, 1 to 5.

    None for a sentence in which the grammar knows no words.
    """
    words = f" {sentence.replace(',', '').rstrip('.')} "
    known = [
        level
        for table in (MOVES, MANNERS)
        for level, phrases in table.items()
        for phrase in phrases
        if f" {phrase} " in words
    ]
    return sum(known) / len(known) if known else None


def _level(rng: np.random.Generator, demand: float | None) -> int:
    if demand is None:
        return DEMANDS[int(rng.integers(len(DEMANDS)))]
    # between two levels each is drawn as often as the demand is near it
    low = int(demand)
    level = low + int(rng.random() < demand - low)
    return min(max(level, DEMANDS[0]), DEMANDS[-1])
