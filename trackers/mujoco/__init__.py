"""The embedded tracker: real physics in MuJoCo, real reinforcement learning in torch, on any CPU.

Importing this room loads neither; making a `MujocoTracker` does. What it follows is a motion
brought onto its own body (`retargeting`), simulated (`humanoid`, `simulation`) and learned
by PPO (`ppo`) in as many processes as there are cores (`crew`). To add a body, describe it in
`body_plan` and name it in `settings`; to add an engine, implement `BatchPhysics`.
"""

from claims_env.trackers.mujoco.settings import MujocoSettings
from claims_env.trackers.mujoco.tracker import MujocoTracker

__all__ = ["MujocoSettings", "MujocoTracker"]
