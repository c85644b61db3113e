# SPDX-License-Identifier: Apache-2.0
"""/usr/bin/python3 composite.py OUT_DIR CASE_DIR... [--variant N]
Builds the evidence composite of each case from its panels and the recipe in case.json (variant 0), or from a fresh recipe
drawn with seed (case seed, N). Writes OUT_DIR/<case>[_vN].jpg and .json with every panel, close-up and band rectangle and text."""
import sys, os, json, datetime
import numpy as np, cv2
from PIL import Image, ImageDraw, ImageFont
FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-%s.ttc'
LAYOUTS = {1: ['single'], 2: ['1x2', '2x1'], 3: ['1x3', '2x2c', '2x2c', '3x1'], 4: ['2x2', '1x4']}
GRID = {'single': (1, 1), '1x2': (1, 2), '2x1': (2, 1), '1x3': (1, 3), '3x1': (3, 1), '2x2c': (2, 2), '2x2': (2, 2), '1x4': (1, 4)}


def stamp(ms, style):
    t = datetime.datetime.utcfromtimestamp(ms / 1000 + 8 * 3600)
    if style == 0:
        return t.strftime('%Y-%m-%d %H:%M:%S') + '.%03d' % (ms % 1000)
    if style == 1:
        return '%d年%02d月%02d日%02d时%02d分%02d秒%03d' % (t.year, t.month, t.day, t.hour, t.minute, t.second, ms % 1000)
    return t.strftime('%Y/%m/%d %H:%M:%S')


def fields(rec, style, k=None):
    f = []
    if k is not None:
        f.append('时间:' + stamp(rec['times_ms'][k], style))
    else:
        for i, t in enumerate(rec['times_ms']):
            f.append(('时间%d:' % (i + 1) if len(rec['times_ms']) > 1 else '抓拍时间:') + stamp(t, style))
    f += ['地点:' + rec['place'], '方向:' + rec['direction'], '设备编号:' + rec['device_id'], '违法代码:' + rec['violation_code'], '违法行为:' + rec['violation_name'], '车道:%d' % abs(rec['lane'])]
    if rec.get('plate'):
        f.append('车牌:' + rec['plate'])
    if 'speed_kmh' in rec:
        f += ['车速:%dkm/h' % rec['speed_kmh'], '限速:%dkm/h' % rec['limit_kmh']]
    f.append('防伪码:' + rec['anti_forgery'])
    return f


def wrap(fs, font, width):
    lines, cur = [], ''
    for f in fs:
        t = cur + ('  ' if cur else '') + f
        if font.getlength(t) > width - 16 and cur:
            lines.append(cur)
            cur = f
        else:
            cur = t
    return lines + [cur]


def band_image(lines, font, fs, width, style):
    h = int(len(lines) * fs * 1.32 + fs * .5)
    bg, fg = {'white_on_black': ((0, 0, 0), (255, 255, 255)), 'black_on_white': ((255, 255, 255), (0, 0, 0)), 'white_on_blue': ((25, 50, 150), (255, 255, 255)), 'overlay': ((0, 0, 0), (255, 255, 0))}[style]
    im = Image.new('RGB', (width, h), bg)
    d = ImageDraw.Draw(im)
    for i, t in enumerate(lines):
        d.text((8, fs * .1 + i * fs * 1.32), t, font=font, fill=fg)
    return np.array(im)[..., ::-1]


def recipe(js, variant):
    c = dict(js['composite'])
    rng = np.random.default_rng([js.get('recipe_seed', js['seed']), 1000 + variant])      # one device, one style
    n = len(js['panels'])
    if variant:
        c.update(layout=str(rng.choice(LAYOUTS[n])), border=str(rng.choice(['white', 'black', 'none'])), border_px=int(rng.integers(1, 7)), band=str(rng.choice(['top', 'bottom', 'per_panel'])),
                 band_style=str(rng.choice(['white_on_black', 'black_on_white', 'white_on_blue', 'overlay'])), panel_w=int(rng.choice([640, 800, 960, 1280])), quality=int(rng.integers(60, 93)))
    if c['layout'] == '2x2c' and not c.get('closeup'):
        c['layout'] = '1x3'
    c.update(time_style=int(rng.integers(0, 3)), font_px=int(c['panel_w'] * rng.uniform(.018, .03)) + 4, weight=str(rng.choice(['Regular', 'Bold'])), drop=[int(v) for v in rng.permutation(10)[:rng.integers(0, 3)]])
    return c


