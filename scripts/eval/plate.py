#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures models/plate on the report halves: plates found, corners, look, covered; then read end to end with models/reader.

Example: scripts/eval/plate.py --data ../shared/data --model models/plate --reader models/reader

Read end to end are real scenes, rendered close-ups, and rendered panels through the window of each vehicle: those plates that a
person can read, READABLE px wide and more as labelled, all of the plate in sight and not said to be unreadable, and narrower ones in
rows of their own. Looks as the program does: the whole picture or a vehicle's window, then a closer look, a warp with the reader's
margins, a reading. Whether a plate is covered is asked of real plates that are then covered in ways that no training drew, and of the
same plates spoiled in other ways, which must not be called covered. Counts with 95 % Wilson intervals; real and rendered pictures in
rows of their own. Nothing here is used to train or to choose a limit; `--temperatures` shows the fit half instead: the log loss of what
is said at each temperature, which says whether those of the card are the best.
"""
import argparse
import json
import pathlib
import sys

import cv2
import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common.calibration import tempered  # noqa: E402
from common.card import load_model  # noqa: E402
from common.data import DEFAULT_DATA, Pictures, half, json_lines, rendered_cases  # noqa: E402
from common.plate_crops import warp  # noqa: E402
from common.plate_scenes import KINDS, SIZE, Scene, ccpd, letterbox, rendered, rendered_plate, validation  # noqa: E402
from plate import box_iou, inside, run  # noqa: E402
from product import header, row  # noqa: E402
from reader import greedy, read_all  # noqa: E402

RIGHT_IOU, CLOSER, CLOSE_ENOUGH = .5, 1.7, .42
READABLE, NARROWER = 60, (45, 30)   # px of a plate's width in a panel
COVERED = .5                        # what the check plate_covered takes for covered by default
TWO_ROWS = KINDS.index("yellow_double")


def closeups(data, split):
    """Rendered close-ups with their target plate."""
    pictures = Pictures(data / "scenes")
    for line in json_lines(data / "scenes/manifest.jsonl"):
        case = json.loads((data / "scenes" / line["dir"] / "case.json").read_text())
        c = case["composite"].get("closeup")
        if line["split"] == split and c:
            size = np.linalg.norm(np.subtract(c["plate_corners"][1], c["plate_corners"][0]))
            plate = rendered_plate({"corners": c["plate_corners"], "kind": c["kind"], "unreadable": c["unreadable"],
                                    "visible": True, "width_px": size})
            yield Scene(pictures, f"{line['dir']}/{c['file']}", [plate], line["site_id"] or line["case_id"])


def panel_plates(data, split):
    """(width, scene, string) of each rendered plate in full sight, alone in the scene, through its vehicle's window."""
    for pictures, line, case in rendered_cases(data, split):
        for panel in case["panels"]:
            for thing in panel["objects"]:
                x0, y0, x1, y1 = thing["box"]
                dx, dy = .08 * (x1 - x0), .08 * (y1 - y0)
                for p in thing.get("plates", []):
                    if p["visible"] and not p["unreadable"] and p["visible_fraction"] >= .99:
                        yield p["width_px"], Scene(pictures, f"{line['dir']}/{panel['file']}", [rendered_plate(p)],
                                                   line["site_id"] or line["case_id"], (x0 - dx, y0 - dy, x1 + dx, y1 + dy)), p["text"]


def texts_of(data):
    """What stands on the plate of a scene or a close-up, where somebody or the renderer says so: {file: string}."""
    texts = {r["file"]: r["text"] for r in json_lines(data / "plates/scenes/val.jsonl") if r["label_kind"] == "human" and r["text"]}
    for line in json_lines(data / "scenes/manifest.jsonl"):
        c = json.loads((data / "scenes" / line["dir"] / "case.json").read_text())["composite"].get("closeup")
        if c and not c["unreadable"]:
            texts[f"{line['dir']}/{c['file']}"] = c["text"]
    return texts


def kept(outputs, i, card):
    """Candidates of view i above the threshold that overlap no stronger one: (quad, score, looks, covered) in view px."""
    corners, scores, looks, covered = [o[i] for o in outputs]
    scores, found = tempered(scores, card["calibration"]["score_temperature"]), []
    for k in np.argsort(-scores):
        quad = corners[k].reshape(4, 2)
        if scores[k] >= card["thresholds"]["score"] and all(box_iou(quad, f[0]) <= card["thresholds"]["nms_iou"] for f in found):
            found.append((quad, scores[k], looks[k], covered[k]))
    return found


