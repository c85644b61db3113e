# SPDX-License-Identifier: Apache-2.0
"""Vehicle, person and prop meshes for Blender. Local frame: +Y forward, +X right, z=0 ground."""
import bpy, os, math
import numpy as np, cv2
import plates

ASSETS = plates.ASSETS
FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc'
PAINT = {'A': [(.82, .82, .8), (.75, .75, .73)], 'B': [(.22, .23, .24), (.45, .46, .47), (.32, .33, .33)], 'C': [(.75, .52, .04), (.8, .42, .03)], 'D': [(.75, .35, .45), (.8, .45, .5)],
         'E': [(.45, .02, .025), (.55, .03, .02), (.3, .01, .02)], 'F': [(.16, .05, .24), (.22, .08, .3)], 'G': [(.03, .22, .08), (.1, .35, .12), (.05, .3, .2)],
         'H': [(.02, .08, .38), (.03, .15, .45), (.1, .25, .5)], 'I': [(.14, .06, .025), (.24, .13, .06)], 'J': [(.008, .008, .01), (.015, .015, .018)]}
_mats, _imgs = {}, {}


def reset():
    _mats.clear()
    _imgs.clear()


def mat(name, col=(.5, .5, .5), rough=.5, metal=0., emit=None, strength=1., spec=.5):
    key = (name, tuple(np.round(col, 3)), round(rough, 2), metal, emit, strength)
    if key in _mats:
        return _mats[key]
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    b = m.node_tree.nodes['Principled BSDF']
    if rough >= .8 and emit is None:      # plain diffuse is much cheaper than the principled shader
        d = m.node_tree.nodes.new('ShaderNodeBsdfDiffuse')
        d.inputs[0].default_value = (*col, 1)
        m.node_tree.links.new(d.outputs[0], m.node_tree.nodes['Material Output'].inputs[0])
        _mats[key] = m
        return m
    b.inputs['Base Color'].default_value = (*col, 1)
    b.inputs['Roughness'].default_value = rough
    b.inputs['Metallic'].default_value = metal
    b.inputs['Specular'].default_value = spec
    if emit is not None:
        b.inputs['Emission'].default_value = (*emit, 1)
        b.inputs['Emission Strength'].default_value = strength
        m.cycles.sample_as_light = False
        lp = m.node_tree.nodes.new('ShaderNodeLightPath')      # lamps do not light the ground: avoids fireflies at few samples
        mx = m.node_tree.nodes.new('ShaderNodeMath')
        mx.operation = 'MULTIPLY_ADD'
        mx.inputs[1].default_value = -strength
        mx.inputs[2].default_value = strength
        m.node_tree.links.new(lp.outputs['Is Diffuse Ray'], mx.inputs[0])
        m.node_tree.links.new(mx.outputs[0], b.inputs['Emission Strength'])
    _mats[key] = m
    return m


def np_image(name, bgr, alpha=None):
    h, w = bgr.shape[:2]
    im = bpy.data.images.new(name, w, h, alpha=False)
    a = np.ones((h, w, 4), np.float32)
    a[..., :3] = bgr[::-1, :, ::-1].astype(np.float32) / 255
    im.pixels.foreach_set(a.ravel())
    im.update()
    return im


def img_mat(name, bgr, rough=.5, emit=0., emit_only=False, emit_img=None):
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    nt = m.node_tree
    t = nt.nodes.new('ShaderNodeTexImage')
    t.image = np_image(name, bgr)
    b = nt.nodes['Principled BSDF']
    if emit_only:
        b.inputs['Base Color'].default_value = (.01, .01, .01, 1)
        b.inputs['Specular'].default_value = 0.1
    else:
        nt.links.new(t.outputs[0], b.inputs['Base Color'])
    b.inputs['Roughness'].default_value = rough
    if not emit and not emit_only:
        d = nt.nodes.new('ShaderNodeBsdfDiffuse')
        nt.links.new(t.outputs[0], d.inputs[0])
        nt.links.new(d.outputs[0], nt.nodes['Material Output'].inputs[0])
    if emit:
        if emit_img is not None:
            t = nt.nodes.new('ShaderNodeTexImage')
            t.image = np_image(name + 'e', emit_img)
        nt.links.new(t.outputs[0], b.inputs['Emission'])
        b.inputs['Emission Strength'].default_value = emit
        m.cycles.sample_as_light = False
    return m


