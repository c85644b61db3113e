#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the vehicle net: a crop of 128 x 128 to class, colour, special kind, facing, and an embedding of the same vehicle.

Example: scripts/train/vehicle.py --data ../shared/data --out models/vehicle --minutes 20
"""
import collections
import sys

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional

from common import weather
from common.arguments import training_arguments
from common.calibration import temperature
from common.data import preload
from common.export import export_script, write_card, write_curves
from common.loop import autocast, last, minutes_of, prepared, train
from common.vehicle_crops import CLASSES, COARSE, COLOURS, FACINGS, SIZE, SOURCES, SPECIALS, box_pixels, look as look_at, pairs, validation

MEAN, STD = .45, .25
HEADS = {"class": len(CLASSES), "colour": len(COLOURS), "special": len(SPECIALS), "facing": len(FACINGS)}
CLASS, COLOUR, SPECIAL, AMONG = 0, 1, 2, 4    # places of labels
WEIGHTS = {"class": 1.0, "colour": .8, "special": .6, "facing": .4}
EMBEDDING, CONTRAST, COARSE_WEIGHT = 64, .6, .4
SMALL, SMALL_SHARE = 96, .6       # px: the first part of the training sees small views, nearly twice as many an hour


def block(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True))


class VehicleNet(nn.Module):
    """Plain 3x3 convolutions, pooled, with one 1x1 head for each question."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(block(3, 32, 2), block(32, 48, 2), block(48, 48), block(48, 96, 2), block(96, 96), block(96, 96),
                                  block(96, 160, 2), block(160, 160), block(160, 160), block(160, 224, 2), block(224, 224))
        self.drop = nn.Dropout(.3)
        self.heads = nn.ModuleList([nn.Conv2d(224, n, 1) for n in [*HEADS.values(), EMBEDDING]])

    def forward(self, x):
        """[B,3,128,128] to logits of class, colour, special, facing, and the embedding of unit length."""
        pooled = self.drop(functional.adaptive_avg_pool2d(self.body(x), 1))
        outputs = [head(pooled).flatten(1) for head in self.heads]
        return (*outputs[:-1], functional.normalize(outputs[-1], dim=1))


