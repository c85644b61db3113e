# SPDX-License-Identifier: Apache-2.0
"""How far a picture lies from those that a net learned from: the maps of its backbone, pooled, against those of the training
half; and what light, colour and size the training half covers."""
import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .road_scenes import letterbox

COMPONENTS = 128       # principal ones: with fewer, rendered panels of the fit half come near the limit
NOISE = .01            # of a standardised feature: keeps faint components from counting as much as strong ones
FAMILIAR = .998        # of the pictures of both halves lie within the limit
PADDING = 114 / 255    # of a letterboxed view


def pooled(x, maps, mean, std):
    """[B, features]: mean and deviation of every channel of `maps` over the cells of 64 px in which the input x is not all
    padding, so that a picture's shape does not count as what it shows."""
    shown = functional.max_pool2d(((x[:, :1] - (PADDING - mean) / std).abs() > 1e-3).float(), 64)
    features = []
    for grid in maps:
        share = functional.interpolate(shown, size=grid.shape[2:]).flatten(2).transpose(1, 2)
        share = share / share.sum(1, keepdim=True).clamp(min=1)
        values = grid.flatten(2)
        middle = (values @ share)[..., 0]  # products with a vector: the panel's whole look takes a hundredth longer
        features += [middle, ((values * values) @ share)[..., 0].sub(middle * middle).clamp(min=0).sqrt()]
    return torch.cat(features, 1)


class Familiarity(nn.Module):
    """The distance of features from the training half's mean: Mahalanobis over the principal components, 1 on average."""

    def __init__(self, features):
        super().__init__()
        self.register_buffer("middle", torch.zeros(features))
        self.register_buffer("axes", torch.zeros(features, COMPONENTS))

    def fit(self, features):
        """From the features [N, features] of the training half. Returns itself."""
        features = torch.as_tensor(features, dtype=torch.float64)
        middle, spread = features.mean(0), features.std(0) + 1e-3
        _, values, axes = torch.linalg.svd((features - middle) / spread / len(features) ** .5, full_matrices=False)
        scale = (COMPONENTS * (values[:COMPONENTS] ** 2 + NOISE)).sqrt()
        self.middle, self.axes = middle.float(), (axes[:COMPONENTS].T / scale / spread[:, None]).float()
        return self

    def forward(self, features):
        return ((features - self.middle) @ self.axes).norm(dim=1)


class Looks:
    """What is measured of pictures: `features` [N, features]; `brightness`, `chroma` (means of luma and of max - min of RGB) and
    `enlarged` (letterbox scale) [N], as the program measures them."""

    def __init__(self, exported, scenes, width, height, mean, std):
        rows = [look(exported, scene, width, height, mean, std) for scene in scenes]
        self.features = np.stack([features for features, _ in rows])
        self.brightness, self.chroma, self.enlarged = np.array([light for _, light in rows]).T

    def beyond(self, familiarity, limits):
        """[N, 4]: how far in limits each picture lies by features, brightness, chroma and scale; more than 1 is unfamiliar."""
        within = lambda values, low, high: np.abs(2 * values - low - high) / (high - low)
        return np.stack([distances(familiarity, self.features) / limits["familiar_distance"],
                         within(self.brightness, *limits["familiar_brightness"]),
                         within(self.chroma, *limits["familiar_chroma"]),
                         self.enlarged / limits["familiar_enlarged"]], 1)


@torch.no_grad()
def look(exported, scene, width, height, mean, std):
    """(features, (brightness, chroma, letterbox scale)) of one picture."""
    picture = scene.picture()
    view, scale = letterbox(picture, width, height)
    x = torch.from_numpy(view.transpose(2, 0, 1).copy()).float()[None].div_(255).sub_(mean).div_(std)
    colours = picture.reshape(-1, 3)[::7].astype(np.float32)
    return exported.features(x)[0].numpy(), ((colours @ [.299, .587, .114]).mean(), np.ptp(colours, axis=1).mean(), scale)


@torch.no_grad()
def distances(familiarity, features):
    return familiarity(torch.as_tensor(features)).numpy()


def limits_of(familiarity, train, fit):
    """The card's numbers: of light, colour and enlargement what the training half covers; the distance of all but the strangest
    of both halves, for what the net learned from is familiar."""
    span = lambda values: [float(values.min()), float(values.max())]
    return {"familiar_distance": float(np.quantile(distances(familiarity, np.concatenate([train.features, fit.features])), FAMILIAR)),
            "familiar_brightness": span(train.brightness), "familiar_chroma": span(train.chroma),
            "familiar_enlarged": float(train.enlarged.max())}
