"""How to go on from a run: continue it, repeat it, make this report again."""

import shlex

from claims_env.report.run_record import RunRecord


def instructions(run: RunRecord) -> list[tuple[str, str]]:
    """Return purposes and the commands that serve them, from the folder that holds the run."""
    name = shlex.quote(run.folder.name)
    again = shlex.quote(f"{run.folder.name}-again")
    return [
        (
            "Continue after an interruption; finished stages are read back:",
            f"claims-env resume {name}",
        ),
        (
            "Run it again from its own configuration, same seed:",
            f"claims-env run --from {name}/config.yaml --out {again}",
        ),
        ("Write this report again:", f"claims-env report {name}"),
    ]