def error(quad, plate):
    return float(np.linalg.norm(quad - plate.quad, axis=1).mean() / plate.width)


def look(card, net, scenes):
    """For each scene the truths (view px) and what is kept in the first look."""
    views = [letterbox(s.picture(), s.plates, s.window) for s in scenes]
    outputs = run(net, [v for v, _ in views], "cpu")
    truths = [[p for p in plates if inside(p) and not p.ignored] for _, plates in views]
    ignored = [[p for p in plates if p.ignored] for _, plates in views]
    return truths, ignored, [kept(outputs, i, card) for i in range(len(scenes))]


def found_rows(title, card, net, scenes):
    truths, ignored, found = look(card, net, scenes)
    pairs, said, right = [], 0, 0
    for plates, others, candidates in zip(truths, ignored, found):
        for plate in plates:
            best = max(candidates, key=lambda f: box_iou(f[0], plate.quad), default=None)
            pairs.append((plate, best if best and box_iou(best[0], plate.quad) >= RIGHT_IOU else None))
        for quad, *_ in candidates:
            hit = any(box_iou(quad, p.quad) >= RIGHT_IOU for p in plates)
            if hit or not any(box_iou(quad, p.quad) > .1 for p in others):
                said, right = said + 1, right + hit
    hits = [(p, f) for p, f in pairs if f]
    row(f"{title}: found at IoU {RIGHT_IOU}", len(hits), len(pairs))
    row(f"{title}: of those said, a plate", right, said)
    row(f"{title}: look right", sum(f[2].argmax() == p.kind for p, f in hits), len(hits))
    errors = [error(f[0], p) for p, f in hits if p.exact]
    row(f"{title}: first look's corners within 5 % of the plate's width", sum(e <= .05 for e in errors), len(errors))
    hidden = [(p, f) for p, f in hits if p.covered]
    if hidden:
        row(f"{title}: covered ones seen so", sum(f[3] >= .5 for _, f in hidden), len(hidden))
    row(f"{title}: clear ones said to be covered", sum(f[3] >= .5 for p, f in hits if not p.covered), len(hits) - len(hidden))
    print(f"<!-- {title}: mean corner error {100 * np.mean(errors):.1f} % of the width over {len(errors)} -->" if errors else "")


def closer_looks(card, net, scenes):
    """The plates of each scene after a closer look, in picture pixels, the surest first: (quad, score, looks, covered)."""
    results, again, views = [], [], []
    for s, (scene, candidates) in enumerate(zip(scenes, look(card, net, scenes)[2])):
        picture = scene.picture()
        x0, y0, x1, y1 = scene.window or (0, 0, *picture.shape[1::-1])
        scale = SIZE / max(x1 - x0, y1 - y0)
        results.append([(f[0] / scale + (x0, y0), *f[1:]) for f in candidates])
        for k, (quad, *_) in enumerate(results[-1]):
            low, high = quad.min(0), quad.max(0)
            if (high - low)[0] * scale / SIZE < CLOSE_ENOUGH:
                corner, side = (low + high) / 2 - (high - low).max() * CLOSER / 2, (high - low).max() * CLOSER
                again.append((s, k, corner, side))
                views.append(letterbox(picture, [], (*corner, *(corner + side)))[0])
    outputs = run(net, views, "cpu") if views else []
    for i, (s, k, corner, side) in enumerate(again):
        quad, score = results[s][k][:2]
        closer = [(f[0] * side / SIZE + corner, max(f[1], score), *f[2:]) for f in kept(outputs, i, card)]
        results[s][k] = next((f for f in closer if box_iou(f[0], quad) > .4), results[s][k])
    return results


