import pytest

pytest.importorskip("torch")

import torch
from torch import Generator, Tensor

from claims_env.errors import ConfigError
from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.fast_network import FastNetwork
from claims_env.generators.mdm.network import Network
from claims_env.generators.mdm.noise import ClipNoise, OfficialNoise
from claims_env.generators.mdm.sampler import sample
from claims_env.generators.mdm.schedule import Schedule

ARCHITECTURE = Architecture("trans_dec", 2, 32, 48, 4, text_width=12, features=7)
SCHEDULE = Schedule.cosine(8)


def readable() -> Network:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return Network(ARCHITECTURE).eval()


def fast() -> FastNetwork:
    return FastNetwork(readable().state_dict(), ARCHITECTURE, SCHEDULE.steps)


def texts(*tokens: int) -> list[Tensor]:
    return [torch.randn(n, 12, generator=Generator().manual_seed(n)) for n in tokens]


@torch.no_grad()
def by_the_book(said: Tensor, seed: int, guidance: float) -> Tensor:
    """Return a motion sampled with the readable network, term by term."""
    net, noise = readable(), ClipNoise([seed])
    x = noise.start(9, 7)
    for step in reversed(range(SCHEDULE.steps)):
        at = torch.tensor([step])
        with_text, without = net(x, at, said[None]), net(x, at, torch.zeros_like(said[None]))
        clean = without + guidance * (with_text - without)
        x = SCHEDULE.step_back(clean, x, noise.at(step), step)
    return x[0]


def test_a_sample_is_what_the_definition_gives() -> None:
    said = texts(3, 5)
    got = sample(fast(), said, ClipNoise([1, 2]), schedule=SCHEDULE, frames=9)
    for motion, text, seed in zip(got, said, (1, 2), strict=True):
        torch.testing.assert_close(motion, by_the_book(text, seed, 2.5), rtol=1e-4, atol=1e-4)


def test_a_clip_is_the_same_to_the_last_bit_whatever_is_sampled_beside_it() -> None:
    network, said = fast(), texts(3, 5, 4)
    together = sample(network, said, ClipNoise([1, 2, 3]), schedule=SCHEDULE, frames=9)
    for at, text in enumerate(said):
        alone = sample(network, [text], ClipNoise([at + 1]), schedule=SCHEDULE, frames=9)
        assert torch.equal(alone[0], together[at])


def test_the_same_inputs_give_the_same_bits() -> None:
    said = texts(3)
    first = sample(fast(), said, ClipNoise([1]), schedule=SCHEDULE, frames=9)
    second = sample(fast(), said, ClipNoise([1]), schedule=SCHEDULE, frames=9)
    assert torch.equal(first, second)
    other = sample(fast(), said, ClipNoise([2]), schedule=SCHEDULE, frames=9)
    assert not torch.allclose(first, other)


def test_clips_computed_together_agree_to_rounding() -> None:
    network, said, seeds = fast(), texts(3, 5, 4), [1, 2, 3]
    apart = sample(network, said, ClipNoise(seeds), schedule=SCHEDULE, frames=9)
    for at_once in (2, 3):
        noise = ClipNoise(seeds)
        together = sample(network, said, noise, schedule=SCHEDULE, frames=9, at_once=at_once)
        torch.testing.assert_close(together, apart, rtol=1e-4, atol=1e-4)


def test_official_noise_is_used_up_in_full() -> None:
    generator = Generator().manual_seed(10)
    noise = OfficialNoise(generator, 1)
    sample(fast(), texts(3), noise, schedule=SCHEDULE, frames=9)
    drawn = Generator().manual_seed(10)
    expected = OfficialNoise(drawn, 1)
    expected.start(9, 7)
    for step in range(SCHEDULE.steps):
        expected.at(step)
    assert torch.equal(generator.get_state(), drawn.get_state())


def test_every_step_is_reported() -> None:
    steps = list[int]()
    sample(
        fast(),
        texts(3, 4),
        ClipNoise([1, 2]),
        schedule=SCHEDULE,
        frames=9,
        on_step=lambda: steps.append(1),
    )
    assert len(steps) == 8


def test_a_schedule_of_other_length_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"9 steps.*8"):
        sample(fast(), texts(3), ClipNoise([1]), schedule=Schedule.cosine(9))


def test_noise_for_other_clips_is_refused() -> None:
    with pytest.raises(ConfigError, match="1 texts and noise for 2 clips"):
        sample(fast(), texts(3), ClipNoise([1, 2]), schedule=SCHEDULE, frames=9)


def test_no_texts_no_frames_and_no_finite_guidance_are_refused() -> None:
    with pytest.raises(ConfigError, match="No text"):
        sample(fast(), [], ClipNoise([]), schedule=SCHEDULE)
    with pytest.raises(ConfigError, match="0 frames"):
        sample(fast(), texts(3), ClipNoise([1]), schedule=SCHEDULE, frames=0)
    with pytest.raises(ConfigError, match="guidance is nan"):
        sample(fast(), texts(3), ClipNoise([1]), schedule=SCHEDULE, guidance=float("nan"))
