#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes samples/inbox, samples/expected.jsonl and the pictures of samples/named from the training data folder.

Example: scripts/make_samples.py --data ../shared/data

Real photographs are CCPD scenes of parked cars (MIT), chosen by eye so that no face shows. Their records are invented:
place, device, time and speed belong to no real event. Rendered cases are copied with their records. `expected.jsonl` states
the truth: what a careful person would say of record and pictures. Truths that this version cannot reach (checks not built yet)
carry `known_miss`.
"""
import argparse
import json
import pathlib
import shutil

import cv2
import numpy

DEVICE = "340100000000010001"
PLACE = "样例大道与示范路路口"

# name, CCPD picture, changes to a matching record, truth: (verdict, reasons, extra), why
REAL = [
    ("real-01", "s00013", {}, ("accept", []), "red car, plate, class, colour and speed all fit"),
    ("real-02", "s00131", {"speed_kmh": 71}, ("accept", []), "white SUV, 18 % over the limit under 1352"),
    ("real-03", "s00134", {}, ("accept", []), "white car, plate on the right of the picture"),
    ("real-04", "s00161", {"violation": "16360"}, ("accept", []), "local fifth character of the code; hazy picture"),
    ("real-05", "s00175", {"violation": "1721", "speed_kmh": 95}, ("accept", []), "58 % over the limit under 1721"),
    ("real-06", "s00191", {"violation": "1303"}, ("accept", []), "grey car, a code of an older generation"),
    ("real-07", "s00137", {"plate": "皖A28593"}, ("manual", ["plate_misread"], "皖A28598"),
     "the recorded plate differs in the last character, all else fits"),
    ("real-08", "s00159", {"plate": "冀FT2619", "body_color": ""}, ("manual", ["plate_misread"], "蒙FT2619"),
     "the recorded province is not the one on the plate"),
    ("real-09", "s00015", {"body_color": "H"}, ("manual", ["vehicle_differs"]), "the record says blue, the car is red"),
    ("real-10", "s00158", {"vehicle_class": "H11"}, ("manual", ["vehicle_differs"]),
     "the record says heavy lorry, the picture shows a van"),
    ("real-11", "s00178", {"speed_kmh": 58}, ("reject", ["speed_below_limit"]), "58 km/h where 60 is allowed"),
    ("real-12", "s00168", {"violation": "1352", "body_color": ""},
     ("manual", ["speed_code_differs"], None, "1636"), "30 % over the limit is 1636, not 1352"),
    ("real-13", "s00179", {"speed_kmh": None}, ("manual", ["speed_missing"]), "the record holds no speed"),
    ("real-14", "s00138", {"plate_kind": "01", "plate_color": "yellow"}, ("manual", ["plate_color_differs"]),
     "recorded as a yellow plate of a large vehicle, the plate is blue; night"),
    ("real-15", "s00131", {"speed_kmh": 71, "again": 2}, ("reject", ["duplicate_case"]),
     "the event of real-02 recorded again two seconds later"),
    ("real-16", "s00013", {"blur": True, "hour": 17}, ("reject", ["plate_unreadable"]), "the whole picture is out of focus"),
]
BODY = {"s00013": "E", "s00015": "E", "s00131": "A", "s00134": "A", "s00137": "J", "s00138": "E", "s00158": "B",
        "s00159": "A", "s00161": "J", "s00168": "J", "s00175": "A", "s00178": "J", "s00179": "A", "s00191": "B"}
CLASS = {"s00131": "K32", "s00158": "K31", "s00179": "K31"}

# rendered case, why; the truth stands in its case.json
RENDERED = [
    ("train_01120", "speed, all fits"),
    ("train_01222", "speed, all fits"),
    ("train_01125", "the recorded speed is below the limit"),
    ("train_01162", "a police car may be on an urgent task"),
    ("train_01100", "speed; the recorded plate is a misread"),
    ("train_01004", "an emergency vehicle on the stop line"),
    ("train_20705", "parked, but the two panels are less than 10 s apart"),
    ("train_01033", "night, the plate is blurred in every view"),
    ("train_01049", "another vehicle in a later panel"),
    ("train_09031", "the plate is covered"),
    ("train_01001", "red light run"),
    ("train_01072", "stopped past the line under red"),
    ("train_25026", "the light of the target's lane is green, another head is red"),
    ("train_01234", "straight on from a turn lane"),
    ("train_01217", "rides the solid line"),
    ("train_01184", "no pedestrian on the crosswalk"),
    ("train_01056", "close to the solid line, not on it"),
]
# What was taken for something else in real nights: made into DATA/scenes_adversarial by scripts/scenes/render train N 1 FOLDER
# with these options.
ADVERSARIAL = [
    ("train_41071", "--code 1345 --variant carried", "the recorded plate is that of a car on a tow truck, which crosses the line"),
    ("train_41060", "--code 1357 --variant advert", "the only person at the crosswalk is that on a bus's advert"),
    ("train_41052", "--code speed --variant phone", "the plate is covered with mud, a phone number stands on the doors"),
]
# rendered case, another code in its record, reason, suggested code, why
RECODED = [
    ("train_01234", "1625", "wrong_lane_suggested", "1208", "straight on under green from the lane whose left arrow is red: no red light run"),
]
# rendered case, put on one picture: three panels and the close-up under a band of text
COMPOSITES = [("train_01123", "parked, but the three panels are less than 10 s apart; a composite of four tiles")]
# Truths that the models miss: too little trained to be sure, so the case stays with people. Better models mend them.
MISSED = {"real-03", "real-04", "real-05", "real-06", "rendered-01033", "rendered-01049"}


# Names below samples/named, whose inbox.toml files are written by hand, and pictures of samples/inbox.
JUNCTION = "20260725/724128988825846831/153736_1_湘F7938Q_2_1625_"
CHECKPOINT = "checkpoint/340100000000010001"
NAMED = [
    *[(f"{JUNCTION}{n}.jpg", f"rendered-01001/panel{n}.jpg") for n in (1, 2, 3)],
    (f"{JUNCTION}T.jpg", "rendered-01001/closeup.jpg"),
    (f"{CHECKPOINT}202603140806100007@皖A28593@1636@078-060.jpg", "real-07/1.jpg"),
    (f"{CHECKPOINT}202603140810100008@XXXXXXX@1636@078-060.jpg", "real-08/1.jpg"),
]


def record_of(name, picture, label, changes):
    speed = changes.get("speed_kmh", 78)
    second = 10 + changes.get("again", 0)
    record = {
        "case_id": name, "violation": "1636", "plate": label["text"], "plate_kind": "02", "plate_color": "blue",
        "vehicle_class": CLASS.get(picture, "K33"), "body_color": BODY[picture],
        "times": [f"2026-03-14T{changes.get('hour', 8):02d}:{sum(map(ord, picture)) % 60:02d}:{second:02d}.120"], "place": PLACE,
        "device_id": DEVICE, "direction": "由南向北", "lane": 2, "speed_kmh": speed, "limit_kmh": 60,
        "pictures": ["1.jpg"]}
    if speed and speed < 72 and "violation" not in changes:
        record["violation"] = "1352"
    record.update({k: v for k, v in changes.items() if k in record})
    return {k: v for k, v in record.items() if v not in (None, "")}


def expected_line(name, verdict, reasons, why, plate=None, code=None, known_miss=False):
    line = {"case_id": name, "verdict": verdict, "reasons": reasons}
    if plate:
        line["suggested_plate"] = plate
    if code:
        line["suggested_code"] = code
    if known_miss:
        line["known_miss"] = True
    line["why"] = why
    return line


def make_real(data, inbox):
    labels = {row["file"][-10:-4]: row for row in map(json.loads, open(data / "plates/scenes/val.jsonl"))}
    for name, picture, changes, truth, why in REAL:
        folder = inbox / name
        folder.mkdir(parents=True)
        source = data / "plates/scenes/val" / f"{picture}.jpg"
        if changes.get("blur"):
            blurred = cv2.GaussianBlur(cv2.imread(str(source)), (0, 0), 9)
            cv2.imwrite(str(folder / "1.jpg"), blurred, [cv2.IMWRITE_JPEG_QUALITY, 80])
        else:
            shutil.copyfile(source, folder / "1.jpg")
        record = record_of(name, picture, labels[picture], changes)
        (folder / "record.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        verdict, reasons, plate, code = (list(truth) + [None, None])[:4]
        yield expected_line(name, verdict, reasons, why, plate, code, name in MISSED)


def copy_rendered(source, folder, changes=()):
    """The case as it was rendered, but for changes of its record."""
    folder.mkdir(parents=True)
    record = json.loads((source / "record.json").read_text()) | {"case_id": folder.name} | dict(changes)
    for picture in record["pictures"]:
        shutil.copyfile(source / picture["file"], folder / picture["file"])
    (folder / "record.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def make_recoded(data, inbox):
    for case, violation, reason, code, why in RECODED:
        folder = inbox / f"{case.replace('train_', 'rendered-')}-as-{violation}"
        copy_rendered(data / "scenes" / case, folder, {"violation": violation})
        yield expected_line(folder.name, "manual", [reason], why, None, code, folder.name in MISSED)


def make_rendered(data, inbox):
    sources = [(data / "scenes" / case, why) for case, why in RENDERED]
    sources += [(data / "scenes_adversarial" / case, why) for case, _, why in ADVERSARIAL]
    for source, why in sources:
        case = source.name
        folder = inbox / case.replace("train_", "rendered-")
        copy_rendered(source, folder)
        truth = json.loads((source / "case.json").read_text())["truth"]
        reasons = [] if truth["reason"] == "violation" else [truth["reason"]]
        yield expected_line(folder.name, truth["verdict"], reasons, why, truth.get("suggested_plate"), truth.get("suggested_code"),
                            folder.name in MISSED)


def tile(picture, width=560, height=315):
    """The middle of a picture, scaled to fill the tile."""
    picture = cv2.imread(str(picture))
    scale = max(width / picture.shape[1], height / picture.shape[0])
    size = (max(width, round(picture.shape[1] * scale)), max(height, round(picture.shape[0] * scale)))
    scaled = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    x, y = (scaled.shape[1] - width) // 2, (scaled.shape[0] - height) // 2
    return scaled[y:y + height, x:x + width]


def composite(tiles, words, border=3):
    """Four tiles, two and two, with white borders under a black band of text."""
    height, width = tiles[0].shape[:2]
    band = numpy.zeros((26 + 22 * len(words), 2 * width + 3 * border, 3), numpy.uint8)
    for i, line in enumerate(words):
        cv2.putText(band, line, (10, 26 + 22 * i), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 1, cv2.LINE_AA)
    grid = numpy.full((2 * height + 3 * border, band.shape[1], 3), 255, numpy.uint8)
    for i, one in enumerate(tiles):
        x, y = border + i % 2 * (width + border), border + i // 2 * (height + border)
        grid[y:y + height, x:x + width] = one
    return numpy.vstack([band, grid])


def make_composites(data, inbox):
    for case, why in COMPOSITES:
        folder = inbox / case.replace("train_", "composite-")
        folder.mkdir(parents=True)
        source = data / "scenes" / case
        record = json.loads((source / "record.json").read_text())
        record["case_id"] = folder.name
        words = [time.replace("T", " ") for time in record["times"]]
        tiles = [tile(source / picture["file"]) for picture in record["pictures"]]
        cv2.imwrite(str(folder / "1.jpg"), composite(tiles, words), [cv2.IMWRITE_JPEG_QUALITY, 82])
        record["pictures"] = ["1.jpg"]
        (folder / "record.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        truth = json.loads((source / "case.json").read_text())["truth"]
        yield expected_line(folder.name, truth["verdict"], [truth["reason"]], why, None, None, folder.name in MISSED)


def make_named(samples):
    for name, picture in NAMED:
        target = samples / "named" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(samples / "inbox" / picture, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default="../shared/data")
    parser.add_argument("--out", type=pathlib.Path, default="samples")
    args = parser.parse_args()
    inbox = args.out / "inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    lines = [line for make in (make_real, make_rendered, make_recoded, make_composites) for line in make(args.data, inbox)]
    make_named(args.out)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (args.out / "expected.jsonl").write_text(text)


if __name__ == "__main__":
    main()
