"""Takes a gradient step that was not finite once more, and says which of its numbers were not.

The tracker writes such a dump when a step of its training cannot be taken; its message names the
file.
"""

import sys
from pathlib import Path
from typing import Annotated

import tyro

from claims_env.errors import ClaimsError
from claims_env.trackers.mujoco.dump import not_finite, read_dump
from claims_env.trackers.mujoco.ppo import loss


def main(dump: Annotated[Path, tyro.conf.Positional]) -> int:
    """Print what is not finite: of the batch, of the parameters, of loss and gradient."""
    try:
        policy, batch, how = read_dump(dump)
    except ClaimsError as error:
        print(error, file=sys.stderr)
        return 2
    value, moved = loss(policy, **batch, clip=how["clip"], attention=how["attention"])
    value.backward()  # type: ignore[no-untyped-call]
    arrays = {name: part.float().numpy() for name, part in batch.items()}
    del arrays["taught"]  # not a number wherever there is no teacher
    arrays["parameters"] = policy.parameters.numpy()
    arrays["gradient"] = policy.gradient.numpy()
    print(f"loss {float(value.detach()):.6g}, move of the policy {moved:.6g} nat")
    print(f"largest parameter {abs(arrays['parameters']).max():.6g}")
    for name, count in not_finite(arrays).items() or [("nothing", 0)]:
        print(f"not finite: {name}, {count} of {arrays[name].size if count else 0} numbers")
    return 0


if __name__ == "__main__":
    sys.exit(tyro.cli(main, description=__doc__))
