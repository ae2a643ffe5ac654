"""New snapshots, reached limits and records that cannot be served, seen from outside."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.promptness import patiently
from tests.serving import Served, serving
from tests.starting import held

from onrecord import config
from onrecord.errors import Unavailable
from onrecord.query import Limits, worker
from onrecord.query.process import Process
from onrecord.server.record import ServedRecord
from onrecord.workspace import Workspace

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example"


@pytest.fixture
def mutable(tmp_path: Path) -> config.Settings:
    """A copy of the record written for tests, built, that a test may change."""
    data = tmp_path / "data"
    for path in sorted(EXAMPLE.rglob("*")):
        if path.is_file() and "captures" not in path.parts:
            target = data / path.relative_to(EXAMPLE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    settings = config.settings(data, tmp_path / "snapshot", EXAMPLE / "captures", environment={})
    with Workspace(settings) as workspace:
        workspace.build()
    return settings


def rename(settings: config.Settings, title: str) -> None:
    """Gives the record another title and builds it."""
    path = settings.data / "onrecord.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(f'title = "{title}"' if line.startswith("title") else line for line in lines) + "\n",
        encoding="utf-8",
    )
    with Workspace(settings) as workspace:
        workspace.build()


def test_a_new_snapshot_is_taken_up_without_a_failed_request(mutable: config.Settings) -> None:
    statuses: list[int] = []
    stop = threading.Event()
    with serving(mutable) as server:
        first = server.get("/health").json()["snapshot"]
        tag = server.get("/api/ask/gaps").headers["ETag"]

        def ask() -> None:
            while not stop.is_set():
                statuses.append(server.get("/api/ask/actors").status)
                statuses.append(server.sparql("ASK { ?s ?p ?o }").status)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(3):
            rename(mutable, f"Title {number}")
        stop.set()
        for thread in threads:
            thread.join()
        health = server.get("/health").json()
        assert health["title"] == "Title 2"
        assert health["snapshot"] != first
        assert server.get("/api/ask/gaps", if_none_match=tag).status == 200, "the tag was of the old snapshot"
    assert len(statuses) > 5
    assert set(statuses) == {200}


def test_an_answer_that_is_given_again_is_that_of_its_snapshot(mutable: config.Settings) -> None:
    query = "SELECT ?title { ?dataset <http://purl.org/dc/terms/title> ?title }"
    with serving(mutable) as server:
        before = server.sparql(query, accept="text/csv").body
        assert server.sparql(query, accept="text/csv").body == before
        rename(mutable, "Another title")
        assert b"Another title" in server.sparql(query, accept="text/csv").body


def test_an_idle_server_takes_up_a_snapshot_whose_predecessors_are_gone(mutable: config.Settings) -> None:
    with serving(mutable) as server:
        assert server.get("/api/ask/actors").status == 200
        for number in range(4):
            rename(mutable, f"Title {number}")
        assert server.get("/api/ask/actors").status == 200
        assert server.get("/health").json()["title"] == "Title 3"


def test_a_damaged_new_snapshot_leaves_the_old_one_served(mutable: config.Settings, tmp_path: Path) -> None:
    with serving(mutable) as server:
        old = server.get("/health").json()["snapshot"]
        broken = mutable.snapshot / "broken"
        broken.mkdir()
        (broken / "manifest.json").write_text("{", encoding="utf-8")
        pointer = mutable.snapshot / "next"
        pointer.symlink_to("broken")
        pointer.replace(mutable.snapshot / "current")
        answer = server.get("/api/ask/actors")
        assert answer.status == 200
        assert server.get("/health").json()["snapshot"] == old


def test_without_a_snapshot_the_server_says_so(tmp_path: Path) -> None:
    settings = config.settings(EXAMPLE, tmp_path / "none", EXAMPLE / "captures", environment={})
    with serving(settings) as server:
        for path in ("/health", "/sparql", "/api/ask/actors", "/id/actor/x"):
            answer = server.get(path)
            assert answer.status == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.json()["error"] == "unavailable"
            assert "no snapshot" in answer.json()["message"]
        assert server.get("/limits").status == 200


def test_the_first_request_is_answered_also_where_a_start_takes_longer_than_a_query_may(
    example: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = held(monkeypatch)
    with serving(example.settings, Limits(time_limit_s=1)) as server, ThreadPoolExecutor(1) as aside:
        asked = aside.submit(server.get, "/health")
        with pytest.raises(TimeoutError):
            asked.result(1.3)
        go_on.set()
        assert asked.result(60).status == 200
        assert patiently(lambda: server.sparql("ASK {}")).status == 200


def test_a_record_is_closed_while_its_worker_starts(
    example: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "worker.py"
    script.write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setattr(worker, "__file__", str(script))
    starts = threading.Event()
    ready = Process.ready

    def noting(process: Process) -> None:
        starts.set()
        ready(process)

    monkeypatch.setattr(Process, "ready", noting)
    record = ServedRecord(example.settings, Limits(time_limit_s=60))

    def opened() -> None:
        with record.lease():
            pass

    with ThreadPoolExecutor(1) as aside:
        opening = aside.submit(opened)
        assert starts.wait(60)
        record.close()
        with pytest.raises(Unavailable, match="closed"):
            opening.result(30)  # half of what a start has


CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
WIDE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"


@pytest.fixture(scope="module")
def narrow(example: Workspace) -> Iterator[Served]:
    """The record written for tests behind narrow limits."""
    limits = Limits(time_limit_s=2, result_limit_mb=1, query_length_kib=1)
    with serving(example.settings, limits) as served:
        yield served


@pytest.mark.parametrize(
    ("query", "status", "error"),
    [
        (CROSS, 504, "time-limit"),
        (WIDE, 413, "result-too-large"),
        ("#" + "x" * 2000 + "\nASK {}", 413, "query-too-long"),
        ("ASK " + "{" * 150 + "}" * 150, 400, "query-refused"),
    ],
)
def test_each_limit_has_its_status_and_the_next_query_is_answered(
    narrow: Served, query: str, status: int, error: str
) -> None:
    answer = patiently(lambda: narrow.sparql(query))
    assert (answer.status, answer.json()["error"]) == (status, error)
    assert set(answer.json()) == {"error", "message", "hint", "line", "column"}
    assert patiently(lambda: narrow.sparql("ASK {}")).json()["boolean"] is True
    assert narrow.get("/limits").json()["time_limit_s"] == 2


def test_a_request_that_does_not_arrive_ends(narrow: Served) -> None:
    headers = {"Content-Type": "application/sparql-query", "Content-Length": "10"}
    answer = narrow.send("POST", "/sparql", headers)
    assert answer.status == 408
    assert answer.json()["error"] == "request-timeout"
