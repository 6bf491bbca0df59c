"""A corpus of a few made-up clips, and a network small enough to learn it in seconds."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from torch import Tensor

from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.training.corpus import Corpus, corpus_of
from claims_env.generators.mdm.training.recipe import Recipe
from claims_env.generators.mdm.word_hash import WordHash
from claims_env.humanml3d import CaptionedFeatures

FEATURES = 6
TINY = Architecture("trans_dec", 2, 16, 32, 2, text_width=8, features=FEATURES)
RECIPE = Recipe(batch=4, learning_rate=3e-3, longest=24, seed=3)
MOVES = ("walk", "run", "jump", "turn", "kick", "bow", "spin", "wave")


def made_up_clips(count: int = 8, features: int = FEATURES) -> list[CaptionedFeatures]:
    """Return sine waves of 17 frames and more, each with a pace and captions of its own."""
    clips: list[CaptionedFeatures] = []
    for index in range(count):
        times = np.arange(17 + 3 * index)[:, None]
        waves = np.sin(times * (index + 1) / 10 + np.arange(features)).astype(np.float32)
        captions = (f"a person {MOVES[index]}s", f"someone is about to {MOVES[index]}")
        clips.append(CaptionedFeatures(f"clip {index}", waves, captions))
    return clips


def words_to_features(sentences: Sequence[str]) -> list[Tensor]:
    encoder = WordHash(TINY.text_width)
    return [encoder.encode(sentence) for sentence in sentences]


def made_up_corpus(count: int = 8, features: int = FEATURES) -> Corpus:
    clips = made_up_clips(count, features)
    return corpus_of(clips, np.zeros(features), np.ones(features), words_to_features)


def full_width() -> Architecture:
    """Return the tiny network with as many features as HumanML3D has."""
    return replace(TINY, features=263)
