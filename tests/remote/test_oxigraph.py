"""A real engine on this machine: what it answers through onrecord is what the snapshot answers."""

import json
import subprocess
import urllib.request
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.competency.further import FURTHER
from tests.competency.published import PUBLISHED
from tests.promptness import patiently
from tests.remote.conftest import copied, silent
from tests.remote.engines import OXIGRAPH, oxigraph
from tests.remote.same import QUERIES, askings
from tests.serving import kept_port, serving

from onrecord.cli import run
from onrecord.config import Settings
from onrecord.endpoint import Endpoint
from onrecord.errors import LimitExceeded, QueryRefused, Unavailable
from onrecord.query import Limits, Questions
from onrecord.remote.engine import Engine, deadline_in
from onrecord.remote.publication import Publication
from onrecord.remote.target import target
from onrecord.workspace import Workspace

NAMES = [question.name for question in Questions.load()]


@pytest.mark.parametrize("name", NAMES)
def test_a_named_question_has_the_same_answers(workspace: Workspace, remote: Workspace, name: str) -> None:
    asked = [given for question, given in askings(workspace) if question == name]
    assert asked, "a question without a case"
    for given in asked:
        assert remote.ask(name, given).as_json() == workspace.ask(name, given).as_json()


def test_the_competency_questions_are_among_them(workspace: Workspace) -> None:
    every = askings(workspace)
    assert all(asked in every for case in (*PUBLISHED, *FURTHER) for asked in case.ask)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_has_the_same_answer(workspace: Workspace, remote: Workspace, name: str) -> None:
    here, there = workspace.query(QUERIES[name]), remote.query(QUERIES[name])
    assert (there.kind, there.columns) == (here.kind, here.columns)
    form = "ntriples" if here.kind == "graph" else "json"
    assert there.serialise(form) == here.serialise(form)


@pytest.mark.parametrize(
    "query", ["SELECT ?x { ?x ", "SELECT ?x { ?x onr:text ?y }", "SELECT ?x {\n ?x ?y }"]
)
def test_a_mistake_is_told_in_the_same_words(workspace: Workspace, remote: Workspace, query: str) -> None:
    told = []
    for place in (workspace, remote):
        with pytest.raises(QueryRefused) as raised:
            place.query(query)
        told.append((raised.value.message, raised.value.line, raised.value.column, raised.value.hint))
    assert told[0] == told[1]


@pytest.mark.parametrize("name", ["nquads", "gexf", "csv", "bibtex"])
def test_an_export_has_the_same_bytes(workspace: Workspace, remote: Workspace, name: str) -> None:
    here, there = workspace.export(name), remote.export(name)
    assert [file.content for file in there] == [file.content for file in here]


def test_the_time_limit_is_the_same(workspace: Workspace, read_only: str) -> None:
    settings = replace(workspace.settings, endpoint=Endpoint.read(read_only))
    slow = "SELECT ?a ?f { ?a a <ns#Passage> . ?d ?e ?f FILTER(STRLEN(STR(?a)) + STRLEN(STR(?f)) < 0) }"
    with Workspace(settings, Limits(time_limit_s=1)) as short:
        patiently(lambda: short.query("ASK { }"), late=lambda ended: isinstance(ended, LimitExceeded))
        with pytest.raises(LimitExceeded, match="no answer within 1 s") as raised:
            short.query(slow)
    assert raised.value.limit == "time_limit_s"


def test_an_engine_that_stops_sooner_gives_no_answer(example: Workspace, small: Path, tmp_path: Path) -> None:
    """`oxigraph serve --timeout-s` answers 200 with a body that is cut and ends in words."""
    like = "STRLEN(STR(?a)) = STRLEN(STR(?f))"  # it looks at its clock when it has a row
    slow = f"SELECT ?a {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER({like}) }}"
    with oxigraph(copied(small, tmp_path), "--timeout-s", "1") as address:
        settings = replace(example.settings, endpoint=Endpoint.read(address))
        with Workspace(settings, Limits(result_limit_mb=500)) as opened:
            for query in (slow, slow.replace("SELECT ?a", "CONSTRUCT { ?a ?b ?f }")):
                with pytest.raises(LimitExceeded, match="its own time limit is shorter"):
                    opened.query(query)


