"""The page of an evaluation: what it shows, that it stands alone, that it says its assist."""

import re
from pathlib import Path

import pytest
from evaluations import record, suite

from claims_env.evaluation_folder import evaluation_folder
from claims_env.report.evaluation_cards import evaluation_cards
from claims_env.report.evaluation_page import evaluation_page


def page(tmp_path: Path, *clips: str, assist: float = 0.0) -> str:
    with evaluation_folder(tmp_path / "out", replace=False) as folder:
        suites = [suite("first", *(clips or ("a", "b"))), suite("second", "c", kind="composed")]
        found = record(*suites, assist=assist, keep=lambda s, clip: folder.keep(s, clip, fps=30.0))
        return evaluation_page(found, folder.kept)


def test_every_kept_clip_has_a_player_and_every_clip_a_row(tmp_path: Path) -> None:
    text = page(tmp_path)
    assert text.count('class="player"') == 3
    for told in ("first: a", "second: c", "all suites, pooled by clips", "torn"):
        assert told in text
    for who in ("trained", "zero action", "random actions"):
        assert f"<td>{who}</td>" in text


def test_the_suites_take_turns_in_the_pictures(tmp_path: Path) -> None:
    with evaluation_folder(tmp_path / "out", replace=False) as folder:
        suites = suite("first", "a", "b", "c"), suite("second", "d")
        found = record(*suites, keep=lambda s, clip: folder.keep(s, clip, fps=30.0))
        cards = evaluation_cards(found, folder.kept, most=3)
    shown = [re.findall("<h3>(.*?)</h3>", card.html)[0] for card in cards]
    assert shown == ["first: a", "second: d", "first: b"]


@pytest.mark.parametrize(("assist", "told"), [(0.0, "unassisted"), (0.35, "assist 0.35 (helped)")])
def test_every_table_says_the_assist(tmp_path: Path, assist: float, told: str) -> None:
    captions = re.findall("<caption>(.*?)</caption>", page(tmp_path, assist=assist))
    assert len(captions) == 3
    assert all(told in caption for caption in captions)


def test_the_page_needs_no_other_file_and_runs_no_other_script(tmp_path: Path) -> None:
    text = page(tmp_path, "<script>alert(1)</script>")
    assert "default-src &#x27;none&#x27;" in text
    assert "<script>alert" not in text
    assert re.findall(r'(?:src|href)="(?!data:|#)', text) == []


def test_without_motions_there_is_no_picture() -> None:
    text = evaluation_page(record(), {})
    assert "No tracked motions were kept." in text
    assert 'class="player"' not in text
