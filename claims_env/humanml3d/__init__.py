"""HumanML3D's 263 numbers per frame: what MDM was trained on, from and to joint positions.

`layout` says which number is what. `decode_joints` and `encode_joints` go from and to positions,
`joints_of` brings a motion onto the body the data have, `mean_and_std` scales a data set, and
`captioned` pairs features with what is said of them. Nothing of the data set itself is here.
"""

from claims_env.humanml3d.captioned_features import CaptionedFeatures, captioned
from claims_env.humanml3d.decoding import decode_joints, decode_with_next
from claims_env.humanml3d.encoding import encode_joints
from claims_env.humanml3d.layout import FEATURES, FPS
from claims_env.humanml3d.proportions import LEG_RATIO, joints_of
from claims_env.humanml3d.statistics import mean_and_std

__all__ = [
    "FEATURES",
    "FPS",
    "LEG_RATIO",
    "CaptionedFeatures",
    "captioned",
    "decode_joints",
    "decode_with_next",
    "encode_joints",
    "joints_of",
    "mean_and_std",
]
