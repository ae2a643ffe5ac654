"""What upkeep did shows at every address: old slugs lead on, corrections and retractions are told first."""

from urllib.parse import quote

import pytest
from lxml import html
from tests.serving import Served
from tests.upkept import REASON

BASE = "https://w3id.org/onrecord/"
MOVED = {
    "/id/actor/a-brandt": "/id/actor/ada-brandt",
    "/id/document/sharing-deal": "/id/instrument/records-agreement",
    "/id/document/river-gazette": "/id/document/river-post",
    "/id/capture/river-gazette-1": "/id/capture/river-post-1",
    "/id/account/river-gazette-letter-to-board": "/id/account/river-post-letter-to-board",
    "/graph/source/river-gazette": "/graph/source/river-post",
    "/doc/actor/a-brandt.ttl": "/doc/actor/ada-brandt.ttl",
    "/doc/actor/a-brandt.html": "/doc/actor/ada-brandt.html",
    "/doc/actor/a-brandt": "/doc/actor/ada-brandt",
    "/doc/graph/source/river-gazette.nt": "/doc/graph/source/river-post.nt",
}


@pytest.mark.parametrize("path", MOVED)
def test_an_address_that_was_given_up_leads_on_for_good(upkept_server: Served, path: str) -> None:
    answer = upkept_server.get(path, accept="text/turtle")
    assert (answer.status, answer.headers["Location"]) == (301, MOVED[path])
    assert "Accept" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-cache"
    assert upkept_server.get(MOVED[path], accept="text/turtle").status in (200, 303)
    head = upkept_server.send("HEAD", path)
    assert (head.status, head.headers["Location"], head.body) == (301, MOVED[path], b"")


def test_an_old_passage_is_still_found(upkept_server: Served) -> None:
    query = f'SELECT ?it {{ ?it a <{BASE}ns#Passage> FILTER(CONTAINS(STR(?it), "/river-post-")) }} LIMIT 1'
    iri = upkept_server.sparql(query).json()["results"]["bindings"][0]["it"]["value"]
    path = f"/{iri.removeprefix(BASE)}"
    answer = upkept_server.get(path.replace("river-post", "river-gazette"))
    assert (answer.status, answer.headers["Location"]) == (301, path)


@pytest.mark.parametrize(
    "path",
    [
        "/id/document/a-brandt",
        "/id/instrument/sharing-deal",
        "/id/statement/a-brandt",
        "/id/statement/a-brandt-unheard",
        "/graph/source/a-brandt-2",
        "/id/passage/river-gazette-0000000000",
    ],
)
def test_only_the_address_that_was_given_out_leads_on(upkept_server: Served, path: str) -> None:
    assert upkept_server.get(path).status == 404


def test_a_record_keeps_its_own_address_where_an_old_slug_is_part_of_it(upkept_server: Served) -> None:
    assert upkept_server.get("/id/statement/river-post-brandt", accept="text/turtle").status == 303


def test_the_old_name_is_replaced_by_the_new_one_in_the_data(upkept_server: Served) -> None:
    replaced = (
        f"<{BASE}id/actor/a-brandt> <http://purl.org/dc/terms/isReplacedBy> <{BASE}id/actor/ada-brandt>"
    )
    assert f"{replaced} .\n" in upkept_server.get("/doc/actor/ada-brandt.nt").text
    assert f"{replaced} <{BASE}graph/redirects> .\n" in upkept_server.get("/export/nquads").text
    graph = upkept_server.get("/doc/graph/redirects.nt").text
    assert "Where addresses lead whose slug was given up" in graph


@pytest.mark.parametrize("word", ["media-committee", f"{BASE}id/actor/media-committee"])
def test_a_question_by_the_old_slug_is_answered_and_says_so(upkept_server: Served, word: str) -> None:
    old = upkept_server.get("/api/ask/who-said-what", {"speaker": word}).json()
    new = upkept_server.get("/api/ask/who-said-what", {"speaker": "culture-committee"}).json()
    assert old["rows"] == new["rows"] != []
    note = "'media-committee' is called 'culture-committee' now; the answer is about that"
    assert old["notes"] == [note, *new["notes"]]
    assert old["parameters"] == {"speaker": word}


