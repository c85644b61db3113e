# SPDX-License-Identifier: Apache-2.0
"""/usr/bin/python3 sheet.py OUT SHEETS : contact sheets (PNG) of all cases in OUT, eight a sheet, with overlays and composites of some"""
import os, sys, json, glob
import numpy as np, cv2
import overlay, composite
out, dst = sys.argv[1:3]
os.makedirs(dst, exist_ok=True)
rng = np.random.default_rng(3)


def load():
    return [(os.path.dirname(f), json.load(open(f))) for f in sorted(glob.glob(os.path.join(out, '*', 'case.json')))]


def fit(a, w, h):
    s = min(w / a.shape[1], h / a.shape[0])
    a = cv2.resize(a, None, fx=s, fy=s, interpolation=cv2.INTER_AREA)
    c = np.full((h, w, 3), 80, np.uint8)
    c[:a.shape[0], :a.shape[1]] = a[:h, :w]
    return c


def grid(t, n):
    while len(t) % n:
        t.append(np.full_like(t[0], 80))
    return np.vstack([np.hstack(t[i:i + n]) for i in range(0, len(t), n)])


def seq(items, name):
    rows = []
    for d, j in items:
        r = [fit(cv2.imread(os.path.join(d, p['file'])), 480, 270) for p in j['panels'][:3]]
        while len(r) < 3:
            r.append(np.full((270, 480, 3), 80, np.uint8))
        c = os.path.join(d, 'closeup.jpg')
        r.append(fit(cv2.imread(c), 480, 270) if os.path.exists(c) else np.full((270, 480, 3), 80, np.uint8))
        cv2.putText(r[0], '%s %s %s %s %s' % (j['case_id'][-5:], j['code'], j['truth']['variant'], j['truth']['reason'], j['light']), (4, 14), 0, .45, (0, 255, 255), 1)
        rows.append(np.hstack(r))
    cv2.imwrite(os.path.join(dst, name), np.vstack(rows))


A = load()
for i in range(0, len(A), 8):
    seq(A[i:i + 8], 'cases_%02d.png' % (i // 8))
some = [A[i] for i in rng.permutation(len(A))[:15]]
panels = [(d, j['panels'][int(rng.integers(len(j['panels'])))]) for d, j in some]
cv2.imwrite(os.path.join(dst, 'overlays.png'), grid([fit(overlay.draw(d, p), 640, 360) for d, p in panels], 3))
cv2.imwrite(os.path.join(dst, 'composites.png'), grid([fit(composite.build(d, os.path.join(dst, 'composites')), 700, 480) for d, j in some[:12]], 3))
