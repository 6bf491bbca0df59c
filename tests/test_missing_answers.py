"""Answers that judges owe: told per judge, and when a run is not to go on without them."""

import pytest
from report.recorded import entry, finished

from claims_env.errors import ChatError
from claims_env.judge import ABSTAINED, Alignment, Difficulty, Missing
from claims_env.missing_answers import require_aligners, silences, unseen_clips

SEEN = Alignment(0.8, "aligned", "steps seen")
RATED = Difficulty(4, "slow", {})
LATE = Missing("No answer in 60 s.", "timeout")
REFUSED = Missing("gpt: The key was refused.", "auth")
ABSTAINS = Missing("not asked", ABSTAINED)
WORDLESS = Missing("no word of the prompt names anything")


def test_what_a_judge_owes_is_counted_with_the_usual_reason() -> None:
    sets = [
        entry("a", alignments={"gpt": SEEN, "quiet": ABSTAINS}, difficulties={"gpt": LATE}),
        entry("b", alignments={"gpt": LATE, "quiet": ABSTAINS}, difficulties={"gpt": REFUSED}),
    ]
    told = [str(silence) for silence in silences([finished(0, sets)])]
    assert told == ["gpt: 3 of 4 answers are missing: No answer in 60 s."]


def test_a_judge_with_nothing_to_say_of_a_clip_owes_nothing() -> None:
    sets = [entry("a", alignments={"posture": WORDLESS}, difficulties={"posture": RATED})]
    assert silences([finished(0, sets)]) == [] and unseen_clips([finished(0, sets)]) == 0


def test_clips_are_unseen_where_all_failed_and_trained_on_all_the_same() -> None:
    sets = [
        entry("a", alignments={"gpt": LATE, "quiet": ABSTAINS}),
        entry("b", alignments={"gpt": LATE, "other": SEEN}),
        entry("c", alignments={"gpt": LATE}, rejected="It sinks."),
    ]
    assert unseen_clips([finished(0, sets)]) == 1


def test_a_run_nobody_judges_for_a_lasting_reason_is_stopped() -> None:
    with pytest.raises(
        ChatError, match=r"gpt: No clip of round 0 was judged.*key was refused"
    ) as e:
        require_aligners({"gpt": [REFUSED, REFUSED], "quiet": [ABSTAINS, ABSTAINS]})
    assert e.value.kind == "auth"


def test_a_cassette_without_a_single_answer_stops_a_run_whoever_else_judges() -> None:
    with pytest.raises(ChatError, match="Not recorded"):
        require_aligners({"posture": [SEEN], "gpt": [Missing("Not recorded.", "cassette")]})


def test_a_run_goes_on_where_somebody_answers_or_may_yet() -> None:
    require_aligners({"gpt": [REFUSED, REFUSED], "posture": [SEEN, WORDLESS]})
    require_aligners({"gpt": [SEEN, REFUSED]})
    require_aligners({"gpt": [LATE, LATE]})
    require_aligners({"quiet": [ABSTAINS]})
    require_aligners({"posture": [WORDLESS]})
    require_aligners({})
