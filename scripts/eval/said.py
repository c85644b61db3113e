# SPDX-License-Identifier: Apache-2.0
"""All that the models say with a probability about the pictures of one half, as the program says it, and whether it is right."""
import collections
import difflib
import importlib.util
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common import arrow_crops, heads, marks, plate_scenes, road_scenes, signal_crops, vehicle_crops, word_crops  # noqa: E402
from common.boxes import kept, matched  # noqa: E402
from common.calibration import SUREST, calibrated, most_likely, sigmoid  # noqa: E402
from common.card import load_model  # noqa: E402
from common.charset import CHARSET  # noqa: E402
from common.crop_net import heads_of  # noqa: E402
from common.data import half, json_lines  # noqa: E402
from common.plate_crops import (closeup_samples, green_samples, public_plates, reader_samples,  # noqa: E402
                                recognition_samples, rendered_samples)
from plate import box_iou  # noqa: E402
from reader import flat_of, read_all, string_features  # noqa: E402
from scene import pieces_of  # noqa: E402
from signal_head import seen_closer  # noqa: E402

DARK = 60          # mean brightness below which a real picture counts as dark
SMALL = 48         # px: the shorter side of a small box
SMALL_HEAD = 12    # px
DRAWN = {"fit": 400, "report": 600}

# One thing said: with which probability, whether it is right, what may be wrong together with it, and the slices it belongs to,
# of which the first is real, public (a benchmark that nothing is fitted on), rendered or drawn.
Said = collections.namedtuple("Said", "p right group slices")


