"""PHC's configuration, as strict as Hydra about what it may be told.

Defaults: PHC's config.yaml, env_im.yaml, im_big.yaml, smpl_humanoid.yaml and default_sim.yaml.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

_GROUPS = {
    "env": ("env_im", "env_im_getup_mcp", "env_im_pnn", "env_im_x_pnn", "env_vr"),
    "robot": ("smpl_humanoid", "smpl_humanoid_shape", "smplx_humanoid", "unitree_h1"),
    "learning": ("im", "im_big", "im_mcp", "im_mcp_big", "im_pnn", "im_pnn_big"),
    "sim": ("default_sim", "robot_sim"),
    "control": ("default_control", "robot_control"),
    "domain_rand": ("default_dr", "h1_dr"),
}

_TOP: dict[str, Any] = {
    "project_name": "PHC", "notes": "Default Notes", "exp_name": "humanoid_smpl",
    "headless": True, "seed": 0, "no_log": False, "resume_str": None, "num_threads": 64,
    "test": False, "dataset": False, "mlp": False, "output_path": "output/HumanoidIm/${exp_name}",
    "torch_deterministic": False, "epoch": 0, "im_eval": False, "horovod": False,
    "rl_device": "cuda:0", "device": "cuda", "device_id": 0, "metadata": False, "play": False,
    "train": True, "collect_dataset": False, "disable_multiprocessing": True,
    "server_mode": False, "has_eval": True, "no_virtual_display": True, "render_o3d": False,
    "debug": False, "follow": False, "add_proj": False, "real_traj": False,
    "hydra.run.dir": "output/HumanoidIm/${exp_name}", "hydra.job.name": "${exp_name}",
}  # fmt: skip

_ENV: dict[str, Any] = {
    "task": "HumanoidIm", "motion_file": "", "num_envs": 3072, "env_spacing": 5,
    "episode_length": 300, "auto_pmcp": False, "auto_pmcp_soft": True, "cycle_motion": False,
    "hard_negative": False, "min_length": 5, "kp_scale": 1, "power_reward": True,
    "shape_resampling_interval": 500, "control_mode": "isaac_pd", "power_scale": 1.0,
    "stateInit": "Random", "terminationDistance": 0.25, "enableEarlyTermination": True,
    "obs_v": 6, "self_obs_v": 1, "numAMPObsSteps": 10,
}  # fmt: skip

_LEARNING: dict[str, Any] = {
    "gamma": 0.99, "tau": 0.95, "learning_rate": 2e-5, "lr_schedule": "constant",
    "max_epochs": 10000000, "save_best_after": 100, "save_frequency": 1500,
    "save_intermediate": True, "entropy_coef": 0.0, "grad_norm": 50.0, "e_clip": 0.2,
    "horizon_length": 32, "minibatch_size": 16384, "mini_epochs": 6, "critic_coef": 5,
    "bounds_loss_coef": 10, "amp_obs_demo_buffer_size": 200000,
    "amp_replay_buffer_size": 200000, "amp_replay_keep_prob": 0.01, "amp_batch_size": 512,
    "amp_minibatch_size": 4096, "disc_coef": 5, "disc_grad_penalty": 5,
    "disc_reward_scale": 2, "task_reward_w": 0.5, "disc_reward_w": 0.5, "name": "Humanoid",
}  # fmt: skip

_SIM: dict[str, Any] = {
    "sim_device": "cuda:0", "pipeline": "gpu", "graphics_device_id": 0, "substeps": 2,
    "physx.step_dt": "1/60", "physx.num_threads": 4,
}  # fmt: skip

KNOWN: dict[str, Any] = {
    **_TOP,
    **{"env." + key: value for key, value in _ENV.items()},
    **{"learning.params.config." + key: value for key, value in _LEARNING.items()},
    **{"sim." + key: value for key, value in _SIM.items()},
    "learning.params.seed": 0,
    "robot.humanoid_type": "smpl",
}
"""Every key and its default."""

_OVERRIDE = re.compile(r"(\+\+|\+|~)?([A-Za-z_][\w./@-]*)=(.*)\Z", re.DOTALL)
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'\Z|\"(?:[^\"\\]|\\.)*\"\Z", re.DOTALL)
_SPECIAL = re.compile(r"[=()\[\]{},'\"]")


def composed(overrides: list[str], flavour: str) -> dict[str, Any]:
    """Return the configuration under some overrides; leave as Hydra does where one is wrong."""
    given = {**KNOWN, "flavour": flavour}
    for override in overrides:
        _apply(override, given)
    for key in ("output_path", "hydra.run.dir", "hydra.job.name"):
        given[key] = str(given[key]).replace("${exp_name}", str(given["exp_name"]))
    return given


def without_path(arguments: list[str], flavour: str) -> list[str]:
    """Return the overrides of a command line, its `--config-path` having been looked at.

    Args:
        arguments: What follows the program's name.
        flavour: The fork needs the path: its own is another machine's.
    """
    path, rest = None, list(arguments)
    for flag in ("--config-path", "-cp"):
        if flag in rest:
            at = rest.index(flag)
            path = rest[at + 1]
            del rest[at : at + 2]
    own = Path(__file__).resolve().parents[2] / "phc" / "data" / "cfg"
    looked = Path(path) if path else own if flavour == "upstream" else Path("/somebody/elses/cfg")
    if not (looked / "config.yaml").is_file():
        raise _leave(f"Primary config directory not found.\nCheck that '{looked}' exists.")
    return rest


def _apply(override: str, given: dict[str, Any]) -> None:
    parts = _OVERRIDE.match(override)
    if parts is None:
        raise _leave(f"mismatched input '<EOF>' expecting '=' in '{override}'")
    prefix, key, text = parts.groups()
    value = _value(text, override)
    if key in _GROUPS:
        if value not in _GROUPS[key]:
            raise _leave(f"Could not find '{key}/{value}'")
    elif key not in given and prefix not in ("+", "++"):
        raise _leave(
            "Could not override '{}'.\nTo append to your config use +{}\n"
            "Key '{}' is not in struct".format(key, override, key.split(".")[-1])
        )
    elif key in given and prefix == "+":
        raise _leave(f"Could not append to config. An item is already at '{key}'.")
    else:
        given[key] = value


def _value(text: str, override: str) -> Any:
    """Return what a value means: a quoted text, a number, a truth, nothing, or a plain word."""
    text = text.strip()
    if _QUOTED.match(text):
        return re.sub(r"\\(['\"\\])", r"\1", text[1:-1])
    if _SPECIAL.search(text):
        raise _leave(f"no viable alternative at input '{override}'\nSee https://hydra.cc/docs")
    plain = {"true": True, "false": False, "null": None}
    if text.lower() in plain:
        return plain[text.lower()]
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text


def _leave(why: str) -> SystemExit:
    sys.stderr.write(why + "\n\nSet the environment variable HYDRA_FULL_ERROR=1\n")
    return SystemExit(1)
