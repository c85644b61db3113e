# SPDX-License-Identifier: Apache-2.0
"""Lays out words painted on the road, metre by metre: one character a row, the first one nearest to the driver.

Fonts are those of Debian's fonts-noto-cjk, fonts-wqy-zenhei and fonts-wqy-microhei.
"""
import functools

import cv2
import numpy as np

NOTO, WQY = "/usr/share/fonts/opentype/noto/", "/usr/share/fonts/truetype/wqy/"
FONTS = {"train": [NOTO + "NotoSansCJK-Bold.ttc", NOTO + "NotoSansCJK-Regular.ttc", NOTO + "NotoSerifCJK-Bold.ttc", WQY + "wqy-zenhei.ttc"],
         "val": [WQY + "wqy-microhei.ttc"]}
BICYCLE = "\N{BICYCLE}"     # drawn by strokes
CELL = .025                 # m of a picture of the road from above
SMOOTH = 96                 # px of a glyph
BUS = {"公交专用": .5, "公交车道": .14, "公交": .14, "公交车专用": .06, "公交专用道": .06, "BUS": .1}
NONMOTOR = {"非机动车": .36, BICYCLE: .34, "非机动车道": .08, "自行车": .14, "自行车道": .08}
OTHER = ["机动车", "机动车道", "小型车", "小型车道", "大型车", "大型车道", "客车", "客车道", "货车", "小客车", "超车道", "行车道", "快速", "快速路", "慢",
         "慢行", "停", "让", "学校", "前方学校", "消防通道", "禁停", "禁止停车", "出租车", "出租车专用", "掉头", "减速让行", "注意行人", "待转区", "左转", "直行", "右转",
         "可变车道", "潮汐车道", "应急车道", "出口", "入口", "机场", "火车站", "人民路", "中山路", "解放路", "北京", "上海", "高速", "环路", "专用", "车道", "校车", "电动车禁行",
         "行人", "人行", "收费", "限速", "40", "50", "60", "70", "80", "100", "120", "30", "5", "STOP", "SLOW", "TAXI", "ETC", "P"]
HOURS = ["7-9", "7:00-9:00", "17-19", "17:00-19:00", "7:30-9:30", "16:30-18:30", "6-22"]
LANE = "人民中山解放北京上海东西南北大路街道口站桥江河湖新华建设"


@functools.lru_cache(maxsize=4000)
def glyph(text, font, size=SMOOTH):
    """[size,size] coverage 0 to 1 of a character (or of a row of them), cut close and stretched."""
    from PIL import Image, ImageDraw, ImageFont

    face = ImageFont.truetype(font, size)
    x0, y0, x1, y1 = face.getbbox(text)
    picture = Image.new("L", (x1 - x0, y1 - y0), 0)
    ImageDraw.Draw(picture).text((-x0, -y0), text, font=face, fill=255)
    return cv2.resize(np.array(picture), (size, size), interpolation=cv2.INTER_AREA)


def bicycle(rng, size=SMOOTH):
    """A bicycle from the side, by strokes."""
    def between(low, high):
        return rng.uniform(low, high)
    paint, r = np.zeros((size, size), np.uint8), between(.17, .25)
    left, right, low = (between(.2, .26), 0), (between(.74, .8), 0), 1 - r - .06
    crank, seat, head = (.5 + between(-.06, .04), low), (.4 + between(-.05, .04), between(.2, .36)), (.68 + between(-.04, .04), between(.2, .36))
    hub, fore = (left[0], low), (right[0], low)
    strokes = [[(x + r * np.cos(t), low + r * np.sin(t)) for t in np.linspace(0, 2 * np.pi, 25)] for x in (left[0], right[0])]
    strokes += [[hub, seat, head, crank, hub], [crank, seat], [fore, head, (head[0] - .02, head[1] - .12)],
                [(head[0] - .02, head[1] - .12), (head[0] + between(-.1, .14), head[1] - .14)],
                [(seat[0] - .08, seat[1] - .06), (seat[0] + .08, seat[1] - .06)], [seat, (seat[0], seat[1] - .06)]]
    wide = int(between(3, 9))
    for stroke in strokes:
        points = np.round(np.array(stroke) * size).astype(np.int32)
        cv2.polylines(paint, [points], False, 255, wide, cv2.LINE_AA)
    return paint[:, ::-1] if rng.random() < .5 else paint


