#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ten failures, as a picture, of each row of models/README.md that does not reach what was aimed at: to see what would mend it.

Example: scripts/eval/failures.py --data ../shared/data --out models/failures --real .train/failures

Report halves and the public benchmark. Pictures of rendered cases, drawn plates and CCPD plates go to --out; other real ones show
faces and plates of people, so they stay outside of the project: in --real, when given. Shown are the failures that were said the most
surely; of boxes, pictures with most failures.
"""
import argparse
import pathlib
import sys

import cv2
import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common import marks  # noqa: E402
from common.boxes import RIGHT_IOU, candidates, ious, kept, marked, matched  # noqa: E402
from common.card import load_model  # noqa: E402
from common.data import DEFAULT_DATA, half, rendered_cases  # noqa: E402
from common.plate_crops import closeup_samples, public_plates, validation as plate_validation  # noqa: E402
from common.plate_scenes import rendered as plate_windows, validation as window_validation  # noqa: E402
from common.road_scenes import LABELS, detection, rendered, validation  # noqa: E402
from common.vehicle_crops import CLASSES, COLOURS, SOURCES, box_pixels, look, rendered_crops, validation as crop_validation  # noqa: E402
from likeness import among_ten, by_case  # noqa: E402
from plate import box_iou  # noqa: E402
from reader import flat_of, readings  # noqa: E402
from reader_kinds import SEED, UnseenDrawer, read_drawn  # noqa: E402
from said import evaluation  # noqa: E402

MOST = 10
FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
FOUND, WRONG, MISSED = (60, 200, 60), (230, 120, 0), (230, 30, 30)


def sheet(path, tiles, width, across=5):
    """Pictures in rows, each above its words."""
    if not tiles:
        return
    font, cells = ImageFont.truetype(FONT, 14), []
    height = max(round(width * p.shape[0] / p.shape[1]) for p, _ in tiles)
    for pixels, words in tiles:
        cell = Image.new("RGB", (width, height + 40), "white")
        cell.paste(Image.fromarray(pixels).resize((width, round(width * pixels.shape[0] / pixels.shape[1]))))
        ImageDraw.Draw(cell).multiline_text((4, height + 2), words, "black", font)
        cells.append(cell)
    rows = (len(cells) + across - 1) // across
    whole = Image.new("RGB", (across * (width + 6), rows * (height + 46)), "white")
    for i, cell in enumerate(cells):
        whole.paste(cell, (i % across * (width + 6), i // across * (height + 46)))
    path.parent.mkdir(parents=True, exist_ok=True)
    whole.save(path, quality=85)
    print(path, len(tiles))


def surest(failures):
    """The tiles of (how surely, pixels, words), the surest first."""
    return [(pixels, words) for _, pixels, words in sorted(failures, key=lambda f: -f[0])[:MOST]]


def plates(args):
    card, net = load_model(args.models / "reader")
    flats, texts = public_plates(args.data)
    closeups = plate_validation(closeup_samples(args.data, "val"), "report")
    for name, flats, texts in (("ccpd1000", flats, texts), ("closeups", [flat_of(s) for s in closeups], [s.text for s in closeups])):
        read = readings(card, net, flats)
        sheet(args.out / f"{name}.jpg", surest([(p, flat, f"is   {truth}\nread {text}  {p:.2f}")
                                                for flat, truth, (text, p) in zip(flats, texts, read) if text != truth]), 168)


def fonts(args):
    """Drawn plates in other fonts, ten by chance: none of them is said with a probability here."""
    failures = []
    read_drawn(load_model(args.models / "reader")[1], UnseenDrawer(args.data, True), failures)
    chosen = np.random.default_rng(SEED).permutation(len(failures))[:MOST]
    sheet(args.out / "fonts.jpg", [(failures[i][1], failures[i][0].replace(" read as", "\nread as")) for i in chosen], 168)


def found_plates(args):
    """Rendered plates that are not found, the widest first; and those found, but not read, or not found at all, in close-ups and in
    panels where they are wide."""
    looker = evaluation("plate")
    card, net = load_model(args.models / "plate")
    scenes, missed = window_validation(plate_windows(args.data, "val"), "report"), []
    for scene, truths, found in zip(scenes, *(looker.look(card, net, scenes)[i] for i in (0, 2))):
        view, _ = looker.letterbox(scene.picture(), scene.plates, scene.window)
        for plate in truths:
            if not any(box_iou(f[0], plate.quad) >= looker.RIGHT_IOU for f in found):
                for quads, colour in (([plate.quad], MISSED), ([f[0] for f in found], WRONG)):
                    for quad in quads:
                        cv2.polylines(view, [np.int32(quad)], True, colour, 1)
                missed.append((plate.width, view, f"{plate.width:.0f} px of 256 wide\n{len(found)} found elsewhere"))
    sheet(args.out / "missed.jpg", surest(missed), 200)
    reader_card, reader = load_model(args.models / "reader")
    texts = looker.texts_of(args.data)
    closeups = [s for s in window_validation(looker.closeups(args.data, "val"), "report") if s.file in texts]
    panels = [p for p in looker.panel_plates(args.data, "val") if half(p[1].key) == "report" and p[0] >= looker.NARROWER[0]]
    wrong = []
    for pairs in ([(s, texts[s.file]) for s in closeups], [(s, text) for _, s, text in panels]):
        for scene, text, read, flat in looker.read_rows("failures", card, net, reader_card, reader, *zip(*pairs)):
            if read != text:
                pixels = flat if flat is not None else cv2.resize(scene.picture(), (168, 48))
                wrong.append((0, pixels, f"is   {text}\nread {read or 'none found'}"))
    sheet(args.out / "end_to_end.jpg", surest(wrong), 168)


def same_vehicles(args):
    """Vehicles of which another looks more like them than they do themselves in another panel, of ten candidates."""
    card, net = load_model(args.models / "vehicle")
    cases = list(rendered_cases(args.data, "val"))
    seen = by_case(net, card, (c for c in rendered_crops(cases) if half(c.group) == "report"))
    misses = among_ten("failures", seen, {line["case_id"]: case["light"] for _, line, case in cases})
    tiles = [(by, np.hstack([box_pixels(c.picture(), c.box) for c in (a, other, b)]),
              f"taken for the second\ninstead of the third, by {by:.2f}") for by, a, b, other in misses]
    sheet(args.out / "same_vehicle.jpg", surest(tiles), 240)


def vehicles(args):
    card, net = load_model(args.models / "vehicle")
    crops = [c for source in SOURCES for c in crop_validation(source(args.data, "val"), "report")]
    outputs, labels = look(net, crops, card["input"]["mean"][0], card["input"]["std"][0])
    for head, (name, values) in enumerate((("class", CLASSES), ("colour", COLOURS))):
        p, said = outputs[head].softmax(1).max(1)
        for folder, drawn in ((args.out, True), (args.real, False)):
            if folder:
                wrong = [i for i, c in enumerate(crops) if (c.source == "rendered") == drawn and labels[i, head] >= 0
                         and said[i] != labels[i, head]]
                sheet(folder / f"{name}.jpg", surest([(float(p[i]), box_pixels(crops[i].picture(), crops[i].box),
                      f"is {values[labels[i, head]]}\nsaid {values[said[i]]} {p[i]:.2f}") for i in wrong]), 128)


def boxes(args, card, net, scenes, path, label):
    shape = card["input"]
    found = candidates(net, scenes, shape["width"], shape["height"], shape["mean"][0], shape["std"][0])
    worst = []
    for scene, one in zip(scenes, found):
        if label not in scene.known:
            continue
        rows = matched(kept(one, card), scene, label)
        right = [box for box, *_, ok in rows if ok]
        missed = [b for b in scene.boxes[scene.labels == label] if not right or ious(b, np.array(right)).max() < RIGHT_IOU]
        wrong = [box for box, *_, ok in rows if not ok]
        picture = scene.picture()
        for colour, some in ((FOUND, right), (WRONG, wrong), (MISSED, missed)):
            for x0, y0, x1, y1 in np.int32(some).reshape(-1, 4).tolist():
                cv2.rectangle(picture, (x0, y0), (x1, y1), colour, max(2, picture.shape[1] // 400))
        worst.append((len(missed) + len(wrong), picture, f"{len(missed)} missed (red)\n{len(wrong)} wrong (orange)"))
    sheet(path, surest([w for w in worst if w[0]]), 360, 2)


def markings(args, card, net, scenes):
    shape, worst = card["input"], []
    for scene, (said, truth) in zip(scenes, marked(net, scenes, shape)):
        wrong = (said != truth) & (truth < len(marks.CLASSES)) & ((said > 1) | (truth > 1))
        picture = scene.picture()
        scale = min(shape["width"] / picture.shape[1], shape["height"] / picture.shape[0])
        high, wide = round(picture.shape[0] * scale / marks.STRIDE), round(picture.shape[1] * scale / marks.STRIDE)
        where = cv2.resize(wrong[:high, :wide].astype(np.uint8), picture.shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0
        picture[where] = MISSED
        worst.append((int(wrong.sum()), picture, f"{int(wrong.sum())} cells of {marks.STRIDE} px wrong"))
    sheet(args.out / "markings.jpg", surest(worst), 360, 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--models", type=pathlib.Path, default=pathlib.Path("models"))
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("models/failures"))
    parser.add_argument("--real", type=pathlib.Path, help="for real pictures that stay outside of the project")
    args = parser.parse_args()
    torch.set_num_threads(1)
    plates(args)
    fonts(args)
    found_plates(args)
    same_vehicles(args)
    vehicles(args)
    card, net = load_model(args.models / "scene")
    drawn = validation(rendered(args.data, "val"), "report")
    markings(args, card, net, drawn)
    boxes(args, card, net, drawn, args.out / "people.jpg", LABELS.index("person"))
    if args.real:
        boxes(args, card, net, validation(detection(args.data, "val"), "report"), args.real / "vehicles.jpg", LABELS.index("vehicle"))


if __name__ == "__main__":
    sys.exit(main())
