# SPDX-License-Identifier: Apache-2.0
"""What is painted and hung at a site, as world shapes and as image polylines/polygons of one camera. No bpy."""
import numpy as np, math
import road


def pick(rng, seq, p=None):
    if p is not None:
        p = np.array(p, float) / np.sum(p)
    return seq[int(rng.choice(len(seq), p=p))]


def lane_x(s, i):
    return .3 + (i - .5) * s['lane_w'] if i > 0 else -.3 - (-i - .5) * s['lane_w']


def foot(o, p):
    x, y, h = p
    L, W = o['len'], o['wid']
    c, s_ = math.cos(h), math.sin(h)
    return np.array([(x + a * c - b * s_, y + a * s_ + b * c) for a, b in ((W / 2, L / 2), (-W / 2, L / 2), (-W / 2, -L / 2), (W / 2, -L / 2))])


def overlap(a, b, pad=.35):
    def axes(q):
        e = q[1] - q[0], q[2] - q[1]
        return [v / np.linalg.norm(v) for v in e]
    for ax in axes(a) + axes(b):
        pa, pb = a @ ax, b @ ax
        if pa.max() + pad < pb.min() or pb.max() + pad < pa.min():
            return False
    return True


def cam_mats(cam):
    yaw, p, r = cam['yaw'], cam['pitch'], cam['roll']
    a = math.pi / 2 + p
    Rx = np.array([[1, 0, 0], [0, math.cos(a), -math.sin(a)], [0, math.sin(a), math.cos(a)]])
    Rz = np.array([[math.cos(yaw), -math.sin(yaw), 0], [math.sin(yaw), math.cos(yaw), 0], [0, 0, 1]])
    Rr = np.array([[math.cos(r), -math.sin(r), 0], [math.sin(r), math.cos(r), 0], [0, 0, 1]])
    R = Rz @ Rx @ Rr                       # camera -> world (blender camera: x right, y up, looks along -z)
    C = np.diag([1., -1., -1.]) @ R.T      # world -> cv camera
    t = -C @ np.array(cam['pos'])
    K = np.array([[cam['f'], 0, cam['w'] / 2], [0, cam['f'], cam['h'] / 2], [0, 0, 1.]])
    return R, K, K @ np.hstack([C, t[:, None]])


def nonmotor_x(s):
    return (.3 + s['n_lanes'] * s['lane_w'] + edges(s)[0]) / 2


def box(x0, y0, x1, y1):
    return [(x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0)]


def vline(x, y0, y1):
    return [(x, y0, 0), (x, y1, 0)]


def edges(s):
    """kerb x on the right and on the left"""
    return s['n_lanes'] * s['lane_w'] + s['shoulder'], -s['n_opp'] * s['lane_w'] - .6 - s['shoulder']


def centre_kind(s):
    return {'double': 'yellow_solid_double', 'single': 'yellow_solid', 'dashed': 'yellow_dashed', 'rail': 'rail'}[s['centre']]


def stop_lines(s):
    n, no, lw = s['n_lanes'], s['n_opp'], s['lane_w']
    if s['kind'] == 'junction':
        y = s['cross_y1'] + 5.5
        return [dict(serves='own', pts=box(.2, 0, .3 + n * lw, .4)), dict(serves='opposite', pts=box(-.3 - no * lw, y - .4, -.2, y))]
    if s.get('mid_cross'):
        y = s['mid_cross']
        return [dict(serves='own', pts=box(.3, y - 2.2, n * lw + .3, y - 1.8)),
                dict(serves='opposite', pts=box(-no * lw - .3, y + s['cw_w'] + 1.8, -.3, y + s['cw_w'] + 2.2))]
    return []


