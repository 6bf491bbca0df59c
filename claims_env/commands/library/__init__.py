"""claims-env library: show, check, import and calibrate the words prompts are made of."""

import importlib
import sys
from collections.abc import Callable, Sequence

ABOUT = "show, check, import and calibrate the words: claims-env library [SUB-COMMAND]"

SUB_COMMANDS = {
    "show": "list templates and phrases with their tiers and what was measured of them",
    "check": "find what is wrong with a library of your own, and what the generator misses",
    "import": "bring the official release's words over from your clone of it",
    "calibrate": "measure what every phrase does to a motion, and compare with its tier",
}
"""Each is a module of `claims_env.commands.library`, named after what it brings about."""

_MODULES = {
    "show": "show_words",
    "check": "check_words",
    "import": "import_words",
    "calibrate": "calibrate_words",
}


def main(arguments: Sequence[str]) -> int:
    """Run a sub-command; anything that names none is what `show` takes."""
    name = arguments[0] if arguments else ""
    if name in ("-h", "--help", "help"):
        sys.stdout.write(_overview())
        return 0
    if name in SUB_COMMANDS:
        return _sub_command(name)(arguments[1:])
    return _sub_command("show")(arguments)


def _sub_command(name: str) -> Callable[[Sequence[str]], int]:
    module = importlib.import_module(f"claims_env.commands.library.{_MODULES[name]}")
    command: Callable[[Sequence[str]], int] = module.main
    return command


def _overview() -> str:
    lines = [
        "claims-env library: the words prompts are made of.",
        "",
        "A prompt is a sentence with four slots: base_action, combo_action, detail and",
        "speed_rhythm. A library holds, for each domain, the sentences and what may fill them;",
        "every phrase has a tier, 1 (easy) to 5 (hard).",
        "",
        *(f"  claims-env library {name:<10} {about}" for name, about in SUB_COMMANDS.items()),
        "",
        "`claims-env library DOMAIN` is short for `claims-env library show DOMAIN`.",
        "Play your own words with `claims-env run --library FOLDER`.",
        "Each sub-command explains itself: claims-env library check --help",
    ]
    return "\n".join(lines) + "\n"