class MB:
    """accumulates polygons with material slots"""

    def __init__(s):
        s.v, s.f, s.m, s.mats, s.smooth = [], [], [], [], []

    def slot(s, m):
        if m not in s.mats:
            s.mats.append(m)
        return s.mats.index(m)

    def add(s, verts, faces, m, smooth=False):
        o = len(s.v)
        s.v += [tuple(map(float, p)) for p in verts]
        ms = m if isinstance(m, list) else [m] * len(faces)
        for f, q in zip(faces, ms):
            s.f.append([i + o for i in f])
            s.m.append(s.slot(q))
            s.smooth.append(smooth)

    def box(s, c, d, m, taper=(1, 1), rz=0., ry=0., rx=0.):
        x, y, z = np.array(d) / 2
        v = np.array([(-x, -y, -z), (x, -y, -z), (x, y, -z), (-x, y, -z), (-x * taper[0], -y * taper[1], z), (x * taper[0], -y * taper[1], z), (x * taper[0], y * taper[1], z), (-x * taper[0], y * taper[1], z)])
        if rx:
            ca, sa = math.cos(rx), math.sin(rx)
            v = v @ np.array([[1, 0, 0], [0, ca, sa], [0, -sa, ca]])
        if ry:
            ca, sa = math.cos(ry), math.sin(ry)
            v = v @ np.array([[ca, 0, -sa], [0, 1, 0], [sa, 0, ca]])
        if rz:
            ca, sa = math.cos(rz), math.sin(rz)
            v = v @ np.array([[ca, sa, 0], [-sa, ca, 0], [0, 0, 1]])
        s.add(v + np.array(c), [(0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)], m)

    def rbox(s, c, d, m, r=.12, n=3):
        """box with vertical+horizontal edges rounded in the x-z cross-section"""
        x, y, z = np.array(d) / 2
        ring = []
        for cx, cz, a0 in ((x - r, z - r, 0), (-x + r, z - r, 90), (-x + r * .4, -z + r * .4, 180), (x - r * .4, -z + r * .4, 270)):
            rr = r if cz > 0 else r * .4
            for k in range(n + 1):
                a = math.radians(a0 + 90 * k / n)
                ring.append((cx + rr * math.cos(a), cz + rr * math.sin(a)))
        K = len(ring)
        v, st = [], [(-y, .93), (-y + .08, 1), (y - .08, 1), (y, .93)]
        for yy, sc in st:
            v += [(p[0] * sc, yy, p[1] * sc) for p in ring]
        f = []
        for i in range(len(st) - 1):
            for k in range(K):
                f.append((i * K + (k + 1) % K, i * K + k, (i + 1) * K + k, (i + 1) * K + (k + 1) % K))
        f += [tuple(range(K)), tuple(range(3 * K, 4 * K))[::-1]]
        s.add(np.array(v) + np.array(c), f, m, True)

    def cyl(s, c, r, l, m, axis='x', n=18, r2=None, smooth=True, capm=None):
        a = np.arange(n) / n * 2 * math.pi
        r2 = r if r2 is None else r2
        ca, sa = np.cos(a), np.sin(a)
        A = {'x': lambda q, rr: np.stack([np.full(n, q), ca * rr, sa * rr], 1), 'y': lambda q, rr: np.stack([ca * rr, np.full(n, q), sa * rr], 1),
             'z': lambda q, rr: np.stack([ca * rr, sa * rr, np.full(n, q)], 1)}[axis]
        v = np.vstack([A(-l / 2, r), A(l / 2, r2)]) + np.array(c)
        s.add(v, [(i, (i + 1) % n, n + (i + 1) % n, n + i) for i in range(n)], m, smooth)
        s.add(v, [tuple(range(n))[::-1], tuple(range(n, 2 * n))], capm or m)

    def limb(s, p, q, r0, r1, m, n=8):
        p, q = np.array(p, float), np.array(q, float)
        d = q - p
        d /= np.linalg.norm(d)
        u = np.cross(d, (1, 0, 0) if abs(d[0]) < .9 else (0, 1, 0))
        u /= np.linalg.norm(u)
        w = np.cross(d, u)
        a = np.arange(n) / n * 2 * math.pi
        ring = np.cos(a)[:, None] * u + np.sin(a)[:, None] * w
        v = np.vstack([p - d * r0 * .5 + ring * r0 * .5, p + ring * r0, q + ring * r1, q + d * r1 * .5 + ring * r1 * .5])
        f = [(j * n + i, j * n + (i + 1) % n, (j + 1) * n + (i + 1) % n, (j + 1) * n + i) for j in range(3) for i in range(n)]
        s.add(v, f + [tuple(range(n))[::-1], tuple(range(3 * n, 4 * n))], m, True)

    def ball(s, c, r, m, n=10):
        v, f = [], []
        r = np.array(r) * np.ones(3)
        K = n // 2 + 1
        for j in range(K):
            t = math.pi * (j + .02) / (K - 1 + .04)
            for i in range(n):
                a = 2 * math.pi * i / n
                v.append((math.sin(t) * math.cos(a) * r[0], math.sin(t) * math.sin(a) * r[1], math.cos(t) * r[2]))
        for j in range(K - 1):
            for i in range(n):
                f.append((j * n + i, (j + 1) * n + i, (j + 1) * n + (i + 1) % n, j * n + (i + 1) % n))
        s.add(np.array(v) + np.array(c), f, m, True)

    def wheel(s, x, y, r=.33, w=.22):
        s.cyl((x - math.copysign(w / 2, x), y, r), r, w, MT['tyre'], 'x', 20)
        s.cyl((x - math.copysign(w / 2 - .008, x), y, r), r * .66, w, MT['rim'], 'x', 14)
        s.cyl((x - math.copysign(w / 2 - .014, x), y, r), r * .18, w, MT['tyre'], 'x', 8)

    def build(s, name):
        me = bpy.data.meshes.new(name)
        me.from_pydata(s.v, [], s.f)
        for m in s.mats:
            me.materials.append(m)
        me.polygons.foreach_set('material_index', s.m)
        me.polygons.foreach_set('use_smooth', s.smooth)
        me.update()
        o = bpy.data.objects.new(name, me)
        bpy.context.scene.collection.objects.link(o)
        return o


MT = {}


def common(night):
    MT.update(tyre=mat('tyre', (.015, .015, .015), .8), rim=mat('rim', (.45, .45, .46), .35, .8), glass=mat('glass', (.012, .016, .02), .06, 0, spec=.8), black=mat('black', (.012, .012, .013), .5),
              dark=mat('dark', (.06, .06, .065), .5), chrome=mat('chrome', (.6, .6, .6), .2, 1.), skin=mat('skin', (.55, .33, .24), .6), grey=mat('greyp', (.3, .3, .3), .5),
              headl=mat('headl', (.8, .8, .8), .1, 0, (1, .95, .85), 14. if night else .0), tail=mat('tail', (.35, .01, .01), .2, 0, (1, .02, .01), 2.2 if night else .06),
              brake=mat('brake', (.5, .01, .01), .2, 0, (1, .03, .01), 9.), amber=mat('amber', (.6, .2, .01), .2))


def loft(mb, st, body, sub=1):
    """stations (y, zb, zbelt, zroof|None, w, wr); built as own subdivided object part, merged by the caller"""
    ring_n = 15
    V, F, M = [], [], []
    for y, zb, ze, zr, w, wr in st:
        hood = zr is None
        if hood:
            half = [(w, zb + .45 * (ze - zb)), (w * .97, ze), (w * .86, ze + .05), (w * .55, ze + .075)]
            top = ze + .085
        else:
            half = [(w, zb + .45 * (ze - zb)), (w * .97, ze), (wr, zr - .07), (wr * .72, zr)]
            top = zr + .015
        right = [(w * .8, zb), (w * .97, zb + .06)] + half
        ring = [(0, zb)] + right + [(0, top)] + [(-a, b) for a, b in right[::-1]]
        V.append([(p[0], y, p[1]) for p in ring])
    K = len(V[0])
    for i in range(len(st) - 1):
        c0, c1 = st[i][3] is not None, st[i + 1][3] is not None
        for k in range(K):
            F.append((i * K + (k + 1) % K, i * K + k, (i + 1) * K + k, (i + 1) * K + (k + 1) % K))
            side = k in (4, 9)
            top = k in (5, 6, 7, 8)
            g = (side and (c0 or c1)) or (top and c0 != c1)
            M.append(MT['glass'] if g else body)
    F.append(tuple(range(K)))
    F.append(tuple(range((len(st) - 1) * K, len(st) * K))[::-1])
    M += [body, body]
    me = bpy.data.meshes.new('l')
    me.from_pydata([p for r in V for p in r], [], F)
    ms = [body, MT['glass']]
    for m in ms:
        me.materials.append(m)
    me.polygons.foreach_set('material_index', [ms.index(m) for m in M])
    ob = bpy.data.objects.new('l', me)
    bpy.context.scene.collection.objects.link(ob)
    md = ob.modifiers.new('s', 'SUBSURF')
    md.levels = md.render_levels = sub
    dg = bpy.context.evaluated_depsgraph_get()
    ev = ob.evaluated_get(dg).to_mesh()
    vs = [tuple(v.co) for v in ev.vertices]
    fs = [tuple(p.vertices) for p in ev.polygons]
    mi = [ms[p.material_index] for p in ev.polygons]
    bpy.data.objects.remove(ob)
    mb.add(vs, fs, mi, True)


