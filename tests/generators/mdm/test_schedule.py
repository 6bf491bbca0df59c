import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from claims_env.errors import ConfigError
from claims_env.generators.mdm.schedule import Schedule

PUBLISHED = Schedule.cosine(50)


def test_fifty_steps_carry_the_published_noise() -> None:
    expected = {
        0: 0.0017475135,
        10: 0.0217907049,
        25: 0.0630497774,
        48: 0.7497570035,
        49: 0.999,
    }
    for step, beta in expected.items():
        assert PUBLISHED.betas[step] == pytest.approx(beta, abs=5e-11)


def test_the_clean_motion_fades_as_published() -> None:
    left = PUBLISHED.alphas_cumprod
    assert left[0] == pytest.approx(0.9982524865, abs=5e-11)
    assert left[25] == pytest.approx(0.4627068620, abs=5e-11)
    assert left[49] == pytest.approx(9.7119303e-7, rel=1e-7)


def test_the_step_back_weighs_as_published() -> None:
    assert PUBLISHED.clean_weight[25] == pytest.approx(0.08246449, abs=5e-9)
    assert PUBLISHED.noisy_weight[25] == pytest.approx(0.91186743, abs=5e-9)
    variance = np.exp(PUBLISHED.log_variance)
    assert variance[1] == pytest.approx(1.18719567e-3, rel=1e-8)
    assert variance[25] == pytest.approx(5.9395973e-2, rel=1e-8)
    assert PUBLISHED.log_variance[0] == PUBLISHED.log_variance[1]
    assert PUBLISHED.log_variance[0] == pytest.approx(-6.73616133, abs=5e-9)


def test_the_last_step_back_is_the_prediction_itself() -> None:
    clean, noisy, noise = torch.randn(3, 2, 4, 5, generator=torch.Generator().manual_seed(0))
    assert PUBLISHED.clean_weight[0] == pytest.approx(1, abs=1e-15)
    assert PUBLISHED.noisy_weight[0] == 0
    torch.testing.assert_close(PUBLISHED.step_back(clean, noisy, noise, 0), clean)


def test_a_step_back_is_its_mean_and_as_much_noise_as_its_variance() -> None:
    one = torch.ones(1, 1, 1)
    got = PUBLISHED.step_back(2 * one, 3 * one, 4 * one, 25)
    expected = 2 * 0.08246449 + 3 * 0.91186743 + 4 * 5.9395973e-2**0.5
    assert got.item() == pytest.approx(expected, rel=1e-6)


def test_noising_keeps_each_motions_share_of_variance() -> None:
    clean, noise = torch.full((2, 1, 1), 3.0), torch.full((2, 1, 1), 5.0)
    got = PUBLISHED.noised(clean, noise, torch.tensor([0, 25]))
    kept = np.array([0.9982524865, 0.4627068620])
    expected = 3 * np.sqrt(kept) + 5 * np.sqrt(1 - kept)
    np.testing.assert_allclose(got.flatten().numpy(), expected, rtol=1e-6)
    assert got.dtype == torch.float32


def test_a_thousand_steps_end_in_noise_alone() -> None:
    long = Schedule.cosine(1000)
    assert long.steps == 1000
    assert (np.diff(long.alphas_cumprod) < 0).all()
    assert long.alphas_cumprod[-1] < 1e-8


def test_a_diffusion_of_one_step_is_refused() -> None:
    with pytest.raises(ConfigError, match="1 step"):
        Schedule.cosine(1)
