"""Calibration: contexts are paired, evidence follows from the seed and says when it is stale."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from toys import SwayGenerator, curt_library, swaying, tiny_library

from claims_env.calibration import Trial, contexts, perform, weigh
from claims_env.calibration_run import Calibration, Task, calibrate, do, pool, tasks
from claims_env.domain_words import slots_of
from claims_env.errors import LibraryError
from claims_env.evidence import (
    DomainEvidence,
    Maker,
    digest_of,
    misfit,
    read_evidence,
    write_evidence,
)
from claims_env.hearing import hear
from claims_env.motion import Motion
from claims_env.motion_filter import check
from claims_env.prompt import SLOTS, Phrase, Prompt
from claims_env.trackers.simulated import SkillTracker
from claims_env.variable_library import DomainWords, VariableLibrary

LIBRARY = tiny_library()
SWAY = "toys:SwayGenerator"
PLAN = Calibration(generator=SWAY, clips=2, workers=1)


@dataclass
class DeafGenerator:
    """Performs half the number of the base action, and knows the names of no slot and domain."""

    name: str = "deaf"

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        return [self._one(p) for p in prompts if isinstance(p, Prompt)]

    def _one(self, prompt: Prompt) -> Motion:
        last = prompt.base_action.text[-1]
        heard = int(last) // 2 if last.isdigit() else 0
        unknown = prompt.text.replace(",", "").replace(".", "").split()
        return swaying(1.0 + heard).with_provenance(not_understood=unknown, version="7")


def test_contexts_are_drawn_once_for_all_phrases_of_a_slot() -> None:
    drawn = contexts(LIBRARY, "dance", "detail", clips=5, seed=0)
    assert drawn == contexts(LIBRARY, "dance", "detail", clips=5, seed=0)
    assert drawn != contexts(LIBRARY, "dance", "detail", clips=5, seed=1)
    phrase = LIBRARY.words("dance").phrases["detail"][3]
    for context in drawn:
        filled = context.with_phrase("detail", phrase)
        assert filled.detail == phrase
        assert replace(filled, detail=context.prompt.detail) == context.prompt


def test_other_domains_do_not_change_the_contexts_of_one() -> None:
    alone = VariableLibrary({"sport": LIBRARY.words("sport")})
    there, here = (contexts(lib, "sport", "detail", clips=4, seed=0) for lib in (LIBRARY, alone))
    assert there == here


def test_contexts_say_the_slot_they_are_for() -> None:
    for slot in SLOTS:
        for context in contexts(curt_library(), "sport", slot, clips=10, seed=0):
            assert slot in slots_of(context.prompt.template)


def test_a_slot_nobody_says_has_no_contexts() -> None:
    words = DomainWords(("Only {base_action}.",), LIBRARY.words("dance").phrases)
    library = VariableLibrary({"dance": words})
    assert contexts(library, "dance", "detail", clips=3, seed=0) == []
    assert {task.slot for task in tasks(PLAN, library, "dance")} == {"base_action"}


def test_phrases_that_make_the_body_faster_are_measured_as_harder() -> None:
    drawn = contexts(LIBRARY, "dance", "combo_action", clips=4, seed=0)
    trials = [perform(LIBRARY, "combo_action", c, SwayGenerator(), check) for c in drawn]
    found = weigh(LIBRARY.words("dance").phrases["combo_action"], "combo_action", trials)
    assert [phrase.measured for phrase in found.phrases] == [1, 2, 3, 4, 5]
    assert found.agreement is not None and found.agreement.mean == pytest.approx(1)
    assert not any(phrase.disagrees for phrase in found.phrases)
    assert found.phrases[2].effects["airtime"].mean == 0
    total = sum(phrase.effects["speed"].mean for phrase in found.phrases)
    assert total == pytest.approx(0, abs=1e-9)


def test_a_tier_set_wrongly_is_flagged() -> None:
    phrases = list(LIBRARY.words("dance").phrases["combo_action"])
    drawn = contexts(LIBRARY, "dance", "combo_action", clips=4, seed=0)
    trials = [perform(LIBRARY, "combo_action", c, SwayGenerator(), check) for c in drawn]
    phrases[4] = replace(phrases[4], tier=2)
    last = weigh(phrases, "combo_action", trials).phrases[4]
    assert (last.tier, last.measured, last.disagrees, last.is_sure) == (2, 5, True, True)


def test_with_words_alone_a_generator_that_hears_only_tiers_makes_no_difference() -> None:
    (context,) = contexts(LIBRARY, "dance", "detail", clips=1, seed=0)
    trial = perform(LIBRARY, "detail", context, SwayGenerator(), check, words_alone=True)
    assert len(set(trial.measures["speed"])) == 1


def test_evidence_follows_from_the_seed() -> None:
    assert measured() == measured()


def test_another_process_gives_what_this_one_gives() -> None:
    plan = Calibration(generator=SWAY, clips=1)
    task = Task(plan, "dance", "speed_rhythm", 0, False)
    with pool(2) as submit:
        assert submit(task).result() == do(task)


def test_an_error_in_another_process_arrives_in_its_own_words() -> None:
    with pytest.raises(LibraryError, match="No generator is called 'nobody'"):
        do(Task(Calibration(generator="nobody"), "dance", "detail", 0, False))


def here(task: Task) -> Future[Trial]:
    """Do a task of the tiny library, in this process."""
    plan, done = task.calibration, Future[Trial]()
    drawn = contexts(LIBRARY, task.domain, task.slot, clips=plan.clips, seed=plan.seed)
    keep = task.keep_motions
    context = drawn[task.index]
    done.set_result(perform(LIBRARY, task.slot, context, SwayGenerator(), check, keep_motions=keep))
    return done


def measured(tracker: SkillTracker | None = None) -> DomainEvidence:
    facts = None if tracker is None else tracker.facts
    return calibrate(
        PLAN, LIBRARY, "dance", here, lambda: None, tracker=tracker, tracker_facts=facts
    )


def test_a_trackers_success_is_measured_where_one_is_asked() -> None:
    tracker = SkillTracker()
    found = measured(tracker)
    (rhythm,) = [slot for slot in found.slots if slot.slot == "speed_rhythm"]
    assert "success" in rhythm.phrases[0].effects
    assert found.tracker == {"kind": "simulated", "name": "skill", "assist": 0.0}
    assert "success" not in measured().slots[0].phrases[0].effects


def test_evidence_survives_its_file_and_equal_evidence_gives_equal_bytes(tmp_path: Path) -> None:
    found = measured()
    path = write_evidence(found, tmp_path)
    first = path.read_bytes()
    back = read_evidence(tmp_path, "dance")
    assert back is not None
    assert write_evidence(back, tmp_path).read_bytes() == first
    assert back.slot("detail") is not None and back.slot("nothing") is None
    assert [p.name for p in tmp_path.iterdir()] == ["dance.evidence.yaml"]


def test_evidence_of_other_words_or_another_version_is_stale() -> None:
    found = measured()
    assert misfit(found, LIBRARY, None) is None
    assert misfit(found, tiny_library(4), None) == "the words have changed since"
    assert "which is at 9" in str(misfit(found, LIBRARY, Maker(found.generator, "9")))
    assert digest_of(LIBRARY, "dance") != digest_of(LIBRARY, "sport")


def test_evidence_of_another_generator_is_stale_even_where_versions_are_equal() -> None:
    found = measured()
    assert misfit(found, LIBRARY, Maker(found.generator, found.generator_version)) is None
    other = Maker("other", found.generator_version)
    assert misfit(found, LIBRARY, other) == "it was measured with the sway, not with the other"


def test_evidence_with_a_version_does_not_speak_of_a_generator_without_one() -> None:
    numbered = replace(measured(), generator_version="5")
    assert "which is at None" in str(misfit(numbered, LIBRARY, Maker("sway", None)))
    unnumbered = replace(numbered, generator_version=None)
    assert "which is at 5" in str(misfit(unnumbered, LIBRARY, Maker("sway", "5")))


def test_words_of_pace_count_as_heard_and_others_do_not() -> None:
    phrases = {s: (Phrase(f"fast steady {s}", 2, "any"),) for s in SLOTS}
    template = "{base_action}, {combo_action}, {detail}, {speed_rhythm}."
    library = VariableLibrary({"dance": DomainWords((template,), phrases)})
    heard = list(hear(library, DeafGenerator(), lambda: None))
    assert [h.unknown for h in heard] == [(slot,) for slot in SLOTS]


def test_there_is_no_evidence_where_there_is_no_file(tmp_path: Path) -> None:
    assert read_evidence(tmp_path, "dance") is None


@pytest.mark.parametrize("text", ["format: [", "format: other", "- 1", ""])
def test_damaged_evidence_is_refused_by_its_path(tmp_path: Path, text: str) -> None:
    (tmp_path / "dance.evidence.yaml").write_text(text)
    with pytest.raises(LibraryError, match=r"dance\.evidence\.yaml .*calibrate anew"):
        read_evidence(tmp_path, "dance")


def test_phrases_that_give_the_same_motion_and_unknown_words_are_heard() -> None:
    library = VariableLibrary({"dance": LIBRARY.words("dance")})
    ticks: list[None] = []
    heard = list(hear(library, DeafGenerator(), lambda: ticks.append(None)))
    base = [h.twin for h in heard if h.slot == "base_action"]
    assert base == [None, "dance base_action 0", None, "dance base_action 2", None]
    assert all(h.twin == "dance detail 0" for h in heard if h.slot == "detail" and h.index)
    assert all(h.unknown == ("dance", h.slot, str(h.index)) for h in heard)
    assert len(ticks) == 20