class Sign:
    """One character or row on the road: its glyph, and where it lies (metres, x to the right, y forwards)."""

    def __init__(self, text, paint, x, y, w, h):
        self.text, self.paint, self.corners = text, paint, np.array([[x, y + h], [x + w, y + h], [x + w, y], [x, y]])


def word(rng, text, font, at, size, gap):
    """The signs of one word from y `at` on, over the middle of its column, and where it ends."""
    w, h = size
    rows = [text] if text == BICYCLE or not text[0] > "\x7f" else list(text)
    signs = []
    for row in rows:
        if row == BICYCLE:
            signs.append(Sign(row, bicycle(rng), -w * .45, at, w * .9, h * rng.uniform(.8, 1.2)))
        else:
            signs.append(Sign(row, glyph(row, font), -w / 2, at, w, h))
        at += h + gap
    return signs, at - gap


def picked(rng, shares):
    return list(shares)[rng.choice(len(shares), p=np.array(list(shares.values())) / sum(shares.values()))]


def column(rng, kind, split):
    """The words of one lane, nearest first: a list of lists of signs."""
    fonts = FONTS[split]
    font = fonts[rng.integers(len(fonts))]
    size, gap = (rng.uniform(.9, 2.5), rng.uniform(1.3, 4)), rng.uniform(.2, .9)
    if kind == "bus":
        text = picked(rng, BUS)
        texts = [text] + ([HOURS[rng.integers(len(HOURS))] for _ in range(rng.integers(1, 3))] if rng.random() < .3 else [])
    elif kind == "nonmotor":
        text = picked(rng, NONMOTOR)
        texts = [text] + ([BICYCLE if text != BICYCLE else picked(rng, NONMOTOR)] if rng.random() < .45 else [])
    elif rng.random() < .12:
        texts = ["".join(LANE[i] for i in rng.integers(len(LANE), size=rng.integers(1, 4)))]
    elif rng.random() < .1:
        texts = [HOURS[rng.integers(len(HOURS))]]
    else:
        texts = [OTHER[rng.integers(len(OTHER))]]
    if rng.random() < .2:
        texts = texts * 2
    at, words = 0.0, []
    for text in texts:
        rows = (size[0], size[1] * rng.uniform(.4, .8)) if text in HOURS else size
        signs, at = word(rng, text, font, at, rows, gap)
        words.append(signs)
        at += rng.uniform(.3, 4)
    return words


def seen(signs, project, size, fine=2):
    """(coverage 0 to 1, index of the sign that covers each pixel or -1) in a picture of `size`; `project` maps metres to pixels."""
    cover, which = np.zeros(size[::-1], np.float32), np.full(size[::-1], -1, np.int16)
    for i, sign in enumerate(signs):
        corners = project(sign.corners)
        if corners is None or np.abs(corners).max() > 8000:
            continue
        n = sign.paint.shape[0]
        source = np.array([[0, 0], [n, 0], [n, n], [0, n]], np.float32)
        matrix = cv2.getPerspectiveTransform(source, (corners * fine).astype(np.float32))
        x0, y0 = np.maximum(0, np.floor(corners.min(0)) - 1).astype(int)
        x1, y1 = np.minimum(size, np.ceil(corners.max(0)) + 2).astype(int)
        if x1 <= x0 or y1 <= y0:
            continue
        shift = np.array([[1, 0, -x0 * fine], [0, 1, -y0 * fine], [0, 0, 1]], float)
        shrink = np.sqrt(max(1e-6, cv2.contourArea(corners.astype(np.float32)))) * fine / n
        paint = sign.paint if shrink > .6 else cv2.GaussianBlur(sign.paint, (0, 0), .4 / shrink)
        part = cv2.warpPerspective(paint, shift @ matrix, ((x1 - x0) * fine, (y1 - y0) * fine), flags=cv2.INTER_LINEAR)
        part = cv2.resize(part, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
        where = part > cover[y0:y1, x0:x1]
        cover[y0:y1, x0:x1][where] = part[where]
        which[y0:y1, x0:x1][where & (part > .25)] = i
    return cover, which
