"""Measures what every phrase of a domain does to a motion: design, clips, evidence.

The design is paired. For each slot, contexts are drawn once: a template that says the slot, phrases
for the other slots, and a seed. Every phrase of the slot is put into every context, so the
differences within a context are the phrases' own.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from claims_env.domain_words import slots_of
from claims_env.effects import (
    SUCCESS,
    agreement,
    composite,
    differences,
    estimates,
    fifths,
    tier_of,
)
from claims_env.errors import LibraryError
from claims_env.evidence import PhraseEvidence, SlotEvidence
from claims_env.generator import MotionGenerator
from claims_env.motion import Motion
from claims_env.motion_filter import Verdict
from claims_env.prompt import SLOTS, UNSAID, Phrase, Prompt
from claims_env.rotation import Floats
from claims_env.variable_library import VariableLibrary

Figures = Callable[[Mapping[str, float]], float]

KINEMATIC: Mapping[str, tuple[tuple[str, ...], Figures]] = {
    "speed": (("mean_speed",), lambda m: m["mean_speed"]),
    "airtime": (("airborne", "seconds"), lambda m: m["airborne"] * m["seconds"]),
    "rotation": (
        ("turned_in_all", "inversions"),
        lambda m: m["turned_in_all"] + m["inversions"],
    ),
    "effort": (("effort",), lambda m: m["effort"]),
}
"""What is measured of a clip, and from which figures of `MotionFeatures`.

Mean joint speed [m/s]; time in the air [s]; turns about the vertical plus turns upside down; and
what its joints have to bring up. A figure that is not measured is left out.
"""

UNITS = {"speed": "m/s", "airtime": "s", "rotation": "turns", "effort": "", SUCCESS: "share"}


LEVEL = 3
"""The tier every phrase has where only the words are to be heard."""


@dataclass(frozen=True, slots=True)
class Context:
    """What all phrases of a slot are put into.

    Attributes:
        prompt: A sentence; the slot's phrase in it is to be replaced.
        seed: What the generator draws with.
    """

    prompt: Prompt
    seed: int

    def with_phrase(self, slot: str, phrase: Phrase) -> Prompt:
        """Return the prompt with another phrase in a slot."""
        said: dict[str, Phrase] = {slot: phrase}
        return replace(self.prompt, **said)  # type: ignore[arg-type]  # the slots are phrases

    def levelled(self) -> "Context":
        """Return the context with every phrase at `LEVEL`."""
        said = {slot: levelled(self.prompt.slots[slot]) for slot in self.prompt.said}
        return replace(self, prompt=replace(self.prompt, **said))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Trial:
    """One context, performed with every phrase of the slot.

    Attributes:
        measures: For each measure, one figure per phrase.
        passed: Whether the motion filter lets each clip pass.
        version: What the generator calls its version, or None.
        motions: The clips, where they were asked for.
    """

    measures: dict[str, list[float]]
    passed: list[bool]
    version: str | None
    motions: list[Motion]


def levelled(phrase: Phrase) -> Phrase:
    """Return a phrase at `LEVEL`."""
    return replace(phrase, tier=LEVEL)


def contexts(
    library: VariableLibrary, domain: str, slot: str, *, clips: int, seed: int
) -> list[Context]:
    """Draw the contexts of a slot; none if no template says it.

    Equal words and seeds give equal contexts, whatever other domains there are.
    """
    words = library.words(domain)
    users = [template for template in words.templates if slot in slots_of(template)]
    name = int.from_bytes(hashlib.sha256(f"{domain} {slot}".encode()).digest()[:4])
    rng = np.random.default_rng([seed, name])
    drawn: list[Context] = []
    for _ in range(clips if users else 0):
        template = users[int(rng.integers(len(users)))]
        # drawn for every slot, so that a context does not hang on what templates leave out
        picked = {s: words.phrases[s][int(rng.integers(len(words.phrases[s])))] for s in SLOTS}
        said = slots_of(template)
        filled = {s: picked[s] if s in said else UNSAID for s in SLOTS}
        drawn.append(Context(Prompt(domain, template, **filled), int(rng.integers(2**30))))
    return drawn


def perform(
    library: VariableLibrary,
    slot: str,
    context: Context,
    generator: MotionGenerator,
    check: Callable[[Motion], Verdict],
    *,
    words_alone: bool = False,
    keep_motions: bool = False,
) -> Trial:
    """Put every phrase of a slot into a context and measure the clips.

    Args:
        library: The words.
        slot: Whose phrases.
        context: Where to put them.
        generator: Who makes the clips.
        check: The motion filter, which measures them too.
        words_alone: Tell the generator `LEVEL` for every phrase, so that only words differ.
        keep_motions: Return the clips as well.
    """
    phrases: Sequence[Phrase] = library.words(context.prompt.domain).phrases[slot]
    if words_alone:
        context, phrases = context.levelled(), [levelled(phrase) for phrase in phrases]
    prompts = [context.with_phrase(slot, phrase) for phrase in phrases]
    motions = generator.generate(prompts, [context.seed] * len(prompts))
    verdicts = [check(motion) for motion in motions]
    figures = [verdict.measures for verdict in verdicts]
    known = [name for name, (needs, _) in KINEMATIC.items() if all(n in figures[0] for n in needs)]
    version = motions[0].provenance.get("version")
    return Trial(
        measures={name: [float(KINEMATIC[name][1](f)) for f in figures] for name in known},
        passed=[verdict.passed for verdict in verdicts],
        version=None if version is None else str(version),
        motions=motions if keep_motions else [],
    )


def weigh(phrases: Sequence[Phrase], slot: str, trials: Sequence[Trial]) -> SlotEvidence:
    """Return what a slot's trials say of its phrases.

    Raises:
        LibraryError: There is no trial, or a figure is not finite.
    """
    if not trials:
        raise LibraryError(f"No clip was made for {slot}. Ask for at least one with --clips.")
    tables = {name: _table(trials, name) for name in trials[0].measures}
    effects = {name: estimates(differences(table)) for name, table in tables.items()}
    difficulty = estimates(composite(tables))
    means = [estimate.mean for estimate in difficulty]
    passed = np.mean([trial.passed for trial in trials], axis=0)
    weighed = tuple(
        PhraseEvidence(
            text=phrase.text,
            tier=phrase.tier,
            measured=measured,
            measured_low=tier_of(difficulty[i].low, means),
            measured_high=tier_of(difficulty[i].high, means),
            difficulty=difficulty[i],
            effects={name: effects[name][i] for name in tables},
            passed=float(passed[i]),
        )
        for i, (phrase, measured) in enumerate(zip(phrases, fifths(means), strict=True))
    )
    return SlotEvidence(slot, agreement([phrase.tier for phrase in phrases], means), weighed)


def _table(trials: Sequence[Trial], name: str) -> Floats:
    table = np.array([trial.measures[name] for trial in trials]).T
    if not np.isfinite(table).all():
        raise LibraryError(f"The measure '{name}' is not finite for a clip. Check the generator.")
    return table