CARS = {   # stations front->rear, wheelbase, wheel r
    'sedan_a': ([(2.36, .38, .58, None, .70, 0), (2.3, .24, .70, None, .84, 0), (1.9, .2, .78, None, .9, 0), (1.05, .2, .90, None, .9, 0), (.95, .2, .93, None, .9, 0), (.25, .2, .95, 1.40, .91, .62), (-.35, .2, .96, 1.46, .91, .65), (-.95, .2, .97, 1.42, .91, .63), (-1.75, .2, 1.0, None, .9, 0), (-2.1, .22, .99, None, .88, 0), (-2.33, .3, .93, None, .82, 0), (-2.36, .4, .85, None, .76, 0)], 1.38, .33),
    'sedan_b': ([(2.25, .38, .6, None, .7, 0), (2.2, .24, .72, None, .82, 0), (1.8, .2, .82, None, .88, 0), (1.1, .2, .92, None, .88, 0), (.3, .2, .96, 1.44, .89, .63), (-.4, .2, .98, 1.49, .89, .66), (-1.05, .2, .99, 1.44, .89, .64), (-1.7, .2, 1.04, None, .87, 0), (-2.15, .26, 1.02, None, .84, 0), (-2.25, .4, .88, None, .76, 0)], 1.32, .32),
    'sedan_c': ([(2.5, .36, .58, None, .72, 0), (2.42, .24, .7, None, .86, 0), (2.0, .2, .8, None, .92, 0), (1.0, .2, .9, None, .93, 0), (.1, .2, .95, 1.38, .93, .6), (-.5, .2, .97, 1.43, .93, .63), (-1.3, .2, .99, 1.33, .92, .6), (-2.2, .22, 1.04, None, .9, 0), (-2.45, .3, .98, None, .84, 0), (-2.49, .42, .86, None, .78, 0)], 1.45, .34),
    'hatch_a': ([(2.0, .36, .6, None, .68, 0), (1.95, .24, .72, None, .8, 0), (1.6, .2, .84, None, .85, 0), (1.0, .2, .94, None, .86, 0), (.35, .2, .97, 1.46, .86, .62), (-.5, .2, .99, 1.52, .86, .65), (-1.4, .2, 1.0, 1.46, .85, .63), (-1.92, .24, 1.0, None, .82, 0), (-2.0, .4, .9, None, .76, 0)], 1.25, .31),
    'hatch_b': ([(1.85, .36, .66, None, .66, 0), (1.8, .24, .78, None, .78, 0), (1.45, .2, .9, None, .82, 0), (1.0, .2, .98, None, .82, 0), (.5, .2, 1.0, 1.52, .82, .62), (-.6, .2, 1.02, 1.58, .82, .65), (-1.6, .2, 1.02, 1.54, .81, .64), (-1.82, .26, 1.0, None, .78, 0), (-1.86, .42, .9, None, .72, 0)], 1.2, .3),
    'suv_a': ([(2.36, .42, .72, None, .74, 0), (2.3, .3, .86, None, .88, 0), (1.95, .26, .96, None, .93, 0), (1.15, .26, 1.05, None, .94, 0), (.5, .26, 1.1, 1.64, .94, .68), (-.5, .26, 1.12, 1.71, .94, .71), (-1.75, .26, 1.14, 1.66, .93, .69), (-2.26, .3, 1.14, None, .88, 0), (-2.36, .46, 1.0, None, .82, 0)], 1.38, .37),
    'suv_b': ([(2.2, .42, .74, None, .74, 0), (2.15, .3, .9, None, .88, 0), (1.8, .28, 1.0, None, .92, 0), (1.1, .28, 1.06, None, .92, 0), (.6, .28, 1.1, 1.72, .92, .72), (-.5, .28, 1.12, 1.78, .92, .76), (-1.9, .28, 1.12, 1.76, .92, .75), (-2.15, .32, 1.12, None, .9, 0), (-2.2, .46, 1.0, None, .84, 0)], 1.32, .37),
    'suv_c': ([(2.45, .42, .76, None, .76, 0), (2.4, .32, .92, None, .92, 0), (2.0, .28, 1.02, None, .97, 0), (1.1, .28, 1.08, None, .98, 0), (.35, .28, 1.12, 1.66, .98, .7), (-.7, .28, 1.14, 1.72, .98, .72), (-1.6, .28, 1.18, 1.6, .97, .68), (-2.35, .32, 1.18, None, .92, 0), (-2.45, .48, 1.02, None, .86, 0)], 1.44, .39),
    'van_a': ([(2.1, .4, .75, None, .74, 0), (2.07, .3, .95, None, .82, 0), (1.8, .26, 1.12, None, .84, 0), (1.15, .24, 1.15, 1.75, .84, .7), (0, .24, 1.15, 1.86, .84, .74), (-1.8, .24, 1.15, 1.84, .84, .74), (-2.05, .26, 1.15, 1.74, .83, .72), (-2.12, .4, 1.1, 1.66, .8, .7)], 1.3, .31),
    'van_b': ([(2.3, .4, .8, None, .76, 0), (2.25, .3, 1.0, None, .84, 0), (1.85, .26, 1.14, None, .86, 0), (1.2, .24, 1.18, 1.82, .86, .72), (-.2, .24, 1.18, 1.95, .86, .76), (-2.0, .24, 1.18, 1.92, .86, .76), (-2.25, .28, 1.18, 1.82, .85, .74), (-2.3, .4, 1.1, 1.74, .82, .72)], 1.4, .32),
    'van_c': ([(2.5, .4, .76, None, .8, 0), (2.45, .28, .92, None, .92, 0), (1.9, .26, 1.05, None, .94, 0), (1.4, .26, 1.1, None, .94, 0), (.7, .24, 1.14, 1.74, .94, .74), (-.6, .24, 1.15, 1.82, .94, .78), (-2.2, .24, 1.15, 1.76, .94, .77), (-2.45, .28, 1.15, 1.66, .92, .74), (-2.5, .42, 1.1, 1.58, .88, .7)], 1.5, .34),
    'pickup_a': ([(2.6, .46, .76, None, .76, 0), (2.55, .34, .92, None, .9, 0), (2.15, .3, 1.02, None, .93, 0), (1.4, .3, 1.08, None, .93, 0), (.8, .3, 1.12, 1.7, .93, .7), (.1, .3, 1.13, 1.76, .93, .72), (-.62, .3, 1.12, 1.7, .93, .71), (-.72, .3, 1.08, None, .93, 0), (-2.5, .34, 1.04, None, .92, 0), (-2.6, .46, 1.0, None, .9, 0)], 1.6, .38),
}
CARS['pickup_b'] = ([(y * .96, zb, ze + .06, zr and zr + .08, w * .96, wr * .96) for y, zb, ze, zr, w, wr in CARS['pickup_a'][0]], 1.5, .36)
for a, b in (('police_a', 'sedan_a'), ('police_suv', 'suv_a'), ('police_c', 'sedan_c'), ('ambulance_b', 'van_b')):
    CARS[a] = CARS[b]


def text_img(txt, fg, bg, size=(256, 128), fs=96):
    from PIL import Image, ImageDraw, ImageFont
    im = Image.new('RGB', size, bg)
    f = ImageFont.truetype(FONT, fs)
    b = f.getbbox(txt)
    ImageDraw.Draw(im).text(((size[0] - b[2] - b[0]) / 2, (size[1] - b[3] - b[1]) / 2), txt, font=f, fill=fg)
    return np.array(im)[..., ::-1]


def quad(name, c, u, v, m):
    """image quad: centre c, half vectors u (image right) and v (image up)"""
    c, u, v = map(np.array, (c, u, v))
    me = bpy.data.meshes.new(name)
    me.from_pydata([tuple(c - u - v), tuple(c + u - v), tuple(c + u + v), tuple(c - u + v)], [], [(0, 1, 2, 3)])
    uv = me.uv_layers.new()
    for i, q in enumerate(((0, 0), (1, 0), (1, 1), (0, 1))):
        uv.data[i].uv = q
    me.materials.append(m)
    o = bpy.data.objects.new(name, me)
    bpy.context.scene.collection.objects.link(o)
    return o


