"""The suites a run evaluates on: the built-in one, and those of folders."""

import importlib

from claims_env.assembly.generators import build_generator, is_shipped
from claims_env.config import RunConfig
from claims_env.errors import SuiteError
from claims_env.generator import MotionGenerator
from claims_env.held_out import compose_suite
from claims_env.motion_filter import passes
from claims_env.suite import Suite
from claims_env.variable_library import VariableLibrary


def build_suites(
    config: RunConfig, reserved: VariableLibrary | None, generator: MotionGenerator
) -> list[Suite]:
    """Return the suites a configuration asks for, the built-in one first.

    Args:
        config: Names the folders, and how many built-in clips there are.
        reserved: The words kept from training; None where none could be reserved.
        generator: Makes the built-in clips if it is the user's own; for ours, the composer does.

    Raises:
        SuiteError: A suite holds no usable clip, or the built-in one is asked for, there are no
            words for it, and no other is named.
    """
    formats = importlib.import_module("claims_env.formats.suite_folder")
    suites: list[Suite] = [formats.load_suite(path) for path in config.suite]
    if config.held_out and reserved is None and not suites:
        raise SuiteError(
            "No domain of the library has two base actions of one tier, of which one could be kept "
            "for the built-in suite. Add phrases, name a suite with --suite DIR, or do without: "
            "--held-out 0."
        )
    if config.held_out and reserved is not None:
        # the same suite whatever the run's filter and generator, so that runs can be compared
        maker = build_generator("composer") if is_shipped(config.generator) else generator
        suites.insert(0, compose_suite(reserved, maker, passes, clips=config.held_out))
    return suites
