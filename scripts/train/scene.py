#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the scene net: a panel of 960 x 576 to boxes of vehicles, two-wheelers, people and signal heads, and to road markings.

Example: scripts/train/scene.py --data ../shared/data --out models/scene --minutes 60

Three grids of boxes: stride 8 for what is far, strides 32 and 64 for what is near or fills the picture; markings at stride 4. Real pictures carry loss
only for what their set labels; rendered scenes label everything. The exported net also says how far a panel lies from the training half;
--familiar measures that again for the model in --out, whose other outputs stay what they are.
"""
import copy
import sys

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional

from common import marks, weather
from common.arguments import training_arguments
from common.calibration import scale_and_shift
from common.card import load_model
from common.data import preload
from common.boxes import best_f1, candidates, kept, matched, measured
from common.export import export_script, write_card, write_curves
from common.familiarity import Familiarity, Looks, limits_of, pooled
from common.heads import HEAD, LEAST_HEAD, heads_said
from common.loop import autocast, last, minutes_of, prepared, train
from common.road_scenes import LABELS, ccpd, detection, korea, letterbox, persons, rendered, validation

MEAN, STD = .45, .25
WIDTH, HEIGHT = 960, 576          # of the exported net
CROP = (640, 384)                 # of training views
CHANNELS = (192, 192)             # of the backbone's maps at strides 32 and 64, by which the familiar is known
STRIDES = (8, 32, 64)
REACH = ((0, 110), (56, 300), (200, 1e9))  # px: the longer side of the boxes that are for a grid
CANDIDATES = 200
LEAST_PIECE = 20                  # cells: smaller pieces of paint are specks


def block(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True))


class SceneNet(nn.Module):
    """Plain 3x3 convolutions to stride 64, summed back to stride 4. Each grid of boxes: 4 label logits and 4 distances to the
    box's sides; the grid of markings: logits of their classes."""

    def __init__(self):
        super().__init__()
        self.frozen = False
        self.to4 = nn.Sequential(block(3, 16, 2), block(16, 32, 2), block(32, 32))
        self.to8 = nn.Sequential(block(32, 64, 2), block(64, 64))
        self.to16 = nn.Sequential(block(64, 128, 2), block(128, 128))
        self.to32 = nn.Sequential(block(128, 192, 2), block(192, 192), block(192, 192))
        self.to64 = nn.Sequential(block(192, 192, 2), block(192, 192), block(192, 192))
        self.side64, self.side32, self.side16 = nn.Conv2d(192, 192, 1), nn.Conv2d(192, 128, 1), nn.Conv2d(128, 64, 1)
        self.mix32, self.mix16, self.mix8 = block(192, 192), block(128, 128), block(64, 64)
        self.heads = nn.ModuleList([nn.Sequential(block(inputs, width), nn.Conv2d(width, len(LABELS) + 4, 1))
                                    for inputs, width in ((64, 64), (192, 128), (192, 128))])
        self.side8 = nn.Conv2d(64, 32, 1)
        self.marks = nn.Sequential(block(32, 40), nn.Conv2d(40, len(marks.CLASSES), 1))
        for head in self.heads:
            nn.init.constant_(head[1].bias[:len(LABELS)], -4.5)

    def freeze_all_but_heads(self):
        """Only the heads of boxes learn from here on."""
        self.frozen = True
        self.requires_grad_(False)
        self.heads.requires_grad_(True)

    def train(self, mode=True):
        super().train(mode and not self.frozen)
        self.heads.train(mode)
        return self

    def maps(self, x):
        """What the backbone sees, at strides 4 to 64."""
        f4 = self.to4(x)
        f8 = self.to8(f4)
        f16 = self.to16(f8)
        f32 = self.to32(f16)
        return f4, f8, f16, f32, self.to64(f32)

    def grids(self, x):
        """Boxes at the strides of STRIDES, markings at stride 4."""
        return self.grids_of(self.maps(x))

    def grids_of(self, maps):
        f4, f8, f16, f32, f64 = maps
        m32 = self.mix32(f32 + functional.interpolate(self.side64(f64), scale_factor=2.0))
        m16 = self.mix16(f16 + functional.interpolate(self.side32(m32), scale_factor=2.0))
        m8 = self.mix8(f8 + functional.interpolate(self.side16(m16), scale_factor=2.0))
        m4 = f4 + functional.interpolate(self.side8(m8), scale_factor=2.0)
        return [self.heads[0](m8), self.heads[1](m32), self.heads[2](f64), self.marks(m4)]


