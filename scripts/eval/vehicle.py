#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures models/vehicle on the report halves: each head's share of right answers, with counts and 95 % intervals.

Example: scripts/eval/vehicle.py --data ../shared/data --model models/vehicle

Real and rendered crops stand in rows of their own; real classes also with the one large camera left aside. Colours are also counted
where they are answered: with at least the probability that leaves nine tenths of the labelled crops of the fit half answered. Nothing
here is used to train or to choose a limit.
"""
import argparse
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common.calibration import most_likely  # noqa: E402
from common.card import load_model  # noqa: E402
from common.data import DEFAULT_DATA  # noqa: E402
from common.vehicle_crops import CLASSES, COLOURS, FACINGS, SOURCES, SPECIALS, look, pairs, validation  # noqa: E402
from product import header, row  # noqa: E402

ONE_CAMERA = "type_camera"
ANSWERED = .9   # of the fit half
NAMES = {"class": CLASSES, "colour": COLOURS, "special": SPECIALS, "facing": FACINGS}


def head_rows(title, outputs, labels, chosen, values):
    """All answers of one head among `chosen`, then those of each true value."""
    head = list(NAMES).index(values)
    known = chosen & (labels[:, head] >= 0)
    right = outputs[head].argmax(1) == labels[:, head]
    if not known.any():
        return
    row(f"{values}, {title}", int((right & known).sum()), int(known.sum()))
    for i, name in enumerate(NAMES[values]):
        mine = known & (labels[:, head] == i)
        if mine.any():
            row(f"- {name}", int((right & mine).sum()), int(mine.sum()))


def answered_rows(title, card, fit, report):
    """Colours that are said surely enough; `fit`, `report`: (logits, labels)."""
    heat = card["calibration"]["colour_temperature"]
    limit = np.quantile(most_likely(fit[0], heat)[1], 1 - ANSWERED, method="lower")
    said, p = most_likely(report[0], heat)
    kept, right = p >= limit, said == report[1].numpy()
    row(f"colour, {title}: answered, with p of {limit:.2f} and more (of the fit half {len(fit[1])} crops)", int(kept.sum()), len(kept))
    row(f"colour, {title}: right of those answered", int((right & kept).sum()), int(kept.sum()))
    row(f"colour, {title}: right of those left open", int((right & ~kept).sum()), int((~kept).sum()))


def labelled(outputs, labels, chosen):
    """(logits, labels) of the colours that are known among `chosen`."""
    known = chosen & (labels[:, 1] >= 0)
    return outputs[1][known], labels[known, 1]


def same_vehicle_rows(embedding, crops, limit):
    same, other = pairs(embedding, crops)
    row(f"the same vehicle in two panels: cosine at least {limit:.2f}", int((same >= limit).sum()), len(same))
    row("two vehicles of one case: below it", int((other < limit).sum()), len(other))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/vehicle"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    card, net = load_model(args.model)
    crops = [c for source in SOURCES for c in validation(source(args.data, "val"), "report")]
    outputs, labels = look(net, crops, card["input"]["mean"][0], card["input"]["std"][0])
    source = np.array([c.source for c in crops])
    real, drawn = torch.from_numpy(source != "rendered"), torch.from_numpy(source == "rendered")
    header("Real crops")
    head_rows("all", outputs, labels, real, "class")
    head_rows(f"without {ONE_CAMERA}", outputs, labels, real & torch.from_numpy(source != ONE_CAMERA), "class")
    head_rows("hand-labelled crops", outputs, labels, torch.from_numpy(source == "colour"), "colour")
    head_rows("all labelled", outputs, labels, real, "colour")
    fit_crops = [c for source in SOURCES for c in validation(source(args.data, "val"), "fit")]
    fit_outputs, fit_labels = look(net, fit_crops, card["input"]["mean"][0], card["input"]["std"][0])
    fit_drawn = torch.tensor([c.source == "rendered" for c in fit_crops])
    answered_rows("real", card, labelled(fit_outputs, fit_labels, ~fit_drawn), labelled(outputs, labels, real))
    head_rows("all", outputs, labels, real, "special")
    header("Rendered crops")
    for head in NAMES:
        head_rows("rendered", outputs, labels, drawn, head)
    answered_rows("rendered", card, labelled(fit_outputs, fit_labels, fit_drawn), labelled(outputs, labels, drawn))
    same_vehicle_rows(outputs[-1], crops, card["thresholds"]["same_vehicle_cosine"])


if __name__ == "__main__":
    sys.exit(main())
