#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what models/scene calls unfamiliar: of the report halves, of foreign pictures, and whether the distance tells where the
net errs on a real source that its statistics leave out. Counts with 95 % intervals.

Example: scripts/eval/familiarity.py --data ../shared/data --model models/scene

A picture errs when the F1 of its vehicles is below .5 at the card's threshold. Left out is a source of the statistics alone: the
net's weights have seen its training half.
"""
import argparse
import pathlib
import sys

import cv2
import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common.boxes import f1_at, judged  # noqa: E402
from common.card import load_model  # noqa: E402
from common.data import DEFAULT_DATA, Pictures, csv_rows, json_lines  # noqa: E402
from common.familiarity import Familiarity, distances  # noqa: E402
from common.road_scenes import validation  # noqa: E402
from product import header, row  # noqa: E402
from scene import exported_from, familiar_scenes, found_in, looks_at  # noqa: E402  (the training's)

ERRS = .5
EACH = 12       # foreign pictures of a kind
DRAWS = 400


class Foreign:
    """A picture that no camera over a road took, or that came out spoiled."""

    def __init__(self, source, picture):
        self.source, self.file, self.pixels = source, "", picture

    def picture(self):
        return np.ascontiguousarray(self.pixels)


def spoiled(scenes):
    for scene in scenes:
        picture = scene.picture()
        yield Foreign("upside down", picture[::-1, ::-1])
        yield Foreign("colours inverted", 255 - picture)
        yield Foreign("an eighth as bright", picture // 8)
        yield Foreign("blurred beyond knowing", cv2.GaussianBlur(picture, (0, 0), max(picture.shape) / 60))


def drawn(rng):
    for _ in range(EACH):
        h, w = rng.choice([480, 720, 1080]), rng.choice([640, 1280, 1920])
        yield Foreign("noise", rng.integers(0, 256, (h, w, 3)).astype(np.uint8))
        page = np.full((h, w, 3), rng.integers(225, 256), np.uint8)
        for y in range(30, h - 20, 28):
            words = " ".join("x" * rng.integers(1, 9) for _ in range(w // 100))
            cv2.putText(page, words, (40, y), cv2.FONT_HERSHEY_SIMPLEX, .6, (int(rng.integers(0, 80)),) * 3)
        yield Foreign("a page of text", page)


def crops(data):
    """Whole pictures of another net's data."""
    for kind, folder, rows in (("plates", "plates/reader", json_lines(data / "plates/reader/val.jsonl")),
                               ("lamps", "lights", csv_rows(data / "lights/val.csv")),
                               ("crops of one vehicle", "vehicles/type", csv_rows(data / "vehicles/type/val.csv"))):
        pictures = Pictures(data / folder)
        for r in rows[::len(rows) // EACH][:EACH]:
            yield Foreign(kind, pictures.read(r["file"]))


def auc(distance, errs):
    """How often a picture that errs lies farther than one that does not."""
    far, near = distance[errs][:, None], distance[~errs][None]
    return float(((far > near) + .5 * (far == near)).mean()) if errs.any() and not errs.all() else np.nan


def auc_row(name, distance, errs):
    rng = np.random.default_rng(1)
    text = "no picture errs"
    if errs.any():
        draws = [auc(distance[i], errs[i]) for i in rng.integers(0, len(errs), (DRAWS, len(errs)))]
        text = "{:.2f} ({:.2f} to {:.2f})".format(auc(distance, errs), *np.nanpercentile(draws, [2.5, 97.5]))
    print(f"| {name} | {errs.sum()} of {len(errs)} | {text} |")


def errors_of(card, exported, scenes):
    """Whether each picture errs."""
    threshold = card["thresholds"]["vehicle"]
    return np.array([f1_at([judged(f, s, 0)], threshold)[0] < ERRS for f, s in zip(found_in(exported, scenes), scenes)], bool)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/scene"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    card, net = load_model(args.model)
    exported, limits = exported_from(net), card["calibration"]

    def table(title, scenes):
        """Shares of each source beyond the limits, and by what."""
        beyond, sources = looks_at(exported, scenes).beyond(exported.familiarity, limits) > 1, np.array([s.source for s in scenes])
        header(title)
        for source in sorted(set(sources)):
            mine = beyond[sources == source]
            by = ", ".join(f"{what} {n}" for what, n in zip(("features", "brightness", "chroma", "scale"), mine.sum(0)) if n)
            row(f"{source}{f' (by {by})' if by else ''}", int(mine.any(1).sum()), len(mine))
        real = sources != "rendered"
        if not real.all():
            row("all real", int(beyond[real].any(1).sum()), int(real.sum()))

    known = validation(familiar_scenes(args.data, "val"), "report")
    table("Called unfamiliar: report halves (fewer is better)", known)
    table("Called unfamiliar: foreign pictures", [*spoiled(known[::len(known) // EACH][:EACH]), *drawn(np.random.default_rng(1)),
                                                  *crops(args.data)])

    print("\n### Errors told by the distance\n\n| real source, left out | err | AUC |\n|---|---|---|")
    train = familiar_scenes(args.data, "train")
    learned, sources = looks_at(exported, train).features, np.array([s.source for s in train])
    labelled = [s for s in known if s.source != "rendered" and 0 in s.known and (s.labels == 0).any()]
    errs, features = errors_of(card, exported, labelled), looks_at(exported, labelled).features
    distance, mine = np.zeros(len(labelled)), np.array([s.source for s in labelled])
    for source in sorted(set(mine)):
        left_out = Familiarity(learned.shape[1]).fit(learned[sources != source])
        distance[mine == source] = distances(left_out, features[mine == source])
        auc_row(source, distance[mine == source], errs[mine == source])
    auc_row("all, each by the statistics without its own", distance, errs)


if __name__ == "__main__":
    sys.exit(main())
