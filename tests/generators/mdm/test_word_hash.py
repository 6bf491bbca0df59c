import numpy as np
import pytest
import torch

from claims_env.errors import ConfigError
from claims_env.generators.mdm.text_encoder import TextEncoder
from claims_env.generators.mdm.word_hash import WordHash


def likeness(encoder: WordHash, one: str, other: str) -> float:
    # both stand in the first place, whose position is the same
    vectors = [encoder.encode(word)[0] for word in (one, other)]
    return float(torch.cosine_similarity(*vectors, dim=0))


def test_it_is_a_text_encoder_that_says_what_it_is() -> None:
    encoder: TextEncoder = WordHash(64)
    assert (encoder.name, encoder.width) == ("word_hash", 64)
    assert encoder.facts == {"name": "word_hash", "version": 1, "width": 64}


def test_words_give_rows_and_case_and_punctuation_do_not_matter() -> None:
    encoder = WordHash(64)
    features = encoder.encode("A person kicks, high!")
    assert features.shape == (4, 64)
    assert features.dtype == torch.float32
    assert features.equal(encoder.encode("a person kicks high"))


def test_the_order_of_words_matters() -> None:
    encoder = WordHash(64)
    assert not encoder.encode("kick then jump")[[2, 1, 0]].equal(encoder.encode("jump then kick"))


def test_forms_of_a_word_are_neighbours_and_strangers_are_not() -> None:
    encoder = WordHash(512)
    assert likeness(encoder, "kick", "kicks") > likeness(encoder, "kick", "waltz") + 0.15


def test_a_words_numbers_stay_what_models_were_trained_with() -> None:
    row = WordHash(8).encode("kick")[0].double().numpy()
    expected = [0.8944, 1.0, 0.0, 2.7889, 0.0, -0.7889, 0.8944, 1.0]
    np.testing.assert_allclose(row, expected, atol=1e-4)


@pytest.mark.parametrize("text", ["", "  ", "?!", "a " * 513])
def test_a_text_of_no_word_or_too_many_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="word"):
        WordHash(8).encode(text)


@pytest.mark.parametrize("width", [0, 7])
def test_an_odd_width_is_refused(width: int) -> None:
    with pytest.raises(ConfigError, match="even"):
        WordHash(width)
