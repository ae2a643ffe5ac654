"""The gateway: whole answers, one clear error otherwise, and a worker that can be lost."""

import contextlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as engine
import pytest
from tests.promptness import patiently, within

from onrecord.errors import LimitExceeded, QueryRefused, Stopped, StorageError, Unavailable
from onrecord.query import worker
from onrecord.query.gateway import Gateway
from onrecord.query.limits import Limits
from onrecord.query.process import Asked
from onrecord.query.waiting import waited

BASE = "https://w3id.org/onrecord/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred triples in the default graph, and one triple that two named graphs share."""
    path = tmp_path_factory.mktemp("store") / "store"
    written = engine.Store(str(path))
    predicate = engine.NamedNode(f"{BASE}ns#slug")
    for number in range(300):
        subject = engine.NamedNode(f"{BASE}id/actor/a{number}")
        written.add(engine.Quad(subject, predicate, engine.Literal(str(number)), engine.DefaultGraph()))
    shared = (engine.NamedNode(f"{BASE}id/actor/a0"), predicate, engine.Literal("0"))
    for graph in ("one", "two"):
        written.add(engine.Quad(*shared, engine.NamedNode(f"{BASE}graph/{graph}")))
    written.flush()
    del written
    return path


@pytest.fixture(scope="module")
def gateway(store: Path) -> Iterator[Gateway]:
    with Gateway(store) as opened:
        yield opened


def count(gateway: Gateway, query: str = COUNT) -> int:
    return int(gateway.query(query).rows[0]["n"]["value"])


def test_columns_come_in_the_order_of_the_projection(gateway: Gateway) -> None:
    result = gateway.query("SELECT ?o ?s { ?s ?p ?o } LIMIT 2")
    assert result.columns == ("o", "s")
    assert len(result.rows) == 2


def test_columns_of_a_star_come_in_the_order_of_the_query(gateway: Gateway) -> None:
    assert gateway.query("SELECT * { ?zebra ?ant ?mole } LIMIT 1").columns == ("zebra", "ant", "mole")


def test_ask_construct_and_describe_have_their_kinds(gateway: Gateway) -> None:
    assert gateway.query("ASK { ?s ?p '7' }").boolean is True
    assert gateway.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3").kind == "graph"
    assert gateway.query("DESCRIBE <id/actor/a7>").body.count(b"\n") == 1


def test_relative_iris_resolve_against_the_base(gateway: Gateway) -> None:
    assert gateway.query("SELECT ?o { <id/actor/a7> <ns#slug> ?o }").rows[0]["o"]["value"] == "7"


@pytest.mark.parametrize(
    ("query", "line", "column", "message", "hint"),
    [
        ("SELECT * { ?s ?p }", 1, 18, "at '}'", "three terms"),
        (
            "SELECT * {\n  ?s rdfs:label ?o }",
            2,
            6,
            "'rdfs:' is not declared",
            "add PREFIX rdfs: <http://www.w3.org/2000/01/",
        ),
        ("SELECT * {\n ?s foo:bar ?o }", 2, 5, "'foo:' is not declared", "add PREFIX foo:"),
        ("SELECT * {\n  ?s a <x>\n  ?s <y> ?z }", 3, 3, "at '?s'", "missing at the end of the line before"),
        ("SELEC * { ?s ?p ?o }", 1, 1, "at 'SELEC'", "did you mean SELECT"),
        ("SELECT * { OPTINAL { ?s ?p ?o } }", 1, 12, "at 'OPTINAL'", "did you mean OPTIONAL"),
        ("SELECT * { ?s ?p 'é', ?o . ?x }", 1, 31, "at '}'", None),
        ("", 1, 1, "empty", "SELECT, ASK"),
    ],
)
def test_a_malformed_query_is_told_at_its_token(
    gateway: Gateway, query: str, line: int, column: int, message: str, hint: str | None
) -> None:
    with pytest.raises(QueryRefused, match=re.escape(message)) as refusal:
        gateway.query(query)
    assert (refusal.value.line, refusal.value.column) == (line, column)
    if hint is not None:
        assert hint in str(refusal.value.hint)


