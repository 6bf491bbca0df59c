"""Word lists in somebody's Python source: found by shape, read as text, never run."""

from pathlib import Path

import numpy as np
import pytest

from claims_env.errors import LibraryError
from claims_env.formats.official_library import LARGEST, read_official_library
from claims_env.prompt import SLOTS
from claims_env.variable_library import VariableLibrary
from claims_env.word_file import WordFile

DRUMMING = """
def make_drumming():
    # the lists
    drums_vars = {
        "base_action": [
            # Simple (slow)
            "one tap", "two taps",
            # High-Difficulty
            "a paradiddle → roll",
        ],
        "combo_action": [
            # Easy ones
            "tap → roll",
            # Medium-Difficulty
            "roll → flam",
        ],
        "detail": [
            # Basic
            "loose wrists",
            # New and hard
            "crossed sticks",
        ],
        "speed_rhythm": [
            # Low
            "a slow march",
            # Medium
            "a swing",
            # High
            "a blast beat",
        ],
    }
    # the sentences
    drums_templates = [
        "A drummer plays {combo_action} with {detail} (loud), to {speed_rhythm}.",
        "A drummer plays {base_action} with {detail}, to {speed_rhythm}.",
        "From {combo_action} to {base_action}: {detail}, {speed_rhythm}.",
    ]
    raise RuntimeError("this must never run")
"""
DISPATCH = '\nGENERATORS = {"drumming": make_drumming}\nopen("/nowhere/at/all", "w")\n'


def clone(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    return folder


def ungraded(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.strip().startswith("#"))


def only(found: tuple[WordFile, ...]) -> WordFile:
    (file,) = found
    return file


def test_words_and_templates_are_read_in_their_order(tmp_path: Path) -> None:
    file = only(read_official_library(clone(tmp_path, anything=DRUMMING)))
    assert file.domain == "drums"
    assert [p.text for p in file.words.phrases["base_action"]] == [
        "one tap", "two taps", "a paradiddle → roll",
    ]  # fmt: skip
    assert len(file.words.templates) == 3
    # by hand: 2 * 2 * 3 without base, 3 * 2 * 3 without combo, 3 * 2 * 2 * 3 with both
    assert file.words.prompts == 12 + 18 + 36


def test_a_table_of_functions_gives_the_domain_its_name(tmp_path: Path) -> None:
    assert only(read_official_library(clone(tmp_path, a=DRUMMING + DISPATCH))).domain == "drumming"


def test_comments_become_tiers(tmp_path: Path) -> None:
    file = only(read_official_library(clone(tmp_path, a=DRUMMING)))
    tiers = {slot: [p.tier for p in file.words.phrases[slot]] for slot in SLOTS}
    assert tiers == {
        "base_action": [1, 1, 5],
        "combo_action": [1, 3],
        "detail": [1, 5],
        "speed_rhythm": [1, 3, 5],
    }
    assert "1, 3 and 5" in file.provenance["tiers"]


def test_without_comments_every_tier_is_unknown_and_says_so(tmp_path: Path) -> None:
    file = only(read_official_library(clone(tmp_path, a=ungraded(DRUMMING))))
    assert {p.tier for slot in SLOTS for p in file.words.phrases[slot]} == {3}
    assert "unknown" in file.provenance["tiers"]


def test_of_two_copies_the_graded_one_is_taken_whatever_their_order(tmp_path: Path) -> None:
    for graded, bare in (("a", "b"), ("b", "a")):
        clone(tmp_path, **{graded: DRUMMING, bare: ungraded(DRUMMING)})
        file = only(read_official_library(tmp_path))
        assert file.provenance["file"].startswith(f"{graded}.py:")


def test_two_different_lists_of_one_domain_are_refused_by_both_places(tmp_path: Path) -> None:
    clone(tmp_path, a=DRUMMING, b=DRUMMING.replace("two taps", "nine taps"))
    with pytest.raises(LibraryError, match=r"a\.py:4 and b\.py:4 hold different words for 'drums'"):
        read_official_library(tmp_path)


def test_what_is_imported_makes_a_library_whose_laws_hold(tmp_path: Path) -> None:
    file = only(read_official_library(clone(tmp_path, a=DRUMMING)))
    library = VariableLibrary({file.domain: file.words})
    rng = np.random.default_rng(0)
    for _ in range(100):
        prompt = library.sample(rng)
        assert library.parse(prompt.text) == prompt
        assert library.decode(library.encode([prompt])) == (prompt,)


def test_the_commit_and_the_files_hash_are_recorded(tmp_path: Path) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    (tmp_path / ".git" / "refs" / "heads").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    clone(tmp_path, a=DRUMMING)
    assert only(read_official_library(tmp_path)).provenance["commit"] is None
    (tmp_path / ".git" / "packed-refs").write_text(f"# packed\n{commit} refs/heads/main\n")
    facts = only(read_official_library(tmp_path)).provenance
    assert facts["commit"] == commit and len(facts["sha256"]) == 64
    (tmp_path / ".git" / "HEAD").write_text("ref: ../../secret\n")
    assert only(read_official_library(tmp_path)).provenance["commit"] is None


def test_files_of_no_concern_may_be_broken(tmp_path: Path) -> None:
    clone(tmp_path, a=DRUMMING, other="print 'Python 2'\n")
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe\x00")
    assert only(read_official_library(tmp_path)).domain == "drums"


def test_a_link_out_of_the_clone_is_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "clone", tmp_path / "elsewhere"
    inside.mkdir()
    outside.mkdir()
    clone(outside, a=DRUMMING)
    (inside / "a.py").symlink_to(outside / "a.py")
    with pytest.raises(LibraryError, match="no Python file in it holds word lists"):
        read_official_library(inside)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"two taps"', 'print("I ran")', r"a\.py:7: an entry of base_action is no plain string"),
        ('"two taps"', 'f"{print()}"', r"a\.py:7: an entry of base_action is no plain string"),
        ('"two taps"', '"two " + "taps"', r"a\.py:7: an entry of base_action is no plain string"),
        ('"two taps"', "2", r"a\.py:7: an entry of base_action"),
        ('"detail": [', '"detail": list() or [', r"a\.py:17: detail is no list of plain strings"),
        ("drums_templates", "sentences", r"a\.py:4: 'drums_vars' has no list of templates"),
        ("drums_vars = {", "drums_vars = {{", r"a\.py:\d+: it is no Python that can be read"),
        ("drums_vars", "Größe_vars", r"a\.py:4: 'größe' cannot name a domain"),
        ('"detail": [', '"details": [', r"no Python file in it holds word lists"),
    ],
)
def test_lists_that_cannot_be_read_are_refused_by_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    clone(tmp_path, a=DRUMMING.replace(old, new))
    with pytest.raises(LibraryError, match=said):
        read_official_library(tmp_path)
    assert capsys.readouterr().out == ""


