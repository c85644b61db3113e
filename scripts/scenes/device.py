# SPDX-License-Identifier: Apache-2.0
"""One device (`--site K`): a site whose geometry, camera, signal heads and record facts are the same for all its cases."""
import numpy as np, math, os, json
import scenario, layout, extra, worlds
from layout import pick

KINDS = ['junction', 'mid', 'junction', 'junction', 'mid_cross', 'mid', 'junction', 'mid']
PER_SITE = 100      # case number within the site = seed % PER_SITE


class Device:
    def __init__(s, split, k, move_at=None):
        s.world, s.k, s.split, s.move_at = worlds.world(split), k, split, move_at
        s.id = '%s_site%02d' % (split, k)
        r = np.random.default_rng([k, s.world.device_seed])
        s.site = scenario.sample_site(r, s.world, KINDS[k % len(KINDS)], 'site')
        s.junction = s.site['kind'] == 'junction'
        (s.furnish_junction if s.junction else s.furnish_road)(r)
        s.limit = int(pick(r, [40, 60, 70, 80]))
        s.facts = dict(device_id='%d' % r.integers(10**17, 9 * 10**17), place=str(pick(r, s.world.places)), direction=str(pick(r, ['由东向西', '由西向东', '由南向北', '由北向南'])))
        s.day, s.seed = int(r.integers(0, 260)), int(r.integers(1 << 30))
        s.cams = [s.draw_camera(r)]
        s.cams.append(dict(s.cams[0], yaw=s.cams[0]['yaw'] + float(pick(r, [-1, 1]) * math.radians(r.uniform(2., 3.2))), pitch=s.cams[0]['pitch'] + math.radians(r.uniform(.6, 1.3)), roll=s.cams[0]['roll'] + float(r.normal(0, .006))))
        order = [c for c, n in s.codes().items() for _ in range(n)]
        s.order = [order[i] for i in r.permutation(len(order))]

    # ---- geometry
    def furnish_junction(s, r):
        t = s.site
        t.update(grid=bool(r.random() < .6), guide=False)
        s.long_view = bool(r.random() < .4)         # also sees the lane lines well before the stop line
        if t['n_lanes'] > 4:        # more would make the plates too small
            t.update(n_lanes=4, arrows=t['arrows'][:1] + t['arrows'][2:])
        first = 'LLSULLL'[s.k % 7]
        if first == 'U':
            t['n_lanes'] = max(3, t['n_lanes'])
            t['arrows'] = ['U', 'L'] + ['S'] * (t['n_lanes'] - 3) + ['SR']
        elif first == 'S':
            t['arrows'] = ['S'] * (t['n_lanes'] - 1) + ['SR']
            if any(h['move'] != 'round' for h in t['heads']):
                t['heads'] = [dict(h, move=m) for h, m in zip(t['heads'], ('straight', 'right'))]

    def furnish_road(s, r):
        t = s.site
        t['n_lanes'] = 3
        t['centre'] = s.world.centre or str(pick(r, ['double', 'single', 'dashed'], [.6, .2, .2]))
        t['bus_lane'] = 0
        n = t['n_lanes']
        t['solid_lines'] = sorted(int(v) for v in r.permutation(n - 1)[:max(1, n - 2)] + 1)
        use = ['nonmotor', 'bus', 'kerb'][s.k // 3 % 3]
        if use == 'nonmotor':
            extra.add_nonmotor(r, t)
        elif use == 'bus':
            t['bus_lane'] = n * (t['kind'] == 'mid')      # its lettering would lie on the crosswalk
        else:
            t.update(shoulder=max(t['shoulder'], 2.2), yellow_kerb=True)
        if use != 'kerb':
            t.update(ban=extra.draw_ban(r), sign_y=float(r.uniform(9, 15)))
        if t['kind'] == 'mid' and use == 'kerb':
            a = r.uniform(6, 8)
            t.update(grid=True, grid_y=[float(a), float(a + r.uniform(8, 11))])

    def line_kind(s, i):
        return next(k for j, k, a, b in layout.own_lines(s.site) if j == i and a < 10 < b)

    def codes(s):
        """code: how often it stands in one round of cases"""
        t = s.site
        if s.junction:
            c = {'1625': 4, '1211': 2, '1208': 1, '1345': int(s.long_view), '1044': int(t['arrows'][0] in 'LUS')}
        elif t['kind'] == 'mid_cross':
            c = {'1357': 4, 'speed': 1, '1301': 1}
        else:
            c = {'1345': 2, '1301': 1, 'speed': 1}
            if not s.world.centre:
                c.update({'1044': 1} if t['centre'] != 'single' else {})
            c.update({'1018': 2} if t.get('nonmotor') else {'1019': 2} if t['bus_lane'] else {'1039': 2})
        c.update({'1344': 2} if t.get('ban') else {})
        c.update({'1025': 1} if t.get('grid') and (s.junction or t.get('grid_y')) else {})
        return c

    def code(s, seed):
        return s.order[seed % PER_SITE % len(s.order)]

    # ---- camera
    def draw_camera(s, r):
        t, n, lw = s.site, s.site['n_lanes'], s.site['lane_w']
        left = t['arrows'][0] in 'LUS' if s.junction else True        # the second opposite lane must be seen, for U-turns
        H, cx = float(r.uniform(5.8, 7.2)), .3 + n * lw / 2 + r.uniform(-1., .6) - left
        if s.junction:
            h = t['heads'][0]
            yb, D, ytop, ztop = -18. if s.long_view else -10., float(r.uniform(23, 28)) + 6 * s.long_view, h['y'], h['z'] + (1.0 if h['orient'] == 'v' else .5)
        else:
            yb, D, ytop, ztop = -3.5, float(r.uniform(16, 19)), 36., 2.2
        down, up = math.atan2(H, D + yb), math.atan2(ztop - H, D + ytop) + math.radians(r.uniform(.4, .9))
        f = 360. / math.tan((down + up) / 2)
        if left:
            turns = s.junction or '1044' in s.codes()
            f = min(f, 600 * (D + (6 if s.junction else 8 if turns else 2)) / (cx - layout.lane_x(t, -2 if turns else -1) + 1.2))
        return dict(pos=[float(cx), -D, H], pitch=float((up - down) / 2), yaw=float(r.normal(0, .012)), roll=float(r.normal(0, .004)), f=float(f), w=1280, h=720)

    def view(s, seed):
        return int(s.move_at is not None and seed % PER_SITE >= s.move_at)

    def camera(s, seed, r):
        """the camera of one case: its view, shaken by up to 2 px"""
        c = dict(s.cams[s.view(seed)])
        s.shake = [round(float(v), 2) for v in np.clip(r.normal(0, .8, 2), -2, 2)]
        c.update(yaw=c['yaw'] + s.shake[0] / c['f'], pitch=c['pitch'] + s.shake[1] / c['f'], roll=c['roll'] + float(r.normal(0, .0003)))
        return c

    # ---- record and files
    def stamp(s, rec, seed):
        """one day later for each case"""
        t0 = rec['times_ms'][0]
        shift = (s.day + seed % PER_SITE - (t0 - 1767196800000) // 86400000) * 86400000
        rec.update(s.facts, times_ms=[t + shift for t in rec['times_ms']])

    def describe(s):
        t = s.site
        d = dict(site=s.id, split=s.split, **s.facts, kind=t['kind'], image=[1280, 720], limit_kmh=s.limit, facts=s.rules(), camera_moves_before_case=s.move_at, views=[])
        for i, c in enumerate(s.cams[:1 + (s.move_at is not None)]):
            P = layout.cam_mats(c)[2]
            d['views'].append(dict(view=i, cases=[], camera=dict(c, P=P.tolist()), **layout.view(t, P)))
        return d

    def rules(s):
        """what no picture shows"""
        t, d = s.site, {}
        if t.get('ban'):
            d['truck_ban'] = t['ban']
        if t['bus_lane']:
            d['bus_lane'] = dict(lane=t['bus_lane'], hours=['00:00-24:00'])
        return d

    def write(s, out):
        os.makedirs(os.path.join(out, 'sites'), exist_ok=True)
        with open(os.path.join(out, 'sites', s.id + '.json'), 'w') as f:
            json.dump(s.describe(), f, ensure_ascii=False)