def test_a_function_that_nobody_defined_is_refused_by_name(gateway: Gateway) -> None:
    assert count(gateway) == 300
    pids = gateway.pool.pids()
    with pytest.raises(QueryRefused, match="function <urn:x:f> is not defined here") as refused:
        gateway.query("SELECT * { BIND(<urn:x:f>(1) AS ?x) }")
    assert (refused.value.line, refused.value.column) == (None, None)
    assert count(gateway) == 300
    assert set(pids) <= set(gateway.pool.pids()), "it costs no worker"


def test_the_union_of_two_graphs_holds_a_triple_once(gateway: Gateway) -> None:
    both = f"{COUNT[:24]} FROM <graph/one> FROM <graph/two> {{ ?s ?p ?o }}"
    assert count(gateway, both) == 1
    prefixed = f"PREFIX g: <graph/> {COUNT[:24]} FROM g:one FROM g:two {{ ?s ?p ?o }}"
    assert count(gateway, prefixed) == 1
    result = gateway.query(COUNT, default_graphs=[f"{BASE}graph/one", f"{BASE}graph/two"])
    assert result.rows[0]["n"]["value"] == "1"


def test_named_graphs_of_the_dataset_are_the_only_ones(gateway: Gateway) -> None:
    assert count(gateway, "SELECT (COUNT(*) AS ?n) FROM NAMED <graph/one> { GRAPH ?g { ?s ?p ?o } }") == 1
    assert count(gateway, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <http://example.org/g> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://example.org/g> { ?s ?p ?o }",
        "PREFIX e: <http://example.org/> SELECT * FROM e:g { ?s ?p ?o }",
        "SELECT * FROM <graph/\\u006fnf> { ?s ?p ?o }",
    ],
)
def test_a_foreign_dataset_is_refused_and_never_fetched(gateway: Gateway, query: str) -> None:
    with pytest.raises(QueryRefused, match="not a graph of this knowledge base") as refusal:
        gateway.query(query)
    assert refusal.value.line == 1


def test_an_escaped_graph_name_is_read(gateway: Gateway) -> None:
    assert count(gateway, "SELECT (COUNT(*) AS ?n) FROM <graph/\\u006fne> { ?s ?p ?o }") == 1


def test_a_slow_query_is_stopped_and_the_next_one_answers(store: Path) -> None:
    with Gateway(store, Limits(time_limit_s=2)) as gateway:
        gateway.warm()
        with pytest.raises(LimitExceeded) as stop:
            gateway.query(f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}")
        assert stop.value.limit == "time_limit_s"
        assert patiently(lambda: count(gateway)) == 300


def test_a_query_that_needs_too_much_memory_is_stopped(store: Path) -> None:
    with Gateway(store, Limits(memory_limit_mb=64, time_limit_s=60)) as gateway:
        with pytest.raises(LimitExceeded) as stop:
            gateway.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c")
        assert stop.value.limit == "memory_limit_mb"
        assert count(gateway) == 300


def test_an_answer_that_is_too_large_is_stopped(store: Path) -> None:
    with Gateway(store, Limits(result_limit_mb=1)) as gateway:
        with pytest.raises(LimitExceeded) as stop:
            gateway.query("SELECT * { ?a ?b ?c . ?d ?e ?f }")
        assert stop.value.limit == "result_limit_mb"
        assert count(gateway) == 300


def test_a_chain_that_breaks_the_engine_is_a_limit_and_no_more(gateway: Gateway) -> None:
    with pytest.raises(LimitExceeded) as stop:
        gateway.query("SELECT * { FILTER(" + "+".join("1" * 20_000) + " = 1) }")
    assert stop.value.limit == "depth"
    assert count(gateway) == 300


def test_a_worker_that_is_killed_is_replaced(gateway: Gateway) -> None:
    gateway.warm()
    for pid in gateway._pool.pids():
        with contextlib.suppress(ProcessLookupError):  # it has been waited for since
            os.kill(pid, signal.SIGKILL)
    assert count(gateway) == 300


