"""The generator as a whole, on a tiny random model: what goes in, what comes out, what is told."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

import torch
from generators.mdm.tiny_model import PROMPTS, write_model
from smpl.synthetic_body import write_synthetic

from claims_env.answers import made_motions
from claims_env.assembly import build_generator
from claims_env.errors import CheckpointError, ConfigError
from claims_env.generator import HasDecidingFacts, MotionGenerator, StreamsMotions
from claims_env.mdm_config import MdmConfig
from claims_env.testing import check_generator


def made(folder: Path, **settings: Any) -> MotionGenerator:
    path = write_model(folder)
    return build_generator("mdm", MdmConfig(checkpoint=path, device="cpu", **settings))


def test_a_clip_depends_on_its_prompt_and_seed_alone(tmp_path: Path) -> None:
    generator = made(tmp_path)
    check_generator(generator, PROMPTS)
    (alone,) = generator.generate(PROMPTS[1:2], [1])
    beside = generator.generate(PROMPTS, [0, 1, 2])[1]
    assert np.array_equal(alone.rotations, beside.rotations)
    assert np.array_equal(alone.root, beside.root)


def test_another_seed_is_another_take(tmp_path: Path) -> None:
    one, other = made(tmp_path).generate([PROMPTS[0]] * 2, [0, 1])
    assert not np.array_equal(one.rotations, other.rotations)


def test_clips_last_six_seconds_at_30_hz(tmp_path: Path) -> None:
    (motion,) = made(tmp_path).generate(PROMPTS[:1], [0])
    assert (motion.frames, motion.fps) == (180, 30.0)


def test_as_many_frames_come_as_are_asked_for(tmp_path: Path) -> None:
    (motion,) = made(tmp_path, frames=41).generate(PROMPTS[:1], [0])
    assert motion.frames == 61


def test_clips_come_one_by_one_for_whoever_waits(tmp_path: Path) -> None:
    generator = made(tmp_path)
    assert isinstance(generator, StreamsMotions)
    first = next(iter(generator.stream(PROMPTS, [0, 1, 2])))
    assert np.array_equal(first.root, generator.generate(PROMPTS[:1], [0])[0].root)


def test_a_clip_says_what_it_was_made_with(tmp_path: Path) -> None:
    (motion,) = made(tmp_path).generate(PROMPTS[:1], [7])
    told = motion.provenance
    assert (told["generator"], told["seed"], told["prompt"]) == ("mdm", 7, PROMPTS[0])
    assert told["seeding"] == "per clip"
    assert len(told["checkpoint"]["sha256"]) == 16
    assert told["text_encoder"]["name"] == "word_hash"
    assert {"guidance", "precision", "device", "torch", "statistics", "repair"} <= set(told)


def test_official_seeding_draws_all_noise_from_one_source(tmp_path: Path) -> None:
    generator = made(tmp_path, official_seeding=10)
    both = generator.generate(PROMPTS[:2], [0, 0])
    again = generator.generate(PROMPTS[:2], [5, 6])
    (second,) = generator.generate(PROMPTS[1:2], [0])
    assert np.array_equal(both[1].root, again[1].root)
    assert not np.array_equal(both[1].root, second.root)
    told = [motion.provenance for motion in both]
    assert [fact["seeding"] for fact in told] == [
        {"official": 10, "position": 0},
        {"official": 10, "position": 1},
    ]
    assert [fact["seed"] for fact in told] == [None, None]


def test_each_call_starts_official_seeding_anew(tmp_path: Path) -> None:
    generator = made(tmp_path, official_seeding=10)
    both = generator.generate(PROMPTS[:2], [0, 0])
    (again,) = generator.generate(PROMPTS[:1], [3])
    assert np.array_equal(both[0].root, again.root)


def test_the_official_height_is_092_and_nothing_is_repaired(tmp_path: Path) -> None:
    (motion,) = made(tmp_path, height="official").generate(PROMPTS[:1], [0])
    assert motion.root[0, 2] == pytest.approx(0.92)
    assert "repair" not in motion.provenance


def facts_of(generator: MotionGenerator) -> dict[str, Any]:
    assert isinstance(generator, HasDecidingFacts)
    return dict(generator.deciding_facts)


def test_what_clips_follow_from_is_told_whatever_the_files_are_called(tmp_path: Path) -> None:
    path = write_model(tmp_path)
    before = facts_of(build_generator("mdm", MdmConfig(checkpoint=path, device="cpu")))
    path = path.rename(tmp_path / "renamed.pt")
    after = facts_of(build_generator("mdm", MdmConfig(checkpoint=path, device="cpu")))
    assert before == after
    assert json.dumps(before)
    assert "model000000001" not in str(before)


@pytest.mark.parametrize(
    ("setting", "fact"),
    [
        ({"guidance": 3.0}, "guidance"),
        ({"frames": 60}, "frames_at_20_hz"),
        ({"precision": "bfloat16"}, "precision"),
        ({"height": "official"}, "height"),
        ({"official_seeding": 10}, "seeding"),
    ],
)
def test_each_setting_that_changes_clips_is_a_fact_of_its_own(
    tmp_path: Path, setting: dict[str, Any], fact: str
) -> None:
    plain, other = facts_of(made(tmp_path)), facts_of(made(tmp_path, **setting))
    assert [name for name in plain if plain[name] != other[name]] == [fact]


def test_a_body_stands_in_the_facts_unless_clips_do_not_stand_by_it(tmp_path: Path) -> None:
    body = write_synthetic(tmp_path)
    grounded = facts_of(made(tmp_path, body_model=body))["body"]
    assert "digest" in grounded and "file" not in grounded
    generator = made(tmp_path, body_model=body, height="official")
    (motion,) = generator.generate(PROMPTS[:1], [0])
    assert facts_of(generator)["body"] is None and motion.provenance["body"] is None
    assert "grounded_by" not in motion.provenance


def test_whoever_waits_hears_of_every_step_within_a_clip(tmp_path: Path) -> None:
    generator, heard = made(tmp_path), list[float]()
    motions = made_motions(generator, PROMPTS[:2], [0, 1], heard.append)
    (alone,) = generator.generate(PROMPTS[:1], [0])
    assert np.array_equal(next(motions).root, alone.root)
    assert heard == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    next(motions)
    assert heard[5:] == pytest.approx([1.2, 1.4, 1.6, 1.8, 2.0])


def test_one_seed_is_needed_for_each_prompt(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="1 prompts and 2 seeds: give one seed for each"):
        made(tmp_path).generate(["a person walks"], [1, 2])


def test_half_a_letter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="half of a letter"):
        made(tmp_path).generate(["a person \ud800 walks"], [0])


def test_paths_may_be_given_as_text(tmp_path: Path) -> None:
    write_model(tmp_path)
    settings: dict[str, Any] = {"checkpoint": str(tmp_path), "statistics": str(tmp_path)}
    (motion,) = build_generator("mdm", MdmConfig(**settings)).generate(PROMPTS[:1], [0])
    assert motion.frames == 180


def test_what_is_missing_is_told_before_weights_are_read(tmp_path: Path) -> None:
    path, nowhere = write_model(tmp_path, text_encoder_type="bert"), tmp_path / "nowhere"
    path.write_bytes(b"damaged")
    with pytest.raises(ConfigError, match="nowhere: there is no folder of"):
        build_generator("mdm", MdmConfig(checkpoint=path, text_encoder=nowhere))
    (tmp_path / "Mean.npy").unlink()
    with pytest.raises(CheckpointError, match=r"Mean\.npy: there is no such file"):
        build_generator("mdm", MdmConfig(checkpoint=path, text_encoder=nowhere))


def test_a_text_that_cannot_be_read_stops_all_before_any_is_sampled(tmp_path: Path) -> None:
    generator = made(tmp_path)
    assert isinstance(generator, StreamsMotions)
    with pytest.raises(ConfigError):
        next(iter(generator.stream([PROMPTS[0], "  "], [0, 1])))


def test_another_text_encoder_than_the_model_was_trained_with_is_refused(tmp_path: Path) -> None:
    path = write_model(tmp_path, text_encoder={"name": "word_hash", "version": 0})
    with pytest.raises(ConfigError, match="whose version is 0, and this one's is 1"):
        build_generator("mdm", MdmConfig(checkpoint=path))


def test_without_a_checkpoint_the_flag_is_named() -> None:
    with pytest.raises(ConfigError, match="--checkpoint PATH"):
        build_generator("mdm")


def test_a_device_that_is_not_there_is_refused(tmp_path: Path) -> None:
    if torch.cuda.is_available():
        pytest.skip("there is a GPU here")
    with pytest.raises(ConfigError, match="no device 'cuda'"):
        build_generator("mdm", MdmConfig(checkpoint=write_model(tmp_path), device="cuda"))


def test_guidance_is_refused_for_a_model_that_was_never_without_text(tmp_path: Path) -> None:
    path = write_model(tmp_path, cond_mask_prob=0)
    with pytest.raises(ConfigError, match="--guidance 1"):
        build_generator("mdm", MdmConfig(checkpoint=path))
    build_generator("mdm", MdmConfig(checkpoint=path, guidance=1.0))


def test_numbers_that_are_no_motion_are_refused_with_the_likely_reason(tmp_path: Path) -> None:
    path = write_model(tmp_path)
    std = np.load(tmp_path / "Std.npy")
    np.save(tmp_path / "Std.npy", std * np.float32(1e9))
    generator = build_generator("mdm", MdmConfig(checkpoint=path, device="cpu"))
    with pytest.raises(CheckpointError, match="no motion"):
        generator.generate(PROMPTS[:1], [0])


def test_bfloat16_is_near_float32(tmp_path: Path) -> None:
    exact, fast = (
        made(tmp_path / precision, precision=precision).generate(PROMPTS[:1], [0])[0]
        for precision in ("float32", "bfloat16")
    )
    assert fast.provenance["precision"] == "bfloat16"
    assert np.abs(exact.joints - fast.joints).max() < 0.2
