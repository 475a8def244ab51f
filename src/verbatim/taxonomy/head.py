r"""A classifier of vectors that a handful of phrases can teach, and that knows when to abstain.

Multinomial logistic regression with an L2 penalty, every driver weighing the same however many
texts it has:

.. math:: \min_{W, b} \; \sum_i \frac{n}{K n_{y_i}} \log \sum_k
          e^{(w_k - w_{y_i}) \cdot x_i + b_k - b_{y_i}} + \frac{1}{2 C} \sum_k \|w_k\|^2

which is scikit-learn's ``LogisticRegression(C=C, class_weight="balanced")``. It is solved by
steps under a fixed bound of the curvature (Böhning, 1992), accelerated (Nesterov, 1983): no random
numbers, and no library that an analysis doesn't load anyway.

A text goes to its likeliest driver if that is likely enough and the text lies near enough to what
the driver was taught. With enough labelled examples, how sharp the probabilities are and from
where on one is likely enough are learnt from them by cross-validation.

References
----------
D. Böhning (1992), Multinomial logistic regression algorithm, Annals of the Institute of Statistical
Mathematics 44, 197-200.
C. Guo et al. (2017), On calibration of modern neural networks, ICML: sharpness is one over their
temperature.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PENALTY = 3.0
"""C of the formula."""
SHARPNESS, LIKELY, NEAR = 2.0, 0.4, 0.3
"""How probabilities are sharpened; how likely and how near (cosine) a text must be for its driver.
Chosen on the clauses of OPOSUM, half of which are about none of the drivers."""
ENOUGH = 8
"""Examples that two drivers must have each, at least, for sharpness and threshold to be learnt."""
FOLDS = 5
_SHARPER = tuple(round(1.2**step, 3) for step in range(-6, 13))
_STEPS, _TOLERANCE = 1000, 1e-5


@dataclass(frozen=True, slots=True)
class Head:
    """A fitted classifier of K drivers over vectors of width D.

    Attributes
    ----------
    weights : float64 array of shape (K, D)
    bias : float64 array of shape (K,)
    centres : float64 array of shape (K, D)
        Direction of what each driver was taught, of length 1.
    sharpness : float
        What the scores are multiplied by before they become probabilities.
    likely : float
        Least probability, 0 to 1, with which a text goes to a driver.
    """

    weights: Floats
    bias: Floats
    centres: Floats
    sharpness: float = SHARPNESS
    likely: float = LIKELY

    def scores(self, vectors: ArrayLike) -> Floats:
        """Scores (n, K) of vectors (n, D), whose softmax are the probabilities."""
        x = np.asarray(vectors, np.float64)
        # Not a matrix product, whose rounding may depend on how many rows there are.
        scores: Floats = np.einsum("nd,kd->nk", x, self.weights) + self.bias
        return self.sharpness * scores

    def chances(self, vectors: ArrayLike, among: ArrayLike | None = None) -> Floats:
        """Probabilities (n, K) of vectors (n, D); `among` (n, K) says which drivers may be."""
        scores = self.scores(vectors)
        return softmax(scores if among is None else np.where(among, scores, -np.inf))

    def choose(self, vectors: ArrayLike, among: ArrayLike | None = None) -> Ints:
        """Likeliest driver (n,) of each vector; -1 where it is left open."""
        x = np.asarray(vectors, np.float64)
        chances = self.chances(x, among)
        rows, best = np.arange(len(x)), chances.argmax(axis=1)
        nearness = np.einsum("nd,nd->n", x, self.centres[best])
        is_sure = (chances[rows, best] >= self.likely) & (nearness >= NEAR)
        return np.where(is_sure, best, -1)


def softmax(scores: Floats) -> Floats:
    """Probabilities of each row.

    Examples
    --------
    >>> softmax(np.array([[0.0, 0.0], [0.0, -np.inf]])).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances


