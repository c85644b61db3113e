# SPDX-License-Identifier: Apache-2.0
"""Reading label files and pictures of the data folder, and its cut into train, fit and report."""
import concurrent.futures
import csv
import hashlib
import json
import pathlib
import zipfile

import cv2
import numpy as np

DEFAULT_DATA = pathlib.Path(__file__).resolve().parents[4] / "shared" / "data"


class Kept:
    """Decoded pictures that stay in memory, since decoding them again and again is most of the work of making samples."""

    room = 0       # bytes left
    pictures = {}  # path to array

    @classmethod
    def get(cls, key, decode_it):
        """The caller's own copy of what `decode_it` gives, decoded once while there is room."""
        if key not in cls.pictures:
            picture = decode_it()
            if cls.room < picture.nbytes:
                return picture
            cls.room -= picture.nbytes
            cls.pictures[key] = picture
        return cls.pictures[key].copy()


class Pictures:
    """The pictures of one folder, from images.zip where there is one."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        archive = self.folder / "images.zip"
        self.archive = zipfile.ZipFile(archive) if archive.exists() else None

    def bytes(self, name):
        return self.archive.read(name) if self.archive else (self.folder / name).read_bytes()

    def read(self, name):
        """RGB, the caller's own."""
        return Kept.get((self.folder, name), lambda: decode(self.bytes(name)))


def decode(data):
    """RGB picture from encoded bytes."""
    return cv2.cvtColor(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def mask(path):
    """The labels of a mask file."""
    return Kept.get(path, lambda: cv2.imread(str(path), cv2.IMREAD_GRAYSCALE))


def preload(samples, threads):
    """Decodes the pictures of all samples now, so that processes that fork later share them."""
    unique = {(s.pictures.folder, s.file): s for s in samples}

    def decoded(sample):
        sample.pictures.read(sample.file)
        if getattr(sample, "masks", None):
            mask(sample.masks[0])

    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        list(pool.map(decoded, unique.values()))


def json_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def csv_rows(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def sets(data, name, split):
    """(pictures, rows) of the folder `name`, such as plates/reader, and of the same folder of every set of one's own that lies
    beside it: plates_MINE/reader (scripts/train/README.md)."""
    kind, below = name.split("/")
    for labels in sorted(data.glob(f"{kind}*/{below}/{split}.jsonl")):
        yield Pictures(labels.parent), json_lines(labels)


def rendered_cases(data, split):
    """(pictures of the folder, row of its manifest, case.json) of every rendered case of a split, from all folders scenes* that
    hold a manifest: one's own renders go beside those of the data."""
    for manifest in sorted(data.glob("scenes*/manifest.jsonl")):
        pictures = Pictures(manifest.parent)
        for row in json_lines(manifest):
            if row["split"] == split:
                yield pictures, row, json.loads((manifest.parent / row["dir"] / "case.json").read_text())


def half(key):
    """"fit" or "report": one half of the validation data each, cut by plate string, group, device or case."""
    return "fit" if hashlib.sha256(key.encode()).digest()[0] % 2 == 0 else "report"
