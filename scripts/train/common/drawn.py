# SPDX-License-Identifier: Apache-2.0
"""Draws plates of every kind from glyph images (GA 36 layout, 1 px a mm), with random strings and wear; some in other fonts, so that
the reader learns characters and not one drawing of each.

Kinds: blue yellow yellow_double green yellow_green white black. Sizes: 440 x 140, 440 x 220 (double), 480 x 140 (green).
"""
import functools
import pathlib

import cv2
import numpy as np

from .charset import DIGITS, LETTERS, PROVINCES
from .data import csv_rows
from .drawn_words import NOTO, glyph

SIZES = {"yellow_double": (440, 220), "green": (480, 140), "yellow_green": (480, 140)}
LIGHT_INK, DARK_INK = (245, 245, 245), (15, 15, 15)
FACES = {"blue": (20, 60, 160), "yellow": (240, 180, 20), "yellow_double": (240, 180, 20), "white": (235, 235, 235),
         "black": (20, 20, 25), "green": (110, 200, 120), "yellow_green": (110, 200, 120)}
# variant: (kind of look, share)
VARIANTS = {"blue": .34, "yellow": .1, "yellow_double": .12, "green": .14, "yellow_green": .06, "police": .05, "coach": .05,
            "trailer": .04, "hk_macau": .04, "embassy": .03, "consulate": .03}
LOOK_OF = {"police": "white", "coach": "yellow", "trailer": "yellow_double", "hk_macau": "black", "embassy": "black",
           "consulate": "black"}

# Fonts of Debian: fonts-noto-cjk, fonts-arphic-uming, -ukai, -gbsn00lp, -gkai00mp; fonts-liberation, fonts-freefont-ttf, fonts-roboto, fonts-lato.
# None is of a family in which scripts/eval/reader_kinds.py draws what no training drew.
FOLDER = "/usr/share/fonts/truetype/"
HAN = [NOTO + "NotoSerifCJK-Regular.ttc", NOTO + "NotoSerifCJK-Bold.ttc"] + [FOLDER + name for name in (
    "arphic/uming.ttc", "arphic/ukai.ttc", "arphic-gbsn00lp/gbsn00lp.ttf", "arphic-gkai00mp/gkai00mp.ttf")]
LATIN = [FOLDER + name for name in (
    "liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf", "liberation/LiberationSansNarrow-Bold.ttf",
    "liberation/LiberationMono-Bold.ttf", "freefont/FreeSansBold.ttf", "freefont/FreeMonoBold.ttf", "lato/Lato-Regular.ttf",
    "lato/Lato-Bold.ttf", "lato/Lato-Black.ttf", "roboto/unhinted/RobotoCondensed-Bold.ttf", "roboto/unhinted/RobotoTTF/Roboto-Medium.ttf",
    "roboto/unhinted/RobotoTTF/Roboto-Black.ttf")]
IN_OTHER_FONTS = .3


@functools.lru_cache
def fonts_are_there():
    missing = [font for font in HAN + LATIN if not pathlib.Path(font).exists()]
    if missing:
        print(f"{missing[0]} is not installed: all plates are drawn in the glyphs of the standard", flush=True)
    return not missing


def pick(rng, letters):
    return letters[rng.integers(len(letters))]


def serial(rng, n, letters=LETTERS, most_letters=2):
    """n digits, some of them letters; repeated characters on purpose now and then."""
    if rng.random() < .12:
        return pick(rng, DIGITS + letters) * n if rng.random() < .3 else "".join(
            np.repeat([pick(rng, DIGITS + letters) for _ in range(n)], 2))[:n]
    text = [pick(rng, DIGITS) for _ in range(n)]
    for i in rng.permutation(n)[:rng.integers(0, most_letters + 1)]:
        text[i] = pick(rng, letters)
    return "".join(text)


def random_text(rng, variant):
    province, letter = pick(rng, PROVINCES), pick(rng, LETTERS)
    if variant == "green":
        return province + letter + pick(rng, "DDDFFABCEGHJK") + pick(rng, DIGITS + LETTERS) + serial(rng, 4, most_letters=0)
    if variant == "yellow_green":
        return province + letter + serial(rng, 5, most_letters=0) + pick(rng, "DF")
    if variant == "police":
        return province + letter + serial(rng, 4, most_letters=1) + "警"
    if variant == "coach":
        return province + letter + serial(rng, 4, most_letters=1) + "学"
    if variant == "trailer":
        return province + letter + serial(rng, 4, most_letters=1) + "挂"
    if variant == "hk_macau":
        return "粤Z" + serial(rng, 4) + pick(rng, "港澳")
    if variant == "embassy":
        return serial(rng, 6, most_letters=0) + "使"
    if variant == "consulate":
        return province + letter + serial(rng, 4, most_letters=0) + "领"
    return province + letter + serial(rng, 5)


