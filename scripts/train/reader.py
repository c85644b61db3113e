#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the plate reader: a flat plate of 48 x 168 to a string, by CTC.

Example: scripts/train/reader.py --data ../shared/data --out models/reader --minutes 60

Real crops (CCPD, EasyPR), rendered plates and drawn plates of every kind; see models/README.md for data, licences and numbers.
"""
import itertools
import sys

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional

from common import augment, weather
from common.arguments import training_arguments
from common.calibration import logistic
from common.charset import CHARSET, encode
from common.data import Pictures, csv_rows, preload
from common.drawn import PlateDrawer
from common.export import export_script, write_card, write_curves
from common.loop import Average, autocast, last, minutes_of, prepared, stored, train
from common.plate_crops import (HEIGHT, WIDTH, Sample, closeup_samples, green_samples, reader_samples, recognition_samples,
                                rendered_samples, validation, warp)

MEAN, STD = .5, .25


def block(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True))


class Reader(nn.Module):
    """Plain 3x3 convolutions; width is divided by 4 (42 steps), height pooled away."""

    def __init__(self, classes=len(CHARSET) + 1):
        super().__init__()
        self.body = nn.Sequential(
            block(3, 32, 2), block(32, 40), block(40, 64, 2), block(64, 64), block(64, 104, (2, 1)), block(104, 104),
            block(104, 144, (2, 1)), block(144, 144), block(144, 144))
        self.drop = nn.Dropout2d(.1)
        self.neck = nn.Sequential(nn.Conv2d(144, 176, (3, 5), 1, (0, 2), bias=False), nn.BatchNorm2d(176), nn.ReLU(True))
        self.head = nn.Conv2d(176, classes, 1)

    def forward(self, x):
        """[B,3,48,168] to log probabilities [B,42,classes]."""
        x = self.head(self.drop(self.neck(self.body(x))))
        return functional.log_softmax(x.squeeze(2).transpose(1, 2), 2)


def jittered(rng, quad, kind):
    """The corners as a detector might give them: moved, loosened to a box, with a margin."""
    quad = quad.copy()
    width = np.linalg.norm(quad[1] - quad[0])
    height = max(1.0, np.linalg.norm(quad[3] - quad[0]))
    centre = quad.mean(0)
    if kind == "corners":
        if rng.random() < .45:  # like a box round the plate
            low, high = quad.min(0), quad.max(0)
            box = np.array([low, [high[0], low[1]], high, [low[0], high[1]]], np.float32)
            quad = quad + (box - quad) * rng.uniform(.5, 1)
        grow = np.array([1 + rng.uniform(-.02, .12), 1 + rng.uniform(-.03, .3)])
    elif kind == "box":
        grow = np.array([1 + rng.uniform(-.02, .08), 1 + rng.uniform(-.02, .2)])
    else:
        grow = np.array([1 + rng.uniform(-.03, .06), 1 + rng.uniform(-.06, .12)])
    quad = centre + (quad - centre) * grow
    noise = rng.normal(0, 1, (4, 2)) * [.012 * width, .035 * height]
    shift = rng.normal(0, 1, 2) * [.012 * width, .04 * height]
    if rng.random() < .3:
        angle = rng.normal(0, .05)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        quad = centre + (quad - centre) @ turn.T
    return (quad + noise + shift).astype(np.float32)


class Stream(torch.utils.data.IterableDataset):
    """Endless samples: a flat plate, its class numbers, and whether it stays as it is."""

    # Clean samples first: CTC takes long to find the characters when half of them are illegible.
    # A third stays clean: the strokes of a province are the first to go.
    GENTLE_SHARE, GENTLE_SAMPLES, ALWAYS_GENTLE = .85, 100000, .35
    # reader, recognition, green, rendered panels, rendered close-ups, drawn, not a plate, one colour
    SHARES = [.48, .17, .07, .02, .05, .18, .025, .005]

    def __init__(self, data, seed, seen, threads):
        self.data, self.seed, self.seen, self.groups = data, seed, seen, []
        if threads:
            self.prepare()
            junk = [Sample(self.junk_pictures, file, "", None, "whole") for file in self.junk]
            preload([*(s for samples, _ in self.groups for s in samples), *junk], threads)

    def prepare(self):
        groups = [list(reader_samples(self.data, "train")), list(recognition_samples(self.data, "train")),
                  list(green_samples(self.data, "train")), list(rendered_samples(self.data, "train")),
                  list(closeup_samples(self.data, "train"))]
        self.groups = [(g, self.weights(g)) for g in groups]
        self.drawer = PlateDrawer(self.data)
        self.junk_pictures = Pictures(self.data / "plates/recognition")
        self.junk = [r["file"] for r in csv_rows(self.data / "plates/recognition/negatives.csv")]

    @staticmethod
    def weights(group):
        """Rare provinces stand more often than they are, without hiding the digits of the frequent ones; each tight crop three
        times."""
        if not group:
            return np.zeros(0)
        counts = {p: sum(s.text[0] == p for s in group) for p in {s.text[0] for s in group}}
        w = np.array([counts[s.text[0]] ** -.45 * (3 if s.kind == "whole" else 1) for s in group])
        return w / w.sum()

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        cv2.setNumThreads(0)
        if not self.groups:
            self.prepare()
        for number in itertools.count(self.seen, worker.num_workers if worker else 1):
            gentle = max(self.ALWAYS_GENTLE, self.GENTLE_SHARE * (1 - number / self.GENTLE_SAMPLES))
            picture, text = self.sample(rng)
            yield (torch.from_numpy(picture.transpose(2, 0, 1).copy()), torch.tensor(encode(text) or [], dtype=torch.long),
                   rng.random() < gentle)

    def sample(self, rng):
        shares = np.array([share if i > 4 or self.groups[i][0] else 0 for i, share in enumerate(self.SHARES)])
        kind = rng.choice(8, p=shares / shares.sum())
        if kind == 6:
            picture, text = self.junk_pictures.read(self.junk[rng.integers(len(self.junk))]), ""
            flat = cv2.resize(picture, (WIDTH, HEIGHT))
        elif kind == 7:
            flat, text = rng.integers(0, 255, 3).astype(np.uint8) * np.ones((HEIGHT, WIDTH, 1), np.uint8), ""
        elif kind == 5:
            flat, text = self.drawn(rng)
        else:
            group, weights = self.groups[kind]
            sample = group[rng.choice(len(group), p=weights)]
            picture = sample.picture()
            flat, text = warp(picture, jittered(rng, sample.corners(picture), sample.kind), sample.rows), sample.text
        return flat, text

    def drawn(self, rng):
        plate, text, _, rows = self.drawer.random(rng)
        plate = cv2.resize(plate, (plate.shape[1] // 2, plate.shape[0] // 2), interpolation=cv2.INTER_AREA)
        h, w = plate.shape[:2]
        canvas = np.empty((h * 2, w * 2, 3), np.uint8)
        canvas[:] = rng.integers(0, 200, 3)
        canvas[::2] = canvas[::2] * rng.uniform(.8, 1.1)
        canvas[h // 2:h // 2 + h, w // 2:w // 2 + w] = plate
        quad = np.array([[w / 2, h / 2], [w * 1.5, h / 2], [w * 1.5, h * 1.5], [w / 2, h * 1.5]], np.float32)
        return warp(canvas, jittered(rng, self.skewed(rng, quad), "corners"), rows), text

    @staticmethod
    def skewed(rng, quad):
        """Corners off the drawn ones: the plate comes out in perspective."""
        w, h = quad[1, 0] - quad[0, 0], quad[3, 1] - quad[0, 1]
        return (quad + rng.normal(0, 1, (4, 2)) * [.02 * w, .05 * h]).astype(np.float32)


def collate(items):
    return (torch.stack([p for p, _, _ in items]), torch.cat([t for _, t, _ in items]),
            torch.tensor([len(t) for _, t, _ in items]), torch.tensor([c for _, _, c in items]))


def worn(pictures, clean):
    """Floats of a batch as cameras might have seen it, but for those that stay clean."""
    x = pictures.float() / 255
    spoiled = weather.sensor(weather.optics(weather.light(x), .14, share=.5, groups=16))
    return torch.where(clean.view(-1, 1, 1, 1), x, spoiled)


def greedy(log_probs):
    """Strings of the most likely path."""
    texts = []
    for path in log_probs.argmax(2).tolist():
        kept = [c for i, c in enumerate(path) if c and (i == 0 or path[i - 1] != c)]
        texts.append("".join(CHARSET[c - 1] for c in kept))
    return texts


@torch.no_grad()
def read_all(net, flats, device):
    net.eval()
    outputs = []
    for i in range(0, len(flats), 64):
        batch = torch.from_numpy(np.stack(flats[i:i + 64]).transpose(0, 3, 1, 2).copy()).float()
        outputs.append(net(batch.div_(255).sub_(MEAN).div_(STD).to(device)).float().cpu())
    return torch.cat(outputs)


def flat_of(sample):
    """As the program warps: with the margin of a detector's corners."""
    picture = sample.picture()
    quad = sample.corners(picture)
    if sample.kind == "corners":
        centre = quad.mean(0)
        quad = centre + (quad - centre) * np.array([1.03, 1.08])
    return warp(picture, quad.astype(np.float32), sample.rows)


