"""The sines and cosines that tell a transformer where in the sequence it is."""

import math

import torch
from torch import Tensor


def positions(length: int, width: int) -> Tensor:
    """Return one row per place in a sequence, shape (length, width), float32.

    Sines at even columns and cosines at odd ones, of wavelengths from 2 pi to 20000 pi (Vaswani et
    al. 2017, Sec. 3.5). In single precision throughout, as the published networks were trained: in
    double precision the angles of late frames differ in the fifth digit.
    """
    place = torch.arange(length, dtype=torch.float32)[:, None]
    pace = torch.exp(torch.arange(0, width, 2, dtype=torch.float32) * (-math.log(10000.0) / width))
    table = torch.empty(length, width)
    table[:, 0::2] = torch.sin(place * pace)
    table[:, 1::2] = torch.cos(place * pace)
    return table
