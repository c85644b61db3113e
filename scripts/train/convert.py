#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns one's own data into a set that the trainings read beside the project's data.

    convert.py ccpd FOLDER OUT                       pictures whose names tell the plate as CCPD's do
    convert.py coco ANNOTATIONS.json PICTURES OUT    boxes of a COCO file
    convert.py yolo FOLDER OUT --names car,bus       boxes of text files beside the pictures, or in labels/ beside images/

OUT is the folder that the trainings get as --data; the set becomes OUT/plates_NAME or OUT/vehicles_NAME, and the trainings find it there.
README.md beside this file says what such a folder holds. What is broken is named, left out and counted; the rest is converted.
"""
import argparse
import collections
import csv
import json
import math
import pathlib
import re
import sys

import cv2
import numpy as np

from common.ccpd import name_says
from common.converted import LeftOut, Opener, Output, Unfit, pictures_in, rounded, shrunk, side
from common.plate_crops import warp_to
from common.road_scenes import LABELS, TWO_WHEELERS, VEHICLES, label_of

SCENE_WIDTH, CROP_PLATE = 400, 150  # px: of plates/scenes, and of the plate in a crop of plates/reader
LONGEST = 1280                      # px: of a road picture
CLASSES = VEHICLES | TWO_WHEELERS | {"person", "signal_head"}
SYNONYMS = {"motorbike": "motorcycle", "pedestrian": "person", "lorry": "truck"}
FINE = {"suv", "van", "minibus", "pickup", "tricycle"}  # a "car" or "truck" of a set may be any of these; these are themselves
NO_CAMERA = {"images", "jpegimages", "train", "val", "valid", "validation", "test"}  # folders that name no place


# Plates

def plates_there(data):
    """(side of every plate string, md5 of every picture) in the plate sets of a data folder; public benchmarks have side "test"."""
    sides, pictures = {}, set()
    for split in ("train", "val"):  # what stands in both counts as val
        for file in data.glob(f"plates*/*/{split}.*"):
            for row in rows_of(file):
                sides[row["text"]] = split
                pictures.add(row.get("src_md5"))
    sides |= {row["text"]: "test" for file in data.glob("test-public/*/*.csv") for row in rows_of(file) if row.get("text")}
    return sides, pictures


def rows_of(file):
    with open(file, encoding="utf-8", newline="") as lines:
        return [json.loads(line) for line in lines] if file.suffix == ".jsonl" else list(csv.DictReader(lines))


def ccpd(args):
    pictures, out, left = pictures_in(args.folder), Output(args, "plates"), LeftOut()
    sides, known = plates_there(args.out)
    opener = Opener(known)
    for path in pictures:
        try:
            convert_plate(path, opener, sides, out)
        except Unfit as unfit:
            left.add(path, unfit)
    return out.finish(left)


def convert_plate(path, opener, sides, out):
    try:
        said = name_says(path.stem)
    except ValueError as error:
        raise Unfit("has no name of CCPD's kind", str(error),
                    "It is area-tilt-box-corners-text-brightness-blur, as in 025-95_113-154&383_386&473-...-0_0_22_27_27_33_16-37-15.jpg.") from None
    split = sides.get(said["text"]) or side(said["text"])
    if split == "test":
        raise Unfit("shows a plate of test-public", said["text"], "Nothing is to be done: those are there to report on.")
    picture, _, md5 = opener.read(path)
    corners, (x, y, w, h) = np.array(said["corners"], float), said["box"]
    reach = np.vstack([corners, [(x, y), (x + w, y + h)]])
    if (reach < -2).any() or (reach > np.array(picture.shape[1::-1]) + 2).any():
        raise Unfit("tells of a plate outside the picture", f"{picture.shape[1]} x {picture.shape[0]}",
                    "Names hold pixels of the original picture: convert the picture as CCPD has it.")
    kind = "blue" if len(said["text"]) == 7 else "green" if said["text"][2].isalpha() else "yellow_green"
    row = {"text": said["text"], "colour": kind, "brightness": said["brightness"], "blur": said["blur"], "tilt": said["tilt"],
           "slices": slices(picture, corners, said), "source": out.name, "label_kind": "human", "src_md5": md5}
    scene, scale = shrunk(picture, SCENE_WIDTH / picture.shape[1])
    out.write("scenes", split, scene, row | placed(corners, said["box"], (0, 0), scale))
    low, high = reach.min(0), reach.max(0)
    grow = (high - low) * [.3, .35]
    left, top = np.maximum(0, np.floor(low - grow)).astype(int)
    right, bottom = np.ceil(high + grow).astype(int)
    crop, scale = shrunk(picture[top:bottom, left:right], CROP_PLATE / w)
    out.write("reader", split, crop, row | placed(corners, said["box"], (left, top), scale))


def placed(corners, box, origin, scale):
    """Corners and box in pixels of the shipped picture."""
    return {"corners": rounded((corners - origin) * scale), "box": rounded([*(box[:2] - np.array(origin)) * scale, *box[2:] * scale])}


def slices(picture, corners, said):
    """What makes the plate a special one, as plates/README.md of the data has it."""
    (tlx, tly), (trx, try_), _, (blx, bly) = corners
    roll = math.degrees(math.atan2(try_ - tly, trx - tlx))
    shear = math.degrees(math.atan2(blx - tlx, bly - tly)) + roll
    flat = cv2.cvtColor(warp_to(picture, corners, 128, 40), cv2.COLOR_RGB2GRAY)
    tests = {"dark": said["brightness"] < 60, "bright": said["brightness"] > 185, "tilted": abs(roll) >= 8 or abs(shear) >= 12,
             "blurred": cv2.Laplacian(flat, cv2.CV_64F).var() < .21 * flat.var(), "small": said["box"][2] < 125,
             "not_wan": said["text"][0] != "皖", "new_energy": len(said["text"]) == 8}
    return [name for name, true in tests.items() if true]


# Boxes

class Boxes:
    """What the boxes of a set become: its classes' names to ours, and which labels are complete."""

    def __init__(self, args, names):
        wanted = {theirs.lower(): ours for theirs, ours in args.map}
        unknown = set(wanted) - {name.lower() for name in names}
        if unknown:
            raise SystemExit(f"--map {', '.join(sorted(unknown))}: no such class. The data have: {', '.join(names)}.")
        self.ours = {name: wanted.get(name.lower()) or of_itself(name) for name in names}
        labels = {label_of(ours) for ours in self.ours.values() if ours} - {-1}
        self.complete = [LABELS[i] for i in sorted(labels)] if args.complete is None else args.complete
        self.unused, self.tiny, self.args = collections.Counter(), 0, args

    def placed(self, items, picture, scale):
        """boxes and unlabelled of a row, from (class name, (x y w h), one of many)."""
        h, w = picture.shape[:2]
        row = {"boxes": [], "unlabelled": []}
        for name, (x, y, bw, bh), crowd in items:
            ours = self.ours[name]
            if ours is None:
                self.unused[name] += 1
                continue
            if x >= w or y >= h or x + bw <= 0 or y + bh <= 0:
                raise Unfit("has a box outside the picture", f"{name} at {x:g}, {y:g} of {w} x {h}", "Correct the box.")
            x0, y0, x1, y1 = max(0, x), max(0, y), min(w, x + bw), min(h, y + bh)
            if x1 - x0 < 1 or y1 - y0 < 1:
                self.tiny += 1
                continue
            box = dict(zip("xywh", rounded(np.array([x0, y0, x1 - x0, y1 - y0]) * [*scale, *scale])))
            if crowd or ours == "ignore":
                row["unlabelled"].append(box | {"guess": "crowd" if crowd else name})
            else:
                row["boxes"].append({"class": ours, **box, **({"fine": ours} if ours in FINE else {})})
        return row

    def convert(self, path, relative, items, opener, out, size=None, shares=False):
        """One picture with its (class name, box, one of many); `size`: what the labels say it is. `shares`: boxes are shares of it."""
        group = group_of(relative, self.args.group)
        picture, data, _ = opener.read(path)
        if size and size != picture.shape[1::-1]:
            raise Unfit("has another size than its labels say", "{} x {}, not {} x {}".format(*picture.shape[1::-1], *size),
                        "Correct width and height, or save the picture without the EXIF mark that turns it.")
        if shares:
            items = [(name, np.array(box) * (picture.shape[1::-1] * 2), crowd) for name, box, crowd in items]
        small, scale = shrunk(picture, LONGEST / max(picture.shape[:2]))
        row = {"set": out.name, "group": group, **self.placed(items, picture, scale)}
        out.write("detection", side(group), small, row, data if small is picture else None, path.suffix.lower())

    def finish(self, out, left):
        status = out.finish(left)
        for name, count in self.unused.most_common():
            print(f"  {count} boxes of {name!r} are not used: --map '{name}=CLASS' makes them ours, =ignore lets nobody learn from there")
        if self.tiny:
            print(f"  {self.tiny} boxes of less than a pixel are not used")
        if status:
            return status
        print(f"taken as labelled wherever they are (--complete says otherwise): {', '.join(self.complete) or 'none'}")
        splits = out.rows["detection"]
        for split, rows in splits.items():
            if not rows:
                print(f"No picture is {split}: all are of few groups ({', '.join(sorted({r['group'] for other in splits.values() for r in other})[:3])}). "
                      "Name the camera or clip of a picture with --group.")
        about = {"labelled": sorted(set(filter(None, self.ours.values())) - {"ignore"}), "complete": self.complete,
                 "mapped": {name: ours for name, ours in self.ours.items() if ours}, "not_used": sorted(self.unused)}
        (out.folder / "detection/sets.json").write_text(json.dumps({"sets": {out.name: about}}, ensure_ascii=False, indent=1) + "\n",
                                                        encoding="utf-8")
        return 0


