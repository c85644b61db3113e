#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures models/signal on the report halves: state and shape of lit lamps, and what is no head, with counts and 95 % intervals.

Example: scripts/eval/signal_head.py --data ../shared/data --model models/signal

Real and rendered heads stand in rows of their own. Nothing here is used to train or to choose a limit.
"""
import argparse
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common.card import load_model  # noqa: E402
from common.data import DEFAULT_DATA  # noqa: E402
from common.road_scenes import rendered  # noqa: E402
from common.signal_crops import SHAPES, SOURCES, STATES, elsewhere, pixels_of, validation  # noqa: E402
from product import header, row  # noqa: E402
from signal_head import SUREST, seen_twice  # noqa: E402
from slices import by_light  # noqa: E402


@torch.no_grad()
def answers(net, crops, card):
    """Probabilities of the states, the shape, and the probability of being a head that the net gives for each crop."""
    states, shapes, heads = [], [], []
    for crop in crops:
        x = torch.from_numpy(crop.transpose(2, 0, 1).copy()).float()[None]
        out = net(x.div_(255).sub_(card["input"]["mean"][0]).div_(card["input"]["std"][0]))
        states.append(torch.softmax(out[0][0] / card["calibration"]["state_temperature"], 0).numpy())
        shapes.append(int(out[1][0].argmax()))
        heads.append(float(torch.sigmoid(out[2][0, 0])) if len(out) > 2 else 1.0)
    return np.array(states), np.array(shapes), np.array(heads)


def head_rows(title, heads, others):
    """Whether heads are taken for heads, and places without any for none."""
    header(title)
    for least in (.5, .9):
        row(f"heads said to be one with {least} and more", int((heads >= least).sum()), len(heads))
    for most in (.5, .1):
        row(f"other places said to be one with {most} and less", int((others <= most).sum()), len(others))


def together_table(rows, card):
    """Does what detector and signal net say together tell how often a box lies on a head?"""
    a, b, c = card["calibration"]["is_head"]
    p = 1 / (1 + np.exp(-(a + b * np.minimum(rows[:, 0], SUREST) + c * rows[:, 1])))
    header("Boxes that both nets say to be heads with p, rendered: on a head (IoU 0.2)")
    for low, high in ((.2, .8), (.8, .95), (.95, .99), (.99, 1.01)):
        mine = (p >= low) & (p < high)
        if mine.any():
            row(f"{low} to {min(high, 1)}, mean {np.minimum(p[mine], .998).mean():.3f}", int(rows[mine, 2].sum()), int(mine.sum()))


def table(title, heads, states, shapes):
    truth = np.stack([h.labels for h in heads])
    header(title)
    for name, index in [("state", None), *((f"- {s}", i) for i, s in enumerate(STATES))]:
        mine = np.full(len(heads), True) if index is None else truth[:, 0] == index
        if mine.any():
            row(name, int((states.argmax(1) == truth[:, 0])[mine].sum()), int(mine.sum()))
    sure = states.max(1) >= .95
    row("state, where its probability is .95 and more", int((states.argmax(1) == truth[:, 0])[sure].sum()), int(sure.sum()))
    for name, index in [("shape", None), *((f"- {s}", i) for i, s in enumerate(SHAPES))]:
        mine = truth[:, 1] >= 0 if index is None else truth[:, 1] == index
        if mine.any():
            row(name, int((shapes == truth[:, 1])[mine].sum()), int(mine.sum()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/signal"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    card, net = load_model(args.model)
    heads = [h for source in SOURCES for h in validation(source(args.data, "val"), "report")]
    states, shapes, sure = answers(net, [pixels_of(h.picture(), h.box) for h in heads], card)
    places = validation(elsewhere(args.data, "val"), "report") * 3
    rng = np.random.default_rng(11)
    none = answers(net, [p.pixels(rng) for p in places], card)[2]
    scenes = validation(rendered(args.data, "val"), "report")
    together_table(seen_twice(net, args.model.parent / "scene", scenes), card)
    for name, drawn in (("real", False), ("rendered", True)):
        mine = [i for i, h in enumerate(heads) if (h.source == "rendered") == drawn]
        table(f"Signal heads, {name}", [heads[i] for i in mine], states[mine], shapes[mine])
        head_rows(f"Heads and other places, {name}", sure[mine],
                  none[[i for i, p in enumerate(places) if (p.source == "rendered") == drawn]])
    header("State of rendered heads by light")
    for name, mine in by_light(args.data, [h for h in heads if h.source == "rendered"]).items():
        found = answers(net, [pixels_of(h.picture(), h.box) for h in mine], card)[0].argmax(1)
        row(name, int((found == np.stack([h.labels for h in mine])[:, 0]).sum()), len(mine))


if __name__ == "__main__":
    sys.exit(main())
