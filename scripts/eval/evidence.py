#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Judges rendered cases from their truth, seen through modest noise, and prints verdicts against truth per code and variant.

Example: scripts/eval/evidence.py --data ../shared/data --program build/bin/vioreview --split val

The truth of a case (boxes, plates, lamps, lines) becomes recorded facts: boxes and lines are off by a pixel or two, some marks and
heads are missed, and a state, kind or letter with probability p is wrong in the share 1 - p of all times. So the table measures the
checks, not the nets. Checks of
the catalogue's sets that are not built are taken out of it, and named in the output. Cases with
split `train` are for building the checks; report split `val`.
"""
import argparse
import hashlib
import importlib.util
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

from verdict_tables import codes, scenarios, summary

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLASSES = {"light_truck": "truck", "heavy_truck": "truck", "tanker": "truck", "ambulance": "van", "fire_engine": "truck",
           "police_car": "car", "ebike": "motorcycle", "bicycle": "other"}
SPECIAL = {"ambulance": "ambulance", "fire_engine": "fire", "police_car": "police"}
COLORS = dict(zip("ABCDEFGHIJ", "white grey yellow pink red purple green blue brown black".split()))
LOOKS = {"blue": "blue", "yellow": "yellow", "yellow2": "yellow_double", "green": "green", "yellowgreen": "yellow_green", "white": "white"}
LETTER = {"U": 0, "L": 1, "S": 2, "R": 3}
W, H = 1280, 720


class Noise:
    """Draws that depend on the case alone."""

    def __init__(self, seed, scale):
        self.random = random.Random(seed)
        self.scale = scale

    def px(self, value, sd=1.2):
        return round(value + self.random.gauss(0, sd * self.scale), 1)

    def point(self, xy, sd=1.2):
        return [min(max(self.px(xy[0], sd), 0), W), min(max(self.px(xy[1], sd), 0), H)]

    def seen(self, value, others=()):
        """A value and an honest probability: wrong as often as it says."""
        p = 1 - 10 ** -self.random.uniform(1.7, 3.2) * self.scale
        if others and self.random.random() > p:
            value = self.random.choice(list(others))
        return {"value": value, "p": round(p, 4)}

    def missed(self, share):
        return self.random.random() < share * self.scale


def embedding_of(text, noise):
    base = random.Random(text)
    vector = [base.gauss(0, 1) + noise.random.gauss(0, 0.15) for _ in range(24)]
    length = sum(x * x for x in vector) ** 0.5
    return [round(x / length, 4) for x in vector]


def characters(text, p):
    return [{"text": c, "p": p, "others": []} for c in text]


def plate_of(plate, index, noise, scale=1.0, offset=(0, 0)):
    """None where nothing of a plate is to be seen."""
    why = plate.get("unreadable")
    if not plate.get("visible") and not why or plate["width_px"] < 12:
        return None
    hidden = why in ("mud", "occlusion", "occluder", "dirt")
    sharp = plate["width_px"] * scale
    readable = 0.004 if why else 0.995 if sharp >= 45 else 0.96 if sharp >= 30 else 0.6
    corners = [[round((c[0] - offset[0]) * scale, 1), round((c[1] - offset[1]) * scale, 1)] for c in plate["corners"]]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return {"text": plate["text"], "readable": readable, "covered": 0.97 if hidden else 0.01,
            "look": {"value": LOOKS.get(plate["kind"], "blue"), "p": 0.99}, "rows": plate["rows"], "score": 0.97,
            "box": [min(xs), min(ys), max(xs), max(ys)], "corners": corners, "object": index,
            "characters": characters(plate["text"], round(readable ** (1 / 7), 4))}


def object_of(o, noise):
    person, rider = o["cls"] == "person", o["cls"] in ("ebike", "bicycle", "motorcycle")
    box = [noise.px(v) for v in o["box"]]
    seen = {"kind": "person" if person else "two_wheeler" if rider else "vehicle",
            "box": [max(box[0], 0), max(box[1], 0), min(box[2], W), min(box[3], H)],
            "score": round(0.97 - 0.6 * max(o["occluded"] - 0.3, 0), 3)}
    if person:
        return seen
    dx, dy = o["heading_px"]
    facing = "rear" if dy < 0 else "front"
    seen["class"] = {"value": CLASSES.get(o["cls"], o["cls"]), "p": 0.98}
    if o["color"]:
        seen["color"] = {"value": COLORS[o["color"]], "p": 0.97}
    seen["special"] = {"value": SPECIAL.get(o["cls"], "none"), "p": 0.985}
    sideways = abs(dx) > 3 * abs(dy)
    seen["facing"] = {"value": facing, "p": 0.6} if sideways else noise.seen(facing, {"front", "rear"} - {facing})
    seen["embedding"] = embedding_of(f"{o['model']} {o['color']}", noise)
    return seen


def head_of(signal, noise):
    states = {"red", "yellow", "green", "off"}
    seen = {"kind": "signal_head", "box": [noise.px(v, 0.6) for v in signal["box"]], "score": 0.98,
            "lamp": noise.seen(signal["state"], states - {signal["state"]})}
    if signal["state"] != "off":
        seen["lamp_shape"] = noise.seen(signal["shape"], {"round", "left", "straight", "right"} - {signal["shape"]})
    return seen


def mark(kind, points, noise, **more):
    return {"kind": kind, "p": round(1 - 10 ** -noise.random.uniform(1.5, 3), 4), "shape": [noise.point(p) for p in points], **more}


def arrows_of(case, layout, noise):
    """Outlines of the lanes' arrows where they are painted: 9.5 and 28 m before the stop line, 6 m long."""
    site, P = case["site"], case["camera"]["P"]
    if site["kind"] != "junction" or not site.get("arrows"):
        return
    for i, letters in enumerate(site["arrows"]):
        for y in (-9.5, -28):
            x = layout.lane_x(site, i + 1)
            shape = layout.clip(P, layout.box(x - 0.5, y, x + 0.5, y + 6), W, H, True) if letters else []
            whole = layout.clip(P, layout.box(x - 0.5, y, x + 0.5, y + 6), 4 * W, 4 * H, True) if letters else []
            if len(shape) == 4 and len(whole) == 4 and not noise.missed(0.1):
                moves = "".join(sorted(letters, key=LETTER.get))
                yield mark("arrow", shape, noise, moves=noise.seen(moves, {"S", "L", "R", "LS", "SR"} - {moves}))