def advert(seed, words, width):
    """a person as tall as the board, beside words"""
    rng = np.random.default_rng(seed + 7)
    im = np.ascontiguousarray(text_img(words, (250, 250, 250), tuple(int(q) for q in rng.integers(20, 160, 3)), (width, 420), 72))
    x = int(rng.integers(100, 150))
    top, skin, hair = [int(q) for q in rng.integers(20, 230, 3)], (130, 165, 215), (20, 22, 30)
    cv2.rectangle(im, (x - 62, 190), (x + 62, 420), top, -1)
    for sx in (-1, 1):
        cv2.line(im, (x + sx * 56, 205), (x + sx * 92, 330), top, 34, cv2.LINE_AA)
        cv2.circle(im, (x + sx * 92, 340), 19, skin, -1, cv2.LINE_AA)
    cv2.rectangle(im, (x - 20, 150), (x + 20, 200), skin, -1)
    cv2.ellipse(im, (x, 92), (60, 76), 0, 0, 360, hair, -1, cv2.LINE_AA)
    cv2.ellipse(im, (x, 106), (48, 62), 0, 0, 360, skin, -1, cv2.LINE_AA)
    for sx in (-1, 1):
        cv2.circle(im, (x + sx * 19, 100), 6, hair, -1, cv2.LINE_AA)
    cv2.ellipse(im, (x, 138), (18, 7), 0, 0, 180, (60, 60, 190), -1, cv2.LINE_AA)
    return im


def cloth(rng, k=1.):
    g = rng.random() ** 1.5 * .6
    c = np.clip(g + (rng.random(3) - .5) * .35 * (rng.random() < .5), .01, .8) * k
    return mat('cl', tuple(c), .85)


def rider(mb, rng, z0=.8, y0=-.1):
    top, leg = cloth(rng), cloth(rng, .5)
    hel = mat('hel', tuple(rng.random(3) * .8), .3) if rng.random() < .75 else mat('hair', (.02, .015, .01), .8)
    mb.limb((0, y0, z0), (0, y0 + .12, z0 + .5), .17, .2, top)
    mb.ball((0, y0 + .17, z0 + .78), (.12, .13, .15), hel)
    mb.ball((0, y0 + .21, z0 + .74), (.09, .1, .11), MT['skin'])
    for sx in (-1, 1):
        mb.limb((sx * .1, y0, z0), (sx * .17, y0 + .42, z0 - .05), .09, .075, leg)
        mb.limb((sx * .17, y0 + .42, z0 - .05), (sx * .16, y0 + .3, z0 - .5), .075, .06, leg)
        mb.limb((sx * .21, y0 + .1, z0 + .45), (sx * .27, y0 + .35, z0 + .2), .06, .05, top)
        mb.limb((sx * .27, y0 + .35, z0 + .2), (sx * .26, y0 + .58, z0 + .22), .05, .04, MT['skin'])


class Morph:
    """How a vehicle differs from its model: NAME+SEED is a morph of NAME, all that follows from SEED; without one nothing differs."""

    def __init__(s, model):
        s.name, _, seed = model.partition('+')
        s.rng = np.random.default_rng(int(seed)) if seed else None

    def by(s, low, high, usual=1.):
        return s.rng.uniform(low, high) if s.rng is not None else usual

    def chance(s, p):
        return s.rng is not None and s.rng.random() < p

    def stations(s, st):
        """Those of loft(): lengths of hood, cabin and tail, heights of belt and roof, and widths change, each smoothly."""
        if s.rng is None:
            return st
        long, wide, low = s.by(.94, 1.06), s.by(.95, 1.05), s.by(.85, 1.2)
        shift, slope, belt = s.by(-.16, .16), s.by(-.16, .16), s.by(.93, 1.08)
        roof, tumble, rise = s.by(.86, 1.16), s.by(.9, 1.06), s.by(-.05, .05)
        half = st[0][0]

        def moved(y, zb, ze, zr, w, wr):
            t = y / half
            e = zb * low + (ze - zb) * (belt + rise * t)
            top = zr and e + (zr - ze) * (roof + slope * t)
            return (long * (y + shift * math.cos(t * math.pi / 2)), zb * low, e, top, w * wide, min(wr * wide * tumble, .97 * w * wide))
        return [moved(*q) for q in st]


def extras(mb, morph, st, W, body):
    """What a morph of a car may carry: roof rails or a box, a spoiler, a strip along the side, a dark roof."""
    roof = [q for q in st if q[3]]
    top, belt = max(q[3] for q in roof), roof[0][2]
    y0, y1 = roof[-1][0], roof[0][0]
    middle, length = (y0 + y1) / 2, y1 - y0
    wr = min(q[5] for q in roof)
    if morph.chance(.25):
        for sx in (-1, 1):
            mb.box((sx * wr * .92, middle, top + .03), (.05, length * .8, .05), MT['chrome'] if morph.chance(.5) else MT['black'])
    if morph.chance(.08):
        mb.box((0, middle, top + .18), (wr * 1.1, length * .6, .28), MT['black'], (.9, .85))
    if morph.chance(.15):
        mb.box((0, middle, top - .005), (wr * 1.3, length * .6, .045), MT['glass'])
    if morph.chance(.25):
        end = st[-3]
        mb.box((0, st[-2][0] + .1, (end[3] or end[2]) + .1), (W * 1.5, .22, .05), body)
    if morph.chance(.3):
        for sx in (-1, 1):
            mb.box((sx * (W + .005), middle, belt * morph.by(.45, .75)), (.02, length * 1.4, .07), MT['black'] if morph.chance(.6) else MT['chrome'])


