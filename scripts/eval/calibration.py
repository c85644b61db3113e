#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures how honest each probability of the models is: expected calibration errors on the report halves, and reliability diagrams.

Example: scripts/eval/calibration.py --data ../shared/data --models models --picture models/reliability.png

Of all that is said with about the same probability (15 bins of equal mass) the share that is right is compared with the mean
probability; the error is the mean of these gaps. Few answers give an error by chance alone: what a perfectly calibrated model would
show with the same probabilities stands beside it (mean of simulations). The 95 % interval is a basic bootstrap over pictures, plates
or cameras, whatever may be wrong together. After the table: which rows keep AIM and which do not, where a perfect model would show less,
and those whose interval lies above it though a perfect model would show as much. `--part fit` shows the half on which calibrations are fitted: no report.
"""
import argparse
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from said import Half, all_said  # noqa: E402
from common.data import DEFAULT_DATA  # noqa: E402

BINS, DRAWS, SEED = 15, 400, 1
AIM = .02
FEWEST, FEWEST_GROUPS = 40, 5   # of fewer answers no error is told, of fewer cameras no interval
SLICES = ("dark", "night", "dusk", "small", "tilted", "blurred", "tight_crop", "one camera", "all others", "surveillance_anyclass",
          "surveillance_atl", "openimages_vehicles", "india_street")
COLOURS = {"real": "tab:blue", "public": "tab:cyan", "rendered": "tab:orange", "drawn": "tab:green"}


def ece(p, right, weight):
    """Expected calibration errors [draws] of answers sorted by p, [N], that are right, [N] or [draws,N], with weights [draws,N]."""
    total = weight.sum(1, keepdims=True)
    bins = np.minimum(BINS - 1, (BINS * (np.cumsum(weight, 1) - weight / 2) / total).astype(int))
    rows = np.arange(len(weight))[:, None] * BINS
    gaps = np.bincount((bins + rows).ravel(), (weight * (p - right)).ravel(), len(weight) * BINS).reshape(-1, BINS)
    return np.abs(gaps).sum(1) / total[:, 0]


def errors_of(said):
    """(error, its interval, None of too few groups; error by chance; number of groups) of a list of Said."""
    rng = np.random.default_rng(SEED)
    said = sorted(said, key=lambda s: s.p)
    p, right = np.array([s.p for s in said]), np.array([s.right for s in said])
    ones = np.ones((1, len(p)))
    error = float(ece(p, right, ones)[0])
    chance = float(np.mean([ece(p, (rng.random(len(p)) < p).astype(float), ones)[0] for _ in range(DRAWS)]))
    names = {name: i for i, name in enumerate(sorted({s.group for s in said}))}
    if len(names) < FEWEST_GROUPS:
        return error, None, chance, len(names)
    group = np.array([names[s.group] for s in said])
    draws = [np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))[group] for _ in range(DRAWS)]
    low, high = np.percentile([ece(p, right, d[None].astype(float))[0] for d in draws if d.any()], [2.5, 97.5])
    return error, (max(0, 2 * error - high), max(0, 2 * error - low)), chance, len(names)


def row(name, said):
    """Prints it, and gives whether AIM is kept: "kept", "not kept", "above" (by its interval alone), or "unsure"."""
    error, between, chance, groups = errors_of(said)
    interval = "{:.1f} to {:.1f}".format(*(100 * v for v in between)) if between else f"of {groups} cameras"
    p, right = np.mean([s.p for s in said]), np.mean([s.right for s in said])
    print(f"| {name} | {len(said)} | {100 * p:.1f} % | {100 * right:.1f} % | {100 * error:.1f} % ({interval}) | {100 * chance:.1f} % |",
          flush=True)
    if chance < AIM:
        return "kept" if error <= AIM else "not kept"
    return "above" if between and between[0] > AIM else "unsure"


def table(everything):
    print("| what is said | answers | mean p | right | calibration error | of a perfect one |\n|---|---|---|---|---|---|")
    rows = {}
    for name, said in everything.items():
        for source in COLOURS:
            mine = [s for s in said if s.slices[0] == source]
            if len(mine) < FEWEST:
                continue
            rows[f"{name}, {source}"] = row(f"{name}, {source}", mine)
            for part in SLICES:
                some = [s for s in mine if part in s.slices]
                if len(some) >= FEWEST:
                    rows[f"{name}, {source}, {part}"] = row(f"- {part}", some)
    print()
    for kind, words in (("kept", "A perfect model shows less than 2 %, kept"), ("not kept", "A perfect model shows less than 2 %, not kept"),
                        ("above", "A perfect model shows 2 % and more, the interval lies above")):
        print(f"- {words}: {'; '.join(name for name, k in rows.items() if k == kind)}")


def draw(everything, path):
    """One small diagram for each probability: share right against mean probability, in bins of equal mass."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    columns = 5
    figure, axes = pyplot.subplots(-(-len(everything) // columns), columns, figsize=(11, 9.2), sharex=True, sharey=True)
    for axis in axes.flat[len(everything):]:
        axis.axis("off")
    for axis, (name, said) in zip(axes.flat, everything.items()):
        axis.plot([0, 1], [0, 1], color="grey", lw=.6)
        for source, colour in COLOURS.items():
            mine = sorted((s.p, s.right) for s in said if s.slices[0] == source)
            if len(mine) >= FEWEST:
                points = [np.mean(b, 0) for b in np.array_split(np.array(mine), min(BINS, len(mine) // 8))]
                axis.plot(*zip(*points), "o-", color=colour, ms=2.5, lw=.8, label=f"{source}, {len(mine)}")
        axis.set_title(name, fontsize=8)
        axis.tick_params(labelsize=7)
        axis.legend(fontsize=6, loc="upper left", frameon=False)
    figure.supxlabel("mean probability", fontsize=8)
    figure.supylabel("share right", fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=90)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--models", type=pathlib.Path, default=pathlib.Path("models"))
    parser.add_argument("--part", choices=("report", "fit"), default="report")
    parser.add_argument("--most", type=int, help="for a quick look: no more pictures than this of each source, drawn by chance")
    parser.add_argument("--picture", type=pathlib.Path, help="where the reliability diagrams go")
    args = parser.parse_args()
    torch.set_num_threads(1)
    everything = all_said(Half(args.data, args.models, args.part, args.most))
    table(everything)
    if args.picture:
        draw(everything, args.picture)


if __name__ == "__main__":
    sys.exit(main())
