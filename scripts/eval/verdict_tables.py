# SPDX-License-Identifier: Apache-2.0
"""Tables of verdicts against truth: per code and scenario, with exact intervals. A case is (row of the scenes' manifest, truth of its
case.json, line of vioreview's manifest)."""
import collections
import math


def tail(n, p, upto):
    """P(X <= upto) of a binomial."""
    return sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(upto + 1))


def largest(holds):
    """The largest share for which `holds`, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(60):
        mid = (low + high) / 2
        low, high = (mid, high) if holds(mid) else (low, mid)
    return low


def exact_interval(k, n, confidence=0.95):
    """Clopper-Pearson."""
    if n == 0:
        return 0.0, 1.0
    a = (1 - confidence) / 2
    return (0.0 if k == 0 else largest(lambda p: 1 - tail(n, p, k - 1) < a)), (1.0 if k == n else largest(lambda p: tail(n, p, k) > a))


def at_most(k, n, confidence=0.95):
    """The exact upper bound of a share, one-sided."""
    return 1.0 if k == n else largest(lambda p: tail(n, p, k) > 1 - confidence)


def share(k, n):
    low, high = exact_interval(k, n)
    return f"{k} of {n} ({100 * k / n if n else 0:.1f} %, {100 * low:.1f} to {100 * high:.1f} %)"


def reasons_of(verdict):
    return [r["id"] for r in verdict["reasons"]]


def decidable(cases):
    return [c for c in cases if c[0]["verdict"] != "manual"]


def rightly(cases):
    return [c for c in cases if c[0]["verdict"] == c[2]["verdict"] != "manual"]


def scenarios(cases):
    """One row for each code, scenario and true verdict."""
    table = collections.defaultdict(collections.Counter)
    for row, _, verdict in cases:
        table[row["code"], row["variant"], row["verdict"]][verdict["verdict"]] += 1
    print("\n| code | scenario | truth | accept | reject | manual |\n|---|---|---|---|---|---|")
    for (code, variant, truth), counts in sorted(table.items()):
        print(f"| {code} | {variant} | {truth} | {counts['accept']} | {counts['reject']} | {counts['manual']} |")


def codes(cases):
    """One row for each code: decided rightly of those that an automatic answer is right for, and wrong of the decided."""
    print("\n| code | decided rightly | wrong, of all decided |\n|---|---|---|")
    for code in sorted({c[0]["code"] for c in cases}):
        mine = [c for c in cases if c[0]["code"] == code]
        decided = sum(c[2]["verdict"] != "manual" for c in mine)
        right = rightly(mine)
        print(f"| {code} | {share(len(right), len(decidable(mine)))} | {share(decided - len(right), decided)} |")


def summary(cases):
    decided = [c for c in cases if c[2]["verdict"] != "manual"]
    wrong = [c for c in decided if c[0]["verdict"] != c[2]["verdict"]]
    rejects = [c for c in rightly(cases) if c[2]["verdict"] == "reject"]
    suggested = [c for c in cases if c[1].get("suggested_code")]
    print(f"- decided rightly: {share(len(rightly(cases)), len(decidable(cases)))} of those whose truth is accept or reject")
    print(f"- wrong automatic decisions: {share(len(wrong), len(decided))} of the decided; at most {100 * at_most(len(wrong), len(decided)):.1f} % with 95 % confidence"
          if decided else "- nothing decided")
    print(f"- right reason: {share(sum(r['reason'] in reasons_of(v) for r, _, v in rejects), len(rejects))} of the right rejects")
    print(f"- right suggested code: {share(sum(t['suggested_code'] == v.get('suggested_code') for _, t, v in suggested), len(suggested))}")
    for row, _, verdict in wrong:
        print(f"  - WRONG {row['case_id']} {row['code']} {row['variant']}: {verdict['verdict']} {reasons_of(verdict)}, truth {row['verdict']} {row['reason']}")


def left_open(cases):
    """What the cases that have an automatic answer and were left to people were left for; one may have several reasons."""
    undecided = [c for c in decidable(cases) if c[2]["verdict"] == "manual"]
    reasons = collections.Counter(reason for c in undecided for reason in sorted(set(reasons_of(c[2]))))
    print(f"\n{len(undecided)} left to people: " + ", ".join(f"{reason} {n}" for reason, n in reasons.most_common()))


def scores(cases):
    """Whether the scores as a whole are honest: of the cases that one gave about the same score the share that it is right for."""
    print("\n| score | of accept: right | of reject: right |\n|---|---|---|")
    for low, high in ((.5, .8), (.8, .9), (.9, .93), (.93, .97), (.97, 1.01)):
        counts = []
        for side in ("accept", "reject"):
            mine = [row["verdict"] == side for row, _, verdict in cases if low <= verdict["scores"][side] < high]
            counts.append(share(sum(mine), len(mine)) if mine else "none")
        print(f"| {low:.2f} to {min(high, 1):.2f} | {counts[0]} | {counts[1]} |")
