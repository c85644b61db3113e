# SPDX-License-Identifier: Apache-2.0
"""More scenarios of a case (mixed into scenario.Case): 1211, 1025, 1044, 1018, 1344, further 1625 variants, riders, queues. No bpy."""
import numpy as np, math, copy
import layout, road
from layout import lane_x, pick, foot, overlap

CODES = ['1211', '1025', '1044', '1018', '1344']
MORE_1625 = [('yellow', .07), ('other_head_red', .08), ('other_head_green', .08), ('twins', .06), ('twin_runs', .06), ('occluded', .06), ('queue_blocked', .06)]
TRUCKS = ['light_truck', 'heavy_truck', 'tanker']
HGT = {'car': 1.47, 'suv': 1.7, 'van': 1.85, 'minibus': 2.75, 'bus': 3.2, 'light_truck': 2.9, 'heavy_truck': 3.4, 'tanker': 2.9, 'pickup': 1.75, 'fire_engine': 3., 'ambulance': 2.4, 'police_car': 1.5}
NOSE = {'bus': 2.2, 'minibus': 1.35, 'heavy_truck': 1.4, 'tanker': 1.4, 'fire_engine': 1.8, 'ambulance': 1.2}      # front bumper to front wheels, 1.05 for the rest
STILL = {'plate_unreadable', 'record_mismatch', 'emergency'}


def hours(light):
    return {'night': (19, 24), 'night_wet': (20, 24), 'dusk': (17, 19), 'low_sun': (6, 8)}.get(light, (8, 17))


def in_ban(ban, h):
    t = lambda q: int(q[:2]) + int(q[3:]) / 60
    return any(t(a[:5]) <= h < t(a[6:]) for a in ban['hours'])


def project(cam_P, p):
    q = np.hstack([np.asarray(p, float), np.ones((len(p), 1))]) @ cam_P.T
    return q[:, :2] / np.maximum(q[:, 2:], 1e-3), q[:, 2]


