"""`python -m benchmarks.attack`: readers and the app while eight attackers send what costs most.

Attackers send one query after the other, each its own address (or all the readers' address with
`--one-address`). Readers ask small known questions, 10 a second each, and compare every answer. The table
tells how many answers were right, how long they took, and the memory of the whole tree of processes.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

from pyoxigraph import QueryResultsFormat, Store

from onrecord.errors import Busy, LimitExceeded, OnRecordError
from onrecord.query import Gateway
from onrecord.workspace import open_workspace

REPO = Path(__file__).resolve().parent.parent
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
BENIGN = (
    "ASK { ?s a <ns#Quotation> }",
    "SELECT (COUNT(*) AS ?n) { ?s a <ns#Statement> }",
    "SELECT ?o { <id/actor/margot-james> <http://www.w3.org/2000/01/rdf-schema#label> ?o }",
)


class Readers:
    """Small questions at a steady pace, and what became of them."""

    def __init__(self, gateway: Gateway, client: str | None, expected: dict[str, object]) -> None:
        self.seconds: list[float] = []
        self.wrong = 0
        self._asked = (gateway, client, expected)

    def run(self, until: float) -> None:
        gateway, client, expected = self._asked
        number = 0
        while (begun := time.monotonic()) < until:
            query = BENIGN[number % len(BENIGN)]
            number += 1
            try:
                right = gateway.query(query, client=client).body == expected[query]
            except OnRecordError:
                right = False
            self.wrong += not right
            self.seconds.append(time.monotonic() - begun)
            time.sleep(max(begun + 0.1 - time.monotonic(), 0))

    def row(self, name: str) -> str:
        """Name, asked, right, median, 99th percentile and slowest, in milliseconds."""
        ordered = sorted(self.seconds)
        high = ordered[max(round(len(ordered) * 0.99) - 1, 0)]
        right = 100 * (1 - self.wrong / len(ordered))
        times = " | ".join(f"{1000 * each:.1f}" for each in (statistics.median(ordered), high, ordered[-1]))
        return f"| {name} | {len(ordered)} | {right:.2f} % | {times} |"


class Attacker:
    """One query after the other; how long the longest took, and how they ended."""

    def __init__(self, gateway: Gateway, client: str, number: int, vary: bool) -> None:
        self.longest = 0.0
        self.ends: dict[str, int] = {}
        self._asked = (gateway, client, number, vary)

    def run(self, until: float) -> None:
        gateway, client, number, vary = self._asked
        while (begun := time.monotonic()) < until:
            query = ATTACKS[number % len(ATTACKS)] + (f" # {number}" if vary else "")
            number += 9 if vary else 8
            try:
                gateway.query(query, client=client)
                end = "answered"
            except LimitExceeded as error:
                end = error.limit
            except Busy:
                end = "busy"
            self.ends[end] = self.ends.get(end, 0) + 1
            self.longest = max(self.longest, time.monotonic() - begun)


def tree() -> int:
    """Resident bytes of this process and its children, where /proc tells them."""
    total, own = 0, os.getpid()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if own in (parent, int(folder.name)):
                total += int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            continue
    return total


def run(gateway: Gateway, store: Path, seconds: int, one_address: bool, vary: bool) -> str:
    """The attack; the table."""
    opened = Store.read_only(str(store))
    expected: dict[str, object] = {
        query: opened.query(query, base_iri=gateway.base).serialize(format=QueryResultsFormat.JSON)  # type: ignore[arg-type]
        for query in BENIGN
    }
    gateway.warm()
    addresses = ["198.51.100.9"] * 8 if one_address else [f"192.0.2.{number}" for number in range(8)]
    attackers = [Attacker(gateway, address, number, vary) for number, address in enumerate(addresses)]
    readers = [Readers(gateway, "198.51.100.9", expected) for _ in range(4)]
    app = Readers(gateway, None, expected)
    until = time.monotonic() + seconds
    runs = [*(each.run for each in attackers), *(each.run for each in [*readers, app])]
    threads = [threading.Thread(target=each, args=(until,)) for each in runs]
    for thread in threads:
        thread.start()
    most = 0
    while any(thread.is_alive() for thread in threads):
        most = max(most, tree())
        time.sleep(0.1)
    every = Readers(gateway, None, expected)
    every.seconds = [each for reader in readers for each in reader.seconds]
    every.wrong = sum(reader.wrong for reader in readers)
    ends: dict[str, int] = {}
    for attacker in attackers:
        for end, times in attacker.ends.items():
            ends[end] = ends.get(end, 0) + times
    told = ", ".join(f"{end} {times}" for end, times in sorted(ends.items()))
    longest = max(attacker.longest for attacker in attackers)
    where = "one address for all" if one_address else "an address for each"
    texts = "no text twice" if vary else "one attack each"
    lines = [
        f"### Eight attackers, {where}, {texts}, {seconds} s",
        "",
        "| who | asked | right | median ms | p99 | slowest |",
        "|---|--:|--:|--:|--:|--:|",
        every.row("4 readers"),
        app.row("app"),
        "",
        f"Attacks: {told}; longest {longest:.2f} s (limit {gateway.limits.time_limit_s} s). "
        f"Memory of all processes: {most / 2**20:.0f} MB at most.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=30)
    options.add_argument("--one-address", action="store_true", help="attackers share the readers' address")
    options.add_argument("--vary", action="store_true", help="no two attacks have the same text")
    given = options.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_workspace(REPO / "data", Path(folder)) as workspace,
    ):
        workspace.ensure(lambda _: None)
        print(run(workspace.gateway, workspace.snapshot.store, given.seconds, given.one_address, given.vary))


if __name__ == "__main__":
    main()
