"""`/api`, `/export`, `/limits`, `/health`: the same answers as the other doors give."""

import csv
import io
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.serving import Served

from onrecord.cli import run
from onrecord.workspace import Workspace

INSTRUMENT = "nhs-digital-home-office-mou"
ASKED: dict[str, dict[str, str]] = {
    "who-said-what": {"speaker": "margot-james"},
    "status-on": {"instrument": INSTRUMENT, "date": "2018-06-01"},
    "what-changed": {"instrument": INSTRUMENT, "from": "2018-01", "to": "2018-12"},
    "positions": {"actor": "margot-james"},
    "evidence": {"id": "digit-james-no-longer"},
    "provisions": {"instrument": INSTRUMENT},
    "citations": {"document": "gponline"},
    "citation-path": {"from": "gponline", "to": INSTRUMENT},
    "counts": {"by": "source"},
}


def from_command_line(workspace: Workspace, capfd: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    places = workspace.settings
    capfd.readouterr()
    assert run([*words, "--data", str(places.data), "--snapshot", str(places.snapshot), "-q"]) == 0
    answer: dict[str, Any] = json.loads(capfd.readouterr().out)
    return answer


@pytest.mark.parametrize("name", ASKED)
def test_a_question_is_answered_as_on_the_command_line(
    server: Served, workspace: Workspace, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    answer = server.get(f"/api/ask/{name}", ASKED[name])
    assert (answer.status, answer.kind) == (200, "application/json")
    words = [word for key, value in ASKED[name].items() for word in (f"--{key}", value)]
    printed = from_command_line(workspace, capfd, "ask", name, *words, "--output", "json")
    assert answer.json() == printed
    assert printed["rows"]


def test_a_search_is_answered_as_on_the_command_line(
    server: Served, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = server.get("/api/search", {"q": "hostile environment", "limit": "3", "offset": "1"})
    words = ("hostile", "environment", "--limit", "3", "--offset", "1", "--output", "json")
    assert answer.json() == from_command_line(workspace, capfd, "search", *words)
    assert answer.json()["total"] > 1


def test_the_limits_are_published_as_on_the_command_line(
    server: Served, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    assert server.get("/limits").json() == from_command_line(workspace, capfd, "limits", "--output", "json")


def test_health_names_the_snapshot(server: Served, workspace: Workspace) -> None:
    answer = server.get("/health").json()
    assert answer["status"] == "ok"
    assert answer["snapshot"] == workspace.snapshot.path.name
    assert answer["dataset_hash"] == workspace.snapshot.manifest.dataset_hash


@pytest.mark.parametrize(
    ("target", "status", "said", "hint"),
    [
        ("/api/ask/who-said", 404, "there is no question 'who-said'", "who-said-what"),
        ("/api/ask/who-said-what?spaker=x", 400, "no parameter 'spaker'", "speaker"),
        ("/api/ask/who-said-what?speaker=margot-jame", 400, "'margot-jame'", "margot-james"),
        ("/api/ask/who-said-what?speaker=margot-james&speaker=x", 400, "'speaker' is given twice", ""),
        ("/api/ask/who-said-what?from=last+week", 400, "'from' is not a date", ""),
        ("/api/ask/who-said-what?limit=-1", 400, "'limit' is '-1'", ""),
        ("/api/ask/who-said-what?limit=1e3", 400, "'limit' is '1e3'", ""),
        ("/api/ask/who-said-what?limit=99999999999999999999", 400, "'limit'", ""),
        ("/api/ask/who-said-what?speaker=%FF", 400, "not percent-encoded UTF-8", ""),
        ("/api/ask/status-on", 400, "needs 'instrument'", ""),
        ("/api/ask/status-on?instrument=nhs-digital-home-office-mou", 400, "needs 'date'", ""),
        ("/api/ask/evidence?id=nothing-such", 400, "nothing on record is called 'nothing-such'", ""),
        ("/api/search", 400, "the search needs 'q'", "q="),
        ("/api/search?q=", 400, "nothing to search for", ""),
        ("/api/search?q=a&limit=x", 400, "'limit' is 'x'", ""),
        ("/api/search?q=a&limit=9223372036854775808", 400, "'limit'", ""),
        ("/api/search?q=a&words=b", 400, "no parameter 'words'", "q, limit"),
        ("/api/suggest", 400, "suggestions need 'q'", "q="),
        ("/api/suggest?q=a&limit=51", 400, "'limit' is a whole number from 0 to 50", ""),
        ("/api/suggest?q=a&offset=1", 400, "no parameter 'offset'", "q and limit"),
        ("/api/suggest?q=" + "a" * 201, 400, "201 characters are too many", ""),
        ("/export/gefx", 404, "there is no export format 'gefx'", "gexf"),
        ("/export/csv?speker=x", 400, "there is no filter 'speker'", "speaker"),
        ("/export/csv?table=x", 400, "there is no table 'x'", ""),
        ("/export/turtle.about.json", 404, "describes itself", "/export/turtle"),
        ("/api/ask/", 404, "nothing at /api/ask/", "/api/ask/"),
        ("/api/ask/who-said-what/x", 404, "nothing at", ""),
        ("/", 404, "nothing at /", "/sparql"),
    ],
)
def test_wrong_words_are_answered_with_what_would_be_right(
    server: Served, target: str, status: int, said: str, hint: str
) -> None:
    answer = server.get(target)
    told = answer.json()
    assert (answer.status, answer.kind) == (status, "application/json")
    assert set(told) == {"error", "message", "hint", "line", "column"}
    assert said in told["message"]
    assert hint in str(told["hint"])
    assert told["line"] is None
    assert told["column"] is None


def test_suggestions_name_what_is_typed_and_where_its_page_is(server: Served) -> None:
    answer = server.get("/api/suggest", {"q": "jam"}).json()
    james = {"noun": "actor", "slug": "margot-james", "label": "Margot James", "matched": "Ms James"}
    assert answer == {"query": "jam", "rows": [james | {"address": None}], "total": 1}  # no app on this port
    assert server.get("/api/suggest", {"q": ""}).json() == {"query": "", "rows": [], "total": 0}
    some = server.get("/api/suggest", {"q": "home office", "limit": "1"}).json()
    assert (some["rows"][0]["slug"], len(some["rows"])) == ("home-office", 1)
    assert some["total"] > 1


@pytest.mark.parametrize("target", ["/api/ask/actors", "/api/search?q=a", "/api/openapi.json"])
def test_json_alone_is_offered(server: Served, target: str) -> None:
    assert server.get(target, accept="application/json;q=0.1").status == 200
    assert server.get(target, accept="text/html").status == 406


def test_an_export_is_the_file_of_the_command_line(server: Served, workspace: Workspace) -> None:
    for form in ("gexf", "csv", "bibtex", "nquads"):
        main, *sidecars = workspace.export(form, {"source": "gponline"})
        answer = server.get(f"/export/{form}", {"source": "gponline"})
        assert answer.status == 200
        assert answer.body == main.content
        assert main.name in answer.headers["Content-Disposition"]
        assert answer.headers["Content-Type"].startswith(main.media_type)
        assert (sidecars != []) == ("describedby" in (answer.headers["Link"] or ""))
    rows = list(csv.DictReader(io.StringIO(server.get("/export/csv?speaker=margot-james").text, newline="")))
    assert {row["speaker"] for row in rows} == {"margot-james"}


def test_the_description_beside_an_export_is_linked(server: Served) -> None:
    link = server.get("/export/csv", {"speaker": "margot-james"}).headers["Link"]
    about = server.get(link.partition(">")[0].removeprefix("<")).json()
    assert about["licence"]
    assert about["filters"] == {"speaker": "margot-james"}


def test_openapi_has_a_path_a_question_and_marks_what_is_required(
    server: Served, workspace: Workspace
) -> None:
    document = server.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": server.origin}]
    asked = {path.removeprefix("/api/ask/") for path in document["paths"] if path.startswith("/api/ask/")}
    assert asked == {question.name for question in workspace.list_questions()}
    parameters = document["paths"]["/api/ask/status-on"]["get"]["parameters"]
    assert {each["name"] for each in parameters if each["required"]} == {"instrument", "date"}


@pytest.mark.parametrize("name", sorted(ASKED))
def test_answers_are_as_the_openapi_document_says(server: Served, name: str) -> None:
    responses = server.get("/api/openapi.json").json()["paths"][f"/api/ask/{name}"]["get"]["responses"]
    schema = responses["200"]["content"]["application/json"]["schema"]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(server.get(f"/api/ask/{name}", ASKED[name]).json())


@pytest.mark.parametrize(
    "name", ["actors", "disagreements", "documents", "dossiers", "figures", "gaps", "held-on", "timeline"]
)
def test_answers_without_parameters_are_as_the_document_says(server: Served, name: str) -> None:
    responses = server.get("/api/openapi.json").json()["paths"][f"/api/ask/{name}"]["get"]["responses"]
    schema = responses["200"]["content"]["application/json"]["schema"]
    answer = server.get(f"/api/ask/{name}").json()
    assert answer["rows"]
    Draft202012Validator(schema).validate(answer)
