"""Flags that would do nothing, or not what was meant: refused before anything is made."""

from collections.abc import Sequence
from dataclasses import fields

from claims_env.commands.generate.flags import GenerateFlags
from claims_env.errors import ConfigError
from claims_env.mdm_config import MdmConfig


def refuse_dashes(arguments: Sequence[str]) -> None:
    """Say how a text is written that begins with a dash.

    Raises:
        ConfigError: One would be taken for a flag.
    """
    for argument in arguments:
        if argument == "--":
            return
        flag, space, _ = argument.partition(" ")
        if argument.startswith("-") and space and "=" not in flag:
            raise ConfigError(
                f"{argument!r} begins with a dash, as flags do. Write texts like this last, after "
                "two dashes: claims-env generate --seed 0 -- TEXT."
            )


def refuse_idle(flags: GenerateFlags) -> None:
    """See that no flag is without effect.

    Raises:
        ConfigError: One is; it says which.
    """
    idle = _changed(flags.mdm)
    if idle and flags.generator != "mdm":
        raise ConfigError(
            f"{flag_of(idle[0])} is for the generator mdm, and '{flags.generator}' was asked. Add "
            "--generator mdm, or leave it out."
        )
    _refuse_unheard_seeds(flags)
    named = [slot for slot, phrase in flags.phrases.items() if phrase is not None]
    if named and flags.random:
        raise ConfigError(
            f"--random draws every phrase, so {flag_of(named[0])} would not be heard. Leave "
            "--random out: the slots not named are drawn, others with another --seed."
        )
    if named or flags.random:
        return
    for flag, given in (("--domain", flags.domain), ("--tier", flags.tier)):
        if given is not None:
            raise ConfigError(
                f"{flag} says what is drawn, and nothing is drawn here. Add --random 5 or name a "
                f"phrase, such as with --base-action; for texts alone, leave {flag} out."
            )


def _refuse_unheard_seeds(flags: GenerateFlags) -> None:
    if flags.mdm.official_seeding is None:
        return
    # what is drawn of the library does depend on --seed
    draws = flags.random or any(flags.phrases.values())
    for flag, given in (("--seeds", flags.seeds != 1), ("--seed", flags.seed != 0 and not draws)):
        if given:
            raise ConfigError(
                f"{flag} would not be heard: with --official-seeding a clip follows from its place "
                "in the call. Leave one of them out; another --official-seeding is another take."
            )


def _changed(mdm: MdmConfig) -> list[str]:
    """Return the names of what was set."""
    # pictures of any clip may be drawn with a body
    plain = MdmConfig(body_model=mdm.body_model)
    return [f.name for f in fields(mdm) if getattr(mdm, f.name) != getattr(plain, f.name)]


def flag_of(slot: str) -> str:
    """Return how a slot's phrase is named on the command line."""
    return "--" + slot.replace("_", "-")
