# SPDX-License-Identifier: Apache-2.0
"""blender -b -P render_case.py -- SPLIT START STEP COUNT OUT [--spp 6] [--code 1625] [--variant V] [--site K [--move N]] [--until EPOCH]"""
import os, sys, json, time, math, tempfile, shutil
os.environ['OPENCV_IO_ENABLE_OPENEXR'] = '1'
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import numpy as np, cv2, bpy
import scenario, road, vehicles, post, plates, layout, device
from layout import cam_mats

NIGHT = {'night', 'night_wet', 'dusk'}
FEATHER = 24      # px
LIGHT = {   # sky colour, sky strength, sun energy, sun elevation range, sun colour, post parameters
    'day_clear': dict(sky=(.45, .62, .95), ss=.55, sun=3.6, el=(35, 65), sc=(1, .95, .86), key=.20, noise=.8),
    'overcast': dict(sky=(.8, .86, .92), ss=.9, sun=.35, el=(50, 70), sc=(1, 1, 1), key=.2, noise=1.),
    'dusk': dict(sky=(.35, .4, .62), ss=.13, sun=.05, el=(5, 12), sc=(1, .5, .25), key=.145, noise=1.4),
    'night': dict(sky=(.2, .25, .4), ss=.012, sun=.10, el=(60, 80), sc=(1, .74, .42), key=.10, noise=2.4),
    'wet': dict(sky=(.72, .8, .9), ss=.7, sun=.2, el=(50, 70), sc=(1, 1, 1), key=.17, noise=1.),
    'haze': dict(sky=(.85, .85, .82), ss=.8, sun=.3, el=(40, 60), sc=(1, .95, .85), key=.2, noise=1., haze=.0045),
    'low_sun': dict(sky=(.55, .6, .8), ss=.4, sun=4., el=(9, 18), sc=(1, .72, .42), key=.19, noise=.9),
    'night_wet': dict(sky=(.2, .25, .4), ss=.012, sun=.09, el=(60, 80), sc=(.95, .85, .7), key=.09, noise=2.4),
    'rain': dict(sky=(.65, .72, .8), ss=.55, sun=.05, el=(60, 70), sc=(1, 1, 1), key=.16, noise=1.1, rain=1, haze=.002),
    'fog': dict(sky=(.85, .87, .9), ss=.8, sun=.1, el=(60, 70), sc=(1, 1, 1), key=.22, noise=1.1, haze=.011),
}
for k, v in LIGHT.items():
    v.setdefault('haze', .0006)
    v.setdefault('rain', 0)
    v['night'] = k in ('night', 'night_wet')
    v['bloom_thr'] = {True: .25}.get(v['night'], .5 if k == 'dusk' else 1.5)
    v['bloom'] = .5 if v['night'] else .35
    v['max_gain'] = 8. if v['night'] else 6.
    v['haze_col'] = (.95, .98, 1.) if not v['night'] else (.6, .8, 1.)


def proj(Pm, p):
    p = np.asarray(p, float).reshape(-1, 3)
    q = np.hstack([p, np.ones((len(p), 1))]) @ Pm.T
    w = q[:, 2:3]
    return q[:, :2] / np.where(np.abs(w) < 1e-6, 1e-6, w), w[:, 0]


