"""Query in a real browser: the editor, its suggestions and marks, the keyboard, and answers to take along."""

import json
import re
import urllib.request
from typing import Any
from urllib.parse import quote, unquote_plus

import pytest
from playwright.sync_api import Route, expect
from tests.browser.barriers import barriers
from tests.browser.writing import editor, holds, write

WRONG = "SELECT ?s WHERE {\n  ?s a ?type \n"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
STATES = {
    "start": "/query",
    "question": "/query?question=counts&by=source",
    "wide answer": "/query?question=who-said-what&speaker=margot-james",
    "nothing chosen": "/query?question=status-on",
    "wrong value": "/query?question=who-said-what&speaker=margot-jame",
    "unknown question": "/query?question=timelin",
    "ready query": "/query?saved=statements-by-month",
    "as sent": "/query?saved=statements-by-month&view=raw",
    "graph": "/query?saved=one-person-as-triples",
    "wrong query": f"/query?q={quote(WRONG)}",
    "nothing found": f"/query?q={quote('SELECT ?s { ?s ?s ?s }')}",
    "plain": "/query?q=ASK+%7B%7D&editor=plain",
}


pytestmark = pytest.mark.usefixtures("bundled")


def test_a_query_is_written_run_and_restored_by_its_address(visit: Any) -> None:
    page = visit.open("/query")
    write(page, "ASK { ?s ?p ?o }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".or-count").first).to_have_text("The answer is yes.")
    assert unquote_plus(page.url).endswith("/query?q=ASK { ?s ?p ?o }")
    visit.open(page.url.removeprefix(visit.origin))
    expect(page.locator(".or-count").first).to_have_text("The answer is yes.")
    holds(page, "ASK { ?s ?p ?o }")


def test_python_hears_of_the_text_when_it_is_run_and_not_before(visit: Any) -> None:
    page = visit.open("/query")
    sent: list[str | bytes] = []

    def note(frame: str | bytes) -> None:
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", note))
    page.reload()
    visit.drawn()
    editor(page).click()
    page.keyboard.type("ASK { ?s ?p ?o }", delay=20)
    holds(page, "ASK { ?s ?p ?o }")
    page.wait_for_timeout(800)
    assert not any("ASK" in str(frame) for frame in sent)
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".or-count").first).to_have_text("The answer is yes.")
    assert any("ASK { ?s ?p ?o }" in str(frame) for frame in sent)


def test_a_wrong_query_is_marked_where_it_is_wrong_until_it_is_mended(visit: Any) -> None:
    page = visit.open("/query")
    write(page, WRONG)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Line 1, column 17")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    expect(page.locator(".cm-lintRange-error")).to_have_text("{")
    expect(editor(page)).to_have_attribute("aria-invalid", "true")
    holds(page, WRONG)
    write(page, WRONG + "}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".or-count").first).to_contain_text("rows, the whole answer")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(0)
    expect(editor(page)).to_have_attribute("aria-invalid", "false")


def test_a_term_is_suggested_with_its_meaning_and_brings_its_prefix(visit: Any) -> None:
    page = visit.open("/query")
    editor(page).click()
    page.keyboard.type("SELECT ?q { ?q a quotati", delay=20)
    option = page.get_by_role("option", name=re.compile("onr:Quotation"))
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator(".cm-completionInfo")).to_contain_text("of which the source prints words verbatim")
    page.wait_for_timeout(150)  # the editor takes no Enter for a choice until its list was there for 75 ms
    page.keyboard.press("Enter")
    holds(page, "PREFIX onr: <https://w3id.org/onrecord/ns#>\nSELECT ?q { ?q a onr:Quotation}")
    page.keyboard.type(" ; onr:speaker ?who")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".or-count").first).to_contain_text("rows, the whole answer")


