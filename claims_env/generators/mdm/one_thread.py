"""One thread for what is computed once: numbers that no count of processors changes."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute in one thread, and in as many as before afterwards.

    MKL rounds a product of few rows otherwise with another count of threads: texts of 5, 6 and 9
    tokens had other last bits in two threads than in one. What is computed per step may have all
    threads: oneDNN's products (`Affine`) do not change with their count, and `Crossing` pads.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
