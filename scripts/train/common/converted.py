# SPDX-License-Identifier: Apache-2.0
"""What every conversion needs: reading pictures with care, saying what is left out, and writing a set."""
import collections
import hashlib
import json
import sys

import cv2
import numpy as np

from .data import decode

PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp"}
VAL_SHARE = 1 / 8
QUALITY = 90
SAID = 5  # messages of one kind; more of it are only counted


class Unfit(Exception):
    """Why a picture cannot be used: the kind of trouble, details of this one, and what to do."""

    def __init__(self, kind, detail, advice):
        super().__init__(kind)
        self.kind, self.detail, self.advice = kind, detail, advice


class LeftOut:
    """Says and counts what is left out."""

    def __init__(self):
        self.counts = collections.Counter()

    def add(self, where, unfit):
        self.counts[unfit.kind] += 1
        if self.counts[unfit.kind] <= SAID:
            detail = f": {unfit.detail}" if unfit.detail else ""
            print(f"{where}: {unfit.kind}{detail}. Left out. {unfit.advice}", file=sys.stderr)
        elif self.counts[unfit.kind] == SAID + 1:
            print(f"(more of this kind are only counted: {unfit.kind})", file=sys.stderr)


class Output:
    """A new set: its pictures at once, its label files at the end."""

    def __init__(self, args, kind):
        self.name = f"{kind}_{args.name}"
        self.folder, self.source = args.out / self.name, (args.source, args.licence)
        if self.folder.exists():
            raise SystemExit(f"{self.folder}: is there already. Remove it, or give the set another name with --name.")
        self.rows = collections.defaultdict(lambda: {"train": [], "val": []})

    def write(self, below, split, picture, row, data=None, suffix=".jpg"):
        """The picture (or its encoded `data` as they are) and its row of `below`/`split`.jsonl."""
        rows = self.rows[below][split]
        file = f"{split}/{self.name}_{len(rows) + 1:06}{suffix if data else '.jpg'}"
        path = self.folder / below / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if data is None:
            data = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()
        path.write_bytes(data)
        rows.append({"file": file, **row, "width": picture.shape[1], "height": picture.shape[0]})

    def finish(self, left):
        """Label files and SOURCE.md; the exit status."""
        for below, splits in self.rows.items():
            for split, rows in splits.items():
                lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
                (self.folder / below / f"{split}.jsonl").write_text(lines, encoding="utf-8")
            print(f"{self.folder / below}: {len(splits['train'])} train, {len(splits['val'])} val")
        print(f"left out: {sum(left.counts.values())}" + "".join(f"\n  {n} x {kind}" for kind, n in left.counts.most_common()))
        if not self.rows:
            print("Nothing was converted.", file=sys.stderr)
            return 1
        source, licence = self.source
        (self.folder / "SOURCE.md").write_text(
            f"| set | origin | licence |\n|---|---|---|\n| {self.name} | {source or 'not stated'} | {licence or 'not stated'} |\n", encoding="utf-8")
        if not (source and licence):
            print(f"{self.folder / 'SOURCE.md'}: write down where the pictures are from and under what licence (--source, --licence).")
        return 0


class Opener:
    """Reads pictures, each once: what stands twice would count twice."""

    def __init__(self, known=()):
        self.seen = {md5: "a picture of a set that is there" for md5 in known}

    def read(self, path):
        """(RGB, encoded bytes, short md5)"""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Unfit("cannot be read", error.strerror, "Is the folder of the pictures right?") from None
        if data[:2] == b"\xff\xd8" and b"\xff\xd9" not in data[len(data) // 2:]:
            raise Unfit("is cut short", "", "Copy the picture again.")
        try:
            picture = decode(data)
        except cv2.error:
            raise Unfit("is no picture that OpenCV reads", "", "Save it as JPEG or PNG.") from None
        md5 = hashlib.md5(data).hexdigest()[:16]
        if md5 in self.seen:
            raise Unfit("stands there twice", f"the same as {self.seen[md5]}", "Nothing is to be done.")
        self.seen[md5] = path
        return picture, data, md5


def side(key):
    """train or val, by a byte that data.half does not use."""
    return "val" if hashlib.sha256(key.encode()).digest()[1] < 256 * VAL_SHARE else "train"


def pictures_in(folder):
    if not folder.is_dir():
        raise SystemExit(f"{folder}: is no folder. Give the folder that holds the pictures.")
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in PICTURES)
    if not found:
        raise SystemExit(f"{folder}: holds no picture ({', '.join(sorted(PICTURES))}). Give the folder that holds the pictures.")
    return found


def shrunk(picture, scale):
    """(the picture, the scales of x and y), never larger."""
    h, w = picture.shape[:2]
    if scale >= 1:
        return picture, np.ones(2)
    small = cv2.resize(picture, (max(1, round(w * scale)), max(1, round(h * scale))), interpolation=cv2.INTER_AREA)
    return small, np.array([small.shape[1] / w, small.shape[0] / h])


def rounded(values):
    return np.round(np.asarray(values, float), 1).tolist()