def test_a_name_that_would_leave_the_folder_is_refused(tmp_path: Path) -> None:
    clone(tmp_path, a=DRUMMING + '\nTABLE = {"../../etc/passwd": make_drumming}\n')
    with pytest.raises(LibraryError, match="cannot name a domain"):
        read_official_library(tmp_path)


def test_a_file_of_absurd_depth_is_refused(tmp_path: Path) -> None:
    deep = f"{DRUMMING}\nx = {'-' * 200_000}1\n"
    with pytest.raises(LibraryError, match=r"a\.py.*no Python that can be read"):
        read_official_library(clone(tmp_path, a=deep))


def test_a_huge_file_is_refused_by_name_and_passed_over_in_a_folder(tmp_path: Path) -> None:
    huge = DRUMMING + "\n# " + "x" * LARGEST
    clone(tmp_path, huge=huge)
    with pytest.raises(LibraryError, match=r"huge\.py has over 4 MB"):
        read_official_library(tmp_path / "huge.py")
    clone(tmp_path, a=DRUMMING)
    assert only(read_official_library(tmp_path)).provenance["file"].startswith("a.py")


def test_a_clone_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="does not exist"):
        read_official_library(tmp_path / "nowhere")


def test_a_list_that_is_not_utf_8_is_refused_by_file_and_byte(tmp_path: Path) -> None:
    content = DRUMMING.encode().replace(b"loose wrists", b"pli\xe9 wrists")
    (tmp_path / "drums.py").write_bytes(content)
    place = content.index(0xE9)
    with pytest.raises(LibraryError, match=rf"^drums\.py: byte {place} \(0xe9\) is not UTF-8"):
        read_official_library(tmp_path)


def test_a_file_without_lists_may_be_in_any_encoding(tmp_path: Path) -> None:
    clone(tmp_path, drums=DRUMMING)
    (tmp_path / "other.py").write_bytes(b"name = '\xe9'\n")
    assert [file.domain for file in read_official_library(tmp_path)] == ["drums"]


def test_a_null_byte_is_called_one_and_placed(tmp_path: Path) -> None:
    (tmp_path / "drums.py").write_bytes(DRUMMING.encode() + b"\0")
    place = len(DRUMMING.encode())
    with pytest.raises(LibraryError, match=rf"^drums\.py: byte {place} is a null byte"):
        read_official_library(tmp_path)
