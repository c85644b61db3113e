# SPDX-License-Identifier: Apache-2.0
"""Sensor model: linear render -> 8-bit panel."""
import numpy as np, cv2


def motion_blur(lin, idx, moves):
    """moves: list of (object index, (dx, dy) px during the exposure)"""
    for i, (dx, dy) in moves:
        n = int(max(abs(dx), abs(dy)))
        if n < 1:
            continue
        m = (idx == i).astype(np.float32)
        if not m.any():
            continue
        k = np.zeros((2 * n + 1, 2 * n + 1), np.float32)
        cv2.line(k, (int(round(n - dx / 2)), int(round(n - dy / 2))), (int(round(n + dx / 2)), int(round(n + dy / 2))), 1., 1, cv2.LINE_AA)
        k /= k.sum()
        ys, xs = np.where(m > 0)
        y0, y1, x0, x1 = max(0, ys.min() - 3 * n), ys.max() + 3 * n + 1, max(0, xs.min() - 3 * n), xs.max() + 3 * n + 1
        sub, sm = lin[y0:y1, x0:x1], m[y0:y1, x0:x1, None]
        a = cv2.filter2D(sm[..., 0], -1, k)[..., None]
        b = cv2.filter2D(np.ascontiguousarray(sub * sm), -1, k)
        lin[y0:y1, x0:x1] = b + sub * (1 - a)
    return lin


def demod(c, alb, nrm, idx):
    """filters the light (colour / albedo) with a joint bilateral filter guided by normals, albedo and object index"""
    a = alb + .02
    il = np.minimum(c / a, 30.).astype(np.float32)
    g = (nrm * .5 + alb * 1.6 + ((idx.astype(np.float32) * .37) % 1.)[..., None]).astype(np.float32)
    il = cv2.ximgproc.jointBilateralFilter(g, il, 11, .16, 3.)
    keep = (alb.max(2) < .016) | ((idx > 100) & (idx < 200)) | (c.max(2) > 2.5)
    return np.where(keep[..., None], c, il * a)


def denoise(x, L):
    """removes the path tracer's grain (few samples per pixel); strong edges such as plate glyphs stay"""
    return cv2.bilateralFilter(x, 5, .035 if not L['night'] else .09, 1.6)


def develop(lin, light, rng, cam, depth=None, gain=None):
    """lin: float32 BGR linear"""
    L = light
    if L['haze'] > 0 and depth is not None:
        t = np.exp(-np.minimum(depth, 400) * L['haze'])[..., None]
        lum = L['ss'] * .42 if not L['night'] else .02
        lin = lin * t + np.array(L['haze_col'], np.float32) * lum * (1 - t)
    b = np.clip(lin - L['bloom_thr'], 0, 20)
    if b.max() > 0:
        s = cv2.resize(b, None, fx=.25, fy=.25, interpolation=cv2.INTER_AREA)
        g = cv2.GaussianBlur(s, (0, 0), 2.0) * .5 + cv2.GaussianBlur(s, (0, 0), 8) * .3
        lin = lin + cv2.resize(g, (lin.shape[1], lin.shape[0])) * L['bloom']
    lum = lin @ np.array([.07, .71, .22], np.float32)
    if gain is None:
        gain = min(L['key'] / max(1e-5, float(np.percentile(lum, 55))), L['max_gain'])
    develop.gain = gain
    x = lin * gain
    x = x * np.array(cam['wb'], np.float32)
    x = np.clip(x, 0, None)
    x = x * (1 + x / 6.) / (1 + x * .75)
    x = np.clip(x, 0, 1) ** (1 / 2.2)
    sig = cam['noise'] * L['noise']
    x = denoise(x.astype(np.float32), L)
    n = rng.normal(0, 1, x.shape).astype(np.float32) * (.6 + .8 * (1 - x)) * sig
    n += cv2.resize(rng.normal(0, 1, (x.shape[0] // 2, x.shape[1] // 2, 3)).astype(np.float32), (x.shape[1], x.shape[0])) * sig * .6
    if L['rain']:
        st = np.zeros(x.shape[:2], np.float32)
        for _ in range(260):
            px, py, l = rng.integers(0, x.shape[1]), rng.integers(0, x.shape[0]), rng.integers(14, 60)
            cv2.line(st, (int(px), int(py)), (int(px + l * .12), int(py + l)), float(rng.uniform(.05, .22)), 1, cv2.LINE_AA)
        x = x + cv2.GaussianBlur(st, (0, 0), .8)[..., None]
    x = np.clip(x + n, 0, 1)
    if cam['soft'] > 0:
        x = cv2.GaussianBlur(x, (0, 0), cam['soft'])
    if cam['sharp'] > 0:
        x = x + (x - cv2.GaussianBlur(x, (0, 0), 1.4)) * cam['sharp']
    yy, xx = np.mgrid[-1:1:x.shape[0] * 1j, -1:1:x.shape[1] * 1j]
    x = x * (1 - cam['vign'] * (xx ** 2 + yy ** 2) / 2)[..., None]
    return np.clip(x * 255, 0, 255).astype(np.uint8)


def glare(img, c, r, rng):
    g = np.zeros(img.shape[:2], np.float32)
    cv2.circle(g, (int(c[0]), int(c[1])), max(2, int(r * .5)), 1., -1)
    g = cv2.GaussianBlur(g, (0, 0), r * .35) * 3 + cv2.GaussianBlur(g, (0, 0), r * 1.2) * 1.2
    cv2.line(g, (int(c[0] - r * 4), int(c[1])), (int(c[0] + r * 4), int(c[1])), .35, 2)
    g = cv2.GaussianBlur(g, (0, 0), 1.5)
    return np.clip(img + g[..., None] * 255, 0, 255).astype(np.uint8)


def blur_box(img, box, rng, px):
    x0, y0, x1, y1 = [int(v) for v in box]
    p = int(px * 2)
    x0, y0, x1, y1 = max(0, x0 - p), max(0, y0 - p), min(img.shape[1], x1 + p), min(img.shape[0], y1 + p)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return img
    s = img[y0:y1, x0:x1].astype(np.float32)
    k = np.zeros((int(px) * 2 + 1,) * 2, np.float32)
    cv2.line(k, (int(px * .4), int(px * 2)), (int(px * 1.6), 0), 1., 1)
    k /= k.sum()
    b = cv2.filter2D(cv2.GaussianBlur(s, (0, 0), px * .3), -1, k)
    m = np.zeros(s.shape[:2], np.float32)
    m[p // 2:-p // 2 or None, p // 2:-p // 2 or None] = 1
    m = cv2.GaussianBlur(m, (0, 0), px * .5 + .5)[..., None]
    img[y0:y1, x0:x1] = (s * (1 - m) + b * m).astype(np.uint8)
    return img
