import pytest

pytest.importorskip("torch")

import torch

from claims_env.generators.mdm.affine import Affine, packs

WITHIN = {torch.float64: 1e-12, torch.float32: 1e-5, torch.bfloat16: 5e-2}


@pytest.mark.parametrize("dtype", WITHIN)
def test_products_are_products(dtype: torch.dtype) -> None:
    draw = torch.Generator().manual_seed(0)
    weight, x = torch.randn(6, 4, generator=draw).to(dtype), torch.randn(2, 3, 4, generator=draw)
    bias, residual = torch.randn(6, generator=draw), torch.randn(2, 3, 6, generator=draw)
    x, bias, residual = x.to(dtype), bias.to(dtype), residual.to(dtype)
    affine = Affine(weight, bias, dtype=dtype, device=torch.device("cpu"))
    product = x.double() @ weight.double().T + bias.double()
    bent = torch.nn.functional.gelu(product)
    near = WITHIN[dtype]
    torch.testing.assert_close(affine(x).double(), product, rtol=near, atol=near)
    torch.testing.assert_close(
        affine.plus(x, residual).double(), product + residual, rtol=near, atol=near
    )
    torch.testing.assert_close(affine.gelu(x).double(), bent, rtol=near, atol=near)


def test_an_operator_that_does_not_work_is_not_used() -> None:
    assert not packs(torch.float64)


def test_the_residual_is_left_as_it_was() -> None:
    weight, residual = torch.ones(2, 2), torch.ones(1, 2)
    for dtype in (torch.float64, torch.float32):
        affine = Affine(weight, torch.zeros(2), dtype=dtype, device=torch.device("cpu"))
        before = residual.to(dtype)
        assert affine.plus(torch.ones(1, 2, dtype=dtype), before).tolist() == [[3, 3]]
        assert before.tolist() == [[1, 1]]
