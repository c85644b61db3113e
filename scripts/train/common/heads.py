# SPDX-License-Identifier: Apache-2.0
"""What a detector says to be signal heads, and which of it is one: for their calibration."""
from .boxes import areas, intersections, ious, said
from .road_scenes import LABELS

HEAD = LABELS.index("signal_head")
LEAST_HEAD = .2   # heads are said from here: how sure they are is calibrated, and a net that sees them large looks at each
HEAD_IOU = .2     # heads are 12 pixels high: a box that is off by some of them still shows the lamp
ONE_HEAD = .3     # heads hang beside one another: what shares more than this of the smaller of two boxes is one, as in the program


def heads_said(found, scene):
    """(box, score, right) of every head said, the surest box of each: right when it lies on a true one, well placed or not."""
    rows, kept = [], []
    boxes, truth = said(found, scene, HEAD)
    for box, score, counts in boxes:
        if score < LEAST_HEAD or any(shared(box, other) > ONE_HEAD for other in kept):
            continue
        kept.append(box)
        on = len(truth) > 0 and ious(box, truth).max() >= HEAD_IOU
        if on or counts:
            rows.append((box, float(score), float(on)))
    return rows


def shared(a, b):
    """The share of the smaller of two boxes that lies in the other."""
    return float(intersections(a, b[None])[0] / max(1e-6, min(areas(a), areas(b))))
