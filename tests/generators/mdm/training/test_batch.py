from dataclasses import replace

import torch
from generators.mdm.training.small_corpus import RECIPE, made_up_corpus

from claims_env.generators.mdm.training.batch import draw_batch, padded


def test_padding_is_marked_and_zero() -> None:
    whole, padding = padded([torch.ones(1, 2), torch.ones(3, 2)])
    assert whole[0].tolist() == [[1, 1], [0, 0], [0, 0]]
    assert padding.tolist() == [[False, True, True], [False, False, False]]


def test_a_steps_batch_repeats_and_another_steps_differs() -> None:
    corpus = made_up_corpus()
    first, again, next_one = (draw_batch(corpus, RECIPE, step) for step in (5, 5, 6))
    assert first.motion.equal(again.motion)
    assert first.text.equal(again.text)
    assert not (first.motion.shape == next_one.motion.shape and first.motion.equal(next_one.motion))


def test_every_clip_comes_once_per_epoch_in_another_order_each_time() -> None:
    corpus = made_up_corpus()
    # sine waves of different pace differ in their first step
    epochs = [
        [motion for step in (2 * epoch, 2 * epoch + 1) for motion in draw(corpus, step)]
        for epoch in range(3)
    ]
    assert len({tuple(sorted(epoch)) for epoch in epochs}) == 1
    assert len({tuple(epoch) for epoch in epochs}) > 1
    assert len(set(epochs[0])) == 8


def draw(corpus, step):  # type: ignore[no-untyped-def]
    """Return which clip each row of a batch is, told by its pace."""
    motion = draw_batch(corpus, RECIPE, step).motion
    # the amplitude of the second difference over the value is 2 (1 - cos pace)
    bend = motion[:, 0] + motion[:, 2] - 2 * motion[:, 1]
    ratio = (bend * motion[:, 1]).sum(-1) / (motion[:, 1] ** 2).sum(-1)
    return [round(float(value), 3) for value in ratio]


def test_clips_are_cut_to_multiples_of_four_and_to_the_longest() -> None:
    corpus = made_up_corpus()
    lengths = {
        int(n)
        for step in range(40)
        for n in (~draw_batch(corpus, RECIPE, step).frame_padding).sum(-1)
    }
    # clips have 17 to 38 frames, and a third of the time one unit goes
    assert lengths == {12, 16, 20, 24}
    longer = draw_batch(corpus, replace(RECIPE, longest=196, batch=8), 0)
    assert int((~longer.frame_padding).sum(-1).max()) in (32, 36)
