"""Trains a Motion Diffusion Model of your own, which `--generator mdm` then takes.

From a data set in HumanML3D's layout, the published model's way (a GPU and days):

    .venv/bin/python scripts/train_mdm.py --data HumanML3D --text-encoder distilbert-base-uncased
        --out mine

From clips composed here, in hours on a CPU and with no files of others:

    .venv/bin/python scripts/train_mdm.py --compose 4000 --layers 4 --width 256 --feed-forward 512
        --steps 20000 --recipe.batch 32 --recipe.learning-rate 5e-4 --recipe.anneal-steps 20000
        --recipe.average 0.999 --recipe.precision bfloat16 --out mine

Stopped at any time, even by Ctrl-C, it goes on when called again with the same options. Then:

    .venv/bin/claims-env generate --generator mdm --checkpoint mine "a person kicks"
"""

import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any, Literal

import numpy as np
import tyro
from torch import Tensor

from claims_env.assembly import whole_library
from claims_env.captioned_motion import Caption
from claims_env.errors import ClaimsError, ConfigError, OutputError
from claims_env.formats.humanml3d import read_humanml3d, write_humanml3d
from claims_env.generators.composer import Composer
from claims_env.generators.mdm.architecture import Architecture
from claims_env.generators.mdm.args_file import read_args
from claims_env.generators.mdm.clip_text import ClipText
from claims_env.generators.mdm.distilbert import DistilBert
from claims_env.generators.mdm.loading import chosen_device
from claims_env.generators.mdm.schedule import Schedule
from claims_env.generators.mdm.statistics import load_statistics
from claims_env.generators.mdm.text_encoder import TextEncoder
from claims_env.generators.mdm.training.corpus import corpus_of
from claims_env.generators.mdm.training.course import Course, follow_course
from claims_env.generators.mdm.training.folder import TrainingFolder
from claims_env.generators.mdm.training.recipe import Recipe
from claims_env.generators.mdm.training.settings_file import see_same, settings_of
from claims_env.generators.mdm.training.text_store import TextStore
from claims_env.generators.mdm.training.trainer import Trainer
from claims_env.generators.mdm.word_hash import WordHash
from claims_env.held_out import RESERVED_SEEDS, split_library
from claims_env.humanml3d import CaptionedFeatures
from claims_env.motion import Motion
from claims_env.motion_filter import passes
from claims_env.progress_bar import progress_bar
from claims_env.variable_library import TIERS

SHOWN = 5
"""Reasons for leaving clips out that are told; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to train on, what to train and how."""

    out: Path
    """Folder of checkpoints and of the record; an earlier training in it is continued."""
    data: Path | None = None
    """Data set in HumanML3D's layout; its Mean.npy and Std.npy are used."""
    split: str = "train"
    """Which of the data set's lists to train on."""
    compose: int = 0
    """Instead of --data: compose so many clips, spread over domains and --tiers."""
    tiers: tuple[int, ...] = TIERS
    """Tiers of composed clips."""
    arch: Literal["trans_dec", "trans_enc"] = "trans_dec"
    """Family; trans_enc needs CLIP as --text-encoder."""
    layers: int = 8
    """Transformer layers."""
    width: int = 512
    """Width of the transformer."""
    heads: int = 4
    """Attention heads."""
    feed_forward: int = 1024
    """Width of the feed-forward blocks."""
    text_encoder: str = "word_hash"
    """Folder of DistilBERT (trans_dec) or CLIP (trans_enc), or 'word_hash', which needs none and
    knows nothing of what words mean."""
    text_width: int = 256
    """Numbers per word of word_hash."""
    diffusion_steps: int = 50
    """Steps from noise to motion."""
    steps: int = 200_000
    """Training steps in all, those of earlier calls included."""
    log_every: int = 100
    """Steps per line of the record, log.jsonl."""
    save_every: int = 5_000
    """Steps per checkpoint."""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    """Where to train; a Mac's GPU lacks the double precision that losses are counted in."""
    recipe: Recipe = field(default_factory=Recipe)
    """How the network learns."""


def main(options: Options) -> None:
    """Train until the last step, or until Ctrl-C."""
    device, encoder = device_for(options), text_encoder(options)
    sizes = architecture(options, encoder.width)
    # refusals come first: composing takes long, and nothing is to be left behind by one
    course = Course(options.steps, options.log_every, options.save_every, options.recipe.batch)
    see_begun(options, sizes, encoder)
    data = data_set(options)
    clips = read_clips(data, options.split)
    statistics = load_statistics(data, own=True)
    corpus = corpus_of(
        clips, statistics.mean, statistics.std, encoded_once(encoder, options.out / "texts")
    )
    settings = settings_for(options, sizes, encoder, corpus.digest, statistics.digest)
    folder = TrainingFolder(options.out)
    left = folder.begin(settings, statistics.mean, statistics.std)
    trainer = Trainer(
        corpus, sizes, options.recipe, diffusion_steps=options.diffusion_steps, device=device
    )
    if left is not None:
        trainer.resume(left)
    print(f"{len(corpus.clips)} clips, on {device}, from step {trainer.step}", flush=True)
    train(trainer, folder, course)


def train(trainer: Trainer, folder: TrainingFolder, course: Course) -> None:
    """Advance the trainer, and say what happens."""
    left = max(course.steps - trainer.step, 0)
    with asked_to_stop() as is_over, progress_bar("training", left) as advance:
        is_done = follow_course(
            trainer,
            folder,
            course,
            is_over=is_over,
            after_step=advance,
            after_line=lambda line: print(told(line), flush=True),
        )
    print(f"{folder.path}: {trainer.step} steps" + ("." if is_done else "; call again to go on."))


