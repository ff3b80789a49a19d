#!/usr/bin/env python3
"""Time expressions by type and by kind of miss, paired as the scorer pairs them.

usage: times-by-type.py SCORER TML_DIR PREDICTIONS [other|first]

SCORER is `score/times.py`. Of TML_DIR's files, in order of name, `first` takes the first, the third
and so on, `other` the rest. Prints one JSON object.

  relaxed   spans overlap, one to one     value   and the value agrees
  kinds     missed, extra; of those found: value differs, only the type differs, only the edges differ;
            then each of them by kind
"""
import collections, datetime, importlib.util, json, os, re, sys


def kind_of_difference(gold, ours):
    """What parts two values, in words."""
    day = re.compile(r"\d{4}-\d\d-\d\d$")
    if "REF" in gold + ours:
        return "vague, or not"
    if gold.startswith("P") != ours.startswith("P"):
        return "a length, or a date"
    if gold.startswith("P"):
        return "another length"
    if "X" in gold:
        return "the annotators leave part of it open"
    if ("T" in gold) != ("T" in ours):
        return "with a part of the day or an hour, or without"
    if "T" in gold:
        return "another time"
    if day.match(gold) and day.match(ours):
        apart = datetime.date.fromisoformat(gold) - datetime.date.fromisoformat(ours)
        return "a weekday, in another week" if apart.days % 7 == 0 else "another day"
    if ("W" in gold) != ("W" in ours):
        return "a week, or its month or day"
    if "Q" in gold and "Q" in ours:
        return "another quarter"
    if "Q" in gold + ours:
        return "a quarter, or its year"
    if gold.startswith(ours) or ours.startswith(gold):
        return "finer or coarser"
    return "another week, month or year"


def kind_alone(kind, value):
    """What somebody alone has found, in words."""
    vague = {"PRESENT_REF": "now, currently, current", "PAST_REF": "recent, the past", "FUTURE_REF": "the future"}
    plain = {"DATE": "dates, times", "TIME": "dates, times", "DURATION": "lengths", "SET": "repetitions"}
    return vague.get(value, plain.get(kind, kind))


def f1(right, found, gold):
    p, r = right / found if found else 0.0, right / gold if gold else 0.0
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0}


def main(scorer, folder, predictions, half=None):
    spec = importlib.util.spec_from_file_location("times", scorer)
    times = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(times)
    read = collections.defaultdict(set)
    for line in open(predictions, encoding="utf-8"):
        report = json.loads(line)
        read[os.path.basename(report["source_file"])[:-4]] |= {
            (t["span"][0], t["span"][1], t["type"], t["value"]) for t in report["times"]}
    n = collections.Counter()
    kinds = collections.defaultdict(collections.Counter)
    files = times.tml_files(folder)
    files = {None: files, "first": files[::2], "other": files[1::2]}[half]
    for path in files:
        _, _, gold = times.read_tml(path)
        found, used = sorted(read[os.path.basename(path)[:-4]], key=lambda t: t[:2]), set()
        for start, end, kind, value in gold:
            n["gold", kind] += 1
            best = max((j for j, p in enumerate(found)
                        if j not in used and min(end, p[1]) > max(start, p[0])),
                       key=lambda j: min(end, found[j][1]) - max(start, found[j][0]), default=None)
            if best is None:
                n["missed", kind] += 1
                kinds["missed"][kind_alone(kind, value)] += 1
                continue
            used.add(best)
            other = found[best]
            n["relaxed gold", kind] += 1
            n["relaxed found", other[2]] += 1
            n["value gold", kind] += other[3] == value
            n["value found", other[2]] += other[3] == value
            if other[3] != value:
                n["value differs", kind] += 1
                kinds["value differs"][kind_of_difference(value, other[3])] += 1
            elif other[2] != kind:
                n["only the type differs", kind] += 1
            elif other[:2] != (start, end):
                n["only the edges differ", kind] += 1
        for j, other in enumerate(found):
            n["found", other[2]] += 1
            n["extra", other[2]] += j not in used
            if j not in used:
                kinds["extra"][kind_alone(*other[2:])] += 1
    types = ["DATE", "TIME", "DURATION", "SET"]
    total = lambda name: sum(n[name, kind] for kind in types)
    out = {}
    if half:
        gold, found = total("gold"), total("found")
        out["relaxed"] = f1(total("relaxed gold"), found, gold)
        out["value"] = f1(total("value gold"), found, gold)
    for kind in types:
        of = {"gold": n["gold", kind], "found": n["found", kind]}
        for name in ["relaxed", "value"]:
            p = f1(n[f"{name} found", kind], of["found"], 1)["p"]
            r = f1(n[f"{name} gold", kind], 1, of["gold"])["r"]
            of[name] = {"p": p, "r": r, "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0}
        out[kind] = of
    for name in ["missed", "extra", "value differs", "only the type differs", "only the edges differ"]:
        out[name] = total(name)
    out["kinds"] = {name: dict(kinds[name].most_common()) for name in ["value differs", "extra", "missed"]}
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
