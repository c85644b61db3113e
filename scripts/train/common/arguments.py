# SPDX-License-Identifier: Apache-2.0
"""The options that all trainings have."""
import argparse
import pathlib

from .data import DEFAULT_DATA


def training_parser(description, name, minutes):
    """A parser with the common options; `name` is that of the model's folder."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("models") / name)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(".train") / name, help="checkpoints")
    parser.add_argument("--minutes", type=float, default=minutes)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--loaders", type=int, default=1, help="processes that make samples")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    return parser
