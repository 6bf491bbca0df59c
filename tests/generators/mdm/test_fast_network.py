from collections.abc import Sequence
from dataclasses import replace

import pytest

pytest.importorskip("torch")

import torch
from torch import Tensor

from claims_env.errors import ConfigError
from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.fast_network import FastNetwork
from claims_env.generators.mdm.network import Network

DECODER = Architecture("trans_dec", 3, 32, 48, 4, text_width=12, features=7)
ENCODER = replace(DECODER, kind="trans_enc")
TIMED = replace(DECODER, time_token=True)
BOTH_FAMILIES = pytest.mark.parametrize("architecture", [DECODER, ENCODER, TIMED])
STEPS, FRAMES = 10, 9


def network(architecture: Architecture) -> Network:
    """Return a network of which every tensor, norms and biases included, is drawn."""
    draw = torch.Generator().manual_seed(0)
    net = Network(architecture).eval()
    with torch.no_grad():
        for name, tensor in net.named_parameters():
            centre = 1.0 if "norm" in name and name.endswith("weight") else 0.0
            tensor.copy_(centre + 0.2 * torch.randn(tensor.shape, generator=draw))
    return net


def fast(net: Network, dtype: torch.dtype = torch.float32) -> FastNetwork:
    return FastNetwork(net.state_dict(), net.architecture, STEPS, dtype=dtype)


def texts(architecture: Architecture, tokens: Sequence[int] = (3, 5)) -> list[Tensor]:
    draw = torch.Generator().manual_seed(1)
    counts = [1] * len(tokens) if architecture.kind == "trans_enc" else tokens
    return [torch.randn(n, architecture.text_width, generator=draw) for n in counts]


def motion(batch: int = 2) -> Tensor:
    return torch.randn(batch, FRAMES, 7, generator=torch.Generator().manual_seed(2))


@torch.no_grad()
def branches(net: Network, said: Sequence[Tensor], x: Tensor, step: int) -> tuple[Tensor, Tensor]:
    """Return what the readable network predicts with the texts, and without."""
    padded = torch.nn.utils.rnn.pad_sequence(list(said), batch_first=True)
    places = torch.arange(padded.shape[1])
    padding = places >= torch.tensor([len(text) for text in said])[:, None]
    steps = torch.full((len(x),), step)
    padding = padding if net.architecture.kind == "trans_dec" else None
    with_text = net(x, steps, padded, text_padding=padding)
    without_text = net(x, steps, torch.zeros_like(padded), text_padding=padding)
    return with_text, without_text


@BOTH_FAMILIES
@pytest.mark.parametrize("step", [0, 4, 9])
def test_a_guided_step_goes_from_no_text_beyond_the_text(
    architecture: Architecture, step: int
) -> None:
    net, said = network(architecture), texts(architecture)
    ours = fast(net)
    with_text, without_text = branches(net, said, motion(), step)
    expected = without_text + 2.5 * (with_text - without_text)
    got = ours.predict(motion(), step, ours.briefing(said, FRAMES), 2.5)
    torch.testing.assert_close(got, expected, rtol=1e-5, atol=2e-5)


@BOTH_FAMILIES
def test_guidance_of_one_is_the_text_alone(architecture: Architecture) -> None:
    net, said = network(architecture), texts(architecture)
    ours = fast(net)
    with_text, _ = branches(net, said, motion(), 4)
    got = ours.predict(motion(), 4, ours.briefing(said, FRAMES), 1)
    torch.testing.assert_close(got, with_text, rtol=1e-5, atol=1e-5)


@BOTH_FAMILIES
def test_guidance_of_zero_hears_nothing(architecture: Architecture) -> None:
    net, said = network(architecture), texts(architecture)
    ours = fast(net)
    _, without_text = branches(net, said, motion(), 4)
    got = ours.predict(motion(), 4, ours.briefing(said, FRAMES), 0)
    torch.testing.assert_close(got, without_text, rtol=1e-5, atol=1e-5)


def test_a_decoder_takes_a_single_vector_too() -> None:
    net, said = network(DECODER), texts(DECODER, tokens=(1, 1))
    ours = fast(net)
    with_text, _ = branches(net, said, motion(), 4)
    got = ours.predict(motion(), 4, ours.briefing(said, FRAMES), 1)
    torch.testing.assert_close(got, with_text, rtol=1e-5, atol=1e-5)


@BOTH_FAMILIES
def test_half_precision_stays_close(architecture: Architecture) -> None:
    net, said = network(architecture), texts(architecture)
    exact, half = fast(net), fast(net, torch.bfloat16)
    expected = exact.predict(motion(), 4, exact.briefing(said, FRAMES), 2.5)
    got = half.predict(motion(), 4, half.briefing(said, FRAMES), 2.5)
    assert got.dtype == torch.float32
    assert (got - expected).square().mean().sqrt() < 0.1 * expected.square().mean().sqrt()


def test_a_single_frame_is_enough() -> None:
    net, said = network(DECODER), texts(DECODER, tokens=(3,))
    ours = fast(net)
    one = motion(1)[:, :1]
    expected, _ = branches(net, said, one, 4)
    got = ours.predict(one, 4, ours.briefing(said, 1), 1)
    torch.testing.assert_close(got, expected, rtol=1e-5, atol=1e-5)


def test_without_packed_products_the_result_is_the_same() -> None:
    # no operator packs double precision, so the ordinary products stand in
    net, said = network(DECODER), texts(DECODER)
    ours = fast(net, torch.float64)
    with_text, _ = branches(net, said, motion(), 4)
    got = ours.predict(motion(), 4, ours.briefing(said, FRAMES), 1)
    torch.testing.assert_close(got, with_text, rtol=1e-5, atol=1e-5)


def test_a_text_of_another_encoder_is_refused() -> None:
    ours = fast(network(DECODER))
    with pytest.raises(ConfigError, match=r"\(3, 8\).*\(tokens, 12\)"):
        ours.briefing([torch.zeros(3, 8)], FRAMES)


def test_token_texts_are_refused_by_the_encoder_family() -> None:
    ours = fast(network(ENCODER))
    with pytest.raises(ConfigError, match="3 tokens"):
        ours.briefing([torch.zeros(3, 12)], FRAMES)


def test_no_text_at_all_is_refused() -> None:
    with pytest.raises(ConfigError, match="at least 1"):
        fast(network(DECODER)).briefing([], FRAMES)