def own_lines(s):
    """lane lines of the own direction: [(i, kind, y0, y1)], line i lies between lanes i and i + 1"""
    out, far = [], road.Y1
    for i in range(1, s['n_lanes']):
        if s.get('bus_lane') == i + 1:
            out.append((i, 'yellow_dashed' if s['bus_dashed'] else 'yellow_solid', road.Y0, 0. if s['kind'] == 'junction' else far))
        elif s['kind'] == 'junction':
            out += [(i, 'white_solid', -s['solid_len'], 0.), (i, 'white_dashed', road.Y0, -s['solid_len']), (i, 'white_dashed', s['cross_y1'] + 5.5, far)]
        else:
            a, b = road.solid_range(s, i)
            out += ([(i, 'white_solid', a, b)] if b > a else []) + [(i, 'white_dashed', max(road.Y0, b), far), (i, 'white_dashed', road.Y0, min(a, b))]
    return [q for q in out if q[3] > q[2]]


def lane_lines(s):
    n, no, lw, J = s['n_lanes'], s['n_opp'], s['lane_w'], s['kind'] == 'junction'
    L = [dict(between=[i, i + 1], kind=k, pts=vline(.3 + i * lw, a, b)) for i, k, a, b in own_lines(s)]
    spans = [(road.Y0, .4), (s['cross_y1'] + 5.5, road.Y1)] if J else [(road.Y0, road.Y1)]
    L += [dict(between=[-1, 1], kind=centre_kind(s), pts=vline(0, a, b)) for a, b in spans]
    if s['edge']:
        L += [dict(between=[n, n + 1 if s.get('nonmotor') else None], kind='white_solid', pts=vline(n * lw + .3, a, b)) for a, b in spans]
    for i in range(1, no):
        x = -.3 - i * lw
        if J:
            y = s['cross_y1'] + 5.5
            parts = [('white_dashed', road.Y0, .2), ('white_solid', y, y + s['solid_len']), ('white_dashed', y + s['solid_len'], road.Y1)]
        else:
            parts = [('white_dashed', road.Y0, road.Y1)]
        L += [dict(between=[-i - 1, -i], kind=k, pts=vline(x, a, b)) for k, a, b in parts if b > a]
    if s.get('yellow_kerb'):
        L.append(dict(between=[n + 1 if s.get('nonmotor') else n, None], kind='yellow_solid', kerb=True, pts=vline(edges(s)[0] - .12, road.Y0, -3. if J else road.Y1)))
    return L


def lanes(s):
    n, lw, J = s['n_lanes'], s['lane_w'], s['kind'] == 'junction'
    y1 = 0. if J else road.Y1
    arrows = s['arrows'] if J else [None] * n
    out = [dict(lane=i, travel='away', use='bus' if s.get('bus_lane') == i else 'motor', arrow=arrows[i - 1] if i <= len(arrows) else None, pts=box(.3 + (i - 1) * lw, road.Y0, .3 + i * lw, y1)) for i in range(1, n + 1)]
    if s.get('nonmotor'):
        out.append(dict(lane=n + 1, travel='away', use='nonmotor', arrow=None, pts=box(.3 + n * lw, road.Y0, edges(s)[0], y1)))
    return out + [dict(lane=-i, travel='towards', use='motor', arrow=None, pts=box(-.3 - i * lw, road.Y0, -.3 - (i - 1) * lw, y1)) for i in range(1, s['n_opp'] + 1)]


def crosswalks(s):
    xr, xl = edges(s)
    if s['kind'] == 'junction':
        y = s['cross_y1'] + .8
        return [dict(where='near', pts=box(xl + .3, 1.6, xr - .3, 1.6 + s['cw_w'])), dict(where='far', pts=box(xl + .3, y, xr - .3, y + s['cw_w'])),
                dict(where='right', pts=box(xr + 5.3, s['cross_y0'] + .5, xr + 5.3 + s['cw_w'], s['cross_y1'] - .5))]
    return [dict(where='near', pts=box(xl + .3, s['mid_cross'], xr - .3, s['mid_cross'] + s['cw_w']))] if s.get('mid_cross') else []


