"""What judges are told: the shipped files, files of one's own, and how wrong ones are explained."""

import hashlib
from pathlib import Path

import pytest

from claims_env.chat import Picture
from claims_env.errors import ConfigError
from claims_env.judges.alignment_question import BANDS, alignment_schema
from claims_env.judges.difficulty_question import SCHEMA
from claims_env.judges.prompt_text import SHIPPED, load_texts
from claims_env.plain_words import plain, quoted
from claims_env.rendering.figure import LEFT, RIGHT

PICTURE = Picture(b"", "image/png", 1, 1)
OWN = "version: mine 3\n\n## system\n\nLook.\n\n## user\n\n$seconds s, $frames frames. 5 $$.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "difficulty.md").write_text(OWN)
    return tmp_path


def test_the_shipped_texts_name_every_field_of_the_answer() -> None:
    texts = load_texts()
    for name in alignment_schema(["dance"])["properties"]:
        assert f"\n- {name}: " in texts.alignment.user
    for name in SCHEMA["properties"]:
        assert f"\n- {name}: " in texts.difficulty.user
    for verdict in BANDS:
        assert f'"{verdict}"' in texts.alignment.user


def test_the_answers_forms_are_ones_every_provider_can_hold_a_model_to() -> None:
    for schema in (alignment_schema(["dance"]), SCHEMA):
        assert schema["required"] == list(schema["properties"])
        assert schema["additionalProperties"] is False
        for field in schema["properties"].values():
            assert set(field) <= {"type", "enum", "minimum", "maximum"}


def test_the_texts_name_the_colours_the_painter_uses() -> None:
    assert max(LEFT) == LEFT[2] and max(RIGHT) == RIGHT[0]
    for text in (load_texts().alignment, load_texts().difficulty):
        assert "left arm and leg are blue, its right arm and leg are red" in text.system


def test_the_texts_say_that_the_camera_follows_who_travels_far() -> None:
    for text in (load_texts().alignment, load_texts().difficulty):
        assert "camera never turns" in text.system
        assert "along with a body that travels far it moves" in text.system


def test_the_difficulty_text_speaks_of_no_sentence_or_prompt() -> None:
    text = load_texts().difficulty
    assert "prompt" not in (text.system + text.user).lower()


def test_a_text_is_known_by_its_version_and_its_hash() -> None:
    text = load_texts().alignment
    digest = hashlib.sha256((SHIPPED / "alignment.md").read_bytes()).hexdigest()[:12]
    assert text.label == f"alignment 2 ({digest})"


def test_the_shipped_versions_stand_for_these_very_words() -> None:
    labels = (load_texts().alignment.label, load_texts().difficulty.label)
    # whoever changes a text raises its version, and then this line
    assert labels == ("alignment 2 (64b6f6e0b1f7)", "difficulty 2 (7d2750d9d67e)")


def test_a_folder_of_ones_own_replaces_what_it_holds(folder: Path) -> None:
    texts = load_texts(folder)
    assert texts.difficulty.version == "mine 3" and texts.alignment == load_texts().alignment
    system, user = texts.difficulty.messages(PICTURE, frames="15", seconds="6.0")
    assert (system.text, user.text) == ("Look.", "6.0 s, 15 frames. 5 $.")
    assert user.pictures == (PICTURE,)


def test_what_is_filled_in_is_not_filled_in_again(folder: Path) -> None:
    text = load_texts(folder).difficulty
    assert "$frames s" in text.messages(PICTURE, frames="15", seconds="$frames")[1].text


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("$seconds", "$prompt", r"asks for \$prompt, which is not told here. Known: \$frames"),
        ("$$.", "$.", r"holds a '\$' that is no placeholder"),
        ("version: mine 3\n", "", "is no prompt. Expected a line 'version: NAME'"),
        ("## user", "## you", "is no prompt"),
    ],
)
def test_a_text_that_cannot_be_used_is_explained(
    folder: Path, before: str, after: str, told: str
) -> None:
    (folder / "difficulty.md").write_text(OWN.replace(before, after))
    with pytest.raises(ConfigError, match=told) as error:
        load_texts(folder)
    assert str(folder / "difficulty.md") in str(error.value)


def test_an_alignment_text_without_the_prompt_is_refused(folder: Path) -> None:
    (folder / "alignment.md").write_text(OWN)
    with pytest.raises(ConfigError, match=r"alignment.md nowhere says \$prompt"):
        load_texts(folder)


def test_a_folder_without_any_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"holds none of alignment.md, difficulty.md. Copy them"):
        load_texts(tmp_path)


def test_a_text_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / "difficulty.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_texts(folder)


def test_plain_words_are_one_line_of_what_can_be_seen() -> None:
    assert plain("a\r\n\tb\u2028c") == "a b c"
    assert plain("\u202eevil\u200b \x00`x`") == "evil 'x'"
    assert plain("é ß 跳") == "é ß 跳"
    assert plain("x" * 300) == "x" * 300
    assert plain("x" * 301) == "x" * 299 + "…"


def test_quoted_words_cannot_end_their_quotation() -> None:
    assert quoted('say "no"\\') == r'"say \"no\"\\"'
