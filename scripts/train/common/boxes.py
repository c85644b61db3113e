# SPDX-License-Identifier: Apache-2.0
"""What the scene net finds in road pictures, and how much of it is right. Boxes are corners x0 y0 x1 y1 in picture pixels."""
import numpy as np
import torch

from . import marks
from .calibration import calibrated, tempered
from .road_scenes import LABELS, letterbox

LEAST_SCORE = .05   # below it nothing is looked at
RIGHT_IOU = .5
PART, WHOLE, ONE_BODY = .88, .8, .7   # as in src/perceive/objects.cpp


def intersections(box, others):
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:], others[:, 2:])
    return np.prod(np.maximum(0, high - low), axis=1)


def areas(boxes):
    return np.prod(boxes[..., 2:] - boxes[..., :2], axis=-1)


def ious(box, others):
    common = intersections(box, others)
    return common / (areas(box) + areas(others) - common + 1e-6)


def suppressed(boxes, scores, most_iou=.5):
    """Greedy suppression of overlaps; indices that stay."""
    order, kept = np.argsort(-scores), []
    while len(order):
        i, order = order[0], order[1:]
        kept.append(i)
        order = order[ious(boxes[i], boxes[order]) < most_iou]
    return np.array(kept, int)


@torch.no_grad()
def candidates(net, scenes, width, height, mean, std):
    """For each scene the boxes [n,4] and the scores [n,labels] that the net gives, before suppression."""
    net.eval()
    results = []
    for scene in scenes:
        picture, scale = letterbox(scene.picture(), width, height)
        x = torch.from_numpy(picture.transpose(2, 0, 1).copy()).float()[None].div_(255).sub_(mean).div_(std)
        boxes, scores = [o[0].numpy() for o in net(x)[:2]]
        results.append((boxes / scale, scores))
    return results


@torch.no_grad()
def marked(net, scenes, shape):
    """(said, truth) cells of the marks of every scene that has a mask."""
    pairs = []
    for scene in scenes:
        if scene.masks is None:
            continue
        picture = scene.picture()
        view, scale = letterbox(picture, shape["width"], shape["height"])
        x = torch.from_numpy(view.transpose(2, 0, 1).copy()).float()[None].div_(255).sub_(shape["mean"][0]).div_(shape["std"][0])
        pairs.append((net(x)[2][0].argmax(0).numpy(),
                      marks.seen_cells(scene.mask(picture.shape), scale, shape["width"], shape["height"])))
    return pairs


def said(found, scene, label):
    """(box, score, counts) of every box said for one label, and the true boxes. What is wrong in an ignored region does not count."""
    boxes, scores = found[0], found[1][:, label]
    strong = scores > LEAST_SCORE
    boxes, scores = boxes[strong], scores[strong]
    truth, ignored = scene.boxes[scene.labels == label], scene.boxes[scene.labels == -1]
    return [(boxes[i], scores[i], not len(ignored) or intersections(boxes[i], ignored).max() <= .5 * areas(boxes[i]))
            for i in suppressed(boxes, scores)], truth


def judged(found, scene, label):
    """(score, right) of every box said for one label, and the number of true boxes: one box is right for each."""
    boxes, truth = said(found, scene, label)
    taken, rows = np.zeros(len(truth), bool), []
    for box, score, counts in boxes:
        fit = np.where(taken, 0, ious(box, truth))
        if len(fit) and fit.max() >= RIGHT_IOU:
            taken[fit.argmax()] = True
            rows.append((score, 1))
        elif counts:
            rows.append((score, 0))
    return np.array(rows, np.float64).reshape(-1, 2), len(truth)


def measured(found, scenes, label):
    """`judged` for each scene that labels `label`."""
    return [judged(f, s, label) for f, s in zip(found, scenes) if label in s.known]


def f1_at(judgements, threshold):
    """F1 of the boxes with at least this score, with right, said and true counts."""
    said = sum(int((rows[:, 0] >= threshold).sum()) for rows, _ in judgements)
    right = sum(int(rows[rows[:, 0] >= threshold, 1].sum()) for rows, _ in judgements)
    true = sum(n for _, n in judgements)
    return 2 * right / max(1, said + true), right, said, true


def best_f1(judgements):
    """The best F1 over thresholds, and that threshold."""
    return max((f1_at(judgements, t)[0], float(t)) for t in np.arange(.1, .875, .025))


def kept(found, card):
    """(label, box, p, score) of every box of vehicles, two-wheelers and people that the program keeps, the surest first: the score
    reaches its threshold, p is calibrated, and no surer box covers it. (Of signal heads: common/heads.py.)"""
    fitted, boxes = card["calibration"], []
    scores = tempered(found[1], fitted["score_temperature"])
    for label, name in enumerate(LABELS[:3]):
        p = calibrated(scores[:, label], fitted.get(name + "_scale", 1), fitted.get(name + "_shift", 0))
        boxes += [(label, found[0][i], float(p[i]), float(scores[i, label]))
                  for i in np.flatnonzero(scores[:, label] >= card["thresholds"][name])]
    stay = []
    for box in sorted(boxes, key=lambda b: -b[2]):
        if not any(covers(other, box, card["thresholds"]["nms_iou"]) for other in stay):
            stay.append(box)
    return stay


def covers(other, box, most_iou):
    """Whether a surer box stands for this one too."""
    common, iou = intersections(box[1], other[1][None])[0], ious(box[1], other[1][None])[0]
    if other[0] != box[0]:
        return 0 not in (other[0], box[0]) and iou > ONE_BODY
    return (iou > most_iou or common > PART * areas(box[1]) or
            (common > PART * areas(other[1]) and box[2] < WHOLE * other[2]))


def matched(boxes, scene, label):
    """(box, p, score, right) of the kept boxes of one label; one box is right for each true one. What is wrong in an ignored region
    does not count."""
    truth, ignored = scene.boxes[scene.labels == label], scene.boxes[scene.labels == -1]
    taken, rows = np.zeros(len(truth), bool), []
    for _, box, p, score in (b for b in boxes if b[0] == label):
        fit = np.where(taken, 0, ious(box, truth)) if len(truth) else np.zeros(1)
        if fit.max() >= RIGHT_IOU:
            taken[fit.argmax()] = True
            rows.append((box, p, score, 1.0))
        elif not len(ignored) or intersections(box, ignored).max() <= .5 * areas(box):
            rows.append((box, p, score, 0.0))
    return rows
