#!/usr/bin/env python3
"""Scores as rows: task, data, metric, value, date, version.

usage: rows.py FOLDER VERSION CSV     FOLDER holds the scorers' JSON
"""
import csv, datetime, json, os, sys


def flat(value, prefix=""):
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, dict):
            yield from flat(inner, name + " ")
        else:
            yield name, inner


def main(folder, version, path):
    today = datetime.date.today().isoformat()
    data = {"statements": "PolNeAR dev", "times-AQUAINT": "AQUAINT", "times-TimeBank": "TimeBank",
            "times-AQUAINT-types": "AQUAINT", "times-TimeBank-types": "TimeBank",
            "times-TimeBank-first": "TimeBank read for the rules",
            "times-TimeBank-other": "TimeBank not read",
            "speakers": "eval/speakers", "speech": "MEANTIME", "quantities": "quantities dev",
            "quantities-first": "quantities dev read for the rules",
            "quantities-other": "quantities dev not read",
            "quantities-news-first": "eval/quantities read for the rules",
            "quantities-news-other": "eval/quantities not read",
            "figures-cases": "figure pairs worked on", "figures-kept": "figure pairs kept",
            "names-meantime": "MEANTIME (learned from)",
            "names-gum-news": "GUM news (learned from)",
            "findings-seed101": "newsroom seed 101", "findings-seed102": "newsroom seed 102",
            "findings-seed103": "newsroom seed 103",
            "findings-news": "real reports with known changes",
            "stories-look-alikes": "eval/stories",
            "findings-wikinews": "Wikinews with known changes"}
    new = []
    for stem, name in data.items():
        file = os.path.join(folder, stem + ".json")
        if os.path.exists(file) and os.path.getsize(file):
            # Of several lines the last is of all files together.
            scores = open(file).read()
            scores = json.loads(scores if scores.lstrip().startswith("{\n") else scores.splitlines()[-1])
            for metric, value in flat(scores):
                # Kinds of miss stand in eval/times.md.
                if isinstance(value, str) or metric.startswith("kinds "):
                    continue
                new.append([stem.split("-")[0], name, metric, value, today, version])
    old = list(csv.reader(open(path)))[1:] if os.path.exists(path) else []
    replaced = {(row[0], row[1], row[2], row[5]) for row in new}
    rows = [row for row in old if (row[0], row[1], row[2], row[5]) not in replaced] + new
    with open(path, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["task", "data", "metric", "value", "date", "version"])
        writer.writerows(rows)
    for row in new:
        print(*row)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