def build(case_dir, out, variant=0):
    js = json.load(open(os.path.join(case_dir, 'case.json')))
    c = recipe(js, variant)
    rec = js['record']
    R, C = GRID[c['layout']]
    pw = c['panel_w']
    ph = pw * 9 // 16
    font = ImageFont.truetype(FONT % c['weight'], c['font_px'])
    b = c['border_px'] if c['border'] != 'none' else 0
    # a band of one panel stands above it (solid styles), or is drawn into it away from the signal heads (overlay)
    pp = [wrap([f for k, f in enumerate(fields(rec, c['time_style'], i)) if k == 0 or k not in c['drop']], font, pw) for i in range(len(js['panels']))] if c['band'] == 'per_panel' else []
    solid = bool(pp) and c['band_style'] != 'overlay'
    bh = max(len(band_image(q, font, c['font_px'], 8, c['band_style'])) for q in pp) if solid else 0
    W, H = C * pw + (C + 1) * b, R * (ph + bh) + (R + 1) * b
    img = np.full((H, W, 3), 255 if c['border'] == 'white' else 0, np.uint8)
    cells, bands = [], []
    for i in range(R * C):
        x, y = b + (i % C) * (pw + b), b + (i // C) * (ph + bh + b) + bh
        if i < len(js['panels']):
            p = cv2.imread(os.path.join(case_dir, js['panels'][i]['file']))
            kind = 'panel%d' % (i + 1)
            m = dict(kind=kind, rect=[x, y, pw, ph], scale=pw / p.shape[1])
        elif c['layout'] == '2x2c' and c.get('closeup'):
            p = cv2.imread(os.path.join(case_dir, 'closeup.jpg'))
            a = 9 / 16
            hh, ww = p.shape[:2]
            if hh < ww * a:
                ww = int(hh / a)
            else:
                hh = int(ww * a)
            p = p[(p.shape[0] - hh) // 2:(p.shape[0] + hh) // 2, (p.shape[1] - ww) // 2:(p.shape[1] + ww) // 2]
            m = dict(kind='closeup', rect=[x, y, pw, ph], of_panel=1)
        else:
            continue
        cell = cv2.resize(p, (pw, ph), interpolation=cv2.INTER_AREA if p.shape[1] > pw else cv2.INTER_CUBIC)
        if pp and m['kind'] != 'closeup':
            bi = band_image(pp[i], font, c['font_px'], pw, c['band_style'])
            if solid:
                y0 = y - bh
                img[y0:y0 + bi.shape[0], x:x + pw] = bi
            else:
                y0 = y + ph - bi.shape[0] if js['panels'][i]['signals'] else y
                sub = cell[y0 - y:y0 - y + bi.shape[0]]
                mk = bi.max(2) > 60
                sub[cv2.dilate(mk.astype(np.uint8), np.ones((3, 3))) > 0] = 0
                sub[mk] = bi[mk]
            bands.append(dict(rect=[x, y0, pw, bi.shape[0]], lines=pp[i], panel=i + 1))
        img[y:y + ph, x:x + pw] = cell
        cells.append(m)
    if c['band'] != 'per_panel':
        fs = [f for k, f in enumerate(fields(rec, c['time_style'])) if k < len(rec['times_ms']) or k not in c['drop']]
        lines = wrap(fs, font, W)
        bi = band_image(lines, font, c['font_px'], W, c['band_style'] if c['band_style'] != 'overlay' else 'white_on_black')
        if c['band'] == 'top':
            for m in cells:
                m['rect'][1] += bi.shape[0]
            bands.append(dict(rect=[0, 0, W, bi.shape[0]], lines=lines))
            img = np.vstack([bi, img])
        else:
            bands.append(dict(rect=[0, H, W, bi.shape[0]], lines=lines))
            img = np.vstack([img, bi])
    name = os.path.basename(case_dir.rstrip('/')) + ('_v%d' % variant if variant else '')
    os.makedirs(out, exist_ok=True)
    cv2.imwrite(os.path.join(out, name + '.jpg'), img, [cv2.IMWRITE_JPEG_QUALITY, c['quality']])
    json.dump(dict(case_id=js['case_id'], variant=variant, recipe=c, size=[img.shape[1], img.shape[0]], cells=cells, bands=bands), open(os.path.join(out, name + '.json'), 'w'), ensure_ascii=False)
    return img


if __name__ == '__main__':
    a = sys.argv[1:]
    v = 0
    if '--variant' in a:
        i = a.index('--variant')
        v = int(a[i + 1])
        del a[i:i + 2]
    for d in a[1:]:
        build(d, a[0], v)
