#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures how exactly burned-in text is read, by style, with counts and 95 % intervals.

Draws text over the panels of rendered scenes (outlined, shadowed, on see-through boxes and on bands), and reads the composites
that the renderer's own composite.py has made. Development and report are apart by scene (the data's split), by font and by place.
Needs Debian's fonts-noto-cjk, fonts-wqy-zenhei, fonts-wqy-microhei, fonts-arphic-uming.

Example: scripts/eval/overlay.py --data ../shared/data --program build/bin/vioreview_read_overlay --split report
  --composites DIR   pictures that `composite.py DIR CASE... [--variant N]` wrote of cases of this split
"""
import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from PIL import Image, ImageDraw, ImageFont

from product import wilson

FONTS = {
    "dev": {"Noto Sans": "opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans bold": "opentype/noto/NotoSansCJK-Bold.ttc",
            "Noto Serif bold": "opentype/noto/NotoSerifCJK-Bold.ttc", "WenQuanYi Zen Hei": "truetype/wqy/wqy-zenhei.ttc"},
    "report": {"WenQuanYi Micro Hei (new)": "truetype/wqy/wqy-microhei.ttc", "AR PL UMing (new)": "truetype/arphic/uming.ttc"},
}
PLACES = {
    "dev": (["永昌路", "中山北路", "解放大道", "人民东路", "建设街", "滨江路", "学府路", "青年路"], ["隆阳区", "西湖区", "", "武侯区"]),
    "report": (["和谐大道", "长安街", "胜利西路", "珠江路", "文昌巷", "黄鹤路", "钟楼街", "科学城大道"], ["江岸区", "朝阳区", "", "沙坪坝区"]),
}
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# name: fill, outline, what is behind it, where
STYLES = {
    "outlined white, top": ((255, 255, 255), (0, 0, 0), None, "top"),
    "outlined yellow, bottom": ((255, 255, 0), (0, 0, 0), None, "bottom"),
    "white with a shadow, top": ((255, 255, 255), "shadow", None, "top"),
    "white on a see-through box": ((255, 255, 255), None, 150, "top"),
    "band, white on black": ((255, 255, 255), None, (0, 0, 0), "band"),
    "band, black on grey": ((0, 0, 0), None, (225, 225, 225), "band"),
    "band, yellow on blue": ((255, 240, 60), None, (10, 30, 110), "band"),
}
DIRECTIONS = ["由东向西", "由西向东", "由南向北", "由北向南", "由东南向西北", "由东北向西南"]
IN_GROUPS = {"time": "time", "violation": "code", "device": "device", "speed": "speed", "limit": "speed", "place": "place",
             "direction": "direction", "lane": "lane", "plate": "plate", "anti_forgery": "anti-forgery"}


def fields_drawn(rng, split):
    """(field, as drawn, as it has to be read) of one picture."""
    roads, districts = PLACES[split]
    a, b = rng.sample(roads, 2)
    place = rng.choice(districts) + rng.choice([f"{a}与{b}路口", f"{a}{b}口", f"{a}{rng.randint(1, 300)}号前", f"{a}K{rng.randint(1, 90)}+{rng.randint(100, 900)}"])
    y, mo, d, h, mi, s, ms = 2020 + rng.randrange(8), rng.randint(1, 12), rng.randint(1, 28), rng.randrange(24), rng.randrange(60), rng.randrange(60), rng.randrange(1000)
    date, clock = f"{y}-{mo:02}-{d:02}", f"{h:02}:{mi:02}:{s:02}"
    shown, read = rng.choice([
        (f"{date} {clock}.{ms:03}", f"{date}T{clock}.{ms:03}"), (f"{date} {clock}", f"{date}T{clock}"),
        (f"{y}年{mo:02}月{d:02}日 {h:02}:{mi:02}:{s:02}.{ms:03}", f"{date}T{clock}.{ms:03}"),
        (f"{y}/{mo:02}/{d:02} {clock}:{ms:03}", f"{date}T{clock}.{ms:03}")])
    device = "".join(rng.choice("0123456789") for _ in range(18))
    code = rng.choice(["1625", "1208", "13453", "1352A", "10391", "16250", "1019", "1301"])
    plate = rng.choice(PROVINCES) + rng.choice("ABCDEFGHJK") + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(5))
    lane, speed, limit = rng.randint(1, 6), rng.randint(41, 149), rng.choice([40, 60, 80, 100, 120])
    forgery = "".join(rng.choice("0123456789ABCDEF") for _ in range(12))
    direction = rng.choice(DIRECTIONS)
    fields = [("time", rng.choice(["时间:", "抓拍时间:", "违法时间：", ""]) + shown, read), ("place", rng.choice(["地点:", "违法地点："]) + place, place),
              ("direction", rng.choice(["方向:", "行驶方向："]) + direction, direction), ("lane", rng.choice(["车道:", "车道号："]) + str(lane), str(lane)),
              ("device", rng.choice(["设备编号:", "设备："]) + device, device), ("violation", "违法代码:" + code, code),
              ("plate", rng.choice(["车牌:", "号牌号码："]) + plate, plate), ("speed", rng.choice(["车速:", "速度："]) + f"{speed}km/h", str(speed)),
              ("limit", f"限速:{limit}km/h", str(limit)), ("anti_forgery", "防伪码:" + forgery, forgery)]
    kept = fields[:2] + [f for f in fields[2:] if rng.random() < 0.7]
    return kept


def wrapped(fields, font, width):
    lines = [""]
    for _, shown, _ in fields:
        longer = lines[-1] + ("  " if lines[-1] else "") + shown
        if font.getlength(longer) > width and lines[-1]:
            lines.append(shown)
        else:
            lines[-1] = longer
    return lines


def draw(panel, fields, style, font, size, quality, target):
    """The panel with its text; the region in which to read."""
    fill, outline, behind, where = STYLES[style]
    lines = wrapped(fields, font, panel.width - 24)
    step, height = int(size * 1.3), int(size * 1.3) * len(lines) + size // 2
    if where == "band":
        picture = Image.new("RGB", (panel.width, panel.height + height), behind)
        picture.paste(panel, (0, height))
        region = (0, 0, panel.width, height)
    else:
        picture, region = panel.copy(), (0, 0, panel.width, panel.height)
        if behind:
            box = Image.new("RGB", (panel.width, height), (0, 0, 0))
            picture.paste(Image.blend(picture.crop((0, 0, panel.width, height)), box, behind / 255), (0, 0))
    pen, top = ImageDraw.Draw(picture), panel.height - height if where == "bottom" else 0
    for i, line in enumerate(lines):
        at = (10, top + size // 8 + i * step)
        if outline == "shadow":
            pen.text((at[0] + 2, at[1] + 2), line, font=font, fill=(0, 0, 0), stroke_width=1, stroke_fill=(0, 0, 0))
            pen.text(at, line, font=font, fill=fill)
        elif outline:
            pen.text(at, line, font=font, fill=fill, stroke_width=1 + size // 30, stroke_fill=outline)
        else:
            pen.text(at, line, font=font, fill=fill)
    picture.save(target, quality=quality)
    return region


def drawn_pictures(args, folder):
    """(style, font, file, regions, truth) of pictures drawn here."""
    cases = [json.loads(line) for line in open(args.data / "scenes/manifest.jsonl", encoding="utf-8")]
    cases = [c for c in cases if c["split"] == ("train" if args.split == "dev" else "val")]
    rng = random.Random(7)
    for k in range(args.drawn):
        name = list(STYLES)[k % len(STYLES)]
        face = rng.choice(list(FONTS[args.split]))
        size = rng.randint(18, 40)
        font = ImageFont.truetype("/usr/share/fonts/" + FONTS[args.split][face], size)
        case = rng.choice(cases)
        panel = Image.open(args.data / "scenes" / case["dir"] / rng.choice(case["panels"])).convert("RGB")
        fields, file = fields_drawn(rng, args.split), folder / f"{k:05}.jpg"
        region = draw(panel, fields, name, font, size, rng.randint(70, 95), file)
        yield name, face, file, [region], [(field, read) for field, _, read in fields]


LABELS = {"时间": "time", "抓拍时间": "time", "地点": "place", "方向": "direction", "设备编号": "device", "违法代码": "violation",
          "车道": "lane", "车牌": "plate", "车速": "speed", "限速": "limit", "防伪码": "anti_forgery"}


def truth_of_line(line):
    for part in line.split("  "):
        label, _, value = part.partition(":")
        field = LABELS.get(label.rstrip("0123456789"))
        if field == "time":
            digits = "".join(c if c.isdigit() else " " for c in value).split()
            value = "-".join(digits[:3]) + "T" + ":".join(digits[3:6]) + ("." + digits[6] if len(digits) > 6 else "")
        if field:
            yield field, value.removesuffix("km/h")


def composite_pictures(folder):
    """The same of composite.py's; solid bands are pointed at, text over the scene is looked for in its panel."""
    for about in sorted(folder.glob("*.json")):
        js = json.loads(about.read_text(encoding="utf-8"))
        recipe, regions = js["recipe"], []
        over = recipe["band"] == "per_panel" and recipe["band_style"] == "overlay"
        for band in js["bands"]:
            cell = next((c for c in js["cells"] if c["kind"] == f"panel{band.get('panel')}"), None)
            x, y, w, h = cell["rect"] if over else band["rect"]
            regions.append((x, y, x + w, y + h))
        style = "over the scene" if over else ("white on black" if recipe["band_style"] == "overlay" else recipe["band_style"].replace("_", " "))
        truth = [t for band in js["bands"] for line in band["lines"] for t in truth_of_line(line)]
        yield "composite, " + style, "Noto Sans", about.with_suffix(".jpg"), regions, truth


