"""claims-env generate: make clips of texts or prompts, with pictures of them."""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import tyro

from claims_env import __version__
from claims_env.answers import made_motions
from claims_env.assembly import build_body, build_generator, whole_library
from claims_env.commands.generate.clip_folder import ClipFolder
from claims_env.commands.generate.flags import DESCRIPTION, GenerateFlags
from claims_env.commands.generate.folder_lock import kept
from claims_env.commands.generate.order import Order, draw, fill, read_action, read_text
from claims_env.commands.generate.refusals import flag_of, refuse_dashes, refuse_idle
from claims_env.commands.generate.summary import Made, readable, show
from claims_env.errors import ConfigError
from claims_env.generator import MotionGenerator, StreamsMotions
from claims_env.motion_filter import MotionLimits, check, official
from claims_env.progress_bar import progress_bar
from claims_env.prompt import SLOTS, Prompt
from claims_env.variable_library import VariableLibrary

ABOUT = 'make clips and their pictures: claims-env generate "TEXT"'

BATCH = 8
"""Clips asked of a generator at a time: enough for one that works in batches, few enough to show
how far it has come."""

TRIES = 500
"""Prompts drawn until one's template has room for every phrase that is named."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env generate --help`."""
    refuse_dashes(arguments)
    flags = tyro.cli(
        GenerateFlags, args=list(arguments), prog="claims-env generate", description=DESCRIPTION
    )
    refuse_idle(flags)
    library = whole_library(flags.library)
    orders = list(dict.fromkeys(_orders(flags, library)))
    names = {order: order.name(flags.full_name) for order in orders}
    body = None if flags.mdm.body_model is None else build_body(flags.mdm.body_model)
    with kept(flags.folder):
        folder = ClipFolder(flags.folder, _facts(flags, library), flags.suffixes, body)
        folder.prepare(list(names.values()), overwrite=flags.overwrite)
        # after the folder: a model takes long to read
        generator = build_generator(flags.generator, flags.mdm)
        _fill(folder, names, generator, official() if flags.is_official else MotionLimits())
    return 0


def _fill(
    folder: ClipFolder, names: dict[Order, str], generator: MotionGenerator, limits: MotionLimits
) -> None:
    """Make the clips; what was finished is listed and told, whatever stops the others."""
    made: list[Made] = []
    orders = list(names)
    try:
        with progress_bar("making clips", len(orders)) as bar:
            for clip in _clips(generator, orders, limits, bar.reach):
                folder.add(names[clip.order], clip.order, clip.motion, clip.verdict)
                made.append(clip)
                bar.reach(len(made))
    finally:
        try:
            folder.close()
        finally:
            _say(made, orders, folder)


def _orders(flags: GenerateFlags, library: VariableLibrary) -> Iterator[Order]:
    """Yield every clip that is wanted: each prompt with each of its seeds.

    Raises:
        ConfigError: Nothing is wanted, or something that cannot be.
    """
    if flags.seeds < 1 or flags.random < 0 or flags.seed < 0:
        raise ConfigError("--seeds is 1 or more; --seed and --random are not negative.")
    prompts: list[Prompt | str] = [read_text(text, library) for text in flags.texts]
    prompts += [read_action(action, library) for action in flags.action]
    drawn = partial(draw, library, flags.seed, domain=flags.domain, tier=flags.tier)
    if any(flags.phrases.values()):
        if flags.domain is None:
            raise ConfigError(f"Phrases belong to a domain: --domain {', '.join(library.domains)}.")
        prompts.append(fill(library, (drawn(i) for i in range(TRIES)), flags.phrases))
    for prompt in prompts:
        yield from (Order(prompt, flags.seed + take) for take in range(flags.seeds))
    for index in range(flags.random):
        # takes of their own, or all of them would lead with the same side
        first = flags.seed + index * flags.seeds
        yield from (Order(drawn(index), first + take) for take in range(flags.seeds))
    if not prompts and not flags.random:
        raise ConfigError(
            'Nothing is asked for. Give a text, such as claims-env generate "a front kick", '
            f"or --random 5, --action, or --domain with one of {', '.join(map(flag_of, SLOTS))}."
        )


def _clips(
    generator: MotionGenerator,
    orders: Sequence[Order],
    limits: MotionLimits,
    on_progress: Callable[[float], None],
) -> Iterator[Made]:
    """Yield the clips, made in batches.

    Raises:
        ContractBroken: The generator does not give one motion per prompt.
    """
    size = len(orders) if isinstance(generator, StreamsMotions) else BATCH
    for start in range(0, len(orders), size):
        batch = orders[start : start + size]
        prompts, seeds = [o.prompt for o in batch], [o.seed for o in batch]
        motions = made_motions(generator, prompts, seeds, on_progress)
        for order, motion in zip(batch, motions, strict=True):
            yield Made(order, motion, check(motion, limits))


def _facts(flags: GenerateFlags, library: VariableLibrary) -> dict[str, object]:
    return {
        "claims_env": __version__,
        "generator": flags.full_name,
        "library": library.digest,
        "filter": flags.filter,
    }


def _say(made: Sequence[Made], orders: Sequence[Order], folder: ClipFolder) -> None:
    if made:
        show(made)
    if len(made) < len(orders):
        sys.stdout.write(f"Stopped: {len(made)} of {len(orders)} clips were made.\n")
    if made and folder.overview.exists():
        sys.stdout.write(f"Look at {readable(str(folder.overview))}\n")