def fit_head(vectors: ArrayLike, drivers: ArrayLike, is_example: ArrayLike, n_drivers: int) -> Head:
    """Fit a head.

    Parameters
    ----------
    vectors : array of shape (n, D)
    drivers : int array of shape (n,)
        What each is taught as, from 0; every driver has one at least.
    is_example : bool array of shape (n,)
        Which of them are labelled texts. The others describe the driver: they teach, and say
        nothing of how texts are.
    n_drivers : int
    """
    x, y = np.asarray(vectors, np.float64), np.asarray(drivers, np.int64)
    shown = np.flatnonzero(is_example)
    head = _fitted(x, y, n_drivers)
    counts = np.bincount(y[shown], minlength=n_drivers)
    if (counts >= ENOUGH).sum() < 2:
        return head
    scores = _crossed(x, y, shown, n_drivers)
    assigned = int((softmax(SHARPNESS * scores).max(axis=1) >= LIKELY).sum())
    sharpness = min(_SHARPER, key=lambda s: _surprise(s * scores, y[shown]))
    chances = softmax(sharpness * scores)
    right = chances.argmax(axis=1) == y[shown]
    likely = _least(chances.max(axis=1), right, max(assigned, 1))
    return replace(head, sharpness=sharpness, likely=likely)


def _fitted(x: Floats, y: Ints, n_drivers: int) -> Head:
    weights, bias = logistic(x, y, n_drivers)
    centres = np.zeros((n_drivers, x.shape[1]))
    np.add.at(centres, y, x)
    length = np.linalg.norm(centres, axis=1, keepdims=True)
    return Head(weights, bias, centres / np.where(length > 0, length, 1))


def _crossed(x: Floats, y: Ints, shown: Ints, n_drivers: int) -> Floats:
    """Scores of each labelled text by a head that wasn't shown it; not sharpened."""
    order = np.argsort(y[shown], kind="stable")
    fold = np.empty(len(shown), np.int64)
    fold[order] = np.arange(len(shown)) % FOLDS
    scores = np.empty((len(shown), n_drivers))
    for number in range(FOLDS):
        held = shown[fold == number]
        rest = np.setdiff1d(np.arange(len(y)), held)
        weights, bias = logistic(x[rest], y[rest], n_drivers)
        scores[fold == number] = x[held] @ weights.T + bias
    return scores


def _surprise(scores: Floats, y: Ints) -> float:
    chances = softmax(scores)[np.arange(len(y)), y]
    return float(-np.log(np.maximum(chances, 1e-12)).mean())


def _least(chances: Floats, right: NDArray[np.bool_], most: int) -> float:
    """Threshold of the best F1: right ones over the mean of those assigned and those there are.

    It assigns no more than `most`: every example is about a driver, and texts often are not.
    """
    order = np.argsort(-chances, kind="stable")
    assigned = np.arange(1, len(order) + 1)
    f1 = 2 * np.cumsum(right[order]) / (assigned + len(order))
    return float(chances[order][f1[:most].argmax()])


def logistic(x: Floats, y: Ints, n_classes: int) -> tuple[Floats, Floats]:
    """Weights (K, D) and bias (K,) that solve the formula of this module.

    Examples
    --------
    >>> weights, bias = logistic(np.array([[1.0], [-1.0]]), np.array([0, 1]), 2)
    >>> bool(weights[0, 0] > 0 > weights[1, 0])
    True
    """
    weight = len(y) / (n_classes * np.maximum(np.bincount(y, minlength=n_classes), 1))[y]
    known = np.eye(n_classes)[y]
    inputs = np.hstack([x, np.ones((len(x), 1))])
    penalty = np.full(inputs.shape[1], 1 / PENALTY)
    penalty[-1] = 0
    weighted = inputs * weight[:, None]
    bound = np.linalg.inv(weighted.T @ inputs / 2 + np.diag(penalty + 1e-9))
    now = before = np.zeros((n_classes, inputs.shape[1]))
    momentum = 1.0
    for _ in range(_STEPS):
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = now + (momentum - 1) / following * (now - before)
        slope = (softmax(inputs @ ahead.T) - known).T @ weighted + ahead * penalty
        before, now = now, ahead - slope @ bound
        # Momentum that points uphill is dropped.
        momentum = 1.0 if np.sum(slope * (now - before)) > 0 else following
        if np.abs(slope).max() < _TOLERANCE * len(y):
            break
    return now[:, :-1], now[:, -1] - now[:, -1].mean()
