"""The editor and a late or deaf server: it shows the query that is answered, and nothing written is lost."""

from typing import Any
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.line import cut, hold, lost, mend, quiet, release, slow, underway
from tests.browser.writing import editor, holds, write

pytestmark = pytest.mark.usefixtures("bundled")

YES = "ASK { }"
NO = "ASK { FILTER(false) }"
MORE = " # and more"
ANOTHER = """async () => {
  const module = performance.getEntriesByType("resource").find((each) => each.name.endsWith("/editor.js"));
  const { default: draw } = await import(module.name);
  const given = {
    id: "another", text: "ASK { }", address: "/another", turn: 0, keep: false, label: "Another", help: "",
    run: "Run another", edited: "", longest: 64, vocabulary: "", names: "",
  };
  const fault = { line: 1, column: 1, message: "wrong" };
  const setTriggerValue = (_, sent) => { window.another.ran = sent; };
  window.another = {
    home: () => document.querySelector("main").appendChild(document.createElement("div")),
    drawn: (parentElement, change) => draw({ data: { ...given, ...change }, parentElement, setTriggerValue }),
    marked: () => draw({ data: { id: given.id, fault } }),
  };
}"""


@pytest.fixture
def late(visit: Any) -> Any:
    """A tab whose server is heard when the test wants it."""
    slow(visit.page, 5)
    return visit


def at(query: str) -> str:
    """The address of a query."""
    return f"/query?q={quote_plus(query)}"


def run(page: Page, query: str) -> None:
    """Types a query over what is there, and runs it."""
    write(page, query)
    page.keyboard.press("Control+Enter")


def answered(page: Page, word: str) -> None:
    """Waits for the answer to a query that asks whether."""
    expect(page.locator(".or-count").first).to_have_text(f"The answer is {word}.")


def kept(page: Page, words: str) -> None:
    """Waits until the browser keeps these words."""
    page.wait_for_function("words => Object.values(sessionStorage).includes(words)", arg=words)


def beside(visit: Any) -> Locator:
    """Where an editor that is drawn by hand will be, beside the page's own."""
    page: Page = visit.open("/query")
    editor(page)
    page.evaluate(ANOTHER)
    return page.get_by_role("textbox", name="Another")


def run_by_hand(page: Page, another: Locator) -> None:
    """Draws that editor, adds something to its query and runs it."""
    page.evaluate("window.another.drawn(window.another.place = window.another.home()) && null")
    another.click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(MORE)
    page.keyboard.press("Control+Enter")
    page.wait_for_function("window.another.ran")


def test_a_query_corrected_before_its_answer_came_stays_as_it_was_corrected(late: Any) -> None:
    page = late.open("/query")
    hold(page)
    run(page, YES)
    underway(page, YES)
    run(page, NO)
    page.keyboard.insert_text(MORE)
    release(page)
    answered(page, "no")
    quiet(page)
    holds(page, NO + MORE)


def test_a_correction_taken_back_before_its_answer_came_stays_taken_back(late: Any) -> None:
    page = late.open(at(YES))
    hold(page)
    run(page, NO)
    underway(page, NO)
    run(page, YES)
    page.keyboard.insert_text(MORE)
    underway(page, YES)
    release(page)
    quiet(page)
    answered(page, "yes")
    holds(page, YES + MORE)
    run(page, NO)
    answered(page, "no")
    page.go_back()
    answered(page, "yes")
    holds(page, YES)


def test_a_query_that_the_server_never_heard_of_is_there_when_the_page_is_loaded_anew(late: Any) -> None:
    page = late.open(at(YES))
    cut(page)
    run(page, NO)
    lost(page)
    page.reload()
    late.drawn()
    holds(page, NO)
    expect(page.locator(".or-editor-status")).to_have_text("Changed since it was run.")
    answered(page, "yes")


def test_a_query_that_the_server_never_heard_of_can_be_run_again(late: Any) -> None:
    page = late.open(at(YES))
    cut(page)
    run(page, NO)
    lost(page)
    mend(page)
    page.keyboard.press("Control+Enter")
    answered(page, "no")
    page.go_back()
    answered(page, "yes")
    holds(page, YES)


