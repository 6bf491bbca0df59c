"""Measures how long MDM takes per step of its diffusion on one core, with random weights.

The same run times the network as it was published, in two passes per step, so that a slow machine
is slow for both; the two take turns, and medians are compared.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch

from claims_env.generators.composer import Composer
from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.fast_network import FastNetwork
from claims_env.generators.mdm.network import Network
from claims_env.humanml3d import encode_joints, joints_of
from claims_env.humanml3d.clip import motion_of
from claims_env.motion_filter import check
from claims_env.motion_repair import repair

PUBLISHED = Architecture("trans_dec", 8, 512, 1024, 4, text_width=768)
STEPS, GUIDANCE, FRAMES, TOKENS, ROUNDS = 50, 2.5, 120, 24, 11


def main() -> None:
    """Print milliseconds per step of each network, and how far bfloat16 is off."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    network = Network(PUBLISHED).eval()
    text, motion = torch.randn(1, TOKENS, 768), torch.randn(1, FRAMES, 263)
    published = as_published(network, text, motion)
    single = fast(network, text, motion, torch.float32)
    half = fast(network, text, motion, torch.bfloat16)
    theirs, ours, ours_half = medians([published, single, half])
    print(
        f"mdm: {ours:.0f} ms a step in float32 and {ours_half:.0f} in bfloat16 on one core, as "
        f"published {theirs:.0f}: {theirs / ours:.1f} and {theirs / ours_half:.1f} times as long "
        f"({FRAMES} frames, {TOKENS} tokens; {ours * STEPS / 1e3:.1f} and "
        f"{ours_half * STEPS / 1e3:.1f} s a clip; off by {off(single(), published()):.0e} and "
        f"{off(half(), published()):.0e} of the motion)"
    )
    show_path()


def show_path() -> None:
    """Print what the way from features to a clip on the floor takes, and the filter's look."""
    (composed,) = Composer().generate(["a high front kick, then a jump"], [0])
    features = encode_joints(joints_of(composed))
    decoded, repaired = motion_of(features, "clip"), repair(motion_of(features, "clip"))
    work = [
        lambda: motion_of(features, "clip"),
        lambda: repair(decoded.renamed("fresh")),
        lambda: check(replace(repaired)),
    ]
    decoding, mending, looking = medians(work)
    print(
        f"mdm: features to a clip {decoding:.1f} ms, its repair {mending:.1f} ms; the filter looks "
        f"at it for {looking:.1f} ms (one core, {decoded.frames} frames)"
    )


def as_published(
    network: Network, text: torch.Tensor, motion: torch.Tensor
) -> Callable[[], torch.Tensor]:
    """Return a step in two passes, with the text and without."""
    step = torch.tensor([STEPS // 2])

    @torch.no_grad()
    def predict() -> torch.Tensor:
        with_text: torch.Tensor = network(motion, step, text)
        without_text: torch.Tensor = network(motion, step, torch.zeros_like(text))
        return without_text + GUIDANCE * (with_text - without_text)

    return predict


def fast(
    network: Network, text: torch.Tensor, motion: torch.Tensor, dtype: torch.dtype
) -> Callable[[], torch.Tensor]:
    """Return the same step by the network made for sampling."""
    rearranged = FastNetwork(network.state_dict(), PUBLISHED, STEPS, dtype=dtype)
    briefing = rearranged.briefing(list(text), FRAMES)
    return lambda: rearranged.predict(motion, STEPS // 2, briefing, GUIDANCE)


def medians(steps: Sequence[Callable[[], object]]) -> list[float]:
    """Return the processor time each takes [ms], the median over rounds of taking turns."""
    for step in steps:
        step()
    rounds = [[milliseconds(step) for step in steps] for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def milliseconds(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return (time.process_time() - start) * 1e3


def off(got: torch.Tensor, expected: torch.Tensor) -> float:
    """Return the root mean square difference, as a share of what is expected."""
    return float((got - expected).square().mean().sqrt() / expected.square().mean().sqrt())


if __name__ == "__main__":
    main()