def governs(s, head):
    """movements and lanes a head rules; a round head leaves the right turn free"""
    own = [h['move'] for h in s['heads']]
    moves = [head['move']] if head['move'] != 'round' else [m for m in ('left', 'straight') if m not in own]
    key = {'left': 'LU', 'straight': 'S', 'right': 'R'}
    return moves, [i + 1 for i, a in enumerate(s['arrows']) if a and any(c in a for m in moves for c in key[m])]


def head_size(s, h):
    cell = s['lamp_r'] * 2.5
    n = 4 if h['countdown'] else 3
    return (cell, n * cell) if h['orient'] == 'v' else (n * cell, cell)


def clip(P, pts, w, h, closed):
    """projects world points, cut at the near plane and at the picture frame"""
    q = np.hstack([np.asarray(pts, float), np.ones((len(pts), 1))]) @ np.asarray(P).T
    planes = [lambda v: v[2] - .5, lambda v: v[0], lambda v: w * v[2] - v[0], lambda v: v[1], lambda v: h * v[2] - v[1]]
    for f in planes:
        out = []
        for i in range(len(q) if closed else len(q) - 1):
            a, b = q[i], q[(i + 1) % len(q)]
            fa, fb = f(a), f(b)
            if fa >= 0:
                out.append(a)
            if (fa >= 0) != (fb >= 0):
                out.append(a + (b - a) * fa / (fa - fb))
        if not closed and len(q) and f(q[-1]) >= 0:
            out.append(q[-1])
        q = np.array(out)
        if len(q) < 2:
            return []
    return [[round(float(a[0] / a[2]), 1), round(float(a[1] / a[2]), 1)] for a in q]


def shape(P, it, w, h, closed):
    d = {k: v for k, v in it.items() if k != 'pts'}
    d['polygon' if closed else 'polyline'] = clip(P, it['pts'], w, h, closed)
    return d if len(d['polygon' if closed else 'polyline']) > 1 else None


def head(s, P, h):
    a, b = head_size(s, h)
    q = np.array([(h['x'] + i * a / 2, h['y'], h['z'] + j * b / 2, 1) for i in (-1, 1) for j in (-1, 1)]) @ np.asarray(P).T
    q = q[:, :2] / q[:, 2:]
    moves, ln = governs(s, h)
    return dict(id=h['id'], box=[round(float(t), 1) for t in (*q.min(0), *q.max(0))], shape=h['move'], orient=h['orient'], countdown=bool(h['countdown']), governs_moves=moves, governs_lanes=ln)


def view(s, P, w=1280, h=720):
    """all site shapes in the pixels of the camera P (3x4)"""
    P = np.asarray(P)
    V = {k: [d for d in (shape(P, it, w, h, c) for it in f(s)) if d] for k, f, c in      # what lies outside the frame is left out
         (('stop_lines', stop_lines, True), ('lane_lines', lane_lines, False), ('lanes', lanes, True), ('crosswalks', crosswalks, True))}
    near = {d['serves']: d['pts'][:2] if d['serves'] == 'own' else d['pts'][2:] for d in stop_lines(s)}
    for d in V['stop_lines']:
        d['edge'] = clip(P, near[d['serves']], w, h, False)
    for d in V['lanes']:
        x = nonmotor_x(s) if d['use'] == 'nonmotor' else lane_x(s, d['lane'])
        y = road.Y0, 0. if s['kind'] == 'junction' else road.Y1
        d['direction'] = clip(P, vline(x, *(y if d['travel'] == 'away' else y[::-1])), w, h, False)
    g = road.grid_box(s)
    V['grid'] = clip(P, box(g[0], g[2], g[1], g[3]), w, h, True) if g else []
    V['signal_heads'] = [head(s, P, q) for q in s['heads']]
    H = P[:, [0, 1, 3]]
    V['ground_to_px'] = [[float('%.8g' % v) for v in r] for r in H / H[2, 2]]
    return V
