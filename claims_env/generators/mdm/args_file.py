"""args.json, which training leaves beside a checkpoint: what the weights cannot say themselves."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims_env.errors import CheckpointError

NAME = "args.json"

_SUPPORTED: dict[str, tuple[Any, str]] = {
    "dataset": ("humanml", "other data sets have other features per frame"),
    "noise_schedule": ("cosine", "the published text-to-motion models all use it"),
    "sigma_small": (True, "the larger variance is not sampled here"),
    "unconstrained": (False, "an unconstrained model listens to no text"),
    "emb_policy": ("add", "other policies change how text and time meet"),
    "context_len": (0, "it continues a prefix of motion (DiP), and needs one"),
    "pred_len": (0, "it continues a prefix of motion (DiP), and needs one"),
    "multi_target_cond": (False, "it aims joints at targets (DiP), and needs them"),
    "lambda_target_loc": (0, "it aims joints at targets (DiP), and needs them"),
}
"""Settings that change what the weights mean, the value sampled here, and why no other."""

_ARCHITECTURES = ("trans_dec", "trans_enc")
_UPSTREAM = ("arch", "latent_dim", "layers")
"""What MDM's own args.json always has (`utils/parser_util.py`)."""


@dataclass(frozen=True, slots=True)
class ArgsFile:
    """The arguments a model was trained with.

    Attributes:
        path: The file.
        values: Its content, without what is null: a null says as little as no entry.
    """

    path: Path
    values: dict[str, Any]

    @property
    def of_training(self) -> bool:
        """Whether it names the sizes, as every args.json of MDM's training does."""
        return all(name in self.values for name in _UPSTREAM)

    @property
    def own_statistics(self) -> bool:
        """Whether the model was trained with statistics other than HumanML3D's."""
        return self.values.get("statistics") == "own"

    def number(self, name: str) -> int | None:
        """Return a whole number, or None where it is not given.

        Raises:
            CheckpointError: It is something else.
        """
        value = self.values.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise CheckpointError(f"{self.path}: '{name}' is {value!r}, and not a whole number.")

    def share(self, name: str) -> float | None:
        """Return a number from 0 to below 1, or None where it is not given.

        Raises:
            CheckpointError: It is something else.
        """
        value = self.values.get(name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is None or (is_number and 0 <= value < 1):
            return value
        raise CheckpointError(
            f"{self.path}: '{name}' is {value!r}, expected a number from 0 to below 1, such as the "
            f"0.1 of the published models. Put the {NAME} of that very training there."
        )

    def choice(self, name: str, known: tuple[str, ...]) -> str | None:
        """Return a word out of those known, or None where it is not given.

        Raises:
            CheckpointError: It is another.
        """
        value = self.values.get(name)
        if value is None or value in known:
            return value
        raise CheckpointError(f"{self.path}: '{name}' is {value!r}; known: {', '.join(known)}.")

    def truth(self, name: str) -> bool | None:
        """Return a true or false, or None where it is not given.

        Raises:
            CheckpointError: It is something else.
        """
        value = self.values.get(name)
        if value is None or isinstance(value, bool):
            return value
        raise CheckpointError(f"{self.path}: '{name}' is {value!r}, and not true or false.")


def read_args(folder: Path) -> ArgsFile | None:
    """Return the folder's args.json, or None where it has none.

    Raises:
        CheckpointError: It cannot be read, is no JSON object, or belongs to a model that is not
            sampled here; the setting and the reason are named.
    """
    path = folder / NAME
    try:
        values = json.loads(path.read_text(encoding="utf-8-sig"))  # editors may add a mark
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CheckpointError(
            f"{path}: it cannot be read ({error.strerror}). Check its permissions."
        ) from None
    except (ValueError, RecursionError) as error:
        raise CheckpointError(
            f"{path}: it is no JSON ({error}). Copy it anew from beside the checkpoint."
        ) from None
    if not isinstance(values, dict):
        raise CheckpointError(f"{path}: expected a JSON object of training arguments.")
    args = ArgsFile(path, {name: value for name, value in values.items() if value is not None})
    _refuse_others(args)
    return args


def _refuse_others(args: ArgsFile) -> None:
    for name, (wanted, reason) in _SUPPORTED.items():
        value = args.values.get(name, wanted)
        if value != wanted:
            raise _unsupported(args.path, name, value, wanted, reason)
    if args.values.get("cond_mode", "text") != "text":  # the older spelling of unconstrained
        reason = "other models listen to no text"
        raise _unsupported(args.path, "cond_mode", args.values["cond_mode"], "text", reason)
    if args.values.get("arch") == "gru":
        raise _unsupported(
            args.path, "arch", "gru", " or ".join(_ARCHITECTURES), "none was published"
        )
    args.choice("arch", _ARCHITECTURES)


def _unsupported(path: Path, name: str, value: Any, wanted: Any, reason: str) -> CheckpointError:
    return CheckpointError(
        f"{path}: '{name}' is {value!r}, and models with {wanted!r} alone are sampled here: "
        f"{reason}. Take a text-to-motion checkpoint, such as humanml_trans_dec_512_bert-50steps."
    )