def distances(raw, stride):
    """Distances to left, top, right, bottom in px."""
    return functional.softplus(raw) * stride * 2


def centres(width, height, stride):
    x = (torch.arange(width // stride, dtype=torch.float32) + .5) * stride
    y = (torch.arange(height // stride, dtype=torch.float32) + .5) * stride
    yy, xx = torch.meshgrid(y, x, indexing="ij")
    return torch.stack([xx, yy])


class Exported(nn.Module):
    """The net with its decoding: boxes [B,200,4] in input px, scores [B,200,4], marking logits [B,12,144,240], and the distance
    [B] from the training half."""

    def __init__(self, net):
        super().__init__()
        self.net, self.familiarity = net, Familiarity(2 * sum(CHANNELS))
        for i, stride in enumerate(STRIDES):
            self.register_buffer(f"centres{i}", centres(WIDTH, HEIGHT, stride).flatten(1)[None])

    def features(self, x):
        return self.features_of(x, self.net.maps(x))

    def features_of(self, x, maps):
        return pooled(x, maps[-len(CHANNELS):], MEAN, STD)

    def forward(self, x):
        boxes, scores = [], []
        maps = self.net.maps(x)
        grids = self.net.grids_of(maps)
        for grid, stride, centre in zip(grids[:3], STRIDES, (self.centres0, self.centres1, self.centres2)):
            flat = grid.flatten(2)
            d = distances(flat[:, len(LABELS):], stride)
            boxes.append(torch.cat([centre - d[:, :2], centre + d[:, 2:]], 1))
            scores.append(torch.sigmoid(flat[:, :len(LABELS)]))
        boxes, scores = torch.cat(boxes, 2), torch.cat(scores, 2)
        best = scores.max(1).values.topk(CANDIDATES, dim=1).indices[:, None].expand(-1, 4, -1)
        return (boxes.gather(2, best).transpose(1, 2), scores.gather(2, best).transpose(1, 2), grids[3],
                self.familiarity(self.features_of(x, maps)))


# Samples

def origin(scene):
    """The name in SHARES of where a scene comes from; "own" for sets that are not of the project's data."""
    if scene.pictures.folder.name == "persons":
        return "persons"
    return scene.source if scene.source in Stream.SHARES else "own"


def but(scenes, without):
    """The scenes that do not come from what --without names."""
    return [s for s in scenes if origin(s) not in without]


class Stream(torch.utils.data.IterableDataset):
    """Endless views: pixels, labels of marks, the targets of the grids of boxes, and whether the view is rendered."""

    SHARES = {"surveillance_atl": .13, "surveillance_anyclass": .12, "india_street": .08, "openimages_vehicles": .12,
              "openimages_ambulance": .05, "persons": .05, "ccpd": .04, "korea_road": .07, "rendered": .34, "own": .12}

    def __init__(self, data, seed, threads, without=()):
        self.data, self.seed, self.without, self.sources = data, seed, without, {}
        if threads:
            self.prepare()
            preload([s for scenes in self.sources.values() for s in scenes], threads)

    def prepare(self):
        scenes = [*detection(self.data, "train", marked="overhead" not in self.without), *persons(self.data, "train"),
                  *ccpd(self.data, "train"), *korea(self.data, "train"), *rendered(self.data, "train")]
        sources = {name: [s for s in but(scenes, self.without) if origin(s) == name] for name in self.SHARES}
        self.sources = {name: mine for name, mine in sources.items() if mine}

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        cv2.setNumThreads(0)
        if not self.sources:
            self.prepare()
        names = list(self.sources)
        shares = np.array([self.SHARES[name] for name in names])
        while True:
            scenes = self.sources[names[rng.choice(len(names), p=shares / shares.sum())]]
            picture, mask, boxes, scene, weak = view(rng, scenes[rng.integers(len(scenes))])
            grids = targets(boxes, scene.labels, scene.known, weak)
            yield (torch.from_numpy(picture.transpose(2, 0, 1).copy()), torch.from_numpy(mask),
                   [torch.from_numpy(g) for g in grids], scene.source == "rendered")


def view(rng, scene):
    """A part of the picture: near the size at which the program looks where the road is marked, else one in which some box has a
    random size, from far to filling the view."""
    picture = scene.picture()
    h, w = picture.shape[:2]
    width, height = CROP
    usual = min(WIDTH / w, HEIGHT / h)   # as the program scales the picture
    scale = usual * rng.uniform(.6, 1.3)
    focus = None
    real = np.flatnonzero(scene.labels >= 0)
    if len(real) and rng.random() < .85:
        focus = scene.boxes[rng.choice(real)]
    if focus is not None and rng.random() < (.3 if scene.masks else .65):
        size = max(focus[2] - focus[0], focus[3] - focus[1], 4)
        scale = float(np.exp(rng.uniform(np.log(14), np.log(600)))) / size
        scale = float(np.clip(scale, usual * .5, 3.0 if size > 30 else 1.6))
    x0, y0 = offset(rng, focus, scale, (h * scale, w * scale), width, height)
    out = cut(picture, scale, x0, y0, (114, 114, 114), cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    mask = cut(scene.mask(picture.shape), scale, x0, y0, marks.IGNORE, cv2.INTER_NEAREST)
    shift = np.array([x0, y0, x0, y0], np.float32)
    boxes = scene.boxes * scale - shift
    weak = None if scene.weak is None else scene.weak * scale - shift
    if rng.random() < .5:
        out, mask = cv2.flip(out, 1), cv2.flip(mask, 1)
        boxes = mirrored(boxes, width)
        weak = None if weak is None else mirrored(weak[None], width)[0]
    return out, mask, boxes.astype(np.float32), scene, weak


def cut(picture, scale, x0, y0, blank, flags):
    """The part of `picture`, scaled, that a view at x0, y0 of the scaled picture shows; `blank` outside the picture."""
    h, w = picture.shape[:2]
    left, top = max(0, int(x0 / scale)), max(0, int(y0 / scale))
    right, bottom = min(w, int(np.ceil((x0 + CROP[0]) / scale))), min(h, int(np.ceil((y0 + CROP[1]) / scale)))
    out = np.full((CROP[1], CROP[0], *picture.shape[2:]), blank, np.uint8)
    if right - left < 2 or bottom - top < 2:
        return out
    part = picture[top:bottom, left:right]
    part = cv2.resize(part, (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))), interpolation=flags)
    dx, dy = round(left * scale - x0), round(top * scale - y0)
    part = part[max(0, -dy):CROP[1] - dy, max(0, -dx):CROP[0] - dx]
    dx, dy = max(0, dx), max(0, dy)
    out[dy:dy + part.shape[0], dx:dx + part.shape[1]] = part
    return out


def offset(rng, focus, scale, shape, width, height):
    """Where in the scaled picture, of height and width `shape`, the view begins."""
    if focus is None:
        return tuple(int(rng.uniform(min(0, size - length), max(0, size - length))) for size, length in
                     ((shape[1], width), (shape[0], height)))
    middle = np.array([focus[0] + focus[2], focus[1] + focus[3]]) * scale / 2
    x0, y0 = middle - rng.uniform(.15, .85, 2) * [width, height]
    keep = lambda v, size, length: int(np.clip(v, min(0, length - size) - size * .1, max(0, length - size) + size * .1))
    return keep(x0, width, shape[1]), keep(y0, height, shape[0])


def mirrored(boxes, width):
    return np.stack([width - boxes[:, 2], boxes[:, 1], width - boxes[:, 0], boxes[:, 3]], 1)


def worn(pictures, rendered):
    """Floats of a batch of views as cameras might have seen them. Rendered surfaces are too clean: a faint real photograph, the
    next view of the batch, lies over some."""
    x = pictures.float() / 255
    faint = weather.uniform(x, .05, .3) * (weather.some(x, .4) & rendered.view(-1, 1, 1, 1) & ~rendered.roll(1).view(-1, 1, 1, 1))
    x = weather.light(x + (x.roll(1, 0) - x) * faint, share=.8)
    return weather.sensor(weather.optics(x, .3, share=.2), lowest_quality=25)


def targets(boxes, labels, known, weak):
    """For each grid [h,w,4+4+1+1]: label targets (1, 0, -1 no loss), box corners, a cell has a box, its weight."""
    grids = []
    for stride, reach in zip(STRIDES, REACH):
        width, height = CROP[0] // stride, CROP[1] // stride
        grid = np.zeros((height, width, 10), np.float32)
        for label in range(len(LABELS)):
            if label not in known:
                grid[..., label] = -1
        x, y = np.meshgrid((np.arange(width) + .5) * stride, (np.arange(height) + .5) * stride)
        order = np.argsort(-(boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])) if len(boxes) else []
        for i in order:
            place(grid, x, y, boxes[i], int(labels[i]), stride, reach)
        if weak is not None:
            inside = (x > weak[0]) & (x < weak[2]) & (y > weak[1]) & (y < weak[3])
            long = (weak[2] - weak[0]) / 1.6 * 4
            if reach[0] <= long <= reach[1]:
                grid[inside, 0] = 1
        grids.append(grid)
    return grids


def place(grid, x, y, box, label, stride, reach):
    x0, y0, x1, y1 = box
    visible = max(0, min(x1, CROP[0]) - max(x0, 0)) * max(0, min(y1, CROP[1]) - max(y0, 0))
    area = max(1.0, (x1 - x0) * (y1 - y0))
    inside = (x > x0) & (x < x1) & (y > y0) & (y < y1)
    size = max(x1 - x0, y1 - y0)
    if label < 0 or visible < .45 * area or size < 9:
        grid[inside, :4] = np.where(grid[inside, :4] == 1, 1, -1)
        return
    # seen part of a box that is cut at the view's edge
    x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, CROP[0]), min(y1, CROP[1])
    mine = reach[0] <= size <= reach[1]
    if not mine:
        return
    mx, my = (x0 + x1) / 2, (y0 + y1) / 2
    # Just off the middle a cell is neither right nor wrong; farther off it would say a second box.
    ring = (np.abs(x - mx) < max((x1 - x0) * .34, stride)) & (np.abs(y - my) < max((y1 - y0) * .34, stride)) & inside
    grid[ring, label] = np.where(grid[ring, label] == 1, 1, -1)
    middle = (np.abs(x - mx) < max((x1 - x0) * .22, stride * .6)) & (np.abs(y - my) < max((y1 - y0) * .22, stride * .6)) & inside
    if not middle.any():
        middle = np.hypot(x - mx, y - my) == np.hypot(x - mx, y - my).min()
    grid[middle, label] = 1
    grid[middle, 4:8] = [x0, y0, x1, y1]
    grid[middle, 8:10] = [1, 1 / np.sqrt(middle.sum())]


def loss_of(grids, wanted, labels, matrix):
    """`wanted`: the targets of the grids of boxes; `labels`: those of the marks' cells, or None."""
    total = 0 if labels is None else 1.5 * marks.loss_of(grids[3].float(), labels, matrix)
    for grid, target, stride in zip(grids, wanted, STRIDES):
        grid, target = grid.float(), target.permute(0, 3, 1, 2)
        logits, truth = grid[:, :4], target[:, :4]
        p = torch.sigmoid(logits)
        positive = (truth == 1).float()
        focal = functional.binary_cross_entropy_with_logits(logits, positive, reduction="none")
        focal = focal * torch.where(truth == 1, (1 - p) ** 2, .75 * p ** 2) * (truth >= 0)
        total = total + focal.sum() / positive.sum().clamp(min=4)
        has = target[:, 8] > 0
        if has.any():
            d = distances(grid[:, 4:], stride)
            centre = centres(CROP[0], CROP[1], stride).to(grid.device)[None]
            boxes = torch.cat([centre - d[:, :2], centre + d[:, 2:]], 1).permute(0, 2, 3, 1)[has]
            weight = target[:, 9][has]
            total = total + 1.5 * (giou_loss(boxes, target[:, 4:8].permute(0, 2, 3, 1)[has]) * weight).sum() / weight.sum()
    return total


def giou_loss(a, b):
    common = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0).prod(1)
    union = (a[:, 2:] - a[:, :2]).prod(1) + (b[:, 2:] - b[:, :2]).prod(1) - common
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(1)
    return 1 - common / union.clamp(min=1) + (hull - union) / hull.clamp(min=1)