def test_the_limit_on_size_is_the_same(workspace: Workspace, read_only: str) -> None:
    settings = replace(workspace.settings, endpoint=Endpoint.read(read_only))
    with Workspace(settings, Limits(result_limit_mb=1)) as small, pytest.raises(LimitExceeded, match="1 MB"):
        small.query("SELECT * { ?s ?p ?o }")


# -- the doors -----------------------------------------------------------------------------------------


def words(workspace: Workspace, *more: str) -> list[str]:
    places = workspace.settings
    return ["-q", "--data", str(places.data), "--snapshot", str(places.snapshot), *more]


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "who-said-what", "--speaker", "margot-james", "--output", "json"],
        ["query", "--text", QUERIES["the graphs"], "--output", "csv"],
        ["search", "hostile", "--output", "json"],
        ["export", "bibtex"],
    ],
    ids=lambda command: command[0],
)
def test_the_command_line_answers_the_same(
    workspace: Workspace, read_only: str, capfdbinary: pytest.CaptureFixture[bytes], command: list[str]
) -> None:
    told = []
    for endpoint in ("", read_only):
        assert run(words(workspace, "--endpoint", endpoint, *command)) == 0
        told.append(capfdbinary.readouterr())
    assert told[0].out == told[1].out
    assert told[0].out


@pytest.mark.parametrize(
    "path",
    [
        "/api/ask/status-on?instrument=nhs-digital-home-office-mou&date=2018-06-01",
        "/sparql?query=" + quote(QUERIES["all columns"]),
        "/doc/actor/margot-james.ttl",
        "/doc/actor/margot-james.html",
        "/export/csv",
        "/health",
        "/.well-known/void",
        "/api/search?q=hostile",
    ],
)
def test_the_server_answers_the_same(workspace: Workspace, read_only: str, path: str) -> None:
    settings = replace(workspace.settings, endpoint=Endpoint.read(read_only))
    with serving(workspace.settings) as here, serving(settings) as there:
        ours, theirs = here.get(path), there.get(path)
        assert (theirs.status, theirs.kind) == (ours.status, ours.kind) == (200, ours.kind)
        assert theirs.body.replace(str(there.port).encode(), b"") == ours.body.replace(
            str(here.port).encode(), b""
        )


def _from(workspace: Workspace, port: int) -> Settings:
    return replace(workspace.settings, endpoint=Endpoint.read(f"http://127.0.0.1:{port}/query"))


def test_the_server_says_that_the_engine_has_gone(example: Workspace, small: Path, tmp_path: Path) -> None:
    folder = copied(small, tmp_path)
    with kept_port() as port, serving(_from(example, port)) as served:
        refused = served.sparql("ASK { }")
        assert (refused.status, refused.json()["error"]) == (503, "unavailable")
        assert "nothing answers at" in refused.json()["message"]
        for _ in range(2):
            with oxigraph(folder, port=port):
                assert served.sparql("ASK { ?s ?p ?o }").json()["boolean"] is True
                assert served.get("/health").status == 200
            assert served.get("/health").status == 503
            gone = served.sparql("ASK { ?s ?p ?o }")
            assert (gone.status, gone.json()["error"]) == (503, "unavailable")