def make(o, night, brake_any):
    """builds one object; returns dict(obj, parts, plates=[(name, local corners TL TR BR BL, normal)], contacts, lamp slots)"""
    rng = np.random.default_rng(o['seed'])
    morph = Morph(o['model'])
    m, cls = morph.name, o['cls']
    body = None
    if o['color']:
        c = PAINT[o['color']]
        col = np.clip(np.array(c[rng.integers(len(c))]) * rng.uniform(.85, 1.12), 0, .9)
        body = mat('body' + o['color'], tuple(col), float(rng.uniform(.18, .4)), .25 if o['color'] in 'BHEJI' else 0.)
    mb = MB()
    parts, pl = [], []
    P = dict(front=None, rear=None)
    tail = MT['tail']

    def lights(yf, yr, x, zf, zr, w=.34, h=.16, vertical=False):
        for sx in (-1, 1):
            mb.box((sx * x, yf, zf), (w, .22, h), MT['headl'])
            mb.box((sx * x, yr, zr), (h * 1.2 if vertical else w, .2, w * 1.1 if vertical else h), tail)
    if m.startswith('obj_'):
        return make_obj(o, m, rng, night, morph)
    if m in CARS:
        st, wb, wr_ = CARS[m]
        st, wb, wr_ = morph.stations(st), wb * morph.by(.94, 1.05), wr_ * morph.by(.92, 1.08)
        loft(mb, st, body)
        L0, L1 = st[0][0], st[-1][0]
        W = max(q[4] for q in st)
        for sx in (-1, 1):
            for sy in (-1, 1):
                mb.cyl((sx * (W - .09), sy * wb, wr_ + .02), wr_ + .07, .2, MT['black'], 'x', 20)
                mb.wheel(sx * (W + .015), sy * wb, wr_)
            ms = next(q for q in st if q[3])
            mb.box((sx * (W + .1), ms[0] + .35, ms[2] + .06), (.2, .12, .14), body)
            yb = (st[-1][0] + ms[0]) / 2 + .2
            wz = ms[2]
            mb.box((sx * (W * .86), yb, wz + .2), (.14, .09, .42), body, ry=-sx * .33)
            mb.box((sx * (W + .0), yb + .1, .62), (.012, .012, .6), MT['black'])
            mb.box((sx * (W + .004), yb - .1, wz - .12), (.02, .16, .03), MT['chrome'] if rng.random() < .5 else body)
        zb_r = st[-1][1]
        zf, zr = st[1][2] - .06, st[-2][2] - .08
        vert = m.startswith(('suv_b', 'van', 'hatch_b', 'ambulance'))
        if morph.chance(.25):
            vert = not vert
        lights(L0 - .17, L1 + .13, W - .27, zf - .02, zr - (.12 if vert else .05), .36 * morph.by(.7, 1.25), .15 * morph.by(.7, 1.4), vert)
        mb.box((0, L0 - .1, .42), (W * 1.5, .2, .2 * morph.by(.7, 1.4)), MT['dark'])
        mb.box((0, L0 - .08, zf - .06), (W * .85 * morph.by(.7, 1.2), .14, .12 * morph.by(.6, 2.)), MT['chrome'] if morph.chance(.25) else MT['black'])
        mb.box((0, L1 + .1, .36), (W * 1.62, .2, .16 * morph.by(.8, 1.6)), MT['dark'] if rng.random() < .6 else body)
        extras(mb, morph, st, W, body)
        big = m.startswith(('suv', 'van', 'hatch', 'police_suv', 'ambulance', 'pickup'))
        zpl = ((.9 if big else .78) if not m.startswith('pickup') else .62) + morph.by(-.12, .08, 0.)
        mb.box((0, L1 - .005, zpl), (.62, .05, .24), body)
        P['rear'] = (L1 - .045, zpl)
        P['front'] = (L0 + .02, .45)
        mb.box((0, L0 - .02, .45), (.5, .06, .16), MT['dark'])
        if st[-1][3] is not None:            # upright tail: rear window
            mb.box((0, L1 + .055, (st[-1][2] + st[-1][3]) / 2 + .04), (W * 1.25, .1, (st[-1][3] - st[-1][2]) * .72), MT['glass'], rx=.06)
        if m.startswith('pickup'):
            mb.box((0, -1.62, 1.06), (1.55, 1.7, .1), MT['black'])
            for sx in (-1, 1):
                mb.box((sx * .86, -1.62, 1.14), (.1, 1.85, .14), body)
            mb.box((0, -2.5, 1.12), (1.7, .1, .16), body)
        if m.startswith('police'):
            zr_ = max(q[3] for q in st if q[3])
            ym = next(q[0] for q in st if q[3] == zr_)
            for sx, cc in ((-1, (.8, .01, .01)), (1, (.01, .05, .9))):
                mb.box((sx * .32, ym, zr_ + .09), (.6, .26, .12), mat('lb%d' % sx, cc, .2, 0, cc, 3. if night else .8))
            bl = text_img('公安', (255, 255, 255), (20, 40, 140), (640, 110), 88)
            bm = img_mat('gongan', bl, .4)
            for sx in (-1, 1):
                parts.append(quad('pol', (sx * (W + .012), -.1, .74), (0, sx * 1.0, 0), (0, 0, .15), bm))
            hb = img_mat('gongan2', text_img('公安', (20, 40, 140), (225, 225, 225), (256, 120), 96), .4)
            parts.append(quad('pol2', (0, L1 - .02, zpl + .24) if big else (0, (st[-3][0] + st[-4][0]) / 2, st[-3][2] + .115), (.3, 0, 0), (0, 0, .1) if big else (0, .13, 0), hb))
            parts.append(quad('pol3', (0, st[2][0] - .35, st[3][2] + .075), (-.4, 0, 0), (0, -.18, .03), hb))
        if m.startswith('ambulance'):
            for sx in (-1, 1):
                parts.append(quad('amb', (sx * (W + .012), -.5, .8), (0, sx * 1.5, 0), (0, 0, .13), img_mat('amb', text_img('急救 AMBULANCE 120', (255, 255, 255), (190, 20, 20), (1500, 130), 96), .4)))
            mb.box((0, 1.0, 2.02), (1.2, .3, .14), mat('lbb', (.02, .05, .9), .2, 0, (.02, .05, .9), 2.))
            parts.append(quad('amb2', (0, L1 - .03, .72), (.6, 0, 0), (0, 0, .07), img_mat('amb2', text_img('急救', (255, 255, 255), (190, 20, 20), (512, 70), 56), .4)))
        contacts = [(sx * W, sy * wb, 0) for sy in (1, -1) for sx in (-1, 1)]
        Lh, Wh = (L0 - L1) / 2, W
    elif cls in ('bus', 'minibus'):
        L, W, H = (11., 2.5, 3.1) if cls == 'bus' else (6.8, 2.15, 2.75)
        if m == 'bus_b':
            L, H = 12., 3.25
        if m == 'minibus_b':
            L, H = 5.9, 2.6
        L, W, H = L * morph.by(.93, 1.07), W * morph.by(.94, 1.04), H * morph.by(.92, 1.08)
        glass = morph.by(.85, 1.25)
        mb.rbox((0, 0, H / 2 + .2), (W, L, H - .35), body, .18, 4)
        wz = H * .64
        for sx in (-1, 1):
            mb.box((sx * (W / 2), -.05, wz), (.03, L * .93, H * .3 * glass), MT['glass'])
            pillar = morph.by(.05, .2, .07)
            for k in range(6):
                mb.box((sx * (W / 2 + .008), -L * .42 + k * L * .165, wz), (.03, pillar, H * .3 * glass), body if m[-1] == 'a' else MT['black'])
            if rng.random() < .7:
                mb.box((sx * (W / 2), 0, .75), (.035, L * .96, .16), mat('stripe', tuple(rng.random(3) * .6), .4))
            mb.box((sx * (W / 2 + .18), L / 2 - .1, H * .72), (.16, .1, .34), MT['black'])
            for yy in ((L * .32, -L * .26) if cls == 'bus' else (L * .31, -L * .28)):
                r_ = .48 if cls == 'bus' else .38
                mb.cyl((sx * (W / 2 - .09), yy, r_), r_ + .08, .2, MT['black'], 'x')
                mb.wheel(sx * (W / 2 + .02), yy, r_, .28)
            if o.get('advert'):
                parts.append(quad('advert', (sx * (W / 2 + .03), -L * .02, 1.3), (0, sx * L * .26, 0), (0, 0, .82), img_mat('advert', advert(o['seed'], '健康生活 从现在开始', 1200), .4)))
        mb.box((0, L / 2 - .01, wz - .02), (W * .88, .06, H * .38), MT['glass'])
        mb.box((0, -L / 2 + .01, wz + .05), (W * .8 * morph.by(.7, 1.15), .06, H * .26 * morph.by(.7, 1.3)), MT['glass'])
        if o.get('advert'):
            parts.append(quad('advert2', (0, -L / 2 - .05, 1.75), (W * .44, 0, 0), (0, 0, .82), img_mat('advert2', advert(o['seed'], '健康', 560), .4)))
        if morph.chance(.4):     # a case of the air conditioner
            mb.box((0, L * morph.by(-.3, .3), H + .1), (W * .7, L * .22, .22), body)
        mb.box((0, L / 2, H - .28), (W * .7, .06, .22), mat('dest', (.02, .02, .02), .4, 0, (1., .35, .02), .6))
        mb.box((0, -L / 2 + .02, .95), (W * .6, .06, .55), MT['dark'] if rng.random() < .5 else body)
        lights(L / 2 - .08, -L / 2 + .08, W / 2 - .28, .75, 1.0, .34, .16, True)
        mb.box((0, -L / 2 + .04, .42), (W * .95, .12, .22), MT['dark'])
        mb.box((0, L / 2 - .04, .42), (W * .95, .12, .22), MT['dark'])
        P['rear'], P['front'] = (-L / 2 - .035, .78), (L / 2 + .03, .5)
        contacts = [(sx * W / 2, yy, 0) for yy in (L * .32, -L * .26) for sx in (-1, 1)]
        Lh, Wh = L / 2, W / 2
    elif cls in ('light_truck', 'heavy_truck', 'tanker', 'fire_engine'):
        hv = cls != 'light_truck'
        L, W = o['len'], o['wid']
        ch = (2.85 if hv else 2.15) * morph.by(.9, 1.1)
        cl = (2.1 if hv else 1.55) * morph.by(.85, 1.12)
        L, W = L * morph.by(.94, 1.05), W * morph.by(.93, 1.04)
        cab = body if cls != 'tanker' else mat('cab', tuple(np.array(PAINT[['A', 'E', 'H'][rng.integers(3)]][0])), .3)
        yf = L / 2
        mb.rbox((0, yf - cl / 2, ch / 2 + .28), (W * .97, cl, ch - .45), cab, .2, 3)
        mb.box((0, yf - .02, ch * .7), (W * .84, .08, ch * .32 * morph.by(.8, 1.15)), MT['glass'])
        mb.box((0, yf - .02, ch * .36), (W * .6 * morph.by(.6, 1.3), .08, ch * .13 * morph.by(.6, 1.6)), MT['black'])
        if morph.chance(.35):    # a wind deflector
            mb.box((0, yf - cl * .6, ch + .25), (W * .8, cl * .6, .45 * morph.by(.6, 1.5)), cab, (.9, .5))
        for sx in (-1, 1):
            mb.box((sx * W * .485, yf - cl * .42, ch * .72), (.03, cl * .55, ch * .27), MT['glass'])
            mb.box((sx * (W / 2 + .14), yf - .12, ch * .75), (.14, .1, .42), MT['black'])
        mb.box((0, yf - .06, .48), (W * .95, .2, .3), MT['dark'])
        mb.box((0, -.1, .72), (W * .38, L * .96, .22), MT['black'])
        bl, y0 = L - cl - .15, -L / 2
        yc = y0 + bl / 2
        if cls == 'tanker':
            tk = mat('tank', [(.75, .75, .75), (.6, .62, .65), (.8, .8, .78)][rng.integers(3)], .25, .7)
            tb = MB()
            a = np.arange(24) / 24 * 2 * math.pi
            V = [(math.cos(t) * W * .5 * s_, yy, 1.95 + math.sin(t) * .95 * s_) for yy, s_ in ((y0 + .12, .55), (y0 + .3, .95), (y0 + .5, 1), (y0 + bl - .5, 1), (y0 + bl - .3, .95), (y0 + bl - .12, .55)) for t in a]
            F = [(i * 24 + k, i * 24 + (k + 1) % 24, (i + 1) * 24 + (k + 1) % 24, (i + 1) * 24 + k)[::-1] for i in range(5) for k in range(24)] + [tuple(range(24)), tuple(range(120, 144))[::-1]]
            mb.add(V, F, tk, True)
            mb.box((0, yc, 2.93), (.5, bl * .8, .08), MT['dark'])
            st_ = mat('orange', (.8, .25, .02), .4)
            for sx in (-1, 1):
                mb.box((sx * W * .497, yc, 1.95), (.02, bl * .9, .16), st_)
            parts.append(quad('haz', (0, y0 + .09, 1.95), (.5, 0, 0), (0, 0, .25), img_mat('haz', text_img('爆 易燃', (10, 10, 10), (240, 150, 20), (320, 160), 90), .4)))
        elif cls == 'fire_engine':
            mb.rbox((0, yc, 1.85), (W, bl, 2.2), body, .1, 2)
            for sx in (-1, 1):
                for k in range(3):
                    mb.box((sx * W * .5, y0 + bl * (.2 + .3 * k), 1.7), (.03, bl * .26, 1.5), mat('shut', (.45, .45, .46), .4, .5))
                mb.box((sx * (W * .505), yc, .88), (.02, bl, .12), mat('wst', (.8, .8, .8), .4))
            mb.box((0, y0 - .005, 1.9), (W * .75, .03, 1.4), mat('shut', (.45, .45, .46), .4, .5))
            mb.box((0, yf - cl * .55, ch + .16), (1.5, .3, .16), mat('lbr', (.8, .01, .01), .2, 0, (.9, .02, .01), 2.))
            parts.append(quad('xf', (0, y0 - .03, 2.4), (.6, 0, 0), (0, 0, .18), img_mat('xf', text_img('消防', (250, 250, 250), (170, 20, 15), (512, 150), 120), .4)))
            for sx in (-1, 1):
                parts.append(quad('xfs', (sx * (W * .5 - .02), yf - cl * .6, 1.0), (0, sx * .5, 0), (0, 0, .16), img_mat('xf2', text_img('消防', (250, 250, 250), (170, 20, 15), (512, 150), 120), .4)))
        else:
            bh = (rng.uniform(1.7, 2.2) if not hv else rng.uniform(2.0, 2.6)) * morph.by(.9, 1.1)
            if o.get('phone'):
                parts.append(quad('phone', (0, y0 - .06, 1.0 + bh * .62), (W * .46, 0, 0), (0, 0, .17), img_mat('phone', text_img(o['phone'], (20, 30, 150), (225, 225, 222), (960, 170), 100), .5)))
            if o.get('carrier'):                                   # a flat bed for another vehicle
                bb = mat('bed', (.6, .35, .02), .5)
                mb.box((0, yc, .98), (W, bl, .14), bb)
                mb.box((0, y0 + bl - .05, 1.25), (W, .08, .5), bb)
            elif m.endswith('b') or (m.endswith('c') and hv):      # open bed / dump body
                bb = mat('bed', tuple(np.array(PAINT[['H', 'E', 'G', 'B'][rng.integers(4)]][0])), .5)
                hh = (.55 if not hv else 1.2) * morph.by(.7, 1.5)
                mb.box((0, yc, .98), (W, bl, .14), bb)
                for sx in (-1, 1):
                    mb.box((sx * (W / 2 - .03), yc, 1.0 + hh / 2), (.06, bl, hh), bb)
                    for k in range(6):
                        mb.box((sx * (W / 2 + .01), y0 + bl * (.04 + k * .184), 1.0 + hh / 2), (.06, .08, hh), bb)
                for yy in (y0 + .03, y0 + bl - .03):
                    mb.box((0, yy, 1.0 + hh / 2), (W, .06, hh), bb)
                for k in range(3):
                    mb.box((-.6 + .6 * k, y0 - .01, 1.0 + hh / 2), (.08, .06, hh), bb)
                if rng.random() < .6:
                    mb.box((0, yc, 1.0 + hh * .7), (W * .9, bl * .93, hh * .8), mat('load', [(.25, .2, .14), (.08, .16, .1), (.12, .14, .2)][rng.integers(3)], .9), (.75, .85))
            else:
                bb = mat('boxb', [(.75, .75, .73), (.6, .62, .62), (.1, .2, .42), (.7, .7, .68)][rng.integers(4)], .5)
                mb.box((0, yc, 1.0 + bh / 2), (W, bl, bh), bb)
                for sx in (-.5, .5):
                    mb.box((sx * W * .98, y0 + .02, 1.0 + bh / 2), (.06, .06, bh), MT['grey'])
                mb.box((0, y0 - .012, 1.0 + bh / 2), (.04, .02, bh), MT['grey'])
                for sx in (-.15, .15):
                    mb.cyl((sx, y0 - .03, 1.0 + bh / 2), .025, bh * .96, MT['grey'], 'z', 8)
        for sx in (-1, 1):
            mb.box((sx * (W / 2 - .2), y0 + .06, .78), (.36, .12, .14), tail)
            mb.box((sx * (W / 2 - .3), yf - .02, .72), (.36, .14, .2), MT['headl'])
            mb.box((sx * W * .47, yc + bl * .12, .62), (.05, bl * .35, .45), MT['grey'])
            r_ = .5 if hv else .38
            for yy in ([yf - cl * .62, y0 + bl * .2] + ([y0 + bl * .36] if L > 8.5 else [])):
                mb.wheel(sx * W * .49, yy, r_, .3 if yy > 0 else .5)
        mb.box((0, y0 + .05, .55), (W * .92, .1, .13), mat('rg', (.7, .7, .7), .5))
        for k in range(4):
            mb.box((-W * .36 + k * W * .24, y0 - .004, .55), (W * .11, .01, .13), mat('rgr', (.6, .02, .02), .5))
        mb.box((0, y0 + .04, .8), (.5, .1, .28), MT['dark'])
        P['rear'], P['front'] = (y0 - .02, .8), (yf + .05, .48)
        contacts = [(sx * W / 2, yy, 0) for yy in (yf - cl * .62, y0 + bl * .2) for sx in (-1, 1)]
        Lh, Wh = L / 2, W / 2
    elif cls in ('motorcycle', 'ebike', 'bicycle'):
        c2 = body or mat('b2', tuple(rng.random(3) * .7), .35)
        r_, hl = {'motorcycle': (.31, .68), 'ebike': (.23, .6), 'bicycle': (.33, .55)}[cls]
        for yy in (hl, -hl):
            mb.cyl((0, yy, r_), r_, .1 if cls != 'bicycle' else .04, MT['tyre'], 'x', 18)
            mb.cyl((0, yy, r_), r_ * .6, .11 if cls != 'bicycle' else .03, MT['rim'], 'x', 12)
        if cls == 'bicycle':
            fr = MT['dark']
            for a, b in (((0, hl, r_), (0, .4, .85)), ((0, .4, .8), (0, -.15, .8)), ((0, -.15, .85), (0, -.05, .3)), ((0, -.05, .3), (0, .42, .72)), ((0, -.05, .3), (0, -hl, r_))):
                mb.limb(a, b, .02, .02, fr, 6)
            z0 = .85
        else:
            mb.box((0, -.2, .55), (.28, .9, .3), c2, (.7, .85))
            mb.box((0, .42, .6), (.3, .12, .6), c2, (.8, 1), rx=.3)
            mb.box((0, .05, .3), (.3, .5, .1), MT['dark'])
            mb.box((0, -.2, .74), (.26, .7, .1), MT['black'])
            mb.box((0, -.62, .6), (.16, .08, .1), tail)
            mb.box((0, .56, .85), (.16, .1, .14), MT['headl'])
            if rng.random() < .5:
                mb.box((0, -.68, .86), (.36, .32, .3), mat('bx', [(.02, .02, .02), (.7, .5, .02), (.02, .1, .5)][rng.integers(3)], .5))
            if m in ('ebike_b', 'ebike_c'):      # wind apron / canopy
                mb.box((0, .62, .75), (.6, .06, .7), mat('apron', tuple(rng.random(3) * .4), .9), rx=-.15)
            if m == 'ebike_c':
                mb.box((0, .1, 1.95), (.75, 1.5, .05), mat('canopy', tuple(rng.random(3) * .5), .7))
                mb.limb((0, .55, 1.), (0, .5, 1.95), .02, .02, MT['grey'], 6)
            z0 = .8
        mb.limb((-.32, .45, 1.02), (.32, .45, 1.02), .02, .02, MT['black'], 6)
        mb.limb((0, hl, r_), (0, .45, 1.0), .03, .03, MT['grey'], 6)
        rider(mb, rng, z0)
        contacts = [(0, hl, 0), (0, -hl, 0)]
        if cls == 'motorcycle':
            P['rear'] = (-.92, .55)
            mb.box((0, -.88, .55), (.1, .05, .1), MT['black'])
        Lh, Wh = o['len'] / 2, .33
    else:   # person
        top, leg = cloth(rng), cloth(rng, .5)
        h = rng.uniform(.92, 1.06)
        ph = rng.uniform(-.28, .28)
        for sx in (-1, 1):
            q = ph * sx
            mb.limb((sx * .09, 0, .9 * h), (sx * .1, q * .6 + .04, .48 * h), .095, .07, leg)
            mb.limb((sx * .1, q * .6 + .04, .48 * h), (sx * .1, q * 1.0, .08), .068, .05, leg)
            mb.box((sx * .1, q + .06, .04), (.1, .26, .08), MT['black'])
            mb.limb((sx * .22, 0, 1.42 * h), (sx * .27, -q * .4, 1.12 * h), .06, .05, top)
            mb.limb((sx * .27, -q * .4, 1.12 * h), (sx * .25, -q * .5 + .12, .88 * h), .048, .04, MT['skin'] if rng.random() < .5 else top)
        mb.limb((0, 0, .92 * h), (0, 0, 1.38 * h), .16, .2, top, 10)
        mb.ball((0, .02, 1.64 * h), (.095, .11, .125), MT['skin'])
        mb.ball((0, -.015, 1.67 * h), (.105, .115, .12), mat('hair', (.015, .012, .01), .7))
        if rng.random() < .35:
            mb.box((0, -.22, 1.22 * h), (.3, .16, .4), mat('bag', tuple(rng.random(3) * .4), .8))
        contacts = [(0, 0, 0)]
        Lh, Wh = .25, .3
    ob = mb.build(o['id'])
    for side in ('front', 'rear'):
        if P[side] and o['plate_kind']:
            k = o['plate_kind']
            if k == 'yellow2' and side == 'front':
                k = 'yellow'
            add_plate(o, side, P[side][0], P[side][1], k, parts, pl, night)
    return finish(o, ob, parts, pl, contacts)


