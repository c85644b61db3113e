#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What site profiles are worth: learned ones against the true geometry, turned cameras found, and verdicts with none, learned and
drawn profiles.

Example: scripts/eval/sites.py --data ../shared/data --program build/bin/vioreview

Only the rendered cases of devices that have several (scenes/sites). A learned profile counts as confirmed here, as it stands, which a
person would not do with a bad one. Distances are in pixels of a picture 1280 wide.
"""
import argparse
import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import tomllib

import numpy as np

from product import header, iou, row

NEAR = 8  # pixels: a line lies on another


def run(args, *words):
    done = subprocess.run([args.program, *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3, 4):
        sys.exit(done.stderr)
    return done.stdout


def along(line, step=10):
    """Points of a polyline, `step` pixels apart."""
    points = []
    for a, b in zip(np.float64(line[:-1]), np.float64(line[1:])):
        n = max(1, int(np.hypot(*(b - a)) / step))
        points += [a + (b - a) * i / n for i in range(n)]
    return np.array(points + [np.float64(line[-1])])


def distances(points, line):
    """Of each point from a polyline."""
    best = np.full(len(points), np.inf)
    for a, b in zip(np.float64(line[:-1]), np.float64(line[1:])):
        t = np.clip((points - a) @ (b - a) / max(1e-9, (b - a) @ (b - a)), 0, 1)
        best = np.minimum(best, np.linalg.norm(points - a - t[:, None] * (b - a), axis=1))
    return best


def compare(view, learned, counts, errors):
    """A learned profile against the truth of its view."""
    def add(name, ok, n=1):
        counts[name, "all"] += n
        counts[name, "right"] += ok

    for truth in view["stop_lines"]:
        if truth["serves"] != "own" or len(truth["edge"]) < 2:
            continue
        mine = [s["edge"] for s in learned.get("stop_line", []) if s["serves"] == "own"]
        off = min((np.median(distances(along(truth["edge"]), m)) for m in mine), default=np.inf)
        add(f"own stop line within {NEAR} px", off <= NEAR)
        if off < np.inf:
            errors["own stop line"].append(off)
    for truth in view["lane_lines"]:
        points = along(truth["polyline"]) if len(truth["polyline"]) > 1 else []
        if truth["kind"] == "rail" or len(points) < 8 or points[:, 1].max() < 260:  # far beyond the junction
            continue
        near, kind = np.full(len(points), np.inf), np.full(len(points), "", object)
        for line in learned.get("lane_line", []):
            d = distances(points, line["polyline"])
            kind[d < near] = line["kind"]
            near = np.minimum(near, d)
        found = near <= NEAR
        add(f"lane lines, 10 px pieces within {NEAR} px", int(found.sum()), len(points))
        add("their kind, where found", int((kind[found] == truth["kind"]).sum()), int(found.sum()))
        errors["lane lines"] += list(near[found])
    for truth in view["signal_heads"]:
        head = max(learned.get("head", []), key=lambda h: iou(h["box"], truth["box"]), default=None)
        found = head is not None and iou(head["box"], truth["box"]) >= .3
        add("signal heads found", found)
        if found:
            add("their shape, where found", head["shape"] == truth["shape"])
    for truth in view["lanes"]:
        lane = next((l for l in learned.get("lane", []) if l["number"] == truth["lane"]), None)
        if truth["travel"] == "away" and truth["arrow"]:
            said = lane.get("moves") if lane else None
            add("lanes whose moves are learned", said is not None)
            if said is not None:
                add("their moves, where learned", sorted(said) == sorted(truth["arrow"]))


def verdicts(args, night, out, truth, *sites):
    shutil.copytree(out.parent / "none" / "state", out / "state") if sites else None  # what was seen is remembered
    run(args, "review", night, "-o", out, *sites)
    lines = {line["case_id"]: line for line in map(json.loads, open(out / "manifest.jsonl", encoding="utf8"))}
    asked = [c for c in truth if truth[c]["verdict"] != "manual"]
    decided = [c for c in truth if lines[c]["verdict"] != "manual"]
    return (sum(lines[c]["verdict"] == truth[c]["verdict"] for c in asked), len(asked),
            sum(lines[c]["verdict"] != truth[c]["verdict"] for c in decided), len(decided),
            sum("judged by the site profile" in " ".join(lines[c]["notes"]) for c in truth))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default="../shared/data")
    parser.add_argument("--program", default="build/bin/vioreview")
    parser.add_argument("--least", type=int, default=4, help="cases of a view from which to learn: the groups have 4 to 6")
    args = parser.parse_args()
    scenes = args.data / "scenes"
    sites = [json.loads(f.read_text(encoding="utf8")) for f in sorted((scenes / "sites").glob("*.json"))]
    rows = {r["case_id"]: r for r in map(json.loads, open(scenes / "manifest.jsonl", encoding="utf8"))}
    truth = {c: rows[c] for site in sites for view in site["views"] for c in view["cases"]}
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        night = scratch / "night"
        for case in truth:
            shutil.copytree(scenes / truth[case]["dir"], night / case)
        table = {"none": verdicts(args, night, scratch / "none", truth)}

        run(args, "sites", "learn", night, "--state", scratch / "none/state", "-o", scratch / "learned", "--least", args.least)
        counts, errors, profiles = collections.Counter(), collections.defaultdict(list), 0
        for file in sorted((scratch / "learned").glob("*.toml")):
            learned = tomllib.loads(file.read_text(encoding="utf8"))
            views = next(s["views"] for s in sites if s["device_id"] == learned["device_id"])
            fits = {str(v["view"]): run(args, "sites", "show", file, "--picture", scenes / v["cases"][0] / "panel1.jpg", "-o", scratch / "shown.png")
                    for v in views}
            view = next((v for v in views if "shows the profile's view" in fits[str(v["view"])]), None)
            if view:
                profiles += 1
                compare(view, learned, counts, errors)
            run(args, "sites", "confirm", file, "--by", "the evaluation", "--at", "2026-01-01T00:00")
        header(f"Learned of {args.least} and more cases: {profiles} profiles of {sum(len(s['views']) for s in sites)} views, against the truth")
        for name in dict.fromkeys(n for n, _ in counts):
            row(name, counts[name, "right"], counts[name, "all"])
        for name, values in errors.items():
            print(f"\n{name}: median distance {np.median(values):.1f} px, 90th percentile {np.percentile(values, 90):.1f} px")

        drawn = pathlib.Path(__file__).with_name("site_profiles.py")
        for name, more in (("drawn", []), ("first", ["--first-view"])):
            subprocess.run([sys.executable, drawn, "--data", args.data, "--program", args.program, "--out", scratch / name, *more], check=True)
        table["learned"] = verdicts(args, night, scratch / "with-learned", truth, "--sites", scratch / "learned")
        table["drawn"] = verdicts(args, night, scratch / "with-drawn", truth, "--sites", scratch / "drawn")
        header("Verdicts with site profiles")
        for name, (right, asked, wrong, decided, used) in table.items():
            row(f"{name}: decided rightly, of cases that have an automatic answer ({used} of {len(truth)} cases judged by a profile)", right, asked)
            row(f"{name}: wrong among automatic decisions", wrong, decided)

        said = run(args, "sites", "check", night, "--sites", scratch / "first")
        moved = {line.split("  ")[0] for line in said.splitlines() if "  moved  " in line}
        turned = {c for site in sites for view in site["views"][1:] for c in view["cases"]}
        header("Turned cameras, against the profile of the first view")
        row("cases after the turn said to be turned", len(moved & turned), len(turned))
        row("cases before it said to be turned", len(moved - turned), len(truth) - len(turned))


if __name__ == "__main__":
    main()
