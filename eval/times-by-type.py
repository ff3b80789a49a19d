#!/usr/bin/env python3
"""Time expressions by type and by kind of miss, paired as the scorer pairs them.

usage: times-by-type.py SCORER TML_DIR PREDICTIONS [other|first]

SCORER is `score/times.py`. Of TML_DIR's files, in order of name, `first` takes the first, the third
and so on, `other` the rest. Prints one JSON object.

  relaxed   spans overlap, one to one     value   and the value agrees
  kinds     missed, extra; of those found: value differs, only the type differs, only the edges differ
"""
import collections, importlib.util, json, os, sys


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
                continue
            used.add(best)
            other = found[best]
            n["relaxed gold", kind] += 1
            n["relaxed found", other[2]] += 1
            n["value gold", kind] += other[3] == value
            n["value found", other[2]] += other[3] == value
            if other[3] != value:
                n["value differs", kind] += 1
            elif other[2] != kind:
                n["only the type differs", kind] += 1
            elif other[:2] != (start, end):
                n["only the edges differ", kind] += 1
        for j, other in enumerate(found):
            n["found", other[2]] += 1
            n["extra", other[2]] += j not in used
    kinds = ["DATE", "TIME", "DURATION", "SET"]
    total = lambda name: sum(n[name, kind] for kind in kinds)
    out = {}
    if half:
        gold, found = total("gold"), total("found")
        out["relaxed"] = f1(total("relaxed gold"), found, gold)
        out["value"] = f1(total("value gold"), found, gold)
    for kind in kinds:
        of = {"gold": n["gold", kind], "found": n["found", kind]}
        for name in ["relaxed", "value"]:
            p = f1(n[f"{name} found", kind], of["found"], 1)["p"]
            r = f1(n[f"{name} gold", kind], 1, of["gold"])["r"]
            of[name] = {"p": p, "r": r, "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0}
        out[kind] = of
    for name in ["missed", "extra", "value differs", "only the type differs", "only the edges differ"]:
        out[name] = total(name)
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