def add_plate(o, side, y, z, k, parts, pl, night, x=0.):
    rng = np.random.default_rng(o['seed'] + 5)
    (w, h) = plates.KINDS[k][0]
    w, h = w / 1000., h / 1000.
    if o['cls'] == 'motorcycle':
        w, h = .22, .14
    im = plates.render(o['plate'], k, o['dirt'] if side == 'rear' or o['dirt'] else 0, rng)
    sg = 1 if side == 'rear' else -1
    m = img_mat('plate', im, .4, emit=.25 if night else 0.)
    parts.append(quad('plate_' + side, (x, y, z), (sg * w / 2, 0, 0), (0, 0, h / 2), m))
    pl.append((side, [(x - sg * w / 2, y, z + h / 2), (x + sg * w / 2, y, z + h / 2), (x + sg * w / 2, y, z - h / 2), (x - sg * w / 2, y, z - h / 2)], (0, -sg, 0), k))
    if o['cover']:
        cw = w * .56 if o['cover'] == 'full' else w * .3
        cx = {'full': 0, 'left': -w * .27, 'right': w * .27}[o['cover']] * sg
        parts.append(quad('cover', (x + cx, y - sg * .012, z), (sg * cw, 0, 0), (0, 0, h * .55), mat('cover', [(.5, .5, .48), (.05, .05, .05), (.4, .3, .18)][rng.integers(3)], .6)))


