#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures models/reader on plates of every kind and of every province: whole strings, the province's character, with counts and
95 % Wilson intervals.

Example: scripts/eval/reader_kinds.py --data ../shared/data --model models/reader

Real plates of the report halves; and drawn ones in two ways that no training drew:
"worn": the glyphs of the training bent, made bolder or thinner and slanted, on plates with flaked paint, splashes from below, shade of
the recess and pressed edges; "other fonts": characters of Debian's CJK fonts stretched to the standard's boxes, as no real plate has
them. Drawn plates are 110 to 180 px wide (of two rows 140 to 220), a little turned, blurred and compressed: a person reads them.
A last table counts the characters that look alike, of real plates (the public benchmark too) and of drawn ones.
"""
import argparse
import collections
import pathlib
import sys

import cv2
import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common.card import load_model  # noqa: E402
from common.charset import PROVINCES  # noqa: E402
from common.data import DEFAULT_DATA  # noqa: E402
from common.drawn import LOOK_OF, PlateDrawer, random_text  # noqa: E402
from common.drawn_words import NOTO, WQY, glyph  # noqa: E402
from common.plate_crops import green_samples, public_plates, reader_samples, recognition_samples, validation, warp  # noqa: E402
from product import header, row, wilson  # noqa: E402
from reader import flat_of, greedy, read_all  # noqa: E402

KINDS = {"blue": "blue", "yellow": "yellow, one row", "yellow_double": "yellow, two rows", "green": "new energy, small",
         "yellow_green": "new energy, large", "police": "police", "coach": "coach 学", "trailer": "trailer 挂", "hk": "Hong Kong 港",
         "macau": "Macau 澳", "embassy": "embassy 使", "consulate": "consulate 领", "black": "black"}
GENERATED = {"hk": "hk_macau", "macau": "hk_macau"}   # the name that the drawer of the training has for them
FONTS = [NOTO + "NotoSansCJK-Bold.ttc", WQY + "wqy-zenhei.ttc", WQY + "wqy-microhei.ttc"]
EACH, SEED = 4 * len(PROVINCES), 23   # of each kind: every province equally often
ALIKE = ("0ODQ", "8B", "2Z", "5S", "川州", "苏鄂", "琼京")
WIDTH = {1: (110, 180), 2: (140, 220)}   # px, of one row and two


class UnseenDrawer(PlateDrawer):
    """Draws what no training drew; `fonts`: in characters of other fonts, else in bent glyphs."""

    def __init__(self, data, fonts):
        super().__init__(data)
        self.fonts = fonts
        self.dirty = []   # whether each plate drawn was flaked or splashed

    def plate(self, rng, kind, text):
        """(RGB plate, rows)"""
        variant = GENERATED.get(kind, kind)
        look = LOOK_OF.get(variant, variant)
        plate = self.face(rng, look, variant)
        self.font, self.bold, self.slant = FONTS[rng.integers(len(FONTS))], rng.uniform(-1, 1), rng.normal(0, .03)
        before = plate.copy()
        self.write(rng, plate, text, look, variant)
        plate, dirty = unseen_wear(rng, plate, before)
        self.dirty.append(dirty)
        return plate, 2 if look == "yellow_double" else 1

    def put(self, rng, plate, char, sets, x, y, w, h, colour):
        mask = cv2.resize(self.in_other_font(char) if self.fonts else self.bent(rng, char, sets), (w, h), interpolation=cv2.INTER_AREA)
        x, y = max(0, int(x + rng.normal(0, 1))), max(0, int(y + rng.normal(0, 1)))
        part = plate[y:y + h, x:x + w]
        mask = mask[:part.shape[0], :part.shape[1], None]
        part[:] = part * (1 - mask) + np.array(colour, np.float32) * mask

    def in_other_font(self, char):
        return glyph(char, self.font).astype(np.float32) / 255

    def bent(self, rng, char, sets):
        """The glyph bolder or thinner, slanted, and its strokes a little bent."""
        mask = cv2.resize(self.shape(char, sets), (90, 180))
        mask = np.clip((cv2.GaussianBlur(mask, (0, 0), 4) - .5 + .15 * self.bold) * 4 + .5, 0, 1)
        y, x = np.mgrid[:180, :90].astype(np.float32)
        shift = [cv2.resize(rng.normal(0, s, (5, 3)).astype(np.float32), (90, 180), interpolation=cv2.INTER_CUBIC) for s in (1.8, 2.6)]
        return cv2.remap(mask, x + shift[0] + self.slant * (y - 90), y + shift[1], cv2.INTER_LINEAR)


def unseen_wear(rng, plate, face):
    """(plate with pressed edges, flaked paint, splashes from below, the shade of a recess; whether it is flaked or splashed).
    `face`: the plate without its characters."""
    height, width = plate.shape[:2]
    written = np.abs(plate - face).max(2)
    edge = np.roll(written, (2, 2), (0, 1)) - np.roll(written, (-2, -2), (0, 1))
    plate = plate + edge[..., None] * rng.uniform(0, .18)
    flakes = rng.random() < .35
    if flakes:
        grain = cv2.GaussianBlur(rng.random((height, width)).astype(np.float32), (0, 0), rng.uniform(1.5, 3.5))
        flaked = grain > np.quantile(grain, rng.uniform(.965, .995))
        plate[flaked] = rng.uniform(120, 190)
    splashes = rng.random() < .35
    if splashes:
        depth = np.linspace(0, 1, height)[:, None] ** 3
        speckles = cv2.GaussianBlur(rng.random((height, width)).astype(np.float32), (0, 0), 2) > .53
        cover = (depth * speckles * rng.uniform(.3, .8))[..., None]
        plate = plate * (1 - cover) + np.array(rng.uniform([70, 55, 40], [140, 120, 95])) * cover
    if rng.random() < .4:
        plate[:int(height * rng.uniform(.08, .5))] *= rng.uniform(.45, .85)
    return np.clip(plate, 0, 255).astype(np.uint8), flakes or splashes


def flat(rng, plate, rows):
    """As the program would warp it from a picture."""
    w = rng.uniform(*WIDTH[rows])
    h = w * plate.shape[0] / plate.shape[1]
    quad = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32) + rng.normal(0, 1, (4, 2)) * [.02 * w, .05 * h]
    angle = rng.normal(0, .06)
    quad = ((quad - quad.mean(0)) @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) + [w, h * 1.2])
    quad = quad.astype(np.float32)
    size = (int(2 * w), int(2.4 * h))
    small = cv2.resize(plate, (int(w), int(h)), interpolation=cv2.INTER_AREA)
    corners = np.array([[0, 0], [int(w), 0], [int(w), int(h)], [0, int(h)]], np.float32)
    picture = cv2.warpPerspective(small, cv2.getPerspectiveTransform(corners, quad), size, borderMode=cv2.BORDER_CONSTANT,
                                  borderValue=[float(v) for v in rng.uniform(20, 160, 3)])
    picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(.3, .9)) * rng.uniform(.55, 1.1)
    picture = picture + rng.normal(0, rng.uniform(1, 6), picture.shape)
    data = cv2.imencode(".jpg", np.clip(picture, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(55, 95))])[1]
    found = quad.mean(0) + (quad - quad.mean(0)) * [1.03, 1.08]
    return warp(cv2.imdecode(data, cv2.IMREAD_COLOR), found.astype(np.float32), rows)


def text_of(rng, kind, province):
    """A string of a kind, with this province where the kind has any."""
    text = random_text(rng, GENERATED.get(kind, kind))
    if kind in ("hk", "macau"):
        return text[:-1] + KINDS[kind][-1]
    return text if kind == "embassy" else province + text[1:]


def kind_of(sample):
    """The kind of a real plate, by its string and look."""
    last = {"警": "police", "学": "coach", "挂": "trailer", "港": "hk", "澳": "macau", "使": "embassy", "领": "consulate"}
    if sample.text[-1] in last:
        return last[sample.text[-1]]
    if len(sample.text) == 8:
        return "yellow_green" if sample.text[-1] in "DF" and sample.text[2].isdigit() else "green"
    return "yellow" if "yellow" in sample.slices else "blue"


def read_drawn(net, drawer, failures):
    """(kind, truth, read) of drawn plates of every kind; pictures of failed ones are added to `failures`."""
    rng = np.random.default_rng(SEED)
    wanted = [(kind, text_of(rng, kind, PROVINCES[i % len(PROVINCES)])) for kind in KINDS for i in range(EACH)]
    flats = [flat(rng, *drawer.plate(rng, kind, text)) for kind, text in wanted]
    said = [(kind, text, read) for (kind, text), read in zip(wanted, greedy(read_all(net, flats, "cpu")))]
    failures += [(f"{text} read as {read}", picture) for (_, text, read), picture in zip(said, flats) if read != text]
    return said


def read_real(net, data):
    """(kind, truth, read) of every real plate of the report halves."""
    real = [s for source in (reader_samples, recognition_samples, green_samples) for s in validation(source(data, "val"), "report")]
    return [(kind_of(s), s.text, read) for s, read in zip(real, greedy(read_all(net, [flat_of(s) for s in real], "cpu")))]


def read_public(net, data):
    flats, texts = public_plates(data)
    return [("public", truth, read) for truth, read in zip(texts, greedy(read_all(net, flats, "cpu")))]


def dirt_table(said, dirty):
    header("Whole strings, drawn worn")
    for name, wanted in (("dirty: flaked paint or splashes", True), ("neither", False)):
        mine = [(truth, read) for (_, truth, read), d in zip(said, dirty) if d == wanted]
        row(name, sum(read == truth for truth, read in mine), len(mine))


def alike_table(ways):
    """Of each character that has look-alikes: how often it is read rightly, and what it is taken for. Strings of a wrong length have
    no places to compare and count no character."""
    print("\n| character | real | drawn, worn | drawn, other fonts |\n|---|---|---|---|")
    pairs = [[(t, r) for _, truth, read in said if len(truth) == len(read) for t, r in zip(truth, read)] for said in ways]
    for group in ALIKE:
        for char in group:
            print(f"| {char} (like {' '.join(c for c in group if c != char)}) | {' | '.join(taken_for(char, some) for some in pairs)} |")


def taken_for(char, pairs):
    read = collections.Counter(r for t, r in pairs if t == char)
    n, wrong = sum(read.values()), [f"{c} {k}" for c, k in read.most_common() if c != char]
    return f"{read[char]} of {n}{'; as ' + ', '.join(wrong) if wrong else ''}" if n else "none"


def tables(ways):
    """`ways`: what was said of real plates, of worn ones and of those in other fonts."""
    of = [[[(t, r) for kind, t, r in said if kind == k] for k in KINDS] for said in ways]
    print("| kind | real | drawn, worn | drawn, other fonts |\n|---|---|---|---|")
    for i, name in enumerate(KINDS.values()):
        print(f"| {name} | {' | '.join(cell(kinds[i]) for kinds in of)} |")
    print("\n| province | real | drawn, worn | drawn, other fonts |\n|---|---|---|---|")
    for name, provinces in [*((p, p) for p in PROVINCES), ("all", PROVINCES)]:
        pairs = [[(t, r) for kind, t, r in said if t[0] in provinces and kind not in ("hk", "macau")] for said in ways]
        print(f"| {name} | {' | '.join(cell(some, province=True) for some in pairs)} |")


def cell(pairs, province=False):
    """Counts, share and interval of whole strings or of first characters that were read rightly."""
    right, n = sum(read[:1] == truth[0] if province else read == truth for truth, read in pairs), len(pairs)
    low, high = wilson(right, n)
    return f"{right} of {n}, {100 * right / n:.1f} % ({100 * low:.1f} to {100 * high:.1f})" if n else "none"


def show(failures, path):
    """Ten failures, drawn above one another."""
    from PIL import Image, ImageDraw, ImageFont

    sheet = Image.new("RGB", (620, 100 * len(failures)), (255, 255, 255))
    font = ImageFont.truetype(NOTO + "NotoSansCJK-Regular.ttc", 16)
    for i, (said, picture) in enumerate(failures):
        sheet.paste(Image.fromarray(cv2.resize(picture, (336, 96))), (0, 100 * i))
        ImageDraw.Draw(sheet).text((345, 100 * i + 36), said, font=font, fill=(0, 0, 0))
    sheet.save(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/reader"))
    parser.add_argument("--failures", type=pathlib.Path, help="a picture of ten drawn plates that were misread")
    args = parser.parse_args()
    torch.set_num_threads(1)
    net, failures = load_model(args.model)[1], []
    drawers = [UnseenDrawer(args.data, fonts) for fonts in (False, True)]
    real, worn, other = read_real(net, args.data), *(read_drawn(net, drawer, failures) for drawer in drawers)
    tables([real, worn, other])
    dirt_table(worn, drawers[0].dirty)
    alike_table([real + read_public(net, args.data), worn, other])
    if args.failures:
        show([failures[i] for i in np.random.default_rng(SEED).permutation(len(failures))[:10]], args.failures)


if __name__ == "__main__":
    sys.exit(main())
