"""CLAIMS as a Gymnasium environment: a scheduler writes prompts, one step trains a tracker."""

import gymnasium

from claims_env import _checkout as _checkout  # first: the imports below may need it
from claims_env.env import CurriculumEnv as CurriculumEnv

__version__ = "0.1.0"

gymnasium.register(
    id="claims_env/Curriculum-v0",
    entry_point="claims_env.assembly:build_env",
)
gymnasium.register(
    id="claims_env/Surrogate-v0",
    entry_point="claims_env.assembly.worlds:build_surrogate_env",
    vector_entry_point="claims_env.assembly.worlds:make_vec",
)