class Extra:
    # ---- small helpers
    def common_variants(s, var, o):
        if var == 'emergency':
            s.rej('exempt_vehicle')
        if var == 'plate_unreadable':
            s.unreadable(o)
        s.truth.update(variant=var, want_mismatch=var == 'record_mismatch')

    def draw_target(s, var, cls=None):
        return s.vehicle(pick(s.rng, ['ambulance', 'police_car']) if var == 'emergency' else cls or s.target_cls())

    def go_move(s):
        m = [m for m in ('straight', 'straight', 'left') if s.controlling(m) and s.lane_for(m)]
        return pick(s.rng, m) if m else None

    def stand(s, gap):
        s.times = [int(k * gap * 1000) for k in range(s.np)]

    def stopped(s, o):
        o['v'], o['brake'] = [0.] * s.np, [True] * s.np

    def over(s, o):
        """how far the front is over the line, so that the front wheels are past it"""
        a = NOSE.get(o['cls'], 1.05) + .6
        return s.rng.uniform(a, max(a + .3, min(3.2, o['len'] - 1)))

    def own_light(s, move):
        c = s.controlling(move)
        return [s.signals[k][next(h['id'] for h in s.site['heads'] if h['move'] == c)] for k in range(s.np)] if c else None

    def free(s, o, pad=.4):
        """no overlap with the others in any panel"""
        for k in range(s.np):
            for q in s.objs.values():
                if q is not o and o['poses'][k] and q['poses'][k] and overlap(foot(o, o['poses'][k]), foot(q, q['poses'][k]), pad):
                    return False
        return True

    def put(s, o, poses, v=0., brake=False):
        """adds a prepared object, or drops it when there is no room"""
        o['poses'], o['v'], o['brake'] = poses, [v] * s.np, [brake] * s.np
        if not s.free(o):
            del s.objs[o['id']]
            return None
        return o

    def queue(s, x, y0, y1):
        """standing vehicles in one lane from y0 on"""
        r = s.rng
        while y0 < y1:
            o = s.vehicle(pick(r, ['car', 'suv', 'van', 'bus', 'light_truck', 'minibus'], [.46, .24, .12, .05, .07, .06]))
            y = y0 + o['len'] / 2
            y0 = y + o['len'] / 2 + r.uniform(.8, 2.2)
            s.put(o, [(float(x + r.normal(0, .1)), float(y), 0.)] * s.np, 0., True)

    def add_riders(s, T):
        """bicycles and e-bikes at the kerb, in the non-motor lane and on the crossing"""
        r, site = s.rng, s.site
        xr, xl = layout.edges(site)
        J = site['kind'] == 'junction'
        for _ in range(int(r.integers(1, 6))):
            o = s.vehicle(pick(r, ['bicycle', 'ebike'], [.5, .5]), color=pick(r, list('ABEGHJ')))
            v = r.uniform(2.5, 6.5)
            if J and r.random() < .35:
                y, d = 1.6 + r.uniform(.3, site['cw_w'] - .3), pick(r, [-1, 1])
                x = r.uniform(-2, xr)
                P = [(float(x + d * v * .6 * t), float(y), -d * math.pi / 2) for t in T]
            else:
                d = 1 if r.random() < .75 else -1
                x = layout.nonmotor_x(site) + r.uniform(-.4, .4) if d > 0 else (xl - .6 - site['n_opp'] * site['lane_w']) / 2
                y = -r.uniform(.6, 3.) if J and d > 0 and r.random() < .5 else r.uniform(-6, 45)
                v = 0. if J and -4 < y < 0 else v
                P = [(float(x), float(y + d * v * t), 0. if d > 0 else math.pi) for t in T]
            s.put(o, P, v)

    # ---- what the camera sees
    def hull(s, P, o, k):
        f = foot(o, o['poses'][k])
        q, z = project(P, [(x, y, h) for h in (.1, HGT.get(o['cls'], 1.7)) for x, y in f])
        return q if (z > 1).all() else None

    def in_view(s):
        """the target is whole, or nearly so, in every panel, and no other vehicle stands before it unasked"""
        P, w, h = layout.cam_mats(s.cam)[2], s.cam['w'], s.cam['h']
        for k in range(s.np):
            o = s.objs[(s.truth.get('target_by_panel') or [s.target] * s.np)[k]]
            q = s.hull(P, o, k) if o['poses'][k] else None
            if q is None or q[:, 0].min() < -15 or q[:, 0].max() > w + 15 or q[:, 1].max() > h + 12 or q[:, 1].min() < -10:
                return False
            lim = .35 if s.truth.get('occluded_panel') != k + 1 else 1.
            if s.hidden(P, o, k) > lim or k == 0 and not s.plate_clear(P, o):
                return False
        return True

    def plate_clear(s, P, o):
        """the plate in panel 1 is at least 18 px wide, and nothing nearer stands before it"""
        x, y, h = o['poses'][0]
        d = o['len'] / 2 * (-1 if math.cos(h) > 0 else 1)
        p, z = project(P, [(x - math.sin(h) * d + a * math.cos(h), y + math.cos(h) * d, .8) for a in (-.25, 0, .25)])
        if s.cam['f'] * .44 / z[0] < 18:
            return False
        near = [s.hull(P, q, 0) for q in s.objs.values() if q is not o and q['poses'][0] and q['poses'][0][1] < y]
        return not any(g is not None and road.cv2.pointPolygonTest(road.cv2.convexHull(g.astype(np.float32)), (float(a), float(b)), False) >= 0 for g in near for a, b in p)

    def hidden(s, P, o, k, by=None):
        """share of the target's picture box behind nearer vehicles"""
        q = s.hull(P, o, k)
        if q is None:
            return 1.
        a, b = q.min(0), q.max(0)
        m = np.zeros((48, 48), np.uint8)
        for p in ([by] if by else s.objs.values()):
            if p is o or p['cls'] == 'person' or not p['poses'][k] or p['poses'][k][1] >= o['poses'][k][1]:
                continue
            g = s.hull(P, p, k)
            if g is not None:
                g = np.clip((g - a) / (b - a) * 48, -500, 500).astype(np.int32)
                road.cv2.fillConvexPoly(m, road.cv2.convexHull(g), 1)
        return float(m.mean())

    # ---- 1625 variants
    def prepare_1625(s, var):
        """heads that the variant needs; False where this site cannot show it"""
        hs = s.site['heads']
        if var in ('other_head_red', 'other_head_green') and len({h['move'] for h in hs}) < 2:
            if s.device:
                return False
            for h, m in zip(hs, ('left', 'straight', 'right')):
                h['move'] = m
        if var in ('other_head_red', 'other_head_green'):
            s.other = var[11:]

    def more_1625(s, var, o, s1, s2, s3):
        r, L = s.rng, o['len']
        col = ['red'] * 3
        if var == 'yellow':
            col = pick(r, [['yellow'] * 3, ['yellow', 'yellow', 'red'], ['yellow', 'red', 'red'], ['green', 'yellow', 'yellow']])
            s.rej('light_not_red_in_all_panels')
        elif var == 'other_head_red':
            col = ['green'] * 3
            s.rej('light_not_red_in_all_panels', other_head='red')
        elif var == 'other_head_green':
            s.truth['other_head'] = 'green'
        elif var == 'queue_blocked':
            col = pick(r, [['green', 'green', 'red'], ['green', 'red', 'red'], ['green', 'yellow', 'red']])
            s2 = max(s2, s.site['cross_y0'] + r.uniform(0, 3))
            s3 = s2 + r.uniform(0, .6)
            s.rej('light_not_red_in_all_panels', blocked_by_queue=True)
        elif var == 'twin_runs':
            s2, s3 = s1 + r.uniform(0, .1), s1 + r.uniform(.1, .15)
            s.rej('target_stays_before_line')
        return s1, s2, s3, col

    def extras_1625(s, var, o, lane):
        r = s.rng
        if var == 'queue_blocked':
            s.times = [0, int(r.uniform(3000, 6000)), int(r.uniform(8000, 16000))]
            o['v'], o['brake'] = [4., 0., 0.], [False, True, True]
            s.queue(o['poses'][2][0], o['poses'][2][1] + o['len'] / 2 + r.uniform(.8, 1.8), 70.)
        if var in ('twins', 'twin_runs'):
            return s.twin(var, o, lane)
        if var == 'occluded':
            k = int(r.integers(1, 3))
            s.rej('target_occluded', occluded_panel=k + 1)
            s.camera_setup()
            return s.occluder(o, lane, k)

    def twin(s, var, o, lane):
        """a second vehicle of the same model and colour in the next lane; `twin_runs`: it is the twin that passes the line"""
        r, n = s.rng, s.site['n_lanes']
        b = pick(r, [q for q in (lane - 1, lane + 1) if 1 <= q <= n and 'S' in s.site['arrows'][q - 1]] or [0])
        if not b or s.truth['move'] != 'straight' and var == 'twins':
            return False
        q = s.vehicle(o['cls'], o['color'], o['plate_kind'], o['model'])
        for key in ('seed', 'len', 'wid', 'color'):
            q[key] = o[key]
        L, x = o['len'], lane_x(s.site, b)
        if var == 'twin_runs':
            v = r.uniform(7, 12)
            d = [-L / 2 - r.uniform(.3, 1.5), L / 2 + r.uniform(.3, 2), s.site['cross_y0'] + r.uniform(5, 9)]
            s.times = s.times_from(d, v)
            s.stopped(o)
        else:
            v = o['v'][0]
            d = [p[1] + r.uniform(-.6, .6) for p in o['poses']] if r.random() < .5 else [-L / 2 - r.uniform(.5, 1.5)] * 3
        q['poses'] = [(float(x), float(y), 0.) for y in d]
        q['v'] = [v if d[0] != d[1] else 0.] * 3
        s.truth.update(twin=q['id'], twin_lane=b)
        return s.free(q)

    def occluder(s, o, lane, k):
        """a bus or lorry behind the target that hides most of it in panel k + 1 only"""
        r, P = s.rng, layout.cam_mats(s.cam)[2]
        T = np.array(s.times) / 1000.
        q = s.vehicle(pick(r, ['bus', 'heavy_truck', 'tanker', 'minibus']))
        best = []
        for ln in (lane - 1, lane, lane + 1):
            for gap in np.arange(1.2, 9, .6):
                for v in np.arange(0, 17, 2.):
                    x, y = lane_x(s.site, ln) if ln > 0 else 99, o['poses'][k][1] - o['len'] / 2 - gap - q['len'] / 2
                    if ln < 1 or ln > s.site['n_lanes']:
                        continue
                    q['poses'] = [(float(x), float(y + v * (t - T[k])), 0.) for t in T]
                    if not s.free(q):
                        continue
                    h = [s.hidden(P, o, i, q) for i in range(s.np)]
                    if .7 < h[k] < .93 and all(a < .2 for i, a in enumerate(h) if i != k):
                        best.append((list(q['poses']), v))
        if not best:
            return False
        q['poses'], v = best[int(r.integers(len(best)))]
        q['v'] = [float(v)] * s.np
        s.truth['occluder'] = q['id']

    # ---- 1211: stopped over the line or in the junction on red
    def sc_1211(s):
        r = s.rng
        s.np = int(pick(r, [2, 3]))
        s.site = s.draw_site('junction', '1211')
        var = s.choose(['accept', 'accept_junction', 'before_line', 'moves_through', 'light_green', 'queue_blocked', 'plate_unreadable', 'emergency', 'record_mismatch'], [.28, .15, .16, .14, .09, .06, .04, .04, .04])
        move = s.go_move()
        if move is None:
            return False
        lane, o = s.lane_for(move), s.draw_target(var)
        L, ya, yb = o['len'], s.site['cross_y0'], s.site['cross_y1']
        d = s.over(o) - L / 2
        if var == 'accept_junction':
            d = L / 2 + r.uniform(.8, 3.5)
        elif var == 'before_line':
            d = -L / 2 - r.uniform(.25, 1.6)
            s.rej('stopped_before_line')
        elif var == 'queue_blocked':
            d = r.uniform(ya + 2, yb - 3)
            s.truth.update(verdict='manual', reason='queue_blocked', blocked_by_queue=True)
        ds = [d + k * r.uniform(0, .04) for k in range(s.np)]
        s.stand(r.uniform(1.5, 7))
        if var == 'moves_through':
            s.np = 3
            o['poses'], o['v'], o['brake'] = [None] * 3, [0.] * 3, [False] * 3
            ds = [-L / 2 - r.uniform(.3, 1.4), L / 2 + r.uniform(.4, 2), max(L + 6, ya + r.uniform(4, 8))]
            s.times = s.times_from(ds, r.uniform(6, 11))
            s.rej('vehicle_moves_through', suggested_code='1625')
        s.set_target(o, move if var != 'queue_blocked' else 'straight', lane, ds, 8. if var == 'moves_through' else 0.)
        if var != 'moves_through':
            s.stopped(o)
        if var == 'queue_blocked':
            s.queue(o['poses'][0][0], d + L / 2 + r.uniform(.8, 1.8), 70.)
        col = ['red'] * s.np
        if var == 'light_green':
            col = ['green'] * s.np if r.random() < .5 else ['green'] + ['red'] * (s.np - 1)
            s.rej('light_not_red_in_all_panels')
        s.common_variants(var, o)
        s.signals = s.phase(move, col, s.np)
        s.truth['light_for_target'] = s.own_light(move)
        s.traffic(mode='wait', density=r.uniform(.2, .8))

    # ---- 1025: standing in the yellow grid or on the crosswalk in a queue
    def sc_1025(s):
        r = s.rng
        s.np = int(pick(r, [2, 3]))
        mid = s.device.site['kind'] != 'junction' if s.device else r.random() < .5
        s.site = s.draw_site('mid' if mid else 'junction', '1025')
        if not s.device:
            s.site['grid'] = True
            a = r.uniform(5.5, 7.5)
            s.site.update(grid_y=[float(a), float(a + r.uniform(8, 13))] if mid else None, bus_lane=0)
        var = s.choose(['accept', 'accept_crosswalk', 'moves_through', 'not_on_grid', 'plate_unreadable', 'emergency', 'record_mismatch'], [.34, .12, .22, .2, .04, .04, .04])
        if var == 'accept_crosswalk' and mid:
            return False
        _, _, y0, y1 = road.grid_box(s.site)
        lane = int(r.integers(1, s.site['n_lanes'] + 1)) if mid else s.lane_for('straight')
        if lane is None:
            return False
        o = s.draw_target(var)
        L = o['len']
        y = r.uniform(y0 + .2 * L, max(y0 + .3 * L, y1 - .4 * L))
        if var == 'accept_crosswalk':
            y = 1.6 + s.site['cw_w'] / 2 + r.uniform(-.6, .6)
        elif var == 'not_on_grid':
            y = (y0 - r.uniform(.3, 1.2) if mid else -r.uniform(.3, 1.2)) - L / 2
            s.rej('not_on_grid')
        s.stand(r.uniform(4, 15))
        ds = [y] * s.np
        if var == 'moves_through':
            ds = [y0 + r.uniform(-1, 2) + k * r.uniform(6, 8) for k in range(s.np)]
            s.times = s.times_from(ds, r.uniform(6, 10))
            s.rej('vehicle_moved')
        s.set_target(o, 'straight', lane, ds, 8. if var == 'moves_through' else 0.)
        if var != 'moves_through':
            s.stopped(o)
            s.truth['queue_ahead'] = True
            ahead = y + L / 2 + r.uniform(.8, 2.) if var not in ('accept_crosswalk', 'not_on_grid') else y1 - r.uniform(0, 4) if not mid else y1 + r.uniform(.5, 3)
            s.queue(o['poses'][0][0], ahead, 72.)
        s.common_variants(var, o)
        s.signals = [{}] * s.np if mid else s.phase('straight', ['green'] * s.np, s.np)
        s.traffic(mode='go', density=r.uniform(.1, .5), moving_ok=True)

    # ---- 1044: U-turn where the arrow or the solid centre line forbids it
    def sc_1044(s):
        r = s.rng
        s.np = 3
        J = s.device.site['kind'] == 'junction' if s.device else s.want in ('accept_arrow', 'allowed_arrow', 'turns_left') or not s.want and r.random() < .6
        s.site = site = s.draw_site('junction' if J else 'mid', '1044')
        names = ['accept_arrow', 'allowed_arrow', 'turns_left'] if J else ['accept_line', 'dashed_centre']
        var = s.choose(names + sorted(STILL), ([.46, .22, .16] if J else [.5, .34]) + [.05] * 3)
        if s.device:
            fits = (site['arrows'][0] == 'S', site['arrows'][0] == 'U', site['arrows'][0] == 'L') if J else (site['centre'] == 'double', site['centre'] == 'dashed')
            if var in names and not fits[names.index(var)] or var in STILL and not fits[0]:
                return False
        elif J:
            site['n_lanes'] = max(3, site['n_lanes'])
            rest = ['S'] * (site['n_lanes'] - 2) + ['SR']
            site['arrows'] = [{'allowed_arrow': 'U', 'turns_left': 'L'}.get(var, 'S')] + rest
        else:
            site['centre'] = 'dashed' if var == 'dashed_centre' else 'double'
        site['uturn_y'] = float(site['cw_w'] + r.uniform(1.8, 2.8) if J else r.uniform(9, 12))
        o = s.draw_target(var, pick(r, ['car', 'suv', 'van', 'pickup'], [.5, .25, .15, .1]))
        L, R = o['len'], (lane_x(site, 1) - lane_x(site, -2)) / 2
        y0 = -L / 2 - r.uniform(.3, 1.6) if J else site['uturn_y'] - r.uniform(5.5, 7)
        ds = [y0, site['uturn_y'] + R * r.uniform(1.3, 2.), site['uturn_y'] + R * math.pi + r.uniform(.8, 3.)]
        if var == 'turns_left':
            ds = [y0, L / 2 + r.uniform(2, 4), (site['cross_y0'] + site['cross_y1']) / 2 + r.uniform(3, 6)]
        s.times = s.times_from(ds, r.uniform(3.5, 6))
        s.set_target(o, 'left' if var == 'turns_left' else 'uturn', 1, ds, 4.)
        for name, why in (('allowed_arrow', 'turn_allowed'), ('turns_left', 'no_u_turn'), ('dashed_centre', 'line_is_dashed')):
            if var == name:
                s.rej(why)
        s.common_variants(var, o)
        s.truth.update(lane_arrow=site['arrows'][0] if J else None, centre=site['centre'])
        s.signals = s.phase('left', ['green'] * 3, 3) if J else [{}] * 3
        s.traffic(mode='go', density=r.uniform(.05, .4))

    # ---- 1018: motor vehicle in the non-motor lane
    def sc_1018(s):
        r = s.rng
        s.np = int(pick(r, [2, 3]))
        s.site = site = s.draw_site('mid', '1018')
        if not s.device:
            add_nonmotor(r, site)
        var = s.choose(['accept', 'own_lane', 'near'] + sorted(STILL), [.44, .24, .14] + [.06] * 3)
        o = s.draw_target(var, pick(r, ['car', 'suv', 'van', 'pickup', 'light_truck'], [.5, .22, .14, .07, .07]))
        n, x = site['n_lanes'], layout.nonmotor_x(site) + r.uniform(-.2, .2)
        if var == 'own_lane':
            x = lane_x(site, n) + r.normal(0, .12)
        elif var == 'near':
            x = .3 + n * site['lane_w'] - .12 - o['wid'] / 2 - r.uniform(.02, .15)
        y, v = o['len'] / 2 + r.uniform(0, 4), r.uniform(5, 12)
        ys = [y + k * r.uniform(6, 8.5) for k in range(s.np)]
        o['poses'], o['v'] = [(float(x), float(q), 0.) for q in ys], [v] * s.np
        s.times = s.times_from(ys, v)
        s.target = o['id']
        own = var in ('own_lane', 'near')
        if own:
            s.rej('in_own_lane')
        s.truth.update(lane=n if own else n + 1, lane_use='motor' if own else 'nonmotor')
        s.common_variants(var, o)
        s.signals = [{}] * s.np
        s.traffic(mode='go', density=r.uniform(.1, .5))

    # ---- 1344: lorry in a zone closed to lorries
    def sc_1344(s):
        r = s.rng
        s.np = int(pick(r, [2, 3]))
        s.site = s.draw_site('mid', '1344')
        if not s.device:
            s.site['ban'] = draw_ban(r)
        ban = s.site['ban']
        var = s.choose(['accept', 'not_banned', 'outside_hours'] + sorted(STILL), [.42, .26, .2] + [.04] * 3)
        if not s.ban_time(ban, var != 'outside_hours'):
            return False
        cls = pick(r, ['car', 'suv', 'van', 'bus', 'minibus', 'pickup']) if var == 'not_banned' else pick(r, [c for c in TRUCKS if c in ban['classes']])
        o = s.vehicle('fire_engine' if var == 'emergency' else cls)
        lane = int(r.integers(1, s.site['n_lanes'] + 1))
        if s.site.get('bus_lane') == lane:
            return False
        y, v = o['len'] / 2 + r.uniform(0, 4), r.uniform(6, 13)
        ys = [y + k * r.uniform(7, 10) for k in range(s.np)]
        o['poses'], o['v'] = [(lane_x(s.site, lane) + r.normal(0, .1), q, 0.) for q in ys], [v] * s.np
        s.times = s.times_from(ys, v)
        s.target = o['id']
        s.truth.update(lane=lane, ban=copy.deepcopy(ban), hour=round(s.hours[0], 2), in_hours=in_ban(ban, s.hours[0]))
        if var == 'not_banned':
            s.rej('class_not_banned')
        if var == 'outside_hours':
            s.rej('outside_hours')
        s.common_variants(var, o)
        s.signals = [{}] * s.np
        s.traffic(mode='go', density=r.uniform(.1, .5))

    # ---- what was taken for something else in real nights; only with --variant
    def carried(s, truck):
        """1345: the recorded plate is that of a car on a tow truck's bed; the truck crosses the line"""
        truck['carrier'] = True
        car = s.vehicle(pick(s.rng, ['car', 'suv']))
        back = .95                    # from the truck's middle to that of its bed
        car['poses'] = [(float(x + math.sin(h) * back), float(y - math.cos(h) * back), h) for x, y, h in truck['poses']]
        car.update(v=list(truck['v']), lift=1.05)
        s.target = car['id']
        s.truth.update(verdict='manual', reason='plate_of_other_object', carried_by=truck['id'])

    def advert(s, lane, beyond, T):
        """1357: nobody is there but the person on the advert of a bus that passes the crosswalk"""
        bus = s.vehicle('bus', model='bus_a')
        bus['advert'] = True
        other = lane + 1 if lane < s.site['n_lanes'] else lane - 1
        if other < 1:
            return
        v = s.rng.uniform(1.5, 3)
        bus['poses'] = [(float(lane_x(s.site, other)), float(beyond + 1.5 + v * (t - T[1])), 0.) for t in T]
        bus['v'] = [v] * s.np

    def phone(s, truck):
        """speed: the plate is covered with mud, a phone number stands on the doors"""
        truck.update(phone='电话 1385' + ''.join(str(q) for q in s.rng.integers(0, 10, 7)), dirt=.9)
        s.rej('plate_unreadable', unreadable_by='mud')

    def ban_time(s, ban, inside):
        """draws the hour, and another light where needed, so that it lies inside or outside the ban"""
        for _ in range(200):
            h = s.rng.uniform(*hours(s.light))
            if in_ban(ban, h) == inside and in_ban(ban, h + .02) == inside:
                s.hours = (h, h)
                return True
            s.draw_light()
        return False


def add_nonmotor(r, site):
    site.update(nonmotor=True, edge=True, bus_lane=0, guide=False)
    site['shoulder'] = float(r.uniform(2.7, 3.4))


def draw_ban(r):
    return dict(classes=list(TRUCKS), hours=list(pick(r, [['07:00-20:00'], ['07:00-09:00', '17:00-20:00'], ['06:00-22:00'], ['07:00-22:00']])))
