# SPDX-License-Identifier: Apache-2.0
"""Crops of signal heads with state and shape, and crops of what is none; -1: nobody said, so no loss."""
import cv2
import numpy as np

from .data import Pictures, csv_rows, half, json_lines, rendered_cases
from .heads import HEAD
from .road_scenes import detection

STATES = ["off", "red", "yellow", "green"]
SHAPES = ["round", "left", "straight", "right", "u_turn"]
SIZE, MARGIN = 64, .15
LEAST_LIT = 7   # px: a smaller lamp shows no arrow


class Head:
    """`box`: corners in the picture, None when the picture is the crop. Labels: state, shape, whether it is a head at all."""

    def __init__(self, pictures, file, box, state, shape, source, group):
        self.pictures, self.file, self.box, self.source, self.group = pictures, file, box, source, group
        self.labels = np.array([STATES.index(state), SHAPES.index(shape) if shape in SHAPES else -1, 1], np.int64)

    def picture(self):
        return self.pictures.read(self.file)


def pixels_of(picture, box, margin=MARGIN, size=(SIZE, SIZE)):
    """The box grown by `margin` of its longer side, cut at the frame, stretched to `size` (width, height): as the program crops."""
    h, w = picture.shape[:2]
    if box is None:
        part = picture
    else:
        x0, y0, x1, y1 = box
        grow = margin * max(x1 - x0, y1 - y0)
        left, top = max(0, int(x0 - grow)), max(0, int(y0 - grow))
        right, bottom = min(w, int(np.ceil(x1 + grow))), min(h, int(np.ceil(y1 + grow)))
        part = picture[top:max(bottom, top + 2), left:max(right, left + 2)]
    shrink = min(part.shape[:2]) > min(size)
    return cv2.resize(part, size, interpolation=cv2.INTER_AREA if shrink else cv2.INTER_LINEAR)


def photographed(data, split):
    pictures = Pictures(data / "lights")
    for r in csv_rows(data / f"lights/{split}.csv"):
        yield Head(pictures, r["file"], None, r["state"], r["shape"], r["set"], r["group"])


def korea(data, split):
    """Whole heads with one lit lamp (a head with two lit lamps has no one state)."""
    folder = data / "markings/korea_road"
    pictures = Pictures(folder)
    for row in json_lines(folder / f"{split}.jsonl"):
        for head in row["heads"]:
            box = (head["x"], head["y"], head["x"] + head["w"], head["y"] + head["h"])
            lit = [m for m in row["lamps"] if box[0] < m["x"] + m["w"] / 2 < box[2] and box[1] < m["y"] + m["h"] / 2 < box[3]]
            if len(lit) == 1:
                yield Head(pictures, row["file"], box, lit[0]["state"], lit[0]["shape"], "korea_heads", row["group"])


def rendered(data, split):
    for pictures, row, case in rendered_cases(data, split):
        for panel in case["panels"]:
            for head in panel["signals"]:
                if head["visible_fraction"] > .9 and head["state"] in STATES:
                    lamp = head["lamp_box"]
                    told = lamp and lamp[3] - lamp[1] >= LEAST_LIT
                    yield Head(pictures, f"{row['dir']}/{panel['file']}", head["box"], head["state"],
                               head["shape"] if told else None, "rendered", row["site_id"] or row["case_id"])


class Elsewhere:
    """Places of a picture where no head is: foliage, windows, lamps of cars, signs. A new one each time it is asked."""

    def __init__(self, pictures, file, heads, source, group):
        self.pictures, self.file, self.source, self.group = pictures, file, source, group
        self.heads = np.array(heads, np.float32).reshape(-1, 4)

    def picture(self):
        return self.pictures.read(self.file)

    def pixels(self, rng):
        picture = self.picture()
        for _ in range(20):
            box = self.place(rng, picture.shape)
            if not self.touches(box) and picture[int(box[1]):int(box[3]) + 1, int(box[0]):int(box[2]) + 1].std() > 6:
                break
        return pixels_of(picture, box, rng.uniform(.02, .3))

    def place(self, rng, shape):
        """As large as heads are, lying or standing; mostly in the upper half, where they hang."""
        h, w = shape[:2]
        short = np.exp(rng.uniform(np.log(.008), np.log(.06))) * w
        long = short * rng.uniform(1, 5)
        width, height = (long, short) if rng.random() < .5 else (short, long)
        x = rng.uniform(0, max(1, w - width))
        y = rng.uniform(0, max(1, (h if rng.random() < .3 else h / 2) - height))
        return np.array([x, y, min(w - 1, x + width), min(h - 1, y + height)], np.float32)

    def touches(self, box):
        common = np.minimum(self.heads[:, 2:], box[2:]) - np.maximum(self.heads[:, :2], box[:2])
        return bool((common > 0).all(1).any())


def elsewhere(data, split):
    """Of rendered panels, of road cameras (most sets label no heads: a place rarely hits one), and of street scenes."""
    for pictures, row, case in rendered_cases(data, split):
        for panel in case["panels"][:1]:
            yield Elsewhere(pictures, f"{row['dir']}/{panel['file']}", [s["box"] for s in panel["signals"]], "rendered",
                            row["site_id"] or row["case_id"])
    for scene in detection(data, split):
        yield Elsewhere(scene.pictures, scene.file, scene.boxes[scene.labels == HEAD], scene.source, scene.group)


SOURCES = (photographed, korea, rendered)


def validation(heads, part):
    return [h for h in heads if half(h.group) == part]
