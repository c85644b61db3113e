#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures models/word: whose lane words painted on the road say it is, with counts and 95 % intervals.

Example: scripts/eval/word.py --data ../shared/data --model models/word

Rendered words (report half) and drawn ones, in a font that no training saw, stand in tables of their own. `--both-halves`: of
rendered cases that no fit has looked at.
"""
import argparse
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common.arrow_crops import Road  # noqa: E402
from common.card import load_model  # noqa: E402
from common.data import DEFAULT_DATA  # noqa: E402
from common.word_crops import MEANINGS, Drawer, other_paint, pixels_of, rendered, validation  # noqa: E402
from product import header, row  # noqa: E402

DRAWN = 900
SURE = (.5, .9, .97)


@torch.no_grad()
def answer(card, net, pixels):
    """(meaning, p) as the program gives them."""
    x = torch.from_numpy(pixels.transpose(2, 0, 1).copy()).float()[None]
    logits = net(x.div_(255).sub_(card["input"]["mean"][0]).div_(card["input"]["std"][0]))
    p = torch.softmax(logits[0] / card["calibration"]["words_temperature"], 0)
    return MEANINGS[int(p.argmax())], float(p.max())


def truth_of(label):
    return MEANINGS[int(label)]


def table(title, crops, said):
    rows = [(truth_of(label), *told) for (_, label), told in zip(crops, said)]
    header(title)
    row("right", sum(t == m for t, m, _ in rows), len(rows))
    for meaning in MEANINGS:
        mine = [r for r in rows if r[0] == meaning]
        row(f"- {meaning}", sum(t == m for t, m, _ in mine), len(mine))
    telling = [r for r in rows if r[0] != "other"]
    row("told to be the other kind of lane's (fewer is better)", sum(m not in (t, "other") for t, m, _ in telling), len(telling))
    for least in SURE:
        sure = [r for r in rows if r[1] != "other" and r[2] >= least]
        row(f"right of all that is told bus or nonmotor with p of {least} and more", sum(t == m for t, m, _ in sure), len(sure))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/word"))
    parser.add_argument("--both-halves", action="store_true", help="of the rendered cases")
    args = parser.parse_args()
    torch.set_num_threads(1)
    card, net = load_model(args.model)
    words, paint = list(rendered(args.data, "val")), list(other_paint(args.data, "val"))
    if not args.both_halves:
        words, paint = validation(words, "report"), validation(paint, "report")
    rng = np.random.default_rng(11)
    drawer = Drawer(Road(args.data, rng, "val"), "val")
    for title, crops in (("Words on the road, rendered", [(pixels_of(w.picture(), w.box), w.labels) for w in words]),
                         ("Other paint, rendered and real", [(pixels_of(w.picture(), w.box), w.labels) for w in paint]),
                         ("Words on the road, drawn on real road", [drawer.sample(rng) for _ in range(DRAWN)])):
        table(title, crops, [answer(card, net, pixels) for pixels, _ in crops])


if __name__ == "__main__":
    sys.exit(main())
