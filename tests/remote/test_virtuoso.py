"""Debian's Virtuoso: it keeps the record, and what it answers otherwise is known. `make virtuoso` runs this.

It is apart from the gate because it installs a database server.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.remote.conftest import silent
from tests.remote.engines import virtuoso
from tests.remote.same import QUERIES, askings

from onrecord.cli import run
from onrecord.endpoint import Endpoint
from onrecord.errors import LimitExceeded, Unavailable
from onrecord.query import Gateway, Limits, Questions
from onrecord.query.remote import Remote
from onrecord.remote.loading import Published
from onrecord.remote.target import target
from onrecord.workspace import Workspace

pytestmark = pytest.mark.virtuoso
PASSWORD = "dba:dba"  # of a new database
LIMITS = Limits(time_limit_s=30, memory_limit_mb=1024)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address


@pytest.fixture(scope="module")
def published(workspace: Workspace, engine: str) -> Published:
    return workspace.publish(target(Endpoint.read(engine, PASSWORD)), silent)


@pytest.fixture(scope="module")
def kept(workspace: Workspace, engine: str, published: Published) -> Iterator[Workspace]:
    """The dossier as Virtuoso keeps it, without a snapshot here."""
    settings = replace(workspace.settings, endpoint=Endpoint.read(engine), snapshot=Path("/nonexistent"))
    with Workspace(settings, LIMITS) as opened:
        yield opened


def test_every_triple_comes_back_as_it_was_sent(published: Published) -> None:
    assert published.complete
    assert all(report.compared and report.whole for report in published.reports)


def test_what_it_answers_otherwise_is_found(published: Published) -> None:
    """Seen with 7.2.5; docs/scaling.md says what each comes to."""
    assert {
        "union-with-nothing", "errors-leave-unbound", "truth-values", "numbers", "actors", "who-said-what",
    } <= set(published.different)  # fmt: skip


def test_the_default_graph_of_the_engine_counts_a_triple_once_for_each_graph(
    workspace: Workspace, engine: str, published: Published
) -> None:
    """So that every query names the union."""
    remote = Remote(Endpoint.read(engine), LIMITS, workspace.base, trusted=True)
    with Gateway(remote.store, LIMITS, workspace.base, remote) as gateway:
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert gateway.query(count).rows == workspace.query(count).rows


@pytest.mark.parametrize("name", [question.name for question in Questions.load()])
def test_a_named_question_has_the_same_answers(workspace: Workspace, kept: Workspace, name: str) -> None:
    for question, given in askings(workspace):
        if question == name:
            assert kept.ask(name, given).as_json() == workspace.ask(name, given).as_json()


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_has_the_same_answer(workspace: Workspace, kept: Workspace, name: str) -> None:
    here, there = workspace.query(QUERIES[name]), kept.query(QUERIES[name])
    form = "ntriples" if here.kind == "graph" else "json"
    assert there.serialise(form) == here.serialise(form)


def test_the_command_line_publishes_and_asks(
    example: Workspace, engine: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Last: another record takes the place of the first."""
    monkeypatch.setenv("ONRECORD_ENDPOINT_AUTH", PASSWORD)
    places = ["--data", str(example.settings.data), "--snapshot", str(example.settings.snapshot)]
    assert run([*places, "publish", "--to", engine]) == 0
    out, err = capfd.readouterr()
    assert "published to" in out
    assert "answers otherwise than our own engine" in err
    assert "dba" not in out + err
    monkeypatch.delenv("ONRECORD_ENDPOINT_AUTH")
    assert run([*places, "publish", "--to", engine]) == 3
    assert "does not let us write (status 401)" in capfd.readouterr().err
    assert run([*places, "--endpoint", engine, "query", "--text", "ASK { ?s ?p ?o }"]) == 0
    assert "true" in capfd.readouterr().out


def test_answers_that_it_cuts_are_none(example: Workspace, tmp_path: Path) -> None:
    """`ResultSetMaxRows` cuts with status 200; a header says so for rows, and nothing for graphs."""
    with virtuoso(tmp_path, {"ResultSetMaxRows": "100"}) as address:
        with pytest.raises(LimitExceeded, match="cuts answers at 100 rows"):
            example.publish(target(Endpoint.read(address, PASSWORD)), silent)
        with (
            Workspace(replace(example.settings, endpoint=Endpoint.read(address))) as opened,
            pytest.raises(Unavailable, match="no whole publication"),
        ):
            opened.query("ASK { }")
