#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns the true geometry of rendered scenes into confirmed site profiles, as a person would draw them.

Example: scripts/eval/site_profiles.py --data ../shared/data --program build/bin/vioreview --out sites

One profile for each view of each device of scenes/sites, drawn from the first panel of the view's first case. With --every-case also
one for each case that has a device of its own (its fingerprint is then from that very case, so these say nothing about moved cameras).
Coordinates are rounded to whole pixels.
"""
import argparse
import importlib
import json
import pathlib
import subprocess
import sys

LETTER = {"U": 0, "L": 1, "S": 2, "R": 3}
MOVES = {"left": "L", "straight": "S", "right": "R", "u_turn": "U", "uturn": "U"}


def points(shape):
    return "[" + ", ".join(f"[{round(x)}, {round(y)}]" for x, y in shape) + "]"


def letters(text):
    return "".join(sorted(text or "", key=LETTER.get))


def geometry(view):
    lines = []
    for line in view["stop_lines"]:
        if len(line["edge"]) > 1:
            lines += ["[[stop_line]]", f'serves = "{line["serves"]}"', f"edge = {points(sorted(line['edge']))}"]
    for lane in view["lanes"]:
        lines += ["[[lane]]", f"number = {lane['lane']}", f'travel = "{lane["travel"]}"', f'use = "{lane["use"]}"']
        if lane["arrow"]:
            lines.append(f'moves = "{letters(lane["arrow"])}"')
        if len(lane["polygon"]) > 2:
            lines.append(f"polygon = {points(lane['polygon'])}")
        if len(lane["direction"]) > 1:
            lines.append(f"direction = {points(lane['direction'])}")
    kerbs = [{"kind": "kerb", "polyline": k, "between": [None, None]} for k in [view.get("kerb") or []]]
    for line in view["lane_lines"] + kerbs:
        if line["kind"] == "rail" or len(line["polyline"]) < 2:
            continue
        between = [n or 0 for n in line["between"]]
        lines += ["[[lane_line]]", f'kind = "{line["kind"]}"', f"between = {between}", f"polyline = {points(line['polyline'])}"]
    for area in view["crosswalks"]:
        lines += ["[[crosswalk]]", f"polygon = {points(area['polygon'])}"]
    if len(view["grid"]) > 2:
        lines += ["[[grid]]", f"polygon = {points(view['grid'])}"]
    numbers = {lane["lane"] for lane in view["lanes"]}
    for head in view["signal_heads"]:
        x0, y0, x1, y1 = head["box"]
        lines += ["[[head]]", f'id = "{head["id"]}"', f'shape = "{head["shape"]}"', f"box = [{x0}, {y0}, {x1}, {y1}]",
                  f'moves = "{letters("".join(MOVES[m] for m in head["governs_moves"]))}"',
                  f"lanes = {[n for n in head['governs_lanes'] if n in numbers]}"]
    return lines


def rules(facts, limit):
    lines = ["[facts]", f"limit_kmh = {limit}"] if limit else []
    if "truck_ban" in facts:
        lines += ["[facts.truck_ban]", f"classes = {json.dumps(facts['truck_ban']['classes'])}", f"hours = {json.dumps(facts['truck_ban']['hours'])}"]
    if "bus_lane" in facts:
        lines += ["[facts.bus_lane]", f"hours = {json.dumps(facts['bus_lane']['hours'])}", f"lanes = [{facts['bus_lane']['lane']}]"]
    return lines


def draw(program, out, name, picture, device, view, lines):
    blocks = out / f"{name}.blocks"
    blocks.write_text("\n".join(lines) + "\n", encoding="utf8")
    profile = out / f"{name}.toml"
    subprocess.run([program, "sites", "draw", picture, "--device", device, "--view", view, "--from", blocks, "-o", profile], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run([program, "sites", "confirm", profile, "--by", "the renderer", "--at", "2026-01-01T00:00"], check=True, stdout=subprocess.DEVNULL)
    blocks.unlink()


def every_case(args, layout, scenes):
    for row in map(json.loads, open(scenes / "manifest.jsonl", encoding="utf8")):
        if row["site_id"]:
            continue
        case = json.loads((scenes / row["dir"] / "case.json").read_text(encoding="utf8"))
        view = case.get("site_view") or layout.view(case["site"], case["camera"]["P"])
        facts = {}
        if case["site"].get("bus_lane"):  # the renderer has no hours: its bus lanes hold all day
            facts["bus_lane"] = {"lane": case["site"]["bus_lane"], "hours": ["00:00-24:00"]}
        device = json.loads((scenes / row["dir"] / "record.json").read_text(encoding="utf8"))["device_id"]
        draw(args.program, args.out, row["case_id"], scenes / row["dir"] / row["panels"][0], device, "1", rules(facts, None) + geometry(view))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder that holds scenes/")
    parser.add_argument("--scenegen", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[1] / "scenes",
                        help="folder that holds layout.py, for --every-case")
    parser.add_argument("--program", default="build/bin/vioreview")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--every-case", action="store_true", help="also for cases whose device has no profile in scenes/sites")
    parser.add_argument("--first-view", action="store_true", help="only the first view of each device: what remains when a camera was turned")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    scenes = args.data / "scenes"
    for file in sorted((scenes / "sites").glob("*.json")):
        site = json.loads(file.read_text(encoding="utf8"))
        for view in site["views"][:1] if args.first_view else site["views"]:
            draw(args.program, args.out, f"{site['site']}-{view['view']}", scenes / view["cases"][0] / "panel1.jpg", site["device_id"],
                 str(view["view"]), rules(site["facts"], site["limit_kmh"]) + geometry(view))
    if args.every_case:
        sys.path.insert(0, str(args.scenegen))
        every_case(args, importlib.import_module("layout"), scenes)


if __name__ == "__main__":
    main()
