"""The judges by name: the offline ones, and any language model that sees pictures."""

import importlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from claims_env.answers import require_contract
from claims_env.assembly.body_models import build_body
from claims_env.assembly.by_name import create
from claims_env.assembly.chats import (
    Account,
    build_chat,
    is_chat,
    known_chats,
    recorded_name,
    split_name,
)
from claims_env.assembly.extras import require_mujoco
from claims_env.chat import Chat, Picture
from claims_env.chat_config import ChatConfig
from claims_env.errors import ConfigError
from claims_env.judge import Judge
from claims_env.motion import Motion

JUDGES = {
    "kinematic": "claims_env.judges.kinematic_judge:KinematicJudge",
    "planner": "claims_env.trackers.mujoco.planning.planner_judge:PlannerJudge",
    "posture": "claims_env.judges.posture_judge:PostureJudge",
}
"""Those that need neither a key nor a network."""

_IN_PHYSICS = ("planner",)
"""Judges that simulate."""


def build_judge(
    name: str,
    chat: ChatConfig | None = None,
    account: Account | None = None,
    domains: Sequence[str] = (),
) -> Judge:
    """Return the judge of that name.

    Args:
        name: One of `JUDGES`, a chat's (see `build_chat`), or 'module:Class'.
        chat: How a language model is asked; None is by our defaults.
        account: What the language models of a run share.
        domains: Which a clip may be said to belong to; none is the paper's.

    Raises:
        UnknownName: Nobody registered that name.
        ConfigError: It cannot be imported or made.
        ChatError: The key of a language model is missing, or its cassette cannot be used.
        ContractBroken: It has no name, or lacks a method.
        MissingDependency: It needs an optional package that is not installed.
    """
    if is_chat(name):
        config = chat or ChatConfig()
        aligns = not config.aligners or _is_among(name, config.aligners)
        return vlm_judge(name, build_chat(name, config, account), config, domains, aligns=aligns)
    if name in _IN_PHYSICS:
        require_mujoco(f"The judge '{name}'")
    judge: Judge = create("judge", name, {**dict.fromkeys(known_chats(), ""), **JUDGES})
    require_contract(judge, "judge", name, "align", "rate")
    return judge


def build_judges(
    names: Sequence[str], chat: ChatConfig, account: Account | None, domains: Sequence[str]
) -> list[Judge]:
    """Return the judges of a run.

    Raises:
        ConfigError: One is to judge alignment and is no judge here, or as `build_judge` says.
    """
    strangers = [name for name in chat.aligners if not _is_among(name, names)]
    if strangers and any(map(is_chat, names)):
        raise ConfigError(
            f"'chat.aligners' names {strangers[0]}, which is none of the judges that are language "
            f"models. Judges: {', '.join(names)}."
        )
    return [build_judge(name, chat, account, domains) for name in names]


def judge_pictures(name: str, chat: ChatConfig) -> Callable[[Motion, str], Picture]:
    """Return what draws the pictures a language model is shown, for a motion and a purpose.

    Raises:
        ConfigError: The body model cannot be used, or the painter cannot draw here.
        MissingDependency: The painter is not installed.
        UnknownName: There is no such vendor.
    """
    vendor, _ = split_name(name)
    if chat.painter == "mujoco":
        _require_gl()
    high = vendor == "dashscope" and chat.high_resolution
    body = None if chat.body_model is None else build_body(chat.body_model)
    return partial(
        _picture,
        layout=chat.layout,
        provider=f"{vendor}-high" if high else vendor,
        ghost=chat.ghost,
        painter=chat.painter,
        body=body,
    )


def vlm_judge(
    name: str, chat: Chat, config: ChatConfig, domains: Sequence[str] = (), *, aligns: bool
) -> Judge:
    """Return a judge that shows clips to a language model.

    Args:
        name: The model's, which decides how large its pictures are.
        chat: Who is asked.
        config: What it is shown and told.
        domains: Which a clip may be said to belong to; none is the paper's.
        aligns: Whether it also says if a clip shows its prompt.

    Raises:
        ConfigError: A text or the body model cannot be used, or the painter cannot draw here.
        MissingDependency: The painter is not installed.
        UnknownName: There is no such vendor.
    """
    texts = importlib.import_module("claims_env.judges.prompt_text")
    room = importlib.import_module("claims_env.judges.vlm_judge")
    folder = None if config.prompts is None else config.prompts.expanduser()
    judge: Judge = room.VlmJudge(
        chat,
        judge_pictures(name, config),
        texts=texts.load_texts(folder),
        aligns=aligns,
        workers=config.concurrency,
        **({"domains": domains} if domains else {}),
    )
    return judge


def _require_gl() -> None:
    """Refuse a painter that cannot draw before a run begins, not at every clip of it."""
    require_mujoco("The painter 'mujoco'")
    problem = importlib.import_module("claims_env.rendering.gl_probe").gl_available()
    if problem is not None:
        importlib.import_module("claims_env.rendering.gl_painter").refuse(problem)


def _is_among(name: str, names: Sequence[str]) -> bool:
    """Return whether a chat is named, be it by a short name or in full."""
    chats = {recorded_name(other) for other in names if is_chat(other)}
    return is_chat(name) and recorded_name(name) in chats


def _picture(motion: Motion, purpose: str, **options: Any) -> Picture:
    frames = importlib.import_module("claims_env.judges.vlm_judge").FRAMES[purpose]
    room = importlib.import_module("claims_env.rendering.judge_picture")
    picture: Picture = room.judge_picture(motion, frames=frames, **options)
    return picture
