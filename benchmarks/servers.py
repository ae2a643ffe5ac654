"""Servers for benchmarks: ours and its peers, each in a process of its own, ended with the `with`."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from pyoxigraph import DefaultGraph, RdfFormat, Store

REPO = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Server:
    """Something that answers SPARQL by GET."""

    name: str
    port: int
    path: str
    pid: int

    def target(self, query: str) -> str:
        """The request's target for a query."""
        return f"{self.path}?{urlencode({'query': query})}"

    def ask(self, query: str) -> Any:
        """The answer, in SPARQL 1.1 Query Results JSON."""
        return json.loads(self.raw(query))

    def raw(self, query: str) -> bytes:
        """The bytes of that answer."""
        address = f"http://{HOST}:{self.port}{self.target(query)}"
        asked = Request(address, headers={"Accept": "application/sparql-results+json"})
        with urlopen(asked, timeout=30) as answer:  # noqa: S310  of this machine
            return bytes(answer.read())


@contextmanager
def started(name: str, command: list[str], port: int, path: str) -> Iterator[Server]:
    """The server of a command, from when it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server(name, port, path, process.pid)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                server.ask("ASK {}")
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{' '.join(command)} does not answer") from None
                time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def onrecord(snapshot: Path, port: int, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """`onrecord serve` as it comes, log included. settings: limits, as environment variables."""
    words = ["--data", str(REPO / "data"), "--snapshot", str(snapshot), "serve", "--port", str(port)]
    before = dict(os.environ)
    os.environ.update(settings or {})
    try:
        with started("onrecord serve", [sys.executable, "-m", "onrecord", *words], port, "/sparql") as server:
            yield server
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def peers(store: Path, folder: Path, port: int) -> Iterator[list[Server]]:
    """`oxigraph serve-read-only` and `rdflib-endpoint` over the same record; those that are not installed are
    left out, and said to be."""
    with ExitStack() as stack:
        found = []
        quads = Store.read_only(str(store))
        oxigraph = _program("oxigraph")
        if oxigraph:
            dump = folder / "record.nq"
            dump.write_bytes(quads.dump(format=RdfFormat.N_QUADS) or b"")
            load = [oxigraph, "load", "--location", str(folder / "peer"), "--file", str(dump)]
            subprocess.run(load, check=True, capture_output=True)
            serve = [
                oxigraph,
                "serve-read-only",
                "--location",
                str(folder / "peer"),
                "--bind",
                f"{HOST}:{port}",
            ]
            found.append(stack.enter_context(started("oxigraph serve-read-only", serve, port, "/query")))
        endpoint = _program("rdflib-endpoint")
        if endpoint:
            triples = folder / "record.nt"
            content = quads.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
            triples.write_bytes(content or b"")
            serve = [sys.executable, endpoint, "serve", "--host", HOST, "--port", str(port + 1), str(triples)]
            found.append(stack.enter_context(started("rdflib-endpoint", serve, port + 1, "/")))
        for name, program in (("oxigraph", oxigraph), ("rdflib-endpoint", endpoint)):
            if not program:
                print(f"{name} is not installed (pip install -e '.[bench]'): left out", file=sys.stderr)
        yield found


def _program(name: str) -> str | None:
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.is_file() else shutil.which(name)


def loaded(plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What `benchmarks.load` tells of a plan, in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=True,
        cwd=REPO,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def tree(root: int) -> int:
    """Resident bytes of a process and its children, where /proc tells them; shared pages count in each."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if root in (parent, int(folder.name)):
                total += int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            continue
    return total


def spent(root: int) -> tuple[float, float]:
    """Seconds of processing of a process, and of its children that live, where /proc tells them."""
    own = children = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        seconds = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
        own += seconds if int(folder.name) == root else 0.0
        children += seconds if int(told[1]) == root else 0.0
    return own, children