def read(program, pictures):
    lines = "".join(str(file) + "".join("\t%g %g %g %g" % tuple(r) for r in regions) + "\n" for _, _, file, regions, _ in pictures)
    done = subprocess.run([program], input=lines, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{program} failed: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def tally(args, pictures, readings):
    """Counts of right, missing or unreadable, and surely wrong, by style, group and font."""
    counts = collections.defaultdict(collections.Counter)
    for (style, face, file, _, truth), reading in zip(pictures, readings):
        seen = collections.defaultdict(list)
        for field in reading["overlay"]:
            seen[field["field"]].append(field)
        for field, text in truth:
            match = next((s for s in seen[field] if s["text"] == text), None)
            if match:
                seen[field].remove(match)
            else:
                near = min(seen[field], key=lambda s: sum(a != b for a, b in zip(s["text"], text)), default=None)
                if args.misses:
                    print(f"{file.name} {style} [{face}] {field}: {text} read as {near and (near['text'], round(near['p'], 2))}")
            outcome = "right" if match else "silent"
            for key in ((style, IN_GROUPS[field]), (f"font {face}", IN_GROUPS[field])):
                counts[key][outcome] += 1
        for field, left in seen.items():
            surely = [s for s in left if field != "other" and s["text"] and s["p"] >= args.sure]
            for s in surely:
                wanted = [t for f, t in truth if f == field]
                if args.misses:
                    print(f"{file.name} {style} [{face}] SURELY WRONG {field}: {s['text']} ({s['p']:.2f}), drawn {wanted}")
                counts[style, IN_GROUPS[field]]["wrong"] += 1
                counts[f"font {face}", IN_GROUPS[field]]["wrong"] += 1
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--program", default="build/bin/vioreview_read_overlay")
    parser.add_argument("--split", choices=["dev", "report"], default="report")
    parser.add_argument("--drawn", type=int, default=210, help="pictures to draw")
    parser.add_argument("--composites", type=pathlib.Path)
    parser.add_argument("--sure", type=float, default=0.9, help="probability from which the check lets a reading contradict the record")
    parser.add_argument("--misses", action="store_true", help="also print every field not read")
    parser.add_argument("--keep", type=pathlib.Path, help="leave the drawn pictures here")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        pictures = list(drawn_pictures(args, folder))
        if args.composites:
            pictures += list(composite_pictures(args.composites))
        readings = read(args.program, pictures)
    counts = tally(args, pictures, readings)
    print("\n| style | field | exact | share | 95 % interval | surely wrong |\n|---|---|---|---|---|---|")
    for (style, group), n in sorted(counts.items()):
        total = n["right"] + n["silent"]
        low, high = wilson(n["right"], total)
        print(f"| {style} | {group} | {n['right']} of {total} | {100 * n['right'] / max(total, 1):.1f} % | {100 * low:.1f} to {100 * high:.1f} % | {n['wrong']} |")
    times = sorted(r["ms"] for r in readings)
    print(f"\n{len(pictures)} pictures; a picture takes {times[len(times) // 2]:.0f} ms (median), {times[len(times) * 9 // 10]:.0f} ms (90 of 100)")


if __name__ == "__main__":
    main()