class Stream(torch.utils.data.IterableDataset):
    """Endless pairs of views of the same vehicle, with its labels. Vehicles of one case, which the program has to tell apart, come
    after one another: they stand in one batch."""

    COMPANY, COMPANIONS = .35, 4

    def __init__(self, data, seed, threads, without=()):
        self.data, self.seed, self.without, self.crops = data, seed, without, []
        if threads:
            self.prepare()
            preload(self.crops, threads)

    def prepare(self):
        self.crops = [c for source in SOURCES for c in source(self.data, "train") if c.source not in self.without]
        self.partners, vehicles = collections.defaultdict(list), collections.defaultdict(set)
        for i, crop in enumerate(self.crops):
            if crop.same:
                self.partners[crop.same].append(i)
                vehicles[crop.same.split("/")[0]].add(crop.same)
        self.companies = [sorted(case) for case in vehicles.values() if len(case) > 1]
        self.chances = np.array([len(case) for case in self.companies], float)
        self.chances /= max(1, self.chances.sum())
        colours = collections.Counter(c.labels[COLOUR] for c in self.crops if c.source == "colour")
        most = max(colours.values(), default=1)
        weights = np.zeros(len(self.crops))
        for i, crop in enumerate(self.crops):  # one camera must not be most of what is seen; labelled crops and rare colours count more
            weights[i] = {"type_camera": .35, "rendered": .6, "views": .5, "colour": 1.4}.get(crop.source, 1.0)
            weights[i] *= 1.0 if crop.labels[CLASS] >= 0 else .6 if crop.labels[AMONG] >= 0 else .25
            weights[i] *= (most / colours[crop.labels[COLOUR]]) ** .3 if crop.source == "colour" else 1.0
        kinds = [tuple(c.labels[[CLASS, SPECIAL, AMONG]]) for c in self.crops]
        counts = collections.Counter(kinds)
        weights *= [counts[kind] ** -.45 for kind in kinds]
        self.weights = weights / weights.sum()

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        cv2.setNumThreads(0)
        if not self.crops:
            self.prepare()
        while True:
            for crop in self.next(rng):
                other = crop
                if crop.same and rng.random() < .7:
                    other = self.crops[rng.choice(self.partners[crop.same])]
                first, labels = self.view(rng, crop)
                second, labels2 = self.view(rng, other)
                yield torch.from_numpy(np.stack([first, second]).transpose(0, 3, 1, 2).copy()), torch.from_numpy(
                    np.stack([labels, labels2]))

    def next(self, rng):
        """Crops of vehicles, no two of one."""
        if not self.companies or rng.random() > self.COMPANY / self.COMPANIONS:
            return [self.crops[rng.choice(len(self.crops), p=self.weights)]]
        company = self.companies[rng.choice(len(self.companies), p=self.chances)]
        chosen = rng.permutation(company)[:self.COMPANIONS]
        return [self.crops[rng.choice(self.partners[vehicle])] for vehicle in chosen]

    def view(self, rng, crop):
        picture, labels = crop.picture(), crop.labels.copy()
        h, w = picture.shape[:2]
        x, y, bw, bh = crop.box if crop.box is not None else (0, 0, w, h)
        dx, dy = rng.normal(0, .05, 2) * [bw, bh]
        sx, sy = 1 + rng.normal(0, .07, 2)
        box = (x + dx - (sx - 1) * bw / 2, y + dy - (sy - 1) * bh / 2, bw * sx, bh * sy)
        pixels = box_pixels(picture, box, margin=.08 if crop.box is not None else 0)
        if rng.random() < .5:
            pixels = cv2.flip(pixels, 1)
        if rng.random() < .5:
            pixels = askew(rng, pixels)
        if rng.random() < .1:  # colourless: nobody can say the colour
            pixels = np.repeat(pixels.mean(2, keepdims=True), 3, 2).astype(np.uint8)
            labels[1] = -1
        elif rng.random() < .08:  # as at night
            pixels, labels[1] = (pixels * rng.uniform(.1, .35)).astype(np.uint8), -1
        if rng.random() < .25:
            hide(rng, pixels)
        return pixels, labels


def askew(rng, pixels):
    """Turned and sheared a little, as other cameras hang."""
    turn, shear = rng.normal(0, .06), rng.normal(0, .06, 2)
    matrix = np.array([[np.cos(turn), -np.sin(turn) + shear[0]], [np.sin(turn) + shear[1], np.cos(turn)]])
    middle = np.full(2, (SIZE - 1) / 2)
    matrix = np.column_stack([matrix, middle - matrix @ middle])
    return cv2.warpAffine(pixels, matrix, (SIZE, SIZE), borderMode=cv2.BORDER_REPLICATE)


