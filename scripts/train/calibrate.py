#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fits the calibration of trained models again, on the fit halves, and writes it into their cards. Weights and thresholds stay.

Example: scripts/train/calibrate.py scene signal --data ../shared/data --models models

What `signal` says of a box being a head is weighed with the detector's score: fit it again for every new detector.
"""
import argparse
import pathlib
import sys

import torch

import scene
import signal_head
from common.card import load_model
from common.data import DEFAULT_DATA
from common.export import rewrite_calibration

FITS = {"scene": lambda card, net, args: scene.box_calibration(net, args.data, card["thresholds"]),
        "signal": lambda card, net, args: {"is_head": signal_head.is_head(net, args.models / "scene", args.data)}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", choices=FITS)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--models", type=pathlib.Path, default=pathlib.Path("models"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    for name in args.names:
        card, net = load_model(args.models / name)
        fitted = FITS[name](card, net, args)
        rewrite_calibration(args.models / name, fitted)
        print(name, fitted)


if __name__ == "__main__":
    sys.exit(main())
