# SPDX-License-Identifier: Apache-2.0
"""blender -b -P vehicle_views.py -- FIRST STEP COUNT OUT: vehicles alone, each from several sides, as traffic cameras see them.

No two have one shape (vehicles.Morph). OUT/NUMBER_VIEW.jpg shows one view with room around it; each run appends to a file
OUT/views-FIRST.jsonl a line a view: file, vehicle, box [x0 y0 x1 y1], cls, color, facing (front, rear, or null broadside). A vehicle
turns between its views: a net that learns from them finds one again after a turn. The number fixes the vehicle; finished ones are
skipped. About a vehicle in two seconds and core.
"""
import json, math, os, sys, tempfile, types
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bpy, cv2, mathutils, numpy as np
import post, render_case, scenario, vehicles, worlds

SEED, VIEWS = 71, 4
CLASSES = dict(car=.3, suv=.2, van=.11, minibus=.06, bus=.07, light_truck=.07, heavy_truck=.05, tanker=.03, pickup=.06, police_car=.02, ambulance=.02, fire_engine=.01)
BROADSIDE = .5        # |cos| of the angle of sight below which front and rear are left open
STOPS = 4.            # the picture is stored this much darker, so that lamps are not cut off


def setup(L, rng, samples):
    """An empty world with its light; gives the camera."""
    sc = bpy.context.scene
    sc.render.engine = 'CYCLES'
    sc.render.threads_mode, sc.render.threads = 'FIXED', 1
    cy = sc.cycles
    cy.samples, cy.use_denoising, cy.use_adaptive_sampling = samples, False, False
    cy.max_bounces, cy.diffuse_bounces, cy.glossy_bounces, cy.transmission_bounces = 1, 1, 1, 0
    cy.use_fast_gi, cy.fast_gi_method, cy.ao_bounces, cy.ao_bounces_render = True, 'REPLACE', 1, 1
    cy.sample_clamp_indirect = .015 if L['night'] else 2.
    sc.view_settings.view_transform, sc.view_settings.exposure = 'Raw', -math.log2(STOPS)
    sc.render.image_settings.file_format, sc.render.image_settings.color_depth = 'PNG', '16'
    w = bpy.data.worlds.new('w')
    sc.world = w
    w.use_nodes = True
    bg = w.node_tree.nodes['Background']
    bg.inputs[0].default_value = (*L['sky'], 1)
    bg.inputs[1].default_value = L['ss'] * rng.uniform(.8, 1.2)
    el, az = math.radians(rng.uniform(*L['el'])), rng.uniform(0, 2 * math.pi)
    sun = bpy.data.lights.new('s', 'SUN')
    sun.energy, sun.color, sun.angle = L['sun'] * rng.uniform(.8, 1.2), L['sc'], .02 if L['sun'] > 1 else .6
    so = bpy.data.objects.new('s', sun)
    so.rotation_euler = mathutils.Vector((math.cos(el) * math.cos(az), math.cos(el) * math.sin(az), math.sin(el))).to_track_quat('Z', 'Y').to_euler()
    sc.collection.objects.link(so)
    cam = bpy.data.cameras.new('c')
    co = bpy.data.objects.new('c', cam)
    sc.collection.objects.link(co)
    sc.camera = co
    if L['night']:
        spot = bpy.data.lights.new('f', 'SPOT')
        spot.energy, spot.spot_size, spot.spot_blend, spot.shadow_soft_size = 2200., math.radians(46), .9, .1
        lamp = bpy.data.objects.new('f', spot)
        lamp.parent = co
        lamp.location.x = 1.5
        sc.collection.objects.link(lamp)
    return co


def ground(rng):
    """Asphalt with some lines."""
    grey = rng.uniform(.03, .16)
    vehicles.quad('g', (0, 0, 0), (300, 0, 0), (0, 300, 0), vehicles.mat('g', (grey, grey, grey * rng.uniform(.95, 1.05)), .9))
    paint = vehicles.mat('paint', tuple(np.array([(.6, .6, .58), (.6, .42, .05)][int(rng.random() < .25)]) * rng.uniform(.6, 1.1)), .9)
    for x in rng.choice([-5.2, -1.75, 1.75, 5.2], int(rng.integers(0, 4)), replace=False):
        if rng.random() < .5:
            vehicles.quad('l', (x, 0, .005), (.075, 0, 0), (0, 40, 0), paint)
        else:
            for y in np.arange(-30, 30, 6.) + rng.uniform(0, 6):
                vehicles.quad('l', (x, y, .005), (.075, 0, 0), (0, 1, 0), paint)
    if rng.random() < .25:
        y = rng.choice([-1, 1]) * rng.uniform(3, 7)
        for x in np.arange(-9, 9, 1.):
            vehicles.quad('z', (x, y, .006), (.22, 0, 0), (0, 2, 0), paint)


