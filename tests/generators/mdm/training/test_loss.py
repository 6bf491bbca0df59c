import torch
from torch import Tensor

from claims_env.generators.mdm.schedule import Schedule
from claims_env.generators.mdm.training.batch import Batch, padded
from claims_env.generators.mdm.training.dice import generator_for
from claims_env.generators.mdm.training.loss import (
    Draw,
    draw_for,
    losses,
    masked_l2,
    quarter_of,
)


def test_the_loss_is_the_mean_square_over_features_and_real_frames() -> None:
    wanted = torch.zeros(2, 3, 2)
    given = torch.tensor([[[1.0, 2], [3, 0], [9, 9]], [[1, 1], [1, 1], [2, 2]]])
    padding = torch.tensor([[False, False, True], [False, False, False]])
    # (1 + 4 + 9 + 0) / (2 frames x 2 features), and (4 x 1 + 2 x 4) / (3 x 2)
    assert masked_l2(wanted, given, padding).tolist() == [14 / 4, 2.0]


def test_what_the_padding_holds_changes_no_loss() -> None:
    wanted, given = torch.ones(1, 4, 3), torch.full((1, 4, 3), 2.0)
    padding = torch.tensor([[False, False, True, True]])
    before = masked_l2(wanted, given, padding)
    given[0, 2:] = float("nan")
    assert masked_l2(wanted, given, padding).equal(before)


def noticing(seen: list[Batch]) -> "Noticing":
    return Noticing(seen)


class Noticing:
    """Guesses zero, and keeps what it was shown."""

    def __init__(self, seen: list[Batch]) -> None:
        self._seen = seen

    def __call__(self, noisy: Batch, step: Tensor) -> Tensor:
        self._seen.append(noisy)
        return torch.zeros_like(noisy.motion)


def two_clips() -> Batch:
    motion, frame_padding = padded([torch.full((4, 3), 2.0), torch.full((2, 3), 4.0)])
    text, text_padding = padded([torch.ones(2, 5), torch.ones(3, 5)])
    return Batch(motion, frame_padding, text, text_padding)


def test_a_clip_is_drowned_as_far_as_its_step_says_and_a_dropped_text_is_zeros() -> None:
    seen: list[Batch] = []
    schedule = Schedule.cosine(50)
    batch = two_clips()
    draw = Draw(torch.tensor([0, 25]), torch.ones(2, 4, 3), torch.tensor([True, False]))
    each = losses(noticing(seen), batch, draw, schedule)
    assert each.tolist() == [4.0, 16.0]
    (noisy,) = seen
    # golden figures of the cosine schedule at 50 steps
    left = [0.9982524865, 0.4627068620]
    clean = [2.0, 4.0]
    for clip in range(2):
        expected = left[clip] ** 0.5 * clean[clip] + (1 - left[clip]) ** 0.5
        assert abs(float(noisy.motion[clip, 0, 0]) - expected) < 1e-6
    assert not noisy.text[0].any()
    assert noisy.text[1].equal(batch.text[1])


def test_draws_repeat_under_their_seed_and_step_alone() -> None:
    draws = [draw_for(two_clips(), 50, 0.5, generator_for(1, "noise", step)) for step in (7, 7, 8)]
    assert draws[0].noise.equal(draws[1].noise)
    assert not draws[0].noise.equal(draws[2].noise)


def test_texts_are_dropped_one_by_one_as_often_as_asked_and_steps_are_uniform() -> None:
    motion = torch.zeros(4000, 1, 1)
    nothing = torch.zeros(4000, 1, dtype=torch.bool)
    many = Batch(motion, nothing, torch.zeros(4000, 1, 1), nothing)
    draw = draw_for(many, 50, 0.1, generator_for(0, "noise"))
    assert 0.08 < float(draw.is_dropped.float().mean()) < 0.12
    counts = torch.bincount(draw.step, minlength=50)
    assert len(counts) == 50
    assert counts.min() > 40


def test_quarters_split_the_diffusion_as_the_published_log_does() -> None:
    assert quarter_of(torch.tensor([0, 12, 13, 24, 25, 37, 38, 49]), 50).tolist() == [
        0, 0, 1, 1, 2, 2, 3, 3,
    ]  # fmt: skip
