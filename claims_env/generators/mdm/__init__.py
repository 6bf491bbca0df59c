"""The Motion Diffusion Model (Tevet et al.), the paper's generator, with a checkpoint of yours."""

from claims_env.generators.mdm.loading import load_mdm
from claims_env.generators.mdm.mdm import MDM
from claims_env.generators.mdm.model import Model

__all__ = ["MDM", "Model", "load_mdm"]
