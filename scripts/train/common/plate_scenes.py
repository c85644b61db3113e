# SPDX-License-Identifier: Apache-2.0
"""Samples for the plate detector: a picture and its plates. The plate's look, its corners, and whether it is covered."""
import cv2
import numpy as np

from .data import Pictures, csv_rows, half, json_lines, rendered_cases, sets
from .plate_crops import box_quad

KINDS = ["blue", "yellow", "yellow_double", "green", "yellow_green", "white", "black"]
RENDERED_KINDS = {"yellow2": "yellow_double", "yellowgreen": "yellow_green"}
HIDDEN = ("mud", "occlusion", "covered", "dirt", "tissue")  # what the renderer writes where a person hid the plate
SIZE = 256
GREY = (114, 114, 114)


class Plate:
    """`exact`: the corners are right, else only the box round them. `ignored`: hidden or cut, neither right nor wrong."""

    def __init__(self, quad, kind, exact=True, covered=0.0, ignored=False):
        self.quad, self.kind = np.asarray(quad, np.float32), KINDS.index(kind)
        self.exact, self.covered, self.ignored = exact, covered, ignored

    def moved(self, matrix):
        quad = cv2.transform(self.quad[None], matrix)[0]
        moved = Plate(quad, KINDS[self.kind], self.exact, self.covered, self.ignored)
        return moved

    @property
    def width(self):
        return float(np.linalg.norm(self.quad[1] - self.quad[0]))


class Scene:
    """A picture with all its plates. `window`: the part to look at (x0 y0 x1 y1), for rendered vehicles."""

    def __init__(self, pictures, file, plates, key, window=None):
        self.pictures, self.file, self.plates, self.key, self.window = pictures, file, plates, key, window

    def picture(self):
        return self.pictures.read(self.file)


def ccpd(data, folder, split):
    for pictures, rows in sets(data, f"plates/{folder}", split):
        for row in rows:
            if "tight_crop" in row["slices"]:
                continue
            exact = row["corners"] is not None
            quad = row["corners"] if exact else box_quad(row["box"])
            kind = row["colour"] if row["colour"] in KINDS else "blue"
            yield Scene(pictures, row["file"], [Plate(quad, kind, exact)], row["text"] or row["src_md5"])


def rendered(data, split):
    """One scene for each vehicle with a plate, seen through its own window."""
    for pictures, row, case in rendered_cases(data, split):
        for panel in case["panels"]:
            plates = [rendered_plate(p) for o in panel["objects"] for p in o.get("plates", [])]
            for thing in panel["objects"]:
                x0, y0, x1, y1 = thing["box"]
                if thing.get("plates") and x1 - x0 >= 60:
                    dx, dy = .08 * (x1 - x0), .08 * (y1 - y0)
                    grown = (x0 - dx, y0 - dy, x1 + dx, y1 + dy)
                    yield Scene(pictures, f"{row['dir']}/{panel['file']}", plates, row["site_id"] or row["case_id"], grown)


def closeups(data, split):
    """Rendered close-ups: one plate that fills much of the picture."""
    for pictures, row, case in rendered_cases(data, split):
        closeup = case["composite"].get("closeup")
        if closeup:
            hidden = closeup["unreadable"] in HIDDEN
            plate = Plate(closeup["plate_corners"], RENDERED_KINDS.get(closeup["kind"], closeup["kind"]), covered=float(hidden))
            yield Scene(pictures, f"{row['dir']}/{closeup['file']}", [plate], row["site_id"] or row["case_id"])


def rendered_plate(p):
    hidden = p.get("unreadable") in HIDDEN
    gone = (not p["visible"] and not hidden) or p["width_px"] < 12
    return Plate(p["corners"], RENDERED_KINDS.get(p["kind"], p["kind"]), covered=float(hidden), ignored=gone)


def validation(scenes, part):
    return [s for s in scenes if half(s.key) == part]


def letterbox(picture, plates, window=None):
    """The whole picture or a window, top left, padded: as the program feeds the net."""
    h, w = picture.shape[:2]
    x0, y0, x1, y1 = window or (0, 0, w, h)
    scale = SIZE / max(x1 - x0, y1 - y0)
    matrix = np.array([[scale, 0, -x0 * scale], [0, scale, -y0 * scale]], np.float32)
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    part = picture[max(0, int(y0)):int(np.ceil(y1)), max(0, int(x0)):int(np.ceil(x1))]
    small = cv2.resize(part, (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))), interpolation=flags)
    out = np.full((SIZE, SIZE, 3), 114, np.uint8)
    ox, oy = round(max(0, -x0) * scale), round(max(0, -y0) * scale)
    small = small[:SIZE - oy, :SIZE - ox]
    out[oy:oy + small.shape[0], ox:ox + small.shape[1]] = small
    return out, [p.moved(matrix) for p in plates]


class Backgrounds:
    """Pictures without a Chinese plate: road cameras, and parts of CCPD scenes away from the plate."""

    def __init__(self, data):
        self.cameras = Pictures(data / "vehicles/detection")
        rows = json_lines(data / "vehicles/detection/train.jsonl")
        self.files = [r["file"] for r in rows if r["set"].startswith("surveillance") or r["set"] == "india_street"]
        self.scenes = [s for s in ccpd(data, "scenes", "train")]
        self.junk = Pictures(data / "plates/recognition")
        self.junk_files = [r["file"] for r in csv_rows(data / "plates/recognition/negatives.csv")]

    def all(self):
        """Every picture of road cameras and of things that are no plates, as a scene without plates."""
        return [Scene(pictures, file, [], file) for pictures, files in ((self.cameras, self.files), (self.junk, self.junk_files))
                for file in files]

    def draw(self, rng):
        kind = rng.choice(3, p=[.4, .5, .1])
        if kind == 0:
            return self.part(rng, self.cameras.read(self.files[rng.integers(len(self.files))]))
        if kind == 2:
            return self.junk.read(self.junk_files[rng.integers(len(self.junk_files))])
        scene = self.scenes[rng.integers(len(self.scenes))]
        picture = scene.picture()
        low, high = scene.plates[0].quad.min(0), scene.plates[0].quad.max(0)
        above = rng.random() < .5  # the part above or below the plate
        cut = picture[:max(24, int(low[1]) - 8)] if above else picture[min(picture.shape[0] - 24, int(high[1]) + 8):]
        return self.part(rng, cut)

    @staticmethod
    def part(rng, picture):
        h, w = picture.shape[:2]
        size = int(min(h, w) * rng.uniform(.25, 1))
        size = max(16, size)
        x, y = rng.integers(0, max(1, w - size + 1)), rng.integers(0, max(1, h - size + 1))
        return np.ascontiguousarray(picture[y:y + size, x:x + size])
