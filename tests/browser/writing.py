"""The editor of the page Query under a reader's hands."""

from playwright.sync_api import Locator, Page, expect


def editor(page: Page) -> Locator:
    field = page.get_by_role("textbox", name="SPARQL query")
    expect(field).to_be_visible()
    return field


def holds(page: Page, words: str) -> None:
    """Waits until the editor holds exactly these words, as they would be sent."""
    lines = "[...document.querySelectorAll('.or-editor .cm-line')].map(each => each.textContent)"
    page.wait_for_function(f"words => {lines}.join('\\n') === words", arg=words)


def write(page: Page, words: str) -> None:
    """Types over everything."""
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(words)
