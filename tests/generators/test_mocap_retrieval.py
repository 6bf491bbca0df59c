"""Retrieval: which recording answers which words, and what the record says about it."""

import json
import pickle
from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from toys import swaying

from claims_env.assembly import build_env, build_generator
from claims_env.captioned_motion import Caption, CaptionedFolder, CaptionedMotion
from claims_env.errors import ConfigError, MotionError, UnknownName
from claims_env.formats.captioned_folder import load_captioned
from claims_env.generators.mocap_retrieval import MocapRetrieval
from claims_env.generators.mocap_retrieval.caption_index import CaptionIndex
from claims_env.generators.mocap_retrieval.words import stems
from claims_env.library import load_library
from claims_env.motion import Motion, save_motion
from claims_env.prompt import Phrase, Prompt
from claims_env.testing import check_generator

SAID = {
    "jab": ("a man punches twice",),
    "kick": ("a high kick",),
    "round": ("karate roundhouse kicks",),
    "stroll": ("a person walks slowly", "someone strolls"),
    "sprint": ("a woman runs",),
    "wheel": ("cartwheel",),
    "flip": ("standing backflip",),
}


def captioned(name: str, *said: str | Caption, frames: int = 90) -> CaptionedMotion:
    captions = tuple(Caption(one) if isinstance(one, str) else one for one in said)
    motion = swaying(0.4 + 0.1 * len(name), name, frames)
    return CaptionedMotion(motion, captions, f"{name}.npz", f"sha of {name}")


@pytest.fixture
def folder() -> CaptionedFolder:
    clips = tuple(captioned(name, *said) for name, said in SAID.items())
    return CaptionedFolder("gym", clips, "texts", ("LICENSE",))


def played(motion: Motion) -> list[str]:
    """Return the clips a motion was made of, repeats left out."""
    return list(dict.fromkeys(clip["clip"] for clip in motion.provenance["clips"]))


def one(generator: MocapRetrieval, prompt: Prompt | str, seed: int = 0) -> Motion:
    return generator.generate([prompt], [seed])[0]


def slots(base: str, combo: str, rhythm_tier: int = 3, domain: str = "martial_arts") -> Prompt:
    return Prompt(
        domain,
        "A man does {base_action}, then {combo_action}, with {detail}, in {speed_rhythm}.",
        Phrase(base, 2, "all"),
        Phrase(combo, 2, "all"),
        Phrase("pointed toes", 2, "all"),
        Phrase("some tempo", rhythm_tier, "all"),
    )


# Matching


def test_rare_words_count_more(folder: CaptionedFolder) -> None:
    best, second, *_ = CaptionIndex(folder.clips).find(stems("roundhouse kick"))
    assert folder.clips[best.clip].motion.name == "round"
    assert best.score == pytest.approx(0.85 + 0.15 * 2 / 3)  # 'karate' was not asked for
    # of 7 clips one says 'roundhouse', which another's 'kick' answers at 0.7; two say 'kick'
    roundhouse, kick = log(1 + 7 / 2), log(1 + 7 / 2)
    covered = (0.7**2 * roundhouse + kick) / (roundhouse + kick)
    assert second.score == pytest.approx(0.85 * covered + 0.15 * 1 / 2)


@pytest.mark.parametrize(
    ("prompt", "clips"),
    [
        ("a roundhouse kick", ["round"]),
        ("a cartwheel", ["wheel"]),
        ("he runs then kicks high", ["sprint", "kick"]),
        ("jogging in circles", ["sprint"]),
        ("a boxer throws an uppercut", ["jab"]),
        ("a back flip after a walk", ["stroll", "flip"]),
    ],
)
def test_a_prompt_finds_its_recordings(
    folder: CaptionedFolder, prompt: str, clips: list[str]
) -> None:
    motion = one(MocapRetrieval(folder), prompt)
    assert motion.provenance["matched"] is True
    assert played(motion) == clips


def test_near_ties_are_settled_by_the_seed(folder: CaptionedFolder) -> None:
    twins = replace(folder, clips=tuple(captioned(name, "a kick") for name in "abc"))
    generator = MocapRetrieval(twins)
    assert {played(one(generator, "a kick", seed))[0] for seed in range(12)} == {"a", "b", "c"}


