#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the arrow net: a crop of a lane arrow, 64 x 64, to the moves it allows and whether it shows a whole arrow.

Example: scripts/train/arrow.py --data ../shared/data --out models/arrow --minutes 15
"""
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from common import weather
from common.arguments import training_arguments
from common.arrow_crops import LETTERS, SIZE, SOURCES, Drawer, Road, loose, mirrored, pixels_of, validation
from common.calibration import temperature
from common.crop_net import MEAN, STD, CropStream, look, small_body
from common.export import export_script, write_card, write_curves
from common.loop import autocast, last, minutes_of, prepared, train

SHARES = {"drawn": .6, "rendered": .22, "other_paint": .1, "korea_road": .08}


class ArrowNet(nn.Module):
    """Plain 3x3 convolutions; the head sees where in the crop something points."""

    def __init__(self):
        super().__init__()
        self.body = small_body()
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(.2), nn.Linear(96 * 16, len(LETTERS) + 1))

    def forward(self, x):
        """[B,3,64,64] to logits of the moves [B,4] and of "a whole arrow" [B,1]."""
        out = self.head(self.body(x))
        return out[:, :len(LETTERS)], out[:, len(LETTERS):]


def stream(data, seed):
    pieces = (arrow for source in SOURCES for arrow in source(data, "train"))
    return CropStream(Drawer(Road(data, np.random.default_rng(seed))), pieces, SHARES, cut, seed, mirrored)


def cut(piece, box, rng):
    return pixels_of(piece, loose(rng, box), rng.uniform(.1, .2))


of_yes_or_no = functional.binary_cross_entropy_with_logits


def loss_of(moves, whole, labels):
    told = labels[:, :-1] >= 0
    of_moves = of_yes_or_no(moves, labels[:, :-1].clamp(min=0), reduction="none")
    return (of_moves * told).sum() / told.sum().clamp(min=1) * 2 + of_yes_or_no(whole, labels[:, -1:])


def fit_crops(data):
    """(crops, labels) of the fit half, and as many drawn ones, since the rendered sites have few shapes."""
    arrows = [a for source in SOURCES for a in validation(source(data, "val"), "fit")]
    rng = np.random.default_rng(7)
    drawer = Drawer(Road(data, rng, "val"))
    pairs = [(pixels_of(a.picture(), a.box), a.labels) for a in arrows] + [drawer.sample(rng) for _ in arrows]
    return [p for p, _ in pairs], torch.from_numpy(np.stack([labels for _, labels in pairs]))


def shares(logits, labels):
    """(right, all) of whole arrows with all moves right, and of the question whether it is whole."""
    whole = labels[:, -1] == 1
    exact = ((logits[:, :-1] > 0) == (labels[:, :-1] > .5)).all(1) & whole
    return (int(exact.sum()), int(whole.sum())), (int(((logits[:, -1] > 0) == whole).sum()), len(labels))


def looks(crops):
    def look_now(net):
        rows = shares(look(net, crops[0]), crops[1])
        return {f"fit: {name}": right / max(1, n) for name, (right, n) in zip(("moves", "whole"), rows)}
    return look_now


def batch_loss(device):
    def loss(net, batch, _):
        x = weather.sensor(weather.optics(weather.light(batch[0].to(device).float() / 255), .3, share=.5), lowest_quality=25)
        with autocast(device):
            outputs = net(x.sub_(MEAN).div_(STD))
        return loss_of(*[o.float() for o in outputs], batch[1].to(device))
    return loss


def finish(args, net, step, history, crops):
    net = net.cpu()
    logits, labels = look(net, crops[0]), crops[1]
    rows = shares(logits, labels)
    args.out.mkdir(parents=True, exist_ok=True)
    export_script(net, torch.zeros(1, 3, SIZE, SIZE), args.out / "arrow.pt")
    write_curves(args.out / "curves.png", history, "arrow")
    write_card(args.out, "arrow", "arrow", {"labels": list(LETTERS)}, {
        "input": {"width": SIZE, "height": SIZE, "mean": [MEAN] * 3, "std": [STD] * 3},
        "outputs": {"moves": [0, len(LETTERS)], "whole": [0, 1]},
        "thresholds": {},
        "calibration": {"moves_temperature": temperature(logits[:, :-1], labels[:, :-1], of_yes_or_no),
                        "whole_temperature": temperature(logits[:, -1], labels[:, -1], of_yes_or_no)},
        "training": {"command": "scripts/train/arrow.py", "seed": args.seed, "steps": step, "minutes": minutes_of(history),
                     "data": ["drawn arrows on road from vehicles/detection and markings/korea_road (CC BY 4.0)",
                              "markings/korea_road (CC BY 4.0)", "scenes (rendered)"]},
        "accuracy": {f"fit_{name}": {"value": right / max(1, n), "n": n, "data": "fit halves and drawn ones; not a report"}
                     for name, (right, n) in zip(("moves", "whole"), rows)}})


def main():
    args = training_arguments(__doc__, "arrow", 15, batch=64, rate=2e-3)
    prepared(args)
    net = ArrowNet().to(args.device)
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
