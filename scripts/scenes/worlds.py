# SPDX-License-Identifier: Apache-2.0
"""What a split draws from: vehicle models, light, places and the ranges of site geometry. Two worlds share none of them, so a net trained in one cannot know the other's cars, light or junctions.

A further world is a file world_NAME.py that holds WORLD, in the folder that SCENEGEN_WORLDS names; NAME is then a split."""
import importlib.util
import os
from dataclasses import dataclass, replace
from typing import Optional


@dataclass(frozen=True)
class World:
    seed: int                   # of cases
    device_seed: int            # of devices
    models: dict                # vehicle class -> model names of vehicles.py
    lights: tuple               # names, weights
    places: tuple
    lanes: tuple                # numbers of lanes, weights
    lane_width: tuple           # m, from to
    crosswalk_width: tuple      # m
    junction_depth: tuple       # m between the crosswalks
    centre: Optional[str]       # the one kind of centre line; None: drawn
    morphs: bool = False        # every vehicle is a morph of its model (vehicles.Morph), as no other


TRAIN = World(
    seed=11, device_seed=12,
    models={'car': ['sedan_a', 'sedan_b', 'hatch_a', 'obj_hatchback', 'obj_hatchback_blue'], 'suv': ['suv_a', 'suv_b', 'obj_suv'], 'van': ['van_a', 'van_b'], 'minibus': ['minibus_a'],
            'bus': ['bus_a', 'obj_bus'], 'light_truck': ['ltruck_a', 'ltruck_b'], 'heavy_truck': ['htruck_a', 'htruck_b'], 'tanker': ['tanker_a'], 'pickup': ['pickup_a'], 'motorcycle': ['moto_a'],
            'ebike': ['ebike_a', 'ebike_b'], 'bicycle': ['bicycle_a'], 'ambulance': ['obj_ambulance'], 'fire_engine': ['fire_a'], 'police_car': ['police_a', 'police_suv']},
    lights=(['day_clear', 'overcast', 'dusk', 'night', 'wet', 'haze'], [.3, .22, .13, .17, .1, .08]),
    places=('人民路与建设街交叉口', '解放大道中山路口', '长江路与黄河路交口', '迎宾大道科技园路口', '滨河东路学府街', '和平路文化街口', '朝阳北路东四环口', '幸福大街南段',
            '新华西道与友谊路', '世纪大道128号前', '环城北路K3+200', '机场高架出口', '金桥路东方大道口', '五一广场北侧', '凤凰山隧道南口', '望江路翠柏街'),
    lanes=([2, 3, 4], [.25, .45, .3]), lane_width=(3.05, 3.4), crosswalk_width=(3, 4.5), junction_depth=(17, 25), centre=None)

# The training world's models and lights over wider ranges of geometry.
WIDE = replace(TRAIN, seed=51, device_seed=52, lane_width=(2.8, 3.75), crosswalk_width=(2.5, 6), junction_depth=(14, 32))

# The same, but no two vehicles have one shape: what a net learns of these it cannot learn by heart.
MORPHS = replace(WIDE, seed=61, device_seed=62, morphs=True)


def world(split):
    """The world of a split; ValueError when there is none."""
    if split in ('train', 'val'):
        return TRAIN
    if split == 'wide':
        return WIDE
    if split == 'morphs':
        return MORPHS
    path = os.path.join(os.environ.get('SCENEGEN_WORLDS', ''), 'world_%s.py' % split)
    if not os.path.exists(path):
        raise ValueError('no world for split %r: train, val, wide, morphs, or world_%s.py in the folder SCENEGEN_WORLDS names' % (split, split))
    spec = importlib.util.spec_from_file_location('world_' + split, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.WORLD
