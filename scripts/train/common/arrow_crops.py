# SPDX-License-Identifier: Apache-2.0
"""Crops of lane arrows with the moves they allow.

Labels: 1 or 0 for U, L, S, R and for "a whole arrow of the direction the camera looks in"; -1: no loss. Whole is an arrow whose
heads and branches all show: the foot of its stem may be hidden, for it tells nothing. Arrows that are cut, partly hidden or of
the other direction, and other paint, are no whole arrow; what such a crop says of the moves is nobody's.
"""
import pathlib

import cv2
import numpy as np

from . import crop_net
from .data import Pictures, csv_rows, half, json_lines, mask, rendered_cases
from .drawn_arrows import KINDS, Shape, filled, footless, lines_beside, painted, placed, polygons
from .signal_crops import pixels_of

LETTERS = "ULSR"
SIZE, MARGIN = 64, .15
WHOLE, PARTLY = .9, .75      # visible share from which it is whole, below which it is not; no one is asked between
LEAST_PAINT = 150            # px: less is not traced
ARROW = 8                    # in rendered masks
BEFORE_LINE = (-28, -9.5)    # m: where the arrows of a rendered lane begin, seen from its stop line


def labels_of(moves):
    """`moves`: letters, "" for what is no whole arrow."""
    if not moves:
        return np.array([-1] * len(LETTERS) + [0], np.float32)
    return np.array([letter in moves for letter in LETTERS] + [1], np.float32)


def mirrored(labels):
    """None where the mirrored arrow exists nowhere: U-turns go to the left."""
    return None if labels[0] == 1 else labels[[0, 3, 2, 1, 4]]