# Measuring

def found_in(exported, scenes):
    return candidates(exported, scenes, WIDTH, HEIGHT, MEAN, STD)


@torch.no_grad()
def marks_in(exported, scenes):
    """Mean IoU over the paint of rendered scenes, and tolerant F1 of any paint of hand-made masks."""
    exported.eval()
    exact, near = np.zeros((len(marks.CLASSES), 3)), np.zeros(4)
    for scene in scenes:
        if scene.masks is None:
            continue
        picture = scene.picture()
        view, scale = letterbox(picture, WIDTH, HEIGHT)
        x = torch.from_numpy(view.transpose(2, 0, 1).copy()).float()[None].div_(255).sub_(MEAN).div_(STD)
        said = exported(x)[2][0].argmax(0).numpy()
        truth = marks.seen_cells(scene.mask(picture.shape), scale, WIDTH, HEIGHT)
        if scene.source == "rendered":
            exact += marks.counts_of(said, truth)
        else:
            near += marks.tolerant_counts(said, truth)
    union = exact[:, 1] + exact[:, 2] - exact[:, 0]
    paint = (np.arange(len(union)) > 1) & (exact[:, 2] > 0)
    return float((exact[paint, 0] / np.maximum(1, union[paint])).mean()) if paint.any() else 0.0, float(marks.f1(near)[0])


