#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures models/scene on the report halves: F1 of boxes at IoU .5 at the card's thresholds, and road markings, with counts and
95 % intervals; vehicles also by light and by how tall they stand in the picture.

Example: scripts/eval/scene.py --data ../shared/data --model models/scene

Real sets stand in rows of their own, rendered pictures too. The interval of F1 is a bootstrap over pictures; those of precision
and recall are Wilson intervals. Nothing here is used to train or to choose a limit.
"""
import argparse
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common import marks  # noqa: E402
from common.boxes import RIGHT_IOU, best_f1, candidates, f1_at, ious, marked, measured, said  # noqa: E402
from common.card import load_model  # noqa: E402
from common.data import DEFAULT_DATA  # noqa: E402
from common.road_scenes import detection, korea, persons, rendered, validation  # noqa: E402
import product  # noqa: E402
from product import wilson  # noqa: E402
from slices import by_light  # noqa: E402

DRAWS = 400
VEHICLE = 0
HEIGHTS = (0, 16, 32, 64, 10000)   # px of a vehicle's box in the picture


def f1_interval(judgements, threshold, seed=1):
    """95 % of F1 when the pictures are drawn again."""
    rng = np.random.default_rng(seed)
    counts = np.array([f1_at([j], threshold)[1:] for j in judgements])  # right, said, true of each picture
    sums = counts[rng.integers(0, len(counts), (DRAWS, len(counts)))].sum(1)
    return np.percentile(2 * sums[:, 0] / np.maximum(1, sums[:, 1] + sums[:, 2]), [2.5, 97.5])


def percent(right, n):
    low, high = wilson(right, n)
    return f"{100 * right / n if n else 0:.1f} % ({100 * low:.0f} to {100 * high:.0f}) of {n}"


def row(name, judgements, threshold):
    true = sum(n for _, n in judgements)
    if not true:
        return
    f1, right, said, _ = f1_at(judgements, threshold)
    low, high = f1_interval(judgements, threshold)
    print(f"| {name} | {len(judgements)} | {f1:.3f} ({low:.3f} to {high:.3f}) | {percent(right, said)} | {percent(right, true)} "
          f"| {best_f1(judgements)[0]:.3f} |")


def overlap_table(pairs):
    """IoU of each kind of paint over rendered panels; of the mean an interval, the panels drawn again."""
    print(f"\n### Markings of rendered panels ({len(pairs)})\n\n| kind | IoU | cells |\n|---|---|---|")
    counts = np.array([marks.counts_of(said, truth) for said, truth in pairs])[:, 2:]   # panels, kinds, (common, said, true)

    def shares(panels):
        """{kind: IoU} of what these panels show."""
        return {name: c / max(1, s + t - c) for name, (c, s, t) in zip(marks.CLASSES[2:], counts[panels].sum(0)) if t}

    every = shares(np.arange(len(pairs)))
    for name, share in every.items():
        print(f"| {name} | {share:.2f} | {counts[:, marks.CLASSES.index(name) - 2, 2].sum()} |")
    draws = np.random.default_rng(1).integers(0, len(pairs), (DRAWS, len(pairs)))
    low, high = np.percentile([np.mean(list(shares(d).values())) for d in draws], [2.5, 97.5])
    print(f"| mean | {np.mean(list(every.values())):.3f} ({low:.3f} to {high:.3f}) | |", flush=True)


def near_table(title, pairs):
    """Tolerant F1 over hand-made masks: a cell (4 px) aside is right. Intervals: pictures drawn again, where they show the kind."""
    print(f"\n### Markings, {title} ({len(pairs)} pictures)\n\n| kind | tolerant F1 | precision | recall | cells |\n|---|---|---|---|---|")
    each = [marks.class_tolerant_counts(said, truth) for said, truth in pairs]
    names = {label: {marks.YELLOW: "yellow", marks.OTHER_PAINT: "other paint"}.get(label) or marks.CLASSES[label] for label in each[0]}
    rows = {"any": np.array([marks.tolerant_counts(said, truth) for said, truth in pairs])}
    rows |= {name: np.array([e[label] for e in each]) for label, name in names.items()}
    rows = {name: counts for name, counts in rows.items() if counts[:, 3].any()}
    draws = np.random.default_rng(1).integers(0, len(pairs), (DRAWS, len(pairs)))

    def between(f1_of, shown):
        return "({:.2f} to {:.2f})".format(*np.percentile([f1_of(d) for d in draws if shown[d].any()], [2.5, 97.5]))

    def mean_f1(pictures):
        """Over the kinds that these pictures show; "any" is none."""
        sums = [counts[pictures].sum(0) for name, counts in rows.items() if name != "any"]
        return np.mean([marks.f1(c)[0] for c in sums if c[3]])

    for name, counts in rows.items():
        f1, precision, recall = marks.f1(counts.sum(0))
        interval = between(lambda d, counts=counts: marks.f1(counts[d].sum(0))[0], counts[:, 3])
        print(f"| {name} | {f1:.2f} {interval} | {precision:.2f} | {recall:.2f} | {counts[:, 3].sum()} |")
    print(f"| mean over kinds | {mean_f1(np.arange(len(pairs))):.2f} {between(mean_f1, rows['any'][:, 3])} | | | |", flush=True)


def light_table(net, slices, found_in, shape, threshold):
    print("\n### Rendered panels by light\n\n| light | panels | vehicles: F1 | precision | recall | paint: tolerant F1 |\n|---|---|---|---|---|---|")
    for name, scenes in slices.items():
        judgements = measured(found_in(scenes), scenes, VEHICLE)
        f1, right, told, true = f1_at(judgements, threshold)
        low, high = f1_interval(judgements, threshold)
        paint = marks.f1(sum(marks.tolerant_counts(said, truth) for said, truth in marked(net, scenes, shape)))[0]
        print(f"| {name} | {len(scenes)} | {f1:.2f} ({low:.2f} to {high:.2f}) | {percent(right, told)} | {percent(right, true)} | {paint:.2f} |")


def height_rows(title, found, scenes, threshold):
    """The share of vehicles that are found, by the height of their box."""
    heights, hits = [], []
    for boxes, scene in zip(found, scenes):
        if VEHICLE not in scene.known:
            continue
        told, truth = said(boxes, scene, VEHICLE)
        strong = np.array([box for box, score, _ in told if score >= threshold]).reshape(-1, 4)
        heights += [box[3] - box[1] for box in truth]
        hits += [len(strong) > 0 and ious(box, strong).max() >= RIGHT_IOU for box in truth]
    heights, hits = np.array(heights), np.array(hits)
    for low, high in zip(HEIGHTS, HEIGHTS[1:]):
        mine = (heights >= low) & (heights < high)
        if mine.any():
            product.row(f"{title}, {low} px and taller" + (f", below {high}" if high < HEIGHTS[-1] else ""), int(hits[mine].sum()), int(mine.sum()))


def header(title):
    print(f"\n### {title}\n\n| what | pictures | F1 | precision | recall | best F1 at any score |\n|---|---|---|---|---|---|")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/scene"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    card, net = load_model(args.model)
    shape = card["input"]

    def found_in(scenes):
        return candidates(net, scenes, shape["width"], shape["height"], shape["mean"][0], shape["std"][0])

    real = validation(detection(args.data, "val"), "report") + validation(persons(args.data, "val"), "report")
    drawn = validation(rendered(args.data, "val"), "report")
    found = found_in(real)
    header("Real pictures")
    for label, name in enumerate(card["labels"]):
        threshold = card["thresholds"][name]
        for source in sorted({s.source for s in real}):
            mine = [i for i, s in enumerate(real) if s.source == source]
            row(f"{name}, {source}", measured([found[i] for i in mine], [real[i] for i in mine], label), threshold)
        row(f"{name}, all sets", measured(found, real, label), threshold)
    found_drawn = found_in(drawn)
    header("Rendered pictures")
    for label, name in enumerate(card["labels"]):
        row(name, measured(found_drawn, drawn, label), card["thresholds"][name])
    light_table(net, by_light(args.data, drawn), found_in, shape, card["thresholds"]["vehicle"])
    product.header("Vehicles found, by the height of their box")
    height_rows("real", found, real, card["thresholds"]["vehicle"])
    height_rows("rendered", found_drawn, drawn, card["thresholds"]["vehicle"])
    overlap_table(marked(net, drawn, shape))
    near_table("real, eye height (korea_road)", marked(net, validation(korea(args.data, "val"), "report"), shape))
    near_table("real, overhead cameras", marked(net, [s for s in real if s.masks], shape))


if __name__ == "__main__":
    sys.exit(main())
