# SPDX-License-Identifier: Apache-2.0
"""Road pictures with boxes and marking masks for the scene net: real ones with what their set labels, rendered ones with all.

Labels: vehicle, two_wheeler, person, signal_head. A picture says which of them it labels; the others carry no loss there.
"""
import json

import cv2
import numpy as np

from .data import Pictures, half, json_lines, mask, rendered_cases, sets
from .mark_labels import HAND_MADE, IGNORE

LABELS = ["vehicle", "two_wheeler", "person", "signal_head"]
VEHICLES = {"car", "suv", "van", "minibus", "bus", "truck", "pickup", "ambulance", "police_car", "vehicle", "other", "tricycle",
            "light_truck", "heavy_truck", "tanker", "fire_engine"}
TWO_WHEELERS = {"motorcycle", "bicycle", "ebike"}
# What is labelled completely enough to learn absence from, for sets whose sets.json does not say it in `complete`.
SET_LABELS = {"surveillance_atl": [0, 1], "surveillance_anyclass": [0], "india_street": [0, 1], "openimages_vehicles": [0],
              "openimages_ambulance": [0], "openimages_bicycles": [1, 2], "highway40_phone": [1, 2], "coco_ccby": [0, 1, 2]}


class RoadScene:
    """`boxes` [n,4] corners, `labels` [n] (-1: ignored region), `known`: labels that are complete. `masks`: (path of a marking
    mask, table from its values to labels of marks), or None."""

    def __init__(self, pictures, file, boxes, labels, known, group, source, weak=None, masks=None):
        self.pictures, self.file, self.group, self.source = pictures, file, group, source
        self.masks = masks
        self.boxes = np.array(boxes, np.float32).reshape(-1, 4)
        self.labels, self.known, self.weak = np.array(labels, np.int64), known, weak

    def picture(self):
        return self.pictures.read(self.file)

    def mask(self, shape):
        """Labels of marks, as large as the picture. Without a mask only the insides of vehicles are known: no road there."""
        if self.masks:
            labels = mask(self.masks[0])
            return labels if self.masks[1] is None else self.masks[1][labels]
        labels = np.full(shape[:2], IGNORE, np.uint8)
        for x0, y0, x1, y1 in self.boxes[self.labels == 0]:
            dx, dy = .12 * (x1 - x0), .12 * (y1 - y0)
            labels[max(0, int(y0 + dy)):max(0, int(y1 - dy)), max(0, int(x0 + dx)):max(0, int(x1 - dx))] = 0
        return labels


def label_of(name):
    return 0 if name in VEHICLES else 1 if name in TWO_WHEELERS else LABELS.index(name) if name in LABELS else -1


def known_labels(folder):
    """The complete labels of each set: what sets.json beside its label files says, or else SET_LABELS."""
    about = folder / "sets.json"
    stated = json.loads(about.read_text(encoding="utf-8")) if about.exists() else {}
    stated = {name: entry["complete"] for name, entry in stated.get("sets", stated).items() if "complete" in entry}
    for name, labels in stated.items():
        if not set(labels) <= set(LABELS):
            raise SystemExit(f'{about}: "complete" of {name} is {labels}, but only {", ".join(LABELS)} may stand there')
    return SET_LABELS | {name: [LABELS.index(label) for label in labels] for name, labels in stated.items()}


def corners(b):
    return (b["x"], b["y"], b["x"] + b["w"], b["y"] + b["h"])


def overhead_masks(data, split):
    folder = data / "markings/overhead"
    return {r["file"].rsplit("/", 1)[1]: (folder / r["mask"], HAND_MADE) for r in json_lines(folder / f"{split}.jsonl")}


def detection(data, split, folder="detection", marked=True):
    """`marked`: with the marking masks of overhead cameras."""
    for pictures, rows in sets(data, f"vehicles/{folder}", split):
        known, own = known_labels(pictures.folder), pictures.folder.parent.name != "vehicles"
        masks = {} if own or not marked else overhead_masks(data, split)
        for row in rows:
            if row["set"] not in known:
                raise SystemExit(f"{pictures.folder / 'sets.json'}: says nothing of the set {row['set']!r} of {split}.jsonl: name under "
                                 f'"complete" which of {", ".join(LABELS)} are labelled wherever they are')
            boxes = [corners(b) for b in row["boxes"]] + [corners(b) for b in row.get("unlabelled", [])]
            labels = [label_of(b["class"]) for b in row["boxes"]] + [-1] * len(row.get("unlabelled", []))
            yield RoadScene(pictures, row["file"], boxes, labels, known[row["set"]], row["group"], row["set"],
                            masks=masks.get(row["file"].rsplit("/", 1)[-1]))


def persons(data, split):
    return detection(data, split, "persons")


def korea(data, split):
    """Markings by hand, and some of the signal heads: what is not labelled is not absent."""
    folder = data / "markings/korea_road"
    pictures = Pictures(folder)
    for row in json_lines(folder / f"{split}.jsonl"):
        if row["mask"]:
            heads = [corners(h) for h in row["heads"]]
            yield RoadScene(pictures, row["file"], heads, [3] * len(heads), [], row["group"], "korea_road",
                            masks=(folder / row["mask"], HAND_MADE))


def rendered(data, split):
    for pictures, row, case in rendered_cases(data, split):
        for panel in case["panels"]:
            boxes, labels = [], []
            for thing in panel["objects"]:
                boxes.append(thing["box"])
                labels.append(-1 if thing["occluded"] > .7 else label_of(thing["cls"]))
            for head in panel["signals"]:
                boxes.append(head["box"])
                labels.append(3 if head["visible_fraction"] > .4 else -1)
            yield RoadScene(pictures, f"{row['dir']}/{panel['file']}", boxes, labels, [0, 1, 2, 3],
                            row["site_id"] or row["case_id"], "rendered",
                            masks=(pictures.folder / row["dir"] / panel["seg"], None))


def ccpd(data, split):
    """Close frames of one car. No vehicle box exists; the plate proves that a vehicle is there, round it: a weak label without extent."""
    for pictures, rows in sets(data, "plates/scenes", split):
        for row in rows:
            x, y, w, h = row["box"]
            around = (x - 2.2 * w, y - 3.2 * w, x + 3.2 * w, y + 1.2 * w)
            yield RoadScene(pictures, row["file"], [around], [-1], [], row["text"] or row["src_md5"], "ccpd",
                            weak=np.array([x - .3 * w, y - 1.0 * w, x + 1.3 * w, y + .2 * h], np.float32))


def validation(scenes, part):
    return [s for s in scenes if half(s.group) == part]


def letterbox(picture, width, height):
    """Top left, padded: as the program feeds the net. Returns the view and its scale."""
    h, w = picture.shape[:2]
    scale = min(width / w, height / h)
    small = cv2.resize(picture, (max(1, round(w * scale)), max(1, round(h * scale))),
                       interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    out = np.full((height, width, 3), 114, np.uint8)
    out[:small.shape[0], :small.shape[1]] = small[:height, :width]
    return out, scale