def test_the_vocabulary_is_fetched_once_when_it_is_first_needed(visit: Any) -> None:
    page = visit.open("/query?q=ASK+%7B%7D")
    asked = [url for url in visit.requests if "/api/ask/vocabulary" in url]
    assert not asked
    write(page, "")
    page.keyboard.type("onr:", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    write(page, "ASK { }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".or-count").first).to_have_text("The answer is yes.")
    write(page, "")
    page.keyboard.type("k:", delay=20)
    expect(page.get_by_role("option", name=re.compile("k:"))).not_to_have_count(0)
    assert len([url for url in visit.requests if "/api/ask/vocabulary" in url]) == 1


def test_a_record_is_found_by_its_name(visit: Any) -> None:
    page = visit.open("/query")
    editor(page).click()
    page.keyboard.type("ASK { ?s ?p <wollaston", delay=20)
    option = page.get_by_role("option", name=re.compile("^sarah-wollaston"))
    expect(option).to_be_visible()
    option.click()
    holds(page, "ASK { ?s ?p <id/actor/sarah-wollaston>}")


def test_a_hostile_name_in_a_suggestion_is_text(visit: Any) -> None:
    page = visit.open("/query")
    label = "<img src=x onerror=alert(1)>\u202e" + "y" * 10_000
    rows = [{"noun": "actor", "slug": "mallory", "label": label, "matched": label}]

    def answer(route: Route) -> None:
        route.fulfill(json={"rows": rows, "total": 1})

    page.route(re.compile("/api/(search|suggest)"), answer)
    editor(page).click()
    page.keyboard.type("ASK { ?s ?p <mallory", delay=20)
    option = page.get_by_role("option", name=re.compile("^mallory"))
    expect(option).to_contain_text("<img src=x onerror=alert(1)>⟨U+202E⟩")
    assert len(option.inner_text()) < 200
    expect(page.locator(".cm-tooltip img")).to_have_count(0)


def test_an_editor_is_left_by_escape_and_tab_and_tab_alone_indents(visit: Any) -> None:
    page = visit.open("/query")
    write(page, "ASK")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    holds(page, "  ASK")
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Escape")
    page.wait_for_timeout(2500)  # no hurry is asked of anybody
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Shift+Tab")
    expect(editor(page)).to_be_focused()
    described = page.locator(f"#{editor(page).get_attribute('aria-describedby')}")
    expect(described).to_contain_text("press Escape, then Tab, to leave the editor")


def test_back_and_forward_walk_through_queries_and_undo_outlives_a_run(visit: Any) -> None:
    page = visit.open("/query?q=ASK+%7B+%7D")
    expect(page.locator(".or-count").first).to_have_text("The answer is yes.")
    write(page, "ASK { FILTER(false) }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".or-count").first).to_have_text("The answer is no.")
    page.keyboard.press("Control+z")
    expect(page.locator(".or-editor-status")).to_have_text("Changed since it was run.")
    expect(page.locator(".or-editor .cm-line").first).not_to_have_text("ASK { FILTER(false) }")
    page.go_back()
    expect(page.locator(".or-count").first).to_have_text("The answer is yes.")
    holds(page, "ASK { }")
    page.go_forward()
    expect(page.locator(".or-count").first).to_have_text("The answer is no.")


def test_what_was_written_and_not_run_is_there_again_after_another_page(visit: Any) -> None:
    page = visit.open("/query?q=ASK+%7B+%7D")
    write(page, "SELECT * { ?not ?yet ?run }")
    page.get_by_role("link", name="About", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Query")
    page.go_back()
    expect(page.locator(".or-editor .cm-line").first).to_have_text("SELECT * { ?not ?yet ?run }")
    expect(page.locator(".or-editor-status")).to_have_text("Changed since it was run.")
    page.keyboard.press("Control+z")


def test_what_is_written_while_a_query_runs_is_not_lost(visit: Any) -> None:
    page = visit.open("/query")
    write(page, "ASK { }")
    page.keyboard.press("Control+Enter")
    page.keyboard.insert_text(" # and more")
    expect(page.locator(".or-count").first).to_have_text("The answer is yes.")
    visit.drawn()
    holds(page, "ASK { } # and more")


def test_a_query_that_is_too_long_is_told_before_it_is_sent(visit: Any) -> None:
    page = visit.open("/query")
    write(page, "ASK {} #" + "x" * 70_000)
    expect(page.locator(".or-editor-status")).to_contain_text("longer than the 64 KiB that a query may have")
    expect(page.get_by_role("button", name="Run")).to_be_disabled()


def test_a_query_too_long_for_an_address_is_run_and_kept(visit: Any) -> None:
    page = visit.open("/query")
    long = "ASK {} #" + "x" * 9000
    write(page, long)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("This query is too long for an address")).to_be_visible()
    expect(page.locator(".or-count").first).to_have_text("The answer is yes.")
    page.reload()
    visit.drawn()
    holds(page, long)


def test_a_slow_query_says_how_long_it_may_take_and_can_be_stopped(visit: Any) -> None:
    visit.page.goto(f"{visit.origin}/query?q={quote(SLOW)}")
    page = visit.page
    expect(page.get_by_text(re.compile(r"Asking: \d+ s of at most 10 s\."))).to_be_visible()
    page.get_by_role("button", name="Stop this query").click()
    expect(page.get_by_text("The query was stopped")).to_be_visible()
    holds(page, SLOW)


def test_a_card_leads_to_menus_and_menus_to_an_answer(visit: Any) -> None:
    page = visit.open("/query")
    page.get_by_role("link", name="The state of an instrument on a date").click()
    expect(page.get_by_text("To ask this, choose: instrument, date.")).to_be_visible()
    page.get_by_role("combobox", name=re.compile("Instrument")).click()
    page.get_by_role("option", name=re.compile("nhs-digital-home-office-mou")).click()
    page.get_by_role("textbox", name="Date (required)").fill("2018-06-01")
    page.get_by_role("button", name="Ask").click()
    expect(page).to_have_url(re.compile("instrument=nhs-digital-home-office-mou.*date=2018-06-01"))
    expect(page.locator(".or-count").first).to_contain_text("the whole answer")
    expect(page.locator(".or-sheet").first).to_contain_text("suspended")
    page.go_back()
    expect(page.get_by_text("To ask this, choose: instrument, date.")).to_be_visible()
    page.go_forward()
    expect(page.locator(".or-sheet").first).to_contain_text("suspended")
    expect(page.get_by_role("textbox", name="Date (required)")).to_have_value("2018-06-01")


def test_an_answer_of_a_question_is_the_one_over_http(visit: Any) -> None:
    page = visit.open("/query?question=who-said-what&speaker=margot-james")
    to = page.get_by_role("link", name="JSON", exact=True).get_attribute("href")
    with urllib.request.urlopen(visit.origin + str(to)) as answer:
        rows = json.load(answer)["rows"]
    expect(page.locator(".or-sheet tbody tr")).to_have_count(len(rows))
    page.get_by_role("link", name="margot-james").first.click()
    expect(page).to_have_url(re.compile(r"/actor\?id=margot-james"))


def test_an_answer_can_be_taken_home(visit: Any) -> None:
    page = visit.open("/query?q=" + quote("SELECT ('a,b' AS ?x) {}"))
    files = {"CSV": b'x\r\n"a,b"\r\n', "TSV": b'?x\n"a,b"\n'}
    for name, content in files.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download {name}").click()
        assert download.value.path().read_bytes() == content


def test_a_chart_carries_its_numbers_as_words_and_can_be_put_away(visit: Any) -> None:
    page = visit.open("/query?saved=statements-by-month")
    expect(page.locator('[aria-label*="2018-11: "]').first).to_be_visible()
    page.get_by_role("radio", name="Table").check(force=True)
    expect(page).to_have_url(re.compile("view=table"))
    expect(page.locator('[aria-label*="2018-11: "]')).to_have_count(0)
    expect(page.locator(".or-sheet").first).to_contain_text("2018-11")


def test_no_state_has_a_serious_barrier_in_either_theme_or_scrolls_sideways(visit: Any) -> None:
    def ready(page: Any, name: str) -> None:
        if name == "start":
            write(page, "onr:")
            page.keyboard.press("Control+Space")
            expect(page.get_by_role("option").first).to_be_visible()
        if name == "wrong query":
            expect(page.locator(".cm-lint-marker-error")).to_have_count(1)

    found = barriers(visit, STATES, ready)
    assert not found, "\n".join(found)