def hide(rng, pixels):
    x, y = rng.integers(0, SIZE * 3 // 4, 2)
    w, h = rng.integers(12, SIZE // 2, 2)
    pixels[y:y + h, x:x + w] = rng.integers(0, 255, 3)


def worn(pictures):
    """Floats of a batch as cameras might have seen it, in light that leaves the colour tellable."""
    return weather.sensor(weather.optics(weather.light(pictures.float() / 255, mild=True), .22))


def losses(outputs, labels):
    total = outputs[0].new_zeros(())
    for head, (name, logits) in enumerate(zip(HEADS, outputs)):
        if (labels[:, head] >= 0).any():
            total = total + WEIGHTS[name] * functional.cross_entropy(logits, labels[:, head], ignore_index=-1,
                                                                     label_smoothing=.03)
    return total + COARSE_WEIGHT * among_loss(outputs[CLASS], labels[:, AMONG])


def among_loss(logits, among):
    """Of vehicles known to be of one of several classes: minus the log of what those have together. A few are none of them."""
    known = among >= 0
    if not known.any():
        return logits.new_zeros(())
    table = torch.tensor([[name in classes for name in CLASSES] for classes in COARSE.values()], device=logits.device)
    together = (functional.softmax(logits[known], 1) * table[among[known]]).sum(1)
    return -torch.log(.97 * together + .02).mean()


def contrast(embedding):
    """InfoNCE over pairs: rows 2i and 2i+1 are the same vehicle."""
    likeness = embedding @ embedding.T / .12
    likeness = likeness - 1e4 * torch.eye(len(embedding), device=embedding.device)
    return functional.cross_entropy(likeness, torch.arange(len(embedding), device=embedding.device) ^ 1)


def shares(outputs, labels):
    """Right and all, for each head."""
    rows = {}
    for head, name in enumerate(HEADS):
        known = labels[:, head] >= 0
        rows[name] = (int((outputs[head].argmax(1) == labels[:, head])[known].sum()), int(known.sum()))
    return rows


def same_vehicle_limit(embedding, crops):
    """The cosine at which as many same pairs (other panels) lie below as different vehicles of the same case lie above."""
    same, other = pairs(embedding, crops)
    best = min(np.arange(.2, .96, .01), key=lambda t: abs((same < t).mean() - (other >= t).mean()))
    return float(best), float((same < best).mean())


def fit_crops(data):
    crops = [c for source in SOURCES for c in validation(source(data, "val"), "fit")]
    return [c for i, c in enumerate(crops) if c.source != "rendered" or i % 2 == 0]


def looks(crops):
    def look(net):
        return {f"fit: {name}": right / max(1, n) for name, (right, n) in shares(*look_at(net, crops, MEAN, STD)).items()}
    return look


def batch_loss(device, small_first):
    def loss(net, batch, share):
        x = worn(batch[0].flatten(0, 1).to(device)).sub_(MEAN).div_(STD)
        if share < SMALL_SHARE and small_first:
            x = functional.interpolate(x, size=(SMALL, SMALL), mode="area")
        with autocast(device):
            outputs = net(x)
        outputs = [o.float() for o in outputs]
        return losses(outputs, batch[1].flatten(0, 1).to(device)) + CONTRAST * contrast(outputs[-1])
    return loss


def finish(args, net, step, history):
    net = net.cpu()
    crops = fit_crops(args.data)
    outputs, labels = look_at(net, crops, MEAN, STD)
    limit, missed = same_vehicle_limit(outputs[-1], crops)
    real = torch.tensor([c.source != "rendered" for c in crops])
    rows = shares([o[real] for o in outputs], labels[real])
    args.out.mkdir(parents=True, exist_ok=True)
    export_script(net, torch.zeros(1, 3, SIZE, SIZE), args.out / "vehicle.pt")
    write_curves(args.out / "curves.png", history, "vehicle")
    calibration = {f"{name}_temperature": temperature(outputs[i], labels[:, i]) for i, name in enumerate(HEADS)}
    write_card(args.out, "vehicle", "vehicle", {"labels": CLASSES}, {
        "input": {"width": SIZE, "height": SIZE, "mean": [MEAN] * 3, "std": [STD] * 3},
        "outputs": {**{name: [0, n] for name, n in HEADS.items()}, "embedding": [0, EMBEDDING]},
        "thresholds": {"same_vehicle_cosine": limit},
        "calibration": calibration,
        "training": {"command": "scripts/train/vehicle.py", "seed": args.seed, "steps": step, "minutes": minutes_of(history),
                     "data": ["vehicles/type, vehicles/colour, vehicles/detection (CC BY 4.0)", "scenes, vehicle_views (rendered)"]},
        "accuracy": {f"fit_{name}_real": {"value": right / max(1, n), "n": n, "data": "fit halves; not a report"}
                     for name, (right, n) in rows.items() if n} | {"fit_same_vehicle_missed": {"value": missed}}})


def main():
    args = training_arguments(__doc__, "vehicle", 20, batch=32, rate=2e-3, sources=["type_camera"])
    prepared(args)
    net = VehicleNet().to(args.device)
    if args.finish:
        average, step, history = last(args, net)
    else:
        average, step, history = train(args, net, lambda step: Stream(args.data, args.seed + step, args.preload, args.without),
                                       batch_loss(args.device, args.device == "cpu" and not args.start),
                                       None if args.blind else looks(fit_crops(args.data)[::4]), args.rate, decay=2e-2)
    if not args.no_finish:
        finish(args, average, step, history)


if __name__ == "__main__":
    sys.exit(main())
