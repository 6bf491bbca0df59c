"""PHC's libraries of clips: one that joblib wrote, and small ones to be written as needed."""

import base64
import pickle
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.formats.upright import upright_of
from claims_env.motion import Motion
from claims_env.rotation import from_rotvec, to_rotvec
from claims_env.skeleton import JOINTS

BY_JOBLIB = base64.b64decode(
    "eNrtWE1r1EAYTjZp1267dmuhtHrR23pwWdpCLYrrx1LF4KpVMBcZJsnsJnU2k49JZYXFemi7ldw6PSgiHv0LnjwL"
    "9m8IglcPRUHfbLaHfuDFi0iew3y8zzPvvJkc5mHW1J3vUoquiIdCjl1LdEU5LnksJMiPMEctygxMRTy5wgzqGBU3"
    "ansd5DnmE0pEPNFIpteCAHceBdjzSCC2xfkX/SQnwsgwKQ5DSN1fJeK8a+FECyLYzsYeEZqiTWvqJsxZYMHyWL4B"
    "Y4t3gLML+yPQ55oXxVZvUyyLsqbE8mXRaDRu/wL0G03iwogLmFL2FLXb2BO9+Exaa39HhKnTctvE5cjocBIKrRQZ"
    "478OQjqE3UvPm2/fffk46GsZn/EZn/EZn/EZn/H/G78zmUuJeCJgjCMeYDdErNkMCRfxGGeBaVdQxB0Knu4UCogR"
    "OdRCnLghC9DqLNi0clxMZSF0uAUWsYQowxZqBqw9sF7b4npdlqS13MsC/flmae/syvt7M5W13J2vCrRdXyrrJSjC"
    "CxhnJqNolQShw1xfBoFeBIY6nFOCiGs52PVzPb0AwcQnotB5RkJf6fpqWR+CYGizgPtDWk5XYOa43B/WVF1NcjC3"
    "5ec1NYpgz7KeT8Rpyb5k9j+hUGeRQcmDNFrwZf0kiBbnq/PVudmFxYW52WrVTxObXuQr2kiD++p9SPfYl47Tyrgy"
    "Ih2P3c8JvtVev0rwoXZ8/NORuFgHP6xJYKKVjcRKyxtiKx6FQ6PE5HBm8J9G7ya+mlh1x+SJOV8WHNbE+b7Fx1jY"
    "w6lft0fsMbsIOW5tCHs8lpeEPWFP2TM9+3TilRXwx9MX6g9/nNurHe6lDBkyZMiQ4R/GzuJgECtNLxQ3r14ZTFWD"
    "8CM3YWEd7kG7dOAWLP7xveiv65var2+4BeYmeQ3LuyQCG0ZFFFZ+AwES6h8="
)
"""A standing clip of three frames, as joblib 1.5, numpy 2 and torch 2 write it, zlib-compressed."""


def turning(frames: int = 6) -> Motion:
    """Return a body all of whose joints but the hands turn, differently in each frame."""
    draw = np.random.default_rng(5)
    poses = draw.normal(0, 0.5, (frames, len(JOINTS), 3))
    poses[:, 22:] = 0
    return Motion(from_rotvec(poses), draw.normal(0, 1, (frames, 3)), 30.0, "turning")


def entry(motion: Motion, **changes: Any) -> dict[str, Any]:
    """Return a clip as PHC keeps it, but for torch; a change to None leaves a key out."""
    kept: dict[str, Any] = {
        "pose_quat_global": upright_of(motion.rotations),
        "root_trans_offset": motion.root,
        "pose_aa": to_rotvec(motion.rotations).reshape(motion.frames, -1),
        "fps": 30.0,
    }
    kept |= changes
    return {key: value for key, value in kept.items() if value is not None}


def write(path: Path, library: Any, protocol: int = 4) -> Path:
    path.write_bytes(pickle.dumps(library, protocol))
    return path
