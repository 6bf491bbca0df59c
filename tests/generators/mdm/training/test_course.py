import json
from pathlib import Path

import numpy as np
import pytest
import torch
from generators.mdm.training.small_corpus import RECIPE, full_width, made_up_corpus

from claims_env.errors import CheckpointError, ConfigError, OutputError
from claims_env.generators.mdm.checkpoint import load_checkpoint
from claims_env.generators.mdm.statistics import load_statistics
from claims_env.generators.mdm.training.course import Course, follow_course
from claims_env.generators.mdm.training.folder import TrainingFolder
from claims_env.generators.mdm.training.recipe import Recipe
from claims_env.generators.mdm.training.settings_file import settings_of
from claims_env.generators.mdm.training.trainer import Trainer
from claims_env.generators.mdm.word_hash import WordHash

CORPUS = made_up_corpus(features=263)


def train(path: Path, steps: int, recipe: Recipe = RECIPE, *, stop_at: int = 10**9) -> bool:
    """Train as the script does, and return whether the end was reached."""
    sizes, folder = full_width(), TrainingFolder(path)
    settings = settings_of(
        sizes,
        recipe,
        diffusion_steps=10,
        text_encoder=WordHash(sizes.text_width).facts,
        data=CORPUS.digest,
        statistics="0123",
    )
    left = folder.begin(settings, np.zeros(263), np.ones(263))
    trainer = Trainer(CORPUS, sizes, recipe, diffusion_steps=10)
    if left:
        trainer.resume(left)
    course = Course(steps, log_every=2, save_every=4, batch=recipe.batch)
    return follow_course(trainer, folder, course, is_over=lambda: trainer.step >= stop_at)


def lines(path: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (path / "log.jsonl").read_text().splitlines()]


def test_a_stopped_training_leaves_the_same_bytes_as_one_that_ran_through(tmp_path: Path) -> None:
    assert train(tmp_path / "whole", 6)
    assert not train(tmp_path / "parts", 6, stop_at=3)
    assert train(tmp_path / "parts", 6)
    for name in ("model000000006.pt", "opt000000006.pt", "args.json", "Mean.npy"):
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "parts" / name).read_bytes()


def test_a_finished_training_called_again_changes_nothing(tmp_path: Path) -> None:
    train(tmp_path, 4)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert train(tmp_path, 4)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_what_training_writes_the_loader_of_checkpoints_opens(tmp_path: Path) -> None:
    train(tmp_path, 4)
    checkpoint = load_checkpoint(tmp_path)
    assert checkpoint.architecture == full_width()
    assert checkpoint.diffusion_steps == 10
    assert checkpoint.text_encoder == "word_hash"
    assert checkpoint.own_statistics
    written = torch.load(tmp_path / "model000000004.pt", weights_only=True)
    assert set(written) == {"model", "model_avg"}
    name = "input_process.poseEmbedding.weight"
    assert checkpoint.weights[name].equal(written["model_avg"][name])
    assert not written["model"][name].equal(written["model_avg"][name])
    assert load_statistics(tmp_path, own=True).mean.tolist() == [0.0] * 263


def test_the_record_has_a_line_per_interval_and_tells_quarters_apart(tmp_path: Path) -> None:
    train(tmp_path, 5)
    written = lines(tmp_path)
    assert [line["step"] for line in written] == [2, 4, 5]
    assert {"loss", "seconds", "samples_per_s"} <= set(written[0])
    quarters = [value for line in written for name, value in line.items() if "_q" in name]
    assert min(quarters) <= written[0]["loss"] <= max(quarters)


def test_lines_after_the_checkpoint_are_dropped_when_going_on(tmp_path: Path) -> None:
    train(tmp_path, 4)
    with (tmp_path / "log.jsonl").open("a") as file:
        file.write('{"step": 6, "loss": 1.0}\n{"step": 8, "lo')
    train(tmp_path, 6)
    assert [line["step"] for line in lines(tmp_path)] == [2, 4, 6]


def test_other_settings_are_refused_by_name(tmp_path: Path) -> None:
    train(tmp_path, 2)
    other = Recipe(batch=4, learning_rate=1e-3, longest=24, seed=3)
    with pytest.raises(ConfigError, match=r"lr was 0\.003 and is 0\.001.*--out"):
        train(tmp_path, 4, other)


def test_a_folder_of_foreign_models_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "model000200000.pt").write_bytes(b"published")
    with pytest.raises(OutputError, match=r"no args\.json"):
        train(tmp_path, 2)


def test_a_damaged_checkpoint_is_named_and_the_one_before_leads_to_the_same_end(
    tmp_path: Path,
) -> None:
    train(tmp_path, 12)
    path = tmp_path / "model000000012.pt"
    whole = path.read_bytes()
    path.write_bytes(whole[:1000])
    with pytest.raises(CheckpointError, match=r"model000000012\.pt.*damaged.*goes on from"):
        train(tmp_path, 12)
    path.unlink()
    assert train(tmp_path, 12)
    assert path.read_bytes() == whole


def test_stopped_before_its_first_step_it_writes_no_checkpoint(tmp_path: Path) -> None:
    assert not train(tmp_path, 4, stop_at=0)
    assert not list(tmp_path.glob("*.pt"))


def test_a_full_disk_is_explained_and_leaves_the_checkpoint_before(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    train(tmp_path, 4)
    before = (tmp_path / "model000000004.pt").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))
    try:
        with pytest.raises(OutputError, match=r"cannot be written.*before stays.*go on"):
            train(tmp_path, 8)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / "model000000004.pt").read_bytes() == before
    assert not list(tmp_path.glob(".*partial"))
    assert train(tmp_path, 8)


def test_only_the_newest_optimiser_states_stay(tmp_path: Path) -> None:
    train(tmp_path, 12)
    assert len(list(tmp_path.glob("model*.pt"))) == 3
    assert sorted(file.name for file in tmp_path.glob("opt*.pt")) == [
        "opt000000008.pt",
        "opt000000012.pt",
    ]


def test_a_loss_that_is_not_finite_stops_before_anything_is_written(tmp_path: Path) -> None:
    train(tmp_path, 4)
    written = torch.load(tmp_path / "model000000004.pt", weights_only=True)
    written["model"]["output_process.poseFinal.bias"][:] = float("nan")
    torch.save(written, tmp_path / "model000000004.pt")
    with pytest.raises(ConfigError, match="not finite at step 6"):
        train(tmp_path, 8)
    assert [file.name for file in tmp_path.glob("model*.pt")] == ["model000000004.pt"]
