# SPDX-License-Identifier: Apache-2.0
"""Reads a model folder back: its card and its net."""
import hashlib
import tomllib

import torch


def load_model(folder):
    """The card as a dict and the TorchScript net; refuses a file that is not the card's."""
    card = tomllib.loads((folder / "card.toml").read_text(encoding="utf-8"))
    file = folder / card["file"]
    if hashlib.sha256(file.read_bytes()).hexdigest() != card["sha256"]:
        raise SystemExit(f"{file} is not the file of its card: train or fetch it again")
    return card, torch.jit.load(str(file)).eval()
