"""A matrix product with a bias, its weight laid out once for the processor at hand.

torch hands single-precision products to Intel's MKL, which holds back on other makers' processors;
oneDNN, which torch carries too, does not: one core of an AMD EPYC did 90 GFLOP/s with the one, 200
with the other. The way to it is the operator that torch's own compiler emits. Where that operator
is missing, fails, or is off by more than rounding, the ordinary product stands in.
"""

from functools import cache
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor


class Affine:
    """Computes x W^T + b.

    Args:
        weight: W, shape (outputs, inputs).
        bias: b, shape (outputs,).
        dtype: What it is computed in.
        device: Where.
    """

    def __init__(
        self, weight: Tensor, bias: Tensor, *, dtype: torch.dtype, device: torch.device
    ) -> None:
        self._bias = bias.to(device, dtype)
        self._weight = weight.to(device, dtype).contiguous()
        self._packed = device.type == "cpu" and packs(dtype)
        if self._packed:
            self._weight = _operators()._reorder_linear_weight(self._weight)

    def __call__(self, x: Tensor) -> Tensor:
        """Return the product, shape (..., outputs), for x of shape (..., inputs)."""
        return self._product(x, "none") if self._packed else F.linear(x, self._weight, self._bias)

    def plus(self, x: Tensor, residual: Tensor) -> Tensor:
        """Return the product and the residual, shape (..., outputs), in one sum."""
        if self._packed:
            operator = _operators()._linear_pointwise.binary
            added: Tensor = operator(x, residual, self._weight, self._bias, "add")
            return added
        return F.linear(x, self._weight, self._bias).add_(residual)

    def gelu(self, x: Tensor) -> Tensor:
        """Return the exact GELU of the product."""
        if self._packed:
            return self._product(x, "gelu")
        return F.gelu(F.linear(x, self._weight, self._bias))

    def _product(self, x: Tensor, after: str) -> Tensor:
        operator = _operators()._linear_pointwise.default
        product: Tensor = operator(x, self._weight, self._bias, after, [], "none")
        return product


@cache
def packs(dtype: torch.dtype) -> bool:
    """Return whether this torch, on this processor, computes packed products, and rightly."""
    draw = torch.Generator().manual_seed(0)
    x, weight, residual = torch.randn(3, 16, 16, generator=draw).to(dtype)
    bias = residual[0]
    try:
        packed = _operators()._reorder_linear_weight(weight)
        bent = _operators()._linear_pointwise.default(x, packed, bias, "gelu", [], "none")
        added = _operators()._linear_pointwise.binary(x, residual, packed, bias, "add")
    except (AttributeError, RuntimeError):
        return False
    product = F.linear(x.double(), weight.double(), bias.double())
    return _rounded(bent, F.gelu(product)) and _rounded(added, product + residual)


def _rounded(got: Tensor, exact: Tensor) -> bool:
    """Return whether a result of products of 16 is off by no more than rounding."""
    unit = torch.finfo(got.dtype).eps
    return torch.allclose(got.double(), exact, rtol=4 * unit, atol=40 * unit)


def _operators() -> Any:
    """Return oneDNN's operators; torch looks them up by name, which no type checker can follow."""
    return torch.ops.mkldnn
