"""Consent: nobody pays for a language model's answers without having been told how many."""

from claims_env.assembly import build_generator
from claims_env.assembly.judging import load_tiered_clips
from claims_env.assembly.second_asking import asking_price, asks_somebody
from claims_env.commands.judge_reliability.flags import ReliabilityFlags
from claims_env.errors import ConfigError
from claims_env.motion import Motion
from claims_env.variable_library import TIERS


def require_consent(flags: ReliabilityFlags) -> None:
    """See that --yes was said if language models are to be asked.

    Raises:
        ConfigError: It was not; what would be asked, and about what it costs, is told.
    """
    asked = [name for name in flags.judges if asks_somebody(name, flags.chat)]
    if not asked or flags.yes:
        return
    clip, count = _example(flags)
    told = "; ".join(_bill(name, clip, count * flags.repeats, flags) for name in asked)
    raise ConfigError(f"{told}. Nobody was asked yet: add --yes to go ahead.")


def _example(flags: ReliabilityFlags) -> tuple[Motion, int]:
    """Return a clip like those to be judged, and how many there will be."""
    if flags.source is not None:
        clips, _ = load_tiered_clips(flags.source)
        return clips[0].motion, len(clips)
    (clip,) = build_generator("composer").generate(["a walk"], [0])
    return clip, flags.clips * len(TIERS)


def _bill(name: str, clip: Motion, calls: int, flags: ReliabilityFlags) -> str:
    price = asking_price(name, flags.chat, clip)
    cost = "at a price nobody knows" if price.usd is None else f"{calls * price.usd:.2f} USD"
    most = "up to " if flags.chat.cassette is not None else ""
    return f"{name}: {most}{calls} calls, about {calls * price.tokens:,} tokens, {cost}"