OBJ = {   # name: file, scale target length, yaw so that +Y is forward, rear plate z, front plate z
    'obj_suv': ('suv/meshes/suv.obj', 4.75), 'obj_hatchback': ('hatchback/meshes/hatchback.obj', 4.25), 'obj_hatchback_blue': ('hatchback_blue/meshes/hatchback.obj', 4.25),
    'obj_hatchback_red': ('hatchback_red/meshes/hatchback.obj', 4.25), 'obj_prius': ('prius_hybrid/meshes/Hybrid.obj', 4.6), 'obj_bus': ('bus/meshes/bus.obj', 11.),
    'obj_ambulance': ('ambulance/meshes/ambulance.obj', 5.4), 'obj_fire': ('fire_truck/meshes/fire_truck.obj', 8.2), 'obj_pickup': ('pickup/meshes/pickup.dae', 5.3)}
YAW = {'obj_suv': 0, 'obj_hatchback': 180, 'obj_hatchback_blue': 180, 'obj_hatchback_red': 180, 'obj_prius': 180, 'obj_bus': 180, 'obj_ambulance': 180, 'obj_fire': 0, 'obj_pickup': 0}
PZ = {'obj_suv': (.85, .55), 'obj_bus': (.8, .5), 'obj_fire': (.8, .6), 'obj_ambulance': (.65, .55), 'obj_pickup': (.62, .6), 'obj_prius': (.85, .45)}


