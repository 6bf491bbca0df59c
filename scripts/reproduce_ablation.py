r"""Runs the arms of the paper's ablations over several seeds and prints tables beside the paper's.

Each run has a folder of its own, OUT/ARM/seed-N: started again, this script continues where it was.
As it stands it needs no key and no physics: the tracker is a formula and the language model a rule,
so its figures show that everything works, and nothing else. For figures that mean something:

    python scripts/reproduce_ablation.py --tracker mujoco --samples 700000 --suite MOCAP \
        --model gemini:MODEL --usd 20
"""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import tyro

from claims_env.ablation import Ablation, Choice, Outcome, choice_of, outcomes_of
from claims_env.ablation_page import ablation_page
from claims_env.arms import ARMS, arm
from claims_env.assembly import build_agent, build_parts, env_of
from claims_env.config import RunConfig, TrackerConfig, read_config, to_yaml
from claims_env.curriculum import Parts
from claims_env.decision_record import Decision
from claims_env.errors import ClaimsError, ConfigError, LedgerError
from claims_env.ledger import RunLedger
from claims_env.play import describe
from claims_env.report import write_report
from claims_env.report.transcript_record import read_explanation
from claims_env.rounds import Round
from claims_env.run import run
from claims_env.run_folder import read_rounds, read_usage

OFFLINE = "offline:"
"""How the models begin that are none."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to compare."""

    arms: tuple[str, ...] = tuple(ARMS)
    """Which arms."""
    seeds: int = 3
    """How many runs of each arm, seeded 0, 1, ..."""
    rounds: int = 4
    """Rounds of a run, round 0 included (Tab. 3: 4; Tab. 4: 7)."""
    sets: int = 20
    """Prompts per round (the paper: 200)."""
    tracker: str = "skill"
    """The controller being trained: skill (a formula), mujoco (embedded physics), or
    module:Class."""
    samples: int = 700_000
    """Control steps of training per round, for trackers that count them."""
    assist: float = 0.25
    """Helping wrench as a fraction of body weight, for mujoco."""
    generator: str = "composer"
    """Who turns prompts into motions, as for claims-env run."""
    judges: tuple[str, ...] = ("kinematic", "posture")
    """Who looks at the clips, likewise."""
    model: str = "offline:rule"
    """The language model of the scheduler; offline:rule is a stand-in and no language model."""
    suite: tuple[Path, ...] = ()
    """Folders of held-out clips, such as motion capture."""
    held_out: int = 40
    """Composed clips held out beside them; 0 leaves them out."""
    usd: float | None = None
    """Most money each run may spend on language models."""
    cassettes: Path | None = None
    """Folder in which each run's questions and answers are recorded, and read back from."""
    source: Path | None = None
    """A config.yaml to start from; the other settings here win over it."""
    pages: bool = False
    """Whether each run gets its report.html."""
    out: Path = Path("runs/ablation")
    """Where the runs, ablation.md, ablation.csv and ablation.json go."""


def configured(options: Options, name: str, seed: int) -> RunConfig:
    """Return the configuration of one run."""
    base = RunConfig() if options.source is None else read_config(options.source)
    tracker = TrackerConfig(
        name=options.tracker,
        samples=options.samples,
        assist=options.assist if options.tracker == "mujoco" else 0.0,
    )
    cassette = options.cassettes and options.cassettes / f"{name}-{seed}.jsonl"
    base = replace(
        base,
        seed=seed,
        rounds=options.rounds,
        sets=options.sets,
        tracker=tracker,
        generator=options.generator,
        judges=options.judges,
        suite=options.suite,
        held_out=options.held_out,
        llm=replace(base.llm, model=options.model),
        chat=replace(base.chat, usd=options.usd, cassette=cassette),
    )
    return arm(name).change(base)


def opened(folder: Path, config: RunConfig) -> RunLedger:
    """Return the ledger of a run that is new, or was begun with the same settings.

    Raises:
        LedgerError: It was begun with others.
    """
    if not (folder / "run.json").exists():
        return RunLedger.create(folder, to_yaml(config), describe(config))
    if (folder / "config.yaml").read_text("utf-8") != to_yaml(config):
        raise LedgerError(
            f"{folder} was begun with other settings. Name another folder with --out, or remove it."
        )
    return RunLedger.resume(folder)


def played(config: RunConfig, folder: Path, pages: bool) -> tuple[tuple[Round, ...], list[str]]:
    """Play a run, or what is left of it; return its rounds and what was real of it."""
    parts = build_parts(config)
    done = read_rounds(folder) if (folder / "run.json").exists() else ()
    # whoever cannot be built, for want of a key say, is missed before a folder is begun
    left = len(done) < config.rounds
    agent = build_agent(config, parts.library, parts.account) if left else None
    with opened(folder, config) as ledger:
        if agent is not None:
            if parts.account is not None:
                parts.account.charge(read_usage(folder))
            env = env_of(parts, config, ledger=ledger)
            done = run(agent, env, seed=config.seed, ledger=ledger)
    if pages:
        write_report(folder)
    return done, honest(config, parts)