class PlateDrawer:
    """Glyphs and bases loaded once; `random` gives an RGB plate."""

    def __init__(self, data):
        folder = data / "plates" / "glyphs"
        self.glyphs = {}
        for row in csv_rows(folder / "glyphs.csv"):
            picture = cv2.imread(str(folder / row["file"]), cv2.IMREAD_GRAYSCALE)
            self.glyphs[row["set"], row["char"]] = 1 - picture.astype(np.float32) / 255
        self.bases = {}
        for row in csv_rows(folder / "base.csv"):
            self.bases[row["kind"]] = cv2.imread(str(folder / row["file"]))[:, :, ::-1]
        self.written_in = None   # a plate in other fonts: that of its Chinese characters and that of its letters and digits

    def random(self, rng, variant=None):
        """(plate, text, look, rows) of a random string; the variant is drawn by its share when not given."""
        names = list(VARIANTS)
        shares = np.array(list(VARIANTS.values()))
        variant = variant or names[rng.choice(len(names), p=shares / shares.sum())]
        text = random_text(rng, variant)
        look = LOOK_OF.get(variant, variant)
        self.written_in = (pick(rng, HAN), pick(rng, LATIN)) if rng.random() < IN_OTHER_FONTS and fonts_are_there() else None
        plate = self.face(rng, look, variant)
        self.write(rng, plate, text, look, variant)
        return wear(rng, plate), text, look, 2 if look == "yellow_double" else 1

    def face(self, rng, look, variant):
        width, height = SIZES.get(look, (440, 140))
        base = {"blue": ["blue_single"], "yellow": ["yellow_single"], "yellow_double": ["yellow_double"],
                "green": ["green_small", "green_small_b"], "yellow_green": ["green_large", "green_large_b"],
                "white": ["white_police_single"],
                "black": {"embassy": ["black_embassy_shi"], "consulate": ["black_consulate_ling"]}.get(
                    variant, ["black_single"])}[look]
        plate = cv2.resize(self.bases[base[rng.integers(len(base))]], (width, height), interpolation=cv2.INTER_AREA)
        plate = plate.astype(np.float32)
        if rng.random() < .8:  # flat drawings are purer than paint: mix in a jittered face colour
            tint = np.array(FACES[look], np.float32) * rng.uniform(.7, 1.3, 3)
            plate = plate * .6 + tint * .4 if look not in ("white", "black") else plate * rng.uniform(.8, 1.1, 3)
        return plate

    def write(self, rng, plate, text, look, variant):
        ink = LIGHT_INK if look in ("blue", "black") else DARK_INK
        red = (200, 30, 30)
        for char, (sets, x, y, w, h) in zip(text, self.layout(text, look)):
            colour = red if char in "警" and rng.random() < .8 else ink
            self.put(rng, plate, char, sets, x, y, w, h, colour)

    @staticmethod
    def layout(text, look):
        """Glyph sets to try, and the box in mm, of each character."""
        if look == "yellow_double":
            top = [(["double_220_top"], 110 + 140 * i, 15, 80, 60) for i in range(2)]
            return top + [(["double_220_bottom"], 27.5 + 80 * i, 90, 65, 110) for i in range(5)]
        if look in ("green", "yellow_green"):
            xs = [15.5, 69.5, 151.5] + [151.5 + 52 * i for i in range(1, 6)]
            return [(["newenergy_140"], x, 25, 45 if i == 0 else 43, 90) for i, x in enumerate(xs)]
        xs = [15.5, 72.5, 151.5] + [151.5 + 57 * i for i in range(1, 5)]
        return [(["single_140"], x, 25, 45, 90) for x in xs]

    def put(self, rng, plate, char, sets, x, y, w, h, colour):
        shape = self.shape(char, sets)
        w, h = int(w * rng.uniform(.94, 1.04)), int(h * rng.uniform(.96, 1.03))
        mask = cv2.resize(shape, (w, h), interpolation=cv2.INTER_AREA)[..., None]
        x, y = int(x + rng.normal(0, 1)), int(y + rng.normal(0, 1))
        y, x = max(0, y), max(0, x)
        part = plate[y:y + h, x:x + w]
        mask = mask[:part.shape[0], :part.shape[1]]
        part[:] = part * (1 - mask) + np.array(colour, np.float32) * mask

    def shape(self, char, sets):
        """Coverage, 0 to 1, of a character."""
        if self.written_in is not None:
            return glyph(char, self.written_in[char.isascii()]).astype(np.float32) / 255
        names = [*sets, "single_140", "newenergy_140", "double_220_bottom", "double_220_top"]
        return next(self.glyphs[name, char] for name in names if (name, char) in self.glyphs)


def wear(rng, plate):
    """Bolts, frames, dirt, scratches and uneven light on a clean plate."""
    height, width = plate.shape[:2]
    if rng.random() < .4:
        for x in (width * .25, width * .75):
            for y in (height * .08, height * .92):
                if rng.random() < .7:
                    cv2.circle(plate, (int(x + rng.normal(0, 6)), int(y)), int(rng.integers(4, 9)),
                               [float(v) for v in rng.uniform(60, 200, 3)], -1)
    if rng.random() < .25:
        cv2.rectangle(plate, (0, 0), (width - 1, height - 1), [float(v) for v in rng.uniform(0, 220, 3)],
                      int(rng.integers(4, 16)))
    if rng.random() < .35:
        noise = cv2.resize(rng.random((5, 14)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
        dirt = np.clip(noise - rng.uniform(.5, .9), 0, 1)[..., None] * rng.uniform(.3, 1.2)
        plate[:] = plate * (1 - dirt) + np.array(rng.uniform(50, 130, 3), np.float32) * dirt
    if rng.random() < .2:
        for _ in range(rng.integers(1, 5)):
            p, q = rng.integers(0, [width, height]), rng.integers(0, [width, height])
            cv2.line(plate, [int(v) for v in p], [int(v) for v in q], [float(v) for v in rng.uniform(80, 230, 3)], 1)
    return np.clip(plate, 0, 255).astype(np.uint8)
