#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the signal net: a crop of a signal head, 64 x 64, to the state and the shape of its lit lamp, and whether it is a head.

Example: scripts/train/signal_head.py --data ../shared/data --out models/signal --minutes 15

(Not named signal.py: that is a standard module, which a script of this name would hide.)
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
from common.boxes import candidates
from common.calibration import logistic, temperature
from common.card import load_model
from common.crop_net import MEAN, STD, block, heads_of
from common.data import preload
from common.export import export_script, write_card, write_curves
from common.heads import heads_said
from common.loop import autocast, last, minutes_of, prepared, train
from common import road_scenes
from common.signal_crops import SHAPES, SIZE, SOURCES, STATES, elsewhere, pixels_of, validation

ASKED = ("state", "shape", "head")
SUREST = float(np.log(.998 / .002))   # the program takes no detector for surer
MIRRORED = {SHAPES.index("left"): SHAPES.index("right"), SHAPES.index("right"): SHAPES.index("left")}


class SignalNet(nn.Module):
    """Plain 3x3 convolutions, pooled, with one 1x1 head for each question."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(block(3, 24, 2), block(24, 32), block(32, 48, 2), block(48, 48), block(48, 80, 2), block(80, 80))
        self.drop = nn.Dropout(.2)
        self.heads = nn.ModuleList([nn.Conv2d(160, n, 1) for n in (len(STATES), len(SHAPES), 1)])

    def forward(self, x):
        """[B,3,64,64] to logits of state and shape, and that it is a head. The strongest cell matters as much as the mean: one lamp of three is lit."""
        x = self.body(x)
        pooled = torch.cat([functional.adaptive_avg_pool2d(x, 1), functional.adaptive_max_pool2d(x, 1)], 1)
        return tuple(head(self.drop(pooled)).flatten(1) for head in self.heads)


class Stream(torch.utils.data.IterableDataset):
    """Endless augmented crops with their labels."""

    OFF_SHARE, ELSEWHERE_SHARE = .06, .25

    def __init__(self, data, seed, threads):
        self.data, self.seed, self.heads = data, seed, []
        if threads:
            self.prepare()
            preload(self.heads + self.others, threads)

    def prepare(self):
        self.others = list(elsewhere(self.data, "train"))
        self.heads = [h for source in SOURCES for h in source(self.data, "train")]
        kinds = collections.Counter((h.source, *h.labels) for h in self.heads)
        sources = collections.Counter(h.source for h in self.heads)
        weights = np.array([kinds[(h.source, *h.labels)] ** -.5 * sources[h.source] ** -.4 for h in self.heads])
        self.weights = weights / weights.sum()

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        cv2.setNumThreads(0)
        if not self.heads:
            self.prepare()
        while True:
            if rng.random() < self.ELSEWHERE_SHARE:
                pixels = self.lit(rng, self.others[rng.integers(len(self.others))].pixels(rng))
                labels = np.array([-1, -1, 0])
            else:
                pixels, labels = self.sample(rng, self.heads[rng.choice(len(self.heads), p=self.weights)])
            yield torch.from_numpy(pixels.transpose(2, 0, 1).copy()), torch.from_numpy(labels)

    def sample(self, rng, head):
        picture, labels = head.picture(), head.labels.copy()
        if head.box is None:
            pixels = loosened(rng, picture)
        else:
            x0, y0, x1, y1 = head.box
            w, h = x1 - x0, y1 - y0
            moved = rng.normal(0, .06, 4) * [w, h, w, h]
            pixels = pixels_of(picture, np.array(head.box) + moved, rng.uniform(.02, .3))
        if rng.random() < .5:
            pixels = np.ascontiguousarray(pixels[:, ::-1])
            labels[1] = MIRRORED.get(int(labels[1]), labels[1])
        if labels[1] in (-1, 0) and rng.random() < .4:  # an upright head lies: the lamp stays round
            pixels = np.ascontiguousarray(np.rot90(pixels, rng.choice([1, 3])))
        if rng.random() < self.OFF_SHARE:
            pixels, labels = unlit(rng, pixels), np.array([0, -1, 1])
        return self.lit(rng, pixels), labels

    @staticmethod
    def lit(rng, pixels):
        if rng.random() < .8:  # exposure and contrast, hardly a colour cast: the colour is the state
            x = pixels.astype(np.float32) / 255 * rng.uniform(.93, 1.07, 3).astype(np.float32)
            mean = x.mean()
            x = (x - mean) * rng.uniform(.6, 1.3) + mean * rng.uniform(.4, 1.35)
            pixels = (np.clip(x, 0, 1) ** rng.uniform(.7, 1.5) * 255).astype(np.uint8)
        if rng.random() < .2:  # night bloom: the lamp bleeds into its surroundings
            glow = cv2.GaussianBlur(np.clip(pixels.astype(np.float32) - 110, 0, None), (0, 0), rng.uniform(3, 9))
            pixels = np.clip(pixels + glow * rng.uniform(.4, 1.6), 0, 255).astype(np.uint8)
        return pixels


def loosened(rng, picture):
    """A tight crop with more or less round it: the rim is repeated, as sky or housing would go on."""
    h, w = picture.shape[:2]
    pad = [int(max(0, rng.uniform(-.05, .25)) * s) for s in (h, h, w, w)]
    return cv2.resize(cv2.copyMakeBorder(picture, *pad, cv2.BORDER_REPLICATE), (SIZE, SIZE), interpolation=cv2.INTER_AREA)


def unlit(rng, pixels):
    """The head with no lamp lit: without colour, and nothing brighter than the housing."""
    grey = pixels.mean(2, keepdims=True) * .85 + pixels * .15
    return np.minimum(grey, np.percentile(grey, rng.uniform(45, 70))).astype(np.uint8)


of_yes_or_no = functional.binary_cross_entropy_with_logits


def loss_of(outputs, labels):
    loss = of_yes_or_no(outputs[2][:, 0], labels[:, 2].float())
    for out, truth, smoothing in ((outputs[0], labels[:, 0], .02), (outputs[1], labels[:, 1], 0.0)):
        told = truth >= 0
        if told.any():
            loss = loss + functional.cross_entropy(out[told], truth[told], label_smoothing=smoothing)
    return loss


def shares(outputs, labels):
    """Right and all of state, of shape, and of the question whether it is a head."""
    said = [outputs[0].argmax(1), outputs[1].argmax(1), (outputs[2][:, 0] > 0).long()]
    return [(int((answer == truth)[truth >= 0].sum()), int((truth >= 0).sum())) for answer, truth in zip(said, labels.T)]


def fit_crops(data):
    """(crops, labels) of the fit half: heads, and two places that are none in each picture."""
    heads = [h for source in SOURCES for h in validation(source(data, "val"), "fit")]
    others = validation(elsewhere(data, "val"), "fit") * 2
    rng = np.random.default_rng(7)
    pixels = [pixels_of(h.picture(), h.box) for h in heads] + [o.pixels(rng) for o in others]
    return pixels, torch.from_numpy(np.stack([h.labels for h in heads] + [np.array([-1, -1, 0])] * len(others)))


def looks(crops):
    def look_now(net):
        rows = shares(heads_of(net, crops[0]), crops[1])
        return {f"fit: {name}": right / max(1, n) for name, (right, n) in zip(ASKED, rows)}
    return look_now


def batch_loss(device):
    def loss(net, batch, _):
        x = weather.sensor(weather.optics(batch[0].to(device).float() / 255, .14, share=.6), lowest_quality=25)
        with autocast(device):
            outputs = net(x.sub_(MEAN).div_(STD))
        return loss_of([o.float() for o in outputs], batch[1].to(device))
    return loss


def seen_twice(net, detector, scenes):
    """(logit of the detector's calibrated score, logit of this net's answer, right) of each box said to be a head."""
    card, boxes_net = load_model(detector)
    size = card["input"]
    found = candidates(boxes_net, scenes, size["width"], size["height"], size["mean"][0], size["std"][0])
    return np.array([row for f, scene in zip(found, scenes) for row in seen_closer(net, card["calibration"], f, scene)])


def seen_closer(net, fitted, found, scene):
    """`seen_twice` of what a detector with the calibration `fitted` found in one scene."""
    said = heads_said(found, scene)
    answers = heads_of(net, [pixels_of(scene.picture(), box) for box, _, _ in said])[2][:, 0].tolist() if said else []
    return [(fitted["signal_head_scale"] * logit(score) + fitted["signal_head_shift"], answer, right)
            for (_, score, right), answer in zip(said, answers)]


def logit(p):
    return float(np.log(p / (1 - p)))


def is_head(net, detector, data):
    """(a, b, c): P(a box is a head) = sigmoid(a + b x + c y), x and y as in `seen_twice`, fitted on the fit half."""
    rows = seen_twice(net, detector, validation(road_scenes.rendered(data, "val"), "fit"))
    x = torch.tensor(np.column_stack([np.ones(len(rows)), np.minimum(rows[:, 0], SUREST), rows[:, 1]]))
    return logistic(x, torch.tensor(rows[:, 2]))


def finish(args, net, step, history):
    net = net.cpu()
    pixels, labels = fit_crops(args.data)
    outputs = heads_of(net, pixels)
    rows = shares(outputs, labels)
    args.out.mkdir(parents=True, exist_ok=True)
    export_script(net, torch.zeros(1, 3, SIZE, SIZE), args.out / "signal.pt")
    write_curves(args.out / "curves.png", history, "signal")
    write_card(args.out, "signal", "signal", {"labels": STATES}, {
        "input": {"width": SIZE, "height": SIZE, "mean": [MEAN] * 3, "std": [STD] * 3},
        "outputs": {"states": [0, len(STATES)], "shapes": [0, len(SHAPES)], "heads": [0, 1]},
        "thresholds": {},
        "calibration": {"state_temperature": temperature(outputs[0], labels[:, 0]),
                        "shape_temperature": temperature(outputs[1], labels[:, 1]), "is_head": is_head(net, args.out.parent / "scene", args.data)},
        "training": {"command": "scripts/train/signal_head.py", "seed": args.seed, "steps": step, "minutes": minutes_of(history),
                     "data": ["lights (CC BY 4.0 and others, see data/SOURCES.md)", "markings/korea_road, vehicles/detection (CC BY 4.0)",
                              "scenes (rendered)"]},
        "accuracy": {f"fit_{name}": {"value": right / max(1, n), "n": n, "data": "fit halves; not a report"}
                     for name, (right, n) in zip(ASKED, rows)}})


def main():
    args = training_arguments(__doc__, "signal", 15, batch=64, rate=2e-3)
    prepared(args)
    net = SignalNet().to(args.device)
    if args.finish:
        average, step, history = last(args, net)
    else:
        average, step, history = train(args, net, lambda step: Stream(args.data, args.seed + step, args.preload),
                                       batch_loss(args.device), None if args.blind else looks(fit_crops(args.data)), args.rate,
                                       decay=2e-2)
    if not args.no_finish:
        finish(args, average, step, history)


if __name__ == "__main__":
    sys.exit(main())
