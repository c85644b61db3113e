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
    """The pictures of one folder, from images.zip where there is one. Keeps the encoded bytes of what was read."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        archive = self.folder / "images.zip"
        self.archive = zipfile.ZipFile(archive) if archive.exists() else None

    def bytes(self, name):
        return self.archive.read(name) if self.archive else (self.folder / name).read_bytes()

    def read(self, name):
        return decode(self.bytes(name))


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
