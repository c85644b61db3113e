# SPDX-License-Identifier: Apache-2.0
"""Draws lane arrows (GB 5768.3 shapes, metres) in perspective, with wear, on road cut from real pictures."""
import cv2
import numpy as np

KINDS = {"S": .2, "L": .14, "R": .14, "LS": .12, "SR": .12, "U": .07, "UL": .06, "US": .05, "LR": .06, "LSR": .04}
LENGTH = 6.0   # m from the foot of the stem to the tip of a straight arrow
FINE = 2       # supersampling
SMALLEST = (14, 8)   # px, width and height
LARGEST = 110          # a larger one comes to the net shrunk


class Shape:
    """The numbers of one arrow; the defaults are those of the rendered scenes."""

    def __init__(self, rng=None):
        def between(low, high, usual):
            return usual if rng is None else rng.uniform(low, high)
        self.stem = between(.07, .17, .09)          # half widths
        self.head = between(.26, .5, .34)
        self.tip = between(1.7, 2.6, 2.3)           # length of the straight head
        self.reach = between(.42, .8, .47)          # where the side head's base stands
        self.point = between(.35, .75, .6)          # how far its tip goes beyond
        self.base = between(.7, 1.3, 1.2)           # half its base, along the lane
        self.lift = between(-.1, .8, .35)           # of its tip, forwards
        self.slant = between(.2, 1.1, .8)           # how far the branch climbs
        self.branch = between(.25, .8, .75)         # thickness of the branch along the lane
        self.low, self.high = between(1.1, 2.6, 1.6), between(2.6, 3.9, 3.0)
        self.bend = rng is not None and rng.random() < .4
        self.hook = between(.35, .6, .4)            # half width of the U
        self.long = between(.62, 1.5, 1.0)          # of the whole along the lane


def rectangle(x0, y0, x1, y1):
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def side(shape, sign, foot):
    """A branch from the stem and its head, to the left (-1) or the right (1)."""
    top = foot + shape.slant
    if shape.bend:
        turns = np.linspace(0, np.pi / 2, 7)
        outer = [(sign * (shape.reach - shape.reach * np.cos(t)), foot + (shape.slant + shape.branch) * np.sin(t)) for t in turns]
        inner = [(sign * (shape.reach - max(.05, shape.reach - .2) * np.cos(t)), foot + shape.slant * np.sin(t)) for t in turns]
        branch = outer + inner[::-1]
    else:
        branch = [(0, foot), (0, foot + shape.branch), (sign * (shape.reach + .05), top + shape.branch), (sign * (shape.reach + .05), top)]
    middle = top + shape.branch * .8
    head = [(sign * shape.reach, middle - shape.base), (sign * shape.reach, middle + shape.base),
            (sign * (shape.reach + shape.point), middle + shape.lift)]
    return [branch, head]


def hooked(shape, x, top):
    """From the stem at x over `top` to the left and back down."""
    left, w = x - 2 * shape.hook, shape.stem
    if shape.bend:
        turns = np.linspace(0, np.pi, 13)
        middle = x - shape.hook
        arc = [(middle + (shape.hook + w) * np.cos(t), top - .6 + .9 * np.sin(t)) for t in turns]
        arc += [(middle + (shape.hook - w) * np.cos(t), top - .6 + .5 * np.sin(t)) for t in turns[::-1]]
        bow = [arc]
    else:
        bow = [rectangle(left - w, top - .6, x + w, top)]
    return bow + [rectangle(left - w, top - 1.6, left + w, top - .5),
                  [(left - shape.head, top - 1.5), (left + shape.head, top - 1.5), (left, top - 1.5 - shape.tip * .85)]]


def polygons(kind, shape):
    """The arrow's polygons in metres, x to the right, y forwards, the foot of its stem at 0."""
    if kind == "U":
        return [rectangle(shape.hook - shape.stem, 0, shape.hook + shape.stem, 4.0)] + hooked(shape, shape.hook, 4.2)
    straight = "S" in kind
    sides = [sign for sign, letter in ((-1, "L"), (1, "R")) if letter in kind]
    foot = shape.low if straight else shape.high
    stem = LENGTH - shape.tip + .3 if straight else foot + (.1 if shape.bend else shape.branch * .6)
    parts = [rectangle(-shape.stem, 0, shape.stem, stem)]
    if straight:
        parts.append([(-shape.head, LENGTH - shape.tip), (shape.head, LENGTH - shape.tip), (0, LENGTH)])
    for sign in sides:
        parts += side(shape, sign, foot)
    if "U" in kind:
        parts += hooked(shape, 0, min(foot, 2.6) if sides else shape.high)
    return parts


