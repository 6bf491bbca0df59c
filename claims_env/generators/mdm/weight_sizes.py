"""The sizes of a network, read off its weights, and whether the weights are all there."""

from collections.abc import Collection, Mapping
from pathlib import Path

from torch import Tensor

from claims_env.errors import CheckpointError
from claims_env.generators.mdm.architecture import Architecture, Kind
from claims_env.generators.mdm.state_shapes import state_shapes
from claims_env.humanml3d import FEATURES

STACKS: dict[Kind, str] = {"trans_dec": "seqTransDecoder", "trans_enc": "seqTransEncoder"}
"""Where each family keeps its layers (MDM, `model/mdm.py`)."""

_DROPPABLE = ("sequence_pos_encoder.pe", "embed_timestep.sequence_pos_encoder.pe")
"""Tables of positions, which follow from the width; older checkpoints save them."""

_TEXT_MODEL = "clip_model."
"""The text encoder's own weights, whichever it is; upstream strips them as it saves."""

_OTHERS = {
    "embed_target_cond.": "it aims joints at targets (DiP)",
    "embed_action.": "it listens to an action's number, and to no text",
    "gru.": "its layers are a GRU's",
}
"""Tensors that only models of another kind have."""

_SHOWN = 4

_CURE = "Take a checkpoint as MDM's training writes it."


def is_droppable(name: str) -> bool:
    """Return whether upstream's loader ignores the tensor as well."""
    return name in _DROPPABLE or name.startswith(_TEXT_MODEL)


def sizes_of(weights: Mapping[str, Tensor], path: Path) -> Architecture:
    """Return what the weights tell of the architecture; its heads stay 1, and it has no time token.

    Raises:
        CheckpointError: They are of another kind of model, or the tensors that tell are missing.
    """
    _refuse_others(weights, path)
    kind = _kind(weights, path)
    width, features = _shape(weights, "input_process.poseEmbedding.weight", path)
    if features != FEATURES:
        whose = "KIT-ML's" if features == 251 else "no known data set's"
        raise CheckpointError(
            f"{path}: it makes {features} numbers per frame, {whose}; motions are decoded from "
            f"HumanML3D's {FEATURES} alone. Take a checkpoint trained on HumanML3D."
        )
    return Architecture(
        kind=kind,
        layers=_layers(weights, kind),
        width=width,
        feed_forward=_shape(weights, f"{STACKS[kind]}.layers.0.linear1.weight", path)[0],
        heads=1,
        text_width=_shape(weights, "embed_text.weight", path)[1],
        features=features,
    )


def check_shapes(weights: Mapping[str, Tensor], architecture: Architecture, path: Path) -> None:
    """Check that every tensor is there and in its shape, and that there are no others.

    Raises:
        CheckpointError: They differ; the tensors are named.
    """
    shapes = state_shapes(architecture)
    _check_names(weights, shapes, f"a {architecture.kind} of {architecture.layers} layers", path)
    for name, shape in shapes.items():
        if tuple(weights[name].shape) != shape:
            raise CheckpointError(
                f"{path}: '{name}' has shape {tuple(weights[name].shape)}, and beside the other "
                f"tensors {shape} is expected. {_CURE}"
            )


def _check_names(have: Collection[str], need: Collection[str], model: str, path: Path) -> None:
    missing = [name for name in need if name not in have]
    unexpected = [name for name in have if name not in need]
    lacks = f"lacks {_some(missing)}" if missing else ""
    holds = f"holds {_some(unexpected)}, which it has no place for" if unexpected else ""
    problem = " and ".join(filter(None, (lacks, holds)))
    if problem:
        raise CheckpointError(f"{path}: it looks like {model}, but {problem}. {_CURE}")


def _refuse_others(weights: Mapping[str, Tensor], path: Path) -> None:
    for start, reason in _OTHERS.items():
        named = next((name for name in weights if name.startswith(start)), None)
        if named is not None:
            raise CheckpointError(
                f"{path}: it holds '{named}', so {reason}, and is not sampled here. Take a "
                "text-to-motion checkpoint, such as humanml_trans_dec_512_bert-50steps."
            )


def _kind(weights: Mapping[str, Tensor], path: Path) -> Kind:
    for kind, stack in STACKS.items():
        if any(name.startswith(f"{stack}.layers.") for name in weights):
            return kind
    raise CheckpointError(
        f"{path}: this is no Motion Diffusion Model: it holds {_some(list(weights))}, and neither "
        f"{' nor '.join(STACKS.values())}. Expected what MDM's training writes to model*.pt."
    )


def _layers(weights: Mapping[str, Tensor], kind: Kind) -> int:
    """Return how many layers there are; a gap among them then shows as missing tensors."""
    start = f"{STACKS[kind]}.layers."
    return len({n.removeprefix(start).split(".")[0] for n in weights if n.startswith(start)})


def _shape(weights: Mapping[str, Tensor], name: str, path: Path) -> tuple[int, int]:
    if name not in weights:
        raise CheckpointError(f"{path}: it lacks '{name}', from which its sizes follow. {_CURE}")
    shape = tuple(weights[name].shape)
    if len(shape) != 2:
        raise CheckpointError(f"{path}: '{name}' has shape {shape}, expected two dimensions.")
    return shape[0], shape[1]


def _some(names: Collection[str]) -> str:
    """Return the first names, and how many more there are."""
    shown = ", ".join(list(names)[:_SHOWN])
    more = len(names) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown or "nothing"