def test_two_actions_of_one_recording_are_played_in_one_go(folder: CaptionedFolder) -> None:
    motion = one(MocapRetrieval(folder), "a jab and a cross into a hook")
    assert played(motion) == ["jab"]
    assert motion.provenance["clips"][0]["asked"] == ["a jab", "a cross", "a hook"]


def test_a_caption_with_times_plays_that_part(folder: CaptionedFolder) -> None:
    long = captioned("long", "he rests", Caption("he bows", 10.0, 14.0), frames=30 * 30)
    motion = one(MocapRetrieval(replace(folder, clips=(long,))), "a bow")
    for clip in motion.provenance["clips"]:
        assert 10.0 <= clip["start_s"] < clip["end_s"] <= 14.0
        assert clip["caption"] == "he bows"


def test_actions_without_a_recording_are_left_out_and_said(folder: CaptionedFolder) -> None:
    motion = one(MocapRetrieval(folder), "a kick and a somersaulting juggle with Torches")
    assert motion.provenance["matched"] is True
    assert {"juggle", "torches"} <= set(motion.provenance["not_understood"])
    assert "kick" not in motion.provenance["not_understood"]


def test_more_actions_than_there_is_room_for_are_named(folder: CaptionedFolder) -> None:
    motion = one(MocapRetrieval(folder), "walk, run, punch, kick, then a cartwheel and a backflip")
    assert len(played(motion)) == 4
    assert len(motion.provenance["left_out"]) == 2


@pytest.mark.parametrize(
    ("prompt", "chosen_by"),
    [
        ("xyzzy", "chance: no word of it is in any caption"),
        (slots("xyzzy", "plugh"), "the usual actions of its domain"),
        (slots("xyzzy", "plugh", domain="chess"), "chance: no word of it is in any caption"),
    ],
)
def test_a_prompt_nothing_answers_gets_a_stand_in_that_is_called_one(
    folder: CaptionedFolder, prompt: Prompt | str, chosen_by: str
) -> None:
    motion = one(MocapRetrieval(folder), prompt)
    assert motion.provenance["matched"] is False
    assert motion.provenance["chosen_by"] == chosen_by
    assert "xyzzy" in motion.provenance["not_understood"]
    assert motion.frames == 180


# The clip and its record


def test_a_clip_has_six_seconds_and_its_credits(folder: CaptionedFolder) -> None:
    motion = one(MocapRetrieval(folder), slots("a roundhouse kick", "a cartwheel"), seed=5)
    assert (motion.frames, motion.fps, motion.name) == (180, 30.0, "round-5")
    facts: dict[str, Any] = json.loads(json.dumps(dict(motion.provenance)))
    assert facts["generator"] == "mocap_retrieval" and facts["seed"] == 5
    first = facts["clips"][0]
    assert (first["clip"], first["file"], first["sha256"]) == ("round", "round.npz", "sha of round")
    assert first["caption"] == "karate roundhouse kicks"
    assert first["words"] == ["roundhous", "kick"]
    assert facts["licence_files"] == ["LICENSE"]
    assert facts["folder"] == "gym"
    assert "pointed toes" in facts["detail"] and facts["detail"].startswith("not followed")


def test_tiers_of_rhythm_set_the_tempo_within_what_looks_right(folder: CaptionedFolder) -> None:
    roomy = replace(folder, clips=(captioned("kick", "a kick", frames=600),))
    generator = MocapRetrieval(roomy)
    tempos = [
        one(generator, slots("a kick", "a kick", tier)).provenance["tempo"] for tier in range(1, 6)
    ]
    assert tempos == sorted(tempos)
    assert 0.8 <= tempos[0] < 0.9 and 1.1 < tempos[-1] <= 1.25


def test_where_sides_are_named_nothing_is_mirrored(folder: CaptionedFolder) -> None:
    generator = MocapRetrieval(folder)
    mirrored = {one(generator, "a kick", seed).provenance["mirrored"] for seed in range(6)}
    sided = {one(generator, "a left kick", seed).provenance["mirrored"] for seed in range(6)}
    assert (mirrored, sided) == ({True, False}, {False})


