# SPDX-License-Identifier: Apache-2.0
"""Vehicle crops with what is known of them: class, colour, special kind, facing, and among which classes it is. -1: nobody said, so no
loss."""
import cv2
import numpy as np
import torch

from .data import Pictures, csv_rows, half, json_lines, rendered_cases, sets

CLASSES = ["car", "suv", "van", "minibus", "bus", "truck", "pickup", "motorcycle", "tricycle", "other"]
COLOURS = list("ABCDEFGHIJ")
SPECIALS = ["none", "police", "ambulance", "fire", "rescue"]
FACINGS = ["front", "rear"]
RENDERED_CLASSES = {"light_truck": "truck", "heavy_truck": "truck", "tanker": "truck", "police_car": "car", "ambulance": "van",
                    "fire_engine": "truck", "ebike": None, "bicycle": None, "person": None}
RENDERED_SPECIALS = {"police_car": "police", "ambulance": "ambulance", "fire_engine": "fire"}
PLAIN_BOX_CLASSES = {"bus": "bus", "motorcycle": "motorcycle"}
# Box classes that leave open which of several it is: a "car" of these sets may be a van, a "truck" a pickup, a "bus" of one a van.
COARSE = {"car": ("car", "suv", "van", "minibus", "pickup"), "truck": ("truck", "pickup", "van"), "bus": ("bus", "minibus", "van", "truck")}
COARSE_BUSES = {"surveillance_atl"}
SPECIAL_BOX_CLASSES = {"ambulance": "ambulance", "police_car": "police", "fire_engine": "fire", "vehicle": None}
NO_VEHICLES = {"bicycle", "ebike", "person", "signal_head"}
SIZE, MARGIN = 128, .08


def index(values, value):
    return values.index(value) if value in values else -1


class Crop:
    """One vehicle. `box`: x y w h in the picture, None when the picture is the crop. `same`: crops of the same vehicle share it.
    `among`: a key of COARSE where nobody said which of its classes it is."""

    def __init__(self, pictures, file, box, cls, colour, special, facing, source, group, same=None, among=None):
        self.pictures, self.file, self.box, self.source, self.group = pictures, file, box, source, group
        self.labels = np.array([index(CLASSES, cls), index(COLOURS, colour), index(SPECIALS, special),
                                index(FACINGS, facing), index(list(COARSE), among)], np.int64)
        self.same = same

    def picture(self):
        return self.pictures.read(self.file)


def box_pixels(picture, box, margin=MARGIN):
    """The box grown by `margin` each side, cut at the frame, stretched to SIZE x SIZE: as the program crops."""
    h, w = picture.shape[:2]
    x, y, bw, bh = box if box is not None else (0, 0, w, h)
    grow = margin if box is not None else 0
    x0, y0 = max(0, int(x - grow * bw)), max(0, int(y - grow * bh))
    x1, y1 = min(w, int(np.ceil(x + bw * (1 + grow)))), min(h, int(np.ceil(y + bh * (1 + grow))))
    part = picture[y0:max(y1, y0 + 2), x0:max(x1, x0 + 2)]
    shrink = part.shape[0] > SIZE and part.shape[1] > SIZE
    return cv2.resize(part, (SIZE, SIZE), interpolation=cv2.INTER_AREA if shrink else cv2.INTER_LINEAR)


def typed(data, split):
    pictures = Pictures(data / "vehicles/type")
    for r in csv_rows(data / f"vehicles/type/{split}.csv"):
        special = "ambulance" if r["class"] == "ambulance" else "none"
        cls = "van" if r["class"] == "ambulance" else r["class"]
        yield Crop(pictures, r["file"], None, cls, None, special, None, r["set"], r["group"])


def coloured(data, split):
    pictures = Pictures(data / "vehicles/colour")
    for r in csv_rows(data / f"vehicles/colour/{split}.csv"):
        yield Crop(pictures, r["file"], None, r["class"], r["colour"], None, None, "colour", r["group"])


