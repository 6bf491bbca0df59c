"""What features are scaled by."""

import numpy as np
import pytest

from claims_env.errors import MotionError
from claims_env.humanml3d import mean_and_std
from claims_env.humanml3d.layout import CONTACTS, GROUPS, POSITIONS


def test_groups_are_the_channels_each_once() -> None:
    channels = [c for group in GROUPS for c in range(263)[group]]
    assert channels == list(range(263))


def test_a_groups_channels_share_the_mean_of_their_deviations() -> None:
    clip = np.zeros((4, 263))
    clip[:, 1] = (0, 0, 2, 2)
    clip[:, 2] = (1, 1, 1, 1)
    mean, std = mean_and_std([clip])
    np.testing.assert_array_equal(mean[1:3], [1, 1])
    # one deviates by 1, the other not at all
    np.testing.assert_array_equal(std[1:3], [0.5, 0.5])
    assert (mean.dtype, std.dtype) == (np.float32, np.float32)


def test_frames_count_alike_however_they_are_cut_into_clips() -> None:
    frames = np.random.default_rng(0).normal(3, 0.1, size=(90, 263))
    whole = mean_and_std([frames])
    parts = mean_and_std(iter([frames[:7], frames[7:50], frames[50:]]))
    np.testing.assert_allclose(whole, parts, rtol=1e-6)
    np.testing.assert_allclose(whole[0], frames.mean(axis=0), rtol=1e-6)
    np.testing.assert_allclose(whole[1][POSITIONS], frames.std(axis=0)[POSITIONS].mean(), rtol=1e-6)


def test_what_never_changes_is_not_scaled() -> None:
    clip = np.random.default_rng(0).normal(size=(9, 263)).astype(np.float32)
    clip[:, CONTACTS] = 0.7
    np.testing.assert_array_equal(mean_and_std([clip])[1][CONTACTS], 1)


def test_no_clip_has_no_statistics() -> None:
    with pytest.raises(MotionError, match="no clip"):
        mean_and_std([])
