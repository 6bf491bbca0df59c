"""The sizes of a Motion Diffusion Model, from which every tensor's shape follows."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["trans_dec", "trans_enc"]
"""How text enters: through cross-attention to its tokens, or as one token ahead of the frames."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """What a network is built from (MDM, `model/mdm.py`).

    Attributes:
        kind: Which of the two published families.
        layers: Transformer layers.
        width: Width of the transformer.
        feed_forward: Width of its feed-forward blocks.
        heads: Attention heads; divides `width`.
        text_width: Width of the text features: 768 for DistilBERT, 512 for CLIP ViT-B/32.
        features: Numbers per frame: 263 for HumanML3D.
        time_token: Whether trans_dec prepends the diffusion step to the frames too (upstream's
            `emb_trans_dec`; the published checkpoints do not).
    """

    kind: Kind
    layers: int
    width: int
    feed_forward: int
    heads: int
    text_width: int
    features: int = 263
    time_token: bool = False