def fit_set(data):
    sources = (reader_samples, recognition_samples, green_samples, rendered_samples, closeup_samples)
    return [s for source in sources for s in validation(source(data, "val"), "fit")]


# Calibration

def string_features(log_probs, temperature):
    """Per picture: text, logit of the CTC probability of the greedy string, logit of its weakest character."""
    scaled = functional.log_softmax(log_probs / temperature, 2)
    features = []
    for text, steps in zip(greedy(scaled), scaled):
        target = torch.tensor(encode(text) or [], dtype=torch.long)
        loss = functional.ctc_loss(steps[:, None], target[None], torch.tensor([len(steps)]), torch.tensor([len(target)]),
                                   reduction="sum")
        features.append((text, logit(float(torch.exp(-loss))), logit(weakest(steps))))
    return features


def readings(card, net, flats):
    """For each flat plate its text and the probability that all of it is right."""
    calibration = card["calibration"]
    a, b, c = calibration["readable"]
    features = string_features(read_all(net, flats, "cpu"), calibration["char_temperature"])
    return [(text, 1 / (1 + np.exp(-(a + b * whole + c * least)))) for text, whole, least in features]


def weakest(steps):
    """The smallest over characters of the largest probability in the character's run of the greedy path."""
    path, best = steps.argmax(1).tolist(), steps.max(1).values.exp().tolist()
    runs, last = [], 0
    for c, p in zip(path, best):
        if c and c == last:
            runs[-1] = max(runs[-1], p)
        elif c:
            runs.append(p)
        last = c
    return min(runs, default=1e-6)


