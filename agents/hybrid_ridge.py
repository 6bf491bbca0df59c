"""Ridge regression with features of one's own and features shared by all, and how sure it is.

The model of LinUCB with hybrid linear models (Li et al. 2010, arXiv 1003.0146, Alg. 2): a value is
x.theta_d + z.beta, with theta_d of a domain alone and beta of all domains. Eliminating each theta_d
leaves one small system for beta, so 400 unknowns cost what five times 80 do.
"""

from dataclasses import dataclass

import numpy as np

from claims_env.agents.word_choices import Indices
from claims_env.word_grid import Floats


@dataclass(frozen=True, slots=True)
class HybridRidge:
    """A fitted model; D domains with f features each, k shared ones.

    Attributes:
        theta: Weights of the own features, shape (D, f).
        beta: Of the shared ones, shape (k,).
        own: Inverse of each domain's Gram matrix, shape (D, f, f).
        cross: `own` times the domain's products of own and shared features, shape (D, f, k).
        shared: Inverse of the shared system's matrix, shape (k, k).
    """

    theta: Floats
    beta: Floats
    own: Floats
    cross: Floats
    shared: Floats

    def value(self, domain: Indices, active: Indices, z: Floats) -> Floats:
        """Return what is expected, shape (n,).

        Args:
            domain: Of each, shape (n,).
            active: The own features that are 1, shape (n, a).
            z: The shared features, shape (n, k).
        """
        mine: Floats = self.theta[domain[:, None], active].sum(axis=1)
        expected: Floats = mine + z @ self.beta
        return expected

    def width(self, domain: Indices, active: Indices, z: Floats) -> Floats:
        """Return the standard deviation of the expectation for unit noise, shape (n,)."""
        rest = z - self.cross[domain[:, None], active].sum(axis=1)
        pairs = (domain[:, None, None], active[:, :, None], active[:, None, :])
        own = self.own[pairs].sum(axis=(1, 2))
        shared = np.einsum("ni,ij,nj->n", rest, self.shared, rest)
        width: Floats = np.sqrt(np.maximum(own + shared, 0.0))
        return width


def fit_hybrid(
    domain: Indices,
    active: Indices,
    z: Floats,
    reward: Floats,
    *,
    shape: tuple[int, int],
    ridge: float = 1.0,
) -> HybridRidge:
    """Return the model of n observations.

    Args:
        domain: Of each, shape (n,).
        active: The own features that are 1, shape (n, a).
        z: The shared features, shape (n, k).
        reward: What was seen, shape (n,).
        shape: How many domains there are, and own features of each.
        ridge: The penalty, Li et al.'s 1.
    """
    domains, features = shape
    k = z.shape[1]
    gram = np.tile(ridge * np.eye(features), (domains, 1, 1))
    cross, own_b = np.zeros((domains, features, k)), np.zeros((domains, features))
    for d in range(domains):
        mine = domain == d
        x = _dense(active[mine], features)
        gram[d] += x.T @ x
        cross[d], own_b[d] = x.T @ z[mine], x.T @ reward[mine]
    own = np.linalg.inv(gram)
    lean = own @ cross
    left = ridge * np.eye(k) + z.T @ z - np.einsum("dfk,dfl->kl", cross, lean)
    shared = np.linalg.inv(left)
    beta = shared @ (z.T @ reward - np.einsum("dfk,df->k", lean, own_b))
    theta = np.einsum("dfg,dg->df", own, own_b - cross @ beta)
    return HybridRidge(theta, beta, own, lean, shared)


def _dense(active: Indices, features: int) -> Floats:
    x = np.zeros((len(active), features))
    np.add.at(x, (np.arange(len(active))[:, None], active), 1.0)
    return x
