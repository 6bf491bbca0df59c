from dataclasses import replace

import numpy as np
import pytest
from generators.mdm.training.small_corpus import (
    FEATURES,
    made_up_clips,
    made_up_corpus,
    words_to_features,
)

from claims_env.errors import MotionError
from claims_env.generators.mdm.training.corpus import corpus_of
from claims_env.humanml3d import CaptionedFeatures


def corpus(clips: list[CaptionedFeatures]) -> object:
    return corpus_of(clips, np.zeros(FEATURES), np.ones(FEATURES), words_to_features)


def test_features_are_normalised_and_each_sentence_is_encoded_once() -> None:
    clips = made_up_clips(2)
    clips[1] = replace(clips[1], captions=clips[0].captions)
    made = corpus_of(clips, np.ones(FEATURES), np.full(FEATURES, 2.0), words_to_features)
    np.testing.assert_allclose(made.clips[0], (clips[0].features - 1) / 2, atol=1e-6)
    assert len(made.texts) == 2
    assert made.captions[0] == made.captions[1]


def test_the_digest_follows_clips_and_sentences() -> None:
    clips = made_up_clips()
    digest = made_up_corpus().digest
    assert corpus_of(clips, np.zeros(6), np.ones(6), words_to_features).digest == digest
    others = [*clips[:-1], replace(clips[-1], captions=("another",))]
    assert corpus_of(others, np.zeros(6), np.ones(6), words_to_features).digest != digest


def test_a_clip_that_cannot_be_learned_from_is_refused_by_name() -> None:
    good = made_up_clips(1)[0]
    broken = good.features.copy()
    broken[3, 2] = np.nan
    for clip, problem in [
        (replace(good, features=good.features[:7]), "7 frames"),
        (replace(good, features=good.features[:, :5]), "shape"),
        (replace(good, features=broken), "NaN"),
        (replace(good, captions=()), "nothing is said"),
    ]:
        with pytest.raises(MotionError, match=f"clip 0.*{problem}"):
            corpus([clip])
    with pytest.raises(MotionError, match="no clip"):
        corpus([])
