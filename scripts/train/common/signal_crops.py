# SPDX-License-Identifier: Apache-2.0
"""Crops of signal heads with state and shape; -1: nobody said, so no loss."""
import cv2
import numpy as np

from .data import Pictures, csv_rows, half, json_lines, rendered_cases

STATES = ["off", "red", "yellow", "green"]
SHAPES = ["round", "left", "straight", "right", "u_turn"]
SIZE, MARGIN = 64, .15
LEAST_LIT = 7   # px: a smaller lamp shows no arrow


class Head:
    """`box`: corners in the picture, None when the picture is the crop."""

    def __init__(self, pictures, file, box, state, shape, source, group):
        self.pictures, self.file, self.box, self.source, self.group = pictures, file, box, source, group
        self.labels = np.array([STATES.index(state), SHAPES.index(shape) if shape in SHAPES else -1], np.int64)

    def picture(self):
        return self.pictures.read(self.file)


def pixels_of(picture, box, margin=MARGIN):
    """The box grown by `margin` of its longer side, cut at the frame, stretched to SIZE x SIZE: as the program crops."""
    h, w = picture.shape[:2]
    if box is None:
        part = picture
    else:
        x0, y0, x1, y1 = box
        grow = margin * max(x1 - x0, y1 - y0)
        left, top = max(0, int(x0 - grow)), max(0, int(y0 - grow))
        right, bottom = min(w, int(np.ceil(x1 + grow))), min(h, int(np.ceil(y1 + grow)))
        part = picture[top:max(bottom, top + 2), left:max(right, left + 2)]
    shrink = min(part.shape[:2]) > SIZE
    return cv2.resize(part, (SIZE, SIZE), interpolation=cv2.INTER_AREA if shrink else cv2.INTER_LINEAR)


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


SOURCES = (photographed, korea, rendered)


def validation(heads, part):
    return [h for h in heads if half(h.group) == part]
