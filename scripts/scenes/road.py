# SPDX-License-Identifier: Apache-2.0
"""Bird's-eye road albedo + class map. x right (m), y forward (m); pixel grid PX m/px."""
import numpy as np, cv2
PXX, PXY = 0.016, 0.028
CLS = dict(other=0, road=1, white_solid=2, white_dashed=3, yellow_solid=4, yellow_dashed=5, stop_line=6, crosswalk=7,
           arrow=8, bus_text=9, grid=10, guide=11)
X0, X1, Y0, Y1 = -18.0, 22.5, -32.0, 78.0
W = int((X1 - X0) / PXX)
H = int((Y1 - Y0) / PXY)
FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc'


def grid_box(site):
    """x0, x1, y0, y1 of the yellow grid, or None"""
    if not site.get('grid'):
        return None
    xr = site['n_lanes'] * site['lane_w'] + site['shoulder']
    if site['kind'] == 'junction':
        return .5, xr - .5, site['cross_y0'] + 3, site['cross_y1'] - 3
    return (.5, site['n_lanes'] * site['lane_w'] + .1, *site['grid_y']) if site.get('grid_y') else None


def solid_range(site, i):
    """y range in which lane line i is solid on a road without a junction"""
    if site.get('solid_lines') is None:
        return site['solid_range']
    return (Y0, Y1) if i in site['solid_lines'] else (Y0, Y0)


class Canvas:
    def __init__(s, rng):
        s.cls = np.zeros((H, W), np.uint8)
        s.paint = np.zeros((H, W), np.uint8)      # 0 none 1 white 2 yellow
        s.rng = rng

    def px(s, pts):
        p = np.asarray(pts, np.float64)
        return np.stack([(p[:, 0] - X0) / PXX, (Y1 - p[:, 1]) / PXY], 1)

    def poly(s, pts, cls, paint=0):
        q = np.round(s.px(pts) * 16).astype(np.int32)
        cv2.fillPoly(s.cls, [q], CLS[cls], shift=4)
        cv2.fillPoly(s.paint, [q], paint, shift=4)

    def rect(s, x0, y0, x1, y1, cls, paint=0):
        s.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], cls, paint)

    def vline(s, x, y0, y1, w, cls, paint, dash=None):
        if dash is None:
            s.rect(x - w / 2, y0, x + w / 2, y1, cls, paint)
        else:
            y = y1
            while y > y0:
                s.rect(x - w / 2, max(y0, y - dash[0]), x + w / 2, y, cls, paint)
                y -= dash[0] + dash[1]

    def crosswalk(s, x0, x1, y0, y1):          # stripes parallel to travel (y)
        x = x0
        while x < x1 - .2:
            s.rect(x, y0, min(x + .45, x1), y1, 'crosswalk', 1)
            x += 1.05

    def crosswalk_side(s, x0, x1, y0, y1):
        y = y0
        while y < y1 - .2:
            s.rect(x0, y, x1, min(y + .45, y1), 'crosswalk', 1)
            y += 1.05

    def arrow(s, kind, cx, ybase, flip=False):
        """6 m lane arrow, GB 5768-like; kind: S L R SL SR U LR"""
        q = [(-.075, 0), (.075, 0), (.075, 3.6), (-.075, 3.6)]

        def add(pts):
            p = np.array(pts, float)
            if flip:
                p = -p + [0, 6]
            s.poly(p + [cx, ybase], 'arrow', 1)
        L = 4.2 if 'S' in kind else 3.2
        if kind != 'U':
            add([(-.09, 0), (.09, 0), (.09, L), (-.09, L)])
        if 'S' in kind:
            add([(-.34, 3.7), (.34, 3.7), (0, 6.0)])
        for k, sg in (('L', -1), ('R', 1)):
            if k in kind:
                yb = 1.6 if 'S' in kind else 3.0
                add([(0, yb), (0, yb + .8), (sg * .55, yb + 1.6), (sg * .55, yb + .9)])
                add([(sg * .4, yb + .2), (sg * .55, yb + 2.6), (sg * 1.1, yb + 1.75)])
        if kind == 'U':
            add([(.3, 0), (.48, 0), (.48, 4.2), (.3, 4.2)])
            add([(-.4, 3.6), (.48, 3.6), (.48, 4.2), (-.4, 4.2)])
            add([(-.45, 3.6), (-.27, 3.6), (-.27, 2.6), (-.45, 2.6)])
            add([(-.75, 2.7), (.03, 2.7), (-.36, .8)])

    def grid(s, x0, x1, y0, y1):
        sub = Canvas(s.rng)
        for k in np.arange(-60, 60, 2.2):
            sub.poly([(x0 + k, y0), (x0 + k + .18, y0), (x0 + k + .18 + (y1 - y0), y1), (x0 + k + (y1 - y0), y1)], 'grid', 2)
            sub.poly([(x0 + k, y1), (x0 + k + .18, y1), (x0 + k + .18 + (y1 - y0), y0), (x0 + k + (y1 - y0), y0)], 'grid', 2)
        box = np.zeros_like(sub.cls)
        q = np.round(s.px([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])).astype(np.int32)
        cv2.fillPoly(box, [q], 1)
        cv2.polylines(sub.cls, [q], True, CLS['grid'], 10)
        cv2.polylines(sub.paint, [q], True, 2, 10)
        m = (sub.cls > 0) & (box > 0)
        s.cls[m] = CLS['grid']
        s.paint[m] = 2

    def bicycle(s, cx, y, w=1.3, h=2.6):
        """bicycle symbol of a non-motor lane, drawn with the class of lane lettering"""
        def ring(x, yy, r=.42):
            q = np.array([(x + r * np.cos(a), yy + 1.2 * r * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 25)])
            line(q)

        def line(q):
            p = np.round(s.px(np.array(q) * [w / 1.9, h / 1.9] + [cx, y])).astype(np.int32)
            for a, v in ((s.cls, CLS['bus_text']), (s.paint, 1)):
                cv2.polylines(a, [p], False, v, 5)
        ring(-.52, .45)
        ring(.52, .45)
        line([(-.52, .45), (-.15, 1.15), (.36, 1.15), (.02, .45), (-.52, .45)])
        line([(.02, .45), (-.2, 1.3), (-.36, 1.3)])
        line([(.52, .45), (.3, 1.45), (.5, 1.5)])

    def text(s, chars, cx, ytop, w=2.2, h=2.8, gap=.5):
        from PIL import Image, ImageDraw, ImageFont
        f = ImageFont.truetype(FONT, 200)
        # drivers read from the bottom up: first character nearest to the driver
        y = ytop - len(chars) * (h + gap)
        for ch in chars:
            im = Image.new('L', (220, 220), 0)
            ImageDraw.Draw(im).text((10, -40), ch, font=f, fill=255)
            a = np.array(im)
            b = cv2.resize(a, (int(w / PXX), int(h / PXY)), interpolation=cv2.INTER_AREA) > 127
            c = s.px([(cx - w / 2, y + h)])[0].astype(int)
            sl = (slice(c[1], c[1] + b.shape[0]), slice(c[0], c[0] + b.shape[1]))
            if b.shape == s.cls[sl].shape:
                s.cls[sl][b] = CLS['bus_text']
                s.paint[sl][b] = 1
            y += h + gap