def make_obj(o, m, rng, night, morph):
    f, L = OBJ[m]
    p = os.path.join(ASSETS, f)
    if p.endswith('.dae'):
        bpy.ops.wm.collada_import(filepath=p)
    else:
        bpy.ops.import_scene.obj(filepath=p, axis_forward='Y', axis_up='Z')
    obs = [q for q in bpy.context.selected_objects if q.type == 'MESH']
    vs, fs, ms, uvs = [], [], [], []
    for q in bpy.context.selected_objects:
        if q.type != 'MESH':
            bpy.data.objects.remove(q)
    texdir = os.path.join(ASSETS, f.split('/')[0], 'materials/textures')
    tl = sorted(os.listdir(texdir)) if os.path.isdir(texdir) else []
    for q in obs:
        q.data.transform(q.matrix_world)
        q.matrix_world.identity()
        for mt in q.data.materials:
            if not mt or not mt.node_tree:
                continue
            for n in mt.node_tree.nodes:
                if n.type == 'TEX_IMAGE':
                    wheel = 'heel' in mt.name or (n.image and 'heel' in n.image.name)
                    c = [t for t in tl if ('heel' in t) == wheel and t.lower().endswith(('png', 'jpg'))] or [t for t in tl if t.lower().endswith(('png', 'jpg'))]
                    base = os.path.basename(n.image.filepath) if n.image else ''
                    t = base if base in tl else (c[0] if c else None)
                    if wheel and not [t for t in tl if 'heel' in t]:
                        n.image = bpy.data.images.load(os.path.join(ASSETS, 'suv/materials/textures/wheels_01.png'), check_existing=True)
                    elif t:
                        n.image = bpy.data.images.load(os.path.join(texdir, t), check_existing=True)
                if n.type == 'BSDF_PRINCIPLED':
                    n.inputs['Roughness'].default_value = .35
                    for l in list(mt.node_tree.links):
                        if l.to_node == n and l.to_socket.name == 'Alpha':
                            mt.node_tree.links.remove(l)
                    n.inputs['Alpha'].default_value = 1
    co = np.vstack([np.array([v.co for v in q.data.vertices]) for q in obs])
    mn, mx = co.min(0), co.max(0)
    ext = mx - mn
    yaw = math.radians(YAW[m])
    if ext[0] > ext[1]:
        yaw += math.pi / 2
    s = L / max(ext[0], ext[1])
    import mathutils
    T = mathutils.Matrix.Rotation(yaw, 4, 'Z') @ mathutils.Matrix.Scale(s, 4) @ mathutils.Matrix.Translation(-mathutils.Vector(((mn[0] + mx[0]) / 2, (mn[1] + mx[1]) / 2, mn[2])))
    T = mathutils.Matrix.Diagonal((morph.by(.94, 1.06), morph.by(.95, 1.05), morph.by(.9, 1.12), 1.)) @ T
    for q in obs:
        q.data.transform(T)
    ob = obs[0]
    ob.name = o['id']
    parts, pl = list(obs[1:]), []
    co = np.vstack([np.array([v.co for v in q.data.vertices]) for q in obs])
    W = np.abs(co[:, 0]).max()
    zr, zf = PZ.get(m, (.75, .42))
    for side, z, sg in (('rear', zr, -1), ('front', zf, 1)):
        w = co[(np.abs(co[:, 2] - z) < .3) & (np.abs(co[:, 0]) < .6)]
        y = (w[:, 1].min() if sg < 0 else w[:, 1].max()) if len(w) else sg * L / 2
        k = o['plate_kind']
        if k == 'yellow2' and side == 'front':
            k = 'yellow'
        add_plate(o, side, y + sg * .03, z, k, parts, pl, night)
    contacts = [(sx * W * .9, sy * L * .29, 0) for sy in (1, -1) for sx in (-1, 1)]
    return finish(o, ob, parts, pl, contacts)


def finish(o, ob, parts, pl, contacts):
    for q in parts:
        q.parent = ob
    co = [np.array([v.co for v in q.data.vertices]) for q in [ob] + parts]
    faces, off, verts = [], 0, np.vstack(co)
    for q, c in zip([ob] + parts, co):
        faces += [np.array(p.vertices) + off for p in q.data.polygons]
        off += len(c)
    slots = [(sl.material, i, q) for q in [ob] for i, sl in enumerate(q.material_slots)]
    tails = [i for i, sl in enumerate(ob.material_slots) if sl.material and sl.material.name.startswith('tail')]
    for i in tails:        # own slot link so that brake lamps can be switched per object
        ob.material_slots[i].link = 'OBJECT'
        ob.material_slots[i].material = MT['tail']
    return dict(obj=ob, parts=parts, plates=pl, contacts=contacts, verts=verts, faces=faces, tails=tails)


def set_brake(v, on):
    for i in v['tails']:
        v['obj'].material_slots[i].material = MT['brake' if on else 'tail']
