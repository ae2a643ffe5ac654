"""Whatever the scan lets pass, the engine asks nobody: `SERVICE` glued to what may stand round it."""

import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from pyoxigraph import NamedNode, Quad, Store

from onrecord.errors import OnRecordError
from onrecord.query.limits import Limits
from onrecord.query.scan import scan

BEFORE = (
    "", "a:", "a:b", ":", "_:b", "a:%41", "a:\\~", "a:b-", "a:é", "a.b:c", "b.1:", "true", "1", "1.0", ".5",
    "1e5", '"s"', '"s"@en', "?v", "<x:c>", "[]", "()",
)  # fmt: skip
BETWEEN = ("", ".", ".1", ".0", ".a", ".1e5", ".-1", ".%41", ".:", "-", "e5")
KEYWORDS = ("SERVICE", "serviceSilent")
AFTER = ("<{0}>", ":x", "?e", " SILENT <{0}>", ":", " a:x")
STARTS = ("ASK {{ [] a:b ", "SELECT (1 AS ?x) {{ VALUES ?e {{ <{0}> }} ?s ", "ASK {{ [] ")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        yield listening


def queries(address: str) -> Iterator[str]:
    prefixes = {"": address, "a": address, "a.b": "x:", "b.1": "x:", "SERVICE": "x:"}
    prologue = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items())
    joints = [first + second for first, second in itertools.product(BETWEEN, repeat=2)]
    for start, before, joint, keyword, after in itertools.product(STARTS, BEFORE, joints, KEYWORDS, AFTER):
        yield f"{prologue} {start.format(address)}{before}{joint}{keyword}{after.format(address)} {{}} }}"


def test_what_passes_the_scan_asks_nobody(listener: socket.socket) -> None:
    called: list[str] = []
    running: list[str] = [""]

    def answer() -> None:
        with suppress(OSError):
            while True:
                listener.accept()[0].close()
                called.append(running[0])

    threading.Thread(target=answer, daemon=True).start()
    store = Store()
    store.add(Quad(NamedNode("x:a"), NamedNode("x:b"), NamedNode("x:c")))
    read = 0
    for query in queries(f"http://127.0.0.1:{listener.getsockname()[1]}/"):
        try:
            scan(query, Limits())
        except OnRecordError:
            continue
        running[0] = query
        with suppress(SyntaxError, OSError, RuntimeError):
            store.query(query)
            read += 1
    assert read > 100, "hardly anything was read: these are no queries"
    assert not called, "\n".join(called)