def read_rows(title, card, net, reader_card, reader, scenes, texts):
    """Whole pictures, or windows, to strings: the strongest plate, read. Gives (scene, string, read or None, flat plate or None)."""
    seen, margins = closer_looks(card, net, scenes), reader_card["thresholds"]
    grow = np.array([1 + 2 * margins["margin_x"], 1 + 2 * margins["margin_y"]])
    errors, flats, found = [], [], []
    for i, (scene, plates) in enumerate(zip(scenes, seen)):
        if not plates:
            continue
        quad, _, looks, _ = plates[0]
        if scene.plates[0].exact and box_iou(quad, scene.plates[0].quad) >= RIGHT_IOU:
            errors.append(error(quad, scene.plates[0]))
        centre = quad.mean(0)
        flats.append(warp(scene.picture(), (centre + (quad - centre) * grow).astype(np.float32), 2 if looks.argmax() == TWO_ROWS else 1))
        found.append(i)
    read = dict(zip(found, greedy(read_all(reader, flats, "cpu")))) if flats else {}
    row(f"{title}: corners within 5 % after the closer look", sum(e <= .05 for e in errors), len(errors))
    row(f"{title}: found and read exactly", sum(read.get(i) == text for i, text in enumerate(texts)), len(scenes))
    print(f"<!-- {title}: mean corner error after the closer look {100 * np.mean(errors):.1f} % over {len(errors)} -->" if errors else "")
    flat_of = dict(zip(found, flats))
    return [(scene, text, read.get(i), flat_of.get(i)) for i, (scene, text) in enumerate(zip(scenes, texts))]


class Spoiled:
    """A scene whose plate is hidden or made unreadable by `spoil(rng, picture, plate)`, the same way every time."""

    def __init__(self, scene, spoil, seed):
        self.plates, self.window, self.source, self.spoil, self.seed = scene.plates, scene.window, scene, spoil, seed

    def picture(self):
        picture = self.source.picture().copy()
        self.spoil(np.random.default_rng(self.seed), picture, self.plates[0])
        return picture


def on_plate(picture, plate, painted, mask):
    """Lays `painted` where `mask` is 1 over the plate. Both are drawn flat, 440 x 140: a plate's millimetres."""
    flat = np.array([[0, 0], [440, 0], [440, 140], [0, 140]], np.float32)
    matrix, size = cv2.getPerspectiveTransform(flat, plate.quad), picture.shape[1::-1]
    shown = cv2.warpPerspective(painted, matrix, size, flags=cv2.INTER_AREA)
    share = cv2.warpPerspective(mask.astype(np.float32), matrix, size, flags=cv2.INTER_AREA)[..., None]
    picture[:] = picture * (1 - share) + shown * share


def cloth(rng, picture, plate):
    """A piece of the same picture from beside the plate over two to all seven characters: what hangs or is held before it."""
    low, high = plate.quad.min(0), plate.quad.max(0)
    above, below = picture[:max(8, int(low[1]) - 4)], picture[int(high[1]) + 4:]
    part = cv2.resize(above if above.size >= below.size else below, (440, 140), interpolation=cv2.INTER_AREA)
    width = int(rng.uniform(125, 440))  # a character takes 57 mm
    x = int(rng.uniform(0, 440 - width))
    mask = np.zeros((140, 440))
    mask[:, x:x + width] = 1
    on_plate(picture, plate, part, mask)


