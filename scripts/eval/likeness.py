#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fits and reports how surely two embeddings tell that two panels show one vehicle (src/judge/likeness.cpp).

Example: scripts/eval/likeness.py --data ../shared/data --model models/vehicle --more ../shared/data/scenes_fresh

Pairs: the vehicles of one rendered case, each in one panel against each in another, at the renderer's boxes. A vehicle that has turned
looks less like itself, so the odds depend on how much the shape of its box has changed, too. The curve is fitted on the fit half of
the cases with split `val` and on half of the cases of --more (folders of cases that no net has seen), the tables count the other
halves. Also counted: how often a vehicle is the likest to itself of all that another panel shows, and among ten candidates, where
that panel's other vehicles are joined by ones of other report cases of the same light; and what places tell beside the looks: how
often a vehicle shows again, stands, seems to reverse, and how far aside it drives.
"""
import argparse
import collections
import json
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common.card import load_model  # noqa: E402
from common.data import DEFAULT_DATA, Pictures, half, rendered_cases  # noqa: E402
from common.vehicle_crops import FACINGS, look, rendered_crops  # noqa: E402
from plate_print import logistic  # noqa: E402
from product import header, row  # noqa: E402

CANDIDATES, SEED = 10, 1
TURNED = .5    # |ln| of the ratio of two boxes' aspects from which a vehicle counts as turned


def unseen(folders):
    """(pictures, row, case) of every case of folders that hold no manifest."""
    for folder in folders:
        for path in sorted(folder.glob("*/case.json")):
            yield Pictures(folder), {"dir": path.parent.name, "case_id": path.parent.name, "site_id": None}, json.loads(path.read_text())


def by_case(net, card, crops):
    """{case: [(crop, embedding)]}."""
    crops = list(crops)
    embeddings = look(net, crops, card["input"]["mean"][0], card["input"]["std"][0])[0][-1].numpy() if crops else []
    cases = collections.defaultdict(list)
    for crop, embedding in zip(crops, embeddings):
        cases[crop.same.split("/")[0]].append((crop, embedding))
    return cases


def panel(crop):
    return crop.file.rsplit("/", 1)[-1]


def turned(a, b):
    """0 to 1: how much the shape of the box has changed."""
    return min(1., abs(np.log(a.box[2] / a.box[3] * b.box[3] / b.box[2])) / TURNED)


def pairs_of(cases):
    """[cosine, turned] and whether the two are one vehicle."""
    values, same = [], []
    for seen in cases.values():
        for i, (a, ea) in enumerate(seen):
            for b, eb in seen[:i]:
                if panel(a) != panel(b):
                    values.append((float(ea @ eb), turned(a, b)))
                    same.append(a.same == b.same)
    return np.array(values), np.array(same)


def terms(values):
    cosine, turn = values.T
    return np.stack([np.ones(len(values)), cosine, turn, cosine * turn], 1)


def report(title, values, same, beta):
    odds = np.exp(terms(values) @ beta)
    print(f"\n| odds, {title} | pairs of one vehicle | pairs of two |\n|---|---|---|")
    for low, high in ((0, .01), (.01, .1), (.1, .5), (.5, 2), (2, 10), (10, 30), (30, np.inf)):
        here = (odds >= low) & (odds < high)
        print(f"| {low:g} to {high:g} | {int((here & same).sum())} of {int(same.sum())} | {int((here & ~same).sum())} of {int((~same).sum())} |")


def before(a, b):
    """The earlier of two sightings first."""
    return (a, b) if panel(a) < panel(b) else (b, a)


def overlap(a, b):
    (ax, ay, aw, ah), (bx, by, bw, bh) = a.box, b.box
    w, h = min(ax + aw, bx + bw) - max(ax, bx), min(ay + ah, by + bh) - max(ay, by)
    both = max(0, w) * max(0, h)
    return both / (aw * ah + bw * bh - both)


def nearer(a, b):
    """By how much it came nearer against the way that it faced in the earlier panel, or None where that shows no end, or it has
    turned round; and whether the later one shows the same end."""
    a, b = before(a, b)
    ends = [FACINGS[int(c.labels[3])] if c.labels[3] >= 0 else None for c in (a, b)]
    if ends[0] is None or ends[1] not in (ends[0], None):
        return None
    grown = b.box[3] / a.box[3]
    return (grown if ends[0] == "rear" else 1 / grown), ends[1] is not None


def aside(a, b):
    """Metres sideways, by a car's height of 1.6; None of what stands broadside."""
    if max(c.box[2] / c.box[3] for c in (a, b)) > 1.6:
        return None
    return abs(a.box[0] + a.box[2] / 2 - b.box[0] - b.box[2] / 2) / ((a.box[3] + b.box[3]) / 2 / 1.6)


