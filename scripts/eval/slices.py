# SPDX-License-Identifier: Apache-2.0
"""Named slices of rendered pictures: by their light, and those by day again as an overexposed camera would show them."""
import numpy as np

from common.data import json_lines

OVEREXPOSED = 1.9   # times as light, then cut off at white


class Overexposed:
    """A scene, or a signal head, whose picture was taken with too much light."""

    def __init__(self, inner):
        self.inner = inner

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def picture(self):
        return np.clip(self.inner.picture().astype(np.float32) * OVEREXPOSED, 0, 255).astype(np.uint8)


def by_light(data, things):
    """{name of a slice: its rendered things}; the first folder of a thing's `file` is its case."""
    light = {line["dir"]: line["light"] for manifest in sorted(data.glob("scenes*/manifest.jsonl")) for line in json_lines(manifest)}
    slices = {}
    for thing in things:
        slices.setdefault(light[thing.file.split("/")[0]], []).append(thing)
    slices["by day, overexposed"] = [Overexposed(t) for name in ("day_clear", "overcast") for t in slices.get(name, [])]
    return dict(sorted(slices.items()))
