# SPDX-License-Identifier: Apache-2.0
"""What the nets of one small crop share: layers, the stream of samples, and a look at many crops."""
import collections

import cv2
import numpy as np
import torch
from torch import nn

MEAN, STD = .45, .25


def block(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True))


def small_body():
    """Plain 3x3 convolutions, stride 16, 96 channels."""
    return nn.Sequential(block(3, 16, 2), block(16, 24, 2), block(24, 40), block(40, 64, 2), block(64, 64), block(64, 96, 2))


class CropStream(torch.utils.data.IterableDataset):
    """Endless crops with their labels. Drawing is slow, so a drawn crop serves several times, in another light each time.

    shares: how often each source is asked; "drawn" asks the drawer. cut(piece, box, rng): the crop. mirrored(labels): those of the
    mirrored crop, None where there is none. fresh: the share of drawn crops that are new.
    """

    DRAWN = 6000

    def __init__(self, drawer, pieces, shares, cut, seed, mirrored=lambda labels: None, fresh=.3):
        self.drawer, self.shares, self.cut, self.seed, self.mirrored = drawer, shares, cut, seed, mirrored
        self.fresh, self.drawn, self.weights, self.real = fresh, [], {}, collections.defaultdict(list)
        for piece in pieces:
            self.real[piece.source].append((*piece.surroundings(), piece.labels))
        for name, own in self.real.items():
            kinds = collections.Counter(tuple(np.atleast_1d(labels)) for *_, labels in own)
            weights = np.array([kinds[tuple(np.atleast_1d(labels))] ** -.6 for *_, labels in own])
            self.weights[name] = weights / weights.sum()

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        cv2.setNumThreads(0)
        names, shares = list(self.shares), np.array(list(self.shares.values()))
        while True:
            name = names[rng.choice(len(names), p=shares / shares.sum())]
            pixels, labels = self.draw(rng) if name == "drawn" else self.real_one(rng, name)
            swapped = self.mirrored(labels)
            if swapped is not None and rng.random() < .5:
                pixels, labels = pixels[:, ::-1], swapped
            yield torch.from_numpy(pixels.transpose(2, 0, 1).copy()), torch.as_tensor(labels)

    def draw(self, rng):
        if len(self.drawn) > 64 and rng.random() > self.fresh:
            return self.drawn[rng.integers(len(self.drawn))]
        made = self.drawer.sample(rng)
        if len(self.drawn) < self.DRAWN:
            self.drawn.append(made)
        else:
            self.drawn[rng.integers(self.DRAWN)] = made
        return made

    def real_one(self, rng, name):
        piece, box, labels = self.real[name][rng.choice(len(self.real[name]), p=self.weights[name])]
        return self.cut(piece, box, rng), labels


@torch.no_grad()
def heads_of(net, pixels):
    """Outputs of crops, those of each head by themselves."""
    net.eval()
    outputs = []
    for i in range(0, len(pixels), 64):
        x = torch.from_numpy(np.stack(pixels[i:i + 64]).transpose(0, 3, 1, 2).copy()).float().div_(255).sub_(MEAN).div_(STD)
        out = net(x.to(next(net.parameters()).device))
        outputs.append([head.cpu() for head in (out if isinstance(out, tuple) else (out,))])
    return [torch.cat(head) for head in zip(*outputs)]


def look(net, pixels):
    """Outputs of crops, those of several heads side by side."""
    return torch.cat(heads_of(net, pixels), 1)


class Drawer:
    """Endless drawn crops: `sample` gives (crop, labels) of the first attempt that shows enough."""

    def sample(self, rng):
        while True:
            made = self.attempt(rng)
            if made is not None:
                return made