def noise(rng, fx, fy):
    n = rng.random((max(2, int(H * PXY / fy)), max(2, int(W * PXX / fx)))).astype(np.float32)
    return cv2.resize(n, (W, H), interpolation=cv2.INTER_LINEAR)


def build(site, rng):
    """site dict -> (albedo BGR uint8, class map, wet mask)"""
    c = Canvas(rng)
    lw, n, no, xc = site['lane_w'], site['n_lanes'], site['n_opp'], 0.0
    xr = n * lw + site['shoulder']
    xl = -no * lw - .6 - site['shoulder']
    ya, yb = site['cross_y0'], site['cross_y1']
    med = site['median']
    junction = site['kind'] == 'junction'
    c.rect(xl, Y0, xr, Y1, 'road')
    if junction:
        c.rect(X0, ya, X1, yb, 'road')
        for sx, cx in ((1, xr), (-1, xl)):         # rounded corners
            for cy, sy in ((ya, -1), (yb, 1)):
                r = 5.0
                t = np.linspace(0, np.pi / 2, 12)
                arc = [(cx + sx * (r - r * np.cos(u)), cy + sy * (r - r * np.sin(u))) for u in t]
                c.poly([(cx, cy)] + arc, 'road')
    white_e = site['edge']

    def approach(y_stop, d):      # d=+1 own approach, lanes x>0; d=-1 opposite approach (beyond the junction)
        k = n if d > 0 else no
        off = .3
        sx = 1 if d > 0 else -1
        lx = lambda i: sx * (off + i * lw)
        far = Y0 if d > 0 else Y1
        ys = y_stop
        ysol = ys - d * site['solid_len']
        lo, hi = sorted((ys, ysol))
        for i in range(1, k):
            if not (d > 0 and site.get('bus_lane') == i + 1):
                c.vline(lx(i), lo, hi, .15, 'white_solid', 1)
            l2, h2 = sorted((ysol, far))
            c.vline(lx(i), l2, h2, .15, 'white_dashed', 1, (2, 4) if site['dash'] == 24 else (6, 9))
        if junction or site.get('mid_cross'):
            s0, s1 = sorted((ys, ys + d * .4))
            x0, x1 = sorted((lx(0) - sx * .1, lx(k)))
            c.rect(x0, s0, x1, s1, 'stop_line', 1)
            if site.get('arrows') and d > 0:
                for i, a in enumerate(site['arrows']):
                    for yy in (-9.5, -28):
                        if a:
                            c.arrow(a, lx(i + .5), ys + yy)
            elif d < 0:
                for i in range(k):
                    c.arrow('S' if i else 'L', lx(i + .5), ys + 3.5, True)

    def centre(y0, y1):
        if site['centre'] == 'double':
            c.vline(-.15, y0, y1, .15, 'yellow_solid', 2)
            c.vline(.15, y0, y1, .15, 'yellow_solid', 2)
        elif site['centre'] == 'single':
            c.vline(0, y0, y1, .15, 'yellow_solid', 2)
        elif site['centre'] == 'dashed':
            c.vline(0, y0, y1, .15, 'yellow_dashed', 2, (4, 6))
        else:
            c.vline(-.3, y0, y1, .12, 'yellow_solid', 2)
            c.vline(.3, y0, y1, .12, 'yellow_solid', 2)
    if junction:
        centre(Y0, 0.4)
        centre(yb + 5.5, Y1)
        approach(0.0, 1)
        approach(yb + 5.5, -1)
        # receiving legs
        for i in range(1, no):
            c.vline(-.3 - i * lw, Y0, .2, .15, 'white_dashed', 1, (2, 4))
        for i in range(1, n):
            c.vline(.3 + i * lw, yb + 5.5, Y1, .15, 'white_dashed', 1, (2, 4))
        c.crosswalk(xl + .3, xr - .3, 1.6, 1.6 + site['cw_w'])
        c.crosswalk(xl + .3, xr - .3, yb + .8, yb + .8 + site['cw_w'])
        c.crosswalk_side(xr + 5.3, xr + 5.3 + site['cw_w'], ya + .5, yb - .5)
        ym = (ya + yb) / 2
        for x0, x1 in ((X0, xl - 10), (xr + 10, X1)):
            c.rect(x0, ym - .25, x1, ym - .1, 'yellow_solid', 2)
            c.rect(x0, ym + .1, x1, ym + .25, 'yellow_solid', 2)
        if site.get('grid'):
            c.grid(*grid_box(site))
        if site.get('guide'):
            gx0, gx1 = xr - site['shoulder'] + .1, xr - .2
            _guide(c, gx0, gx1, -24, -2)
    else:
        centre(Y0, Y1)
        for i in range(1, n):
            y0s, y1s = solid_range(site, i)
            x = .3 + i * lw
            if y1s > y0s:
                c.vline(x, y0s, y1s, .15, 'white_solid', 1)
            c.vline(x, max(Y0, y1s), Y1, .15, 'white_dashed', 1, (6, 9))
            c.vline(x, Y0, min(y0s, y1s), .15, 'white_dashed', 1, (6, 9))
        for i in range(1, no):
            c.vline(-.3 - i * lw, Y0, Y1, .15, 'white_dashed', 1, (6, 9))
        if site.get('mid_cross'):
            y = site['mid_cross']
            c.crosswalk(xl + .3, xr - .3, y, y + site['cw_w'])
            c.rect(.3, y - 2.2, n * lw + .3, y - 1.8, 'stop_line', 1)
            c.rect(-no * lw - .3, y + site['cw_w'] + 1.8, -.3, y + site['cw_w'] + 2.2, 'stop_line', 1)
    if white_e:
        for yy in ([(Y0, .4), (yb + 5.5, Y1)] if junction else [(Y0, Y1)]):
            c.vline(n * lw + .3, *yy, .15, 'white_solid', 1)
    if site.get('yellow_kerb'):
        for yy in ([(Y0, -3.)] if junction else [(Y0, Y1)]):
            c.vline(xr - .12, *yy, .15, 'yellow_solid', 2)
    if site.get('bus_lane'):
        i = site['bus_lane']
        x = .3 + (i - 1) * lw
        for yy in ([(Y0, 0.)] if junction else [(Y0, Y1)]):
            c.rect(x - .3, yy[0], x + .3, yy[1], 'road')
            c.vline(x, *yy, .2, 'yellow_dashed' if site['bus_dashed'] else 'yellow_solid', 2, (4, 4) if site['bus_dashed'] else None)
        for yt in ((-3., -26.) if junction else (60., 36., 14., -8)):
            c.text('公交专用', x + lw / 2, yt)
    if not junction and grid_box(site):
        c.grid(*grid_box(site))
    if site.get('nonmotor'):
        x = (.3 + n * lw + xr) / 2
        for y in ((-14., -30.) if junction else (-6., 12., 30., 55.)):
            c.bicycle(x, y)
        for y in ((-4., -24.) if junction else (9., 44.)):
            c.text('非机动车', x, y, min(1.5, xr - .3 - n * lw - .5), 2., .35)
    # --- albedo
    f = np.float32
    base = site['asphalt']
    alb = np.full((H, W), base, f)
    alb *= .82 + .25 * noise(rng, 3, 9)
    alb *= .9 + .2 * noise(rng, .25, .4)
    alb *= .86 + .28 * rng.random((H, W), dtype=f)
    xs = X0 + (np.arange(W) + .5) * PXX
    tr = np.zeros(W, f)                          # wheel tracks and oil line
    for i in range(-no, n):
        m = .3 * np.sign(i + .5) + (i + .5) * lw
        tr += np.exp(-((xs - m) / .35) ** 2) * .16 - (np.exp(-((xs - m - .8) / .3) ** 2) + np.exp(-((xs - m + .8) / .3) ** 2)) * .08
    alb *= (1 - tr)[None]
    for _ in range(site['patches']):
        x, y = rng.uniform(xl, xr - 1), rng.uniform(-25, 60)
        q = np.round(c.px([(x, y), (x + rng.uniform(.6, 3), y), (x + rng.uniform(.6, 3), y + rng.uniform(1, 8)), (x, y + 3)])).astype(np.int32)
        t = np.zeros((H, W), np.uint8)
        cv2.fillPoly(t, [q], 1)
        alb[t > 0] *= rng.choice([.7, .8, 1.2])
    for _ in range(site['cracks']):
        p = np.array([[rng.uniform(xl, xr), rng.uniform(-25, 60)]])
        pts = [p[0]]
        for _ in range(14):
            pts.append(pts[-1] + rng.normal(0, .5, 2) + [0, .5])
        cv2.polylines(alb, [np.round(c.px(pts)).astype(np.int32)], False, float(base * .45), 2)
    img = np.repeat(alb[..., None], 3, 2)
    img *= np.array(site['asphalt_tint'], f)
    side = c.cls == 0
    tile = .42 * (.9 + .2 * noise(rng, 1, 1))
    gy = ((np.arange(H) * PXY) % .6 < .03)[:, None] | ((np.arange(W) * PXX) % .6 < .02)[None]
    tile = np.where(gy, tile * .75, tile)
    img[side] = (tile[..., None] * np.array(site['pave_tint'], f))[side]
    k = cv2.morphologyEx(side.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((7, 13), np.uint8))
    img[(k > 0) & side] = .55
    wear = noise(rng, .3, .6) * .6 + noise(rng, 2, 5) * .4
    a = np.clip((wear - site['wear']) * 6, 0.25, 1) * site['paint_a']
    grain = .9 + .2 * rng.random((H, W), dtype=f)
    for v, col in ((1, (.78, .78, .76)), (2, (.08, .50, .74))):
        m = c.paint == v
        aa = (a[m])[:, None]
        img[m] = img[m] * (1 - aa) + np.array(col, f) * aa * grain[m][:, None]
    wet = np.clip((noise(rng, 2, 5) * .7 + noise(rng, .6, 1) * .3 - .35) * 3, 0, 1)
    return np.clip(img * 255, 0, 255).astype(np.uint8), c.cls, wet


def _guide(c, x0, x1, y0, y1):
    c.vline(x0, y0, y1, .12, 'guide', 1)
    y = y0
    while y < y1:
        c.poly([(x0, y), (x1, y + .9), (x1, y + 1.35), (x0, y + .45)], 'guide', 1)
        y += 1.5