def lamp_face(head, state, r_lamp, count, rng_dim):
    """image of a signal head front; returns BGR, size in metres"""
    px = 160
    n = 3
    cell = r_lamp * 2.5
    vert = head['orient'] == 'v'
    w, h = (cell, cell * n) if vert else (cell * n, cell)
    im = np.full((int(h * px), int(w * px), 3), 6, np.uint8)
    cols = {'red': (20, 25, 255), 'yellow': (10, 190, 255), 'green': (150, 255, 20)}
    for i, c in enumerate(('red', 'yellow', 'green')):
        cx, cy = ((.5, i + .5) if vert else (i + .5, .5))
        cx, cy = int(cx * cell * px), int(cy * cell * px)
        R = int(r_lamp * px)
        on = c == state
        cv2.circle(im, (cx, cy), R, (3, 3, 3), -1)
        col = cols[c] if on else tuple(int(v * .07) for v in cols[c])
        mv = head['move']
        if mv == 'round':
            cv2.circle(im, (cx, cy), int(R * .92), col, -1, cv2.LINE_AA)
        else:
            a = np.array([(0, -.85), (.62, -.2), (.36, -.02), (.14, -.28), (.14, .85), (-.14, .85), (-.14, -.28), (-.36, -.02), (-.62, -.2)])
            if mv == 'left':
                a = np.stack([a[:, 1], -a[:, 0]], 1)
            elif mv == 'right':
                a = np.stack([-a[:, 1], a[:, 0]], 1)
            q = np.round((a * R * .95 + [cx, cy])).astype(np.int32)
            cv2.fillPoly(im, [q], col, cv2.LINE_AA)
    if head['countdown']:
        add = np.full((im.shape[0], im.shape[0], 3), 6, np.uint8) if not vert else np.full((im.shape[1], im.shape[1], 3), 6, np.uint8)
        if state in cols:
            s = str(count)
            q = add.shape[0] / 34.
            (tw, th), _ = cv2.getTextSize(s, cv2.FONT_HERSHEY_DUPLEX, q * .8, 2)
            cv2.putText(add, s, ((add.shape[1] - tw) // 2, (add.shape[0] + th) // 2), cv2.FONT_HERSHEY_DUPLEX, q * .8, cols[state], max(2, int(q * 1.8)), cv2.LINE_AA)
        im = np.vstack([add, im]) if vert else np.hstack([im, add])
    return im, (im.shape[1] / px, im.shape[0] / px)


def feather(x0, y0, x1, y1, W, H):
    """weight of a re-rendered rectangle: falls to 0 at its edges, but not at those of the picture, so that soft shadows leave no seam"""
    ramp = lambda n, a, b: np.minimum(np.clip((np.arange(n) + .5) / FEATHER, 0, 1) if a else 1., np.clip((n - np.arange(n) - .5) / FEATHER, 0, 1) if b else 1.) * np.ones(n)
    return (ramp(y1 - y0, y0 > 0, y1 < H)[:, None] * ramp(x1 - x0, x0 > 0, x1 < W)[None]).astype(np.float32)


class Scene:
    def __init__(s, case, spp):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        vehicles.reset()
        s.case = case
        s.rng = np.random.default_rng([case.seed, 5])
        s.L = dict(LIGHT[case.light])
        s.lampson = case.light in NIGHT or case.light == 'rain'
        vehicles.common(s.lampson)
        s.setup()
        s.static(spp)
        s.V = {}
        for i, o in enumerate(case.objs.values()):
            v = vehicles.make(o, s.L['night'], False)
            v['index'] = i + 1
            for q in [v['obj']] + v['parts']:
                q.pass_index = i + 1
            s.V[o['id']] = v
        s.heads()

    def setup(s):
        sc = bpy.context.scene
        c = s.case.cam
        sc.render.engine = 'CYCLES'
        sc.render.resolution_x, sc.render.resolution_y = c['w'], c['h']
        sc.render.threads_mode = 'FIXED'
        sc.render.threads = 1
        sc.render.use_persistent_data = True
        cy = sc.cycles
        cy.use_denoising = False
        cy.use_adaptive_sampling = False
        cy.max_bounces, cy.diffuse_bounces, cy.glossy_bounces = 1, 1, 1
        cy.transmission_bounces = 0
        cy.caustics_reflective = cy.caustics_refractive = False
        cy.sample_clamp_indirect = 2. if not s.lampson else .015 if s.case.light != 'rain' else .08
        cy.use_fast_gi, cy.fast_gi_method, cy.ao_bounces, cy.ao_bounces_render = True, 'REPLACE', 1, 1
        cam = bpy.data.cameras.new('c')
        co = bpy.data.objects.new('c', cam)
        sc.collection.objects.link(co)
        sc.camera = co
        cam.sensor_width, cam.lens, cam.clip_end = 36, c['f'] * 36 / c['w'], 600
        R, s.K, s.P = cam_mats(c)
        import mathutils
        M = np.eye(4)
        M[:3, :3] = R
        M[:3, 3] = c['pos']
        co.matrix_world = mathutils.Matrix(M.tolist())
        vl = bpy.context.view_layer
        vl.use_pass_object_index = True
        vl.use_pass_z = True
        vl.use_pass_diffuse_color = True
        vl.use_pass_normal = True
        sc.use_nodes = True
        nt = sc.node_tree
        for n in list(nt.nodes):
            nt.nodes.remove(n)
        rl = nt.nodes.new('CompositorNodeRLayers')
        fo = nt.nodes.new('CompositorNodeOutputFile')
        s.tmp = tempfile.mkdtemp(prefix='sg_', dir='/dev/shm')
        fo.base_path = s.tmp
        fo.format.file_format = 'OPEN_EXR'
        fo.format.color_depth = '32'
        fo.format.exr_codec = 'NONE'
        fo.file_slots.clear()
        for n, o in (('c', 'Image'), ('i', 'IndexOB'), ('z', 'Depth'), ('d', 'DiffCol'), ('n', 'Normal')):
            fo.file_slots.new(n)
            nt.links.new(rl.outputs[o], fo.inputs[n])
        comp = nt.nodes.new('CompositorNodeComposite')
        nt.links.new(rl.outputs['Image'], comp.inputs[0])
        w = bpy.data.worlds.new('w')
        sc.world = w
        w.use_nodes = True
        L = s.L
        bg = w.node_tree.nodes['Background']
        tc = w.node_tree.nodes.new('ShaderNodeTexCoord')
        sep = w.node_tree.nodes.new('ShaderNodeSeparateXYZ')
        rp = w.node_tree.nodes.new('ShaderNodeValToRGB')
        w.node_tree.links.new(tc.outputs['Generated'], sep.inputs[0])
        w.node_tree.links.new(sep.outputs[2], rp.inputs[0])
        w.node_tree.links.new(rp.outputs[0], bg.inputs[0])
        hz = tuple(.35 * a + .65 for a in L['sky']) if s.case.light not in ('dusk', 'low_sun') else (.9, .6, .45)
        rp.color_ramp.elements[0].color = (*hz, 1)
        rp.color_ramp.elements[1].color = (*L['sky'], 1)
        rp.color_ramp.elements[1].position = .5
        bg.inputs[1].default_value = L['ss'] * s.rng.uniform(.85, 1.15)
        w.light_settings.ao_factor = 1.
        w.light_settings.distance = 6
        el, az = math.radians(s.rng.uniform(*L['el'])), (s.rng.uniform(0, 2 * math.pi) if s.case.light != 'low_sun' else math.pi / 2 * s.rng.choice([-1, 1]) + s.rng.normal(0, .2))
        s.sun = np.array([math.cos(el) * math.cos(az), math.cos(el) * math.sin(az), math.sin(el)])
        s.shadow = L['sun'] > .3 and not L['night']
        ld = bpy.data.lights.new('s', 'SUN')
        ld.energy, ld.color, ld.angle = L['sun'] * s.rng.uniform(.8, 1.2), L['sc'], .02 if L['sun'] > 1 else .6
        lo = bpy.data.objects.new('s', ld)
        lo.rotation_euler = mathutils.Vector(tuple(s.sun)).to_track_quat('Z', 'Y').to_euler()
        sc.collection.objects.link(lo)
        if L['night'] or s.case.light == 'dusk':
            fl = bpy.data.lights.new('f', 'SPOT')
            fl.energy, fl.spot_size, fl.spot_blend, fl.shadow_soft_size = (2200. if L['night'] else 300.), math.radians(46), .9, .1
            f = bpy.data.objects.new('f', fl)
            f.matrix_world = mathutils.Matrix(M.tolist())
            f.location.x += 1.5
            sc.collection.objects.link(f)

    def static(s, spp):
        sc = bpy.context.scene
        sc.cycles.samples = spp
        site = s.case.site
        r = np.random.default_rng(site['env_seed'])
        alb, s.cls, wet = road.build(site, r)
        wetness = s.case.light in ('wet', 'rain', 'night_wet')
        if wetness:
            alb = (alb * .55).astype(np.uint8)
        p = os.path.join(s.tmp, 'road.bmp')
        cv2.imwrite(p, alb)
        g = vehicles.quad('ground', ((road.X0 + road.X1) / 2, (road.Y0 + road.Y1) / 2, 0), ((road.X1 - road.X0) / 2, 0, 0), (0, (road.Y1 - road.Y0) / 2, 0), None) if False else None
        m = bpy.data.materials.new('road')
        m.use_nodes = True
        nt = m.node_tree
        t = nt.nodes.new('ShaderNodeTexImage')
        t.image = bpy.data.images.load(p)
        b = nt.nodes['Principled BSDF']
        nt.links.new(t.outputs[0], b.inputs['Base Color'])
        b.inputs['Roughness'].default_value = .9
        b.inputs['Specular'].default_value = .12
        if not wetness:
            df = nt.nodes.new('ShaderNodeBsdfDiffuse')
            nt.links.new(t.outputs[0], df.inputs[0])
            nt.links.new(df.outputs[0], nt.nodes['Material Output'].inputs[0])
        else:
            q = os.path.join(s.tmp, 'wet.bmp')
            cv2.imwrite(q, cv2.resize(255 - wet * 215, None, fx=.25, fy=.25).astype(np.uint8))
            t2 = nt.nodes.new('ShaderNodeTexImage')
            t2.image = bpy.data.images.load(q)
            t2.image.colorspace_settings.name = 'Non-Color'
            mr = nt.nodes.new('ShaderNodeMapRange')
            mr.inputs[3].default_value, mr.inputs[4].default_value = .08, .6
            nt.links.new(t2.outputs[0], mr.inputs[0])
            nt.links.new(mr.outputs[0], b.inputs['Roughness'])
            b.inputs['Specular'].default_value = .6
        g = vehicles.quad('ground', ((road.X0 + road.X1) / 2, (road.Y0 + road.Y1) / 2, 0), ((road.X1 - road.X0) / 2, 0, 0), (0, (road.Y1 - road.Y0) / 2, 0), m)
        g.pass_index = 200
        far = vehicles.mat('far', tuple(np.array([.16, .16, .15]) * (.6 if wetness else 1)), .9)
        vehicles.quad('far', (0, 60, -.03), (400, 0, 0), (0, 400, 0), far)
        n, no, lw = site['n_lanes'], site['n_opp'], site['lane_w']
        xr, xl = n * lw + site['shoulder'], -no * lw - .6 - site['shoulder']
        asp = vehicles.mat('asp', tuple(np.full(3, site['asphalt'] ** 2.2 * (.4 if wetness else 1.))), .9)
        vehicles.quad('far2', ((xr + xl) / 2, 160, -.02), ((xr - xl) / 2, 0, 0), (0, 83, 0), asp)
        if site['kind'] == 'junction':
            vehicles.quad('far3', (0, (site['cross_y0'] + site['cross_y1']) / 2, -.02), (200, 0, 0), (0, (site['cross_y1'] - site['cross_y0']) / 2, 0), asp)
        mb = vehicles.MB()
        J = site['kind'] == 'junction'
        ya, yb = site['cross_y0'], site['cross_y1']
        gry, conc = vehicles.MT['grey'], vehicles.mat('conc', (.4, .4, .38), .8)
        # trees, poles
        ys = np.arange(-20, 130, r.uniform(7, 11))
        leaf = [vehicles.mat('leaf%d' % i, tuple(np.array(c) * r.uniform(.8, 1.2)), .9) for i, c in enumerate(((.06, .12, .03), (.09, .16, .04), (.12, .14, .03)))]
        trunk = vehicles.mat('trunk', (.1, .07, .05), .9)
        for sx, x in ((1, xr + 1.6), (-1, xl - 1.6)):
            for y in ys:
                if J and ya - 4 < y < yb + 4 or r.random() < .2:
                    continue
                h = r.uniform(4.5, 7.5)
                mb.limb((x, y, 0), (x + r.normal(0, .2), y, h * .55), .14, .1, trunk, 7)
                for _ in range(8):
                    q = r.normal(0, .85, 3)
                    mb.ball((x + sx * .9 + q[0], y + q[1], h * .75 + q[2] * .6), r.uniform(.7, 1.25) * np.array([1, 1, .8]), leaf[r.integers(3)], 12)
            for y in np.arange(r.uniform(-5, 5), 130, 28):
                if not (J and ya - 2 < y < yb + 2):
                    mb.limb((x, y, 0), (x, y, 8.5), .1, .07, gry, 6)
                    mb.limb((x, y, 8.5), (x - sx * 2.2, y, 9.), .05, .05, gry, 6)
        if site['centre'] == 'rail':
            for y0, y1 in (((-30, -.5), (yb + 6, 76)) if J else ((-30, 76),)):
                w_ = vehicles.mat('rail', (.7, .7, .7), .4)
                for z in (.35, 1.0):
                    mb.box((0, (y0 + y1) / 2, z), (.05, y1 - y0, .06), w_)
                for y in np.arange(y0, y1, .3 if True else 1):
                    mb.box((0, y, .66), (.02, .03, .66), w_)
                for y in np.arange(y0, y1, 3):
                    mb.box((0, y, .55), (.08, .08, 1.1), w_)
        mb.build('props')
        # buildings with window textures
        for i in range(3):
            nx, ny = r.integers(4, 9), r.integers(6, 14)
            wall = np.array([(.55, .6, .65), (.35, .42, .5), (.6, .58, .55), (.4, .5, .6)][r.integers(4)]) * 255
            im = np.full((256, 256, 3), wall, np.uint8)
            em = np.zeros_like(im)
            for a in range(nx):
                for c in range(ny):
                    x0, y0 = int((a + .2) * 256 / nx), int((c + .25) * 256 / ny)
                    lit = r.random() < .25 and s.lampson
                    sl = (slice(y0, y0 + int(150 / ny)), slice(x0, x0 + int(155 / nx)))
                    im[sl] = tuple(int(v) for v in r.uniform(20, 90) * np.array([1.2, 1, .9]))
                    if lit:
                        em[sl] = (110, 190, 255)
            mt = vehicles.img_mat('bld%d' % i, im, .6, emit=(.12 if s.L['night'] else .3) if s.lampson else 0., emit_img=em)
            for sx, x in ((1, xr + 9), (-1, xl - 9)):
                for y in np.arange(-12 + i * 18, 190, 54):
                    if J and ya - 10 < y < yb + 6:
                        continue
                    h, w_ = r.uniform(10, 40), r.uniform(8, 11)
                    xx = x + sx * r.uniform(0, 6)
                    vehicles.quad('b', (xx, y - w_, h / 2), (sx * 9 if sx > 0 else 9, 0, 0), (0, 0, h / 2), mt).location.x = sx * 9
                    vehicles.quad('b', (xx, y, h / 2), (0, sx * -w_, 0), (0, 0, h / 2), mt)
            vehicles.quad('b', (r.uniform(-60, 60), 190 + 10 * i, 12), (r.uniform(12, 30), 0, 0), (0, 0, r.uniform(12, 30)), mt)
        # kerb stones
        kb = vehicles.MB()
        for x, sx in ((xr, 1), (xl, -1)):
            for y0, y1 in (((-32, ya - 5.2), (yb + 5.2, 78)) if J else ((-32, 78),)):
                kb.box((x + sx * .08, (y0 + y1) / 2, .06), (.16, y1 - y0, .12), conc)
        kb.build('kerb')
        if site.get('ban'):
            s.sign(site, xr + .6)

    def sign(s, site, x):
        """board beside the road: no lorries, and the hours"""
        y, z = site.get('sign_y', 12.), 2.9
        im = np.full((560, 400, 3), 235, np.uint8)
        cv2.circle(im, (200, 190), 150, (25, 25, 200), 34, cv2.LINE_AA)
        for a, b in (((110, 150), (215, 225)), ((222, 175), (275, 225))):
            cv2.rectangle(im, a, b, (15, 15, 15), -1)
        for c in (140, 245):
            cv2.circle(im, (c, 232), 18, (15, 15, 15), -1, cv2.LINE_AA)
        cv2.line(im, (95, 85), (305, 295), (25, 25, 200), 30, cv2.LINE_AA)
        hrs = site['ban']['hours']
        for i, t in enumerate(hrs):
            im[390 + 80 * i:460 + 80 * i, 20:380] = vehicles.text_img(t, (15, 15, 15), (235, 235, 235), (360, 70), 54)
        mb = vehicles.MB()
        mb.limb((x, y + .08, 0), (x, y + .08, z + .8), .05, .05, vehicles.MT['grey'])
        mb.build('signpole')
        vehicles.quad('sign', (x, y, z), (.55, 0, 0), (0, 0, .77), vehicles.img_mat('sign', im, .6))

    def heads(s):
        site = s.case.site
        s.H = {}
        if not site['heads']:
            return
        mb = vehicles.MB()
        xr = site['n_lanes'] * site['lane_w'] + site['shoulder'] + 1.2
        hs = site['heads']
        y, z = hs[0]['y'] + .35, hs[0]['z']
        g = vehicles.mat('pole', (.45, .46, .46), .5)
        mb.limb((xr, y, 0), (xr, y, z + .8), .14, .11, g)
        x0 = min(h['x'] for h in hs) - .6
        mb.limb((xr, y, z + .35), (x0, y, z + .35), .08, .06, g)
        mb.build('gantry')
        for i, h in enumerate(hs):
            im, (w, hh) = lamp_face(h, 'red', site['lamp_r'], 10, None)
            bx = vehicles.MB()
            bx.box((h['x'], h['y'] + .12, h['z']), (w + .06, .2, hh + .06), vehicles.MT['black'])
            cell = site['lamp_r'] * 2.5
            ob = bx.build(h['id'])
            m = vehicles.img_mat('head' + h['id'], im, .6, emit=5.5 if not s.L['night'] and s.case.light != 'dusk' else 1.6, emit_only=True)
            q = vehicles.quad('face', (h['x'], h['y'], h['z']), (w / 2, 0, 0), (0, 0, hh / 2), m)
            q.pass_index = ob.pass_index = 101 + i
            tex = next(n for n in m.node_tree.nodes if n.type == 'TEX_IMAGE')
            s.H[h['id']] = dict(tex=tex, w=w, h=hh, head=h, index=101 + i, state=None)

    def pose(s, k):
        """object transforms, lamps for panel k; returns the set of things that changed in comparison with the base panel 0"""
        case = s.case
        for oid, o in case.objs.items():
            v, p = s.V[oid], o['poses'][k]
            ob = v['obj']
            for q in [ob] + v['parts']:
                q.hide_render = p is None
            if p is not None:
                ob.location = (p[0], p[1], o.get('lift', 0))
                ob.rotation_euler = (0, 0, p[2])
            vehicles.set_brake(v, o['brake'][k])
        cnt = int(s.rng.integers(4, 60)) if k == 0 else max(1, s.cnt - int((case.times[k] - case.times[0]) / 1000))
        if k == 0:
            s.cnt = cnt
        for i, (hid, H) in enumerate(s.H.items()):
            st = case.signals[k].get(hid, 'red')
            key = (st, cnt if H['head']['countdown'] else 0)
            if H['state'] != key:
                im, _ = lamp_face(H['head'], st, case.site['lamp_r'], cnt, None)
                H['tex'].image = vehicles.np_image('f', im)
                H['state'] = key

    def world(s, oid, k, pts):
        x, y, h = s.case.objs[oid]['poses'][k]
        c, n = math.cos(h), math.sin(h)
        p = np.asarray(pts, float)
        return np.stack([x + c * p[:, 0] - n * p[:, 1], y + n * p[:, 0] + c * p[:, 1], p[:, 2] + s.case.objs[oid].get('lift', 0)], 1)

    def rect(s, oid, k):
        if s.case.objs[oid]['poses'][k] is None:
            return None
        w = s.world(oid, k, s.V[oid]['verts'])
        pts = [w]
        if s.shadow and s.sun[2] > .1:
            pts.append(w - s.sun * (w[:, 2:3] / s.sun[2]))
        else:
            lo, hi = w.min(0) - 1.2, w.max(0) + 1.2
            pts.append(np.array([(a, b, 0) for a in (lo[0], hi[0]) for b in (lo[1], hi[1])]))
        q, z = proj(s.P, np.vstack(pts))
        if (z < .5).any():
            q = q[z > .5]
            if len(q) == 0:
                return None
        a, b = q.min(0), q.max(0)
        if s.case.light in ('wet', 'rain', 'night_wet'):
            b[1] += (b[1] - a[1]) * .9
        m = 8 + FEATHER
        return [a[0] - m, a[1] - m, b[0] + m, b[1] + m]

    def changed(s, k):
        R = []
        for oid, o in s.case.objs.items():
            if o['poses'][k] != o['poses'][0] or o['brake'][k] != o['brake'][0]:
                R += [s.rect(oid, 0), s.rect(oid, k)]
        for hid, H in s.H.items():
            if s.case.signals[k].get(hid) != s.case.signals[0].get(hid) or H['head']['countdown']:
                h = H['head']
                q, _ = proj(s.P, [(h['x'] + a * H['w'] * .6, h['y'], h['z'] + b * H['h'] * .6) for a in (-1, 1) for b in (-1, 1)])
                m = 6 + FEATHER      # a lamp shines through where the new picture weighs less
                R.append([q[:, 0].min() - m, q[:, 1].min() - m, q[:, 0].max() + m, q[:, 1].max() + m])
        W, Hh = s.case.cam['w'], s.case.cam['h']
        R = [[max(0, int(a)), max(0, int(b)), min(W, int(c) + 1), min(Hh, int(d) + 1)] for a, b, c, d in [q for q in R if q]]
        R = [q for q in R if q[2] - q[0] > 1 and q[3] - q[1] > 1]
        go = True
        ar = lambda q: (q[2] - q[0]) * (q[3] - q[1])
        while go:
            go = False
            for i in range(len(R)):
                for j in range(i + 1, len(R)):
                    u = [min(R[i][0], R[j][0]), min(R[i][1], R[j][1]), max(R[i][2], R[j][2]), max(R[i][3], R[j][3])]
                    if ar(u) <= (ar(R[i]) + ar(R[j])) * 1.08 + 9000:
                        R[i] = u
                        del R[j]
                        go = True
                        break
                if go:
                    break
        if sum(map(ar, R)) > .72 * W * Hh:
            R = [[0, 0, W, Hh]]
        return R

    def render(s, rects):
        sc = bpy.context.scene
        W, Hh = s.case.cam['w'], s.case.cam['h']
        for x0, y0, x1, y1 in rects:
            full = (x0, y0, x1, y1) == (0, 0, W, Hh)
            sc.render.use_border = sc.render.use_crop_to_border = not full
            if not full:
                sc.render.border_min_x, sc.render.border_max_x = (x0 + .25) / W, min(1, (x1 + .25) / W)      # .25: Blender truncates
                sc.render.border_min_y, sc.render.border_max_y = (Hh - y1 + .25) / Hh, min(1, (Hh - y0 + .25) / Hh)
            sc.cycles.seed = int(s.rng.integers(1 << 20))
            tr0 = time.time()
            bpy.ops.render.render()
            tr1 = time.time()
            f = '%04d.exr' % sc.frame_current
            im = [cv2.imread(os.path.join(s.tmp, n + f), cv2.IMREAD_UNCHANGED) for n in 'cizdn']
            if im[0].shape[:2] != (y1 - y0, x1 - x0):      # border rounding
                print('CROP', im[0].shape, (y1 - y0, x1 - x0))
                im = [cv2.resize(q, (x1 - x0, y1 - y0), interpolation=cv2.INTER_NEAREST) for q in im]
            sl = (slice(y0, y1), slice(x0, x1))
            s.idx[sl] = np.round(im[1] if im[1].ndim == 2 else im[1][..., 0]).astype(np.int16)
            c = np.ascontiguousarray(im[0][..., :3])
            new = post.demod(c, im[3][..., :3], im[4][..., :3], s.idx[sl])
            a = 1. if full else feather(x0, y0, x1, y1, W, Hh)[..., None]
            s.lin[sl] = s.lin[sl] * (1 - a) + new * a
            s.z[sl] = im[2] if im[2].ndim == 2 else im[2][..., 0]
            if '--prof' in sys.argv:
                print('PROF rect', (x1 - x0) * (y1 - y0) / 921600., 'render %.2f read %.2f' % (tr1 - tr0, time.time() - tr1))

    def closeup(s, box, scale=3):
        """renders the box of the current panel again at `scale` times the resolution (the full-resolution crop of a real camera)"""
        sc = bpy.context.scene
        W, Hh = s.case.cam['w'], s.case.cam['h']
        x0, y0, x1, y1 = box
        sc.render.resolution_percentage = scale * 100
        sc.render.use_border = sc.render.use_crop_to_border = True
        sc.render.border_min_x, sc.render.border_max_x = x0 / W, x1 / W
        sc.render.border_min_y, sc.render.border_max_y = 1 - y1 / Hh, 1 - y0 / Hh
        spp, sc.cycles.samples = sc.cycles.samples, 5
        bpy.ops.render.render()
        sc.cycles.samples = spp
        sc.render.resolution_percentage = 100
        sc.render.use_border = sc.render.use_crop_to_border = False
        f = '%04d.exr' % sc.frame_current
        im = [cv2.imread(os.path.join(s.tmp, n + f), cv2.IMREAD_UNCHANGED) for n in 'cizdn']
        idx = np.round(im[1] if im[1].ndim == 2 else im[1][..., 0]).astype(np.int16)
        return post.demod(np.ascontiguousarray(im[0][..., :3]), im[3][..., :3], im[4][..., :3], idx), (im[2] if im[2].ndim == 2 else im[2][..., 0]), idx

    # ---- ground truth
    def truth(s, k):
        case = s.case
        W, H = case.cam['w'], case.cam['h']
        out, sky = [], None
        pad = 900
        for oid, o in case.objs.items():
            if o['poses'][k] is None:
                continue
            v = s.V[oid]
            vis = s.idx == v['index']
            nv = int(vis.sum())
            w = s.world(oid, k, v['verts'])
            q, z = proj(s.P, w)
            if (z < 1).any() or nv < 12:
                if nv < 12:
                    continue
            am = np.zeros((H + 2 * pad, W + 2 * pad), np.uint8)
            qi = np.clip(np.round((q + pad) * 8), -1e6, 1e6).astype(np.int32)
            for f in v['faces']:
                if (z[f] > .5).all():
                    cv2.fillPoly(am, [qi[f]], 1, shift=3)
            tot, inn = int(am.sum()), int(am[pad:pad + H, pad:pad + W].sum())
            ys, xs = np.where(vis)
            d = dict(id=oid, cls=o['cls'], model=o['model'], color=o['color'], box=[int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1],
                     amodal_box=[round(float(a), 1) for a in (*q[z > .5].min(0), *q[z > .5].max(0))], visible_px=nv,
                     truncated=round(max(0., 1 - inn / max(1, tot)), 3), occluded=round(min(1., max(0., 1 - nv / max(1, inn))), 3),
                     world=[round(float(a), 3) for a in o['poses'][k]], speed_mps=round(float(o['v'][k]), 2), brake=bool(o['brake'][k]))
            x, y, h = o['poses'][k]
            a = proj(s.P, [(x, y, 0), (x - math.sin(h), y + math.cos(h), 0)])[0]
            d['heading_px'] = [round(float(t), 2) for t in (a[1] - a[0])]
            d['wheels'] = [[round(float(t), 1) for t in p] for p in proj(s.P, s.world(oid, k, v['contacts']))[0]]
            d['plates'] = []
            for side, cor, nrm, kind in v['plates']:
                c3 = s.world(oid, k, cor)
                hh = o['poses'][k][2]
                nw = np.array([math.cos(hh) * nrm[0] - math.sin(hh) * nrm[1], math.sin(hh) * nrm[0] + math.cos(hh) * nrm[1], 0])
                facing = float(np.dot(np.array(case.cam['pos']) - c3.mean(0), nw) / np.linalg.norm(np.array(case.cam['pos']) - c3.mean(0)))
                c2, _ = proj(s.P, c3)
                n, hit = 0, 0
                for a_ in np.linspace(.08, .92, 9):
                    for b_ in (.2, .5, .8):
                        p = c2[0] * (1 - a_) * (1 - b_) + c2[1] * a_ * (1 - b_) + c2[2] * a_ * b_ + c2[3] * (1 - a_) * b_
                        n += 1
                        xi, yi = int(p[0]), int(p[1])
                        hit += 0 <= xi < W and 0 <= yi < H and s.idx[yi, xi] == v['index']
                vf = hit / n if facing > .12 else 0.
                unread = None
                if o['dirt'] > .5:
                    unread = 'mud'
                if o['cover']:
                    unread = 'occlusion'
                if oid in case.fx.values():
                    unread = [a_ for a_, b_ in case.fx.items() if b_ == oid][0]
                if facing > .12 and vf > 0:
                    d['plates'].append(dict(side=side, kind=kind, text=o['plate'], color={'yellow2': 'yellow', 'yellow': 'yellow'}.get(kind, kind), rows=2 if kind == 'yellow2' else 1,
                                            corners=[[round(float(t), 2) for t in p] for p in c2], width_px=round(float(np.linalg.norm(c2[1] - c2[0])), 1),
                                            visible=bool(vf > .9), visible_fraction=round(vf, 2), unreadable=unread))
            out.append(d)
        heads = []
        for hid, Hd in s.H.items():
            h = Hd['head']
            m = s.idx == Hd['index']
            q, _ = proj(s.P, [(h['x'] + a * Hd['w'] / 2, h['y'], h['z'] + b * Hd['h'] / 2) for a in (-1, 1) for b in (-1, 1)])
            tot = max(1., np.prod(q.max(0) - q.min(0)))
            st = case.signals[k].get(hid, 'red')
            cell = case.site['lamp_r'] * 2.5
            lamp = None
            if st in ('red', 'yellow', 'green'):
                i = ('red', 'yellow', 'green').index(st)
                if h['orient'] == 'v':
                    zz = h['z'] - Hd['h'] / 2 + cell * (2 - i + .5)
                    lp = (h['x'], zz)
                else:
                    lp = (h['x'] - Hd['w'] / 2 + cell * (i + .5), h['z'])
                rr = case.site['lamp_r']
                l2, _ = proj(s.P, [(lp[0] + a * rr, h['y'], lp[1] + b * rr) for a in (-1, 1) for b in (-1, 1)])
                lamp = [round(float(t), 1) for t in (*l2.min(0), *l2.max(0))]
            heads.append(dict(id=hid, box=[round(float(t), 1) for t in (*q.min(0), *q.max(0))], shape=h['move'], orient=h['orient'], state=st, lamp_box=lamp, countdown=int(max(1, s.H[hid]['state'][1])) if h['countdown'] else None,
                              visible_fraction=round(min(1., float(m.sum()) / tot), 2)))
        return out, heads

    def segment(s):
        W, H = s.case.cam['w'], s.case.cam['h']
        Hm = s.P[:, [0, 1, 3]] @ np.array([[road.PXX, 0, road.X0 + road.PXX / 2], [0, -road.PXY, road.Y1 - road.PXY / 2], [0, 0, 1]])
        seg = cv2.warpPerspective(s.cls, Hm, (W, H), flags=cv2.INTER_NEAREST)
        seg[s.idx != 200] = 0
        return seg

    def close(s):
        shutil.rmtree(s.tmp, ignore_errors=True)


def one_sensor(rng):
    return dict(wb=[float(v) for v in rng.normal(1, .035, 3)], noise=float(rng.uniform(.002, .009)), soft=float(rng.choice([0, .5, .7, .9])), sharp=float(rng.uniform(0, .5)), vign=float(rng.uniform(0, .25)))


def site_info(case, dev, out):
    if not dev:
        return {}
    dev.write(out)
    v = dev.view(case.seed)
    return dict(site_id=dev.id, view=v, camera_moved=bool(v), shake_px=dev.shake, recipe_seed=dev.seed)


def run_case(seed, split, out, spp, code=None, want=None, dev=None):
    t0 = time.time()
    case = scenario.Case(seed, split, code, want, dev)
    sc = Scene(case, spp)
    t1 = time.time()
    cid = case.rec['case_id']
    d = os.path.join(out, cid)
    os.makedirs(d, exist_ok=True)
    W, H = case.cam['w'], case.cam['h']
    sc.lin, sc.idx, sc.z = np.zeros((H, W, 3), np.float32), np.zeros((H, W), np.int16), np.zeros((H, W), np.float32)
    rng = np.random.default_rng([seed, 9])
    cam = one_sensor(rng)
    if dev:
        cam = dict(one_sensor(np.random.default_rng([dev.seed, 9])), wb=[float(v) for v in rng.normal(1, .015, 3)])
    L = sc.L
    L['key'] *= float(rng.uniform(.75, 1.35))
    flash = case.riders or want         # newer cases; at night the older ones are blurred by their motion
    shutter = (1 / 250. if not L['night'] else 1 / 400. if flash else 1 / 120.) * rng.uniform(.6, 1.4)
    q = int(np.random.default_rng(dev.seed).integers(62, 78)) if dev else int(rng.integers(62, 89))
    panels = []
    base = None
    for k in range(case.np):
        sc.pose(k)
        if k == 0:
            sc.render([(0, 0, W, H)])
            base = [a.copy() for a in (sc.lin, sc.idx, sc.z)]
        else:
            for a, b in zip((sc.lin, sc.idx, sc.z), base):
                a[:] = b
            sc.render([tuple(r) for r in sc.changed(k)])
        tA = time.time()
        objs, heads = sc.truth(k)
        tB = time.time()
        lin = sc.lin.copy()
        mv = []
        for o in case.objs.values():
            p = o['poses'][k]
            if p is not None and o['v'][k] > .5:
                e = o['v'][k] * shutter
                a = proj(sc.P, [(p[0], p[1], .7), (p[0] - math.sin(p[2]) * e, p[1] + math.cos(p[2]) * e, .7)])[0]
                mv.append((sc.V[o['id']]['index'], tuple(np.clip(a[1] - a[0], -14, 14))))
        lin = post.motion_blur(lin, sc.idx, mv)
        img = post.develop(lin, L, rng, cam, sc.z)
        for fx, oid in case.fx.items():
            for ob in objs:
                if ob['id'] == oid:
                    for pl in ob['plates']:
                        c = np.array(pl['corners'])
                        if fx == 'glare':
                            img = post.glare(img, c.mean(0), pl['width_px'] * .6, rng)
                        else:
                            img = post.blur_box(img, (*c.min(0), *c.max(0)), rng, max(4, pl['width_px'] * .16))
        cv2.imwrite(os.path.join(d, 'panel%d.jpg' % (k + 1)), img, [cv2.IMWRITE_JPEG_QUALITY, q])
        cv2.imwrite(os.path.join(d, 'panel%d_seg.png' % (k + 1)), sc.segment(), [cv2.IMWRITE_PNG_COMPRESSION, 9])
        if '--prof' in sys.argv:
            print('PROF truth %.2f post %.2f' % (tB - tA, time.time() - tB))
        if k == 0:
            s3 = None
            for ob in objs:
                if ob['id'] == case.target and ob['plates']:
                    pl = ob['plates'][0]
                    c = np.array(pl['corners'])
                    m = c.mean(0)
                    ww = pl['width_px'] * 1.6
                    x0, y0, x1, y1 = [int(t) for t in (m[0] - ww, m[1] - ww * .5625, m[0] + ww, m[1] + ww * .5625)]
                    x0, y0, x1, y1 = max(0, x0), max(0, y0), min(W, x1), min(H, y1)
                    if x1 - x0 > 20 and y1 - y0 > 12:
                        s3 = [x0, y0, x1, y1]
            closeup = None
            if s3:
                cl, cz, ci = sc.closeup(s3)
                hh, cw = cl.shape[:2]
                sx, sy = cw / (s3[2] - s3[0]), hh / (s3[3] - s3[1])
                cl = post.motion_blur(cl, ci, [(i, (a * sx, b * sy)) for i, (a, b) in mv])
                ci8 = post.develop(cl, dict(L, rain=0), rng, dict(cam, vign=0, soft=cam['soft'] * 1.5), cz, post.develop.gain)
                cor = [[round((a - s3[0]) * sx, 2), round((b - s3[1]) * sy, 2)] for a, b in pl['corners']]
                for fx, oid in case.fx.items():
                    if oid == case.target:
                        c = np.array(cor)
                        wp = pl['width_px'] * sx
                        ci8 = post.glare(ci8, c.mean(0), wp * .6, rng) if fx == 'glare' else post.blur_box(ci8, (*c.min(0), *c.max(0)), rng, max(4, wp * .16))
                cv2.imwrite(os.path.join(d, 'closeup.jpg'), ci8, [cv2.IMWRITE_JPEG_QUALITY, q])
                closeup = dict(file='closeup.jpg', box=s3, size=[cw, hh], plate_corners=cor, text=pl['text'], kind=pl['kind'], unreadable=pl['unreadable'])
        pan = dict(file='panel%d.jpg' % (k + 1), seg='panel%d_seg.png' % (k + 1), time_ms=case.rec['times_ms'][k], jpeg_quality=q, objects=objs, signals=heads,
                   target=(case.truth.get('target_by_panel') or [case.target] * case.np)[k])
        panels.append(pan)
    t2 = time.time()
    if dev:
        rng = np.random.default_rng([dev.seed, case.np])
    comp = dict(layout=({1: ['single'], 2: ['1x2', '2x1'], 3: ['1x3', '2x2c', '2x2c', '3x1'], 4: ['2x2', '1x4']}[case.np][rng.integers({1: 1, 2: 2, 3: 4, 4: 2}[case.np])]) if True else '',
                border=['white', 'black', 'none'][rng.integers(3)], border_px=int(rng.integers(1, 7)), band=['top', 'bottom', 'per_panel'][rng.integers(3)], band_style=['white_on_black', 'black_on_white', 'white_on_blue', 'overlay'][rng.integers(4)],
                panel_w=int([640, 800, 960, 1280][rng.integers(4)]), quality=int(rng.integers(60, 93)), closeup=closeup)
    if comp['layout'] == '2x2c' and closeup is None:
        comp['layout'] = '1x3'
    js = dict(case_id=cid, split=split, seed=seed, code=case.code, light=case.light, record=case.rec, truth=dict(case.truth, target=case.target), camera=dict(K=sc.K.tolist(), P=sc.P.tolist(), **case.cam),
              site=case.site, sensor=cam, spp=spp, segmentation_classes=road.CLS, site_view=layout.view(case.site, sc.P), **site_info(case, dev, out), panels=panels, composite=comp, timing=dict(build=round(t1 - t0, 2), render=round(t2 - t1, 2)))
    json.dump(js, open(os.path.join(d, 'case.json'), 'w'), ensure_ascii=False, indent=None, default=lambda a: a.item() if hasattr(a, 'item') else str(a))
    sc.close()
    print('CASE', cid, case.code, case.truth['variant'], case.light, len(case.objs), 'build %.1f render %.1f (%d panels)' % (t1 - t0, t2 - t1, case.np), flush=True)
    return js


if __name__ == '__main__':
    a = sys.argv[sys.argv.index('--') + 1:]
    opt = {k: v for k, v in zip(a, a[1:]) if k.startswith('--')}
    split, start, step, count, out = a[0], int(a[1]), int(a[2]), int(a[3]), a[4]
    until = float(opt.get('--until', 0))
    n = 0
    seed = start
    dev = device.Device(split, int(opt['--site']), int(opt['--move']) if '--move' in opt else None) if '--site' in opt else None
    while n < count and not (until and time.time() > until):
        if not os.path.exists(os.path.join(out, '%s_%05d' % (split, seed), 'case.json')):
            try:
                run_case(seed, split, out, int(opt.get('--spp', 6)), opt.get('--code'), opt.get('--variant'), dev)
            except Exception as e:
                import traceback
                traceback.print_exc()
                print('FAIL', seed, e, flush=True)
        n += 1
        seed += step
