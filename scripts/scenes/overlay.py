# SPDX-License-Identifier: Apache-2.0
"""python3 overlay.py CASE_DIR... OUT.png [--site] : draws boxes, plates, wheels, heads, segmentation for checking; --site: the site's lines instead of the segmentation"""
import sys, json, os, cv2, numpy as np
COL = np.array([(0, 0, 0), (60, 60, 60), (255, 255, 255), (255, 180, 180), (0, 200, 255), (0, 120, 255), (0, 0, 255), (255, 0, 255), (0, 255, 0), (255, 255, 0), (0, 255, 255), (128, 0, 255)], np.uint8)


LINE = {'white_solid': (255, 255, 255), 'white_dashed': (255, 180, 120), 'yellow_solid': (0, 200, 255), 'yellow_solid_double': (0, 140, 255), 'yellow_dashed': (0, 90, 255), 'rail': (180, 0, 180)}


def lines(im, v):
    def poly(p, c, closed=True, w=1):
        cv2.polylines(im, [np.round(np.array(p) * 16).astype(np.int32)], closed, c, w, cv2.LINE_AA, 4)
    for d in v['lanes']:
        if d['direction']:
            a, b = np.array(d['direction'][0]), np.array(d['direction'][-1])
            cv2.arrowedLine(im, tuple(int(t) for t in a), tuple(int(t) for t in a + (b - a) * .8), (0, 255, 0), 1, cv2.LINE_AA, tipLength=.04)
            m = np.mean(d['polygon'], 0)
            cv2.putText(im, '%d %s %s' % (d['lane'], d['use'], d['arrow'] or ''), (int(m[0]) - 20, int(m[1])), 0, .45, (0, 255, 0), 1)
    for d in v['lane_lines']:
        poly(d['polyline'], LINE[d['kind']], False, 2)
    for d in v['crosswalks']:
        poly(d['polygon'], (255, 0, 255))
    if v['grid']:
        poly(v['grid'], (0, 255, 255), True, 2)
    for d in v['stop_lines']:
        poly(d['polygon'], (0, 0, 255), True, 2)
    for h in v['signal_heads']:
        x0, y0, x1, y1 = map(int, h['box'])
        cv2.putText(im, '%s>%s' % (h['shape'], h['governs_lanes']), (x0 - 10, y1 + 12), 0, .4, (0, 255, 255), 1)


def draw(d, p, seg=True, view=None):
    im = cv2.imread(os.path.join(d, p['file']))
    if seg:
        sg = cv2.imread(os.path.join(d, p['seg']), 0)
        m = sg > 1
        im[m] = (im[m] * .6 + COL[sg[m]] * .4).astype(np.uint8)
    if view:
        lines(im, view)
    for o in p['objects']:
        x0, y0, x1, y1 = o['box']
        t = o['id'] == p['target']
        cv2.rectangle(im, (x0, y0), (x1, y1), (0, 0, 255) if t else (0, 255, 0), 1)
        cv2.putText(im, '%s %s %s o%.1f t%.1f' % (o['cls'], o['color'], o['model'], o['occluded'], o['truncated']), (x0, y0 - 3), 0, .4, (0, 255, 255), 1)
        for q in o['plates']:
            cv2.polylines(im, [np.round(np.array(q['corners'])).astype(np.int32)], True, (255, 0, 255) if q['visible'] else (128, 128, 128), 1)
        for w in o['wheels']:
            cv2.circle(im, (int(w[0]), int(w[1])), 3, (255, 100, 0), -1)
    for h in p['signals']:
        x0, y0, x1, y1 = map(int, h['box'])
        cv2.rectangle(im, (x0, y0), (x1, y1), {'red': (0, 0, 255), 'green': (0, 255, 0), 'yellow': (0, 255, 255)}.get(h['state'], (255, 255, 255)), 1)
        cv2.putText(im, h['shape'], (x0, y0 - 2), 0, .35, (255, 255, 255), 1)
        if h['lamp_box']:
            a = [int(v) for v in h['lamp_box']]
            cv2.rectangle(im, (a[0], a[1]), (a[2], a[3]), (255, 255, 0), 1)
    return im


if __name__ == '__main__':
    rows, site = [], '--site' in sys.argv
    sys.argv = [a for a in sys.argv if a != '--site']
    for d in sys.argv[1:-1]:
        j = json.load(open(os.path.join(d, 'case.json')))
        r = [cv2.resize(draw(d, p, not site, j.get('site_view') if site else None), (960, 540)) for p in j['panels'][:3]]
        while len(r) < 3:
            r.append(np.zeros_like(r[0]))
        rows.append(np.hstack(r))
    cv2.imwrite(sys.argv[-1], np.vstack(rows))
