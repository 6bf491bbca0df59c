"""The shipped generators by name, those that answer from a folder among them."""

import importlib
import logging
from collections.abc import Callable
from pathlib import Path

from claims_env.answers import require_contract
from claims_env.assembly.body_models import build_body
from claims_env.assembly.by_name import create
from claims_env.assembly.extras import require_torch
from claims_env.errors import ConfigError
from claims_env.generator import MotionGenerator
from claims_env.mdm_config import MdmConfig

GENERATORS = {"composer": "claims_env.generators.composer:Composer"}

MDM = "mdm"
"""The generator that needs a model of the user's."""


def build_generator(name: str, mdm: MdmConfig | None = None) -> MotionGenerator:
    """Return the generator of that name; those of `FOLDER_GENERATORS` are named 'name:FOLDER'.

    Args:
        name: Which.
        mdm: The model and settings of 'mdm'.

    Raises:
        UnknownName: Nobody registered that name.
        ConfigError: It cannot be made, or lacks its folder, its checkpoint or another file.
        CheckpointError: Its checkpoint cannot be used.
        MissingDependency: It needs an optional package that is absent.
        MotionError: Its folder holds nothing it can use.
        ContractBroken: It has no name, or no method `generate`.
    """
    if name == MDM:
        return _mdm(mdm or MdmConfig())
    if looks_up(name):
        kind, _, folder = name.partition(":")
        if not folder:
            raise ConfigError(f"'{kind}' needs a folder. Write {kind}:FOLDER.")
        return FOLDER_GENERATORS[kind](Path(folder).expanduser())
    known = {**GENERATORS, MDM: "", **{f"{kind}:FOLDER": "" for kind in FOLDER_GENERATORS}}
    generator: MotionGenerator = create("generator", name, known)
    require_contract(generator, "generator", name, "generate")
    return generator


def looks_up(generator: str) -> bool:
    """Return whether a generator plays recordings: those of its folder are not held out."""
    return generator.partition(":")[0] in FOLDER_GENERATORS


def is_shipped(generator: str) -> bool:
    """Return whether a generator is one of ours."""
    return generator in GENERATORS or generator == MDM or looks_up(generator)


def _mdm(config: MdmConfig) -> MotionGenerator:
    require_torch("The generator mdm", "mdm")
    body = None if config.body_model is None else build_body(config.body_model)
    room = importlib.import_module("claims_env.generators.mdm")
    generator: MotionGenerator = room.load_mdm(config, body)
    return generator


def _mocap_retrieval(folder: Path) -> MotionGenerator:
    captioned = importlib.import_module("claims_env.formats.captioned_folder").load_captioned(
        folder
    )
    if captioned.refused:
        told = "; ".join(refusal.reason for refusal in captioned.refused[:3])
        # where nobody configures logging, this is one plain line on the error stream
        logging.getLogger(__name__).warning(
            "%d thing(s) in %s cannot be used: %s", len(captioned.refused), folder, told
        )
    room = importlib.import_module("claims_env.generators.mocap_retrieval")
    generator: MotionGenerator = room.MocapRetrieval(captioned)
    return generator


FOLDER_GENERATORS: dict[str, Callable[[Path], MotionGenerator]] = {
    "mocap_retrieval": _mocap_retrieval
}
"""Generators that answer from a folder, named as name:FOLDER."""
