# SPDX-License-Identifier: Apache-2.0
"""Samples one case: site, light, camera, objects, per-panel poses and lamp states, verdict and capture record. No bpy."""
import numpy as np, math, copy
import plates, extra, worlds
from layout import lane_x, pick, foot, overlap

COLORS = {'A': '白', 'B': '灰', 'C': '黄', 'D': '粉', 'E': '红', 'F': '紫', 'G': '绿', 'H': '蓝', 'I': '棕', 'J': '黑'}
CAR_COL = (list('ABCDEFGHIJ'), [.27, .2, .04, .03, .11, .03, .05, .1, .06, .11])
LEN = {'car': 4.6, 'suv': 4.75, 'van': 4.4, 'minibus': 6.8, 'bus': 11.0, 'light_truck': 6.2, 'heavy_truck': 9.5, 'tanker': 9.0, 'pickup': 5.3,
       'motorcycle': 2.0, 'ebike': 1.8, 'bicycle': 1.75, 'ambulance': 5.4, 'fire_engine': 8.2, 'police_car': 4.7, 'person': .5}
WID = {'bus': 2.5, 'minibus': 2.2, 'light_truck': 2.1, 'heavy_truck': 2.45, 'tanker': 2.45, 'fire_engine': 2.45, 'motorcycle': .8, 'ebike': .7,
       'bicycle': .6, 'person': .6, 'ambulance': 2.1}
CODES = ['1625', '1208', '1345', '1301', '1039', '1019', '1357', 'speed']
CODE_P = [.33, .14, .14, .08, .08, .08, .08, .07]
NAMES = {'1625': '驾驶机动车违反道路交通信号灯通行的', '1208': '不按导向车道行驶的', '1345': '违反禁止标线指示的', '1301': '逆向行驶的', '1039': '违反规定停放车辆',
         '1019': '违反规定使用专用车道的', '1357': '遇行人正在通过人行横道时未停车让行', '1211': '遇停止信号时停在停止线以内或路口内的', 'speed': '超过规定时速行驶',
         '1025': '遇前方机动车停车排队时在人行横道、网状线区域内停车等候', '1044': '在禁止掉头标志、标线的地点掉头', '1018': '机动车不在机动车道内行驶', '1344': '违反禁令标志指示'}


def sample_site(rng, world, kind, code):
    lw = float(rng.uniform(*world.lane_width))
    n = int(pick(rng, *world.lanes))
    if code in ('1019',) and n < 3:
        n = 3
    s = dict(kind=kind, lane_w=lw, n_lanes=n, n_opp=int(rng.integers(2, 4)), shoulder=float(rng.uniform(.6, 3.2)),
             centre=world.centre or pick(rng, ['double', 'double', 'single', 'dashed' if kind != 'junction' else 'double']),
             median=0, edge=bool(rng.random() < .8), solid_len=float(rng.uniform(25, 40)), dash=int(pick(rng, [24, 69])),
             cw_w=float(rng.uniform(*world.crosswalk_width)), grid=bool(rng.random() < .3), guide=bool(rng.random() < .2),
             yellow_kerb=bool(rng.random() < .4), bus_lane=0, bus_dashed=bool(rng.random() < .35), asphalt=float(rng.uniform(.15, .32)),
             asphalt_tint=[1., 1., 1.] if rng.random() < .6 else [.93, .98, 1.05], pave_tint=[[1, 1, 1], [.8, .9, 1.], [.7, .8, 1.05]][rng.integers(3)],
             patches=int(rng.integers(0, 8)), cracks=int(rng.integers(0, 8)), wear=float(rng.uniform(.12, .42)), paint_a=float(rng.uniform(.6, .98)))
    s['cross_y0'] = s['cw_w'] + 3.0
    s['cross_y1'] = s['cross_y0'] + float(rng.uniform(*world.junction_depth))
    if s['guide']:
        s['shoulder'] = max(s['shoulder'], 2.2)
    base = {2: [['L', 'SR'], ['SL', 'SR'], ['SL', 'R']], 3: [['L', 'S', 'SR'], ['L', 'S', 'R'], ['SL', 'S', 'R'], ['L', 'S', 'S']],
            4: [['L', 'S', 'S', 'R'], ['L', 'L', 'S', 'SR'], ['L', 'S', 'S', 'SR'], ['U', 'L', 'S', 'SR']], 5: [['L', 'L', 'S', 'S', 'R'], ['U', 'L', 'S', 'S', 'SR']]}
    s['arrows'] = list(pick(rng, base[n]))
    s['solid_range'] = [-32., 0.]
    if kind != 'junction':
        s['solid_range'] = [float(rng.uniform(-30, -10)), float(rng.uniform(25, 60))] if code == '1345' or rng.random() < .3 else [0., -5.]
        s['solid_range'] = s['solid_range'] if s['solid_range'][1] > s['solid_range'][0] else [-32., -32.]
    if kind == 'mid_cross':
        s['mid_cross'] = float(rng.uniform(2.5, 5))
    if code == '1019' or (kind != 'junction' and n >= 3 and rng.random() < .12):
        s['bus_lane'] = n
    s['env_seed'] = int(rng.integers(1 << 30))
    if kind == 'junction':
        typ = pick(rng, ['round', 'arrows', 'mixed', 'arrows3'], [.25, .35, .25, .15])
        if typ == 'round':
            mv = ['round', 'round']
        elif typ == 'arrows':
            mv = ['left', 'straight']
        elif typ == 'mixed':
            mv = ['left', 'round']
        else:
            mv = ['left', 'straight', 'right']
        orient = pick(rng, ['h', 'v'])
        gx = .3 + n * lw / 2 + rng.uniform(-1, 1.5)
        sp = 2.4 if orient == 'h' else 1.7
        cd = bool(rng.random() < .45)
        z = float(rng.uniform(5.4, 6.4))
        s['heads'] = [dict(id='h%d' % i, move=m, x=float(gx + (i - (len(mv) - 1) / 2) * sp), y=float(s['cross_y1'] + s['cw_w'] + 2.5), z=z, orient=orient,
                           countdown=cd and i == 0) for i, m in enumerate(mv)]
        s['lamp_r'] = float(pick(rng, [.15, .2]))
    else:
        s['heads'] = []
    return s