def honest(config: RunConfig, parts: Parts) -> list[str]:
    """Return what of a run was real and what was not, the worst first."""
    facts, suites = parts.tracker.facts, [f"{s.name} ({s.kind})" for s in parts.suites]
    kind, assist = facts.get("kind"), facts.get("assist", 0.0)
    simulated = kind == "simulated"
    told = [
        "NOTHING WAS TRAINED: the tracker is a formula of a clip's mean speed, to which the amount "
        "of training is all one, so that one-shot against round by round says nothing."
        if simulated
        else f"The tracker '{facts.get('name')}' is {kind}, helped by {assist:.0%} of body weight.",
        f"Motions by {parts.generator.name}; evaluated on {', '.join(suites) or 'no suite'}.",
        f"Judges: {', '.join(judge.name for judge in parts.judges) or 'none'}. Those called "
        "offline are no language models either.",
    ]
    return told


def asked(choices: Sequence[Choice]) -> list[str]:
    """Return whom the schedulers asked, if any run asked somebody."""
    models = sorted({choice.asked for choice in choices})
    return [
        f"NO LANGUAGE MODEL WAS ASKED: '{model}' is the 2x2 rule in code."
        if model.startswith(OFFLINE)
        else f"Scheduler's model: {model}."
        for model in models
    ]


def decisions_of(folder: Path, rounds: Sequence[Round]) -> list[Decision]:
    """Return how a run's prompts were chosen, where a language model was to choose them."""
    told = (read_explanation(folder, played.index) for played in rounds)
    return [found.decision for found in told if found is not None and found.decision is not None]


def configurations(options: Options) -> list[tuple[str, int, RunConfig]]:
    """Return every run that is to be played: arm, seed and configuration.

    Raises:
        UnknownName: There is no such arm.
        ConfigError: There is nothing to compare or to evaluate on, or a setting does not fit.
    """
    if not options.arms or options.seeds < 1:
        raise ConfigError(
            "Nothing is to be played. Expected an --arms or more, and --seeds of 1 or more."
        )
    if not options.suite and not options.held_out:
        raise ConfigError(
            "Nothing is to be evaluated on. Name a --suite, or --held-out of 1 or more."
        )
    names = dict.fromkeys(options.arms)
    return [(n, s, configured(options, n, s)) for n in names for s in range(options.seeds)]


def compared(options: Options, tell: Callable[[str], None]) -> tuple[Ablation, list[str]]:
    """Play every run; one that breaks down is told of and left out.

    Raises:
        ClaimsError: What is asked for cannot be, so that nothing was played.
    """
    outcomes: list[Outcome] = []
    choices: list[Choice] = []
    said: dict[str, list[str]] = {}
    failed: list[str] = []
    for name, seed, config in configurations(options):
        folder = options.out / name / f"seed-{seed}"
        try:
            rounds, told = played(config, folder, options.pages)
        except Exception as error:  # a part of somebody's own may raise anything
            kind = "" if isinstance(error, ClaimsError) else f"{type(error).__name__}: "
            failed.append(f"{name}, seed {seed}, is missing: {kind}{error}")
            tell(failed[-1])
            continue
        said.setdefault(name, told)
        outcomes += outcomes_of(name, seed, rounds)
        choice = choice_of(name, seed, decisions_of(folder, rounds))
        choices += [] if choice is None else [choice]
        last = rounds[-1].held_out_success
        tell(f"{name}, seed {seed}: {'-' if last is None else f'{last:.1%}'} held out")
    size = (
        f"{options.seeds} seed(s), {options.rounds} rounds of {options.sets} prompts. The paper "
        "tells of one training per cell: 200 prompts a round, PHC in Isaac Gym, MDM, GPT-4o, "
        "Qwen-VL-Max and Gemini."
    )
    first = said.get("full") or next(iter(said.values()), [])
    found = Ablation(tuple(outcomes), tuple(choices))
    return found, [*first[:1], *asked(choices), *first[1:], size, *failed]


def write(found: Ablation, said: Sequence[str], options: Options) -> str:
    """Write the tables as Markdown, CSV and JSON; return the first."""
    page = ablation_page(found, said)
    (options.out / "ablation.md").write_text(page, "utf-8")
    rows = [asdict(outcome) for outcome in found.outcomes]
    with (options.out / "ablation.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    settings = {name: str(value) for name, value in asdict(options).items()}
    choices = [asdict(choice) for choice in found.choices]
    content = {"said": list(said), "options": settings, "choices": choices, "outcomes": rows}
    (options.out / "ablation.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    return page


def main(options: Options) -> None:
    try:
        found, said = compared(options, lambda text: print(text, flush=True))
    except ClaimsError as error:
        raise SystemExit(f"{error}") from None
    if not found.outcomes:
        raise SystemExit("No run came to an end, or none was evaluated on a suite.")
    print(f"\n{write(found, said, options)}")
    print(f"Written to {options.out}: ablation.md, ablation.csv, ablation.json")


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
