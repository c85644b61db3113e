#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the plate detector: a 256 x 256 view to plates with four corners, look, and whether they are covered.

Example: scripts/train/plate.py --data ../shared/data --out models/plate --minutes 50

Centre points on a grid of stride 8. Real scenes and crops (CCPD), rendered vehicles, drawn plates pasted in perspective.
"""
import copy
import sys

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional

from common import weather
from common.arguments import training_arguments
from common.data import preload
from common.drawn import PlateDrawer
from common.export import export_script, write_card, write_curves
from common.loop import autocast, last, minutes_of, prepared, train
from common.plate_scenes import GREY, KINDS, SIZE, Backgrounds, Plate, ccpd, closeups, letterbox, rendered, validation

MEAN, STD = .45, .25
STRIDE, GRID = 8, SIZE // 8
UNIT = 32.0  # px of one unit of a corner offset
CANDIDATES = 16
NMS_IOU = .3


def block(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True))


class PlateNet(nn.Module):
    """Plain 3x3 convolutions to stride 32, summed back to stride 8."""

    def __init__(self):
        super().__init__()
        self.to8 = nn.Sequential(block(3, 16, 2), block(16, 32, 2), block(32, 32), block(32, 64, 2), block(64, 64))
        self.to16 = nn.Sequential(block(64, 96, 2), block(96, 96))
        self.to32 = nn.Sequential(block(96, 128, 2), block(128, 128))
        self.side32, self.side16 = nn.Conv2d(128, 96, 1), nn.Conv2d(96, 64, 1)
        self.mix16, self.mix8 = block(96, 96), block(64, 64)
        self.head = nn.Sequential(block(64, 64), nn.Conv2d(64, 1 + 8 + len(KINDS) + 1, 1))
        nn.init.constant_(self.head[1].bias[0], -4.0)

    def grid(self, x):
        """[B,17,32,32]: plate logit, corner offsets, look logits, covered logit."""
        f8 = self.to8(x)
        f16 = self.to16(f8)
        f32 = self.to32(f16)
        f16 = self.mix16(f16 + functional.interpolate(self.side32(f32), scale_factor=2.0))
        f8 = self.mix8(f8 + functional.interpolate(self.side16(f16), scale_factor=2.0))
        return self.head(f8)


class Exported(nn.Module):
    """The net with its decoding: corners [B,16,8] px, scores [B,16], kinds [B,16,7] logits, covered [B,16]."""

    def __init__(self, net):
        super().__init__()
        self.net = net
        centre = (torch.arange(GRID, dtype=torch.float32) + .5) * STRIDE
        y, x = torch.meshgrid(centre, centre, indexing="ij")
        self.register_buffer("centres", torch.stack([x, y]).reshape(2, -1).repeat(4, 1)[None])

    def forward(self, x):
        flat = self.net.grid(x).flatten(2)
        scores, best = torch.sigmoid(flat[:, 0]).topk(CANDIDATES, dim=1)
        corners = (self.centres + flat[:, 1:9] * UNIT).gather(2, best[:, None].expand(-1, 8, -1)).transpose(1, 2)
        kinds = flat[:, 9:9 + len(KINDS)].gather(2, best[:, None].expand(-1, len(KINDS), -1)).transpose(1, 2)
        return corners, scores, kinds, torch.sigmoid(flat[:, -1].gather(1, best))


# Samples

def look_transform(rng, plate, shape, share):
    """An affine map that shows `plate` at `share` of the view's width, turned a little, anywhere in the view."""
    scale = share * SIZE / max(4.0, plate.width)
    angle = rng.normal(0, 5) if rng.random() < .8 else rng.uniform(-16, 16)
    centre = plate.quad.mean(0)
    matrix = cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), angle, scale).astype(np.float32)
    free = SIZE * (1 - share) / 2
    where = SIZE / 2 + rng.uniform(-1, 1, 2) * max(2.0, free) * .95
    matrix[:, 2] += where - centre
    return matrix


