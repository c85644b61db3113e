# SPDX-License-Identifier: Apache-2.0
"""Fits of what turns a net's outputs into honest probabilities."""
import numpy as np
import torch
from torch.nn import functional

TEMPERATURES = np.arange(.5, 4.01, .1)
SUREST = .998   # no net is surer, as in the program


def logit(p):
    p = np.clip(np.asarray(p, np.float64), 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, np.float64)))


def tempered(p, heat):
    """sigmoid(logit(p) / heat), as the program cools the scores of boxes and plates."""
    return sigmoid(logit(p) / heat)


def calibrated(p, scale, shift):
    """sigmoid(scale * logit(p) + shift), as the program calibrates what is said with p."""
    return np.minimum(SUREST, sigmoid(scale * logit(p) + shift))


def most_likely(logits, heat):
    """(index, p) of the most likely of [N,values]."""
    p = torch.softmax(logits.double() / heat, 1).max(1)
    return p.indices.numpy(), p.values.numpy()


def temperature(logits, labels, loss_of=functional.cross_entropy):
    """The temperature with the smallest log loss over what is labelled (labels below 0 are not)."""
    known = labels >= 0
    losses = {float(t): float(loss_of(logits[known] / t, labels[known])) for t in TEMPERATURES}
    return min(losses, key=losses.get)


def logistic(x, y):
    """Coefficients of a logistic regression of y [N] on x [N,features], lightly held to zero."""
    w = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(x @ w, y) + 1e-4 * (w ** 2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return [float(v) for v in w.detach()]


def scale_and_shift(rows):
    """(scale, shift) with which sigmoid(scale * logit(p) + shift) tells best whether what was said with p, (p, right) in
    `rows`, is right."""
    p = torch.tensor(np.clip(rows[:, 0], 1e-4, 1 - 1e-4))
    return logistic(torch.stack([torch.logit(p), torch.ones_like(p)], 1), torch.tensor(rows[:, 1]))
