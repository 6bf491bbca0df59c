"""A clip whose forces no floor could give is performed again, slower."""

import pytest

from claims_env.generators.composer import Move, Score, Style, Timing, compose, composer
from claims_env.motion import Motion

JABS = Score((Move("jab"), Move("roundhouse_kick")), Style(), Timing())


def performed() -> Motion:
    return compose(JABS, seed=4)


def test_a_clip_the_floor_can_give_is_left_at_its_tempo() -> None:
    assert "retimed" not in performed().provenance


def test_a_clip_the_floor_cannot_give_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    before = performed()
    monkeypatch.setattr(composer, "SUSPECT", 0.0)
    monkeypatch.setattr(composer, "UNEXPLAINED", 0.0)
    after = performed()
    assert after.provenance["retimed"] == composer.EASES[-1]
    assert after.mean_speed < before.mean_speed
    first, second = (m.provenance["timeline"][0]["end"] for m in (before, after))
    assert second > first


def test_a_suspect_clip_that_is_explained_after_all_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(composer, "SUSPECT", 0.0)
    assert "retimed" not in performed().provenance
