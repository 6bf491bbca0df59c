"""The losses since the last line of the record, overall and by quarter of the diffusion."""

import torch
from torch import Tensor

from claims_env.generators.mdm.training.loss import QUARTERS


class Tally:
    """Sums losses where they are, so that a GPU need not be waited for at every step."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._clear()

    @torch.no_grad()
    def add(self, losses: Tensor, quarters: Tensor) -> None:
        """Count some clips' losses, shape (clips,), and the quarter each lies in."""
        self._sums.index_add_(0, quarters, losses.detach().double())
        self._counts.index_add_(0, quarters, torch.ones_like(losses, dtype=torch.float64))

    def empty(self) -> dict[str, float]:
        """Return the means since last time, named as MDM's log names them; then start anew.

        A quarter no clip lay in is left out; without any clip, nothing is returned.
        """
        sums, counts = self._sums.tolist(), self._counts.tolist()
        self._clear()
        if not sum(counts):
            return {}
        line = {"loss": sum(sums) / sum(counts)}
        for quarter in range(QUARTERS):
            if counts[quarter]:
                line[f"loss_q{quarter}"] = sums[quarter] / counts[quarter]
        return line

    def _clear(self) -> None:
        # doubles: the mean of thousands of steps must not depend on the order of adding
        self._sums = torch.zeros(QUARTERS, dtype=torch.float64, device=self._device)
        self._counts = torch.zeros_like(self._sums)