def path(s, move, lane, d):
    """(x, y, heading rad) at path coordinate d (= y on the straight part)."""
    x = lane_x(s, lane)
    if move == 'uturn':
        return uturn(s, x, d)
    if move == 'straight' or s['kind'] != 'junction':
        return x, d, 0.
    ym = (s['cross_y0'] + s['cross_y1']) / 2
    ye = ym + s['lane_w'] * .6 if move == 'left' else s['cross_y0'] + s['lane_w'] * .6
    R = 9.5 if move == 'left' else 6.5
    sg = 1 if move == 'left' else -1
    y0 = ye - R
    if d <= y0:
        return x, d, 0.
    a = min((d - y0) / R, math.pi / 2)
    ex = max(0., d - y0 - R * math.pi / 2)
    return x - sg * (R - R * math.cos(a)) - sg * ex, y0 + R * math.sin(a), sg * a


def uturn(s, x, d):
    """into the second opposite lane; the arc starts at uturn_y"""
    R, y0 = (x - lane_x(s, -2)) / 2, s['uturn_y']
    if d <= y0:
        return x, d, 0.
    a = min((d - y0) / R, math.pi)
    return x - R + R * math.cos(a), y0 + R * math.sin(a) - max(0., d - y0 - R * math.pi), a


class Case(extra.Extra):
    def __init__(s, seed, split, code=None, want=None, device=None):
        s.world = worlds.world(split)
        s.seed, s.split, s.want, s.device = seed, split, want, device
        for t in range(80 if device or want or code in extra.CODES else 1):      # older cases are taken as drawn
            if s.sample(code, t) and s.in_view():
                break
        else:
            if t:
                raise RuntimeError('no fitting case for %s %s' % (s.code, want))
        s.record()

    def sample(s, code, t):
        s.rng = r = np.random.default_rng([s.seed, s.world.seed] + [t] * (t > 0))
        s.code = code or (s.device.code(s.seed + t // 20) if s.device else pick(r, CODES, CODE_P))
        s.draw_light()
        s.objs, s.fx, s.cam, s.other, s.hours = {}, {}, None, None, None
        s.truth = dict(verdict='accept', reason='violation', notes=[])
        s.riders = bool(s.device or s.code in extra.CODES)
        if getattr(s, 'sc_' + s.code)() is False:
            return False
        s.camera_setup()
        return True

    def draw_light(s):
        s.light = pick(s.rng, *s.world.lights)

    def draw_site(s, kind, code):
        return copy.deepcopy(s.device.site) if s.device else sample_site(s.rng, s.world, kind, code)

    def choose(s, names, p, more=(), ban=()):
        """variant: the wanted one, or drawn; `more` (name, weight) only for site batches, which use all that the site can show"""
        if s.want:
            return s.want
        if s.device:
            names, p = list(names) + [n for n, _ in more], list(p) + [w for _, w in more]
            p = [0. if n in ban else w * (1.7 if n.startswith('accept') else 1.) for n, w in zip(names, p)]
        return pick(s.rng, names, p)

    # ---- objects
    def vehicle(s, cls, color=None, kind=None, model=None):
        r = s.rng
        m = model or pick(r, s.world.models[cls])
        if s.world.morphs and not model:
            m += '+%d' % r.integers(1 << 20)
        if color is None:
            color = {'bus': pick(r, list('GHAEC')), 'minibus': pick(r, list('ABAH')), 'van': pick(r, list('BAABHE')), 'light_truck': pick(r, list('AHBE')), 'heavy_truck': pick(r, list('EHACG')),
                     'tanker': pick(r, list('AEH')), 'ambulance': 'A', 'fire_engine': 'E', 'police_car': 'A'}.get(cls) or pick(r, *CAR_COL)
        color = {'obj_hatchback': 'A', 'obj_hatchback_blue': 'H', 'obj_hatchback_red': 'E', 'obj_suv': 'A', 'obj_bus': 'A', 'obj_pickup': 'B', 'obj_prius': 'A',
                 'obj_ambulance': 'A', 'obj_fire': 'E'}.get(m.split('+')[0], color)
        if cls in ('person', 'bicycle', 'ebike'):
            kind = None
        elif kind is None:
            kind = {'bus': pick(r, ['yellow2', 'yellowgreen'], [.8, .2]), 'heavy_truck': 'yellow2', 'tanker': 'yellow2', 'fire_engine': 'yellow2', 'minibus': pick(r, ['yellow2', 'blue']),
                    'police_car': 'white', 'ambulance': 'blue', 'motorcycle': pick(r, ['yellow', 'blue'])}.get(cls) or \
                (pick(r, ['blue', 'green'], [.74, .26]) if cls in ('car', 'suv') else 'blue')
        oid = 'v%d' % (len(s.objs) + 1)
        o = dict(id=oid, cls=cls, model=m, color=color, seed=int(r.integers(1 << 30)), len=LEN[cls], wid=WID.get(cls, 1.8), plate_kind=kind,
                 plate=plates.random_text(r, kind) if kind else None, dirt=0.0, cover=None, poses=[None] * s.np, v=[0.] * s.np, brake=[False] * s.np)
        s.objs[oid] = o
        return o

    def person(s, pos):
        r = s.rng
        o = dict(id='p%d' % (len(s.objs) + 1), cls='person', model='person', color=None, seed=int(r.integers(1 << 30)), len=.5, wid=.6, plate_kind=None, plate=None, dirt=0,
                 cover=None, poses=list(pos), v=[0.] * s.np, brake=[False] * s.np)
        s.objs[o['id']] = o
        return o

    def target_cls(s):
        moto = 0. if s.riders else .03          # their plates are too small to read
        return pick(s.rng, ['car', 'suv', 'van', 'light_truck', 'bus', 'heavy_truck', 'minibus', 'pickup', 'tanker', 'motorcycle'],
                    [.44, .18, .1, .07, .04, .04, .04, .04, .02, moto])

    def traffic(s, moving_ok=True, waiting=True, density=None, mode='rear'):
        """other traffic; added only where no footprint overlaps with the present objects in any panel"""
        r = s.rng
        site = s.site
        dens = density if density is not None else r.uniform(.2, 1.)
        cls_p = (['car', 'suv', 'van', 'bus', 'light_truck', 'heavy_truck', 'minibus', 'pickup', 'ebike', 'motorcycle'], [.42, .18, .1, .04, .07, .03, .03, .03, .06, .04])
        cand = []
        T = np.array(s.times) / 1000.
        T = T - T[0]
        n, no = site['n_lanes'], site['n_opp']
        for i in range(1, n + 1):
            if r.random() < dens and waiting and site['kind'] == 'junction' and mode == 'wait':
                cand.append((i, 0., -1., 'wait'))
            elif r.random() < dens * .9:
                cand.append((i, r.uniform(-6, 60), r.uniform(5, 13) if moving_ok else 0., 'go'))
            if r.random() < dens * .5:
                cand.append((i, r.uniform(20, 70), r.uniform(6, 13) if moving_ok else 0, 'go'))
        for i in range(1, no + 1):
            for _ in range(2):
                if r.random() < dens * .8:
                    y = site['cross_y1'] + 9 if site['kind'] == 'junction' and mode == 'wait' and r.random() < .6 else r.uniform(0, 70)
                    cand.append((-i, y, -r.uniform(5, 13) if y != site['cross_y1'] + 9 else 0., 'go'))
        if site['kind'] == 'junction' and mode == 'wait':
            for _ in range(3):
                if r.random() < dens:
                    cand.append(('x', r.uniform(-10, 12), r.uniform(5, 10) * (1 if r.random() < .5 else -1), 'x'))
        for ln, y, v, typ in cand:
            cls = pick(r, *cls_p)
            o = s.vehicle(cls)
            if typ == 'x':
                ym = (site['cross_y0'] + site['cross_y1']) / 2
                yl = ym - (site['lane_w'] * (.6 + r.integers(0, 2))) * np.sign(v)
                P = [(float(y + v * t), float(yl), -math.pi / 2 if v > 0 else math.pi / 2) for t in T]
            else:
                x = lane_x(site, ln) + r.normal(0, .15)
                if typ == 'wait':
                    y, v = -o['len'] / 2 - r.uniform(.6, 2.5), 0.
                    o['brake'] = [True] * s.np
                if cls in ('ebike', 'bicycle', 'motorcycle') and isinstance(ln, int):
                    x = site['n_lanes'] * site['lane_w'] + .3 + max(.5, site['shoulder'] * .5) if ln > 0 else x
                P = [(float(x), float(y + v * t), 0. if ln > 0 else math.pi) for t in T]
            ok = True
            for k in range(s.np):
                f = foot(o, P[k])
                for q in s.objs.values():
                    if q is not o and q['poses'][k] is not None and overlap(f, foot(q, q['poses'][k]), .5):
                        ok = False
            if not ok:
                del s.objs[o['id']]
                o2 = None
                continue
            o['poses'] = P
            o['v'] = [abs(v)] * s.np
        # people on the pavement / kerb
        xr = n * site['lane_w'] + site['shoulder']
        for _ in range(int(r.integers(0, 4))):
            x, y, h = xr + r.uniform(.8, 3.5), r.uniform(-8, 45), r.uniform(0, 6.28)
            if site['kind'] == 'junction' and site['cross_y0'] - 6 < y < site['cross_y1'] + 6:
                y = site['cross_y1'] + 7.5
            s.person([(float(x), float(y + .8 * t), 0. if r.random() < .5 else math.pi) for t in T])
        if s.riders:
            s.add_riders(T)

    def phase(s, move, color, np_):
        """light states for all heads with `color[k]` for the movement `move`; the others plausible"""
        r = s.rng
        out = []
        oth = {}
        for k in range(np_):
            st = {}
            for h in s.site['heads']:
                m = h['move']
                if m == move or m == 'round':
                    st[h['id']] = color[k]
                elif s.other:
                    st[h['id']] = s.other
                elif m == 'right':
                    st[h['id']] = oth.setdefault('right', pick(r, ['red', 'green']))
                elif color[k] == 'green' and m in ('left', 'straight'):
                    st[h['id']] = oth.setdefault(m, pick(r, ['red', 'green']))
                else:
                    st[h['id']] = oth.setdefault(m, pick(r, ['red', 'red', 'green'])) if not any(x['move'] == 'round' for x in s.site['heads']) else 'red'
            out.append(st)
        # a head that serves the movement must exist
        return out

    def controlling(s, move):
        ms = [h['move'] for h in s.site['heads']]
        return move if move in ms else ('round' if 'round' in ms and move != 'right' else None)

    def rej(s, reason, **kw):
        s.truth.update(verdict='reject', reason=reason, **kw)

    def times_from(s, d, v, t0=None):
        t = [0.]
        for a, b in zip(d, d[1:]):
            t.append(t[-1] + max(.2, (b - a) / v))
        return [int(x * 1000) for x in t]

    def set_target(s, o, move, lane, d, v, dx=0.):
        for k, q in enumerate(d):
            x, y, h = path(s.site, move, lane, q)
            o['poses'][k] = (x + dx, y, h)
            o['v'][k] = v
        s.target = o['id']
        s.truth.update(move=move, lane=lane)

    def lane_for(s, move, wrong=False):
        key = {'left': 'L', 'straight': 'S', 'right': 'R'}[move]
        ok = [i + 1 for i, a in enumerate(s.site['arrows']) if a and ((key in a) != wrong) and a != 'U']
        return pick(s.rng, ok) if ok else None

    # ---- scenarios
    def sc_1625(s):
        r = s.rng
        s.np = 3
        s.site = s.draw_site('junction', '1625')
        var = s.choose(['accept', 'light_not_red', 'stop_over', 'first_over', 'target_differs', 'right_turn', 'plate_unreadable', 'emergency', 'record_mismatch'],
                       [.36, .14, .09, .08, .09, .06, .09, .05, .06], extra.MORE_1625)
        if s.prepare_1625(var) is False:
            return False
        moves = [m for m in ('straight', 'straight', 'left') if s.controlling(m) and s.lane_for(m)]
        move = pick(r, moves)
        if var == 'right_turn':
            move = 'right'
            if s.lane_for('right') is None or s.controlling('right'):
                var, move = 'accept', pick(r, moves)
        cls = s.target_cls()
        if var == 'emergency':
            cls = pick(r, ['ambulance', 'fire_engine', 'police_car'])
        lane = s.lane_for(move)
        o = s.vehicle(cls)
        L = o['len']
        ya, yb = s.site['cross_y0'], s.site['cross_y1']
        s1 = -L / 2 - r.uniform(.3, 1.8)
        s2 = L / 2 + r.uniform(.3, 2.5)
        s3 = max(s2 + 5, r.uniform(ya + 5, yb - 1)) if move != 'right' else s2 + 7.5
        col = ['red'] * 3
        if move == 'left':
            s3 = max(s2 + 5, (ya + yb) / 2 + r.uniform(-3, 5))
        if var == 'light_not_red':
            col = pick(r, [['green', 'green', 'green'], ['yellow', 'red', 'red'], ['green', 'yellow', 'red'], ['yellow', 'yellow', 'red'], ['green', 'red', 'red'], ['red', 'red', 'green'], ['yellow', 'yellow', 'yellow'], ['red', 'off', 'red']])
            s.rej('light_not_red_in_all_panels')
        elif var == 'stop_over':
            s2 = (s.over(o) if s.device else r.uniform(.7, min(3., L - 1))) - L / 2
            s3 = s2 + r.uniform(0, .15)
            s.rej('stopped_over_line', suggested_code='1211')
        elif var == 'first_over':
            s1 = (s.over(o) if s.device else r.uniform(.8, L * .8)) - L / 2 if r.random() < .6 else L / 2 + r.uniform(.1, .6)
            s2 = max(s1 + 1.5, s2)
            s.rej('first_panel_already_over_line')
        elif var == 'right_turn':
            s.rej('right_turn_allowed')
        elif var == 'emergency':
            s.rej('exempt_vehicle')
        elif var in dict(extra.MORE_1625):
            s1, s2, s3, col = s.more_1625(var, o, s1, s2, s3)
        v = r.uniform(7, 13)
        s.times = s.times_from([s1, s2, s3], v)
        if var == 'stop_over':
            s.times = [0, int(r.uniform(600, 1500)), int(r.uniform(2500, 5000))]
        s.set_target(o, move, lane, [s1, s2, s3], v)
        if var == 'stop_over':
            o['v'] = [3., 0., 0.]
            o['brake'] = [True] * 3
        if var == 'target_differs':
            k = pick(r, [1, 2])
            o2 = s.vehicle(pick(r, ['car', 'suv', 'van']))
            same = r.random() < .4
            if same:                      # look-alike: same model and colour, other plate
                for q in ('cls', 'model', 'color', 'seed', 'len', 'wid'):
                    o2[q] = o[q]
                o2['plate_kind'] = o['plate_kind']
                o2['plate'] = plates.random_text(r, o['plate_kind'])
            for kk in range(k, 3):
                o2['poses'][kk] = o['poses'][kk]
                o2['v'][kk] = v
                o['poses'][kk] = None
            s.rej('target_differs_between_panels', differs_from_panel=k + 1, lookalike=bool(same))
            s.truth['target_by_panel'] = [s.target if kk < k else o2['id'] for kk in range(3)]
        if var == 'plate_unreadable':
            s.unreadable(o)
        if var == 'record_mismatch':
            s.truth['want_mismatch'] = True
        s.truth['variant'] = var
        if var in dict(extra.MORE_1625) and s.extras_1625(var, o, lane) is False:
            return False
        s.signals = s.phase(move, col, 3)
        s.truth['light_for_target'] = [s.signals[k][next((h['id'] for h in s.site['heads'] if h['move'] == (s.controlling(move) or 'round')), s.site['heads'][-1]['id'])] for k in range(3)] \
            if s.controlling(move) or any(h['move'] == 'round' for h in s.site['heads']) else None
        s.traffic(mode='wait' if col[0] == 'red' else 'go', density=r.uniform(.2, .9))

    def unreadable(s, o):
        w = pick(s.rng, ['mud', 'occlusion', 'blur', 'glare'])
        if w == 'mud':
            o['dirt'] = float(s.rng.uniform(.75, .95))
        elif w == 'occlusion':
            o['cover'] = pick(s.rng, ['full', 'left', 'right'])
        else:
            s.fx[w] = o['id']
        s.rej('plate_unreadable', unreadable_by=w)

    def sc_1208(s):
        r = s.rng
        s.np = 3
        s.site = s.draw_site('junction', '1208')
        var = s.choose(['accept', 'correct_direction', 'plate_unreadable', 'emergency', 'record_mismatch'], [.5, .34, .06, .05, .05])
        opts = [(m, l) for m in ('left', 'straight', 'right') for l in [s.lane_for(m, var != 'correct_direction')] if l]
        opts = [(m, l) for m, l in opts if not (m == 'right' and l < s.site['n_lanes'] - 1) and not (m == 'left' and l > 2)] or opts
        move, lane = pick(r, opts)
        o = s.vehicle(pick(r, ['ambulance', 'police_car']) if var == 'emergency' else s.target_cls())
        L = o['len']
        s1 = -L / 2 - r.uniform(.3, 3.)
        s2 = L / 2 + r.uniform(0, 2)
        ym = (s.site['cross_y0'] + s.site['cross_y1']) / 2
        s3 = s2 + 7 if move == 'right' else ym + r.uniform(0, 5)
        s3 = max(s3, s2 + 4)
        v = r.uniform(5, 10)
        s.times = s.times_from([s1, s2, s3], v)
        s.set_target(o, move, lane, [s1, s2, s3], v)
        if var == 'correct_direction':
            s.rej('direction_matches_arrow')
        if var == 'emergency':
            s.rej('exempt_vehicle')
        if var == 'plate_unreadable':
            s.unreadable(o)
        s.truth['want_mismatch'] = var == 'record_mismatch'
        s.truth.update(variant=var, lane_arrow=s.site['arrows'][lane - 1])
        s.signals = s.phase(move, ['green'] * 3, 3)
        s.traffic(mode='go', density=r.uniform(.2, .8))

    def sc_1345(s):
        r = s.rng
        s.np = 3
        jn = s.device.site['kind'] == 'junction' if s.device else r.random() < .5
        s.site = s.draw_site('junction' if jn else 'mid', '1345')
        if not s.device:
            if s.site['n_lanes'] < 3 and r.random() < .5:
                s.site['n_lanes'] = 3
                s.site['arrows'] = ['L', 'S', 'SR']
            s.site['bus_lane'] = 0
        var = s.choose(['accept_cross', 'accept_ride', 'dashed', 'near', 'plate_unreadable', 'emergency', 'record_mismatch'], [.38, .16, .2, .13, .04, .05, .04], ban=['dashed'] * jn)
        n = s.site['n_lanes']
        a = int(r.integers(1, n + 1))
        b = a + 1 if a < n and (a == 1 or r.random() < .5) else a - 1
        if b < 1:
            a, b = 1, 2
        if s.device:
            if not jn and s.device.line_kind(min(a, b)) != ('white_dashed' if var == 'dashed' else 'white_solid'):
                return False
        elif var == 'dashed' and jn:
            s.site['solid_len'] = 3.0 + r.uniform(0, 3)
        elif not jn:
            s.site['solid_range'] = [-32., -32. if var == 'dashed' else 60.]
        cls = pick(r, ['ambulance', 'police_car', 'fire_engine']) if var == 'emergency' else 'light_truck' if var == 'carried' else s.target_cls()
        o = s.vehicle(cls)
        L = o['len']
        xa, xb = lane_x(s.site, a), lane_x(s.site, b)
        if jn and s.device:
            ys = [-12.5 - L / 2, -8 - L / 2, -3.5 - L / 2]
        elif jn:
            ys = [-16 - L / 2, -11 - L / 2, -6 - L / 2] if var != 'dashed' else [-20 - L / 2, -14 - L / 2, -9.5 - L / 2]
            s.near_cam = True
        else:
            y0 = r.uniform(0, 4)
            ys = [y0, y0 + r.uniform(6, 8), y0 + r.uniform(13, 17)]
        xs = [xa, (xa + xb) / 2 + r.uniform(-.3, .3), xb]
        hd = [-math.atan2(xb - xa, 26.), -math.atan2(xb - xa, 14.), -math.atan2(xb - xa, 30)]
        if var == 'accept_ride':
            m = (xa + xb) / 2 + r.uniform(-.35, .35)
            xs, hd = [m + r.normal(0, .1) for _ in ys], [0.] * 3
        if var == 'near':
            g = (xa + xb) / 2 + math.copysign(.25 + o['wid'] / 2 + r.uniform(.02, .15), xa - xb)
            xs, hd = [g + math.copysign(r.uniform(0, .08), xa - xb) for _ in ys], [0.] * 3
        v = r.uniform(6, 14)
        s.times = s.times_from(ys, v)
        for k in range(3):
            o['poses'][k] = (xs[k], ys[k], hd[k])
            o['v'][k] = v
        s.target = o['id']
        s.truth.update(variant=var, lane=a, to_lane=b, line_x=(xa + xb) / 2)
        if var == 'dashed':
            s.rej('line_is_dashed')
        if var == 'near':
            s.rej('not_on_line')
        if var == 'emergency':
            s.rej('exempt_vehicle')
        if var == 'plate_unreadable':
            s.unreadable(o)
        if var == 'carried':
            s.carried(o)
        s.truth['want_mismatch'] = var == 'record_mismatch'
        s.signals = s.phase('straight', [pick(r, ['green', 'green', 'red'])] * 3, 3) if jn else [{}] * 3
        s.traffic(mode='go', density=r.uniform(.1, .6))

    def sc_1301(s):
        r = s.rng
        s.np = int(pick(r, [2, 3]))
        s.site = s.draw_site('mid', '1301')
        var = s.choose(['accept', 'own_side', 'record_mismatch', 'emergency'], [.5, .38, .05, .07])
        o = s.vehicle('police_car' if var == 'emergency' else (s.target_cls() if r.random() < .8 or s.riders else 'motorcycle'))
        y0 = r.uniform(14, 26)
        st = r.uniform(4, 6)
        wrong = var != 'own_side'
        facing = r.random() < .75 or not wrong
        ln = int(r.integers(1, s.site['n_lanes'] + 1)) if wrong else -1
        v = r.uniform(4, 10)
        for k in range(s.np):
            if facing:
                o['poses'][k] = (lane_x(s.site, ln), y0 - st * k, math.pi)
            else:                       # seen from behind, driving away on the opposite side
                o['poses'][k] = (lane_x(s.site, -1), y0 - 12 + st * k, 0.)
            o['v'][k] = v
        if not facing:
            ln = -1
        s.times = [int(k * st / v * 1000) for k in range(s.np)]
        s.target = o['id']
        s.truth.update(variant=var, lane=ln)
        if var == 'own_side':
            s.rej('drives_on_own_side')
        if var == 'emergency':
            s.rej('exempt_vehicle')
        s.truth['want_mismatch'] = var == 'record_mismatch'
        s.signals = [{}] * s.np
        s.traffic(mode='go', density=r.uniform(.1, .5))

    def sc_1039(s):
        r = s.rng
        s.np = int(pick(r, [2, 3, 4], [.5, .3, .2]))
        s.site = s.draw_site('mid', '1039')
        if not s.device:
            s.site['shoulder'] = max(s.site['shoulder'], 1.5)
            s.site['yellow_kerb'] = True
            s.site['edge'] = bool(r.random() < .5)
        var = s.choose(['accept', 'moved', 'too_short', 'plate_unreadable', 'record_mismatch'], [.5, .2, .2, .05, .05])
        cls = s.target_cls()
        o = s.vehicle('car' if cls == 'motorcycle' else cls)
        xr = s.site['n_lanes'] * s.site['lane_w'] + s.site['shoulder']
        y = r.uniform(2, 14)
        head = 0. if r.random() < .85 else math.pi
        mv = r.uniform(3, 9) if var == 'moved' else 0
        for k in range(s.np):
            o['poses'][k] = (xr - o['wid'] / 2 - .25, y + mv * k, head)
        gap = r.uniform(2500, 8500) / (s.np - 1) if var == 'too_short' else r.uniform(11000, 90000)
        s.times = [int(gap * k) for k in range(s.np)]
        s.target = o['id']
        s.truth.update(variant=var, lane=s.site['n_lanes'])
        if var == 'moved':
            o['v'] = [5.] * s.np
            s.rej('vehicle_moved')
        if var == 'too_short':
            s.rej('interval_too_short')
        if var == 'plate_unreadable':
            s.unreadable(o)
        s.truth['want_mismatch'] = var == 'record_mismatch'
        s.signals = [{}] * s.np
        s.jump = True
        s.traffic(mode='go', density=r.uniform(.1, .5))
        for q in s.objs.values():       # long gaps: other traffic is different in every panel
            if q['id'] != s.target and q['cls'] != 'person' and s.np > 1:
                keep = int(r.integers(s.np))
                q['poses'] = [p if k == keep and abs(p[1]) < 70 else None for k, p in enumerate([q['poses'][0]] * s.np)]
                if all(p is None for p in q['poses']):
                    continue
        for q in s.objs.values():
            if q['cls'] == 'person':
                q['poses'] = [(p[0], float(r.uniform(-5, 40)), p[2]) for p in q['poses']]
        s.drop_collisions()

    def drop_collisions(s):
        ids = list(s.objs)
        for k in range(s.np):
            for a in ids:
                for b in ids:
                    A, B = s.objs[a], s.objs[b]
                    if a < b and A['poses'][k] and B['poses'][k] and overlap(foot(A, A['poses'][k]), foot(B, B['poses'][k]), .2):
                        (B if b != s.target else A)['poses'][k] = None

    def sc_1019(s):
        r = s.rng
        s.np = int(pick(r, [2, 3]))
        s.site = s.draw_site('mid', '1019')
        var = s.choose(['accept', 'is_bus', 'other_lane', 'emergency', 'plate_unreadable', 'record_mismatch'], [.46, .22, .16, .07, .05, .04])
        cls = 'bus' if var == 'is_bus' else pick(r, ['ambulance', 'fire_engine', 'police_car']) if var == 'emergency' else s.target_cls()
        if cls == 'bus' and var != 'is_bus':
            cls = 'car'
        o = s.vehicle(cls)
        ln = s.site['bus_lane'] - (1 if var == 'other_lane' else 0)
        y = o['len'] / 2 + r.uniform(-2, 3)
        v = r.uniform(6, 14)
        ys = [y + k * r.uniform(7, 9) for k in range(s.np)]
        for k in range(s.np):
            o['poses'][k] = (lane_x(s.site, ln) + r.normal(0, .08), ys[k], 0.)
            o['v'][k] = v
        s.times = s.times_from(ys, v)
        s.target = o['id']
        s.truth.update(variant=var, lane=ln)
        if var == 'is_bus':
            s.rej('is_bus')
        if var == 'other_lane':
            s.rej('not_in_bus_lane')
        if var == 'emergency':
            s.rej('exempt_vehicle')
        if var == 'plate_unreadable':
            s.unreadable(o)
        s.truth['want_mismatch'] = var == 'record_mismatch'
        s.signals = [{}] * s.np
        s.traffic(mode='go', density=r.uniform(.1, .6))

    def sc_1357(s):
        r = s.rng
        s.np = 3
        s.site = s.draw_site('mid_cross', '1357')
        var = s.choose(['accept', 'no_pedestrian', 'stops', 'on_kerb', 'record_mismatch'], [.5, .17, .17, .1, .06])
        cls = s.target_cls()
        o = s.vehicle(cls)
        L = o['len']
        ln = int(r.integers(1, s.site['n_lanes'] + 1))
        yc = s.site['mid_cross']
        c2 = yc + s.site['cw_w'] / 2
        ys = [yc - 2.5 - L / 2 - r.uniform(0, 2), c2 + r.uniform(-.5, 1), c2 + L / 2 + r.uniform(2.5, 5)]
        v = r.uniform(4, 9)
        s.times = s.times_from(ys, v)
        if var == 'stops':
            ys = [ys[0] - .4, ys[0], ys[0] + .0]
            s.times = [0, int(r.uniform(1500, 2500)), int(r.uniform(3000, 5000))]
        for k in range(3):
            o['poses'][k] = (lane_x(s.site, ln) + r.normal(0, .05), ys[k], 0.)
            o['v'][k] = 0. if var == 'stops' else v
            o['brake'][k] = var == 'stops'
        s.target = o['id']
        T = np.array(s.times) / 1000.
        xt = lane_x(s.site, ln)
        if var in ('accept', 'stops', 'record_mismatch'):
            for q in range(int(r.integers(1, 4))):
                sd = pick(r, [-1, 1])
                # at panel 2 the person is 2..4.5 m from the vehicle's lane centre, walking towards it
                x2 = xt + sd * r.uniform(1.9, 4.5) if var != 'stops' else xt + r.uniform(-3, 3)
                sp = r.uniform(.9, 1.5)
                yy = yc + r.uniform(.5, s.site['cw_w'] - .5)
                tm = T[1]
                s.person([(float(x2 - sd * sp * (t - tm) * (1 if var == 'stops' else .6)), float(yy), math.pi / 2 * sd) for t in T])
        if var == 'on_kerb':
            xr = s.site['n_lanes'] * s.site['lane_w'] + s.site['shoulder']
            s.person([(float(xr + r.uniform(.5, 1.2)), float(c2), math.pi / 2)] * 3)
        s.truth.update(variant=var, lane=ln)
        if var == 'advert':
            s.advert(ln, c2, T)
        if var in ('no_pedestrian', 'advert'):
            s.rej('no_pedestrian')
        if var == 'stops':
            s.rej('vehicle_stops')
        if var == 'on_kerb':
            s.rej('pedestrian_not_on_crosswalk')
        s.truth['want_mismatch'] = var == 'record_mismatch'
        s.signals = [{}] * 3
        ids = set(s.objs)
        s.traffic(mode='go', density=r.uniform(.05, .35))
        s.drop_collisions()
        for q in list(s.objs.values()):
            if q['id'] not in ids and q['cls'] == 'person' and var in ('no_pedestrian', 'on_kerb', 'advert') and any(p and yc - 2 < p[1] < yc + s.site['cw_w'] + 2 for p in q['poses']):
                del s.objs[q['id']]

    def sc_speed(s):
        r = s.rng
        s.np = int(pick(r, [1, 2], [.3, .7]))
        s.site = s.draw_site('mid', 'speed')
        var = s.choose(['accept', 'below_limit', 'exempt', 'record_mismatch'], [.6, .25, .08, .07])
        o = s.vehicle(pick(r, ['police_car', 'ambulance']) if var == 'exempt' else 'light_truck' if var == 'phone' else s.target_cls(), model='ltruck_a' if var == 'phone' else None)
        ln = int(r.integers(1, s.site['n_lanes'] + 1))
        lim = s.device.limit if s.device else int(pick(r, [40, 60, 70, 80]))
        f = r.uniform(.7, 1.0) if var == 'below_limit' else r.uniform(1.12, 1.7)
        sp = int(lim * f)
        if var == 'below_limit':
            sp = min(sp, lim)
        front = r.random() < .5 and var != 'phone'
        if front:                        # oncoming side, seen from the front
            ln = -int(r.integers(1, s.site['n_opp'] + 1))
        y = r.uniform(0, 4) + (o['len'] / 2)
        step = r.uniform(6, 11)
        v = sp / 3.6
        ys = [y + 9, y + 9 - step] if front else [y, y + step]
        for k in range(s.np):
            o['poses'][k] = (lane_x(s.site, ln), ys[k], math.pi if front else 0.)
            o['v'][k] = v
        s.times = [int(k * step / v * 1000) for k in range(s.np)]
        s.target = o['id']
        s.truth.update(variant=var, lane=ln, speed=sp, limit=lim)
        if var == 'phone':
            s.phone(o)
        if var == 'below_limit':
            s.rej('speed_below_limit')
        if var == 'exempt':
            s.rej('exempt_vehicle')
        s.truth['want_mismatch'] = var == 'record_mismatch'
        s.signals = [{}] * s.np
        s.traffic(mode='go', density=r.uniform(0, .35))

    # ---- camera and record
    def camera_setup(s):
        if s.cam:
            return
        if s.device:
            s.cam = s.device.camera(s.seed, s.rng)
            return
        r = s.rng
        site = s.site
        t = s.objs[s.target]
        Hc = float(r.uniform(5.6, 7.4))
        ys = [p[1] for o in s.objs.values() if o['id'] == s.target for p in o['poses'] if p]
        xs = [p[0] for o in s.objs.values() if o['id'] == s.target for p in o['poses'] if p]
        L = t['len']
        D = float(r.uniform(22, 30))
        cx = .3 + site['n_lanes'] * site['lane_w'] / 2 + r.uniform(-1.2, 1.2)
        if np.mean(xs) < 0:
            cx = -.3 - site['n_opp'] * site['lane_w'] / 2
        if site['kind'] == 'junction':
            yb = min({'1208': -9.2, '1025': -2.5}.get(s.code, -6.5), min(ys) - L / 2 - 1.8)
            D = max(D - 8 * (s.code == '1025'), -yb + 13)
            ytop, ztop = site['heads'][0]['y'], site['heads'][0]['z'] + (1.0 if site['heads'][0]['orient'] == 'v' else .5)
            cx = .6 * cx + .4 * xs[0] if s.code != '1044' else (max(xs) + min(xs)) / 2 + 1.
        else:
            D = float(r.uniform(16, 24))
            yb = min(ys) - L / 2 - r.uniform(1.5, 3)
            if s.code == '1357':
                yb = min(yb, site['mid_cross'] - 3.5)
            D = D - yb - 8
            D = max(D, 13 - yb)
            ytop, ztop = max(ys) + L / 2 + r.uniform(6, 20), 2.2
            cx = .35 * cx + .65 * float(np.mean(xs))
        a_bot = math.atan2(Hc, D + yb)
        a_top = math.atan2(ztop - Hc, D + ytop) + math.radians(r.uniform(.3, .9))
        v = a_bot + a_top
        f = 360. / math.tan(v / 2)
        f = min(f, 5200.)
        need = max(abs(x - cx) + 1.6 for x in xs) if site['kind'] != 'junction' or s.code == '1044' else 0
        if need:
            f = min(f, 560 * (D + yb + L / 2) / need)
        pitch = (a_top - a_bot) / 2
        s.cam = dict(pos=[float(cx), -D, Hc], pitch=float(pitch), yaw=float(math.atan2(-(0.5 * np.mean(xs) + .5 * cx - cx), D + 10)), roll=float(r.normal(0, .004)), f=float(f), w=1280, h=720)
        if site['kind'] == 'junction' and xs[0] != cx:
            s.cam['yaw'] = float(-.5 * math.atan2(np.mean(xs[:2]) - cx, D))

    def record(s):
        r = s.rng
        t = s.objs[s.target]
        pc = {'blue': 'blue', 'yellow': 'yellow', 'yellow2': 'yellow', 'green': 'green', 'yellowgreen': 'yellowgreen', 'white': 'white'}.get(t['plate_kind'])
        code = s.code
        if code == 'speed':
            ex = (s.truth['speed'] / s.truth['limit'] - 1) * 100
            code = '1352' if ex < 20 else '1636' if ex < 50 else '1721'
        h = s.hours or extra.hours(s.light)
        base = 1767225600000 + int(r.integers(0, 300)) * 86400000 + int((r.uniform(*h) - 8) * 3600000)
        rec = dict(case_id='%s_%05d' % (s.split, s.seed), violation_code=code, violation_name=NAMES[s.code], times_ms=[base + q for q in s.times],
                   device_id='%d' % r.integers(10**17, 9 * 10**17), place=pick(r, s.world.places),
                   lane=int(s.truth.get('lane') or 0), direction=pick(r, ['由东向西', '由西向东', '由南向北', '由北向南']), plate=t['plate'], plate_color=pc, vehicle_class=t['cls'],
                   anti_forgery=''.join(pick(r, list('0123456789ABCDEF')) for _ in range(12)))
        if s.device:
            s.device.stamp(rec, s.seed)
        if 'ban' in s.truth:
            rec['site_facts'] = dict(truck_ban=s.truth['ban'])
        if 'speed' in s.truth:
            rec['speed_kmh'], rec['limit_kmh'] = s.truth['speed'], s.truth['limit']
        s.truth['record_consistent'] = True
        mm = s.truth.pop('want_mismatch', False) or (s.truth['verdict'] == 'reject' and r.random() < .04)
        if mm and t['plate']:
            what = pick(r, ['plate_char', 'plate_char', 'vehicle_class', 'plate_color'])
            if what == 'plate_char':
                k = int(r.integers(2, len(t['plate']) - (1 if t['plate'][-1] == '警' else 0)))
                ch = t['plate'][k]
                rec['plate'] = t['plate'][:k] + pick(r, [c for c in '0123456789' if c != ch]) + t['plate'][k + 1:]
            elif what == 'vehicle_class':
                rec['vehicle_class'] = pick(r, [c for c in ('car', 'bus', 'heavy_truck', 'van', 'motorcycle') if c != t['cls']])
            else:
                rec['plate_color'] = pick(r, [c for c in ('blue', 'yellow', 'green') if c != pc])
            s.truth.update(record_consistent=False, mismatch=what)
            if s.truth['verdict'] == 'accept':
                s.rej('record_does_not_match_picture')
        s.rec = rec
