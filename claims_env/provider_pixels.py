"""How many pixels and tokens of a picture reach a provider's model, by the providers' own rules.

A picture sent to a model is resized on the way. A strip of sixty frames, 14,522 pixels wide,
arrives at GPT-4o with 34 pixels to a frame; knowing the rules, a sheet can be laid out so that
nothing is lost. They are the providers' published ones: OpenAI's image guide, the image processor
of Qwen2-VL and Qwen2.5-VL with DashScope's default cap, and Gemini's pages on tokens and on media
resolution. Tokens are what budgets are kept by, so where rules leave room, the larger count is
taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil, floor, sqrt

from claims_env.errors import ConfigError, UnknownName

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PixelRule:
    """What a provider makes of a picture.

    Attributes:
        served: The size its model sees [px], of the width and height sent.
        tokens: What it counts for one at most, of the width and height sent.
    """

    served: Callable[[int, int], Size]
    tokens: Callable[[int, int], int]


def served_size(width: int, height: int, provider: str | None = None) -> Size:
    """Return the size at which a provider's model sees a picture [px].

    Args:
        width: As sent [px].
        height: As sent [px].
        provider: One of `PIXEL_RULES` or of `ALIASES`; None takes whoever leaves the least.

    Raises:
        ConfigError: The picture has no pixels, or is too long for the provider.
        UnknownName: There is no such provider.
    """
    if min(width, height) < 1:
        raise ConfigError(f"A picture of {width} x {height} pixels cannot be sent. Make it larger.")
    sizes = [rule.served(width, height) for rule in rules_of(provider)]
    return min(sizes, key=lambda size: size[0] * size[1])


def arrives_whole(width: int, height: int, provider: str | None = None) -> bool:
    """Return whether a provider's model, or every one, sees a picture pixel for pixel as sent.

    Raises:
        ConfigError: The picture is too long for the provider.
        UnknownName: There is no such provider.
    """
    return all(rule.served(width, height) == (width, height) for rule in rules_of(provider))


def picture_tokens(width: int, height: int, provider: str | None = None) -> int:
    """Return how many tokens a picture counts for at most.

    Args:
        width: As sent [px].
        height: As sent [px].
        provider: One of `PIXEL_RULES` or of `ALIASES`; None takes whoever of those that are priced
            alike counts the most (GPT-4o mini counts 33 times as much as others, for as much less).

    Raises:
        UnknownName: There is no such provider.
    """
    known = ALIASES.get(provider or "any", provider)
    named = rules_of(known) if known else [PIXEL_RULES[name] for name in _COSTLIEST]
    return max(rule.tokens(width, height) for rule in named)


def rules_of(provider: str | None) -> list[PixelRule]:
    """Return the rule of a provider, or those to be met where it is not known.

    Raises:
        UnknownName: There is no such provider.
    """
    name = ALIASES.get(provider or "any", provider)
    if name is None:
        return [PIXEL_RULES[known] for known in _STRICTEST]
    if name not in PIXEL_RULES:
        raise UnknownName("provider of picture models", name, {*PIXEL_RULES, *ALIASES})
    return [PIXEL_RULES[name]]


def _openai(width: int, height: int) -> Size:
    """Fit into 2048 x 2048, then bring the short side down to 768."""
    return _scaled(width, height, _openai_share(width, height))


def _openai_share(width: int, height: int) -> float:
    return min(1.0, 2048 / max(width, height), 768 / min(width, height))


def _openai_tokens(width: int, height: int, whole: int = 85, square: int = 170) -> int:
    """Count so many for the whole and for each square of 512 (GPT-4o: 85 and 170)."""
    share = _openai_share(width, height)
    # rounded a little first: 2048 px may come out as 2048.0000000000002
    across, down = (ceil(round(side * share, 6) / 512) for side in (width, height))
    return whole + square * across * down


def _openai_patches(width: int, height: int) -> Size:
    """Cover with at most 1536 patches of 32 x 32 (GPT-4.1 mini, o4-mini and later small models)."""
    if ceil(width / 32) * ceil(height / 32) <= 1536:
        return width, height
    share = sqrt(1536 * 32**2 / (width * height))
    across, down = width * share / 32, height * share / 32
    fit = [floor(side) / side for side in (across, down) if side >= 1]
    return _scaled(width, height, share * min(fit))


def _openai_patch_tokens(width: int, height: int) -> int:
    """Count 2.46 for each patch, the most of the small models (GPT-4.1 nano; mini has 1.62)."""
    across, down = _openai_patches(width, height)
    return ceil(2.46 * ceil(across / 32) * ceil(down / 32))


def _qwen(width: int, height: int, most_tokens: int) -> Size:
    """Take whole patches of 28 x 28, from 4 up to so many, shape nearly kept."""
    if max(width, height) > 200 * min(width, height):
        raise ConfigError(
            f"Qwen refuses a picture of {width} x {height} pixels, more than 200 times as long "
            "as high. Lay the frames out as a grid."
        )
    across, down = _qwen_patches(width, height, most_tokens)
    return 28 * across, 28 * down


def _qwen_patches(width: int, height: int, most: int) -> Size:
    across, down = (max(1, round(side / 28)) for side in (width, height))
    if across * down > most:
        share = sqrt(most * 28**2 / (width * height)) / 28
        across, down = (max(1, floor(side * share)) for side in (width, height))
    elif across * down < 4:
        share = sqrt(4 * 28**2 / (width * height)) / 28
        across, down = (ceil(side * share) for side in (width, height))
    return across, down


def _qwen_tokens(width: int, height: int, most_tokens: int) -> int:
    """Count one per patch."""
    across, down = _qwen_patches(width, height, most_tokens)
    return across * down


def _gemini(width: int, height: int) -> Size:
    """Fit into 3072 x 3072; tiles are cut from that and never shrunk."""
    return _scaled(width, height, min(1.0, 3072 / max(width, height)))


def _gemini_tokens(width: int, height: int) -> int:
    """Count the most of three published rules.

    258 for each square of two thirds of the short side, 256 to 768 (Gemini 2, where tiles are cut
    from what fits 3072 x 3072); 258 for each square of 768 of what was sent (its page on tokens);
    1120, what Gemini 3 grants any picture (its page on media resolution).
    """
    across, down = _gemini(width, height)
    side = min(768, max(256, floor(min(across, down) / 1.5)))
    cut = 258 * ceil(across / side) * ceil(down / side)
    return max(cut, 258 * ceil(width / 768) * ceil(height / 768), 1120)


def _scaled(width: int, height: int, share: float) -> Size:
    return max(1, round(width * share)), max(1, round(height * share))


PIXEL_RULES = {
    "openai": PixelRule(_openai, _openai_tokens),
    "openai-mini": PixelRule(_openai, partial(_openai_tokens, whole=2833, square=5667)),
    "openai-patches": PixelRule(_openai_patches, _openai_patch_tokens),
    "qwen": PixelRule(partial(_qwen, most_tokens=1280), partial(_qwen_tokens, most_tokens=1280)),
    "qwen-high": PixelRule(
        partial(_qwen, most_tokens=16384), partial(_qwen_tokens, most_tokens=16384)
    ),
    "gemini": PixelRule(_gemini, _gemini_tokens),
}
"""By provider; openai-mini is GPT-4o mini, qwen-high is Qwen asked for
`vl_high_resolution_images`."""

ALIASES = {
    "dashscope": "qwen",
    "dashscope-high": "qwen-high",
    "gemini-legacy": "gemini",
    "compatible": None,
    "any": None,
}
"""Other names of providers; None stands for one nobody knows, so that every rule must be met."""

_STRICTEST = ("openai", "openai-patches", "qwen", "gemini")
_COSTLIEST = ("openai", "openai-patches", "qwen-high", "gemini")
