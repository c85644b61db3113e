# SPDX-License-Identifier: Apache-2.0
"""Make rendered case folders reviewable: write record.json (the tool's plain field names) and settle the three-valued truth in case.json.

usage: /usr/bin/python3 record.py DIR...   (DIR holds case folders and, if finish.py ran, manifest.jsonl)
Idempotent. Truth afterwards: verdict accept | reject | manual, reason (an id of reasons.csv, or 'violation'), suggested_code or suggested_plate where one is due, first_reason (the renderer's own word)."""
import datetime
import json
import os
import sys

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
SPEED_CODES = ((0.10, '1352'), (0.20, '1636'), (0.50, '1721'))
MEDIUM_AND_LARGE = {'heavy_truck', 'bus', 'tanker', 'fire_engine'}      # 1352/1636/1721 do not cover 中型以上载客载货汽车
MISMATCH = {'plate_char': 'plate_misread', 'vehicle_class': 'vehicle_differs', 'color': 'vehicle_differs', 'body_color': 'vehicle_differs', 'plate_color': 'plate_color_differs'}
EXEMPT = {'ambulance': ('reject', 'exempt_vehicle'), 'fire_engine': ('reject', 'exempt_vehicle'), 'police_car': ('manual', 'exempt_possible')}
MANUAL = {'stopped_over_line', 'target_occluded', 'queue_blocked', 'vehicle_moves_through', 'wrong_lane_suggested'}


def target(case):
    for panel in case['panels']:
        for o in panel['objects']:
            if o['id'] == case['truth']['target']:
                return o
    return None


def speed_code(record, truth):
    """The code of the measured share over the limit; below 10 % none applies and the device's 1352 stays (a false record)."""
    over = record['speed_kmh'] / record['limit_kmh'] - 1
    return ([c for at, c in SPEED_CODES if over >= at] or ['1352'])[-1]


def settle(case):
    t, o = case['truth'], target(case)
    first = t.setdefault('first_reason', t['reason'])
    t.setdefault('first_verdict', t['verdict'])
    cls = o['cls'] if o else None
    verdict, reason = t['first_verdict'], first
    if first == 'record_does_not_match_picture':
        verdict, reason = 'manual', MISMATCH.get(t.get('mismatch'), 'vehicle_differs')
    elif first == 'plate_unreadable' and t.get('unreadable_by') in ('mud', 'occlusion', 'occluder', 'dirt'):
        verdict, reason = 'manual', 'plate_covered'
    elif first == 'exempt_vehicle':
        verdict, reason = EXEMPT.get(cls, ('manual', 'exempt_possible'))
    elif first in MANUAL:
        verdict = 'manual'
    elif case['code'] == 'speed' and first == 'violation' and cls in MEDIUM_AND_LARGE:
        verdict, reason = 'manual', 'speed_class_differs'
    t.update(verdict=verdict, reason=reason)
    if reason == 'stopped_over_line':
        t['suggested_code'] = '1211'
    if reason == 'plate_misread' and o:
        texts = [p['text'] for p in o.get('plates', [])]
        t['suggested_plate'] = texts[0] if texts else None


def plain_record(case, folder):
    r = case['record']
    iso = [datetime.datetime.fromtimestamp(ms / 1000, BEIJING).replace(tzinfo=None).isoformat(timespec='milliseconds') for ms in r['times_ms']]
    pictures = [{'file': p['file'], 'role': 'panel', 'time': t} for p, t in zip(case['panels'], iso)]
    if os.path.exists(os.path.join(folder, 'closeup.jpg')):
        pictures.append({'file': 'closeup.jpg', 'role': 'closeup'})
    code = r['violation_code'] if case['code'] != 'speed' else speed_code(r, case['truth'])
    out = {'case_id': case['case_id'], 'violation': code, 'plate': r.get('plate'), 'plate_color': r.get('plate_color'), 'vehicle_class': r.get('vehicle_class'), 'body_color': r.get('body_color'),
           'times': iso, 'place': r.get('place'), 'device_id': r.get('device_id'), 'direction': r.get('direction'), 'lane': r.get('lane') if (r.get('lane') or 0) > 0 else None,
           'speed_kmh': r.get('speed_kmh'), 'limit_kmh': r.get('limit_kmh'), 'site_facts': r.get('site_facts'), 'pictures': pictures}
    return {k: v for k, v in out.items() if v is not None}


def write(path, value):
    with open(path, 'w', encoding='utf8') as f:
        json.dump(value, f, ensure_ascii=False)


def main(folders):
    for top in folders:
        settled = {}
        for name in sorted(os.listdir(top)):
            path = os.path.join(top, name, 'case.json')
            if not os.path.exists(path):
                continue
            case = json.load(open(path, encoding='utf8'))
            settle(case)
            record = plain_record(case, os.path.join(top, name))
            case['record']['violation_code'] = record['violation']
            write(path, case)
            write(os.path.join(top, name, 'record.json'), record)
            settled[name] = case['truth']
        index = os.path.join(top, 'manifest.jsonl')
        if os.path.exists(index):
            rows = [json.loads(line) for line in open(index, encoding='utf8')]
            for row in rows:
                t = settled.get(row.get('case_id'))
                if t:
                    row.update(verdict=t['verdict'], reason=t['reason'])
            with open(index, 'w', encoding='utf8') as f:
                f.writelines(json.dumps(row, ensure_ascii=False) + '\n' for row in rows)


if __name__ == '__main__':
    main(sys.argv[1:])
