"""All parts of a curriculum, from the configuration that names them."""

from collections.abc import Sequence

from claims_env.assembly.chats import is_chat, open_account
from claims_env.assembly.filters import build_filter
from claims_env.assembly.generators import build_generator
from claims_env.assembly.judges import build_judges
from claims_env.assembly.schedulers import asks_chat
from claims_env.assembly.suites import build_suites
from claims_env.assembly.trackers import build_tracker
from claims_env.assembly.words import whole_library
from claims_env.config import RunConfig
from claims_env.curriculum import Parts
from claims_env.errors import ConfigError
from claims_env.held_out import split_library


def build_parts(config: RunConfig) -> Parts:
    """Return the parts a configuration names, imported only now.

    Raises:
        UnknownName: A part is asked for by a name nobody registered.
        MissingDependency: A part needs an optional package that is absent.
        ConfigError: A setting does not fit, or two judges or suites share a name.
        ChatError: The key of a language model is missing, or its cassette cannot be used.
        CheckpointError: A checkpoint cannot be used.
        SuiteError: A suite holds no usable clip, or the built-in one is asked for, the library has
            no words to reserve for it, and no other is named.
        ContractBroken: A part has no name or lacks a method.
    """
    library, reserved = split_library(whole_library(config.library))
    motion_filter = build_filter(config.filter)
    tracker = build_tracker(config.tracker, config.external)
    generator = build_generator(config.generator, config.mdm)
    asks = any(map(is_chat, config.judges)) or asks_chat(config.scheduler)
    account = open_account(config.chat) if asks else None
    judges = build_judges(config.judges, config.chat, account, library.domains)
    _require_different("judge", [judge.name for judge in judges])
    suites = build_suites(config, reserved, generator)
    _require_different("suite", [suite.name for suite in suites])
    return Parts(
        library=library,
        generator=generator,
        check=motion_filter,
        tracker=tracker,
        judges=judges,
        suites=suites,
        keep_score=config.keep_score,
        account=account,
    )


def _require_different(kind: str, names: Sequence[str]) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ConfigError(
            f"Two of the {kind}s are called {', '.join(map(repr, repeated))}. Results are kept by "
            "name: leave one out, or rename it (a suite is named in its manifest)."
        )
