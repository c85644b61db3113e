# SPDX-License-Identifier: Apache-2.0
"""Road markings: targets at stride 4 of the labels of mark_labels.py, their loss, and how much of them is found."""
import cv2
import numpy as np
import torch
from torch.nn import functional

from .mark_labels import ALLOWED, CLASSES, IGNORE, LABELS, OTHER_PAINT, UNMARKED, YELLOW

STRIDE = 4
# Paint is rare: a cell of it counts more than one of road.
WEIGHTS = torch.tensor([1, 1, 4, 5, 4, 6, 6, 4, 6, 6, 4, 5, 1, 4, 4], dtype=torch.float32)


def allowed():
    """[LABELS, classes]: 1 where a label allows a class."""
    matrix = torch.eye(len(CLASSES)).repeat(2, 1)[:LABELS]
    for label, classes in ALLOWED.items():
        matrix[label] = 0
        matrix[label, list(classes)] = 1
    return matrix


def cells(labels):
    """[B,H,W] labels to those of STRIDE x STRIDE cells: paint when a quarter of the cell is painted, else what most of it is."""
    shares = torch.stack([functional.avg_pool2d((labels == label).float(), STRIDE) for label in range(LABELS)], 1)
    paint = shares.clone()
    paint[:, [0, 1, UNMARKED]] = 0
    most, which = paint.max(1)
    common = torch.where(most >= .25, which, shares.argmax(1))
    unknown = functional.avg_pool2d((labels == IGNORE).float(), STRIDE) > .5
    return torch.where(unknown, torch.full_like(common, IGNORE), common)


def seen_cells(mask, scale, width, height):
    """`cells` of a whole picture's mask, letterboxed as the program feeds the picture."""
    small = cv2.resize(mask, (max(1, round(mask.shape[1] * scale)), max(1, round(mask.shape[0] * scale))),
                       interpolation=cv2.INTER_NEAREST)
    out = np.full((height, width), IGNORE, np.uint8)
    out[:small.shape[0], :small.shape[1]] = small[:height, :width]
    return cells(torch.from_numpy(out)[None])[0].numpy()


def loss_of(logits, labels, matrix):
    """Minus the log of the probability that falls on what the label allows, weighted by label."""
    known = labels != IGNORE
    if not known.any():
        return logits.sum() * 0
    p = functional.softmax(logits, 1).permute(0, 2, 3, 1)[known]
    labels = labels[known].long()
    right = (p * matrix[labels]).sum(1).clamp(min=1e-6)
    weight = WEIGHTS.to(logits.device)[labels]
    return -(right.log() * weight).sum() / weight.sum()


def counts_of(said, truth):
    """[classes, 3]: common, said, true cells of each class, where the truth is known to be one class."""
    known = truth < len(CLASSES)
    said, truth = said[known], truth[known]
    return np.array([[((said == c) & (truth == c)).sum(), (said == c).sum(), (truth == c).sum()] for c in range(len(CLASSES))])


def tolerant_counts(said, truth, far=1):
    """Any paint, within `far` cells (4 px each): (said and right, said, true and found, true). Both at stride 4."""
    known = truth != IGNORE
    paint = known & ~np.isin(truth, (0, 1, UNMARKED))
    found = (said > 1) & known
    kernel = np.ones((2 * far + 1, 2 * far + 1), np.uint8)
    near_true = cv2.dilate(paint.astype(np.uint8), kernel) > 0
    near_said = cv2.dilate(((said > 1)).astype(np.uint8), kernel) > 0
    return np.array([(found & near_true).sum(), found.sum(), (paint & near_said).sum(), paint.sum()])


def class_tolerant_counts(said, truth, far=1):
    """As tolerant_counts, for each label of hand-made masks: {label: counts}."""
    rows = {}
    kernel = np.ones((2 * far + 1, 2 * far + 1), np.uint8)
    for label in (2, 3, YELLOW, 6, 7, 8, OTHER_PAINT):
        classes = ALLOWED.get(label, (label,))
        known = truth != IGNORE
        paint, found = truth == label, np.isin(said, classes) & known
        near_true = cv2.dilate(paint.astype(np.uint8), kernel) > 0
        near_said = cv2.dilate(np.isin(said, classes).astype(np.uint8), kernel) > 0
        rows[label] = np.array([(found & near_true).sum(), found.sum(), (paint & near_said).sum(), paint.sum()])
    return rows


def f1(counts):
    """F1, precision and recall of tolerant counts."""
    precision, recall = counts[0] / max(1, counts[1]), counts[2] / max(1, counts[3])
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall
