"""Cross-attention from the frames to a text, folded so far that little is left per step.

The memory is text + time, the same time for every token. To a softmax over tokens whatever is the
same for all of them is nothing, so time drops out of the keys; and weights that sum to one pass it
through the values unchanged, so what time adds is one vector per step. The rest depends on the text
alone: multiplied out beforehand, the projections of queries and keys are one small matrix, those of
values and output another. Without a text all tokens are equal, and only vectors remain.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from claims_env.generators.mdm.fast_layer import Norm

_ALIGNED = 16
"""Keys are padded to a multiple of this, one vector register of AVX-512.

MKL shares a product's columns among its threads, and rounds otherwise where a share ends within a
register: with 20 or 36 keys three threads gave other last bits than one.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What one layer needs of a batch's texts; `keys` counts heads times tokens, padding included.

    Attributes:
        into: From a frame to its scores, shape (batch, width, keys).
        offset: Added to the scores, shape (batch, 1, keys); minus infinity where no token is.
        back: From attention weights to what is seen, shape (batch, keys, width).
        heads: Attention heads.
    """

    into: Tensor
    offset: Tensor
    back: Tensor
    heads: int

    def seen(self, x: Tensor) -> Tensor:
        """Return what the frames x, shape (batch, places, width), see of the texts."""
        scores = torch.baddbmm(self.offset, x, self.into)
        weights = scores.view(*scores.shape[:2], self.heads, -1).softmax(-1).view(scores.shape)
        return torch.bmm(weights, self.back)


class Crossing:
    """One layer's cross-attention with its residual and norm.

    Args:
        weights: The layer's tensors, by their names within the layer.
        heads: Attention heads.
        time: What the steps' embeddings are, shape (steps, width).
        nothing: What the embedding of no text is, shape (width,).
        dtype: What is computed per step is computed in this; what is computed once, in float32.
        device: Where.
    """

    def __init__(
        self,
        weights: Mapping[str, Tensor],
        heads: int,
        time: Tensor,
        nothing: Tensor,
        *,
        dtype: torch.dtype,
        device: torch.device,
    ) -> None:
        self._heads, self._dtype = heads, dtype
        packed = weights["multihead_attn.in_proj_weight"].to(device)
        width = packed.shape[1]
        self._query, self._key, self._value = packed.view(3, heads, -1, width)
        bias = weights["multihead_attn.in_proj_bias"].to(device).view(3, heads, -1)
        self._query_bias, value_bias = bias[0], bias[2].flatten()
        out = weights["multihead_attn.out_proj.weight"].to(device)
        self._out = out.view(width, heads, -1).permute(1, 2, 0)
        through = self._value.flatten(0, 1)
        constant = value_bias @ out.T + weights["multihead_attn.out_proj.bias"].to(device)
        self._with_text = (time @ through.T @ out.T + constant).to(dtype)
        self._without_text = ((time + nothing) @ through.T @ out.T + constant).to(dtype)
        norm_weight, norm_bias = weights["norm2.weight"], weights["norm2.bias"]
        self._norm = Norm(norm_weight, norm_bias, dtype=dtype, device=device)

    def memory(self, text: Tensor, tokens: Sequence[int]) -> Memory:
        """Return what is needed of embedded texts, shape (batch, longest, width), float32.

        Args:
            text: The texts; beyond a text's own tokens, anything finite.
            tokens: How many each has.
        """
        text = self._padded(text)
        batch, longest, width = text.shape
        scale = self._query.shape[1] ** -0.5
        keys = scale * text[:, None] @ self._key.transpose(-1, -2)
        values = text[:, None] @ self._value.transpose(-1, -2)
        offset = (keys @ self._query_bias[:, :, None])[..., 0]
        if min(tokens) < longest:
            beyond = torch.arange(longest) >= torch.tensor(tokens)[:, None]
            offset.masked_fill_(beyond[:, None].to(text.device), -torch.inf)
        return Memory(
            into=(keys @ self._query).view(batch, -1, width).mT.to(self._dtype).contiguous(),
            offset=offset.view(batch, 1, -1).to(self._dtype),
            back=(values @ self._out).view(batch, -1, width).to(self._dtype),
            heads=self._heads,
        )

    def _padded(self, text: Tensor) -> Tensor:
        """Return the texts with tokens at their ends, so that `_ALIGNED` divides their keys."""
        unit = _ALIGNED // math.gcd(_ALIGNED, self._heads)
        return F.pad(text, (0, 0, 0, -text.shape[1] % unit))

    def cross(self, x: Tensor, memory: Memory, step: int) -> Tensor:
        """Return x after cross-attention, shape (rows, places, width).

        Args:
            x: The first rows see the texts of `memory`; the rest, if any, see no text.
            memory: As many texts as there are first rows.
            step: Which step of the diffusion.
        """
        batch = len(memory.back)
        out = torch.empty_like(x)
        torch.add(x[:batch], self._with_text[step], out=out[:batch]).add_(memory.seen(x[:batch]))
        torch.add(x[batch:], self._without_text[step], out=out[batch:])
        return self._norm(out)
