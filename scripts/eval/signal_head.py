#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures models/signal on the report halves: state and shape of lit lamps, with counts and 95 % intervals.

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
from common.signal_crops import SHAPES, SOURCES, STATES, pixels_of, validation  # noqa: E402
from product import header, row  # noqa: E402


@torch.no_grad()
def answers(net, heads, shape):
    """State, probability of the state, and shape that the net gives."""
    states, shapes = [], []
    for head in heads:
        x = torch.from_numpy(pixels_of(head.picture(), head.box).transpose(2, 0, 1).copy()).float()[None]
        out = net(x.div_(255).sub_(shape["mean"][0]).div_(shape["std"][0]))
        states.append(torch.softmax(out[0][0], 0).numpy())
        shapes.append(int(out[1][0].argmax()))
    return np.array(states), np.array(shapes)


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
    states, shapes = answers(net, heads, card["input"])
    for title, drawn in (("Signal heads, real", False), ("Signal heads, rendered", True)):
        mine = [i for i, h in enumerate(heads) if (h.source == "rendered") == drawn]
        table(title, [heads[i] for i in mine], states[mine], shapes[mine])


if __name__ == "__main__":
    sys.exit(main())
