# SPDX-License-Identifier: Apache-2.0
"""Chinese licence plates: random text per kind and images built from glyph images (Pengfei8324 repo, MIT)."""
import os, glob
import numpy as np, cv2

ASSETS = os.environ.get('SCENEGEN_ASSETS', os.path.join(os.path.dirname(os.path.abspath(__file__)), 'assets'))
PROV = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新'
LET = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
DIG = '0123456789'
_g = None
# kind: size in mm, background BGR top/bottom, ink BGR, colour name of the record (GA/T 543: 0 white 1 yellow 2 blue 3 black 4 other/green)
KINDS = {
    'blue': ((440, 140), (150, 50, 10), (150, 50, 10), (255, 255, 255)),
    'yellow': ((440, 140), (20, 175, 240), (20, 175, 240), (10, 10, 10)),
    'yellow2': ((440, 220), (20, 175, 240), (20, 175, 240), (10, 10, 10)),
    'green': ((480, 140), (235, 240, 232), (120, 205, 95), (10, 10, 10)),
    'yellowgreen': ((480, 140), (120, 205, 95), (120, 205, 95), (10, 10, 10)),
    'white': ((440, 140), (235, 235, 235), (235, 235, 235), (10, 10, 10)),
}


def _glyphs():
    global _g
    if _g is None:
        _g = {}
        for p in glob.glob(os.path.join(ASSETS, 'plategen/font_model/*.jpg')):
            im = cv2.imdecode(np.fromfile(p, np.uint8), 0)
            _g[os.path.basename(p)[:-4]] = im
    return _g


def random_text(rng, kind):
    c = lambda s: s[rng.integers(len(s))]
    if kind in ('green', 'yellowgreen'):
        d = ''.join(c(DIG) for _ in range(5))
        h = c('DF')
        return c(PROV) + c('ABCDEFG') + ((h + d) if kind == 'green' else (d + h))
    pv = c(PROV) if rng.random() < .6 else c('京沪粤苏浙鲁川')
    if kind == 'white':
        return pv + c('ABCDEFGHJ') + ''.join(c(DIG) for _ in range(4)) + '警'
    n = 5
    t = [c(DIG) for _ in range(n)]
    for i in rng.permutation(n)[:rng.integers(0, 3)]:
        t[i] = c(LET)
    return pv + c('ABCDEFGHJKL') + ''.join(t)


def render(text, kind, dirt=0.0, rng=None):
    """BGR image, 2 px per mm."""
    (w, h), top, bot, ink = KINDS[kind]
    s = 2
    g = np.linspace(0, 1, h * s)[:, None, None]
    im = np.repeat((np.array(top) * (1 - g) + np.array(bot) * g), w * s, 1).astype(np.uint8)
    cv2.rectangle(im, (4 * s, 4 * s), (w * s - 4 * s, h * s - 4 * s), ink, s * 2)
    gl = _glyphs()

    def put(key, x, y, ww, hh, col=ink):
        q = cv2.resize(gl[key], (int(ww * s), int(hh * s)), interpolation=cv2.INTER_AREA)
        m = np.clip((200 - q.astype(np.float32)) / 100, 0, 1)[..., None]
        x, y = int(x * s), int(y * s)
        r = im[y:y + q.shape[0], x:x + q.shape[1]]
        r[:] = (r * (1 - m) + np.array(col, np.float32) * m).astype(np.uint8)
    if kind == 'yellow2':
        put('220_' + text[0], 110, 15, 80, 60)
        k = '220_up_' + text[1]
        put(k if k in gl else '220_' + text[1], 250, 15, 80, 60)
        for i, ch in enumerate(text[2:]):
            k = '220_down_' + ch
            put(k if k in gl else '220_' + ch, 27 + 80 * i, 90, 65, 110)
    elif kind in ('green', 'yellowgreen'):
        put('green_' + text[0], 15.5, 25, 45, 90)
        put('green_' + text[1], 69.5, 25, 43, 90)
        for i, ch in enumerate(text[2:]):
            put('green_' + ch, 157.5 + 52 * i, 25, 43, 90)
        cv2.circle(im, (int(135 * s), 70 * s), 7 * s, ink, -1)
    else:
        for x, ch in zip((15.5, 72.5, 151.5, 208.5, 265.5, 322.5, 379.5), text):
            put('140_' + ch, x, 25, 45, 90, (0, 0, 200) if ch == '警' else ink)
        cv2.circle(im, (int(134 * s), 70 * s), 5 * s, ink, -1)
    for bx in (.25, .75):
        for by in ((.08, .92) if h == 140 else (.05,)):
            cv2.circle(im, (int(w * s * bx), int(h * s * by)), 5 * s, (130, 130, 130), -1)
    if dirt > 0 and rng is not None:
        n = cv2.resize(rng.random((6, 16)).astype(np.float32), (w * s, h * s), interpolation=cv2.INTER_CUBIC)
        n += .35 * cv2.resize(rng.random((24, 60)).astype(np.float32), (w * s, h * s), interpolation=cv2.INTER_CUBIC)
        a = np.clip((n - (1.25 - dirt)) * 5, 0, .97)[..., None]
        im = (im * (1 - a) + np.array((55, 75, 92)) * a).astype(np.uint8)
    return im