def of_itself(name):
    """Our class of a name that needs no --map, or None. "other" says nothing in another set."""
    plain = re.sub(r"\W+", "_", name.strip().lower())
    plain = SYNONYMS.get(plain, plain)
    return plain if plain in CLASSES - {"other"} else None


def group_of(relative, pattern):
    """The camera or clip of a picture: what --group finds in its path, else its folder and its name without the number at its
    end; pictures whose names are numbers stand each alone. What Roboflow made of one picture stays together."""
    if pattern:
        found = pattern.search(str(relative))
        if not found:
            raise Unfit("has a name that --group does not fit", pattern.pattern, "Correct the expression.")
        return found.group(found.re.groups and 1)
    folders = [part for part in relative.parent.parts if part.lower() not in NO_CAMERA]
    stem = re.sub(r"(_(jpe?g|png))?\.rf\.\w+$", "", relative.stem)
    return "/".join([*folders, re.sub(r"[\W_]*\d+$", "", stem) or stem])


def coco(args):
    try:
        content = json.loads(args.annotations.read_text(encoding="utf-8"))
        names = {category["id"]: category["name"] for category in content["categories"]}
        images, annotations = content["images"], content["annotations"]
    except OSError as error:
        raise SystemExit(f"{args.annotations}: cannot be read: {error.strerror}. Give the annotations file first.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise SystemExit(f"{args.annotations}: is no COCO file: {error!r}. It needs images, annotations and categories.") from None
    boxes, out, left, opener, items = Boxes(args, list(names.values())), Output(args, "vehicles"), LeftOut(), Opener(), {}
    for image in images:
        if isinstance(image, dict) and "id" in image and "file_name" in image:
            items[image["id"]] = []
        else:
            left.add(args.annotations, Unfit("has an image without id or file_name", str(image)[:60], "Correct the entry."))
    for annotation in annotations:
        mine = items.get(annotation.get("image_id")) if isinstance(annotation, dict) else None
        if mine is None:
            left.add(args.annotations, Unfit("has a box of no image", str(annotation)[:60], "Add the image, or take the box out."))
        else:
            mine.append(annotation)
    for image in images:
        if not isinstance(image, dict) or image.get("id") not in items:
            continue
        path = args.pictures / image.get("file_name", "")
        try:
            size = (image["width"], image["height"]) if image.get("width") and image.get("height") else None
            mine = [coco_item(annotation, names) for annotation in items[image["id"]]]
            boxes.convert(path, pathlib.Path(image["file_name"]), mine, opener, out, size)
        except Unfit as unfit:
            left.add(path, unfit)
    return boxes.finish(out, left)


def coco_item(annotation, names):
    try:
        x, y, w, h = (float(value) for value in annotation["bbox"])
        if not all(map(math.isfinite, (x, y, w, h))):
            raise ValueError
        return names[annotation["category_id"]], (x, y, w, h), bool(annotation.get("iscrowd"))
    except (KeyError, ValueError, TypeError):
        # The whole picture: without this box the net would learn that nothing is there.
        raise Unfit("has a broken annotation", str({key: annotation.get(key) for key in ("id", "category_id", "bbox")}),
                    "It needs a known category_id and bbox [x, y, w, h] in pixels.") from None


def yolo(args):
    pictures, boxes, out, left, opener = pictures_in(args.folder), Boxes(args, args.names), Output(args, "vehicles"), LeftOut(), Opener()
    for path in pictures:
        relative = path.relative_to(args.folder)
        try:
            boxes.convert(path, relative, yolo_items(labels_of(path, relative), args.names), opener, out, shares=True)
        except Unfit as unfit:
            left.add(path, unfit)
    return boxes.finish(out, left)


def labels_of(path, relative):
    """The text file of a picture: beside it, or in labels/ where the picture is in images/."""
    beside = path.with_suffix(".txt")
    parts = list(relative.with_suffix(".txt").parts)
    apart = beside
    if "images" in parts:
        at = len(parts) - 1 - parts[::-1].index("images")
        apart = path.parents[len(parts) - 1].joinpath(*parts[:at], "labels", *parts[at + 1:])
    for file in (beside, apart):
        if file.is_file():
            return file
    raise Unfit("has no text file", f"neither {beside.name} beside it nor in labels/", "Where nothing is to be labelled, put an empty one.")


def yolo_items(file, names):
    """(class name, (x y w h) as shares of the picture, False) of each line; of an outline the box round it."""
    items = []
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Unfit("has labels that cannot be read", f"{file}: {error}", "Save them as UTF-8 text.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            which, *values = line.split()
            name, values = names[whole(which)], [float(value) for value in values]
            if any(not -.001 <= value <= 1.001 for value in values) or (len(values) != 4 and (len(values) < 6 or len(values) % 2)):
                raise ValueError
        except (ValueError, IndexError):
            # The whole picture: without this box the net would learn that nothing is there.
            raise Unfit("has a broken line", f"{file}:{number}: {line[:60]!r}",
                        f"A line is: class (0 to {len(names) - 1}) x y w h, the middle and size as shares of the picture.") from None
        if len(values) == 4:
            x, y, w, h = values
            items.append((name, (x - w / 2, y - h / 2, w, h), False))
        else:
            xs, ys = values[::2], values[1::2]
            items.append((name, (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)), False))
    return items


def whole(text):
    if not text.isdigit():  # -1 would name the last class
        raise ValueError
    return int(text)


def name_of(text):
    return re.sub(r"\W+", "_", text).strip("_").lower()


def mapped(text):
    theirs, _, ours = text.rpartition("=")
    if not theirs or ours not in CLASSES | {"ignore"}:
        raise argparse.ArgumentTypeError(f"{text!r} is not THEIRS=OURS with OURS of {', '.join(sorted(CLASSES))}, ignore")
    return theirs, ours


def completed(text):
    labels = [] if text == "none" else text.split(",")
    if set(labels) - set(LABELS):
        raise argparse.ArgumentTypeError(f"{text!r} is not none or of {','.join(LABELS)}")
    return labels


def expression(text):
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no regular expression: {error}") from None


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    forms = parser.add_subparsers(dest="form", required=True)
    for form, job, places in (("ccpd", ccpd, ["folder"]), ("coco", coco, ["annotations", "pictures"]), ("yolo", yolo, ["folder"])):
        one = forms.add_parser(form)
        one.set_defaults(job=job)
        for place in places:
            one.add_argument(place, type=pathlib.Path, metavar=place.upper())
        one.add_argument("out", type=pathlib.Path, metavar="OUT", help="data folder of the trainings")
        one.add_argument("--name", type=name_of, help=f"of the set; else that of {places[0].upper()}")
        one.add_argument("--source", help="where the pictures are from, for SOURCE.md")
        one.add_argument("--licence", help="under what licence they are, for SOURCE.md")
        if form == "ccpd":
            continue
        one.add_argument("--map", type=mapped, nargs="+", action="extend", default=[], metavar="THEIRS=OURS",
                         help="classes whose names are not ours; ignore: neither a vehicle nor none")
        one.add_argument("--complete", type=completed, metavar="LABELS",
                         help=f"which of {','.join(LABELS)} are labelled wherever they are, or none; else all that a class stands for")
        one.add_argument("--group", type=expression, metavar="REGEX",
                         help="finds camera or clip in a picture's path (its first bracket, if any): no camera is in train and val both")
    forms.choices["yolo"].add_argument("--names", type=lambda text: text.split(","), required=True, help="classes 0, 1, ... by name: a,b,c")
    args = parser.parse_args()
    args.name = args.name or name_of(args.annotations.stem if args.form == "coco" else args.folder.resolve().name) or "own"
    return args


def main():
    args = arguments()
    return args.job(args)


if __name__ == "__main__":
    sys.exit(main())
