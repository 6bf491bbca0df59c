import pytest

pytest.importorskip("torch")

from claims_env.errors import ConfigError
from claims_env.generators.mdm.word_hash import WordHash
from claims_env.generators.mdm.wordless import refuse_wordless


@pytest.mark.parametrize("text", ["", " \n", "...", "?!", "_", "-- &"])
def test_a_prompt_without_letter_or_digit_is_refused_as_by_word_hash(text: str) -> None:
    with pytest.raises(ConfigError, match="holds no word"):
        refuse_wordless(text)
    with pytest.raises(ConfigError, match="holds no word"):
        WordHash(8).encode(text)


@pytest.mark.parametrize("text", ["a", "360", "... jump!", "跳", "être"])
def test_a_letter_or_digit_of_any_script_is_enough_as_for_word_hash(text: str) -> None:
    refuse_wordless(text)
    assert len(WordHash(8).encode(text)) == 1
