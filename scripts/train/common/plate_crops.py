# SPDX-License-Identifier: Apache-2.0
"""Samples for the reader: a picture, the plate's corners, its string and rows; and the warp that the program uses too."""
import cv2
import numpy as np

from .charset import encode
from .data import Pictures, csv_rows, half, rendered_cases, sets

WIDTH, HEIGHT = 168, 48
# A two-row plate is warped in two parts that are put side by side.
UPPER_SHARE, UPPER_WIDTH = .41, .35


def warp(picture, quad, rows):
    """The plate flat, HEIGHT x WIDTH, RGB; two rows side by side."""
    if rows == 1:
        return warp_to(picture, quad, WIDTH, HEIGHT)
    tl, tr, br, bl = [np.asarray(p, np.float32) for p in quad]
    left, right = tl + (bl - tl) * UPPER_SHARE, tr + (br - tr) * UPPER_SHARE
    split = int(round(WIDTH * UPPER_WIDTH))
    return np.hstack([warp_to(picture, [tl, tr, right, left], split, HEIGHT),
                      warp_to(picture, [left, right, br, bl], WIDTH - split, HEIGHT)])


def warp_to(picture, quad, width, height):
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - .5
    matrix = cv2.getPerspectiveTransform(np.asarray(quad, np.float32), target)
    return cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_LINEAR,
                               borderMode=cv2.BORDER_REPLICATE)


def box_quad(box):
    x, y, w, h = box
    return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32)


class Sample:
    """One labelled plate. `kind` of the label: corners (exact), box (loose), whole (the picture is the crop)."""

    def __init__(self, pictures, file, text, quad, kind, rows=1, slices=(), source=""):
        self.pictures, self.file, self.text, self.quad, self.kind = pictures, file, text, quad, kind
        self.rows, self.slices, self.source = rows, slices, source

    def picture(self):
        return self.pictures.read(self.file)

    def corners(self, picture):
        h, w = picture.shape[:2]
        return box_quad((0, 0, w, h)) if self.quad is None else np.asarray(self.quad, np.float32)


def reader_samples(data, split):
    for pictures, rows in sets(data, "plates/reader", split):
        for row in rows:
            if row["text"] and encode(row["text"]):
                yield Sample(pictures, row["file"], row["text"], row["corners"], "corners" if row["corners"] else "whole",
                             slices=row["slices"], source="reader")


def recognition_samples(data, split):
    skip = set((data / "plates/val_overlap_recognition_train.txt").read_text().split()) if split == "train" else set()
    pictures = Pictures(data / "plates/recognition")
    for row in csv_rows(data / f"plates/recognition/{split}.csv"):
        if row["text"] not in skip and row["file"] not in skip and encode(row["text"]):
            yield Sample(pictures, row["file"], row["text"], None, "whole", slices=[row["colour"]], source="recognition")


def green_samples(data, split):
    for pictures, rows in sets(data, "plates/green", split):
        for row in rows:
            if encode(row["text"]):
                yield Sample(pictures, row["file"], row["text"], box_quad(row["box"]), "box", slices=["new_energy"],
                             source="green")


def rendered_samples(data, split, smallest=30):
    """Readable plates of rendered panels, at least `smallest` px wide."""
    for pictures, row, case in rendered_cases(data, split):
        for panel in case["panels"]:
            for thing in panel["objects"]:
                for plate in thing.get("plates", []):
                    if plate["visible"] and not plate["unreadable"] and plate["width_px"] >= smallest and encode(plate["text"]):
                        yield Sample(pictures, f"{row['dir']}/{panel['file']}", plate["text"], plate["corners"], "corners",
                                     rows=plate["rows"], source="rendered")


def closeup_samples(data, split):
    """Readable target plates of rendered close-ups."""
    for pictures, row, case in rendered_cases(data, split):
        closeup = case["composite"].get("closeup")
        if closeup and not closeup["unreadable"] and encode(closeup["text"]):
            yield Sample(pictures, f"{row['dir']}/{closeup['file']}", closeup["text"], closeup["plate_corners"], "corners",
                         rows=2 if closeup["kind"] == "yellow2" else 1, source="closeup")


def public_plates(data):
    """(flat plates, texts) of the public benchmark: each picture is the plate and is stretched whole."""
    pictures = Pictures(data / "test-public/ccpd1000")
    rows = csv_rows(data / "test-public/ccpd1000/test.csv")
    return [cv2.resize(pictures.read(r["file"]), (WIDTH, HEIGHT)) for r in rows], [r["text"] for r in rows]


def validation(samples, part):
    """The fit or the report half, cut by plate string."""
    return [s for s in samples if half(s.text) == part]
