# SPDX-License-Identifier: Apache-2.0
"""The options that all trainings have."""
import argparse
import pathlib

from .data import DEFAULT_DATA, Kept


def training_arguments(description, name, minutes, batch, rate, flags=None, sources=()):
    """The common options as given; `name` is that of the model's folder. `flags`: further switches and their help. `sources`: what
    --without may name, where the training can leave out a source."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=DEFAULT_DATA)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("models") / name)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(".train") / name, help="checkpoints")
    parser.add_argument("--minutes", type=float, default=minutes)
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--rate", type=float, default=rate, help="highest learning rate")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--loaders", type=int, default=1, help="processes that make samples")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=float, default=3, help="GB of decoded pictures to keep in memory, in each loader")
    parser.add_argument("--preload", type=int, default=0, metavar="THREADS",
                        help="decode all pictures before the first step, once for all loaders")
    parser.add_argument("--blind", action="store_true", help="no looks at the fit data on the way")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--start", type=pathlib.Path, help="checkpoint whose averaged weights, or models/NAME/NAME.pt whose weights, a new schedule starts from")
    parser.add_argument("--toward", type=float, default=1, metavar="SHARE",
                        help="the model's weights lie this share of the way from those of --start to the trained ones")
    parser.add_argument("--no-finish", action="store_true", help="stop after the last checkpoint, write no model")
    parser.add_argument("--finish", action="store_true", help="no training: the model's folder from the last checkpoint")
    if sources:
        parser.add_argument("--without", action="append", default=[], choices=sources, metavar="SOURCE",
                            help="leave out a source, so that the net can be measured on pictures of a kind that it never saw: " + ", ".join(sources))
    for flag, text in (flags or {}).items():
        parser.add_argument(f"--{flag}", action="store_true", help=text)
    args = parser.parse_args()
    Kept.room = int(args.keep * (1 << 30))
    return args
