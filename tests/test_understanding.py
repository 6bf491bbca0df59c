"""What a clip's provenance says of its words, in words."""

from toys import swaying

from claims_env.understanding import Understanding, understanding_of


def test_moves_are_told_with_their_parameters_and_style_and_timing_as_settings() -> None:
    clip = swaying(1.0).with_provenance(
        moves=[{"primitive": "front_kick", "height": 0.95, "side": -1.0}, {"primitive": "jump"}],
        style={"amplitude": 1.15, "guard": 1.0},
        timing={"tempo": 1.2, "pattern": "burst"},
        not_understood=["grommet"],
        left_out=["jump"],
    )
    assert understanding_of(clip) == Understanding(
        moves=("front_kick (height 0.95, side -1)", "jump"),
        style="amplitude 1.15, guard 1",
        timing="tempo 1.2, pattern burst",
        not_understood=("grommet",),
        left_out=("jump",),
    )


def test_a_generator_that_says_nothing_leaves_everything_empty() -> None:
    assert understanding_of(swaying(1.0)) == Understanding((), "", "", (), ())


def test_a_generator_may_say_it_in_plain_text() -> None:
    heard = understanding_of(swaying(1.0).with_provenance(moves="a kick", style="tall"))
    assert (heard.moves, heard.style) == (("a kick",), "tall")


def test_recordings_are_told_by_name_and_time_and_a_stand_in_is_called_one() -> None:
    parts = [{"clip": "kick_01", "start_s": 0.5, "end_s": 1.9, "score": 0.9}]
    heard = understanding_of(swaying(1.0).with_provenance(clips=parts, matched=False))
    assert heard.moves == ("kick_01 (0.5 to 1.9 s)",)
    assert heard.remark == "no recording matches these words"
    assert understanding_of(swaying(1.0).with_provenance(clips=parts, matched=True)).remark == ""


def test_a_move_shown_for_want_of_one_named_is_called_so() -> None:
    heard = understanding_of(swaying(1.0).with_provenance(moves=["step"], fallback="step"))
    assert heard.remark == "no word names a move; shown instead: step"
    assert understanding_of(swaying(1.0).with_provenance(moves=["step"], fallback="")).remark == ""
