#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes data/user_detector: the smallest TorchScript detector a user could bring, with labels of its own and three candidates.

Example: tests/perceive/make_models.py
"""
import hashlib
import pathlib

import torch


class UserDetector(torch.nn.Module):
    """Says the same of every picture: a car in the upper left quarter, a person, and a weak car."""

    def __init__(self):
        super().__init__()
        self.register_buffer("boxes", torch.tensor([[0., 0., 32., 32.], [40., 8., 48., 40.], [0., 40., 20., 60.]]))
        self.register_buffer("scores", torch.tensor([[.9, .05], [.02, .8], [.3, .1]]))

    def forward(self, x):
        return self.boxes.expand(x.shape[0], -1, -1), self.scores.expand(x.shape[0], -1, -1)


def main():
    folder = pathlib.Path(__file__).parent / "data" / "user_detector"
    file = folder / "detector.pt"
    torch.jit.save(torch.jit.script(UserDetector()), str(file))
    (folder / "card.toml").write_text(f'''name = "user_detector"
task = "detector"
version = "1"
file = "detector.pt"
sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"
labels = ["car", "person"]

[input]
width = 64
height = 64

[outputs]
boxes = [0, 3, 4]
scores = [0, 3, 2]

[thresholds]
car = 0.5
person = 0.5
''')


if __name__ == "__main__":
    main()
