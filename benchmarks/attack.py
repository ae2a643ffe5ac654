"""`python -m benchmarks.attack`: readers over HTTP while eight attackers send what costs most.

Attackers send one query after the other, as fast as they are answered. Readers ask small known questions,
five a second each, and every answer is compared. Three ways: an address for each, one address for all, and
one address for all with attacks of which no two have the same text. The table tells how many answers were
right, how long they took, how long the longest attack took, and the memory of the server with its workers.
"""

import argparse
import random
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.servers import HOST, REPO, Server, loaded, onrecord, tree
from onrecord.workspace import open_workspace

ATTACKS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:a>)* ?b . ?b (!<x:a>)* ?c }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(?f) ?c ?a",
    "SELECT DISTINCT ?a ?f ?c { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (STRLEN(?s30) AS ?n) { BIND('xx' AS ?s0) "
    + " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(30))
    + " }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "SELECT * { FILTER(" + "+".join("1" * 20_000) + " = 1) }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f MINUS { ?g ?h ?i . ?j ?k ?l } }",
)
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
BENIGN = (
    "ASK { ?s a <ns#Quotation> }",
    "SELECT (COUNT(*) AS ?n) { ?s a <ns#Statement> }",
    f"SELECT ?o {{ <id/actor/margot-james> {LABEL} ?o }}",
    f"SELECT ?s ?o {{ ?s {LABEL} ?o }} ORDER BY ?o ?s LIMIT 20",
)
READERS = 6
MODES = {
    "an address for each": (True, False),
    "one address for all": (False, False),
    "one address for all, no attack twice": (False, True),
}


def plan(server: Server, seconds: float, *, apart: bool, vary: bool) -> dict[str, Any]:
    """Attackers and readers as `benchmarks.load` takes them."""
    right = [_told(server, text) for text in BENIGN]
    readers = [
        {
            "name": "reader",
            "requests": [server.target(text) for text in BENIGN],
            "right": right,
            "pace": 0.2,
            "source": "127.0.0.9" if apart else None,
        }
        for _ in range(READERS)
    ]
    attackers = []
    for number, attack in enumerate(ATTACKS):
        texts = [f"{attack} # {random.randrange(10**9)}" for _ in range(500)] if vary else [attack]
        source = f"127.0.0.{20 + number}" if apart else None
        attackers.append(
            {"name": "attacker", "requests": [server.target(text) for text in texts], "source": source}
        )
    return {"host": HOST, "port": server.port, "seconds": seconds, "connections": [*attackers, *readers]}


def _told(server: Server, text: str) -> str:
    """What a right answer holds: everything after its head."""
    return server.raw(text).partition(b'"results"')[2].decode()


def run(server: Server, seconds: float, mode: str) -> str:
    """One attack; its row."""
    apart, vary = MODES[mode]
    most = 0
    told: list[dict[str, Any]] = []
    asked = plan(server, seconds, apart=apart, vary=vary)
    thread = threading.Thread(target=lambda: told.extend(loaded(asked)))
    thread.start()
    while thread.is_alive():
        most = max(most, tree(server.pid))
        time.sleep(0.2)
    readers = [one for one in told if one["name"] == "reader"]
    times = sorted(each for one in readers for each in one["seconds"])
    wrong = sum(one["wrong"] for one in readers)
    statuses: Counter[str] = Counter()
    longest = 0.0
    for one in told:
        if one["name"] == "attacker":
            statuses.update(one["statuses"])
            longest = max([longest, *one["seconds"]])
    high, middle = times[max(round(len(times) * 0.99) - 1, 0)], times[len(times) // 2]
    ended = ", ".join(f"{status} × {number}" for status, number in sorted(statuses.items()))
    right = 100 * (1 - wrong / len(times))
    return (
        f"| {mode} | {len(times)} | {right:.2f} % | {1000 * middle:.1f} | {1000 * high:.0f} | "
        f"{1000 * times[-1]:.0f} | {longest:.1f} | {most / 2**20:.0f} | {ended} |"
    )


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--runs", type=int, default=3, help="of each way, each with a fresh server")
    options.add_argument("--port", type=int, default=18320)
    given = options.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        open_workspace(REPO / "data", Path(name) / "snapshot") as workspace,
    ):
        workspace.ensure(lambda _: None)
        print(f"### Eight attackers and {READERS} readers, {given.seconds:g} s a run\n")
        print("| addresses | asked | right | median ms | p99 | slowest | longest attack s | MB | attacks |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|---|")
        for mode in MODES:
            for _ in range(given.runs):
                with onrecord(Path(name) / "snapshot", given.port) as server:
                    print(run(server, given.seconds, mode), flush=True)


if __name__ == "__main__":
    main()