def test_without_a_snapshot_the_engine_answers_alone(
    workspace: Workspace, read_only: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    places = ["--data", str(workspace.settings.data), "--snapshot", str(tmp_path / "none")]
    asked = [
        "--endpoint",
        read_only,
        "ask",
        "duration",
        "--from",
        "mou-takes-effect",
        "--to",
        "withdrawal-confirmed",
    ]
    assert run([*places, *asked]) == 0
    out, err = capfd.readouterr()
    assert "days" in out
    assert f"{read_only} answers, with dataset {workspace.snapshot.manifest.dataset_hash}" in err
    assert not (tmp_path / "none").exists()


# -- publishing ----------------------------------------------------------------------------------------


def test_publishing_again_changes_nothing(example: Workspace, tmp_path: Path) -> None:
    with oxigraph(tmp_path) as address:
        to = target(Endpoint.read(address))
        first, second = (example.publish(to, silent) for _ in range(2))
    assert first == second
    sizes = {report.graph: (report.found, report.compared, report.whole) for report in first.reports}
    union = f"{example.base}graph/union"
    assert sizes[union] == (len(set(_default(example))), True, True)
    assert len(sizes) == len(example.query(QUERIES["the graphs"]).rows) + 1


def _default(example: Workspace) -> list[str]:
    return [str(row) for row in example.query("SELECT ?s ?p ?o { ?s ?p ?o }").rows]


def test_a_graph_that_is_no_longer_in_the_record_goes(
    example: Workspace, small: Path, tmp_path: Path
) -> None:
    old = f"{example.base}graph/source/withdrawn"
    with oxigraph(copied(small, tmp_path)) as address:
        to = target(Endpoint.read(address))
        _put(to.graphs.url, old, b"<urn:a> <urn:b> <urn:c> .\n")
        engine = Engine(to.queries, seconds=60, megabytes=10)
        before = engine.publication(example.base, deadline=deadline_in(60))
        assert before is not None
        note = Publication(before.dataset_hash, before.mark, {**before.sizes, old: 1}).note(example.base)
        _put(to.graphs.url, f"{example.base}graph/publication", note)
        example.publish(to, silent)
        assert engine.size(old, base=example.base, deadline=deadline_in(60)) == 0
        engine.close()


def _put(store: str, graph: str, content: bytes) -> None:
    request = urllib.request.Request(
        f"{store}?graph={quote(graph, safe='')}",
        content,
        {"Content-Type": "application/n-triples"},
        method="PUT",
    )
    with urllib.request.urlopen(request) as response:
        assert response.status in (200, 201, 204)


def test_what_arrived_otherwise_is_named_and_not_published(
    example: Workspace, small: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    register = f"{example.base}graph/register"
    with oxigraph(copied(small, tmp_path)) as address:
        to = target(Endpoint.read(address))
        _put(to.graphs.url, register, b"<urn:a> <urn:b> <urn:c> .\n")
        assert run(words(example, "publish", "--to", address, "--loaded")) == 1
        out = capfd.readouterr().out
        size = len(example.query("SELECT ?s ?p ?o FROM <graph/register> { ?s ?p ?o }").rows)
        assert f"{register}: {size} sent, 1 there (compared, {size} missing, 1 others)" in out
        assert "not published" in out
        assert run(words(example, "--endpoint", address, "query", "--text", "ASK { }")) == 3
        assert "no whole publication" in capfd.readouterr().err
        assert run(words(example, "publish", "--to", address)) == 0
        assert run(words(example, "--endpoint", address, "query", "--text", "ASK { }")) == 0


def test_a_publication_that_breaks_off_answers_nobody(example: Workspace, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop(step: str, number: int, of: int) -> None:
        if step == "load register":
            raise Stop

    with oxigraph(tmp_path) as address:
        endpoint = Endpoint.read(address)
        with pytest.raises(Stop):
            example.publish(target(endpoint), stop)
        with (
            Workspace(replace(example.settings, endpoint=endpoint)) as opened,
            pytest.raises(Unavailable, match="no whole publication"),
        ):
            opened.query("ASK { }")


def test_the_engines_own_loader_does_as_well(
    example: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "record.nq", tmp_path / "store"
    assert run(words(example, "publish", "--nquads", str(file))) == 0
    assert f"{file}: {len(file.read_bytes().splitlines())} quads" in capfd.readouterr().out
    load = [str(OXIGRAPH), "load", "-l", str(folder), "-f", str(file)]
    subprocess.run(load, check=True, capture_output=True)
    with oxigraph(folder) as address:
        assert run(words(example, "--format", "json", "publish", "--to", address, "--loaded")) == 0
        told = json.loads(capfd.readouterr().out)
        assert (told["complete"], told["answers"], told["different"]) == (True, True, [])
        assert run(words(example, "--endpoint", address, "query", "--text", "ASK { ?s ?p ?o }")) == 0


def test_another_record_is_not_passed_off_as_this_one(
    workspace: Workspace, small: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with oxigraph(copied(small, tmp_path)) as address:
        assert run(words(workspace, "--endpoint", address, "ask", "timeline")) == 3
    assert "another version of the record" in capfd.readouterr().err


def test_a_store_that_was_loaded_in_another_way_is_proved(
    example: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Named graphs alone, as `export nquads` writes them, and no note."""
    file, folder = tmp_path / "record.nq", tmp_path / "store"
    named = [f for f in example.export("nquads")[0].content.splitlines(True) if b"graph/export>" not in f]
    file.write_bytes(b"".join(named))
    subprocess.run(
        [str(OXIGRAPH), "load", "-l", str(folder), "-f", str(file)], check=True, capture_output=True
    )
    asked = ["query", "--text", QUERIES["the graphs"], "--output", "csv"]
    with oxigraph(folder) as address:
        assert run(words(example, "--endpoint", "", *asked)) == 0
        expected = capfd.readouterr().out
        assert run(words(example, "--endpoint", address, *asked)) == 0
        assert capfd.readouterr().out == expected
        store = target(Endpoint.read(address)).graphs.url
        _put(store, f"{example.base}graph/register", b"<urn:a> <urn:b> <urn:c> .\n")
        assert run(words(example, "--endpoint", address, *asked)) == 3
        assert "no whole publication" in capfd.readouterr().err


def test_one_triple_of_many_that_differs_is_found(example: Workspace, tmp_path: Path) -> None:
    """The sizes fit; the hash of the dataset does not."""
    file, folder = tmp_path / "record.nq", tmp_path / "store"
    content = example.export("nquads")[0].content
    named = [f for f in content.splitlines(True) if b"graph/export>" not in f]
    index = next(i for i, line in enumerate(named) if b"ns#text>" in line)
    named[index] = named[index].replace(b'ns#text> "', b'ns#text> "not ', 1)
    file.write_bytes(b"".join(named))
    subprocess.run(
        [str(OXIGRAPH), "load", "-l", str(folder), "-f", str(file)], check=True, capture_output=True
    )
    with oxigraph(folder, command="serve-read-only") as address:
        settings = replace(example.settings, endpoint=Endpoint.read(address))
        with Workspace(settings) as opened, pytest.raises(Unavailable, match="no whole publication"):
            opened.query("ASK { }")


WRONG: Mapping[str, tuple[list[str], int, str]] = {
    "no place": (["publish"], 2, "publish where?"),
    "no address": (["publish", "--to", "ftp://x/y"], 2, "not an http or https address"),
    "an address of another kind": (["publish", "--to", "http://127.0.0.1:1/repo"], 2, "--graph-store"),
    "a file and a place": (["publish", "--nquads", "x.nq", "--to", "http://x/query"], 2, "goes nowhere"),
    "nobody there": (["publish", "--to", "http://127.0.0.1:1/query"], 3, "nothing answers"),
    "a file that can't be written": (["publish", "--nquads", "/no/such/x.nq"], 3, "can't be written"),
    "an endpoint that is none": (["--endpoint", "localhost:7878", "ask", "timeline"], 2, "not an http"),
    "an endpoint with a query part": (
        ["--endpoint", "http://x/sparql?key=s3cret", "ask", "timeline"],
        2,
        "'?'",
    ),
    "nobody at the endpoint": (
        ["--endpoint", "http://127.0.0.1:1/query", "ask", "timeline"],
        3,
        "nothing answers",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_word_is_answered(workspace: Workspace, capfd: pytest.CaptureFixture[str], name: str) -> None:
    command, status, said = WRONG[name]
    assert run(words(workspace, *command)) == status
    out, err = capfd.readouterr()
    assert said in err
    assert not out
    assert "s3cret" not in err
    assert "Traceback" not in err


def test_a_page_is_no_endpoint(
    read_only: str, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    """Oxigraph shows a page for people at its root."""
    root = read_only.removesuffix("/query") + "/"
    assert run(words(workspace, "--endpoint", root, "query", "--text", "ASK { }")) == 3
    assert "is no SPARQL endpoint" in capfd.readouterr().err


def test_a_read_only_engine_takes_no_publication(
    read_only: str, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(words(workspace, "publish", "--to", read_only)) == 3
    assert "does not let us write" in capfd.readouterr().err
    assert run(words(workspace, "--endpoint", read_only, "query", "--text", "ASK { }")) == 0
