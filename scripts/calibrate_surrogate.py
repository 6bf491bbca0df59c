"""Fits the simulated worlds and shows what they predict.

    calibrate_surrogate.py                    fit to the paper's tables, print the checks
    calibrate_surrogate.py --ledgers RUN...   fit the emulator to runs on the embedded tracker

With --write the figures that ship are replaced, so do that in a checkout.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from claims_env.agents.rule_scheduler import RuleScheduler
from claims_env.library import load_library
from claims_env.records import to_json
from claims_env.run_folder import read_rounds
from claims_env.surrogate_path import played_path
from claims_env.surrogate_vec import SurrogateVecEnv
from claims_env.trackers.simulated.calibration import ROUNDS, SEEDS, SETS, calibrate
from claims_env.trackers.simulated.emulator_fit import SHIPPED_EMULATOR, fit_emulator
from claims_env.trackers.simulated.family import build
from claims_env.trackers.simulated.left_out import left_out
from claims_env.trackers.simulated.parameters import SHIPPED, Parameters
from claims_env.trackers.simulated.predictive_check import predictive_checks
from claims_env.trackers.simulated.simulated_world import SimulatedWorld
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Ints

TRACKER = "mujoco, the embedded one"

FOLDER = Path(__file__).resolve().parents[1] / "trackers" / "simulated"


def play_rule(library: VariableLibrary, world: SimulatedWorld) -> Ints:
    """Return what the paper's rule asks of a world, shape (rounds, instances, sets, 6)."""
    env = SurrogateVecEnv(world, library, num_envs=SEEDS, sets=SETS, rounds=ROUNDS)
    return played_path(RuleScheduler(library), env, seed=0)


def fit_to_paper(write: bool) -> bool:
    """Fit, print, and say whether every promise holds."""
    library = load_library()
    parameters = calibrate(library, lambda world: play_rule(library, world))
    print(_spelled(parameters))
    path = play_rule(library, build("rasch", parameters))
    print(f"{'world':14}{'figure':52}{'paper':>9}{'ours':>9}{'within':>8}")
    promised = True
    for check in predictive_checks(library, path, parameters):
        within = "held out" if check.tolerance is None else f"{check.tolerance:.2f}"
        verdict = "" if check.holds else "  MISSED"
        figures = f"{check.paper:9.3f}{check.ours:9.3f}"
        print(f"{check.world:14}{check.what:52}{figures}{within:>10}{verdict}")
        promised &= check.holds or check.world != "rasch"
    if write:
        (FOLDER / SHIPPED).write_text(_spelled(parameters), "utf-8")
        print(f"wrote {FOLDER / SHIPPED}")
    return promised


def fit_to_ledgers(folders: Sequence[Path], write: bool) -> None:
    """Fit the emulator to whole runs, and show how it predicts a scheduler it has not seen."""
    runs = [read_rounds(folder) for folder in folders]
    most = max(len(run) for run in runs)
    whole = [run for run in runs if len(run) == most]
    print(f"{len(whole)} whole runs of {most} rounds; {len(runs) - len(whole)} are not finished")
    fit = fit_emulator(whole, TRACKER)
    text = "# Written by scripts/calibrate_surrogate.py --ledgers; see emulator_fit.py.\n"
    text += yaml.safe_dump(to_json(fit), sort_keys=False)
    print(text)
    print("Growth of held-out ability in a run of a scheduler that was left out [logit]:")
    for line in left_out(whole):
        print(f"  {line.scheduler:18}seen {line.seen:6.2f}   predicted {line.predicted:6.2f}")
    if write:
        (FOLDER / SHIPPED_EMULATOR).write_text(text, "utf-8")
        print(f"wrote {FOLDER / SHIPPED_EMULATOR}")


def _spelled(parameters: Parameters) -> str:
    head = (
        "# Written by scripts/calibrate_surrogate.py --write; what each is, parameters.py says.\n"
    )
    return head + yaml.safe_dump(to_json(parameters), sort_keys=False)


def main() -> int:
    parser = argparse.ArgumentParser(description="Fits the simulated worlds.")
    parser.add_argument("--write", action="store_true", help="write the parameters that ship")
    parser.add_argument("--ledgers", nargs="+", type=Path, help="run folders of physics trackers")
    arguments = parser.parse_args()
    if arguments.ledgers:
        fit_to_ledgers(arguments.ledgers, arguments.write)
        return 0
    return 0 if fit_to_paper(arguments.write) else 1


if __name__ == "__main__":
    sys.exit(main())