def boxed(data, split):
    for pictures, rows in sets(data, "vehicles/detection", split):
        for r in rows:
            for b in r["boxes"]:
                if min(b["w"], b["h"]) < 28 or b["class"] in NO_VEHICLES:
                    continue
                coarse = b["class"] in ("car", "truck") or r["set"] in COARSE_BUSES
                cls = b.get("fine") or (None if coarse else PLAIN_BOX_CLASSES.get(b["class"]))
                special = SPECIAL_BOX_CLASSES.get(b["class"], "none")
                box = (b["x"], b["y"], b["w"], b["h"])
                yield Crop(pictures, r["file"], box, cls, b.get("colour"), special, None, r["set"], r["group"],
                           among=b["class"] if cls is None else None)


def rendered(data, split):
    return rendered_crops(rendered_cases(data, split))


def rendered_crops(cases):
    """Vehicles of the panels of (pictures, row of the manifest, case.json)."""
    for pictures, row, case in cases:
        for panel in case["panels"]:
            for thing in panel["objects"]:
                cls = RENDERED_CLASSES.get(thing["cls"], thing["cls"])
                x, y = thing["box"][:2]
                w, h = thing["box"][2] - x, thing["box"][3] - y
                if cls is None or min(w, h) < 28 or thing["occluded"] > .5 or thing["truncated"] > .5:
                    continue
                facing = "rear" if thing["heading_px"][1] < 0 else "front"
                clear = abs(thing["heading_px"][1]) > .5 * abs(thing["heading_px"][0])
                yield Crop(pictures, f"{row['dir']}/{panel['file']}", (x, y, w, h), cls, thing["color"],
                           RENDERED_SPECIALS.get(thing["cls"], "none"), facing if clear else None, "rendered",
                           row["site_id"] or row["case_id"], f"{row['case_id']}/{thing['id']}")


def turning(data, split):
    """Of scripts/scenes/views, in folders vehicle_views* beside the data: vehicles seen from several sides, for training alone."""
    if split != "train":
        return
    for index in sorted(data.glob("vehicle_views*/views-*.jsonl")):
        pictures = Pictures(index.parent)
        for r in json_lines(index):
            x0, y0, x1, y1 = r["box"]
            yield Crop(pictures, r["file"], (x0, y0, x1 - x0, y1 - y0), RENDERED_CLASSES.get(r["cls"], r["cls"]), r["color"],
                       RENDERED_SPECIALS.get(r["cls"], "none"), r["facing"], "views", r["vehicle"], f"views-{r['cls']}-{r['color']}/{r['vehicle']}")


SOURCES = (typed, coloured, boxed, rendered, turning)


def validation(crops, part):
    return [c for c in crops if half(c.group) == part]


@torch.no_grad()
def look(net, crops, mean, std):
    """All outputs, and the labels, of crops as the program cuts them."""
    net.eval()
    device = next(net.parameters()).device
    outputs = []
    for i in range(0, len(crops), 64):
        pixels = np.stack([box_pixels(c.picture(), c.box) for c in crops[i:i + 64]])
        x = torch.from_numpy(pixels.transpose(0, 3, 1, 2).copy()).float().div_(255).sub_(mean).div_(std)
        outputs.append([o.cpu() for o in net(x.to(device))])
    return [torch.cat(o) for o in zip(*outputs)], torch.from_numpy(np.stack([c.labels for c in crops]))


def pairs(embedding, crops):
    """Sorted cosines of crops of one vehicle in two panels, and of two vehicles of one case."""
    cases = {}
    for i, crop in enumerate(crops):
        if crop.same:
            cases.setdefault(crop.same.split("/")[0], []).append(i)
    same, other = [], []
    for members in cases.values():
        likeness = embedding[members] @ embedding[members].T
        for a in range(len(members)):
            for b in range(a):
                one = crops[members[a]].same == crops[members[b]].same
                (same if one else other).append(float(likeness[a, b]))
    return np.sort(same), np.sort(other)
