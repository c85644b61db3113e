#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How surely and how exactly composites are divided: makes composites of rendered cases in many layouts, lets
`vioreview layout` divide them and prints counts by layout, band and border.

    composites.py make SCENES OUT [--part dev|report] [--each 14]    pictures and their truth (OUT/truth.jsonl)
    composites.py score OUT [--program build/bin/vioreview]
    composites.py verdicts SCENES COMPOSITES OUT [--most 40]         of composites made by scripts/scenes/composite.py against
        those of their own panels cut out, which only the division, bands and roles can make differ, and against those of the
        same cases' separate pictures, of which scaling and JPEG lost nothing

The scenes of the two parts are kept apart by the hash of the case's site: look at `dev` to develop, at `report` to report.
"""
import argparse
import collections
import hashlib
import json
import pathlib
import random
import subprocess

LAYOUTS = ["single", "1x2", "2x1", "1x3", "3x1", "2x2", "2x2c", "1+3", "3+1", "1+3r", "2x3", "3x2", "1x4", "4x1", "1x2c"]
BANDS = ["none", "top", "bottom", "above", "below", "inside", "overlay"]
COLOURS = [(0, 0, 0), (255, 255, 255), (150, 40, 20), (40, 40, 40), (200, 200, 200), (0, 90, 0), (128, 0, 0), (30, 30, 160)]
FONTS = ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
         "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"]
TOLERANCE = 2  # pixels
SURE = 0.9     # kSureLayout


def part_of(case):
    return "report" if int(hashlib.sha256(str(case["site_id"] or case["case_id"]).encode()).hexdigest(), 16) % 2 else "dev"


def band(text, font, colours, width, at_least=0, at_most=None):
    """A band of text lines `width` wide, as BGR pixels; of lines that would make it too tall only the first."""
    import numpy as np
    from PIL import Image, ImageDraw
    size = font.size
    lines, line = [], ""
    for word in text:
        if line and font.getlength(line + "  " + word) > width - size:
            lines.append(line)
            line = word
        else:
            line = line + "  " + word if line else word
    lines.append(line)
    if at_most:
        lines = lines[:max(1, int((at_most / size - 0.6) / 1.35))]
    height = max(at_least, int(size * (0.6 + 1.35 * len(lines))))
    image = Image.new("RGB", (width, height), colours[0])
    draw = ImageDraw.Draw(image)
    for i, one in enumerate(lines):
        draw.text((size // 2, size * 0.15 + i * size * 1.35), one, font=font, fill=colours[1])
    return np.array(image)[..., ::-1]


def words(record, k, rng):
    times = record.get("times", ["2026-03-14T08:25:31.120"])
    said = ["时间:" + times[min(k, len(times) - 1)].replace("T", " "), "地点:" + record.get("place", "人民路"),
            "设备编号:" + record.get("device_id", "0"), "违法代码:" + record.get("violation", "1625"),
            "车牌:" + record.get("plate", "未识别"), "防伪码:%08X" % rng.getrandbits(32)]
    return said[:1] + rng.sample(said[1:], rng.randint(2, 5))


def fit(picture, width, height):
    import cv2
    h, w = picture.shape[:2]
    if w * height > h * width:
        cut = h * width // height
        picture = picture[:, (w - cut) // 2:(w - cut) // 2 + cut]
    else:
        cut = w * height // width
        picture = picture[(h - cut) // 2:(h - cut) // 2 + cut]
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA if w > width else cv2.INTER_CUBIC)


def cells_of(layout, width, height, gap, band_height):
    """Cells (x, y, width, height) without the outer border, bands of a cell included."""
    if layout.rstrip("r") in ("1+3", "3+1"):
        small, large_w = width, 3 * width + 2 * gap
        large_h = large_w * height // width
        three = [(i * (small + gap), 0, small, height + band_height) for i in range(3)]
        one = (0, 0, large_w, large_h + band_height)
        if layout.startswith("1+3"):
            return [one] + [(x, y + one[3] + gap, w, h) for x, y, w, h in three]
        return three + [(0, three[0][3] + gap, large_w, one[3])]
    rows, columns = {"single": (1, 1)}.get(layout) or map(int, layout.rstrip("c").split("x"))
    return [(c * (width + gap), r * (height + band_height + gap), width, height + band_height)
            for r in range(rows) for c in range(columns)]


def colour_of(rng):
    return rng.choice([rng.choice(COLOURS), tuple(rng.randrange(256) for _ in range(3))])


def make_one(folder, neighbours, layout, kind, bordered, rng):
    """One composite of a case: BGR pixels, truth."""
    import cv2
    import numpy as np
    from PIL import ImageFont
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    panels = [cv2.imread(str(p)) for p in sorted(folder.glob("panel[0-9].jpg"))]
    closeup = cv2.imread(str(folder / "closeup.jpg"))
    for other in neighbours:
        panels += [cv2.imread(str(p)) for p in sorted(other.glob("panel[0-9].jpg"))]
    width = rng.choice([480, 560, 640, 720, 800, 960])
    if "+" in layout:
        width = rng.choice([400, 480, 560])
    if layout in ("single", "2x1", "3x1"):
        width = rng.choice([640, 800, 960, 1280])
    height = rng.choice([width * 9 // 16, width * 3 // 4, width * 9 // 16])
    gap = rng.randint(1, 10) if bordered else 0
    outer = rng.choice([0, gap, rng.randint(1, 12)]) if bordered else 0
    border, paper = colour_of(rng), colour_of(rng)
    ink = rng.choice([c for c in [(255, 255, 255), (255, 255, 0), (0, 0, 0), (0, 255, 0)]
                      if abs(sum(c) - sum(paper)) > 250])
    font = ImageFont.truetype(rng.choice(FONTS), int(width * rng.uniform(0.022, 0.04)) + 6)
    inner = band(words(record, 0, rng), font, (paper, ink), width) if kind in ("above", "below", "inside") else None
    extra = inner.shape[0] if inner is not None and kind != "inside" else 0
    cells = cells_of(layout, width, height, gap, extra)
    closeup_at = len(cells) - 1 if layout.endswith("c") else None
    if layout == "1x2c":
        panels = panels[:1]
    w = max(x + cw for x, y, cw, ch in cells) + 2 * outer
    h = max(y + ch for x, y, cw, ch in cells) + 2 * outer
    image = np.full((h, w, 3), border[::-1], np.uint8)
    shown = []
    for i, (x, y, cw, ch) in enumerate(cells):
        role, k = ("closeup", 0) if i == closeup_at else ("panel", i)
        if layout == "1+3r":  # the first of the three is the large one again
            k = max(0, i - 1)
            role = "repeat" if i == 1 else "panel"
        source = closeup if role == "closeup" else panels[k % len(panels)]
        px, py, pw, ph = x + outer, y + outer, cw, ch - extra
        if kind == "above":
            py += extra
        tile = fit(source, pw, ph)
        rect = [px, py, px + pw, py + ph]
        if kind in ("above", "below", "inside") and role != "closeup":
            strip = band(words(record, k, rng), font, (paper, ink), pw, extra, ph // 4 if kind == "inside" else extra)
            if kind == "inside":
                tile[:strip.shape[0]] = strip
                rect[1] += strip.shape[0]
            else:
                at = y + outer if kind == "above" else py + ph
                image[at:at + extra, px:px + pw] = strip[:extra]
        if kind == "overlay":
            strip = band(words(record, k, rng), font, ((0, 0, 0), (255, 255, 0)), pw, at_most=ph // 3)
            mask = strip.max(2) > 90
            tile[:strip.shape[0]][cv2.dilate(mask.astype(np.uint8), np.ones((3, 3))) > 0] = 0
            tile[:strip.shape[0]][mask] = strip[mask]
        image[py:py + ph, px:px + pw] = tile
        if role != "repeat":
            shown.append({"box": rect, "role": role})
    if kind in ("top", "bottom"):
        strip = band([t for k in range(3) for t in words(record, k, rng)], font, (paper, ink), w)
        image = np.vstack([strip, image] if kind == "top" else [image, strip])
        if kind == "top":
            for panel in shown:
                panel["box"][1] += strip.shape[0]
                panel["box"][3] += strip.shape[0]
    truth = {"layout": layout.rstrip("cr"), "asked": layout, "band": kind, "border": bordered and gap + outer > 0,
             "panels": shown, "quality": rng.randint(60, 95)}
    return image, truth


def scaled(image, truth, scale):
    import cv2
    h, w = image.shape[:2]
    size = round(w * scale), round(h * scale)
    for panel in truth["panels"]:
        panel["box"] = [round(v * size[i % 2] / (w, h)[i % 2]) for i, v in enumerate(panel["box"])]
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)


def make(arguments):
    import cv2
    arguments.out.mkdir(parents=True, exist_ok=True)
    cases = [json.loads(line) for line in (arguments.scenes / "manifest.jsonl").open(encoding="utf-8")]
    cases = [c for c in cases if part_of(c) == arguments.part]
    lines = []
    panels_of = lambda some: sum(len(c["panels"]) for c in some)
    keys = ("site_id", "camera_moved", "light")  # what one picture shows was taken within a minute
    alike = [(c, [o for o in cases if c["site_id"] and o is not c and all(o[k] == c[k] for k in keys)]) for c in cases]
    for number, layout in enumerate(LAYOUTS * arguments.each):
        rng = random.Random("%s %d %d" % (arguments.part, arguments.seed, number))
        wanted = {"2x2": 4, "1+3": 4, "3+1": 4, "1x4": 4, "4x1": 4, "2x3": 6, "3x2": 6, "1x3": 3, "3x1": 3, "1+3r": 3, "2x2c": 3}
        need = wanted.get(layout, 2 if layout in ("1x2", "2x1") else 1)
        case, same = rng.choice([(c, same) for c, same in alike if panels_of([c, *same]) >= need
                                 and (need > 3 or len(c["panels"]) >= need)
                                 and (not layout.endswith("c") or (arguments.scenes / c["dir"] / "closeup.jpg").exists())])
        neighbours = []  # layouts of more panels than the case has show later passes of one camera
        for other in rng.sample(same, len(same)):
            if panels_of([case, *neighbours]) < need:
                neighbours.append(other)
        neighbours = [arguments.scenes / other["dir"] for other in neighbours]
        turn, at = divmod(number, len(LAYOUTS))  # fourteen of a layout: each band with and without borders
        kind, bordered = BANDS[(turn + at) % len(BANDS)], (turn // len(BANDS) + at) % 2 == 0
        image, truth = make_one(arguments.scenes / case["dir"], neighbours, layout, kind, bordered, rng)
        if arguments.scale != 1:
            image = scaled(image, truth, arguments.scale)
        truth["size"] = [image.shape[1], image.shape[0]]
        name = "%04d_%s.jpg" % (number, layout)
        cv2.imwrite(str(arguments.out / name), image, [cv2.IMWRITE_JPEG_QUALITY, truth["quality"]])
        lines.append(json.dumps({"file": name, "case": case["case_id"], "light": case["light"], **truth}))
    (arguments.out / "truth.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def exact(truth, found):
    return len(truth["panels"]) == len(found["panels"]) and all(
        t["role"] == f["role"] and all(abs(a - b) <= TOLERANCE for a, b in zip(t["box"], f["box"]))
        for t, f in zip(truth["panels"], found["panels"]))


def missed(truth, found):
    """Where the panels of one are not those of the other."""
    if [t["role"] for t in truth["panels"]] != [f["role"] for f in found["panels"]]:
        return "panels %s instead of %s" % ([(f["role"], f["box"]) for f in found["panels"]],
                                            [(t["role"], t["box"]) for t in truth["panels"]])
    off = ["%d %s %+d" % (i, side, b - a) for i, (t, f) in enumerate(zip(truth["panels"], found["panels"]))
           for side, a, b in zip(("left", "top", "right", "bottom"), t["box"], f["box"]) if abs(a - b) > TOLERANCE]
    return "off: " + ", ".join(off) if off else "all edges right"


def scenegen_truth(path):
    """The truth that scripts/scenes/composite.py writes beside a picture, in the words of this script."""
    js = json.loads(path.read_text(encoding="utf-8"))
    recipe = js["recipe"]
    panels = [{"box": [c["rect"][0], c["rect"][1], c["rect"][0] + c["rect"][2], c["rect"][1] + c["rect"][3]],
               "role": "closeup" if c["kind"] == "closeup" else "panel"} for c in js["cells"]]
    overlay = recipe["band"] == "per_panel" and recipe["band_style"] == "overlay"
    return {"file": path.stem + ".jpg", "layout": recipe["layout"].rstrip("c"), "asked": recipe["layout"],
            "band": "overlay" if overlay else recipe["band"], "border": recipe["border"] != "none", "panels": panels,
            "quality": recipe["quality"]}


def score(arguments):
    listed = arguments.out / "truth.jsonl"
    truths = ([json.loads(line) for line in listed.open(encoding="utf-8")] if listed.exists()
              else [scenegen_truth(p) for p in sorted(arguments.out.glob("*.json"))])
    command = [str(arguments.program), "layout", "--json"] + [str(arguments.out / t["file"]) for t in truths]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = {pathlib.Path(f["file"]).name: f for f in map(json.loads, answer.splitlines())}
    tables = {key: collections.defaultdict(collections.Counter) for key in ("layout", "band", "light", "quality", "parted by")}
    for truth in truths:
        seen = found[truth["file"]]
        right, sure = exact(truth, seen), seen["p"] >= SURE
        outcome = ("right" if right else "wrong") + (", sure" if sure else ", unsure")
        parted = truth["border"] or truth["band"] not in ("none", "overlay")
        keys = {"layout": truth["asked"], "band": truth["band"], "light": str(truth.get("light")),
                "parted by": "border or band" if parted else "nothing",
                "quality": "%d-%d" % (truth["quality"] // 10 * 10, truth["quality"] // 10 * 10 + 9)}
        for key, value in keys.items():
            tables[key][value][outcome] += 1
            tables[key][value]["all"] += 1
        if arguments.misses and outcome != "right, sure":
            print("%s %s: %s, %s, %s, found %s %.2f %s; %s" % (
                outcome, truth["file"], truth["band"], "border" if truth["border"] else "bare", truth.get("light"),
                seen["layout"], seen["p"], seen.get("doubt"), missed(truth, seen)))
    outcomes = ["right, sure", "right, unsure", "wrong, unsure", "wrong, sure"]
    for key, table in tables.items():
        print("\n| %s | n | %s | exact %% |\n|---|---|%s---|" % (key, " | ".join(outcomes), "---|" * len(outcomes)))
        for value, counts in sorted(table.items()):
            share = 100 * (counts["right, sure"] + counts["right, unsure"]) / counts["all"]
            print("| %s | %d | %s | %.1f |" % (value, counts["all"], " | ".join(str(counts[o]) for o in outcomes), share))


def verdicts_of(program, batch, out):
    subprocess.run([str(program), "review", str(batch), "-o", str(out), "--workers", "1"], capture_output=True)
    lines = map(json.loads, (out / "manifest.jsonl").open(encoding="utf-8"))
    return {line["case_id"]: (line["verdict"], [r["id"] for r in line["reasons"]]) for line in lines}


def write_case(folder, record, pictures, case_id):
    text = json.dumps({**record, "case_id": case_id, "pictures": pictures}, ensure_ascii=False)
    (folder / "record.json").write_text(text, encoding="utf-8")


def cut(composite, cells, folder):
    """The tiles of a composite as pictures of their own, pixel by pixel; as a record lists them."""
    import cv2
    image, pictures = cv2.imread(str(composite)), []
    for cell in cells:
        x, y, width, height = cell["rect"]
        cv2.imwrite(str(folder / (cell["kind"] + ".png")), image[y:y + height, x:x + width])
        role = {"role": "closeup"} if cell["kind"] == "closeup" else {}
        pictures.append({"file": cell["kind"] + ".png", **role})
    return pictures


def compare(name, others, composite):
    counts = collections.Counter()
    for case, (verdict, reasons) in sorted(others.items()):
        other, other_reasons = composite[case]
        unsure = "layout_unsure" in other_reasons
        counts["layout unsure" if unsure else "same verdict" if verdict == other else "other verdict"] += 1
        if not unsure and {verdict, other} == {"accept", "reject"}:
            counts["accept against reject"] += 1
        if verdict != other:
            print(case, name, verdict, reasons, "as a composite", other, other_reasons)
    print("\n| composites against | cases | " + " | ".join(counts) + " |\n|---|---|" + "---|" * len(counts))
    print("| %s | %d | " % (name, len(others)) + " | ".join(str(n) for n in counts.values()) + " |\n")


def verdicts(arguments):
    import shutil
    for path in sorted(arguments.composites.glob("*.json"))[:arguments.most]:
        truth = json.loads(path.read_text(encoding="utf-8"))
        case, shows_closeup = truth["case_id"], any(cell["kind"] == "closeup" for cell in truth["cells"])
        record = json.loads((arguments.scenes / case / "record.json").read_text(encoding="utf-8"))
        composite, tiles, separate = (arguments.out / batch / path.stem for batch in ("composite", "cut", "separate"))
        for folder in (composite, tiles, separate):
            folder.mkdir(parents=True)
        shutil.copyfile(path.with_suffix(".jpg"), composite / "1.jpg")
        write_case(composite, record, ["1.jpg"], path.stem)
        write_case(tiles, record, cut(path.with_suffix(".jpg"), truth["cells"], tiles), path.stem)
        pictures = [p for p in record["pictures"] if shows_closeup or p.get("role") != "closeup"]
        for picture in pictures:
            shutil.copyfile(arguments.scenes / case / picture["file"], separate / picture["file"])
        write_case(separate, record, pictures, path.stem)
    reviewed = {batch: verdicts_of(arguments.program, arguments.out / batch, arguments.out / ("out-" + batch))
                for batch in ("composite", "cut", "separate")}
    compare("their own panels, cut out", reviewed["cut"], reviewed["composite"])
    compare("separate pictures of full size", reviewed["separate"], reviewed["composite"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    maker = commands.add_parser("make")
    maker.add_argument("scenes", type=pathlib.Path)
    maker.add_argument("out", type=pathlib.Path)
    maker.add_argument("--part", choices=["dev", "report"], default="dev")
    maker.add_argument("--each", type=int, default=14, help="composites of each layout")
    maker.add_argument("--seed", type=int, default=0)
    maker.add_argument("--scale", type=float, default=1, help="of the finished composite")
    scorer = commands.add_parser("score")
    scorer.add_argument("out", type=pathlib.Path, help="made by `make`, or by scripts/scenes/composite.py")
    scorer.add_argument("--program", type=pathlib.Path, default=pathlib.Path("build/bin/vioreview"))
    scorer.add_argument("--misses", action="store_true", help="list what was not right and sure")
    judged = commands.add_parser("verdicts")
    judged.add_argument("scenes", type=pathlib.Path)
    judged.add_argument("composites", type=pathlib.Path)
    judged.add_argument("out", type=pathlib.Path, help="a new folder")
    judged.add_argument("--most", type=int, default=40)
    judged.add_argument("--program", type=pathlib.Path, default=pathlib.Path("build/bin/vioreview"))
    arguments = parser.parse_args()
    {"make": make, "score": score, "verdicts": verdicts}[arguments.command](arguments)


if __name__ == "__main__":
    main()