def fit_scenes(data):
    return (validation(detection(data, "val"), "fit")[::2] + validation(korea(data, "val"), "fit") +
            validation(rendered(data, "val"), "fit")[::3])


# Training

def looks(scenes):
    """What of the fit scenes the averaged net finds, for the curves."""
    def look(net):
        exported = Exported(copy.deepcopy(net).cpu())
        iou, near = marks_in(exported, scenes)
        return {"fit: vehicles, best F1": best_f1(measured(found_in(exported, scenes), scenes, 0))[0],
                "fit: markings, mean IoU (rendered)": iou, "fit: any marking, tolerant F1 (real)": near}
    return look


def batch_loss(device):
    matrix = marks.allowed().to(device)

    def loss(net, batch, _):
        pictures, masks, wanted, rendered = batch
        x = worn(pictures.to(device), rendered.to(device)).sub_(MEAN).div_(STD)
        with autocast(device):
            grids = net.grids(x)
        return loss_of(grids, [w.to(device) for w in wanted], None if net.frozen else marks.cells(masks.to(device)), matrix)
    return loss


@torch.no_grad()
def pieces(exported, scenes):
    """`pieces_of` all scenes."""
    rows = []
    for scene in scenes:
        picture = scene.picture()
        view, scale = letterbox(picture, WIDTH, HEIGHT)
        x = torch.from_numpy(view.transpose(2, 0, 1).copy()).float()[None].div_(255).sub_(MEAN).div_(STD)
        rows += pieces_of(exported(x)[2][0], marks.seen_cells(scene.mask(picture.shape), scale, WIDTH, HEIGHT))
    return np.array(rows)


