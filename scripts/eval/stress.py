#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks the built program what it must not do: decide wrongly on changed pictures, accept what real pictures do not prove, or accept
a plate that is not the recorded one.

Example: scripts/eval/stress.py --data ../shared/data --program build/bin/vioreview

Tables: rendered cases with split `val` again after each change of their pictures (colour, light, blur, noise, compression, geometry);
real pictures of scenes/val and detection/val dressed as cases of violations that they prove nothing of; every rendered case that is
accepted, again with one character or the province of its recorded plate changed. Seeded; nothing here is used to train or to choose.
"""
import argparse
import collections
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import cv2
import numpy as np

from product import header, row

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
LOOK_ALIKE = {"0": "D", "D": "0", "8": "B", "B": "8", "2": "Z", "Z": "2", "5": "S", "S": "5", "Q": "0", "1": "T", "T": "1"}
CODES = "1625 1211 1208 1345 1301 1039 1025 1044 1357 1018 1019".split()


def toned(gain, gamma=1.0):
    return lambda image: (255 * np.clip(image / 255 * np.float32(gain), 0, 1) ** gamma).astype(np.uint8)


def saturated(factor):
    def change(image):
        hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV).astype(np.float32)
        hsv[..., 1] = np.clip(hsv[..., 1] * factor, 0, 255)
        return cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2BGR)
    return change


def noisy(image):
    noise = np.random.default_rng(image.size).normal(0, 14, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def compressed(image):
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 22])[1], cv2.IMREAD_COLOR)


def scaled(factor):
    return lambda image: cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)


def seen_from_elsewhere(image):
    """As a camera that is turned by 2 degrees and stands a little to one side."""
    h, w = image.shape[:2]
    turned = cv2.getRotationMatrix2D((w / 2, h / 2), 2, 1.08)
    image = cv2.warpAffine(image, turned, (w, h), borderMode=cv2.BORDER_REFLECT)
    corners = np.float32([[0, 0], [w, 0], [w, h], [0, h]])
    moved = np.float32([[-.03 * w, -.03 * h], [w, 0], [w, h], [0, 1.02 * h]])
    return cv2.warpPerspective(image, cv2.getPerspectiveTransform(corners, moved), (w, h), borderMode=cv2.BORDER_REFLECT)


CHANGES = {
    "as rendered": lambda image: image,
    "strong colour": saturated(1.9),
    "weak colour": saturated(.45),
    "a blue cast": toned([1.25, 1, .8]),
    "darker (a third)": toned(.33),
    "brighter (gamma .6)": toned(1.1, .6),
    "blurred (sigma 1.5 px)": lambda image: cv2.GaussianBlur(image, (0, 0), 1.5),
    "noise (14 of 255)": noisy,
    "JPEG quality 22": compressed,
    "three quarters of the size": scaled(.75),
    "one and a half times the size": scaled(1.5),
    "turned by 2 degrees and from the side": seen_from_elsewhere,
}


def review(args, folder, out):
    """The manifest's lines by case; the last of a case."""
    done = subprocess.run([args.program, "review", folder, "-o", out], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(done.stderr)
    return {line["case_id"]: line for line in map(json.loads, open(out / "manifest.jsonl", encoding="utf8"))}


def records(scenes, split=None):
    for truth in map(json.loads, open(scenes / "manifest.jsonl", encoding="utf8")):
        if split in (None, truth["split"]):
            yield truth, json.loads((scenes / truth["dir"] / "record.json").read_text(encoding="utf8"))


def put(folder, record, pictures):
    """A case folder: `pictures` are images or files, in the record's order."""
    folder.mkdir(parents=True)
    for entry, picture in zip(record["pictures"], pictures):
        file = folder / (entry["file"] if isinstance(entry, dict) else entry)
        if isinstance(picture, pathlib.Path):
            shutil.copy(picture, file)
        else:
            cv2.imwrite(str(file), picture, [cv2.IMWRITE_JPEG_QUALITY, 92])
    (folder / "record.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf8")


def files_of(scenes, truth, record):
    return [scenes / truth["dir"] / picture["file"] for picture in record["pictures"]]


def changed_pictures(args, scratch):
    scenes = args.data / "scenes"
    cases = list(records(scenes, "val"))
    tables = {name: collections.Counter() for name in CHANGES}
    for i, (name, change) in enumerate(CHANGES.items()):
        night = scratch / f"change-{i}"
        for truth, record in cases:
            put(night / truth["case_id"], record, [change(cv2.imread(str(file))) for file in files_of(scenes, truth, record)])
        lines = review(args, night, scratch / f"change-{i}-out")
        for truth, _ in cases:
            want, got = truth["verdict"], lines[truth["case_id"]]["verdict"]
            tables[name]["asked"] += want != "manual"
            tables[name]["right"] += want == got != "manual"
            tables[name]["decided"] += got != "manual"
            tables[name]["wrong"] += got not in ("manual", want)
            if got not in ("manual", want):
                print(f"wrong: {truth['case_id']} {truth['code']} {truth['variant']} {name}: {got} instead of {want}")
        shutil.rmtree(night)
    for title, part, whole in (("decided rightly, of cases that have an automatic answer", "right", "asked"),
                               ("wrong among automatic decisions", "wrong", "decided")):
        header(f"Rendered cases, val split, with changed pictures: {title}")
        for name, counts in tables.items():
            row(name, counts[part], counts[whole])


def panels_of(image):
    """Three pictures as a fixed camera takes them of one view: the light and the noise differ."""
    rng = np.random.default_rng(image.size)
    return [np.clip(image * light + rng.normal(0, 2, image.shape), 0, 255).astype(np.uint8) for light in (1, .97, 1.03)]


def dressed_pictures(args, scratch):
    rng = random.Random(11)
    pictures = []
    for name, folder in (("scenes", args.data / "plates/scenes"), ("detection", args.data / "vehicles/detection")):
        rows = list(map(json.loads, open(folder / "val.jsonl", encoding="utf8")))
        pictures += [(name, folder / r["file"], r.get("text") or made_up(rng)) for r in rng.sample(rows, min(len(rows), args.dressed))]
    night, sets = scratch / "dressed", {}
    for i, (name, file, plate) in enumerate(pictures):
        other = rng.choice([f for n, f, _ in pictures if n == name and f != file])
        for kind in ("one view", "other places"):
            record = {"case_id": f"{i:04}-{kind.split()[0]}", "violation": rng.choice(CODES), "plate": plate, "vehicle_class": "K33", "device_id": f"{name}{i}", "place": f"{kind} {i}",
                      "times": [f"2026-03-14T08:25:{3 * k:02}.000" for k in range(3)], "pictures": ["1.jpg", "2.jpg", "3.jpg"]}
            if record["violation"] == "1039":
                record["times"] = [f"2026-03-14T08:{25 + k}:00.000" for k in range(3)]
            image, elsewhere = cv2.imread(str(file)), cv2.imread(str(other))
            shown = panels_of(image)
            put(night / record["case_id"], record, shown if kind == "one view" else [shown[0], elsewhere, shown[2]])
            sets[record["case_id"]] = f"{name}, {kind}"
    lines = review(args, night, scratch / "dressed-out")
    count = collections.Counter((sets[c], line["verdict"]) for c, line in lines.items())
    for case, line in lines.items():
        if line["verdict"] != "manual":
            print(f"{line['verdict']}: {case} ({sets[case]}): {', '.join(r['id'] for r in line['reasons'])}")
    unfamiliar = collections.Counter(sets[c] for c, line in lines.items() if "unfamiliar_picture" in [r["id"] for r in line["reasons"]])
    for title, of in (("accepted", lambda s: count[s, "accept"]), ("rejected", lambda s: count[s, "reject"]), ("unfamiliar", lambda s: unfamiliar[s])):
        header(f"Real pictures dressed as cases that they prove nothing of: {title}")
        for name in sorted(set(sets.values())):
            row(name, of(name), sum(count[name, v] for v in ("accept", "reject", "manual")))


def made_up(rng):
    return rng.choice(PROVINCES) + rng.choice(LETTERS) + "".join(rng.choice("0123456789" + LETTERS) for _ in range(5))


def other_plates(plate, rng):
    """(what is changed, plate) of a recorded plate."""
    place = rng.randrange(2, len(plate))
    others = [c for c in "0123456789" + LETTERS if c != plate[place]]
    yield "a character", plate[:place] + rng.choice(others) + plate[place + 1:]
    yield "the province", rng.choice([p for p in PROVINCES if p != plate[0]]) + plate[1:]
    alike = [i for i in range(2, len(plate)) if plate[i] in LOOK_ALIKE]
    if alike:
        place = rng.choice(alike)
        yield "a character by one that looks alike", plate[:place] + LOOK_ALIKE[plate[place]] + plate[place + 1:]


def changed_plates(args, scratch):
    rng = random.Random(12)
    scenes = args.data / "scenes"
    verdicts = review(args, scenes, scratch / "scenes-out")
    night, kinds = scratch / "plates", {}
    for truth, record in records(scenes):
        if verdicts[truth["case_id"]]["verdict"] == "accept":
            for i, (kind, plate) in enumerate(other_plates(record["plate"], rng)):
                changed = {**record, "case_id": f"{truth['case_id']}-{i}", "plate": plate}
                put(night / changed["case_id"], changed, files_of(scenes, truth, record))
                kinds[changed["case_id"]] = kind
    lines = review(args, night, scratch / "plates-out")
    header("Accepted cases again with another recorded plate: accepted")
    for kind in sorted(set(kinds.values())):
        mine = [lines[c]["verdict"] for c, k in kinds.items() if k == kind]
        row(f"{kind} changed", mine.count("accept"), len(mine))


def main():
    parts = {"changes": changed_pictures, "dressed": dressed_pictures, "plates": changed_plates}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default="../shared/data")
    parser.add_argument("--program", default="build/bin/vioreview")
    parser.add_argument("--dressed", type=int, default=60, help="real pictures of each set to dress, each in two ways")
    parser.add_argument("--only", choices=list(parts))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for name, part in parts.items():
            if args.only in (None, name):
                part(args, pathlib.Path(scratch))


if __name__ == "__main__":
    main()