def habits(title, cases, beta):
    """What the places of two sightings tell beside their looks, of pairs that look rather like one vehicle."""
    again, all_, pairs = 0, 0, {True: [], False: []}
    for seen in cases.values():
        panels = {panel(c) for c, _ in seen}
        for a, ea in seen:
            for other in panels - {panel(a)}:
                all_ += 1
                again += any(b.same == a.same for b, _ in seen if panel(b) == other)
            for b, eb in seen:
                if panel(a) < panel(b) and terms(np.array([[float(ea @ eb), turned(a, b)]])) @ beta >= 0:
                    pairs[a.same == b.same].append((a, b))
    header(f"Habits, {title}")
    row("of vehicles of one panel in another panel, too", again, all_)
    for one, name in ((True, "of one vehicle"), (False, "of two")):
        row(f"stands: boxes have more than .7 in common, {name}", sum(overlap(*p) > .7 for p in pairs[one]), len(pairs[one]))
        ways = [w for w in (nearer(*p) for p in pairs[one]) if w]
        row(f"reverses: nearer by more than 1.08, both ends seen, {name}", sum(g > 1.08 and sure for g, sure in ways), sum(sure for _, sure in ways))
        row(f"reverses: nearer by more than 1.3, the later end unclear, {name}", sum(g > 1.3 and not sure for g, sure in ways), sum(not sure for _, sure in ways))
    metres = {one: np.array([m for m in (aside(*p) for p in pairs[one]) if m is not None]) for one in pairs}
    print("\n| metres aside | of one vehicle | of two | times as likely of one |\n|---|---|---|---|")
    for low, high in ((0, .25), (.25, .5), (.5, 1), (1, 2), (2, 4), (4, 8), (8, np.inf)):
        n = {one: int(((m >= low) & (m < high)).sum()) for one, m in metres.items()}
        ratio = (n[True] + .5) / len(metres[True]) / ((n[False] + .5) / len(metres[False]))
        print(f"| {low:g} to {high:g} | {n[True]} of {len(metres[True])} | {n[False]} of {len(metres[False])} | {ratio:.2f} |")


def likest(title, cases):
    """How often the likest of another panel is the vehicle itself, where it shows there among others."""
    right = all_ = candidates = 0
    for seen in cases.values():
        for a, ea in seen:
            for other in {panel(b) for b, _ in seen} - {panel(a)}:
                there = [(b, eb) for b, eb in seen if panel(b) == other]
                if len(there) < 2 or a.same not in {b.same for b, _ in there}:
                    continue
                right += max(there, key=lambda t: float(ea @ t[1]))[0].same == a.same
                all_ += 1
                candidates += len(there)
    row(f"{title}, among {candidates / max(1, all_):.1f} on average", right, all_)


def among_ten(title, cases, lights):
    """As `likest`, among CANDIDATES: the vehicle itself, the others of its panel (drawn where there are too many), then vehicles of
    other cases of the same light, one view of each; `lights`: {case: light}. Gives the misses: (by how much, the vehicle, itself in
    another panel, what it is taken for)."""
    rng, right, near, misses = np.random.default_rng(SEED), 0, 0, []
    views = collections.defaultdict(lambda: collections.defaultdict(list))   # {light: {vehicle: its views}}
    for case, seen in cases.items():
        for crop, embedding in seen:
            views[lights[case]][crop.same].append((crop, embedding))
    for case, seen in cases.items():
        strangers = [some for vehicle, some in views[lights[case]].items() if not vehicle.startswith(case + "/")]
        for a, ea in seen:
            for b, eb in seen:
                if a.same != b.same or panel(a) == panel(b):
                    continue
                others = [view for view in seen if panel(view[0]) == panel(b) and view[0].same != a.same]
                others = [others[i] for i in rng.permutation(len(others))[:CANDIDATES - 1]]
                own = len(others)
                for i in rng.permutation(len(strangers))[:CANDIDATES - 1 - own]:
                    others.append(strangers[i][rng.integers(len(strangers[i]))])
                if len(others) < CANDIDATES - 1:
                    continue
                near += own
                crop, embedding = max(others, key=lambda view: float(ea @ view[1]))
                if ea @ eb > ea @ embedding:
                    right += 1
                else:
                    misses.append((float(ea @ embedding - ea @ eb), a, b, crop))
    all_ = right + len(misses)
    row(f"{title}, among {CANDIDATES}, of whose others {near / max(1, all_):.1f} on average stand in the same panel", right, all_)
    twins = sum(np.array_equal(crop.labels[:2], a.labels[:2]) for _, a, _, crop in misses)
    row("- of the misses, taken for one of the same class and colour", twins, len(misses))
    return misses


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/vehicle"))
    parser.add_argument("--more", type=pathlib.Path, nargs="*", default=[], help="folders of rendered cases that no net has seen")
    args = parser.parse_args()
    torch.set_num_threads(1)
    card, net = load_model(args.model)
    val_cases, more_cases = list(rendered_cases(args.data, "val")), list(unseen(args.more))
    lights = {line["case_id"]: case["light"] for _, line, case in val_cases + more_cases}
    val, more = list(rendered_crops(val_cases)), list(rendered_crops(more_cases))
    parts = {part: (by_case(net, card, (c for c in val if half(c.group) == part)), by_case(net, card, (c for c in more if half(c.group) == part)))
             for part in ("fit", "report")}
    values, same = pairs_of(parts["fit"][0] | parts["fit"][1])
    beta = logistic(terms(values), same)
    print("log odds = {:.2f} + {:.2f} cosine + ({:.2f} + {:.2f} cosine) turned".format(*beta))
    for name, cases in zip(("val", "unseen"), parts["report"]):
        if cases:
            report(name, *pairs_of(cases), beta)
    trained = by_case(net, card, rendered_crops(rendered_cases(args.data, "train")))
    habits("training split and fit half", trained | parts["fit"][0] | parts["fit"][1], beta)
    header("A vehicle is the likest to itself in another panel")
    for name, cases in zip(("val", "unseen"), parts["report"]):
        if cases:
            likest(name, cases)
            among_ten(name, cases, lights)


if __name__ == "__main__":
    main()
