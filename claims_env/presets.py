"""Named configurations: from a minute's smoke test to the paper's own numbers."""

from claims_env.chat_config import ChatConfig
from claims_env.config import RunConfig, TrackerConfig
from claims_env.errors import UnknownName
from claims_env.external_config import ExternalConfig

PAPERS_JUDGES = ("gpt-4o", "qwen-vl-max")

PAPERS_CHAT = ChatConfig(aligners=("qwen-vl-max",))
"""Qwen alone decides on alignment, both rate difficulty (Sec. 3.4). The frames stand in a grid: of
the paper's one row, providers leave a few pixels a frame (`--chat.layout row` takes it)."""

PRESETS: dict[str, RunConfig] = {
    "smoke": RunConfig(
        rounds=2,
        sets=5,
        held_out=3,
        tracker=TrackerConfig(assist=0.25, samples=60_000, seconds=20.0),
    ),
    "quick": RunConfig(tracker=TrackerConfig(assist=0.25)),
    "laptop": RunConfig(
        rounds=7,
        sets=40,
        held_out=25,
        tracker=TrackerConfig(assist=0.25, samples=11_000_000),
    ),
    "paper-phc": RunConfig(
        rounds=7,
        sets=200,
        held_out=0,
        scheduler="llm",
        generator="mdm",
        judges=PAPERS_JUDGES,
        chat=PAPERS_CHAT,
        filter="official",
        # 30,100 epochs of 1024 x 32 steps, the one-shot baseline's figure, over seven rounds
        tracker=TrackerConfig(name="phc", assist=0.0, samples=140_902_400),
    ),
    "paper-maskedmimic": RunConfig(
        rounds=2,
        sets=200,
        held_out=0,
        scheduler="llm",
        generator="mdm",
        judges=PAPERS_JUDGES,
        chat=PAPERS_CHAT,
        filter="official",
        tracker=TrackerConfig(name="masked_mimic", assist=0.0, samples=140_902_400),
        external=ExternalConfig(num_envs=2048),
    ),
}

ABOUT = {
    "smoke": "2 rounds of 5 prompts, as small as it goes; under 90 s on 2 cores",
    "quick": "the demo: 3 rounds of 10 prompts, real physics; under 5 minutes on 2 cores",
    "laptop": "7 rounds of 40 prompts; about 2 hours on 2 cores",
    "paper-phc": "the paper's size, on PHC in Isaac Gym (your installation, see --external.python)",
    "paper-maskedmimic": "the paper's size, on MaskedMimic (your installation likewise)",
}


def preset(name: str) -> RunConfig:
    """Return a preset.

    Raises:
        UnknownName: There is none of that name.
    """
    if name not in PRESETS:
        raise UnknownName("preset", name, PRESETS)
    return PRESETS[name]