def test_questions_of_several_threads_are_all_answered(gateway: Gateway) -> None:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(count(gateway))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [300] * 8


def test_a_missing_store_is_a_storage_error(tmp_path: Path) -> None:
    with Gateway(tmp_path / "nowhere") as gateway, pytest.raises(StorageError, match="cannot be opened"):
        gateway.query(COUNT)


def test_nothing_in_the_store_changes_by_asking(store: Path) -> None:
    def state() -> list[tuple[str, int, int]]:
        return sorted((p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in store.iterdir())

    before = state()
    with Gateway(store) as gateway:
        count(gateway)
    assert state() == before


def kernel_allows_namespaces() -> bool:
    """Whether a process of ours may leave the network: not everywhere, and never outside of Linux."""
    program = "import sys\nfrom onrecord.query import worker\nsys.exit(0 if worker.leave_network() else 1)"
    return subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_worker_connects_nowhere_even_if_the_scan_were_passed(store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        with Gateway(store) as gateway:
            with pytest.raises(QueryRefused, match="SERVICE"):
                gateway.query(query)
            if kernel_allows_namespaces():
                gateway.warm()
                with pytest.raises(Unavailable, match="could not answer"):
                    waited(
                        gateway._pool.run(
                            lambda process, _: process.ask(Asked(query, BASE), deadline=_soon()),
                            text=query,
                            client=None,
                            deadline=_soon(),
                        )
                    )
        with pytest.raises(TimeoutError):
            listener.accept()


def _soon() -> float:
    return time.monotonic() + 60


def test_the_worker_answers_the_same_in_process(store: Path) -> None:
    """The parts of the worker that its process runs, seen by the coverage of this one."""
    opened = engine.Store.read_only(str(store))
    plain = {"default": None, "named": None, "table": "json", "graph": "ntriples", "star": None}
    request = {"query": "SELECT ?o { <id/actor/a7> ?p ?o }", "base": BASE, **plain}

    def reply(changed: Mapping[str, object], most: int = 1000) -> tuple[bytes, bytes]:
        with tempfile.TemporaryFile() as file:
            kind, body = worker.reply(
                engine, opened, {**request, **changed}, worker.Spool(most, file.fileno())
            )
            sent = io.BytesIO()
            worker.send(sent, kind, body)
            head = sent.getvalue()[: worker.FRAME.size]
            _, spooled, length = worker.FRAME.unpack(head)
            whole = os.pread(file.fileno(), length, 0) if spooled else sent.getvalue()[worker.FRAME.size :]
            assert len(whole) == length
            return kind, whole

    kind, body = reply({})
    assert (kind, json.loads(body)["results"]["bindings"][0]["o"]["value"]) == (worker.BINDINGS, "7")
    assert reply({"query": "SELECT"})[0] == worker.SYNTAX
    assert reply({"query": "SELECT * { ?s ?p ?o }"})[0] == worker.TOO_LARGE
    both = [f"{BASE}graph/one", f"{BASE}graph/two"]
    union = {"query": "CONSTRUCT WHERE { ?s ?p ?o }", "default": both, "named": [both[0]]}
    assert reply(union)[1].count(b"\n") == 1
    assert reply({"query": "ASK {}"})[0] == worker.BOOLEAN
    large = reply({"query": "SELECT * { ?s ?p ?o . ?a ?b ?c }"}, 100_000_000)[1]
    assert len(large) > worker.IN_MEMORY
    assert len(json.loads(large)["results"]["bindings"]) == 90_000


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def left(gateway: Gateway) -> None:
    """A long query that nobody waits for any more after half a second."""
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    with pytest.raises(Stopped, match="stopped"):
        gateway.query(SLOW, stop=stop)


def test_a_query_that_nobody_waits_for_ends_at_once_and_the_next_is_answered(store: Path) -> None:
    with Gateway(store) as gateway:
        gateway.warm()
        (before,) = gateway.pool.pids()
        within(4, lambda: left(gateway))
        assert gateway.query("ASK { ?s ?p ?o }", stop=threading.Event()).boolean is True
        assert before not in gateway.pool.pids()
