#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the built program (not the training code) on named data and prints tables with counts and 95 % intervals.

Example: scripts/eval/product.py --data ../shared/data --program build/bin/vioreview

Rows: the public CCPD crops through `inspect --role closeup --json`; real scenes through `inspect --json`; rendered cases through
`inspect --json` (plates, vehicles, classes against the renderer's truth) and `review` (verdicts against truth). Real and rendered
pictures stand in rows of their own. Nothing here is used to train or to choose a limit.
"""
import argparse
import collections
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "train"))
from common.data import half  # noqa: E402
from verdict_tables import codes, left_open, scenarios, scores, summary  # noqa: E402


def wilson(right, n):
    """The 95 % Wilson interval of a share."""
    if n == 0:
        return 0.0, 1.0
    z, p = 1.96, right / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def row(name, right, n):
    low, high = wilson(right, n)
    share = 100 * right / n if n else 0
    print(f"| {name} | {right} of {n} | {share:.1f} % | {100 * low:.1f} to {100 * high:.1f} % |")


def header(title):
    print(f"\n### {title}\n\n| what | right | share | 95 % interval |\n|---|---|---|---|")


def inspect(program, path, *options):
    """The objects that `vioreview inspect --json` prints."""
    command = [program, "inspect", str(path), "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(command)} failed: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def best_plate(picture):
    return max(picture["plates"], key=lambda p: p["confidence"], default=None)


def iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    common = w * h
    return common / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common)


def crops(args, scratch, title, folder, rows, role):
    """Whole plates exact, and what the readability keeps."""
    target = pathlib.Path(scratch) / title.replace("/", "_")
    target.mkdir()
    archive = zipfile.ZipFile(folder / "images.zip") if (folder / "images.zip").exists() else None
    for name in rows:
        data = archive.read(name) if archive else (folder / name).read_bytes()
        (target / name.replace("/", "__")).write_bytes(data)
    found = {p["file"]: best_plate(p) for p in inspect(args.program, target, "--role", role)}
    texts = {name: found.get(name.replace("/", "__")) for name in rows}
    exact = [name for name, plate in texts.items() if plate and plate["text"] == rows[name]]
    row(f"{title}: whole plate exact", len(exact), len(rows))
    province = sum(1 for n, p in texts.items() if p and p["text"][:1] == rows[n][:1])
    row(f"{title}: province character", province, len(rows))
    kept_row(title, [(p["confidence"], p["text"] == rows[n]) for n, p in texts.items() if p], len(rows))


def kept_row(title, scored, total):
    """The largest share that can be kept at 99.5 % precision when the most confident readings are kept."""
    kept, right, best = 0, 0, 0
    for _, ok in sorted(scored, key=lambda s: -s[0]):
        kept += 1
        right += ok
        if right / kept >= 0.995:
            best = kept
    row(f"{title}: kept at 99.5 % string precision", best, total)


def rows_of(path, text_of):
    if path.suffix == ".csv":
        lines = path.read_text().splitlines()
        names = lines[0].split(",")
        table = [dict(zip(names, line.split(","))) for line in lines[1:]]
    else:
        table = [json.loads(line) for line in open(path)]
    return {r["file"]: text_of(r) for r in table if text_of(r)}


def real_plates(args, scratch):
    header("Plates, real pictures, through the program")
    public = args.data / "test-public/ccpd1000"
    crops(args, scratch, "test-public/ccpd1000", public, rows_of(public / "test.csv", lambda r: r.get("text")), "closeup")
    reader = args.data / "plates/reader"
    crops(args, scratch, "plates/reader val", reader, rows_of(reader / "val.jsonl", lambda r: r["text"]), "closeup")
    scenes = args.data / "plates/scenes"
    human = rows_of(scenes / "val.jsonl", lambda r: r["text"] if r["label_kind"] == "human" else None)
    crops(args, scratch, "plates/scenes val", scenes, human, "panel")
    green = args.data / "plates/green"
    crops(args, scratch, "plates/green val", green, rows_of(green / "val.jsonl", lambda r: r["text"]), "closeup")


class RenderedCounts:
    """Right and all, by name of the row."""

    def __init__(self):
        self.right = collections.Counter()
        self.all = collections.Counter()

    def add(self, name, ok):
        self.all[name] += 1
        self.right[name] += bool(ok)

    def show(self, title):
        header(title)
        for name in self.all:
            row(name, self.right[name], self.all[name])


LOOKS = {"light_truck": {"truck"}, "heavy_truck": {"truck"}, "tanker": {"truck"}, "police_car": {"car", "suv"},
         "ambulance": {"van", "other", "minibus"}, "fire_engine": {"truck", "other"}}


def compare_panel(seen, truth, counts):
    for thing in truth["objects"]:
        if thing.get("cls") in (None, "person", "pedestrian", "bicycle", "ebike"):
            continue
        box = thing["box"]
        if (box[2] - box[0]) * (box[3] - box[1]) < 900 or thing.get("occluded", 0) > 0.3 or thing.get("truncated", 0) > 0.3:
            continue
        near = max(seen["boxes"], key=lambda b: iou(b["box"], box), default=None)
        hit = near is not None and iou(near["box"], box) >= 0.5
        counts.add("vehicle found (IoU 0.5, 30 px and more, at most 30 % hidden)", hit)
        if hit and near.get("class") and thing["cls"] != "motorcycle":
            counts.add("class of a found vehicle", near["class"] in LOOKS.get(thing["cls"], {thing["cls"]}))
            if thing.get("color") in "ABCEGHJ" and near.get("colour"):
                names = dict(A="white", B="grey", C="yellow", E="red", G="green", H="blue", J="black")
                counts.add("colour of a found vehicle, where answered", near["colour"] == names[thing["color"]])
        for plate in thing.get("plates", []):
            compare_plate(seen, plate, counts)


def compare_plate(seen, plate, counts):
    if not plate["visible"] or plate["unreadable"]:
        return
    xs, ys = [c[0] for c in plate["corners"]], [c[1] for c in plate["corners"]]
    box = (min(xs), min(ys), max(xs), max(ys))
    size = "48 px and wider" if plate["width_px"] >= 48 else "32 to 47 px" if plate["width_px"] >= 32 else "under 32 px"
    near = max(seen["plates"], key=lambda p: iou(p["box"], box), default=None)
    hit = near is not None and iou(near["box"], box) >= 0.5
    counts.add(f"plate in a panel found (IoU 0.5), {size}", hit)
    counts.add(f"plate in a panel exact, {size}", hit and near["text"] == plate["text"])


def compare_closeup(seen, truth, counts):
    target = next((o for o in truth["panels"][0]["objects"] if o["id"] == truth["truth"].get("target")), None)
    plates = [p for p in (target or {}).get("plates", []) if not p["unreadable"]]
    if plates:
        read = best_plate(seen)
        counts.add("plate of the close-up exact", read and read["text"] in {p["text"] for p in plates})


def rendered(args, scratch):
    splits = {r["case_id"]: r["split"] for r in map(json.loads, open(args.data / args.scenes / "manifest.jsonl"))}
    counts = {"train": RenderedCounts(), "val": RenderedCounts()}
    for seen in inspect(args.program, args.data / args.scenes):
        case = seen["case_id"]
        if "file" not in seen or case not in splits:
            continue
        truth = json.loads((args.data / args.scenes / case / "case.json").read_text())
        if seen["role"] == "closeup":
            compare_closeup(seen, truth, counts[splits[case]])
            continue
        panel = next(p for p in truth["panels"] if p["file"] == seen["file"])
        compare_panel(seen, panel, counts[splits[case]])
    counts["val"].show("Rendered cases, val split, through the program")
    counts["train"].show("Rendered cases, train split (trained on), through the program")


def part_of(row):
    """The nets were trained on `train` and calibrated on `fit`: nothing but rules was fitted in sight of `report`."""
    return row["split"] if row["split"] == "train" else half(row["site_id"] or row["case_id"])


def verdicts(args, scratch):
    scenes = args.data / args.scenes
    outs = args.reviewed or [pathlib.Path(scratch) / "out"]
    if not args.reviewed:
        sites = ["--sites", str(args.sites)] if args.sites else []
        subprocess.run([args.program, "review", str(scenes), "-o", str(outs[0]), *sites], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rows = {r["case_id"]: r for r in map(json.loads, open(scenes / "manifest.jsonl"))}
    cases = []
    for line in (json.loads(text) for out in outs for text in open(out / "manifest.jsonl")):
        row = rows[line["case_id"]]
        cases.append((row, json.loads((scenes / row["dir"] / "case.json").read_text())["truth"], line))
    print(f"\n### Verdicts on {args.scenes}: {len(cases)} lines for {len(rows)} cases")
    parts = {"trained on": ["train"], "not trained on": ["fit", "report"], "neither trained nor fitted on": ["report"],
             "all": ["train", "fit", "report"]}
    for title, names in parts.items():
        mine = [c for c in cases if part_of(c[0]) in names]
        print(f"\n#### {title}, {len(mine)} cases\n")
        summary(mine)
        left_open(mine)
    scores(cases)
    codes(cases)
    scenarios(cases)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default="../shared/data")
    parser.add_argument("--program", default="build/bin/vioreview")
    parser.add_argument("--scenes", default="scenes", help="the folder of rendered cases below DATA, with its manifest")
    parser.add_argument("--sites", type=pathlib.Path, help="site profiles for the verdicts, as scripts/eval/site_profiles.py draws them")
    parser.add_argument("--reviewed", type=pathlib.Path, nargs="*", help="output folders of `review` on these cases, in place of another run")
    parser.add_argument("--only", choices=["real", "rendered", "verdicts"], help="a part alone; verdicts: those of rendered cases")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if args.only in (None, "real"):
            real_plates(args, scratch)
        if args.only in (None, "rendered"):
            rendered(args, scratch)
        if args.only in (None, "rendered", "verdicts"):
            verdicts(args, scratch)


if __name__ == "__main__":
    main()
