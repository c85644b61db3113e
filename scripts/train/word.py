#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the word net: a crop of words painted on the road, 64 x 96, to what they say: bus lane, bicycle lane or something else.

Example: scripts/train/word.py --data ../shared/data --out models/word --minutes 18
"""
import pathlib
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from common import weather
from common.arguments import training_arguments
from common.arrow_crops import Road, loose
from common.calibration import temperature
from common.card import load_model
from common.crop_net import MEAN, STD, CropStream, look, small_body
from common.export import export_script, write_card, write_curves
from common.loop import autocast, last, minutes_of, prepared, train
from common.word_crops import MEANINGS, SIZE, SOURCES, Drawer, pixels_of, validation

SHARES = {"drawn": .74, "rendered": .2, "other_paint": .06}
DRAWN_TO_FIT = 800


class WordNet(nn.Module):
    """Plain 3x3 convolutions; the head sees which row of the crop holds what."""

    def __init__(self):
        super().__init__()
        self.body = small_body()
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(.2), nn.Linear(96 * 24, 40), nn.ReLU(True), nn.Linear(40, len(MEANINGS)))

    def forward(self, x):
        """[B,3,96,64] to logits [B,3]."""
        return self.head(self.body(x))


def stream(data, seed):
    pieces = (word for source in SOURCES for word in source(data, "train"))
    return CropStream(Drawer(Road(data, np.random.default_rng(seed))), pieces, SHARES, cut, seed, fresh=.15)


def cut(piece, box, rng):
    return pixels_of(piece, loose(rng, box), rng.uniform(.1, .2))


def fit_crops(data):
    """(crops, labels) of the fit half, and drawn ones in a font that no training saw."""
    words = [w for source in SOURCES for w in validation(source(data, "val"), "fit")]
    rng = np.random.default_rng(7)
    drawer = Drawer(Road(data, rng, "val"), "val")
    pairs = [(pixels_of(w.picture(), w.box), w.labels) for w in words] + [drawer.sample(rng) for _ in range(DRAWN_TO_FIT)]
    return [p for p, _ in pairs], torch.from_numpy(np.stack([label for _, label in pairs]))


def right_of(logits, labels):
    return int((logits.argmax(1) == labels).sum())


def looks(crops):
    some, labels = crops[0][::3], crops[1][::3]

    def look_now(net):
        logits = look(net, some)
        return {"fit: right": right_of(logits, labels) / len(labels), "fit: loss": functional.cross_entropy(logits, labels)}
    return look_now


def batch_loss(device):
    def loss(net, batch, _):
        x = weather.sensor(weather.optics(weather.light(batch[0].to(device).float() / 255), .35, share=.45), lowest_quality=25)
        with autocast(device):
            logits = net(x.sub_(MEAN).div_(STD))
        return functional.cross_entropy(logits.float(), batch[1].to(device), label_smoothing=.01)
    return loss


def finish(args, net, step, history, crops):
    net = net.cpu()
    logits, labels = look(net, crops[0]), crops[1]
    args.out.mkdir(parents=True, exist_ok=True)
    export_script(net, torch.zeros(1, 3, SIZE[1], SIZE[0]), args.out / "word.pt")
    write_curves(args.out / "curves.png", history, "word")
    write_card(args.out, "word", "word", {"labels": MEANINGS}, {
        "input": {"width": SIZE[0], "height": SIZE[1], "mean": [MEAN] * 3, "std": [STD] * 3},
        "outputs": {"words": [0, len(MEANINGS)]},
        "thresholds": {},
        "calibration": {"words_temperature": temperature(logits, labels)},
        "training": {"command": "scripts/train/word.py", "seed": args.seed, "steps": step, "minutes": minutes_of(history),
                     "data": ["drawn words on road from vehicles/detection and markings/korea_road (CC BY 4.0)",
                              "markings/korea_road (CC BY 4.0)", "scenes (rendered)"]},
        "accuracy": {"fit_words": {"value": right_of(logits, labels) / len(labels), "n": len(labels),
                                   "data": "fit halves and drawn ones; not a report"}}})


def main():
    args = training_arguments(__doc__, "word", 24, batch=32, rate=2e-3, flags={"from-arrow": "begin with the body of models/arrow"})
    prepared(args)
    net = WordNet()
    if args.from_arrow:
        net.body.load_state_dict(load_model(pathlib.Path("models/arrow"))[1].body.state_dict())
    net = net.to(args.device)
    crops = fit_crops(args.data)
    if args.finish:
        average, step, history = last(args, net)
    else:
        average, step, history = train(args, net, lambda step: stream(args.data, args.seed + step), batch_loss(args.device),
                                       looks(crops), args.rate, decay=2e-2)
    if not args.no_finish:
        finish(args, average, step, history, crops)


if __name__ == "__main__":
    sys.exit(main())
