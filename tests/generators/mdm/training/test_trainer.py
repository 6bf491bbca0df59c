from dataclasses import replace

import torch
from generators.mdm.training.small_corpus import RECIPE, TINY, made_up_corpus

from claims_env.generators.mdm.network import Network
from claims_env.generators.mdm.training.batch import draw_batch
from claims_env.generators.mdm.training.trainer import Trainer


def trained(steps: int, trainer: Trainer | None = None) -> Trainer:
    trainer = trainer or Trainer(made_up_corpus(), TINY, RECIPE)
    for _ in range(steps):
        trainer.advance()
    return trainer


def test_the_loss_falls_on_eight_clips() -> None:
    trainer = trained(10)
    first = trainer.tally.empty()["loss"]
    trained(110, trainer).tally.empty()
    assert trained(30, trainer).tally.empty()["loss"] < 0.6 * first


def test_a_training_that_was_stopped_goes_on_as_if_it_had_not_been() -> None:
    whole, begun = trained(7), trained(4)
    resumed = Trainer(made_up_corpus(), TINY, RECIPE)
    resumed.resume(begun.state)
    trained(3, resumed)
    assert resumed.step == whole.step == 7
    for part in ("weights", "average"):
        one, other = getattr(whole.state, part), getattr(resumed.state, part)
        assert all(one[name].equal(other[name]) for name in one)


def test_a_training_neither_reads_nor_moves_torchs_own_generator() -> None:
    torch.manual_seed(1)
    before = torch.get_rng_state()
    one = trained(2)
    assert torch.get_rng_state().equal(before)
    torch.manual_seed(2)
    other = trained(2)
    weights = other.state.weights
    assert all(tensor.equal(weights[name]) for name, tensor in one.state.weights.items())


def test_another_seed_gives_other_weights() -> None:
    other = Trainer(made_up_corpus(), TINY, replace(RECIPE, seed=4)).state.weights
    same = [
        tensor.equal(other[name])
        for name, tensor in Trainer(made_up_corpus(), TINY, RECIPE).state.weights.items()
        if tensor.ndim == 2
    ]
    assert not any(same)


def test_what_the_padding_holds_does_not_reach_the_real_frames() -> None:
    batch = draw_batch(made_up_corpus(), RECIPE, 0)
    assert batch.frame_padding.any()
    assert batch.text_padding.any()
    network = Network(TINY).eval()
    step = torch.zeros(len(batch.motion), dtype=torch.int64)

    def guess(motion: torch.Tensor, text: torch.Tensor) -> torch.Tensor:
        given = network(
            motion,
            step,
            text,
            text_padding=batch.text_padding,
            frame_padding=batch.frame_padding,
        )
        return given[~batch.frame_padding]

    motion = batch.motion.masked_fill(batch.frame_padding[..., None], 7.0)
    text = batch.text.masked_fill(batch.text_padding[..., None], 7.0)
    with torch.no_grad():
        torch.testing.assert_close(guess(batch.motion, batch.text), guess(motion, text))


def test_the_average_follows_the_weights_after_each_step() -> None:
    trainer = trained(1)
    start = Trainer(made_up_corpus(), TINY, RECIPE).state.weights
    name = "output_process.poseFinal.bias"
    expected = 0.1 * start[name] + 0.9 * trainer.state.weights[name]
    torch.testing.assert_close(trainer.state.average[name], expected)


def test_the_other_family_learns_from_one_vector_per_text() -> None:
    corpus = made_up_corpus()
    pooled = replace(corpus, texts=tuple(text.mean(0, keepdim=True) for text in corpus.texts))
    trainer = trained(3, Trainer(pooled, replace(TINY, kind="trans_enc"), RECIPE))
    assert 0 < trainer.tally.empty()["loss"] < 10


def test_half_precision_keeps_weights_in_full() -> None:
    trainer = trained(2, Trainer(made_up_corpus(), TINY, replace(RECIPE, precision="bfloat16")))
    assert {tensor.dtype for tensor in trainer.state.weights.values()} == {torch.float32}


def test_cut_gradients_and_a_falling_rate_change_the_steps() -> None:
    plain = trained(2).state.weights
    for change in ({"gradient_norm": 1e-3}, {"anneal_steps": 3}):
        other = trained(2, Trainer(made_up_corpus(), TINY, replace(RECIPE, **change)))
        assert not all(plain[name].equal(t) for name, t in other.state.weights.items())