def view(rng, picture, plates, focus):
    share = float(np.exp(rng.uniform(np.log(.08), np.log(.95))))
    matrix = look_transform(rng, focus, picture.shape, share)
    scale = float(np.hypot(matrix[0, 0], matrix[0, 1]))
    if scale < .6:  # shrink by area first: a warp alone would alias
        small = cv2.resize(picture, None, fx=scale * 1.2, fy=scale * 1.2, interpolation=cv2.INTER_AREA)
        ratio = np.array([picture.shape[1] / small.shape[1], picture.shape[0] / small.shape[0]], np.float32)
        shown = cv2.warpAffine(small, matrix * np.append(ratio, 1), (SIZE, SIZE), borderValue=GREY)
    else:
        shown = cv2.warpAffine(picture, matrix, (SIZE, SIZE), borderValue=GREY)
    return shown, [p.moved(matrix) for p in plates]


def cover(rng, picture, plate):
    """Hides part of a plate under mud, paper or an object, and says so when a character or more is gone."""
    low, high = plate.quad.min(0), plate.quad.max(0)
    w, h = high - low
    share = rng.uniform(.2, .95)
    size = np.array([w * share, h * rng.uniform(.75, 1.6)])
    if rng.random() < .3:
        size = np.array([w * 1.1, h * rng.uniform(.5, .8)])
    start = low + rng.uniform(-.1, 1, 2) * np.maximum(0, np.array([w, h]) - size * .8)
    x0, y0 = np.maximum(0, start).astype(int)
    x1, y1 = np.minimum(picture.shape[1::-1], start + size).astype(int)
    if x1 - x0 < 3 or y1 - y0 < 3:
        return
    patch = np.clip(rng.integers(30, 240, 3) + rng.normal(0, rng.uniform(2, 25), (y1 - y0, x1 - x0, 3)), 0, 255)
    mask = np.zeros((y1 - y0, x1 - x0), np.float32)
    if rng.random() < .5:  # an uneven blotch
        noise = cv2.resize(rng.random((4, 6)).astype(np.float32), (x1 - x0, y1 - y0), interpolation=cv2.INTER_CUBIC)
        mask[:] = np.clip((noise - .25) * 4, 0, 1)
    else:
        mask[:] = 1
    mask = cv2.GaussianBlur(mask, (0, 0), .8)[..., None]
    part = picture[y0:y1, x0:x1]
    part[:] = part * (1 - mask) + patch * mask
    plate.covered = 1.0