def test_it_keeps_the_contract_of_generators(folder: CaptionedFolder) -> None:
    library = load_library()
    rng = np.random.default_rng(0)
    prompts = [library.sample(rng) for _ in range(4)]
    check_generator(MocapRetrieval(folder), [*prompts, "he runs then kicks a ball", ""])


def test_the_same_prompt_seed_and_folder_give_the_same_bytes(
    folder: CaptionedFolder, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        motion = one(MocapRetrieval(folder), "a kick into a cartwheel", seed=3)
        save_motion(motion, tmp_path / f"{name}.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_it_survives_pickling(folder: CaptionedFolder) -> None:
    generator = MocapRetrieval(folder)
    again: MocapRetrieval = pickle.loads(pickle.dumps(generator))
    np.testing.assert_array_equal(one(again, "a kick").root, one(generator, "a kick").root)


def test_a_folder_whose_captions_name_no_action_is_refused(folder: CaptionedFolder) -> None:
    mute = replace(folder, clips=(captioned("a", "the left arm"), captioned("b", "...")))
    with pytest.raises(MotionError, match=r"gym: no caption of its 2 clip.* names an action"):
        MocapRetrieval(mute)


# By name


def fill(folder: Path) -> Path:
    for name in ("a_kick", "a_cartwheel", "running"):
        save_motion(swaying(1.0, name, 90), folder / f"{name}.npz")
    return folder


def test_its_name_carries_its_folder(tmp_path: Path) -> None:
    generator = build_generator(f"mocap_retrieval:{fill(tmp_path)}")
    (motion,) = generator.generate(["a cartwheel"], [0])
    assert motion.provenance["clips"][0]["clip"] == "a_cartwheel"


def test_without_its_folder_it_says_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Write mocap_retrieval:FOLDER"):
        build_generator("mocap_retrieval")
    with pytest.raises(MotionError, match="there is no such folder"):
        build_generator(f"mocap_retrieval:{tmp_path / 'nowhere'}")
    with pytest.raises(UnknownName, match="mocap_retrieval:FOLDER"):
        build_generator("mocap_retreival")


def test_clips_that_cannot_be_used_are_told_in_one_sentence_and_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (fill(tmp_path) / "torn.npz").write_bytes(b"no archive")
    generator = build_generator(f"mocap_retrieval:{tmp_path}")
    (told,) = caplog.messages
    assert told.startswith(f"1 thing(s) in {tmp_path} cannot be used: {tmp_path / 'torn.npz'}: ")
    (motion,) = generator.generate(["a kick"], [0])
    assert motion.provenance["refused_files"] == 1


def test_the_built_in_suite_is_composed_even_when_rounds_play_recordings(tmp_path: Path) -> None:
    small: dict[str, Any] = {
        "preset_name": "smoke",
        "tracker": {"name": "skill"},
        "sets": 2,
        "held_out": 2,
    }
    env = build_env(**small, generator=f"mocap_retrieval:{fill(tmp_path)}")
    assert env.parts.generator.name == "mocap_retrieval"
    (suite,) = env.parts.suites
    assert {motion.provenance["generator"] for motion in suite.motions} == {"composer"}


# Real recordings


@pytest.mark.parametrize(
    ("prompt", "clips"),
    [
        ("karate roundhouse kicks", {"ma_cmu135_07_roundhouse"}),
        ("a cartwheel", {"gy_dm_cartwheel", "gy_cmu90_02_cartwheel"}),
        ("a standing backflip", {"gy_dm_backflip"}),
        ("someone crawls", {"lo_dm_crawl"}),
    ],
)
def test_real_recordings_are_found(mocap_folder: Path, prompt: str, clips: set[str]) -> None:
    generator = MocapRetrieval(load_captioned(mocap_folder))
    for seed in range(3):
        assert set(played(one(generator, prompt, seed))) <= clips


def test_a_run_and_a_ball_kick_are_put_together(mocap_folder: Path) -> None:
    motion = one(MocapRetrieval(load_captioned(mocap_folder)), "he runs then kicks a ball")
    assert motion.provenance["matched"] and not motion.provenance["not_understood"]
    assert "soccer_kick" in played(motion)[-1]
    assert np.linalg.norm(np.diff(motion.root, axis=0), axis=1).max() * 30 < 9