def logit(p):
    p = min(max(p, 1e-6), 1 - 1e-6)
    return float(np.log(p / (1 - p)))


def degraded(rng, flat):
    """Fit pictures are good; real nights are not: the calibration sees both."""
    return augment.sensor(rng, augment.optics(rng, augment.light(rng, flat), smallest=14))


def calibrate(net, data, device):
    """Temperature of the characters and the three numbers of `readable`, fitted on the fit half, whole and degraded."""
    rng = np.random.default_rng(5)
    samples = fit_set(data)
    flats = [flat_of(s) for s in samples]
    truths = [s.text for s in samples] * 3
    junk = Pictures(data / "plates/recognition")
    noise = [cv2.resize(junk.read(r["file"]), (WIDTH, HEIGHT)) for r in
             csv_rows(data / "plates/recognition/negatives.csv")[::10]]
    pictures = flats + [degraded(rng, f) for f in flats] + [degraded(rng, f) for f in flats] + noise
    truths += ["\0"] * len(noise)
    log_probs = read_all(net, pictures, device)
    temperature = best_temperature(log_probs[:len(samples) * 3], truths[:len(samples) * 3])
    features = string_features(log_probs, temperature)
    x = torch.tensor([[1, a, b] for _, a, b in features], dtype=torch.float64)
    y = torch.tensor([float(text == truth) for (text, _, _), truth in zip(features, truths)], dtype=torch.float64)
    return temperature, logistic(x, y)


def best_temperature(log_probs, truths):
    """The temperature with the smallest CTC loss of the truth."""
    losses = {t: loss_at(log_probs, truths, t) for t in np.arange(.6, 3.01, .1)}
    return float(min(losses, key=losses.get))


