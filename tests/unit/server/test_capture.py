"""The text that offsets slice: given out byte for byte where its licence allows, else refused."""

import json
from typing import Any

import pytest
from tests.serving import Received, Served
from tests.upkept import EXAMPLE, ODD

from onrecord.workspace import Workspace

RIVER = "/doc/capture/river-post-1.txt"


def said(answer: Received) -> dict[str, Any]:
    told: dict[str, Any] = answer.json()
    assert set(told) == {"error", "message", "hint", "line", "column"}
    return told


def test_offsets_of_answers_slice_the_text(upkept_server: Served) -> None:
    rows = upkept_server.get("/api/ask/who-said-what", {"source": "river-post"}).json()["rows"]
    printed = [(row["capture"], part) for row in rows for part in row["segments"]]
    assert len(printed) == 5
    for capture, part in printed:
        text = upkept_server.get(f"/doc/capture/{capture}.txt").body.decode("utf-8")
        assert text[part["start"] : part["end"]] == part["text"]


@pytest.mark.parametrize(
    ("slug", "original"),
    [("river-post-1", (EXAMPLE / "captures" / "river-post.txt").read_bytes()), ("odd-letter-1", ODD)],
    ids=["plain", "odd"],
)
def test_the_text_is_that_which_was_read_byte_for_byte(
    upkept_server: Served, slug: str, original: bytes
) -> None:
    answer = upkept_server.get(f"/doc/capture/{slug}.txt")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.body == original


def test_it_names_its_licence_and_what_it_is(upkept_server: Served) -> None:
    links = upkept_server.get("/doc/capture/odd-letter-1.txt").headers["Link"]
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links
    assert '<https://w3id.org/onrecord/id/capture/odd-letter-1>; rel="describedby"' in links


def test_the_licence_is_in_the_data_and_the_page_leads_to_the_text(upkept_server: Served) -> None:
    graph = upkept_server.get("/doc/capture/odd-letter-1.nt").text
    capture = "<https://w3id.org/onrecord/id/capture/odd-letter-1>"
    licence = "<https://creativecommons.org/licenses/by/4.0/>"
    assert f"{capture} <http://purl.org/dc/terms/license> {licence} ." in graph
    assert 'href="/doc/capture/odd-letter-1.txt"' in upkept_server.get("/doc/capture/odd-letter-1.html").text
    other = upkept_server.get("/doc/capture/bought-letter-1.html").text
    assert ".txt" not in other.replace("bought-letter.txt", ""), "no link to a text that is refused"


def test_a_text_without_a_licence_is_refused_though_it_is_at_hand(upkept_server: Served) -> None:
    answer = upkept_server.get("/doc/capture/bought-letter-1.txt")
    told = said(answer)
    assert (answer.status, told["error"]) == (403, "not-licensed")
    assert "no licence" in told["message"]
    assert "https://paper.example/bought" in told["hint"]
    assert "First line" not in answer.text


def test_no_press_article_of_the_dossier_is_given_out(server: Served, workspace: Workspace) -> None:
    for slug in workspace.snapshot.manifest.sources:
        answer = server.get(f"/doc/capture/{slug}-1.txt")
        assert (answer.status, said(answer)["error"]) == (403, "not-licensed"), slug
        assert said(answer)["hint"].startswith("read it where it was published: ")


@pytest.mark.parametrize("slug", ["lost-letter", "spoiled-letter"])
def test_a_text_that_is_not_at_hand_or_was_changed_is_not_found(upkept_server: Served, slug: str) -> None:
    answer = upkept_server.get(f"/doc/capture/{slug}-1.txt")
    assert answer.status == 404
    assert "is not here, or is not the one that was read" in said(answer)["message"]
    assert "SHA-256" in said(answer)["hint"]
    assert "Furst" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/doc/capture/nothing-such-1.txt",
        "/doc/capture/river-post.txt",
        "/doc/capture/.txt",
        "/doc/capture/..%2f..%2fcaptures%2friver-post.txt",
        "/doc/capture/%00.txt",
        "/doc/actor/ada-brandt.txt",
    ],
)
def test_nothing_else_has_a_text(upkept_server: Served, path: str) -> None:
    answer = upkept_server.get(path)
    assert answer.status == 404
    assert said(answer)["hint"]


def test_an_old_address_of_a_text_leads_to_the_one_of_today(upkept_server: Served) -> None:
    answer = upkept_server.get("/doc/capture/river-gazette-1.txt")
    assert (answer.status, answer.headers["Location"]) == (301, RIVER)


def test_head_tells_what_get_would_and_an_unchanged_text_is_not_sent_again(upkept_server: Served) -> None:
    whole = upkept_server.get(RIVER)
    head = upkept_server.send("HEAD", RIVER)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.body))
    tag = whole.headers["ETag"]
    assert head.headers["ETag"] == tag
    again = upkept_server.get(RIVER, if_none_match=tag)
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert "Accept" in whole.headers["Vary"]
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert upkept_server.send("POST", RIVER).status == 405


def test_the_manifest_knows_what_may_be_given_out(kept_up: Workspace) -> None:
    path = kept_up.snapshot.path / "manifest.json"
    held = json.loads(path.read_text(encoding="utf-8"))["sources"]["odd-letter"]
    assert (held["licence"], held["capture"]) == ("CC-BY-4.0", "odd-letter-1")
