"""`python -m benchmarks.http`: small queries over HTTP, beside two peers in the same run.

Sixteen connections that are kept open send one query after the other from a process of their own; the servers
take turns, so that a noisy moment of the machine meets all of them. *Varied*: each request holds a number
that none held before, so that no memory of texts or answers helps. *Repeated*: the same three queries again
and again.
"""

import argparse
import os
import random
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.servers import HOST, REPO, Server, loaded, onrecord, peers, spent
from onrecord.workspace import open_workspace

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
SMALL = (
    # name of a person; the statements of one of four; whether a kind is there
    f"SELECT ?o {{{{ <https://w3id.org/onrecord/id/actor/margot-james> {LABEL} ?o FILTER(?o != '{{n}}') }}}}",
    "PREFIX onr: <https://w3id.org/onrecord/ns#> "
    "SELECT (COUNT(?s) AS ?n) {{ ?s a onr:Quotation FILTER(STR(?s) != '{n}') }}",
    f"ASK {{{{ ?s {LABEL} 'Margot James'@en FILTER(STR(?s) != '{{n}}') }}}}",
)
VARIED = 5000


@dataclass
class Run:
    """What a server did in all rounds of one load."""

    server: Server
    rates: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    processing: tuple[float, float] = (0.0, 0.0)
    wrong: int = 0

    def round(self, plan: dict[str, object], seconds: float) -> None:
        """One round: its answers, and the processing that they cost the server and its workers."""
        before = spent(self.server.pid)
        told = loaded(plan)
        now = spent(self.server.pid)
        self.processing = (
            self.processing[0] + now[0] - before[0],
            self.processing[1] + now[1] - before[1],
        )
        answered = [each for one in told for each in one["seconds"]]
        self.rates.append(len(answered) / seconds)
        self.seconds += answered
        self.wrong += sum(one["wrong"] for one in told)

    def row(self, ours: "Run") -> str:
        """Server, requests a second and ours as a share of it (with ranges), times, processing, errors."""
        share = [mine / other for mine, other in zip(ours.rates, self.rates, strict=True)]
        ordered = sorted(self.seconds)
        high = ordered[max(round(len(ordered) * 0.99) - 1, 0)]
        ratio = (
            "" if self is ours else f"{statistics.median(share):.2f} ({min(share):.2f} to {max(share):.2f})"
        )
        rate = f"{statistics.median(self.rates):,.0f} ({min(self.rates):,.0f} to {max(self.rates):,.0f})"
        times = f"{1000 * statistics.median(ordered):.1f} | {1000 * high:.1f}"
        costs = " + ".join(f"{1e6 * each / len(ordered):.0f}" for each in self.processing if each)
        return f"| {self.server.name} | {rate} | {ratio} | {times} | {costs} | {self.wrong} |"


def measure(servers: Sequence[Server], rounds: int, seconds: float, connections: int, *, varied: bool) -> str:
    """The servers under the same load, in turns; a table."""
    runs = [Run(server) for server in servers]
    numbers = iter(random.sample(range(10**9), len(SMALL) * VARIED * connections))
    texts = [
        [
            SMALL[k % len(SMALL)].format(n=next(numbers) if varied else 0)
            for k in range(VARIED if varied else 3)
        ]
        for _ in range(connections)
    ]
    for _ in range(rounds):
        for run in runs:
            server = run.server
            plans = [{"requests": [server.target(text) for text in each], "right": ['"']} for each in texts]
            plan = {"host": HOST, "port": server.port, "seconds": seconds, "connections": plans}
            run.round(plan, seconds)
    title = "Varied: no text twice" if varied else "Repeated: the same three texts"
    head = (
        "| server | requests/s (range of the rounds) | ours is × this | median ms | p99 ms "
        "| processing µs, server + workers | wrong |"
    )
    load = f"load average {os.getloadavg()[0]:.1f} at the end"
    lines = [f"### {title}; {connections} connections, {rounds} rounds of {seconds:g} s", "", head]
    return "\n".join([*lines, "|---|--:|--:|--:|--:|--:|--:|", *(run.row(runs[0]) for run in runs), "", load])


def agreed(servers: Sequence[Server]) -> None:
    """Raises where the servers do not give the same answers: then a comparison says nothing."""
    for text in SMALL:
        answers = [server.ask(text.format(n=1)) for server in servers]
        told = [_values(answer) for answer in answers]
        if any(each != told[0] for each in told):
            raise RuntimeError(f"the servers disagree on {text}: {told}")


def _values(answer: dict[str, object]) -> object:
    if "boolean" in answer:
        return answer["boolean"]
    results: dict[str, list[dict[str, dict[str, str]]]] = answer["results"]  # type: ignore[assignment]
    return [{name: term["value"] for name, term in row.items()} for row in results["bindings"]]


def main() -> None:
    """Prints the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=3.0)
    options.add_argument("--connections", type=int, default=16)
    options.add_argument("--port", type=int, default=18310, help="the first of three")
    given = options.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        open_workspace(REPO / "data", Path(name) / "snapshot") as workspace,
    ):
        workspace.ensure(lambda _: None)
        folder = Path(name)
        with (
            onrecord(folder / "snapshot", given.port) as ours,
            peers(workspace.snapshot.store, folder, given.port + 1) as others,
        ):
            servers = [ours, *others]
            agreed(servers)
            for varied in (True, False):
                print(measure(servers, given.rounds, given.seconds, given.connections, varied=varied), "\n")


if __name__ == "__main__":
    main()
