"""One transformer layer for sampling: self-attention and feed-forward, with their residuals."""

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from claims_env.generators.mdm.affine import Affine


class Norm:
    """A layer norm (eps 1e-5, as torch's transformer layers have it)."""

    def __init__(
        self, weight: Tensor, bias: Tensor, *, dtype: torch.dtype, device: torch.device
    ) -> None:
        self._weight, self._bias = weight.to(device, dtype), bias.to(device, dtype)

    def __call__(self, x: Tensor) -> Tensor:
        """Return x of mean 0 and variance 1 along its last axis, scaled and shifted."""
        return F.layer_norm(x, self._weight.shape, self._weight, self._bias)


class FastLayer:
    """What both families' layers do.

    Args:
        weights: The layer's tensors, by their names within the layer.
        heads: Attention heads.
        dtype: What it is computed in.
        device: Where.
    """

    def __init__(
        self,
        weights: Mapping[str, Tensor],
        heads: int,
        *,
        dtype: torch.dtype,
        device: torch.device,
    ) -> None:
        def affine(name: str) -> Affine:
            weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
            return Affine(weight, bias, dtype=dtype, device=device)

        def norm(name: str) -> Norm:
            weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
            return Norm(weight, bias, dtype=dtype, device=device)

        self._heads = heads
        self._queries_keys_values = Affine(*_packed(weights, heads), dtype=dtype, device=device)
        self._out = affine("self_attn.out_proj")
        self._inner, self._outer = affine("linear1"), affine("linear2")
        self._norm_attended = norm("norm1")
        self._norm_last = norm("norm3" if "norm3.weight" in weights else "norm2")

    def attend(self, x: Tensor) -> Tensor:
        """Return x, shape (rows, places, width), after self-attention."""
        seen = attention(self._queries_keys_values(x), self._heads)
        return self._norm_attended(self._out.plus(seen, x))

    def think(self, x: Tensor) -> Tensor:
        """Return x, shape (rows, places, width), after the feed-forward block."""
        return self._norm_last(self._outer.plus(self._inner.gelu(x), x))


def attention(queries_keys_values: Tensor, heads: int) -> Tensor:
    """Return what every place sees, shape (rows, places, width).

    Args:
        queries_keys_values: Shape (rows, places, 3 * width), the queries scaled already.
        heads: Attention heads.
    """
    rows, places, _ = queries_keys_values.shape
    split = queries_keys_values.view(rows, places, 3, heads, -1).permute(2, 0, 3, 1, 4)
    queries, keys, values = split.unbind()
    if queries.is_cpu and queries.dtype != torch.float32:
        # torch's fused attention is slower than its parts here: 2.3 ms against 1.0 for 196 frames
        seen = (queries @ keys.transpose(-1, -2)).softmax(-1) @ values
    else:
        seen = F.scaled_dot_product_attention(queries, keys, values, scale=1.0)
    return seen.transpose(1, 2).flatten(2)


def _packed(weights: Mapping[str, Tensor], heads: int) -> tuple[Tensor, Tensor]:
    """Return the packed projection, the attention's scale multiplied into its queries."""
    weight = weights["self_attn.in_proj_weight"].clone()
    bias = weights["self_attn.in_proj_bias"].clone()
    width = weight.shape[1]
    scale = (width // heads) ** -0.5
    weight[:width] *= scale
    bias[:width] *= scale
    return weight, bias
