# SPDX-License-Identifier: Apache-2.0
"""Reading label files and pictures of the data folder, and its cut into train, fit and report."""
import csv
import hashlib
import json
import pathlib
import zipfile

import cv2
import numpy as np

DEFAULT_DATA = pathlib.Path(__file__).resolve().parents[4] / "shared" / "data"


class Pictures:
    """The pictures of one folder, from images.zip where there is one. `keep`: bytes of decoded pictures that are kept, since
    decoding them again and again is most of the work of making samples."""

    def __init__(self, folder, keep=0):
        self.folder, self.keep, self.kept = pathlib.Path(folder), keep, {}
        archive = self.folder / "images.zip"
        self.archive = zipfile.ZipFile(archive) if archive.exists() else None

    def bytes(self, name):
        return self.archive.read(name) if self.archive else (self.folder / name).read_bytes()

    def read(self, name):
        """RGB, the caller's own."""
        if name in self.kept:
            return self.kept[name].copy()
        picture = decode(self.bytes(name))
        if self.keep >= picture.nbytes:
            self.keep -= picture.nbytes
            self.kept[name] = picture.copy()
        return picture


def decode(data):
    """RGB picture from encoded bytes."""
    return np.ascontiguousarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[:, :, ::-1])


def json_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def csv_rows(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def half(key):
    """"fit" or "report": one half of the validation data each, cut by plate string, group, device or case."""
    return "fit" if hashlib.sha256(key.encode()).digest()[0] % 2 == 0 else "report"
