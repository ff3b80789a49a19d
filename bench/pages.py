"""How fast the pages answer: every view over a record, with addresses from the record's own lists.

    onrecord serve story.db --port 8477 &
    python3 bench/pages.py http://127.0.0.1:8477 1000

asks so many addresses one after another, over one connection, and prints for each view how many
were asked, the median, the 99th percentile and the slowest, in milliseconds.
"""

import http.client
import json
import random
import sys
import time
from urllib.parse import quote, urlsplit

WORDS = "strike minister said talks court election billion hospital police vote deal war border".split()


def main(base, asked):
    host = urlsplit(base)
    connection = http.client.HTTPConnection(host.hostname, host.port)

    def ask(address):
        began = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - began) * 1000
        assert answer.status == 200, (answer.status, address)
        return took, body

    chance = random.Random(7)
    ask("/")

    def rows(view):
        """Rows of the first page, and of some later one."""
        first = json.loads(ask(f"/api{view}?rows=200")[1])
        pages = max(1, min(first["pages"], 40))
        later = json.loads(ask(f"/api{view}?rows=200&page={chance.randint(1, pages)}")[1])
        return [row["address"] for row in first["rows"] + later["rows"]]

    speakers, reports = rows("/speakers"), rows("/reports")
    days, figures = rows("/timeline"), rows("/counted")
    measures = rows("/figures") or figures
    told = json.loads(ask("/api/timeline?rows=200")[1])["rows"]
    events = [event["address"] for row in told for event in row["events"]]
    quotations = rows("/quotations")
    findings = json.loads(ask("/api/findings?rows=200")[1])["rows"]
    names = [address.rsplit("/", 1)[1] for address in speakers if "/person/" in address]
    page = lambda: chance.randint(1, 20)
    views = {
        "overview": lambda: "/",
        "findings": lambda: f"/findings?page={page()}",
        "finding": lambda: chance.choice(findings)["address"],
        "speakers": lambda: f"/speakers?page={page()}",
        "speaker": lambda: chance.choice(speakers),
        "quotations": lambda: f"/quotations?page={page()}",
        "quotation": lambda: chance.choice(quotations),
        "figures": lambda: f"/figures?page={page()}",
        "measure": lambda: chance.choice(measures),
        "counted": lambda: f"/counted?page={page()}",
        "figure": lambda: chance.choice(figures),
        "copies": lambda: "/copies",
        "timeline": lambda: f"/timeline?page={page()}" + chance.choice(["", "&order=time"]),
        "event": lambda: chance.choice(events),
        "day": lambda: chance.choice(days),
        "reports": lambda: f"/reports?page={page()}",
        "report": lambda: chance.choice(reports),
        "search": lambda: "/search?q=" + quote(" ".join(chance.sample(WORDS, chance.randint(1, 2)))),
        "search by speaker": lambda: f"/search?q=speaker:%22{chance.choice(names)}%22",
    }
    took = {view: [] for view in views}
    slow = []
    for number in range(asked):
        view = list(views)[number % len(views)]
        address = views[view]()
        took[view].append(ask(address)[0])
        slow.append((took[view][-1], address))
    print(f"{'view':<20}{'asked':>7}{'median':>9}{'99th':>9}{'slowest':>9}")
    everything = [one for all_of in took.values() for one in all_of]
    for view, all_of in [*took.items(), ("all", everything)]:
        all_of.sort()
        at = lambda share: all_of[min(len(all_of) - 1, int(len(all_of) * share))]
        print(f"{view:<20}{len(all_of):>7}{at(.5):>9.1f}{at(.99):>9.1f}{all_of[-1]:>9.1f}")
    for one, address in sorted(slow, reverse=True)[:5]:
        print(f"{one:9.1f}  {address}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
