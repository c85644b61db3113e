# SPDX-License-Identifier: Apache-2.0
"""A training loop whose schedule follows the clock, so that it always ends at the set minute, and that can be resumed."""
import copy
import ctypes
import math
import os
import time

import torch


def keep_memory():
    """Keeps freed tensors' memory in the process: giving it back to the kernel and faulting it in again at every step can
    cost more than the convolutions."""
    libc = ctypes.CDLL("libc.so.6")
    m_trim_threshold, m_mmap_threshold = -1, -3
    libc.mallopt(m_mmap_threshold, 32 << 20)
    libc.mallopt(m_trim_threshold, 1 << 30)


class Clock:
    """Elapsed training minutes, kept across resumes."""

    def __init__(self, minutes):
        self.minutes, self.before, self.start = minutes, 0.0, time.time()

    @property
    def elapsed(self):
        return self.before + (time.time() - self.start) / 60

    @property
    def share(self):
        return min(1.0, self.elapsed / self.minutes)

    def rate(self, peak, warm=.02):
        """Cosine from `peak` to 1 % of it, after a short linear rise."""
        s = self.share
        return peak * (s / warm if s < warm else .01 + .99 * .5 * (1 + math.cos(math.pi * (s - warm) / (1 - warm))))


class Average:
    """Exponential mean of the weights: better than the last step, and what is exported."""

    def __init__(self, net, decay=.998):
        self.net, self.decay = copy.deepcopy(net).eval(), decay

    @torch.no_grad()
    def update(self, net, step):
        decay = min(self.decay, (1 + step) / (10 + step))
        for mean, now in zip(self.net.state_dict().values(), net.state_dict().values()):
            if mean.dtype.is_floating_point:
                mean.lerp_(now, 1 - decay)
            else:
                mean.copy_(now)


def save(path, net, average, optimizer, clock, step, history):
    state = {"net": net.state_dict(), "average": average.net.state_dict(), "optimizer": optimizer.state_dict(),
             "elapsed": clock.elapsed, "step": step, "history": history}
    torch.save(state, f"{path}.tmp")
    os.replace(f"{path}.tmp", path)


def load(path, net, average, optimizer, clock):
    """Restores everything; returns (step, history)."""
    state = torch.load(path, map_location="cpu")
    net.load_state_dict(state["net"])
    average.net.load_state_dict(state["average"])
    optimizer.load_state_dict(state["optimizer"])
    clock.before = state["elapsed"]
    return state["step"], state["history"]


def stored(path, average):
    """Restores only the averaged weights; returns (step, history)."""
    state = torch.load(path, map_location="cpu")
    average.net.load_state_dict(state["average"])
    return state["step"], state["history"]


def minutes_of(history):
    """Training minutes until the last look."""
    return round(max((points[-1][0] for points in history.values() if points), default=0.0), 1)