def pieces_of(logits, truth):
    """(mean probability, right) of every connected piece of paint that the net sees in a panel: right when most of its cells lie
    within one cell of paint of its kind, or of one that the mask does not tell from it."""
    best, rows, allowed = torch.softmax(logits, 0).max(0), [], marks.allowed()
    p, said = best.values.numpy(), best.indices.numpy()
    for kind in range(2, len(marks.CLASSES)):
        near = cv2.dilate(np.isin(truth, np.flatnonzero(allowed[:, kind])).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        count, names, stats, _ = cv2.connectedComponentsWithStats(((said == kind) & (truth != marks.IGNORE)).astype(np.uint8))
        for name in range(1, count):
            if stats[name, cv2.CC_STAT_AREA] >= LEAST_PIECE:
                cells = names == name
                rows.append((float(p[cells].mean()), float(near[cells].mean() > .6)))
    return rows


def box_calibration(exported, data, thresholds, without=()):
    """How scores of two-wheelers and people become probabilities, fitted on what is said of the fit half at these thresholds. Those
    of vehicles stay: on that half their calibration error is no larger than by chance."""
    scenes = [s for source in (detection, persons, rendered) for s in but(validation(source(data, "val"), "fit"), without)]
    plain, fitted = {"calibration": {"score_temperature": 1.0}, "thresholds": thresholds}, {}
    stay = [kept(f, plain) for f in found_in(exported, scenes)]
    for name in ("two_wheeler", "person"):
        label = LABELS.index(name)
        rows = np.array([row[2:] for boxes, s in zip(stay, scenes) if label in s.known for row in matched(boxes, s, label)])
        fitted[f"{name}_scale"], fitted[f"{name}_shift"] = scale_and_shift(rows)
    return fitted


def head_calibration(found, scenes):
    scale, shift = scale_and_shift(np.array([row[1:] for f, s in zip(found, scenes) if HEAD in s.known for row in heads_said(f, s)]))
    return {"signal_head_scale": scale, "signal_head_shift": shift}


def markings_calibration(exported, scenes):
    scale, shift = scale_and_shift(pieces(exported, [s for s in scenes if s.source == "rendered"]))
    return {"markings_scale": scale, "markings_shift": shift}


def familiar_scenes(data, split):
    """What the familiar is measured on: every picture of validation sets, of the others, and of what looks much alike, some."""
    some, closeups, drawn = (3, 20, 6) if split == "train" else (1, 8, 2)
    return (list(detection(data, split))[::some] + list(persons(data, split))[::some] + list(korea(data, split)) +
            list(ccpd(data, split))[::closeups] + list(rendered(data, split))[::drawn])


def looks_at(exported, scenes):
    return Looks(exported.eval(), scenes, WIDTH, HEIGHT, MEAN, STD)


def learn_familiar(exported, data, without=()):
    """Fits the distance on the training half; returns its limits for the card."""
    train = looks_at(exported, but(familiar_scenes(data, "train"), without))
    exported.familiarity.fit(train.features)
    return limits_of(exported.familiarity, train, looks_at(exported, but(validation(familiar_scenes(data, "val"), "fit"), without)))


def exported_from(script):
    """The net of a TorchScript file, as it was exported."""
    exported = Exported(SceneNet())
    missing = exported.load_state_dict(script.state_dict(), strict=False).missing_keys
    if any(not name.startswith("familiarity.") for name in missing):
        raise SystemExit(f"the model lacks {missing}")
    return exported.eval()


def finish_familiar(args):
    """The model in --out with its distance and limits measured anew."""
    card, script = load_model(args.out)
    exported = exported_from(script)
    card["calibration"].update(learn_familiar(exported, args.data, args.without))
    card["outputs"]["unfamiliar"] = [0]
    export_script(exported, torch.zeros(1, 3, HEIGHT, WIDTH), args.out / card["file"])
    tables = {name: table for name, table in card.items() if isinstance(table, dict)}
    write_card(args.out, card["name"], card["task"], {"labels": card["labels"]}, tables)


def finish(args, net, step, history):
    """Thresholds and calibration from the fit halves, and the model's folder."""
    exported = Exported(net.cpu())
    thresholds, accuracy = {"nms_iou": .5}, {}
    scenes = but(validation(detection(args.data, "val"), "fit") + validation(rendered(args.data, "val"), "fit"), args.without)
    found = found_in(exported, scenes)
    for label, name in enumerate(LABELS):
        f1, thresholds[name] = best_f1(measured(found, scenes, label))
        accuracy[f"fit_{name}_f1"] = {"value": f1, "data": "fit halves; not a report"}
    thresholds["signal_head"] = LEAST_HEAD
    calibration = {"score_temperature": 1.0, **box_calibration(exported, args.data, thresholds, args.without),
                   **head_calibration(found, scenes), **markings_calibration(exported, scenes), **learn_familiar(exported, args.data, args.without)}
    args.out.mkdir(parents=True, exist_ok=True)
    export_script(exported, torch.zeros(1, 3, HEIGHT, WIDTH), args.out / "scene.pt")
    write_curves(args.out / "curves.png", history, "scene")
    write_card(args.out, "scene", "detector", {"labels": LABELS}, {
        "input": {"width": WIDTH, "height": HEIGHT, "mean": [MEAN] * 3, "std": [STD] * 3},
        "outputs": {"boxes": [0, CANDIDATES, 4], "scores": [0, CANDIDATES, len(LABELS)],
                    "markings": [0, len(marks.CLASSES), HEIGHT // marks.STRIDE, WIDTH // marks.STRIDE],
                    "unfamiliar": [0]},
        "thresholds": thresholds,
        "calibration": calibration,
        "training": {"command": "scripts/train/scene.py", "seed": args.seed, "steps": step, "minutes": minutes_of(history),
                     "data": ["vehicles/detection, vehicles/persons (CC BY 4.0, CC BY 2.0)", "plates/scenes (CCPD, MIT)",
                              "markings (CC BY 4.0)", "scenes (rendered)"]},
        "accuracy": accuracy})


def main():
    args = training_arguments(__doc__, "scene", 60, batch=12, rate=2e-3, flags={
        "heads": "train the heads of boxes alone, from --start",
        "familiar": "no training: only what is familiar to the model in --out, measured again"},
        sources=[*(name for name in Stream.SHARES if name != "rendered"), "overhead"])
    prepared(args)
    if args.familiar:
        return finish_familiar(args)
    net = SceneNet().to(args.device)
    if args.heads:
        net.freeze_all_but_heads()
    if args.finish:
        average, step, history = last(args, net)
    else:
        average, step, history = train(args, net, lambda step: Stream(args.data, args.seed + step, args.preload, args.without),
                                       batch_loss(args.device), None if args.blind else looks(fit_scenes(args.data)), args.rate, clip=10.0)
    if not args.no_finish:
        finish(args, average, step, history)


if __name__ == "__main__":
    sys.exit(main())