def look(co, at, distance, height, angle, long, box):
    """Puts the camera: `distance` from `at` in the direction `angle`, so that the frame's longer side shows `long` m there."""
    co.location = (at[0] + distance * math.sin(angle), at[1] - distance * math.cos(angle), height)
    co.rotation_euler = (mathutils.Vector((*at, box / 2)) - co.location).to_track_quat('-Z', 'Y').to_euler()
    away = (mathutils.Vector((*at, box / 2)) - co.location).length
    co.data.sensor_width, co.data.lens, co.data.clip_end = 36., 36. * away / long, 600


def seen(co, verts, w, h):
    """Pixels of points, by the camera as it stands."""
    bpy.context.view_layer.update()
    m = np.array(co.matrix_world.inverted())
    p = verts @ m[:3, :3].T + m[:3, 3]
    f = co.data.lens / co.data.sensor_width * max(w, h)
    return np.stack([w / 2 + f * p[:, 0] / -p[:, 2], h / 2 - f * p[:, 1] / -p[:, 2]], 1)


def angles(rng):
    """The way it is seen, 0 from behind: as it comes, and after it has turned."""
    base = rng.normal(0, .2) + (math.pi if rng.random() < .25 else 0)
    turned = base + rng.choice([-1, 1]) * rng.uniform(.7, 2.4)
    return [base, base + rng.normal(0, .08), turned, base + (turned - base) * rng.uniform(.2, 1.2)]


def make(number, out, samples):
    rng = np.random.default_rng([SEED, number])
    light = scenario.pick(rng, *worlds.MORPHS.lights)
    L = render_case.LIGHT[light]
    bpy.ops.wm.read_factory_settings(use_empty=True)
    vehicles.reset()
    vehicles.common(L['night'])
    draw = types.SimpleNamespace(rng=rng, world=worlds.MORPHS, objs={}, np=1)
    o = scenario.Case.vehicle(draw, scenario.pick(rng, list(CLASSES), list(CLASSES.values())))
    v = vehicles.make(o, L['night'], False)
    co = setup(L, rng, samples)
    ground(rng)
    verts = v['verts']
    long, tall = float(np.ptp(verts[:, 1])), float(verts[:, 2].max())
    if rng.random() < .3:     # another one beside it
        q = scenario.Case.vehicle(draw, scenario.pick(rng, ['car', 'suv', 'van', 'bus'], [.5, .3, .1, .1]))
        b = vehicles.make(q, L['night'], False)
        b['obj'].location = (rng.choice([-1, 1]) * rng.uniform(3.1, 3.6), rng.uniform(-6, 6), 0)
    camera = dict(wb=tuple(rng.normal(1, .04, 3)), noise=rng.uniform(.004, .012), soft=rng.uniform(0, .5), sharp=rng.uniform(0, .6), vign=0.)
    lines, height = [], rng.uniform(5.5, 8.5)
    near = rng.uniform(14, 30)
    for view, angle in enumerate(angles(rng)):
        distance = near if view == 0 else near * rng.uniform(1., 2.2)
        across = abs(math.cos(angle)) * float(np.ptp(verts[:, 0])) + abs(math.sin(angle)) * long
        size = math.exp(rng.uniform(math.log(60), math.log(210)))            # px of the vehicle's width
        w = int(min(420, size * 1.7))
        upright = tall + height / distance * long * abs(math.cos(angle)) * .8
        h = int(min(420, max(48, w * 1.05 * upright / across)))
        sc = bpy.context.scene
        sc.render.resolution_x, sc.render.resolution_y = w, h
        look(co, (rng.normal(0, .1), rng.normal(0, .1)), distance, height, angle, across * 1.7 * max(w, h) / w, tall)
        sc.cycles.seed = int(rng.integers(1 << 30))
        path = os.path.join(out, '.part.png')
        sc.render.filepath = path
        bpy.ops.render.render(write_still=True)
        linear = cv2.imread(path, cv2.IMREAD_UNCHANGED)[..., :3].astype(np.float32) / 65535 * STOPS
        name = '%06d_%d.jpg' % (number, view)
        cv2.imwrite(os.path.join(out, name), post.develop(linear, dict(L, rain=0), rng, camera), [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(78, 95))])
        p = seen(co, verts, w, h)
        x0, y0 = np.maximum(p.min(0), 0)
        x1, y1 = np.minimum(p.max(0), (w, h))
        facing = None if abs(math.cos(angle)) < BROADSIDE else 'rear' if math.cos(angle) > 0 else 'front'
        lines.append(dict(file=name, vehicle='%06d' % number, box=[round(float(t), 1) for t in (x0, y0, x1, y1)], cls=o['cls'], color=o['color'], facing=facing, light=light))
    return lines


def main():
    first, step, count = [int(a) for a in sys.argv[sys.argv.index('--') + 1:][:3]]
    out = sys.argv[-1]
    os.makedirs(out, exist_ok=True)
    index = os.path.join(out, 'views-%d.jsonl' % first)
    done = {json.loads(line)['vehicle'] for line in open(index)} if os.path.exists(index) else set()
    for number in range(first, first + step * count, step):
        if '%06d' % number in done:
            continue
        lines = make(number, out, 8)
        with open(index, 'a') as f:
            f.writelines(json.dumps(line) + '\n' for line in lines)


main()