def loss_at(log_probs, truths, temperature):
    targets = [encode(t) for t in truths]
    flat, lengths = torch.tensor(sum(targets, [])), torch.tensor([len(t) for t in targets])
    steps = torch.full((len(targets),), log_probs.shape[1])
    return float(functional.ctc_loss(functional.log_softmax(log_probs / temperature, 2).transpose(0, 1), flat, steps, lengths,
                                     zero_infinity=True))


# Training

def looks(data, device):
    fit = fit_set(data)
    flats, texts = [flat_of(s) for s in fit], [s.text for s in fit]

    def look(net):
        right = sum(a == b for a, b in zip(greedy(read_all(net, flats, device)), texts))
        return {"fit: whole plate exact": right / len(texts)}
    return look


def batch_loss(device):
    def loss(net, batch, _):
        pictures, targets, lengths, clean = batch
        x = worn(pictures.to(device), clean.to(device)).sub_(MEAN).div_(STD)
        with autocast(device):
            log_probs = net(x)
        steps = torch.full((len(x),), log_probs.shape[1])
        return functional.ctc_loss(log_probs.transpose(0, 1).float(), targets.to(device), steps, lengths, zero_infinity=True)
    return loss


def on_the_way(net, start, data):
    """The net on the straight line from the weights it started from to those it ended with that has the smallest loss on the fit
    half. Weights between two trainings of one net often serve better than either."""
    samples = fit_set(data)
    flats, texts = [flat_of(s) for s in samples], [s.text for s in samples]
    first = Average(net)
    stored(start, first)
    first = first.net.state_dict()
    last_ones = {name: value.clone() for name, value in net.state_dict().items()}
    best, share = None, 1.0
    for way in (.25, .5, .75, 1.0):
        net.load_state_dict({name: torch.lerp(first[name], value, way) if value.dtype.is_floating_point else value
                             for name, value in last_ones.items()})
        loss = loss_at(read_all(net, flats, "cpu"), texts, 1.0)
        print(f"{way:.2f} of the way: loss {loss:.5f}", flush=True)
        if best is None or loss < best[0]:
            best, share = (loss, {name: value.clone() for name, value in net.state_dict().items()}), way
    net.load_state_dict(best[1])
    return share


def finish(args, net, step, history):
    net = net.cpu()
    way = 1.0
    if args.start:  # a share that --toward names is in the weights already: no other is sought
        way = on_the_way(net, args.start, args.data) if args.toward == 1 else args.toward
    temperature, readable = calibrate(net, args.data, "cpu")
    args.out.mkdir(parents=True, exist_ok=True)
    export_script(net, torch.zeros(1, 3, HEIGHT, WIDTH), args.out / "reader.pt")
    write_curves(args.out / "curves.png", history, "reader")
    fit = looks(args.data, "cpu")(net)["fit: whole plate exact"]
    write_card(args.out, "reader", "reader", {"charset": CHARSET}, {
        "input": {"width": WIDTH, "height": HEIGHT, "mean": [MEAN] * 3, "std": [STD] * 3},
        "outputs": {"log_probs": [0, WIDTH // 4, len(CHARSET) + 1]},
        "thresholds": {"margin_x": .015, "margin_y": .04},
        "calibration": {"char_temperature": temperature, "readable": readable},
        "training": {"command": "scripts/train/reader.py", "seed": args.seed, "steps": step, "minutes": minutes_of(history), "way": way,
                     "data": ["plates/reader, plates/green (CCPD, MIT)", "plates/recognition (CCPD, MIT; EasyPR, Apache-2.0)",
                              "plates/glyphs (MIT, 2020 leijd)", "scenes (rendered)"]},
        "accuracy": {"fit_whole_plate": {"value": fit, "data": "fit halves of the val files; not a report"}}})


def main():
    args = training_arguments(__doc__, "reader", 60, batch=64, rate=3e-3)
    prepared(args)
    net = Reader().to(args.device)
    if args.finish:
        average, step, history = last(args, net)
    else:
        average, step, history = train(
            args, net, lambda step: Stream(args.data, args.seed + step, step * args.batch, args.preload), batch_loss(args.device),
            None if args.blind else looks(args.data, args.device), args.rate, clip=2.0, collate=collate)
    if not args.no_finish:
        finish(args, average, step, history)


if __name__ == "__main__":
    sys.exit(main())