def footless(parts, foot=2.4):
    """What of the polygons lies beyond `foot` metres (.7 where a head hangs lower, of U-turns): the rest tells nothing."""
    lowest = .7 if min(y for part in parts[1:] for _, y in part) < 1.2 else foot
    kept = []
    for part in parts:
        cut = []
        for (xa, ya), (xb, yb) in zip(part, part[1:] + part[:1]):
            if ya >= lowest:
                cut.append((xa, ya))
            if (ya >= lowest) != (yb >= lowest):
                t = (lowest - ya) / (yb - ya)
                cut.append((xa + t * (xb - xa), lowest))
        if len(cut) > 2:
            kept.append(cut)
    return kept


class Camera:
    """Where road points lie in the picture: x to the right, y forwards, in metres; the picture's origin is arbitrary."""

    def __init__(self, rng):
        self.height, self.focal, self.pitch = rng.uniform(1.2, 9), 1.0, rng.uniform(0, .5)
        self.roll = rng.normal(0, .03)
        self.place = np.array([rng.normal(0, 1) * (2.5 + .3 * self.height), np.exp(rng.uniform(np.log(4), np.log(60)))])
        turn = rng.normal(0, .08)
        self.turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])

    def see(self, points):
        """None when a point lies behind the camera."""
        x, y = (np.asarray(points, float) @ self.turned.T + self.place).T
        depth = y * np.cos(self.pitch) + self.height * np.sin(self.pitch)
        if depth.min() < .5:
            return None
        down = self.height * np.cos(self.pitch) - y * np.sin(self.pitch)
        u, v = self.focal * x / depth, self.focal * down / depth
        c, s = np.cos(self.roll), np.sin(self.roll)
        return np.stack([u * c - v * s, u * s + v * c], 1)


def placed(rng, parts, largest=LARGEST):
    """(the parts in pixels, their camera) at a size that the program would trace."""
    cuts = np.cumsum([len(p) for p in parts])[:-1]
    points = np.concatenate(parts)
    while True:
        camera = Camera(rng)
        seen = camera.see(points)
        if seen is None:
            continue
        size = seen.max(0) - seen.min(0)
        camera.focal = np.exp(rng.uniform(np.log(SMALLEST[0]), np.log(largest))) / size.max()
        if (size * camera.focal >= SMALLEST).all():
            return np.split(seen * camera.focal, cuts), camera


def filled(size, parts, origin):
    """Coverage 0 to 1 of the polygons in a picture of `size` (width, height) whose corner lies at `origin`."""
    fine = np.zeros((size[1] * FINE, size[0] * FINE), np.uint8)
    for part in parts:
        cv2.fillPoly(fine, [np.round((part - origin) * FINE * 16).astype(np.int32)], 255, shift=4)
    return cv2.resize(fine, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def lines_beside(rng, camera):
    """Lane lines and a stop line round the arrow, in pixels."""
    half, w = rng.uniform(1.4, 1.95), rng.uniform(.06, .1)
    parts = [rectangle(s * half - w, -8, s * half + w, 14) for s in (-1, 1) if rng.random() < .7]
    if rng.random() < .25:
        ahead = rng.uniform(7.5, 11)
        parts.append(rectangle(-half, ahead, half, ahead + .4))
    seen = [camera.see(p) for p in parts]
    return [p for p in seen if p is not None and np.abs(p).max() < 5000]


def patchy(rng, size, grain):
    """Noise from 0 to 1, about `grain` px wide."""
    cells = rng.random((max(2, int(size[1] / grain)), max(2, int(size[0] / grain)))).astype(np.float32)
    return cv2.resize(cells, size, interpolation=cv2.INTER_CUBIC)


def painted(rng, road, cover, tint=(1, 1, 1)):
    """Paint of a colour on the road: thinner in patches, rarely clean."""
    size = road.shape[1::-1]
    worn = rng.choice([0, .25, .5, .75], p=[.3, .35, .25, .1])
    thin = np.clip((patchy(rng, size, rng.uniform(2, 14)) - (1 - worn)) * 3, 0, 1)
    alpha = cover * (1 - thin * rng.uniform(.4, 1)) * rng.uniform(.55, 1)
    ground = road.astype(np.float32)
    bright = np.clip(ground.mean() + rng.uniform(45, 150), 90, 255)
    paint = bright * rng.uniform(.94, 1, 3) * tint + (ground - ground.mean()) * rng.uniform(.2, .7)
    return np.clip(ground + (paint - ground) * alpha[..., None], 0, 255).astype(np.uint8)