def test_evidence_is_found_by_the_old_slug(upkept_server: Served) -> None:
    old = upkept_server.get("/api/ask/evidence", {"id": "sharing-deal"}).json()
    new = upkept_server.get("/api/ask/evidence", {"id": "records-agreement"}).json()
    assert old["rows"] == new["rows"] != []
    assert "'sharing-deal' is called 'records-agreement' now" in old["notes"][0]


def test_an_old_iri_of_another_noun_is_unknown(upkept_server: Served) -> None:
    answer = upkept_server.get("/api/ask/positions", {"actor": f"{BASE}id/event/a-brandt"})
    assert answer.status == 400


@pytest.mark.parametrize("name", ["csv", "gexf", "turtle", "csl-json"])
def test_an_export_by_the_old_slug_is_that_by_the_new_one_and_says_so(
    upkept_server: Served, name: str
) -> None:
    old = upkept_server.get(f"/export/{name}", {"source": "river-gazette"})
    new = upkept_server.get(f"/export/{name}", {"source": "river-post"})
    assert (old.status, new.status) == (200, 200)
    note = "'river-gazette' is called 'river-post' now"
    if name in ("csv", "csl-json"):
        assert old.body == new.body
        about = upkept_server.get(f"/export/{name}.about.json", {"source": "river-gazette"}).json()
        assert any(said.startswith(note) for said in about["notes"])
    else:
        assert note in old.text.replace("&#39;", "'").replace("&apos;", "'")
        assert len(old.body) > len(new.body) > 1000


def test_a_retracted_statement_says_so_first_with_date_and_reason(upkept_server: Served) -> None:
    page = html.document_fromstring(upkept_server.get("/doc/statement/river-post-brandt.html").body)
    first = next(page.iter("main"))[2]
    assert "".join(map(str, first.itertext())).startswith(f"Retracted, 2031-04: {REASON}")
    assert [link.get("href") for link in first.iter("a")] == ["/id/correction/correction-2"]
    graph = upkept_server.get("/doc/statement/river-post-brandt.nt").text
    entry = f"<{BASE}id/correction/correction-2>"
    assert f"<{BASE}ns#retractedBy> {entry} ." in graph
    assert f'{entry} <{BASE}ns#reason> "{REASON}"@en .' in graph
    assert f'{entry} <{BASE}ns#when> "2031-04"' in graph


def test_a_corrected_statement_says_so_too(upkept_server: Served) -> None:
    page = html.document_fromstring(upkept_server.get("/doc/statement/river-post-letter-concern.html").body)
    assert "Corrected, 2031-03-30: She takes no side." in "".join(map(str, page.itertext()))
    other = upkept_server.get("/doc/statement/river-post-letter-trust.html").text
    assert "Corrected," not in other


def test_corrections_since_a_version_over_http(upkept_server: Served) -> None:
    def listed(**given: str) -> list[int]:
        about = upkept_server.get(
            "/export/csv.about.json", {k.replace("_", "-"): v for k, v in given.items()}
        )
        return [entry["number"] for entry in about.json()["corrections"]]

    assert listed() == [1, 2]
    assert listed(corrections_since="correction-1") == [2]
    assert listed(corrections_since="2031-04") == [2]
    gexf = upkept_server.get("/export/gexf?corrections-since=correction-2").text
    assert "Corrections: 0 of 2, those since correction-2;" in gexf
    answer = upkept_server.get("/export/csv?corrections-since=correction-3")
    assert (answer.status, answer.json()["hint"]) == (400, "its entries are correction-1 to correction-2")
    assert upkept_server.get(f"/export/csv?corrections-since={quote('last week')}").status == 400