def marks_of(case, layout, noise):
    view = layout.view(case["site"], case["camera"]["P"])
    marks = list(arrows_of(case, layout, noise))
    flips = {"white_solid": "white_dashed", "white_dashed": "white_solid", "yellow_solid": "yellow_dashed", "yellow_dashed": "yellow_solid"}
    for line in view["stop_lines"]:
        if len(line["edge"]) > 1 and not noise.missed(0.02):
            marks.append(mark("stop_line", sorted(line["edge"]), noise))
    for line in view["lane_lines"]:
        kind = {"yellow_solid_double": "yellow_solid", "rail": None}.get(line["kind"], line["kind"])
        if kind and not noise.missed(0.03):
            seen = mark(kind, line["polyline"], noise)
            if noise.random.random() > seen["p"]:
                seen["kind"] = flips[kind]
            marks.append(seen)
    for area, kind in [(c["polygon"], "crosswalk") for c in view["crosswalks"]] + [(view["grid"], "grid")]:
        if len(area) > 2 and not noise.missed(0.02):
            marks.append(mark(kind, area, noise))
    site = case["site"]
    if site.get("bus_lane"):
        x, y = layout.lane_x(site, site["bus_lane"]), 6
        shape = layout.clip(case["camera"]["P"], layout.box(x - 1, y, x + 1, y + 12), W, H, True)
        if len(shape) > 2:
            marks.append(mark("bus_text", shape, noise))
    return marks


def facts_of(case, folder, layout, scale):
    """One line of recorded facts per picture."""
    noise = Noise(case["case_id"], scale)
    marks = marks_of(case, layout, noise)
    common = {"notes": [], "colour": True, "brightness": 100, "chroma": 30}
    for number, panel in enumerate(case["panels"]):
        objects, plates = [], []
        for o in panel["objects"]:
            if o["occluded"] > 0.85 or o["truncated"] > 0.85:
                continue
            objects.append(object_of(o, noise))
            for plate in o["plates"]:
                seen = plate_of(plate, len(objects) - 1, noise)
                if seen:
                    plates.append(seen)
        objects += [head_of(s, noise) for s in panel["signals"] if s["visible_fraction"] > 0.6 and not noise.missed(0.02)]
        own = [m for m in marks if not noise.missed(0.03)]
        yield {"file": panel["file"], "role": "panel", "crop": [0, 0, W, H], "width": W, "height": H, "objects": objects, "plates": plates,
               "marks": own, "overlay": [], "perceptual_hash": hashlib.sha256(f"{case['case_id']} {number}".encode()).hexdigest()[:16], **common}
    if (folder / "closeup.jpg").exists():
        target = [o for o in case["panels"][0]["objects"] if o["id"] == case["truth"]["target"]]
        plates = [plate_of(p, -1, noise, 3.0, (p["corners"][0][0] - 20, p["corners"][0][1] - 20)) for o in target for p in o["plates"]]
        yield {"file": "closeup.jpg", "role": "closeup", "crop": [0, 0, 400, 150], "width": 400, "height": 150, "objects": [],
               "plates": [p for p in plates if p], "perceptual_hash": hashlib.sha256(case["case_id"].encode()).hexdigest()[16:32], **common}