def evaluation(name):
    """The module scripts/eval/NAME.py; `import NAME` gives the one of scripts/train."""
    spec = importlib.util.spec_from_file_location(f"{name}_evaluation", pathlib.Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Half:
    """One half of the validation data, and what is known of its pictures; `most`: of each source no more than this, drawn by chance."""

    def __init__(self, data, models, part, most=None):
        self.data, self.models, self.part, self.most = data, models, part, most
        self.lights = {row["dir"]: row["light"] for file in data.glob("scenes*/manifest.jsonl") for row in json_lines(file)}

    def of(self, *sources, key=lambda s: s.group):
        """The samples of this half of each source."""
        return [s for source in sources for s in self.some([s for s in source(self.data, "val") if half(key(s)) == self.part])]

    def some(self, samples):
        """A seeded choice where there are too many."""
        if not self.most or len(samples) <= self.most:
            return samples
        return [samples[i] for i in sorted(np.random.default_rng(3).choice(len(samples), self.most, replace=False))]

    def slices(self, sample, box=None, pixels=None, smallest=SMALL):
        """real or rendered, dark or night, small, and the slices that its set names."""
        light = self.lights.get(sample.file.split("/")[0])
        names = ["rendered" if light else "real", *getattr(sample, "slices", ())]
        if light in ("night", "dusk"):
            names.append(light)
        if not light and pixels is not None and pixels.mean() < DARK:
            names.append("dark")
        if box is not None and min(box[2] - box[0], box[3] - box[1]) < smallest:
            names.append("small")
        return tuple(names)


def best_of(logits, heat, labels):
    """(p, right) of each answer of one head; None where nobody said what is true."""
    index, p = most_likely(logits, heat)
    return [(float(q), float(i == t)) if t >= 0 else None for q, i, t in zip(p, index, labels)]


Public = collections.namedtuple("Public", "text")


def plates_read(these):
    card, net = load_model(these.models / "reader")
    samples = these.of(reader_samples, recognition_samples, green_samples, rendered_samples, closeup_samples, key=lambda s: s.text)
    heat, (a, b, c) = (card["calibration"][name] for name in ("char_temperature", "readable"))
    flats = [flat_of(s) for s in samples]
    if these.part == "report":
        pictures, texts = public_plates(these.data)
        flats, samples = flats + pictures, samples + [Public(text) for text in texts]
    log_probs = read_all(net, flats, "cpu")
    cooled = torch.log_softmax(log_probs / heat, 2).exp().numpy()
    for sample, steps, (text, whole, weakest) in zip(samples, cooled, string_features(log_probs, heat)):
        slices = ("public",) if isinstance(sample, Public) else these.slices(sample)
        yield "reader: whole string", Said(float(sigmoid(a + b * whole + c * weakest)), float(text == sample.text), sample.text, slices)
        read = characters(steps)
        for right, (_, p) in zip(right_ones("".join(c for c, _ in read), sample.text), read):
            yield "reader: character", Said(p, right, sample.text, slices)


def characters(steps):
    """(character, p) of the greedy path: p is the largest of the character's run."""
    read, last = [], 0
    for best, p in zip(steps.argmax(1), steps.max(1)):
        if best and best == last:
            read[-1] = (read[-1][0], max(read[-1][1], float(p)))
        elif best:
            read.append((CHARSET[best - 1], float(p)))
        last = best
    return read


def right_ones(read, truth):
    """For each character of `read` whether it stands so in `truth`."""
    if len(read) == len(truth):
        return [float(a == b) for a, b in zip(read, truth)]
    right = np.zeros(len(read))
    for block in difflib.SequenceMatcher(None, read, truth, False).get_matching_blocks():
        right[block.a:block.a + block.size] = 1
    return list(right)


def plates_found(these):
    card, net = load_model(these.models / "plate")
    looker = evaluation("plate")
    scenes = these.of(lambda d, s: plate_scenes.ccpd(d, "scenes", s), plate_scenes.rendered, looker.closeups, key=lambda s: s.key)
    crops = these.of(lambda d, s: plate_scenes.ccpd(d, "reader", s), lambda d, s: plate_scenes.ccpd(d, "green", s),
                     key=lambda s: s.key)
    labels = {plate_scenes.KINDS.index(name): name for name in plate_scenes.KINDS}
    for place, pictures in (("scene", scenes), ("crop", crops)):
        for scene, plates in zip(pictures, looker.closer_looks(card, net, pictures)):
            for quad, p, looks, covered in plates:
                hit = max(scene.plates, key=lambda t: box_iou(quad, t.quad), default=None)
                iou = box_iou(quad, hit.quad) if hit else 0
                if iou > .1 and hit.ignored:
                    continue
                slices, right = (*these.slices(scene), place), iou >= looker.RIGHT_IOU
                if place == "scene":   # that a crop shows a plate is known beforehand
                    yield "plate: is one", Said(float(p), float(right), scene.key, slices)
                if right:
                    said, told = most_likely(torch.from_numpy(looks)[None], card["calibration"]["kind_temperature"])
                    yield "plate: look", Said(float(told[0]), float(said[0] == hit.kind), scene.key, (*slices, labels[hit.kind]))
                    yield "plate: covered", Said(float(covered), float(hit.covered > .5), scene.key, slices)


@torch.no_grad()
def road_seen(these):
    """Boxes, signal heads and markings. Heads are told of rendered panels alone: no real set labels all of them."""
    (card, net), (signal_card, signal) = load_model(these.models / "scene"), load_model(these.models / "signal")
    shape, fitted = card["input"], card["calibration"]
    a, b, c = signal_card["calibration"]["is_head"]
    for scene in these.of(road_scenes.detection, road_scenes.persons, road_scenes.rendered, road_scenes.korea):
        pixels = scene.picture()
        view, scale = road_scenes.letterbox(pixels, shape["width"], shape["height"])
        x = torch.from_numpy(view.transpose(2, 0, 1).copy()).float()[None].div_(255).sub_(shape["mean"][0]).div_(shape["std"][0])
        boxes, scores, paint = [o[0] for o in net(x)[:3]]   # a net may give more
        found = boxes.numpy() / scale, scores.numpy()
        stay = kept(found, card)
        for label in (label for label in range(3) if label in scene.known):
            for box, p, _, right in matched(stay, scene, label):
                slices = these.slices(scene, box, pixels)
                slices = (*slices, scene.source) if slices[0] == "real" else slices
                yield f"scene: {road_scenes.LABELS[label]}", Said(p, right, scene.group, slices)
        for detected, own, right in seen_closer(signal, fitted, found, scene) if heads.HEAD in scene.known else ():
            detected = np.minimum(SUREST, sigmoid(detected))
            yield "scene: signal_head", Said(float(detected), right, scene.group, these.slices(scene))
            p = calibrated(detected, b, a + c * own)
            yield "signal: is a head", Said(float(p), right, scene.group, these.slices(scene))
        if scene.masks:
            truth = marks.seen_cells(scene.mask(pixels.shape), scale, shape["width"], shape["height"])
            for p, right in pieces_of(paint, truth):
                p = calibrated(p, fitted["markings_scale"], fitted["markings_shift"])
                yield "scene: markings", Said(float(p), right, scene.group, these.slices(scene, pixels=pixels))


def vehicles_described(these):
    card, net = load_model(these.models / "vehicle")
    crops = these.of(*vehicle_crops.SOURCES)
    outputs, labels = vehicle_crops.look(net, crops, card["input"]["mean"][0], card["input"]["std"][0])
    slices = []
    for crop in crops:
        x, y, w, h = crop.box or (0, 0, *crop.picture().shape[1::-1])
        pixels = crop.picture()[max(0, int(y)):int(y + h) + 1, max(0, int(x)):int(x + w) + 1]
        own = these.slices(crop, (x, y, x + w, y + h), pixels)
        slices.append((*own, "one camera" if crop.source == "type_camera" else "all others") if own[0] == "real" else own)
    for head, name in enumerate(("class", "colour", "special", "facing")):
        for crop, own, answer in zip(crops, slices, best_of(outputs[head], card["calibration"][f"{name}_temperature"], labels[:, head])):
            if answer:
                yield f"vehicle: {name}", Said(*answer, crop.group, own)


def signals_seen(these):
    card, net = load_model(these.models / "signal")
    lamps = these.of(*signal_crops.SOURCES)
    outputs = heads_of(net, [signal_crops.pixels_of(h.picture(), h.box) for h in lamps])
    for i, name in enumerate(("state", "shape")):
        for lamp, answer in zip(lamps, best_of(outputs[i], card["calibration"][f"{name}_temperature"], [h.labels[i] for h in lamps])):
            if answer:
                yield f"signal: {name}", Said(*answer, lamp.group, these.slices(lamp, lamp.box, smallest=SMALL_HEAD))


def paint_read(these):
    """Lane arrows and words: of rendered and real roads, and drawn ones."""
    rng = np.random.default_rng(11 if these.part == "report" else 7)
    for name, crops, said in (("arrow", arrow_crops, "arrow: moves"), ("word", word_crops, "word: meaning")):
        card, net = load_model(these.models / name)
        looker = evaluation(name)
        road = arrow_crops.Road(these.data, rng, "val")
        drawer = crops.Drawer(road) if name == "arrow" else crops.Drawer(road, "val")
        pairs = [(crops.pixels_of(s.picture(), s.box), s.labels, s.group, these.slices(s)) for s in these.of(*crops.SOURCES)]
        pairs += [(*drawer.sample(rng), str(i), ("drawn",)) for i in range(DRAWN[these.part])]
        for pixels, labels, group, slices in pairs:
            answer, p = looker.answer(card, net, pixels)
            if answer:
                yield said, Said(min(p, SUREST) if name == "word" else p, float(answer == looker.truth_of(labels)), group, slices)


SOURCES = (plates_read, plates_found, road_seen, vehicles_described, signals_seen, paint_read)


def all_said(these):
    """{name: [Said]} of all that is said with a probability about a Half."""
    said = collections.defaultdict(list)
    for source in SOURCES:
        for name, one in source(these):
            said[name].append(one)
    return said
