#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fits and reports how surely the pixels of two plates tell that they are one plate (src/judge/plate_alike.cpp).

Example: scripts/eval/plate_print.py --data ../shared/data --program build/bin/vioreview

Pairs: the target's plate in one panel of a rendered case against its own and against other plates of its colour in the other panels, at
the corners that `inspect --json` finds. The curve is fitted on cases with split `train` (and those of --more, folders of rendered
cases), the table counts those with split `val`. New-energy plates are left out: they are told apart too badly. Then, of every plate, how
many characters of its true string and of the strings of other plates in the panel the reader surely says to be others.
"""
import argparse
import collections
import json
import pathlib

import cv2
import numpy as np

from product import inspect

COLUMNS, ROWS, MARGIN, FINER = 64, 24, .12, 3
LEAST_WIDTH, USUAL_WIDTH = 18, 25
PLAIN, ALLOWED = .9, .01            # as kPlain and kAllowed of src/judge/plate_alike.cpp
WIDTHS = (0, 25, 30, 40, np.inf)    # px, as the rows there


def print_of(grey, corners):
    """The print of a plate, as src/perceive/plate_print.cpp takes it."""
    beyond = MARGIN / (1 - 2 * MARGIN)
    middle = corners.mean(0)
    corners = (middle + (corners - middle) * (1 + 2 * beyond)).astype(np.float32)
    w, h = FINER * COLUMNS - .5, FINER * ROWS - .5
    target = np.float32([[-.5, -.5], [w, -.5], [w, h], [-.5, h]])
    flat = cv2.warpPerspective(grey, cv2.getPerspectiveTransform(corners, target), (FINER * COLUMNS, FINER * ROWS),
                               flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(flat.astype(np.float32), (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)
    low, high = np.quantile(small, (.02, .98))
    return np.clip(np.round((small - low) / max(8, high - low) * 15), 0, 15).astype(np.float32)


def correlation(a, width_a, b, width_b):
    """As prints_correlate of src/judge/plate_alike.cpp, over every shift."""
    if width_a < width_b:
        a, width_a, b, width_b = b, width_b, a, width_a
    plate = COLUMNS * (1 - 2 * MARGIN)
    soft_a, soft_b = .5 * plate / width_a, max(.3, .5 * plate / width_b)
    core = cv2.GaussianBlur(a, (0, 0), np.sqrt(max(.05, soft_b ** 2 - soft_a ** 2)))[5:-5, 9:-9]
    best = -1.
    for scale in (.94, 1, 1.06):
        matrix = np.float32([[scale, 0, (1 - scale) * (COLUMNS - 1) / 2], [0, scale, (1 - scale) * (ROWS - 1) / 2]])
        other = cv2.warpAffine(b, matrix, (COLUMNS, ROWS), borderMode=cv2.BORDER_REPLICATE)
        best = max(best, cv2.matchTemplate(other[2:-2, 3:-3], core, cv2.TM_CCOEFF_NORMED).max())
    return float(best)


def seen_in(program, folder):
    """What `inspect` sees in a folder of cases, by case and file."""
    return {(p["case_id"], p["file"]): p for p in inspect(program, folder) if "plates" in p}


def whole_plates(seen, case, panel):
    """(plate as seen, its width, truth plate, vehicle) of the whole plates found in a panel of a case."""
    for plate in seen.get((case.name, panel["file"]), {}).get("plates", []):
        corners = np.float32(plate["corners"])
        width = (np.linalg.norm(corners[1] - corners[0]) + np.linalg.norm(corners[2] - corners[3])) / 2
        for vehicle in panel["objects"]:
            for true in vehicle.get("plates", []):
                off = np.linalg.norm(np.float32(true["corners"]).mean(0) - corners.mean(0))
                if true["visible_fraction"] > .95 and off < .3 * true["width_px"] + 2:
                    yield plate, width, true, vehicle["id"]


def plates_of(seen, case):
    """(panel, print, width, truth plate, vehicle) of the plates found in a case's panels."""
    truth = json.loads((case / "case.json").read_text())
    found = []
    for index, panel in enumerate(truth["panels"]):
        grey = cv2.imread(str(case / panel["file"]), cv2.IMREAD_GRAYSCALE)
        for plate, width, true, vehicle in whole_plates(seen, case, panel):
            if true["rows"] == 1 and "green" not in true["color"] and width >= LEAST_WIDTH:
                found.append((index, print_of(grey, np.float32(plate["corners"])), width, true, vehicle))
    return truth["truth"]["target"], found