class Piece:
    """A box of a picture."""

    KEPT = 96  # px of its longer side that are kept for training

    def __init__(self, pictures, file, box, source, group):
        self.pictures, self.file, self.box, self.source, self.group = pictures, file, box, source, group

    def picture(self):
        return self.pictures.read(self.file)

    def surroundings(self):
        """(a piece of the picture round the box, the box in it), not much larger than the net wants it."""
        picture = self.picture()
        h, w = picture.shape[:2]
        room = .5 * max(self.box[2:] - self.box[:2])
        x0, y0 = np.maximum(0, self.box[:2] - room).astype(int)
        x1, y1 = np.minimum([w, h], self.box[2:] + room).astype(int) + 1
        scale = min(1, self.KEPT / max(self.box[2:] - self.box[:2]))
        piece = cv2.resize(picture[y0:y1, x0:x1], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        return piece, (self.box - np.tile([x0, y0], 2)) * scale


class Arrow(Piece):
    def __init__(self, pictures, file, box, moves, source, group):
        super().__init__(pictures, file, box, source, group)
        self.moves, self.labels = moves, labels_of(moves)


def box_of(cover):
    """Corners round what is set."""
    x, y, w, h = cv2.boundingRect(cover.astype(np.uint8))
    return np.array([x, y, x + w, y + h], float)


def own_arrows(case):
    """(moves, its polygons in pixels, those of them that tell the moves) of each arrow of the reviewed direction."""
    site, matrix = case["site"], np.array(case["camera"]["P"])

    def seen(part, lane, foot):
        x, y = np.array(part).T
        points = np.stack([x + .3 + (lane + .5) * site["lane_w"], y + foot, 0 * x, 1 + 0 * x]).T @ matrix.T
        return points[:, :2] / points[:, 2:] if points[:, 2].min() > .5 else np.full((1, 2), np.inf)

    for lane, moves in enumerate(site["arrows"]):
        parts = polygons(moves, Shape())
        for foot in BEFORE_LINE:
            whole, telling = ([seen(p, lane, foot) for p in some] for some in (parts, footless(parts)))
            if np.abs(np.concatenate(whole)).max() < 5000:
                yield moves, whole, telling


def rendered(data, split):
    for pictures, row, case in rendered_cases(data, split):
        if case["site"]["kind"] != "junction":
            continue
        for panel in case["panels"]:
            labels = mask(pictures.folder / row["dir"] / panel["seg"])
            for box, moves in in_panel(case, labels):
                yield Arrow(pictures, f"{row['dir']}/{panel['file']}", box, moves, "rendered", row["site_id"] or row["case_id"])


def in_panel(case, labels):
    """(box, moves) of the traced pieces of arrows in a rendered panel."""
    left = (labels == ARROW).astype(np.uint8)
    for moves, parts, telling in own_arrows(case):
        points = np.concatenate(parts)
        origin = np.floor(points.min(0)) - 4
        size = tuple(int(s) for s in np.ceil(points.max(0) - origin) + 4)
        if min(size) < 9 or max(size) > 1200:
            continue
        back = np.array([[1, 0, -origin[0]], [0, 1, -origin[1]]])
        here = cv2.warpAffine(left, back, size, flags=cv2.INTER_NEAREST)
        here &= cv2.dilate((filled(size, parts, origin) > .05).astype(np.uint8), np.ones((5, 5), np.uint8))
        left &= 1 - cv2.warpAffine(here, back, labels.shape[::-1], flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
        heads = filled(size, telling, origin) > .5
        share = (heads & (cv2.dilate(here, np.ones((3, 3), np.uint8)) > 0)).sum() / max(1, heads.sum())
        if here.sum() >= LEAST_PAINT and not PARTLY < share < WHOLE:
            yield box_of(here) + np.tile(origin, 2), moves if share >= WHOLE else ""
    count, _, stats, _ = cv2.connectedComponentsWithStats(left, connectivity=8)
    for x, y, w, h, area in stats[1:count]:   # of the other direction
        if area >= LEAST_PAINT:
            yield np.array([x, y, x + w, y + h], float), ""


def other_paint(data, split, kinds=(2, 3, 6, 7, 9, 11)):
    """Pieces of other markings, of these kinds in rendered masks, which a net may take for arrows."""
    for pictures, row, case in rendered_cases(data, split):
        panel = case["panels"][0]
        labels = mask(pictures.folder / row["dir"] / panel["seg"])
        for kind in kinds:
            count, _, stats, _ = cv2.connectedComponentsWithStats((labels == kind).astype(np.uint8))
            for x, y, w, h, area in sorted(map(tuple, stats[1:count]), key=lambda s: -s[4])[:4]:
                if area >= LEAST_PAINT and max(w, h) < 320:
                    yield Arrow(pictures, f"{row['dir']}/{panel['file']}", np.array([x, y, x + w, y + h], float), "", "other_paint",
                                row["site_id"] or row["case_id"])
    folder = data / "markings/korea_road"
    for row in json_lines(folder / f"{split}.jsonl"):
        labels = mask(folder / row["mask"]) if row["mask"] else np.zeros((1, 1), np.uint8)
        for kind in (1, 2, 5, 7):
            count, _, stats, _ = cv2.connectedComponentsWithStats((labels == kind).astype(np.uint8))
            for x, y, w, h, area in sorted(map(tuple, stats[1:count]), key=lambda s: -s[4])[:3]:
                if area >= LEAST_PAINT and max(w, h) < 320:
                    yield Arrow(Pictures(folder), row["file"], np.array([x, y, x + w, y + h], float), "", "other_paint", row["group"])


def korea(data, split):
    """Real arrows whose moves were read by eye."""
    folder = data / "markings/korea_road"
    pictures, groups = Pictures(folder), {r["file"]: r["group"] for r in json_lines(folder / f"{split}.jsonl")}
    for r in csv_rows(pathlib.Path(__file__).with_name("korea_arrows.csv")):
        if r["split"] == split:
            box = np.array([float(r[k]) for k in ("x0", "y0", "x1", "y1")])
            yield Arrow(pictures, r["file"], box, r["moves"], "korea_road", groups[r["file"]])


SOURCES = (rendered, other_paint, korea)


def validation(arrows, part):
    return [a for a in arrows if half(a.group) == part]


class Road:
    """Pieces of real roads, and vehicles to hide arrows behind."""

    PICTURES, VEHICLES = 140, 150

    def __init__(self, data, rng, split="train"):
        folder = data / "vehicles/detection"
        rows = [r for r in json_lines(folder / f"{split}.jsonl") if r["set"].startswith("surveillance")]
        self.pieces, self.vehicles = [], []
        for i in rng.permutation(len(rows))[:self.PICTURES]:
            self.cut(rng, Pictures(folder).read(rows[i]["file"]), rows[i]["boxes"])
        korea_rows = [r for r in json_lines(data / f"markings/korea_road/{split}.jsonl") if r["mask"]]
        for r in korea_rows:
            picture = Pictures(data / "markings/korea_road").read(r["file"])
            painted_there = cv2.imread(str(data / "markings/korea_road" / r["mask"]), cv2.IMREAD_GRAYSCALE) > 0
            self.cut_free(rng, picture, painted_there, 4)

    def cut(self, rng, picture, boxes):
        taken = np.zeros(picture.shape[:2], bool)
        for b in boxes:
            x, y, w, h = (max(0, int(b[k])) for k in "xywh")
            taken[y:y + h, x:x + w] = True
            if w >= 40 and h >= 30 and len(self.vehicles) < self.VEHICLES and rng.random() < .4:
                self.vehicles.append(picture[y:y + h, x:x + w].copy())
        self.cut_free(rng, picture, taken, 3)

    def cut_free(self, rng, picture, taken, most):
        """Grey, even pieces of the lower picture: road, mostly."""
        height, width = taken.shape
        for _ in range(25):
            w, h = int(rng.integers(60, 150)), int(rng.integers(40, 90))
            if w >= width or h >= height // 2:
                continue
            x, y = int(rng.integers(0, width - w)), int(rng.integers(height // 3, height - h))
            piece = picture[y:y + h, x:x + w]
            chroma = (piece.max(2).astype(int) - piece.min(2)).mean()
            if not taken[y:y + h, x:x + w].any() and piece.std() < 16 and chroma < 28 and 35 < piece.mean() < 190:
                self.pieces.append(piece.copy())
                most -= 1
            if most == 0:
                return

    def piece(self, rng, size):
        part = self.pieces[rng.integers(len(self.pieces))]
        scale = max(size[0] / part.shape[1], size[1] / part.shape[0]) * rng.uniform(1, 1.3)
        part = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        if rng.random() < .5:
            part = part[:, ::-1]
        y, x = (int(rng.integers(0, s - n + 1)) for s, n in zip(part.shape[:2], size[::-1]))
        part = part[y:y + size[1], x:x + size[0]].astype(np.float32)
        if scale > 1.5:  # enlarging has taken its grain
            part += rng.standard_normal(part.shape, np.float32) * np.float32(rng.uniform(2, 9))
        return np.clip(part, 0, 255).astype(np.uint8)

    def hide(self, rng, picture, box, hidden):
        """A vehicle over the box or beside it."""
        vehicle = self.vehicles[rng.integers(len(self.vehicles))]
        x0, y0, x1, y1 = box
        width = int(max(12, (x1 - x0) * rng.uniform(.5, 2)))
        height = int(max(8, min(width * rng.uniform(.7, 1.2), 1.5 * picture.shape[0])))
        vehicle = cv2.resize(vehicle, (width, height), interpolation=cv2.INTER_AREA)
        x = int(rng.uniform(x0 - width, x1))
        y = int(rng.uniform(y0 - height, y1))
        a, b, c, d = max(0, x), max(0, y), min(picture.shape[1], x + width), min(picture.shape[0], y + height)
        if c > a and d > b:
            picture[b:d, a:c] = vehicle[b - y:d - y, a - x:c - x]
            hidden[b:d, a:c] = True


class Drawer(crop_net.Drawer):
    """Drawn arrows."""

    def __init__(self, road):
        self.road = road

    def attempt(self, rng):
        kinds = list(KINDS)
        moves = kinds[rng.choice(len(kinds), p=np.array(list(KINDS.values())) / sum(KINDS.values()))]
        shape = Shape(rng)
        turn = rng.choice([0, 2, 1, 3], p=[.88, .06, .03, .03])  # quarters: the other direction, the crossing road
        parts = [turned(np.array(p) * [1, shape.long], turn) for p in polygons(moves, shape)]
        parts, camera = placed(rng, parts)
        telling = [camera.see(turned(np.array(p) * [1, shape.long], turn)) for p in footless(polygons(moves, shape))]
        points = np.concatenate(parts)
        room = 12 + .3 * (points.max(0) - points.min(0)).max()
        origin = np.floor(points.min(0) - room)
        size = tuple(int(s) for s in np.ceil(points.max(0) - origin + room))
        cover = filled(size, parts, origin)
        lines = filled(size, lines_beside(rng, camera), origin)
        picture = painted(rng, self.road.piece(rng, size), np.maximum(cover, lines))
        seen, heads = cover > .4, filled(size, telling, origin) > .4
        if not heads.any():
            return None
        hidden, frame = np.zeros_like(seen), np.array([0, 0, *size])
        chance = rng.random()
        if chance < .3:
            self.road.hide(rng, picture, box_of(seen), hidden)
        elif chance < .42:
            frame = cut_frame(rng, box_of(seen), size)
        kept = seen & ~hidden
        kept[:, :frame[0]] = kept[:, frame[2]:] = kept[:frame[1]] = kept[frame[3]:] = False
        if rng.random() < .07:
            fragment(rng, kept)
        share = (heads & kept).sum() / heads.sum()
        if kept.sum() < max(LEAST_PAINT / 3, .15 * seen.sum()) or PARTLY < share < WHOLE:
            return None
        inside = picture[frame[1]:frame[3], frame[0]:frame[2]]
        box = box_of(kept) - np.tile(frame[:2], 2)
        return pixels_of(inside, loose(rng, box), rng.uniform(.1, .2)), labels_of(moves if share >= WHOLE and turn == 0 else "")


def turned(points, quarters):
    """Round the middle of the arrow."""
    x, y = (points - [0, 3]).T
    for _ in range(quarters):
        x, y = -y, x
    return np.stack([x, y + 3], 1)


def cut_frame(rng, box, size):
    """A frame that ends within the arrow or its margin at one side."""
    frame = np.array([0, 0, *size])
    at = int(rng.integers(4))
    low, high = box[at % 2], box[at % 2 + 2]
    inward = rng.uniform(-.15, .8) * (high - low)
    frame[at] = int(np.clip(low + inward if at < 2 else high - inward, 1, size[at % 2] - 1))
    return frame


def fragment(rng, kept):
    """Leaves what lies on one side of a line across the arrow."""
    x0, y0, x1, y1 = box_of(kept)
    low, high, part = (y0, y1, kept) if rng.random() < .7 else (x0, x1, kept.T)
    middle = int(low + rng.uniform(.25, .75) * (high - low))
    if rng.random() < .5:
        part[:middle] = False
    else:
        part[middle:] = False


def loose(rng, box):
    """As tracing in cells of some pixels leaves it."""
    w, h = box[2] - box[0], box[3] - box[1]
    return box + rng.normal(0, .05, 4) * [w, h, w, h]
