# SPDX-License-Identifier: Apache-2.0
"""/usr/bin/python3 finish.py OUT/SPLIT [--split] : checks every case, writes manifest.jsonl and stats.json, completes sites/*.json
--split: also says train or val; cases that the old manifest splits stay as they are, a whole site goes to one side"""
import sys, os, json, glob, collections
import numpy as np, cv2

MARK = {'white_solid': (2, 6, 8, 11), 'yellow_solid': (4,), 'yellow_solid_double': (1, 4)}


def split_of(j):
    if j.get('site_id'):
        return 'val' if int(j['site_id'][-2:]) % 4 == 3 else 'train'
    return 'val' if j['seed'] % 6 == 0 else 'train'


def off_lines(j, cd):
    """site lines that do not lie on their marking in the segmentation of panel 1 (hidden pixels do not count)"""
    seg = cv2.imread(os.path.join(cd, j['panels'][0]['seg']), 0)
    out = []
    items = [(MARK[l['kind']], l['polyline'], l['kind']) for l in j['site_view']['lane_lines'] if l['kind'] in MARK]
    items += [((6,), [np.mean(l['polygon'][:2], 0), np.mean(l['polygon'][2:4], 0)], 'stop_line') for l in j['site_view']['stop_lines'] if len(l['polygon']) == 4 and l['serves'] == 'own']
    for ok, line, kind in items:
        p = np.linspace(line[0], line[-1], 60)
        p = p[(p[:, 0] > 3) & (p[:, 0] < seg.shape[1] - 4) & (p[:, 1] > seg.shape[0] * .3) & (p[:, 1] < seg.shape[0] - 4)].round().astype(int)
        near = [seg[y - 2:y + 3, x - 2:x + 3] for x, y in p]
        seen = [n for n in near if (n > 0).all()]
        if len(seen) > 8 and np.mean([np.isin(n, ok).any() for n in seen]) < .7:
            out.append(kind)
    return out


d = sys.argv[1]
old = {}
if '--split' in sys.argv and os.path.exists(os.path.join(d, 'manifest.jsonl')):
    old = {m['case_id']: m.get('split') for m in map(json.loads, open(os.path.join(d, 'manifest.jsonl')))}
views = collections.defaultdict(list)
M, C = [], collections.defaultdict(collections.Counter)
n = tot = 0
T = []
bad = []
for f in sorted(glob.glob(os.path.join(d, '*', 'case.json'))):
    try:
        j = json.load(open(f))
    except Exception as e:
        bad.append((f, str(e)))
        continue
    cd = os.path.dirname(f)
    sz = sum(os.path.getsize(os.path.join(cd, q)) for q in os.listdir(cd))
    tot += sz
    ok = all(os.path.exists(os.path.join(cd, p['file'])) and os.path.exists(os.path.join(cd, p['seg'])) for p in j['panels'])
    tv = [any(o['id'] == p['target'] for o in p['objects']) for p in j['panels']]
    if not ok or not all(tv):
        bad.append((j['case_id'], 'files' if not ok else 'target not visible in panel %d' % (tv.index(False) + 1)))
    M.append(dict(case_id=j['case_id'], dir=os.path.basename(cd), code=j['code'], violation_code=j['record']['violation_code'], variant=j['truth']['variant'], verdict=j['truth']['verdict'], reason=j['truth']['reason'],
                  record_consistent=j['truth'].get('record_consistent', True), light=j['light'], site=j['site']['kind'], n_lanes=j['site']['n_lanes'], panels=[p['file'] for p in j['panels']], bytes=sz,
                  target_in_every_panel=all(tv), site_id=j.get('site_id'), camera_moved=j.get('camera_moved', False)))
    if '--split' in sys.argv:
        M[-1]['split'] = old.get(j['case_id']) or split_of(j)
    if j.get('site_id'):
        views[j['site_id'], j['view']].append(j['case_id'])
        C['site'][j['site_id']] += 1
    off = off_lines(j, cd) if 'site_view' in j else []
    if off:
        bad.append((j['case_id'], 'site lines off their marking: ' + ' '.join(off)))
    n += len(j['panels'])
    T.append(j['timing']['render'] / len(j['panels']))
    C['code/verdict'][j['code'] + '/' + j['truth']['verdict']] += 1
    C['code/variant/verdict']['%s/%s/%s' % (j['code'], j['truth']['variant'], j['truth']['verdict'])] += 1
    C['reason'][j['truth']['reason']] += 1
    C['light'][j['light']] += 1
    C['panels'][len(j['panels'])] += 1
    C['mismatch'][j['truth'].get('mismatch', 'none')] += 1
    for p in j['panels']:
        for o in p['objects']:
            C['object_class'][o['cls']] += 1
            if o['color']:
                C['color'][o['color']] += 1
            for q in o['plates']:
                C['plates_visible' if q['visible'] else 'plates_partly'][q['kind']] += 1
                C['plate_width_px'][int(q['width_px'] // 20 * 20)] += 1
        for s in p['signals']:
            C['signal'][s['shape'] + '/' + s['state']] += 1
for f in glob.glob(os.path.join(d, 'sites', '*.json')):
    s = json.load(open(f))
    for v in s['views']:
        v['cases'] = sorted(views[s['site'], v['view']])
    if '--split' in sys.argv:
        s['split'] = split_of(dict(site_id=s['site']))
    json.dump(s, open(f, 'w'), ensure_ascii=False)
with open(os.path.join(d, 'manifest.jsonl'), 'w') as f:
    for m in M:
        f.write(json.dumps(m, ensure_ascii=False) + '\n')
S = dict(cases=len(M), panels=n, bytes=tot, render_s_per_panel=round(sum(T) / max(1, len(T)), 2), counts={k: dict(v) for k, v in C.items()}, problems=bad)
json.dump(S, open(os.path.join(d, 'stats.json'), 'w'), ensure_ascii=False, indent=1)
print(json.dumps(S, ensure_ascii=False, indent=None)[:6000])
