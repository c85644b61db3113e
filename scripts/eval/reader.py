#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures models/reader on the report halves: whole plates exact, by source and slice, with counts and 95 % Wilson intervals.

Example: scripts/eval/reader.py --data ../shared/data --model models/reader --picture models/readability.png

Plates stand at their labelled corners (the detector is measured by plate.py); real and rendered pictures in rows of their own; then
the public benchmark; named slices; how far `readable` can be trusted, and as a curve (CSV, and a picture) which share can be kept so
that of the kept so many are right. Nothing here is used to train or to choose a limit.
"""
import argparse
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common.card import load_model  # noqa: E402
from common.data import DEFAULT_DATA  # noqa: E402
from common.plate_crops import (closeup_samples, green_samples, public_plates, reader_samples,  # noqa: E402
                                recognition_samples, rendered_samples, validation)
from product import header, row  # noqa: E402
from reader import flat_of, readings  # noqa: E402
from slices import Overexposed, by_light  # noqa: E402

LIMITS = (.9, .98, .995)
PRECISIONS = (.995, .999)
CURVE = (.9, .95, .97, .98, .985, .99, .992, .994, .995, .996, .997, .998, .999, 1)
LIGHTS = {"night": "night", "dusk": "dusk", "rain": "wet", "overexposed": "by day, overexposed"}
FAR = 45   # px of a rendered plate's width; the plates of test-public and plates/* state no distance


def exact_rows(title, samples, read):
    """All samples of one source, then its slices and its plates of two rows."""
    right = [text == s.text for s, (text, _) in zip(samples, read)]
    row(title, sum(right), len(right))
    for name in sorted({name for s in samples for name in s.slices}):
        mine = [r for r, s in zip(right, samples) if name in s.slices]
        row(f"- {name}", sum(mine), len(mine))
    two = [r for r, s in zip(right, samples) if s.rows == 2]
    if two:
        row("- two rows", sum(two), len(two))


def trust_rows(title, texts, read):
    """Of the plates said to be readable at some limit, how many are right; and how many are said so."""
    for limit in LIMITS:
        kept = [text == truth for truth, (text, p) in zip(texts, read) if p >= limit]
        row(f"{title}: right among those readable at {limit}", sum(kept), len(kept))
        row(f"{title}: readable at {limit}", len(kept), len(read))
    for precision in PRECISIONS:
        kept = kept_at(texts, read, precision)
        row(f"{title}: kept where {100 * precision} % of all kept are right", kept, len(read))


def kept_at(texts, read, precision):
    """How many of the most readable plates can be kept so that this share of them is right. The limit is read off the very plates
    that it is told of, so it is for telling alone: no limit of the program comes from it."""
    right = np.array([text == truth for truth, (text, p) in sorted(zip(texts, read), key=lambda pair: -pair[1][1])])
    enough = np.flatnonzero(np.cumsum(right) >= precision * np.arange(1, len(right) + 1))
    return int(enough[-1]) + 1 if len(enough) else 0


def slice_rows(real, drawn, data, read):
    """Named slices: of real plates as their set names them, of rendered panels and close-ups by their light and size. `read` gives
    (text, p) of samples."""
    header("Whole plates exact, by slice")
    for name, label in (("night", "dark"), ("far", "small"), ("tilted", "tilted")):
        exact_row(f"{name}, real ({label})", [s for s in real if label in s.slices], read)
    exact_row("overexposed, real (1.9 times as light)", [Overexposed(s) for s in real], read)
    for title, samples in drawn.items():
        lights = by_light(data, samples)
        for name, light in LIGHTS.items():
            exact_row(f"{name}, {title}", lights.get(light, []), read)
        exact_row(f"far (below {FAR} px), {title}", [s for s in samples if width_of(s) < FAR], read)
        exact_row(f"near ({FAR} px and wider), {title}", [s for s in samples if width_of(s) >= FAR], read)


def width_of(sample):
    return float(np.linalg.norm(np.subtract(sample.quad[1], sample.quad[0])))


def exact_row(title, samples, read):
    if samples:
        row(title, sum(text == s.text for s, (text, _) in zip(samples, read(samples))), len(samples))
    else:
        print(f"| {title} | none | | |")


def curves(sets, path):
    """Kept share against precision of {title: (texts, read)}: printed, and drawn."""
    print("\nset,precision,kept,of,share")
    shares = {}
    for title, (texts, read) in sets.items():
        kept = [kept_at(texts, read, precision) for precision in CURVE]
        shares[title] = [n / len(read) for n in kept]
        for precision, n in zip(CURVE, kept):
            print(f"{title},{precision},{n},{len(read)},{n / len(read):.4f}")
    if path:
        draw(shares, path)


def draw(shares, path):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(6, 3.6))
    for title, values in shares.items():
        axis.plot([100 * p for p in CURVE], [100 * v for v in values], "o-", ms=3, lw=1, label=title)
    for precision, aim in zip(PRECISIONS, (92, 85)):
        axis.plot(100 * precision, aim, "k_", ms=12)
    axis.set_xlim(97.9, 100.05)
    axis.set_xlabel("of the kept so many strings are right, %")
    axis.set_ylabel("kept, % (dashes: aimed at)")
    axis.legend(fontsize=7, loc="center left", frameon=False)
    figure.tight_layout()
    figure.savefig(path, dpi=80)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/reader"))
    parser.add_argument("--picture", type=pathlib.Path, help="where the curve of kept shares goes")
    args = parser.parse_args()
    torch.set_num_threads(1)
    card, net = load_model(args.model)
    sources = {"plates/reader": reader_samples, "plates/recognition": recognition_samples, "plates/green": green_samples,
               "scenes (rendered panels)": rendered_samples, "scenes (rendered close-ups)": closeup_samples}
    halves = {name: validation(samples(args.data, "val"), "report") for name, samples in sources.items()}
    read = {name: readings(card, net, [flat_of(s) for s in half]) for name, half in halves.items()}
    header("Whole plates exact")
    for name, half in halves.items():
        exact_rows(name, half, read[name])
    flats, texts = public_plates(args.data)
    found = readings(card, net, flats)
    row("test-public/ccpd1000", sum(t == text for t, (text, _) in zip(texts, found)), len(texts))
    row("- its province", sum(t[0] == text[:1] for t, (text, _) in zip(texts, found)), len(texts))
    real = [name for name in halves if "rendered" not in name]
    slice_rows([s for n in real for s in halves[n]], {n: h for n, h in halves.items() if n not in real}, args.data,
               lambda samples: readings(card, net, [flat_of(s) for s in samples]))
    header("Trust")
    sets = {"real report halves": ([s.text for n in real for s in halves[n]], [r for n in real for r in read[n]]),
            "test-public/ccpd1000": (texts, found)}
    for title, (truths, said) in sets.items():
        trust_rows(title, truths, said)
    drawn = [name for name in halves if name not in real]
    sets["rendered report halves"] = [s.text for n in drawn for s in halves[n]], [r for n in drawn for r in read[n]]
    curves(sets, args.picture)


if __name__ == "__main__":
    sys.exit(main())
