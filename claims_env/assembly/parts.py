"""All parts of a curriculum, from the configuration that names them."""

from collections.abc import Sequence

from claims_env.assembly.filters import build_filter
from claims_env.assembly.generators import build_generator
from claims_env.assembly.judges import build_judge
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
        SuiteError: A suite holds no usable clip, or the built-in one is asked for, the library has
            no words to reserve for it, and no other is named.
        ContractBroken: A part has no name or lacks a method.
    """
    library, reserved = split_library(whole_library(config.library))
    motion_filter = build_filter(config.filter)
    generator = build_generator(config.generator)
    judges = [build_judge(name) for name in config.judges]
    _require_different("judge", [judge.name for judge in judges])
    suites = build_suites(config, reserved, generator)
    _require_different("suite", [suite.name for suite in suites])
    return Parts(
        library=library,
        generator=generator,
        check=motion_filter,
        tracker=build_tracker(config.tracker),
        judges=judges,
        suites=suites,
    )


def _require_different(kind: str, names: Sequence[str]) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ConfigError(
            f"Two of the {kind}s are called {', '.join(map(repr, repeated))}. Results are kept by "
            "name: leave one out, or rename it (a suite is named in its manifest)."
        )
