# SPDX-License-Identifier: Apache-2.0
"""blender -b -P model_sheet.py -- OUT.png [SEED] : every model, or its morph, from behind-left and from the front-left"""
import os, sys, math
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bpy, numpy as np, cv2, mathutils
import scenario, vehicles, plates, worlds
out, *seed = sys.argv[sys.argv.index('--') + 1:]
tiles = []
for cls, a in worlds.TRAIN.models.items():
    for m in a:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        vehicles.reset()
        vehicles.common(False)
        rng = np.random.default_rng(1)
        kind = {'bus': 'yellow2', 'heavy_truck': 'yellow2', 'tanker': 'yellow2', 'fire_engine': 'yellow2', 'motorcycle': 'yellow', 'police_car': 'white', 'ebike': None, 'bicycle': None}.get(cls, 'blue')
        o = dict(id='x', cls=cls, model='+'.join([m, *seed]), color='A' if cls in ('police_car', 'ambulance') else 'E', seed=3, len=scenario.LEN[cls], wid=scenario.WID.get(cls, 1.8), plate_kind=kind, plate=plates.random_text(rng, kind) if kind else None, dirt=0, cover=None)
        v = vehicles.make(o, False, False)
        sc = bpy.context.scene
        sc.render.engine = 'CYCLES'
        sc.cycles.samples = 6
        sc.cycles.use_denoising = False
        sc.cycles.use_fast_gi = True
        sc.cycles.fast_gi_method = 'REPLACE'
        sc.render.resolution_x, sc.render.resolution_y = 320, 220
        w = bpy.data.worlds.new('w')
        sc.world = w
        w.use_nodes = True
        w.node_tree.nodes['Background'].inputs[0].default_value = (.6, .7, .9, 1)
        w.node_tree.nodes['Background'].inputs[1].default_value = .7
        l = bpy.data.lights.new('s', 'SUN')
        l.energy = 3
        lo = bpy.data.objects.new('s', l)
        lo.rotation_euler = (.7, .4, 0)
        sc.collection.objects.link(lo)
        vehicles.quad('g', (0, 0, 0), (30, 0, 0), (0, 30, 0), vehicles.mat('g', (.2, .2, .2)))
        cam = bpy.data.cameras.new('c')
        co = bpy.data.objects.new('c', cam)
        sc.collection.objects.link(co)
        sc.camera = co
        cam.lens = 60
        t = []
        L = o['len']
        for y in (-1, 1):
            co.location = (-L * .9, y * L * 2.0, L * .75 + 1)
            co.rotation_euler = (mathutils.Vector((0, 0, .8)) - co.location).to_track_quat('-Z', 'Y').to_euler()
            sc.render.filepath = '/dev/shm/ms.png'
            bpy.ops.render.render(write_still=True)
            t.append(cv2.imread('/dev/shm/ms.png'))
        t = np.vstack(t)
        cv2.putText(t, m, (4, 14), 0, .5, (0, 0, 255), 1)
        tiles.append(t)
        print('M', m, flush=True)
while len(tiles) % 7:
    tiles.append(np.zeros_like(tiles[0]))
cv2.imwrite(out, np.vstack([np.hstack(tiles[i:i + 7]) for i in range(0, len(tiles), 7)]))
