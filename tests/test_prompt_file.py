"""Texts for models in files: parts by name, and refusals that say what is wrong."""

from pathlib import Path

import pytest

from claims_env.errors import ConfigError
from claims_env.prompt_file import read_prompt_file

KNOWN = {"system": ("name",), "user": ()}
TEXT = "version: greeting 3\n\n## system\n\nSay hello to $name.\n\n## user\n\nNow, for 5 $$.\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "greeting.md"
    path.write_text(text, "utf-8")
    return path


def test_parts_are_filled_in_and_known_by_version_and_digest(tmp_path: Path) -> None:
    text = read_prompt_file(written(tmp_path, TEXT), KNOWN)
    assert text.fill("system", name="$user", other="unused") == "Say hello to $user."
    assert text.fill("user") == "Now, for 5 $."
    assert text.label == f"greeting 3 ({text.digest})" and len(text.digest) == 12


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version: greeting 3", "greeting", "Expected a line 'version: NAME'"),
        ("## user", "## person", "Found: system, person"),
        ("$name", "$nobody", r"'system' asks for \$nobody, which is not told here. Known: \$name"),
        ("$$.", "$.", "'user' holds a '\\$' that is no placeholder"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(ConfigError, match=told):
        read_prompt_file(written(tmp_path, TEXT.replace(old, new)), KNOWN)
