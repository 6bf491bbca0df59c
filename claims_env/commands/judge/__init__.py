"""claims-env judge: what judges say of clips, and the pictures they are shown."""

import sys
from collections.abc import Callable, Sequence

import tyro

from claims_env import __version__
from claims_env.assembly import whole_library
from claims_env.assembly.chats import is_chat, open_account
from claims_env.assembly.judges import build_judge, judge_pictures
from claims_env.assembly.judging import plain_pictures
from claims_env.assembly.planning import load_clips
from claims_env.chat import Picture
from claims_env.chat_usage import told_usage
from claims_env.commands.judge.flags import DESCRIPTION, JudgeFlags, require_sound
from claims_env.commands.judge.judged_clip import judge_clips
from claims_env.commands.judge.judged_folder import (
    free_folder,
    picture_names,
    require_room,
    write_judged,
)
from claims_env.commands.judge.summary import show
from claims_env.errors import ConfigError
from claims_env.motion import Motion
from claims_env.progress_bar import progress_bar
from claims_env.stoppable_judge import STOPPED_STATUS, Stop, StoppableJudge

ABOUT = "say how hard a clip is, and whether it shows its prompt: claims-env judge CLIP"


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env judge --help`."""
    flags = tyro.cli(
        JudgeFlags, args=list(arguments), prog="claims-env judge", description=DESCRIPTION
    )
    require_sound(flags)
    library = whole_library()
    account = open_account(flags.chat)
    stop = Stop()
    judges = [
        StoppableJudge(build_judge(name, flags.chat, account, library.domains), stop)
        for name in flags.judges
    ]
    _refuse_repeated([judge.name for judge in judges])
    motions, refused = load_clips(flags.clips)
    views = _views(flags)
    folder = free_folder(flags.out)
    names = picture_names(motions, list(views))
    require_room(folder, list(names.values()), overwrite=flags.overwrite)
    with progress_bar("judging clips", len(motions) * len(judges)) as advance:
        clips = judge_clips(motions, flags.prompt, judges, library, advance)
    conditions = {"claims_env": __version__, "usage": account.usage()}
    try:
        write_judged(folder, clips, views, {**conditions, "refused": refused})
    finally:
        # whatever became of the files, what was said may have been paid for
        show(clips)
        for told in told_usage(account.usage()["chats"]):
            sys.stdout.write(f"{told}\n")
    for refusal in refused:
        sys.stdout.write(f"Not used: {refusal.reason}\n")
    sys.stdout.write(f"Pictures and {len(clips)} judged clip(s) are in {folder}\n")
    return STOPPED_STATUS if stop.is_set else 0


def _views(flags: JudgeFlags) -> dict[str, Callable[[Motion, str], Picture]]:
    """Return what draws the pictures of each language model, or of any where none is asked."""
    viewers = [name for name in flags.judges if is_chat(name)]
    if not viewers:
        return {"": plain_pictures(flags.chat)}
    return {name: judge_pictures(name, flags.chat) for name in viewers}


def _refuse_repeated(names: Sequence[str]) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ConfigError(f"Two judges are called '{repeated[0]}'. Leave one out.")
