"""Configurations: YAML in and out, and how wrong ones are explained."""

from pathlib import Path

import pytest

from claims_env.config import RunConfig, TrackerConfig, from_yaml, read_config, to_yaml
from claims_env.errors import ConfigError, UnknownName
from claims_env.presets import ABOUT, PRESETS, preset


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_survives_yaml(name: str) -> None:
    assert from_yaml(to_yaml(PRESETS[name]), "test") == PRESETS[name]
    assert name in ABOUT


def test_the_papers_presets_have_the_papers_size() -> None:
    for name in ("paper-phc", "paper-maskedmimic"):
        assert PRESETS[name].sets == 200
        assert PRESETS[name].tracker.assist == 0
    assert PRESETS["paper-phc"].rounds == 7


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scheduller: rule", "no setting 'scheduller'. Did you mean 'scheduler'"),
        ("tracker: {asist: 0.3}", "no setting 'tracker.asist'. Did you mean 'assist'"),
        ("rounds: many", "'rounds' is 'many', of type str. Expected a value of type int"),
        ("rounds: 0", "'rounds' is 0. Expected at least 1"),
        ("tracker: {assist: 1.5}", "'tracker.assist' is 1.5. Expected from 0 to 1"),
        ("filter: strict", "'filter' is 'strict'. Expected one of default, official"),
        ("[1, 2]", "Expected a mapping"),
        ("a: [", "is no valid YAML"),
    ],
)
def test_a_wrong_configuration_is_explained(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError) as error:
        read_config(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_what_a_file_leaves_out_keeps_its_default() -> None:
    assert from_yaml("seed: 3", "test") == RunConfig(seed=3)


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path / "nothing.yaml")


def test_an_unknown_preset_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'quick'"):
        preset("quik")


def test_paths_are_written_in_full_so_that_a_run_resumes_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = RunConfig(
        library=Path("words"), suite=(Path("clips"),), generator="mocap_retrieval:mocap/x"
    )
    text = to_yaml(config)
    monkeypatch.chdir(tmp_path.parent)
    read = from_yaml(text, "test")
    assert read.library == tmp_path / "words" and read.suite == (tmp_path / "clips",)
    assert read.generator == f"mocap_retrieval:{tmp_path / 'mocap/x'}"
    assert to_yaml(read) == text


def test_a_body_and_a_base_of_ones_own_are_written_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    options = {"body": "mine.xml", "base": "other.npz"}
    tracker = from_yaml(
        to_yaml(RunConfig(tracker=TrackerConfig(base="mine.npz", options=options))), ""
    )
    assert tracker.tracker.base == str(tmp_path / "mine.npz")
    assert tracker.tracker.options == {name: str(tmp_path / options[name]) for name in options}


def test_a_base_and_a_body_that_are_no_files_are_written_as_they_are() -> None:
    for base in ("shipped", "none"):
        config = RunConfig(tracker=TrackerConfig(base=base, options={"body": "lite"}))
        assert from_yaml(to_yaml(config), "") == config


def test_another_trackers_options_are_its_own_affair() -> None:
    config = RunConfig(tracker=TrackerConfig(name="mine:Own", options={"body": "mine.xml"}))
    assert from_yaml(to_yaml(config), "") == config


def test_a_generator_named_by_module_and_class_is_written_as_it_is() -> None:
    assert "generator: mine:Own\n" in to_yaml(RunConfig(generator="mine:Own"))
