# SPDX-License-Identifier: Apache-2.0
"""Crops of words painted on the road with what they say: bus, nonmotor, or other.

`bus` and `nonmotor` are crops of which a person could tell it: two characters of 公交专用 with 公 or 交 among them, 非 and one more of
非机动车 (without 非 it is a word for motor vehicles), a bicycle. Every other word or number, words too much hidden, and words of
both kinds in one crop are `other`. Where enough is in doubt nobody is asked.
"""
import functools

import cv2
import numpy as np

from . import arrow_crops, crop_net
from .arrow_crops import LEAST_PAINT, box_of, cut_frame, fragment, loose
from .data import half, mask, rendered_cases
from .drawn_arrows import lines_beside, filled, painted, placed
from .drawn_words import BICYCLE, NOTO, Sign, column, glyph, seen
from .signal_crops import pixels_of as stretched

MEANINGS = ["bus", "nonmotor", "other"]
SIZE = (64, 96)              # width, height
PAINT = 9                    # in rendered masks
APART = 18                   # px of 1280: half of what the program bridges to make one mark
PLAIN, LOST = .7, .35        # share of a character's paint from which it shows, below which it does not
LEAST_AREA = 420             # px of a drawn box: less is not traced
LARGEST = 150                # px of a drawn crop; a larger one comes to the net shrunk
YELLOW = (1, .8, .3)


def pixels_of(picture, box, margin=arrow_crops.MARGIN):
    return stretched(picture, box, margin, SIZE)


def tells(text):
    """bus, nonmotor or "" of the characters that show, in their order."""
    if BICYCLE in text:
        return "nonmotor"
    if "非" in text and len(set(text) & set("机动车")) > 0 or "自" in text and len(set(text) & set("行车")) > 0:
        return "nonmotor"
    if "BUS" in text or set(text) & set("公交") and len(set(text) & set("公交专用车道")) > 1:
        return "bus"
    return ""


def meaning_of(words, shares):
    """The label of a crop in which of each sign of each word this share shows; None where that is in doubt."""
    sure, possible = set(), set()
    for signs, parts in zip(words, shares):
        sure.add(tells("".join(s.text for s, p in zip(signs, parts) if p >= PLAIN)))
        possible.add(tells("".join(s.text for s, p in zip(signs, parts) if p > LOST)))
    sure, possible = sure - {""}, possible - {""}
    return None if sure != possible else MEANINGS.index(sure.pop() if len(sure) == 1 else "other")


def shares_of(words, which, visible):
    """Of each sign of each word the share of its paint that is visible."""
    signs, shares = 0, []
    for word in words:
        parts = []
        for _ in word:
            own = which == signs
            parts.append((own & visible).sum() / max(1, own.sum()))
            signs += 1
        shares.append(parts)
    return shares


class Word(arrow_crops.Piece):
    KEPT = 160

    def __init__(self, pictures, file, box, meaning, source, group):
        super().__init__(pictures, file, box, source, group)
        self.labels = np.int64(meaning)


def own_words(site):
    """The words of a rendered road: lists of signs, with the characters where the renderer paints them."""
    lane, count, junction = site["lane_w"], site["n_lanes"], site["kind"] == "junction"
    right = count * lane + site["shoulder"]

    def text(chars, x, top, w, h, gap):
        y = top - len(chars) * (h + gap)
        return [Sign(c, glyph(c, NOTO + "NotoSansCJK-Bold.ttc"), x - w / 2, y + i * (h + gap), w, h) for i, c in enumerate(chars)]

    if site.get("bus_lane"):
        x = .3 + (site["bus_lane"] - .5) * lane
        for top in (-3, -26) if junction else (60, 36, 14, -8):
            yield text("公交专用", x, top, 2.2, 2.8, .5)
    if site.get("nonmotor"):
        x, room = (.3 + count * lane + right) / 2, right - .3 - count * lane
        for top in (-4, -24) if junction else (9, 44):
            yield text("非机动车", x, top, min(1.5, room - .5), 2, .35)
        for y in (-14, -30) if junction else (-6, 12, 30, 55):
            yield [Sign(BICYCLE, rendered_bicycle(), x - .65, y, 1.3, 2.6)]


@functools.lru_cache(maxsize=1)
def rendered_bicycle():
    return np.full((96, 96), 255, np.uint8)  # its strokes come from the mask


def rendered(data, split):
    for pictures, row, case in rendered_cases(data, split):
        words = list(own_words(case["site"]))
        if not words:
            continue
        matrix = np.array(case["camera"]["P"])[:, [0, 1, 3]]

        def project(points):
            seen_there = np.concatenate([points, np.ones((len(points), 1))], 1) @ matrix.T
            return seen_there[:, :2] / seen_there[:, 2:] if seen_there[:, 2].min() > .5 else None

        for panel in case["panels"]:
            labels = mask(pictures.folder / row["dir"] / panel["seg"])
            for box, meaning in in_panel(words, project, labels):
                yield Word(pictures, f"{row['dir']}/{panel['file']}", box, meaning, "rendered", row["site_id"] or row["case_id"])


