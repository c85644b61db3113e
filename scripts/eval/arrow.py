#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures models/arrow: moves of lane arrows, with counts and 95 % intervals.

Example: scripts/eval/arrow.py --data ../shared/data --model models/arrow

Rendered arrows (report half), real ones (all of korea_road's val split, whose moves were read by eye: no training or calibration
looks at its report half, the temperatures saw the other) and drawn ones stand in tables of their own.
"""
import argparse
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common.arrow_crops import LETTERS, Drawer, Road, korea, other_paint, pixels_of, rendered, validation  # noqa: E402
from common.card import load_model  # noqa: E402
from common.data import DEFAULT_DATA  # noqa: E402
from product import header, row  # noqa: E402

DRAWN = 600
SURE = .9


@torch.no_grad()
def answer(card, net, pixels):
    """(moves, p) as the program gives them; "" where it leaves them open."""
    x = torch.from_numpy(pixels.transpose(2, 0, 1).copy()).float()[None]
    moves, whole = net(x.div_(255).sub_(card["input"]["mean"][0]).div_(card["input"]["std"][0]))
    allows = torch.sigmoid(moves[0] / card["calibration"]["moves_temperature"])
    whole = float(torch.sigmoid(whole[0, 0] / card["calibration"]["whole_temperature"]))
    letters = "".join(letter for letter, p in zip(LETTERS, allows) if p > .5)
    p = whole * float(torch.maximum(allows, 1 - allows).prod())
    return (letters, p) if whole > .5 else ("", p)


def truth_of(labels):
    """The moves as letters, "" of what is no whole arrow."""
    return "".join(letter for letter, v in zip(LETTERS, labels) if v == 1) if labels[-1] == 1 else ""


def table(title, crops, said):
    pairs = [(truth_of(labels), moves, p) for (_, labels), (moves, p) in zip(crops, said)]
    header(title)
    whole = [q for q in pairs if q[0]]
    row("whole arrows: moves right", sum(t == m for t, m, _ in whole), len(whole))
    row("- moves wrong (the others stay open)", sum(m not in ("", t) for t, m, _ in whole), len(whole))
    for moves in sorted({t for t, _, _ in whole}):
        mine = [q for q in whole if q[0] == moves]
        row(f"- {moves}", sum(t == m for t, m, _ in mine), len(mine))
    other = [q for q in pairs if not q[0]]
    row("cut, hidden, of the other direction, other paint: left open", sum(not m for _, m, _ in other), len(other))
    for least in (.5, SURE, .97):
        sure = [q for q in pairs if q[1] and q[2] >= least]
        row(f"right of all that is told with p of {least} and more", sum(t == m for t, m, _ in sure), len(sure))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/arrow"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    card, net = load_model(args.model)
    report = validation([*rendered(args.data, "val"), *other_paint(args.data, "val")], "report")
    rng = np.random.default_rng(11)
    drawer = Drawer(Road(args.data, rng, "val"))
    for title, crops in (("Lane arrows, rendered", [(pixels_of(a.picture(), a.box), a.labels) for a in report]),
                         ("Lane arrows, real (korea_road val)", [(pixels_of(a.picture(), a.box), a.labels) for a in korea(args.data, "val")]),
                         ("Lane arrows, drawn on real road", [drawer.sample(rng) for _ in range(DRAWN)])):
        table(title, crops, [answer(card, net, pixels) for pixels, _ in crops])


if __name__ == "__main__":
    sys.exit(main())
