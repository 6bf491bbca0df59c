"""Named sets: a copy is counted before anything is spent on it, and says so if it is partial."""

from pathlib import Path

import pytest

from claims_env.errors import SuiteError
from claims_env.named_suite import (
    NAMED,
    TESTED,
    TESTED_CLIPS,
    AskedSuite,
    asked_suite,
    official_set,
    require_complete,
    shown_name,
)


def asked(text: str) -> AskedSuite:
    found = asked_suite(text)
    assert found is not None
    return found


def test_the_four_test_sets_have_2201_clips() -> None:
    assert TESTED_CLIPS == 663 + 45 + 1320 + 173 == 2201


@pytest.mark.parametrize("text", ["clips", "a/b=c", "kungfu", "my-kungfu=a", "kungfu2=a"])
def test_a_plain_path_names_no_set(text: str) -> None:
    assert asked_suite(text) is None


def test_a_name_and_a_path_are_told_apart_even_after_a_configuration_made_them_absolute() -> None:
    assert (asked("aist++=x/y.pkl").path, asked("aist++=x/y.pkl").is_partial) == (
        Path("x/y.pkl"),
        False,
    )
    assert asked("emdb:partial=a=b").path == Path("a=b")
    here = Path("here").absolute()
    assert asked(f"{here}/kungfu=x.pkl").path == here / "x.pkl"
    assert asked(f"{here}/kungfu:partial=/far/x.pkl").path == Path("/far/x.pkl")
    assert asked(f"{here}/kungfu:partial=/far/x.pkl").is_partial


def test_a_name_without_a_path_is_refused() -> None:
    with pytest.raises(SuiteError, match="kungfu=PATH"):
        asked_suite("kungfu=")


def test_a_copy_with_too_few_clips_is_refused_with_both_numbers_and_the_cure() -> None:
    with pytest.raises(SuiteError, match=r"holds 44 .* emdb has 45.*emdb:partial=x"):
        require_complete(asked("emdb=x"), ["a"] * 44)
    require_complete(asked("emdb:partial=x"), ["a"] * 44)
    require_complete(asked("emdb=x"), ["a"] * 45)


@pytest.mark.parametrize("text", ["emdb=x", "emdb:partial=x"])
def test_a_copy_with_too_many_clips_is_always_refused(text: str) -> None:
    with pytest.raises(SuiteError, match=r"holds 46 .* emdb has 45"):
        require_complete(asked(text), ["a"] * 46)


def test_clips_of_another_set_are_refused_by_name() -> None:
    names = [f"gBR_sBM_cAll_d04_mBR0_ch{i:02}" for i in range(3)]
    require_complete(asked("aist++:partial=x"), names)
    with pytest.raises(SuiteError, match=r"1 clip.* not named as aist.*'walk'"):
        require_complete(asked("aist++:partial=x"), [*names, "walk"])


def test_every_record_tells_that_a_copy_is_partial() -> None:
    assert shown_name(asked("emdb=x"), 45) == "emdb"
    assert shown_name(asked("emdb:partial=x"), 44) == "emdb-44-of-45"
    assert shown_name(asked("amass=x"), 7) == "amass"
    assert shown_name(asked("amass:partial=x"), 7) == "amass-partial"


def test_the_official_files_are_known_by_name() -> None:
    assert official_set("a/kungfu_g_clean.pkl") == "kungfu"
    assert official_set(Path("aist++_clean")) == "aist++"
    assert official_set("loop0.pkl") is None
    assert {name for name in NAMED if NAMED[name].clips} == set(TESTED)