def in_panel(words, project, labels):
    """(box, label) of what the program would trace as one mark of words in a rendered panel."""
    paint = (labels == PAINT).astype(np.uint8)
    _, which = seen([s for word in words for s in word], project, labels.shape[::-1])
    joined = cv2.dilate(paint, np.ones((2 * APART + 1, 2 * APART + 1), np.uint8))
    count, names = cv2.connectedComponents(joined)
    for name in range(1, count):
        cover = (names == name) & (paint > 0)
        if cover.sum() < LEAST_PAINT:
            continue
        near = cv2.dilate(cover.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        shares = shares_of(words, which, near)
        for word, parts in zip(words, shares):
            if word[0].text == BICYCLE:  # its box is filled with paint in part
                parts[0] = min(1, parts[0] * 2.2)
        meaning = meaning_of(words, shares)
        if meaning is not None:
            yield box_of(cover), meaning


def other_paint(data, split):
    for piece in arrow_crops.other_paint(data, split, kinds=(2, 3, 6, 7, 8, 11)):
        yield Word(piece.pictures, piece.file, piece.box, MEANINGS.index("other"), "other_paint", piece.group)


SOURCES = (rendered, other_paint)


class Drawer(crop_net.Drawer):
    """Drawn words."""

    KINDS = {"bus": .34, "nonmotor": .34, "other": .3, "two": .02}

    def __init__(self, road, split="train"):
        self.road, self.split = road, split

    def words(self, rng):
        kind = rng.choice(list(self.KINDS), p=list(self.KINDS.values()))
        if kind != "two":
            return column(rng, kind, self.split)
        beside = column(rng, "nonmotor", self.split)
        aside = rng.uniform(2.4, 3.4) * rng.choice([-1, 1])
        for sign in (s for word in beside for s in word):
            sign.corners = sign.corners + [aside, 0]
        return column(rng, "bus", self.split) + beside

    def attempt(self, rng):
        words = self.words(rng)
        signs = [s for word in words for s in word]
        if rng.random() < .12:  # read by those who come against
            for sign in signs:
                sign.corners = -sign.corners
        corners, camera = placed(rng, [s.corners for s in signs], LARGEST)
        points = np.concatenate(corners)
        room = 12 + .3 * (points.max(0) - points.min(0)).max()
        origin = np.floor(points.min(0) - room)
        size = tuple(int(s) for s in np.ceil(points.max(0) - origin + room))
        if max(size) > 700:
            return None
        cover, which = seen(signs, lambda p: camera.see(p) - origin, size)
        lines = filled(size, lines_beside(rng, camera), origin)
        tint = YELLOW if rng.random() < .15 else (1, 1, 1)
        picture = painted(rng, self.road.piece(rng, size), np.maximum(cover, lines), tint)
        there = cover > .4
        hidden, frame = np.zeros_like(there), np.array([0, 0, *size])
        chance = rng.random()
        if chance < .4:
            self.road.hide(rng, picture, box_of(there), hidden)
        elif chance < .5:
            frame = cut_frame(rng, box_of(there), size)
        visible = ~hidden
        visible[:, :frame[0]] = visible[:, frame[2]:] = visible[:frame[1]] = visible[frame[3]:] = False
        kept = there & visible
        if rng.random() < .15:
            fragment(rng, kept)
        if kept.sum() < LEAST_PAINT / 3 or not kept.any() or area_of(box_of(kept)) < LEAST_AREA:
            return None
        box, margin = loose(rng, box_of(kept)), rng.uniform(.1, .2)
        meaning = meaning_of(words, shares_of(words, which, visible & within(box, margin, size)))
        if meaning is None:
            return None
        inside = picture[frame[1]:frame[3], frame[0]:frame[2]]
        return pixels_of(inside, box - np.tile(frame[:2], 2), margin), np.int64(meaning)


def area_of(box):
    return (box[2] - box[0]) * (box[3] - box[1])


def within(box, margin, size):
    """True where the crop of a box shows the picture."""
    grow = margin * max(box[2] - box[0], box[3] - box[1])
    x0, y0, x1, y1 = np.round([box[0] - grow, box[1] - grow, box[2] + grow, box[3] + grow]).astype(int)
    inside = np.zeros(size[::-1], bool)
    inside[max(0, y0):max(0, y1), max(0, x0):max(0, x1)] = True
    return inside


def validation(words, part):
    return [w for w in words if half(w.group) == part]