class Stream(torch.utils.data.IterableDataset):
    """Endless augmented views with their targets on the grid."""

    def __init__(self, data, seed, threads):
        self.data, self.seed, self.sources = data, seed, []
        if threads:
            self.prepare()
            preload([s for scenes in (*self.sources, self.backgrounds.all()) for s in scenes], threads)

    def prepare(self):
        self.sources = [list(ccpd(self.data, "scenes", "train")), list(ccpd(self.data, "reader", "train")),
                        list(ccpd(self.data, "green", "train")), list(rendered(self.data, "train")),
                        list(closeups(self.data, "train"))]
        self.backgrounds, self.drawer = Backgrounds(self.data), PlateDrawer(self.data)

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        cv2.setNumThreads(0)
        if not self.sources:
            self.prepare()
        while True:
            picture, plates = self.sample(rng)
            yield torch.from_numpy(picture.transpose(2, 0, 1).copy()), torch.from_numpy(targets(plates))

    def sample(self, rng):
        kind = rng.choice(7, p=[.22, .14, .07, .2, .07, .2, .1])
        if kind == 6:
            picture, plates = letterbox(self.backgrounds.draw(rng), [])
        elif kind == 5:
            picture, plates = self.pasted(rng)
        else:
            picture, plates = self.seen(rng, self.sources[kind], kind)
        return picture, plates

    def seen(self, rng, scenes, kind):
        scene = scenes[rng.integers(len(scenes))]
        picture = scene.picture()
        plates = [p.moved(np.eye(2, 3, dtype=np.float32)) for p in scene.plates]
        if kind == 3:
            if rng.random() < .5:
                return letterbox(picture, plates, jittered(rng, scene.window))
            near = [p for p in plates if not p.ignored] or plates
            return view(rng, picture, plates, near[rng.integers(len(near))])
        if rng.random() < .1:
            cover(rng, picture, plates[0])
        if kind in (1, 2, 4) and rng.random() < .4:
            picture, plates = tight(rng, picture, plates)
            return letterbox(picture, plates)
        if rng.random() < .2:
            return letterbox(picture, plates)
        return view(rng, picture, plates, plates[0])

    def pasted(self, rng):
        """A drawn plate in perspective on a background."""
        picture, _ = letterbox(self.backgrounds.draw(rng), [])
        plate, _, look, _ = self.drawer.random(rng)
        h, w = plate.shape[:2]
        width = SIZE * float(np.exp(rng.uniform(np.log(.09), np.log(.9))))
        size = np.array([width, width * h / w])
        angle = np.deg2rad(rng.normal(0, 6))
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        shape = np.array([[-.5, -.5], [.5, -.5], [.5, .5], [-.5, .5]]) * size * [rng.uniform(.6, 1.05), 1]
        shape = shape @ turn.T + rng.normal(0, 1, (4, 2)) * size * [.02, .05]
        shape[:, 1] += shape[:, 0] * rng.normal(0, .08)
        quad = (shape + SIZE / 2 + rng.uniform(-1, 1, 2) * np.maximum(0, SIZE / 2 - size / 2)).astype(np.float32)
        matrix = cv2.getPerspectiveTransform(np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32), quad)
        scale = min(1.0, 1.5 * width / w)
        small = cv2.resize(plate, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        matrix = matrix @ np.diag([w / small.shape[1], h / small.shape[0], 1])
        level = np.clip(picture.mean() / 120 * rng.uniform(.7, 1.4), .25, 1.3)
        face = cv2.warpPerspective(np.clip(small * level, 0, 255), matrix, (SIZE, SIZE))
        mask = cv2.warpPerspective(np.ones(small.shape[:2], np.float32), matrix, (SIZE, SIZE))
        mask = cv2.GaussianBlur(mask, (0, 0), .6)[..., None]
        if rng.random() < .5:  # the plate stands in a darker or lighter recess
            recess = cv2.dilate(mask[..., 0], np.ones((3, 3)), iterations=int(rng.integers(2, 9)))[..., None]
            picture = picture * (1 - recess * .7) + rng.integers(10, 230) * recess * .7
        picture = np.clip(picture * (1 - mask) + face * mask, 0, 255).astype(np.uint8)
        plates = [Plate(quad, look)]
        if rng.random() < .12:
            cover(rng, picture, plates[0])
        return picture, plates


def jittered(rng, window):
    x0, y0, x1, y1 = window
    w, h = x1 - x0, y1 - y0
    dx, dy = rng.uniform(-.12, .12, 2) * [w, h]
    grow = rng.uniform(-.05, .35)
    return (x0 + dx - grow * w / 2, y0 + dy - grow * h / 2, x1 + dx + grow * w / 2, y1 + dy + grow * h / 2)


def tight(rng, picture, plates):
    """Cut round the plate: a close-up that is nearly all plate."""
    low, high = plates[0].quad.min(0), plates[0].quad.max(0)
    margin = (high - low) * rng.uniform(-.02, .12, 2)
    x0, y0 = np.maximum(0, low - margin).astype(int)
    x1, y1 = np.minimum(picture.shape[1::-1], high + margin).astype(int)
    shift = np.array([[1, 0, -x0], [0, 1, -y0]], np.float32)
    return np.ascontiguousarray(picture[y0:y1, x0:x1]), [p.moved(shift) for p in plates]


def targets(plates):
    """[GRID,GRID,13]: plate (1, 0, -1 ignored), 8 corner offsets, look, covered, weight of the corners, 1/width."""
    grid = np.zeros((GRID, GRID, 13), np.float32)
    centre = (np.arange(GRID) + .5) * STRIDE
    x, y = np.meshgrid(centre, centre)
    for plate in sorted(plates, key=lambda p: -p.width):
        low, high = plate.quad.min(0), plate.quad.max(0)
        mid, size = (low + high) / 2, np.maximum(high - low, 1)
        if (mid < 0).any() or (mid >= SIZE).any():
            continue
        away = np.hypot((x - mid[0]) / np.maximum(size[0] * .22, STRIDE * .75), (y - mid[1]) / np.maximum(size[1] * .3, STRIDE * .75))
        cut = plate.ignored or plate.width < 13 or (low < -3).any() or (high > SIZE + 3).any()
        grid[away < 2.2, 0] = -1
        if cut:
            continue
        cells = away < 1
        if not cells.any():
            cells = away == away.min()
        grid[cells, 0] = 1
        grid[cells, 1:9] = ((plate.quad[None, :, :] - np.stack([x[cells], y[cells]], 1)[:, None]) / UNIT).reshape(-1, 8)
        grid[cells, 9:13] = [plate.kind, plate.covered, 1.0 if plate.exact else .15, UNIT / max(8.0, plate.width)]
    return grid


def loss_of(out, target):
    """Focal loss on the plate logit; corners in shares of the plate's width; look; covered."""
    target = target.permute(0, 3, 1, 2)
    logit, truth = out[:, 0], target[:, 0]
    p = torch.sigmoid(logit)
    positive, negative = truth == 1, truth == 0
    focal = functional.binary_cross_entropy_with_logits(logit, positive.float(), reduction="none")
    focal = focal * torch.where(positive, (1 - p) ** 2, .75 * p ** 2) * (positive | negative)
    count = positive.sum().clamp(min=1)
    where = positive[:, None]
    corners = (out[:, 1:9] - target[:, 1:9]).abs() * target[:, 12:13] * target[:, 11:12] * where
    kinds = functional.cross_entropy(out[:, 9:9 + len(KINDS)], target[:, 9].long(), reduction="none") * positive
    covered = functional.binary_cross_entropy_with_logits(out[:, -1], target[:, 10], reduction="none") * positive
    return (focal.sum() + 1.2 * corners.sum() + .25 * kinds.sum() + .25 * covered.sum()) / count


# Measuring

def box_iou(a, b):
    low, high = np.maximum(a.min(0), b.min(0)), np.minimum(a.max(0), b.max(0))
    common = np.prod(np.maximum(0, high - low))
    return common / (np.prod(a.max(0) - a.min(0)) + np.prod(b.max(0) - b.min(0)) - common + 1e-9)


def views_of(scenes):
    """As the program looks: whole pictures, and the windows of rendered vehicles."""
    views = [letterbox(s.picture(), s.plates, s.window) for s in scenes]
    return [v for v, _ in views], [[p for p in plates if inside(p)] for _, plates in views]


def inside(plate):
    low, high = plate.quad.min(0), plate.quad.max(0)
    return (low > -2).all() and (high < SIZE + 2).all()


@torch.no_grad()
def run(exported, views, device):
    exported.eval()
    outputs = []
    for i in range(0, len(views), 16):
        batch = torch.from_numpy(np.stack(views[i:i + 16]).transpose(0, 3, 1, 2).copy()).float()
        outputs.append([o.float().cpu().numpy() for o in exported(batch.div_(255).sub_(MEAN).div_(STD).to(device))])
    return [np.concatenate(o) for o in zip(*outputs)]


def first_looks(outputs, truths):
    """For the best candidate of each view: (score, right by IoU .5, corner error in shares of the width, look right)."""
    rows = []
    for corners, scores, kinds, truth in zip(outputs[0], outputs[1], outputs[2], truths):
        real = [p for p in truth if not p.ignored]
        quad = corners[0].reshape(4, 2)
        best = max(real, key=lambda p: box_iou(quad, p.quad), default=None)
        hit = best is not None and box_iou(quad, best.quad) >= .5
        error = np.linalg.norm(quad - best.quad, axis=1).mean() / best.width if hit and best.exact else np.nan
        rows.append((scores[0], hit, error, hit and kinds[0].argmax() == best.kind, bool(real)))
    return np.array(rows, np.float64)


def all_looks(outputs, truths):
    """(score, right by IoU .5) of every candidate that overlaps no stronger one, and how many plates there are. One on an ignored
    plate is neither right nor wrong."""
    rows = []
    for corners, scores, truth in zip(outputs[0], outputs[1], truths):
        kept = []
        for k in np.argsort(-scores):
            quad = corners[k].reshape(4, 2)
            if scores[k] < .1 or any(box_iou(quad, other) > NMS_IOU for other in kept):
                continue
            kept.append(quad)
            hit = any(box_iou(quad, p.quad) >= .5 for p in truth if not p.ignored)
            if hit or not any(box_iou(quad, p.quad) > .1 for p in truth if p.ignored):
                rows.append((scores[k], hit))
    return np.array(rows, np.float64).reshape(-1, 2), sum(not p.ignored for truth in truths for p in truth)


def best_threshold(looks):
    """(F1, score): the best F1 of all that is said, and from which score on."""
    rows, true = looks
    best = (0.0, .5)
    for threshold in np.arange(.1, .91, .05):
        said = rows[rows[:, 0] >= threshold]
        best = max(best, (2 * said[:, 1].sum() / max(1, len(said) + true), threshold))
    return best


# Training

def worn(pictures):
    """Floats of a batch as cameras might have seen it."""
    x = weather.light(pictures.float() / 255)
    return weather.sensor(weather.optics(x, .4, share=.35))


def looks(views, truths):
    def look(net):
        outputs = run(Exported(copy.deepcopy(net).cpu()), views, "cpu")
        rows = first_looks(outputs, truths)
        return {"fit: best F1": best_threshold(all_looks(outputs, truths))[0], "fit: corner error": np.nanmean(rows[:, 2]),
                "fit: look right": rows[:, 3].sum() / max(1, rows[:, 1].sum())}
    return look


def batch_loss(device):
    def loss(net, batch, _):
        x = worn(batch[0].to(device)).sub_(MEAN).div_(STD)
        with autocast(device):
            grid = net.grid(x)
        return loss_of(grid.float(), batch[1].to(device))
    return loss


def fit_views(data):
    return views_of(validation(ccpd(data, "scenes", "val"), "fit") + validation(closeups(data, "val"), "fit") +
                    validation(rendered(data, "val"), "fit")[::2])


def finish(args, net, step, history):
    exported = Exported(net.cpu())
    views, truths = fit_views(args.data)
    looks_at_all = all_looks(run(exported, views, "cpu"), truths)
    f1, threshold = best_threshold(looks_at_all)
    args.out.mkdir(parents=True, exist_ok=True)
    export_script(exported, torch.zeros(1, 3, SIZE, SIZE), args.out / "plate.pt")
    write_curves(args.out / "curves.png", history, "plate")
    write_card(args.out, "plate", "plate", {"labels": KINDS}, {
        "input": {"width": SIZE, "height": SIZE, "mean": [MEAN] * 3, "std": [STD] * 3},
        "outputs": {"corners": [0, CANDIDATES, 8], "scores": [0, CANDIDATES], "kinds": [0, CANDIDATES, len(KINDS)],
                    "covered": [0, CANDIDATES]},
        "thresholds": {"score": float(threshold), "nms_iou": NMS_IOU},
        "calibration": {"kind_temperature": 1.0, "score_temperature": 1.0},
        "training": {"command": "scripts/train/plate.py", "seed": args.seed, "steps": step, "minutes": minutes_of(history),
                     "data": ["plates/scenes, plates/reader, plates/green (CCPD, MIT)", "plates/glyphs (MIT, 2020 leijd)",
                              "vehicles/detection (CC BY 4.0)", "scenes (rendered)"]},
        "accuracy": {"fit_f1": {"value": float(f1), "n": looks_at_all[1], "data": "fit halves of the val files; not a report"}}})


def main():
    args = training_arguments(__doc__, "plate", 50, batch=24, rate=2e-3)
    prepared(args)
    net = PlateNet().to(args.device)
    if args.finish:
        average, step, history = last(args, net)
    else:
        average, step, history = train(args, net, lambda step: Stream(args.data, args.seed + step, args.preload),
                                       batch_loss(args.device), None if args.blind else looks(*fit_views(args.data)), args.rate)
    if not args.no_finish:
        finish(args, average, step, history)


if __name__ == "__main__":
    sys.exit(main())