def built_catalogue(target):
    """The catalogue without the checks of its sets that are not built; their names. A check of one violation stays: without it the
    offence itself would go unjudged."""
    text = (ROOT / "src/judge/catalogue.toml").read_text(encoding="utf8")
    built = {f.stem for f in (ROOT / "src/judge/checks").glob("*.cpp")}
    missing = set()

    def kept(found):
        names = re.findall(r'"([^"]+)"', found.group(2))
        missing.update(n for n in names if not n.startswith("@") and n.split(":")[0] not in built)
        return found.group(1) + "[" + ", ".join(f'"{n}"' for n in names if n.startswith("@") or n.split(":")[0] in built) + "]"

    target.write_text(re.sub(r"(?ms)^((?:common|scene) = )\[(.*?)\]", kept, text), encoding="utf8")
    return missing


def review(args, rows, layout, scratch):
    batch = scratch / "batch"
    truths = {}
    with open(scratch / "facts.jsonl", "w", encoding="utf8") as out:
        for row in rows:
            folder, target = args.data / "scenes" / row["dir"], batch / row["case_id"]
            target.mkdir(parents=True)
            case = json.loads((folder / "case.json").read_text(encoding="utf8"))
            truths[row["case_id"]] = (row, case["truth"])
            for name in ["record.json", "closeup.jpg", *row["panels"]]:
                if (folder / name).exists():
                    shutil.copy(folder / name, target / name)
            for facts in facts_of(case, folder, layout, args.noise):
                facts["sha256"] = hashlib.sha256((folder / facts["file"]).read_bytes()).hexdigest()
                out.write(json.dumps(facts, ensure_ascii=False) + "\n")
    missing = built_catalogue(scratch / "catalogue.toml")
    command = [args.program, "review", str(batch), "-o", str(scratch / "out"), "--recorded", str(scratch / "facts.jsonl"),
               "--catalogue", str(scratch / "catalogue.toml"), "--workers", "1", *args.more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(command)} failed: {done.stderr}")
    lines = (scratch / "out/manifest.jsonl").read_text(encoding="utf8").splitlines()
    return truths, {v["case_id"]: v for v in map(json.loads, lines)}, missing


def report(truths, verdicts, missing, verbose):
    print("Not built, taken out of the catalogue:", ", ".join(sorted(missing)) or "none")
    cases = [(row, truth, verdicts[case_id]) for case_id, (row, truth) in sorted(truths.items())]
    for row, _, verdict in cases if verbose else []:
        if verdict["verdict"] != row["verdict"]:
            doubts = [f"{r['check']}:{r['status']}:{r['id']}:{r['probability']:.2f} ({r['en']})" for r in verdict["reasons"]]
            print(f"    {row['case_id']} {row['code']} {row['variant']} -> {verdict['verdict']}: {doubts}")
    scenarios(cases)
    codes(cases)
    print()
    summary(cases)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder that holds scenes/")
    parser.add_argument("--scenegen", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1] / "scenes",
                        help="folder that holds layout.py")
    parser.add_argument("--program", default="build/bin/vioreview")
    parser.add_argument("--split", default="val", choices=["train", "val", "all"])
    parser.add_argument("--codes", default="", help="comma-separated; empty: all")
    parser.add_argument("--noise", type=float, default=1.0, help="1: as described above, 0: the truth itself")
    parser.add_argument("--verbose", action="store_true", help="say why, for each verdict that is not the truth")
    parser.add_argument("more", nargs="*", help="further options for review, after --")
    args = parser.parse_args()
    sys.path.insert(0, str(args.scenegen))
    layout = importlib.import_module("layout") if importlib.util.find_spec("layout") else sys.exit("no layout.py there")
    rows = [json.loads(line) for line in open(args.data / "scenes/manifest.jsonl", encoding="utf8")]
    codes = set(filter(None, args.codes.split(",")))
    rows = [r for r in rows if args.split in ("all", r["split"]) and (not codes or r["code"] in codes)]
    with tempfile.TemporaryDirectory() as scratch:
        report(*review(args, rows, layout, pathlib.Path(scratch)), args.verbose)


if __name__ == "__main__":
    main()