def other_characters(plate, text):
    """How many characters of `text` a plate surely shows to be others; None where it shows more or fewer."""
    if len(plate["characters"]) != len(text):
        return None
    said = [{c["text"]: c["p"]} | {o["text"]: o["p"] for o in c["others"]} for c in plate["characters"]]
    return sum(c["p"] >= PLAIN and by.get(right, 0) < ALLOWED for c, by, right in zip(plate["characters"], said, text))


def characters_report(seen, cases):
    """By width, how many characters are surely others than those of the plate itself, and than those of another plate of its panel."""
    counts = collections.Counter()
    for case in cases:
        for panel in json.loads((case / "case.json").read_text())["panels"]:
            texts = {p["text"] for thing in panel["objects"] for p in thing.get("plates", [])}
            for plate, width, true, _ in whole_plates(seen, case, panel):
                for text in texts if not true["unreadable"] else ():
                    others = other_characters(plate, text)
                    if others is not None:
                        counts[int(np.searchsorted(WIDTHS, width, "right")), text == true["text"], min(others, 2)] += 1
    print("\n| plates as wide as | of itself none, one, two and more surely others | of another plate | odds of one plate |\n|---|---|---|---|")
    for band, (low, high) in enumerate(zip(WIDTHS, WIDTHS[1:]), 1):
        own, other = ([counts[band, one, n] for n in range(3)] for one in (True, False))
        odds = [max(1, a) / max(1, sum(own)) / max(1, b) * max(1, sum(other)) for a, b in zip(own, other)]
        print(f"| {low:g} to {high:g} px | {own[0]}, {own[1]}, {own[2]} | {other[0]}, {other[1]}, {other[2]} | " +
              ", ".join(f"{o:.2g}" for o in odds) + " |")


def pairs_of(seen, cases):
    """[correlation, width of the narrower] and whether the two are one plate."""
    values, same = [], []
    for case in cases:
        target, plates = plates_of(seen, case)
        for a in (p for p in plates if p[4] == target):
            for b in plates:
                one = a[3]["text"] == b[3]["text"]
                if a[0] == b[0] or a[3]["color"] != b[3]["color"] or (one and a[0] > b[0]):
                    continue
                values.append((correlation(a[1], a[2], b[1], b[2]), min(a[2], b[2])))
                same.append(one)
    return np.array(values), np.array(same)


def terms(values):
    size = np.log(values[:, 1] / USUAL_WIDTH)
    return np.stack([np.ones(len(values)), values[:, 0], size, values[:, 0] * size], 1)


def logistic(x, same):
    """Weights of the terms x [n, k]; both kinds of pairs weigh the same in all."""
    beta = np.zeros(x.shape[1])
    weights = np.where(same, .5 / same.mean(), .5 / (1 - same.mean()))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (weights * (same - p)) - 1e-3 * beta
        beta += np.linalg.solve((x * (weights * p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(len(beta)), gradient)
    return beta


def report(values, same, beta):
    odds = np.exp(terms(values) @ beta)
    print("\n| odds | pairs of one plate | pairs of two |\n|---|---|---|")
    for low, high in ((0, .02), (.02, .1), (.1, .5), (.5, 2), (2, 10), (10, 50), (50, np.inf)):
        here = (odds >= low) & (odds < high)
        print(f"| {low:g} to {high:g} | {int((here & same).sum())} of {int(same.sum())} | "
              f"{int((here & ~same).sum())} of {int((~same).sum())} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--program", default="build/bin/vioreview")
    parser.add_argument("--more", type=pathlib.Path, nargs="*", default=[], help="folders of rendered cases to fit on as well")
    args = parser.parse_args()
    scenes = args.data / "scenes"
    splits = collections.defaultdict(list)
    for line in map(json.loads, open(scenes / "manifest.jsonl")):
        splits[line["split"]].append(scenes / line["dir"])
    seen = seen_in(args.program, scenes)
    for folder in args.more:
        splits["train"] += sorted(p.parent for p in folder.glob("*/case.json"))
        seen |= seen_in(args.program, folder)
    values, same = pairs_of(seen, splits["train"])
    beta = logistic(terms(values), same)
    print("log odds = {:.2f} + {:.2f} r + ({:.2f} + {:.2f} r) ln(width / 25)".format(*beta))
    report(*pairs_of(seen, splits["val"]), beta)
    for split in ("train", "val"):
        print(f"\nCharacters, {split}:")
        characters_report(seen, splits[split])


if __name__ == "__main__":
    main()