def leaves(rng, picture, plate):
    """Two or three ovals of the colours of leaves, each wider than a character."""
    painted, mask = np.zeros((140, 440, 3), np.uint8), np.zeros((140, 440))
    for x in rng.permutation([80, 220, 360])[:rng.integers(2, 4)]:
        oval = (int(x + rng.uniform(-20, 20)), int(rng.uniform(55, 85))), (int(rng.uniform(40, 65)), int(rng.uniform(40, 60)))
        turn, colour = rng.uniform(0, 180), [int(v) for v in rng.uniform((20, 60, 40), (60, 140, 150))]
        cv2.ellipse(painted, oval[0], oval[1], turn, 0, 360, colour, -1)
        cv2.line(painted, (oval[0][0] - 40, oval[0][1]), (oval[0][0] + 40, oval[0][1]), [v // 2 for v in colour], 4)
        cv2.ellipse(mask, oval[0], oval[1], turn, 0, 360, 1, -1)
    on_plate(picture, plate, painted, mask)


def blurred(rng, picture, plate):
    """Out of focus, so that the strokes of a character run together."""
    picture[:] = cv2.GaussianBlur(picture, (0, 0), float(plate.width / 440 * rng.uniform(22, 30)))


def few_pixels(rng, picture, plate):
    """The plate 18 to 26 px wide, enlarged again."""
    scale = rng.uniform(18, 26) / plate.width
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    picture[:] = cv2.resize(small, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)


def burned_out(rng, picture, plate):
    """Light that leaves the plate white."""
    picture[:] = np.clip(picture * rng.uniform(2.6, 3.6) + 40, 0, 255)


def covered_rows(card, net, scenes):
    """Whether covered plates are told from clear ones and from ones that cannot be read for another reason."""
    for title, spoil in (("clear", lambda *_: None), ("covered by a piece of the picture, two characters and more", cloth),
                         ("covered by two or three leaves", leaves), ("out of focus", blurred), ("18 to 26 px wide", few_pixels),
                         ("burned out", burned_out)):
        spoiled = [Spoiled(scene, spoil, 1000 + i) for i, scene in enumerate(scenes)]
        seen = [plates[0] for scene, plates in zip(spoiled, closer_looks(card, net, spoiled))
                if plates and box_iou(plates[0][0], scene.plates[0].quad) >= RIGHT_IOU]
        row(f"{title}: plate found", len(seen), len(spoiled))
        row(f"{title}: said to be covered", sum(covered >= COVERED for *_, covered in seen), len(seen))


def temperature_table(card, net, sets):
    """Log loss of `is one` and of the look, by what the scores and logits are divided by: of all that is said in these scenes."""
    heats = (.7, .8, .9, 1, 1.1, 1.2, 1.3, 1.5, 2)
    print(f"| log loss, fit half | answers | {' | '.join(f'at {h:g}' for h in heats)} |\n|{'---|' * (len(heats) + 2)}")
    for title, scenes in sets.items():
        scores, right, looks, kinds = [], [], [], []
        for scene, plates in zip(scenes, closer_looks(card, net, scenes)):
            for quad, score, logits, _ in plates:
                hit = max(scene.plates, key=lambda t, quad=quad: box_iou(quad, t.quad), default=None)
                overlap = box_iou(quad, hit.quad) if hit else 0
                if overlap > .1 and hit.ignored:
                    continue
                scores.append(score)
                right.append(overlap >= RIGHT_IOU)
                if right[-1]:
                    looks.append(logits)
                    kinds.append(hit.kind)
        right, looks, kinds = np.array(right), torch.from_numpy(np.stack(looks)), torch.tensor(kinds)
        told = [tempered(np.array(scores), heat) for heat in heats]
        print(f"| is one, {title} | {len(right)} | {' | '.join(f'{-np.log(np.where(right, p, 1 - p)).mean():.4f}' for p in told)} |")
        losses = [float(torch.nn.functional.cross_entropy(looks / heat, kinds)) for heat in heats]
        print(f"| look, {title} | {len(kinds)} | {' | '.join(f'{v:.4f}' for v in losses)} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/plate"))
    parser.add_argument("--reader", type=pathlib.Path, default=pathlib.Path("models/reader"))
    parser.add_argument("--temperatures", action="store_true", help="the fit half's log loss by temperature, and no report")
    args = parser.parse_args()
    torch.set_num_threads(1)
    (card, net), (reader_card, reader) = load_model(args.model), load_model(args.reader)
    texts = texts_of(args.data)
    part = "fit" if args.temperatures else "report"
    sets = {"real scenes": validation(ccpd(args.data, "scenes", "val"), part),
            "rendered vehicles": validation(rendered(args.data, "val"), part),
            "rendered close-ups": validation(closeups(args.data, "val"), part)}
    if args.temperatures:
        sets["real crops"] = [s for folder in ("reader", "green") for s in validation(ccpd(args.data, folder, "val"), part)]
        temperature_table(card, net, sets)
        return
    header("Plates found")
    for title, scenes in sets.items():
        found_rows(title, card, net, scenes)
    header("Read end to end")
    for title in ("real scenes", "rendered close-ups"):
        scenes = [s for s in sets[title] if s.file in texts]
        read_rows(title, card, net, reader_card, reader, scenes, [texts[s.file] for s in scenes])
    panels = [p for p in panel_plates(args.data, "val") if half(p[1].key) == "report"]
    for low, high in zip((READABLE, *NARROWER), (10000, READABLE, *NARROWER)):
        mine = [(scene, text) for width, scene, text in panels if low <= width < high]
        if mine:
            read_rows(f"rendered panels, {low} px and wider" + (f", below {high}" if high < 10000 else ""), card, net, reader_card, reader,
                      *zip(*mine))
    header("Covered plates, real ones (scenes, and loose crops of plates/reader) covered or spoiled here")
    loose = [s for s in validation(ccpd(args.data, "reader", "val"), part) if s.plates[0].exact][::4]
    covered_rows(card, net, [s for s in sets["real scenes"] if len(s.plates) == 1 and s.plates[0].exact] + loose)


if __name__ == "__main__":
    sys.exit(main())