def told(line: dict[str, Any]) -> str:
    return f"step {line['step']}  loss {line['loss']:.4f}  {line['samples_per_s']:.0f} clips/s"


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Give a question: was Ctrl-C pressed, or SIGTERM sent? A second one ends it at once."""
    asked = Event()

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.set()
        print("Stopping after this step; its checkpoint is kept.", file=sys.stderr)
        signal.signal(number, before[signal.Signals(number)])

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def see_begun(options: Options, sizes: Architecture, encoder: TextEncoder) -> None:
    """See that something is there to learn from, and --out new or begun with these settings."""
    Schedule.cosine(options.diffusion_steps)  # refuses what is none
    if (options.data is None) == (options.compose <= 0):
        raise ConfigError("Name a data set with --data FOLDER, or ask for clips with --compose N.")
    begun = read_args(options.out)
    if begun is None:
        if any(options.out.glob("*.pt")):
            raise OutputError(f"{options.out} holds models of another kind. Name another --out.")
        return
    # clips and statistics are compared once they are there
    digests = [str(begun.values.get(name)) for name in ("data_digest", "statistics_digest")]
    see_same(begun.values, settings_for(options, sizes, encoder, *digests), options.out)


def settings_for(
    options: Options, sizes: Architecture, encoder: TextEncoder, data: str, statistics: str
) -> dict[str, Any]:
    settings = settings_of(
        sizes,
        options.recipe,
        diffusion_steps=options.diffusion_steps,
        text_encoder=encoder.facts,
        data=data,
        statistics=statistics,
    )
    return settings if options.data else {**settings, "data_dir": composed_name(options)}


def composed_name(options: Options) -> str:
    tiers = "".join(map(str, options.tiers))
    return f"composed-{options.compose}-tiers{tiers}-seed{options.recipe.seed}"


def data_set(options: Options) -> Path:
    """Return the folder to learn from, composed if it is asked for and not there yet."""
    if options.data is not None:
        return options.data
    folder = options.out / composed_name(options)
    if not folder.exists():
        # under another name until it is whole
        partial = folder.with_name(f".{folder.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        with progress_bar("composing", options.compose) as advance:
            write_humanml3d(partial, composed(options, advance), seed=options.recipe.seed)
        partial.rename(folder)
    return folder


def composed(
    options: Options, after_each: Callable[[], None]
) -> Iterator[tuple[Motion, list[Caption]]]:
    """Yield valid clips and their prompts, the domains and tiers in turn."""
    # the words of the built-in suite stay unknown to the model
    library, _ = split_library(whole_library())
    composer = Composer()
    rng = np.random.default_rng(options.recipe.seed)
    count = 0
    while count < options.compose:
        domain = library.domains[count % len(library.domains)]
        tier = options.tiers[count // len(library.domains) % len(options.tiers)]
        prompt = library.sample(rng, domain=domain, tier=tier)
        (motion,) = composer.generate([prompt], [int(rng.integers(RESERVED_SEEDS))])
        if passes(motion):
            yield motion.renamed(f"tier{tier}-{count:06d}"), [Caption(prompt.text)]
            count += 1
            after_each()


def text_encoder(options: Options) -> TextEncoder:
    if options.text_encoder != "word_hash":
        folder = Path(options.text_encoder)
        return DistilBert(folder) if options.arch == "trans_dec" else ClipText(folder)
    if options.arch == "trans_enc":
        raise ConfigError("trans_enc reads one vector per text: name CLIP with --text-encoder.")
    return WordHash(options.text_width)


def device_for(options: Options) -> str:
    device = chosen_device(options.device)
    return "cpu" if device == "mps" else device


def architecture(options: Options, text_width: int) -> Architecture:
    least = min(options.layers, options.width, options.feed_forward, options.heads)
    if least < 1 or options.width % options.heads or options.width % 2:
        raise ConfigError("Sizes are 1 or more; --width is even, and a multiple of --heads.")
    return Architecture(
        options.arch,
        options.layers,
        options.width,
        options.feed_forward,
        options.heads,
        text_width,
    )


def read_clips(data: Path, split: str) -> tuple[CaptionedFeatures, ...]:
    """Read a data set, and say what of it cannot be learned from."""
    read = read_humanml3d(data, split)
    for refusal in read.refused[:SHOWN]:
        print(f"left out: {refusal.reason}", file=sys.stderr)
    if len(read.refused) > SHOWN:
        print(f"... and {len(read.refused) - SHOWN} more", file=sys.stderr)
    return read.clips


def encoded_once(encoder: TextEncoder, folder: Path) -> Callable[[Sequence[str]], Sequence[Tensor]]:
    """Return a function that encodes captions unless an earlier call did."""
    store = TextStore(encoder, folder)

    def encode(sentences: Sequence[str]) -> Sequence[Tensor]:
        with progress_bar("encoding captions", len(sentences)) as advance:
            return store.encode(sentences, advance)

    return encode


if __name__ == "__main__":
    try:
        main(tyro.cli(Options, description=__doc__))
    except ClaimsError as error:
        raise SystemExit(str(error)) from None
    except KeyboardInterrupt:
        raise SystemExit("Stopped. Call again to go on from the last checkpoint.") from None
