from dataclasses import replace

import pytest

pytest.importorskip("torch")

import torch
from torch import Tensor

from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.network import Network
from claims_env.generators.mdm.positions import positions
from claims_env.generators.mdm.state_shapes import state_shapes

DECODER = Architecture("trans_dec", 2, 16, 24, 4, text_width=12, features=7)
ENCODER = replace(DECODER, kind="trans_enc")
TIMED = replace(DECODER, time_token=True)
PUBLISHED = Architecture("trans_dec", 8, 512, 1024, 4, text_width=768)


def network(architecture: Architecture) -> Network:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return Network(architecture).eval()


def inputs(architecture: Architecture, tokens: int = 3) -> tuple[Tensor, Tensor, Tensor]:
    draw = torch.Generator().manual_seed(1)
    tokens = 1 if architecture.kind == "trans_enc" else tokens
    motion = torch.randn(2, 5, architecture.features, generator=draw)
    text = torch.randn(2, tokens, architecture.text_width, generator=draw)
    return motion, torch.tensor([4, 1]), text


@pytest.mark.parametrize("architecture", [DECODER, ENCODER, TIMED])
def test_the_network_holds_exactly_the_published_tensors(architecture: Architecture) -> None:
    held = {name: tuple(t.shape) for name, t in network(architecture).state_dict().items()}
    assert held == state_shapes(architecture)


def test_the_published_sizes_need_154_and_106_tensors() -> None:
    decoder, encoder = PUBLISHED, replace(PUBLISHED, kind="trans_enc", text_width=512)
    assert len(state_shapes(decoder)) == 154
    assert len(state_shapes(encoder)) == 106
    parameters = sum(torch.Size(shape).numel() for shape in state_shapes(decoder).values())
    assert parameters == pytest.approx(26.42e6, rel=1e-3)
    assert state_shapes(decoder)["seqTransDecoder.layers.7.multihead_attn.in_proj_weight"] == (
        1536,
        512,
    )


def test_positions_are_sines_and_cosines_in_turn() -> None:
    table = positions(4, 4)
    expected = [torch.sin(torch.tensor(3.0)), torch.cos(torch.tensor(3.0))]
    expected += [torch.sin(torch.tensor(0.03)), torch.cos(torch.tensor(0.03))]
    torch.testing.assert_close(table[3], torch.stack(expected))
    assert table[0].tolist() == [0, 1, 0, 1]


@pytest.mark.parametrize("architecture", [DECODER, ENCODER, TIMED])
def test_step_and_text_both_count(architecture: Architecture) -> None:
    motion, step, text = inputs(architecture)
    net = network(architecture)
    out = net(motion, step, text)
    assert out.shape == motion.shape
    assert not torch.allclose(out, net(motion, step + 1, text))
    assert not torch.allclose(out, net(motion, step, 2 * text))


@pytest.mark.parametrize("architecture", [DECODER, TIMED])
def test_tokens_that_are_padding_go_unheard(architecture: Architecture) -> None:
    motion, step, text = inputs(architecture)
    net = network(architecture)
    longer = torch.nn.functional.pad(text, (0, 0, 0, 2), value=9.0)
    padding = torch.tensor([[False] * 3 + [True] * 2] * 2)
    told = net(motion, step, longer, text_padding=padding)
    torch.testing.assert_close(told, net(motion, step, text))


@pytest.mark.parametrize("architecture", [DECODER, ENCODER, TIMED])
def test_frames_that_are_padding_change_no_other(architecture: Architecture) -> None:
    motion, step, text = inputs(architecture)
    net = network(architecture)
    longer = torch.nn.functional.pad(motion, (0, 0, 0, 2), value=9.0)
    padding = torch.tensor([[False] * 5 + [True] * 2] * 2)
    alone = net(motion, step, text)
    told = net(longer, step, text, frame_padding=padding)[:, :5]
    torch.testing.assert_close(told, alone)
    with torch.no_grad():  # torch takes a path of its own then
        told = net(longer, step, text, frame_padding=padding)[:, :5]
    torch.testing.assert_close(told, alone)


def test_training_drops_activations_and_reaches_every_tensor() -> None:
    motion, step, text = inputs(DECODER)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        net = Network(DECODER, dropout=0.5).train()
        first, second = net(motion, step, text), net(motion, step, text)
    assert not torch.allclose(first, second)
    first.square().sum().backward()
    assert all(parameter.grad is not None for parameter in net.parameters())
