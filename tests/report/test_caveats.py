from dataclasses import replace

import pytest
from report.recorded import RunWriter, entry, finished
from toys import swaying

from claims_env.judge import Alignment, Missing
from claims_env.motion import save_motion
from claims_env.report.caveats import caveats, is_offline
from claims_env.report.run_record import read_record
from claims_env.rounds import Round
from claims_env.run_folder import motion_path


def said(writer: RunWriter, played: Round | None = None, config: str = "rounds: 1\n") -> str:
    played = played or finished(0, [entry("c0")])
    return "\n".join(caveats(read_record(writer.write(played, config=config))))


def test_help_at_the_root_is_named_with_its_size(writer: RunWriter) -> None:
    text = said(writer)
    assert "Assist 0.35: success with a helping wrench of up to 35% of body weight" in text
    assert "not plain tracking success" in text


def test_a_run_without_help_is_not_called_helped(writer: RunWriter) -> None:
    writer.tracker["assist"] = 0.0
    assert "ssist" not in said(writer)


def test_help_that_is_not_recorded_is_said_to_be_unknown(writer: RunWriter) -> None:
    writer.tracker = {}
    text = said(writer)
    assert "Assist not recorded" in text
    assert "does not say which tracker" in text


def test_a_surrogate_is_called_no_physics(writer: RunWriter) -> None:
    writer.tracker = {"kind": "simulated", "assist": 0.0}
    assert "no physics" in said(writer)


def test_composed_clips_are_not_called_mdm(writer: RunWriter) -> None:
    assert "Composed clips, not MDM" in said(writer)


def test_a_model_nobody_recorded_is_said_to_be_unknown(writer: RunWriter) -> None:
    writer.generator = "mdm"
    assert "does not say with which checkpoint" in said(writer)


@pytest.mark.parametrize(
    ("encoder", "precision", "told"),
    [
        ("bert", "float32", "MDM with the checkpoint sha256 abc"),
        ("bert", "bfloat16", "computed in bfloat16"),
        ("clip", "float32", "20 tokens of each prompt"),
        ("word_hash", "float32", "not the paper's"),
    ],
)
def test_clips_of_mdm_say_which_model_made_them(
    writer: RunWriter, encoder: str, precision: str, told: str
) -> None:
    writer.generator = "mdm"
    writer.generator_data = {
        "checkpoint": {"sha256": "abc"},
        "text_encoder": {"name": encoder},
        "precision": precision,
    }
    text = said(writer)
    assert told in text
    assert ("bfloat16" in text) == (precision == "bfloat16")


def test_other_generators_are_named(writer: RunWriter) -> None:
    writer.generator = "mine"
    assert "Clips from 'mine', not MDM." in said(writer)


def test_offline_judges_are_not_called_vlms(writer: RunWriter) -> None:
    assert "Offline judges, not VLMs" in said(writer)
    assert is_offline("kinematic (offline)")
    assert not is_offline("qwen-vl-max")


def test_among_vlms_an_offline_judge_is_named(writer: RunWriter) -> None:
    answers = {name: Alignment(1.0, "aligned", "") for name in ("gpt-4o", "posture (offline)")}
    text = said(writer, finished(0, [entry("c0", alignments=answers, difficulties={})]))
    assert "Offline, not a VLM: posture (offline)." in text


def test_a_composed_suite_is_not_called_motion_capture(writer: RunWriter) -> None:
    text = said(writer)
    assert "Suite held-out: held-out clips are of kind 'composed, held out', not motion" in text


def test_a_folder_of_generated_clips_is_not_called_motion_capture(writer: RunWriter) -> None:
    usual = finished(0, [entry("c0")])
    suite = replace(usual.suites[0], name="made", kind="generated: composer")
    text = said(writer, replace(usual, suites=(suite,)))
    assert "Suite made: held-out clips are of kind 'generated: composer', not motion" in text


def test_a_real_suite_needs_no_caveat_and_its_refusals_are_counted(writer: RunWriter) -> None:
    usual = finished(0, [entry("c0")])
    suite = replace(usual.suites[0], kind="real", refused={"bad": "no fps"})
    text = said(writer, replace(usual, suites=(suite,)))
    assert "not motion capture" not in text
    assert "1 suite clip(s) could not be used" in text


def test_an_unfinished_run_says_how_far_it_came(writer: RunWriter) -> None:
    assert "Unfinished: 1 of 7 rounds are done." in said(writer, config="rounds: 7\n")


def test_a_finished_run_is_not_called_unfinished(writer: RunWriter) -> None:
    assert "Unfinished" not in said(writer)


def test_what_is_missing_is_said(writer: RunWriter) -> None:
    text = said(writer, finished(0, [entry("c0", untrained=None)], suites=()))
    assert "No held-out suite" in text
    assert "No untrained baseline" in text
    assert "One seed" in text


def test_a_built_in_suite_that_could_not_be_made_is_missed(writer: RunWriter) -> None:
    usual = finished(0, [entry("c0")])
    own = replace(usual.suites[0], name="mine", kind="real")
    text = said(writer, replace(usual, suites=(own,)), config="held_out: 10\n")
    assert "No built-in suite: the library has no base action that could be kept" in text


def test_a_built_in_suite_that_is_there_or_unwanted_is_not_missed(writer: RunWriter) -> None:
    assert "No built-in suite" not in said(writer, config="held_out: 10\n")


def test_retrieved_clips_say_what_they_do_not_follow_and_how_many_stand_in(
    writer: RunWriter,
) -> None:
    writer.generator = "mocap_retrieval"
    folder = writer.write(finished(0, [entry("c0"), entry("c1")]), config="rounds: 1\n")
    found = caveats(read_record(folder))
    assert any("Details are not followed" in caveat for caveat in found)
    assert not any("show something else" in caveat for caveat in found)
    save_motion(swaying(1.0).with_provenance(matched=False), motion_path(folder, 0, "c0"))
    (told,) = [c for c in caveats(read_record(folder)) if "show something else" in c]
    assert told.startswith("1 of 2 clips")


def test_a_run_from_a_checkpoint_says_which(writer: RunWriter) -> None:
    writer.tracker |= {"base": "lite.npz 0123456789ab", "teacher": "none"}
    text = said(writer)
    assert "Pretrained: round 0 started from the checkpoint lite.npz 0123456789ab" in text
    assert "planner" not in text


def test_a_planner_that_taught_is_named(writer: RunWriter) -> None:
    writer.tracker |= {"base": "none", "teacher": "planner"}
    text = said(writer)
    assert "A planner showed the tracker new clips first" in text
    assert "Pretrained" not in text


def test_judges_that_did_not_answer_are_told_with_what_nobody_looked_at(writer: RunWriter) -> None:
    late = Missing("No answer in 60 s.", "timeout")
    sets = [entry("c0", alignments={"openai:gpt-4o": late}, difficulties={"openai:gpt-4o": late})]
    text = said(writer, finished(0, sets))
    assert "openai:gpt-4o: 2 of 2 answers are missing: No answer in 60 s." in text
    assert "1 clip(s) were trained on that no judge of alignment saw." in text


def test_judges_that_answer_are_not_said_to_be_silent(writer: RunWriter) -> None:
    text = said(writer)
    assert "judge of alignment" not in text and "answers are missing" not in text
