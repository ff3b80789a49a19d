"""Checks that gold.jsonl and none.jsonl point at the words they name.

Reads them and the reports beside it, prints the number of statements and reports, and fails on the first
offset that does not fit. Offsets count code points.

    python3 eval/speakers/check.py
"""

import json
from pathlib import Path

here = Path(__file__).parent
acts = set("say announce report confirm deny decline warn ask urge promise accuse praise think intend expect".split())
types = {"person", "organisation", "group", "anonymous", "document", None}


def lines(name):
    return [json.loads(line) for line in (here / name).read_text(encoding="utf-8").splitlines()]


texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((here / "reports").glob("*.txt"))}
gold = lines("gold.jsonl")
cues = {(line["file"], line["cue_at"]) for line in gold}
assert len(cues) == len(gold), "two statements share a cue"
for line in gold:
    text = texts[line["file"]]
    cue = line["cue"].split(" ")[0]
    assert text.startswith(cue, line["cue_at"]), line
    if line["source"] is not None:
        assert text.startswith(line["source"], line["source_at"]), line
    words = text[line["content_at"]:].split()
    assert words[: len(line["content_starts"].split())] == line["content_starts"].split() or text.startswith(
        line["content_starts"], line["content_at"]
    ), line
    assert line["type"] in types and line["act"] in acts, line
    assert line["mode"] in {"direct", "mixed", "indirect"}, line
    if "within" in line:
        assert (line["file"], line["within"]) in cues, line
for line in lines("none.jsonl"):
    start, end = line["span"]
    words = texts[line["file"]][start:end]
    assert words and words[0] in "\"'“‘" and words[-1] in "\"'”’", (line, words)
assert {line["file"] for line in gold} == set(texts), "a report without a statement"
print(f"{len(gold)} statements in {len(texts)} reports")