def test_back_to_a_query_shows_it_even_if_a_run_of_it_was_lost(late: Any) -> None:
    page = late.open(at(YES))
    run(page, NO)
    answered(page, "no")
    cut(page)
    run(page, YES)
    lost(page)
    mend(page)
    write(page, "ASK")
    page.go_back()
    answered(page, "yes")
    holds(page, YES)
    page.go_forward()
    answered(page, "no")
    holds(page, "ASK")


def test_a_query_that_came_back_is_no_draft_and_what_was_added_meanwhile_is_one(late: Any) -> None:
    page = late.open(at(YES))
    hold(page)
    run(page, NO)
    kept(page, NO)
    page.keyboard.insert_text(MORE)
    kept(page, NO + MORE)
    release(page)
    answered(page, "no")
    kept(page, NO + MORE)
    page.reload()
    late.drawn()
    holds(page, NO + MORE)
    page.go_back()
    answered(page, "yes")
    holds(page, YES)


@pytest.mark.parametrize("written", ["before", "after"])
def test_what_is_written_while_the_page_goes_back_belongs_to_the_query_that_is_left(
    late: Any, written: str
) -> None:
    page = late.open(at(YES))
    run(page, NO)
    answered(page, "no")
    quiet(page)
    hold(page)
    if written == "before":
        page.keyboard.insert_text(MORE)
    page.go_back()
    if written == "after":
        page.keyboard.insert_text(MORE)
    kept(page, NO + MORE)
    release(page)
    answered(page, "yes")
    holds(page, YES)
    page.go_forward()
    answered(page, "no")
    holds(page, NO + MORE)


def test_what_was_written_just_before_back_is_there_after_forward(visit: Any) -> None:
    page = visit.open(at(YES))
    run(page, NO)
    answered(page, "no")
    visit.drawn()
    page.keyboard.insert_text(MORE)
    page.go_back()
    answered(page, "yes")
    holds(page, YES)
    page.go_forward()
    answered(page, "no")
    holds(page, NO + MORE)


def test_an_editor_and_its_mark_outlive_a_draw_that_was_superseded(visit: Any) -> None:
    another = beside(visit)
    page = visit.page
    page.evaluate("""() => {
      const [home, { drawn, marked }] = [window.another.home(), window.another];
      const [superseded, last, overtaken, mark] = [drawn(home), drawn(home), marked(), marked()];
      overtaken();
      superseded();
      Object.assign(window.another, { leave: last, mend: mark });
    }""")
    expect(another).to_be_visible()
    expect(another).to_have_attribute("aria-invalid", "true")
    page.evaluate("window.another.mend()")
    expect(another).to_have_attribute("aria-invalid", "false")
    page.evaluate("window.another.leave()")
    expect(another).to_have_count(0)


def test_an_editor_that_left_the_page_and_is_back_runs_what_it_shows(visit: Any) -> None:
    another = beside(visit)
    page = visit.page
    page.evaluate("window.another.drawn(window.another.home())()")
    run_by_hand(page, another)
    page.wait_for_function("words => window.another.ran.text === words", arg=YES + MORE)
    kept(page, YES + MORE)


@pytest.mark.parametrize(
    ("between", "shown"),
    [
        ("{ text: 'SELECT', address: '/select' }", "SELECT"),
        ("{ turn: window.another.ran.turn }", YES + MORE + "!"),
    ],
)
def test_a_run_comes_back_after_something_else(visit: Any, between: str, shown: str) -> None:
    """After another query it is shown anew; after its number alone the editor goes on from it."""
    another = beside(visit)
    page = visit.page
    run_by_hand(page, another)
    page.keyboard.insert_text("!")
    expect(another).to_have_text(YES + MORE + "!")
    page.evaluate(f"window.another.drawn(window.another.place, {between}) && null")
    expect(another).to_have_text(shown)
    page.evaluate(
        "window.another.drawn(window.another.place, { ...window.another.ran, address: '/run' }) && null"
    )
    expect(another).to_have_text(YES + MORE if shown == "SELECT" else shown)
