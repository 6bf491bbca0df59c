import pytest

pytest.importorskip("torch")

import torch
from torch import Generator

from claims_env.generators.mdm.noise import ClipNoise, Noise, OfficialNoise


def drawn(noise: Noise, steps: int = 3) -> list[torch.Tensor]:
    return [noise.start(6, 5), *(noise.at(step) for step in reversed(range(steps)))]


def test_a_clips_noise_depends_on_its_own_seed_alone() -> None:
    alone = drawn(ClipNoise([7]))
    among = drawn(ClipNoise([3, 7, 11]))
    for one, three in zip(alone, among, strict=True):
        assert torch.equal(one[0], three[1])


def test_every_step_draws_anew() -> None:
    first, second, third, last = drawn(ClipNoise([7]))
    assert not torch.equal(first, second)
    assert not torch.equal(third, last)


def test_the_whole_seed_counts() -> None:
    low, high = drawn(ClipNoise([7])), drawn(ClipNoise([7 + 2**32]))
    assert not torch.equal(low[0], high[0])


def test_noise_is_standard_normal() -> None:
    noise = ClipNoise([0, 1]).start(200, 263)
    assert noise.shape == (2, 200, 263)
    assert abs(noise.mean()) < 0.02
    assert abs(noise.std() - 1) < 0.02


def test_no_global_state_is_touched() -> None:
    before = torch.random.get_rng_state()
    drawn(ClipNoise([7]))
    drawn(OfficialNoise(Generator().manual_seed(10), 2))
    assert torch.equal(before, torch.random.get_rng_state())


def test_official_noise_starts_with_features_before_frames() -> None:
    got = OfficialNoise(Generator().manual_seed(10), 2).start(6, 5)
    expected = torch.randn(2, 5, 1, 6, generator=Generator().manual_seed(10))
    assert torch.equal(got, expected[:, :, 0].transpose(1, 2))


def test_official_noise_goes_on_as_the_original_loop_does() -> None:
    # the loop in miniature: what comes out of a network has its frames outermost in memory, and
    # noise drawn like it is laid out, and therefore drawn, in that order
    torch_noise = Generator().manual_seed(10)
    x = torch.randn(2, 5, 1, 6, generator=torch_noise)
    expected = [x]
    for _ in range(3):
        expected.append(torch.empty_like(x).normal_(generator=torch_noise))
        x = torch.empty(6, 2, 5, 1).permute(1, 2, 3, 0)
    got = drawn(OfficialNoise(Generator().manual_seed(10), 2))
    for ours, theirs in zip(got, expected, strict=True):
        assert torch.equal(ours, theirs[:, :, 0].transpose(1, 2))


def test_official_noise_of_a_second_batch_follows_the_first() -> None:
    noise = OfficialNoise(Generator().manual_seed(10), 1)
    first, second = drawn(noise), drawn(noise)
    assert not torch.equal(first[0], second[0])
    assert torch.equal(first[0], drawn(OfficialNoise(Generator().manual_seed(10), 1))[0])
