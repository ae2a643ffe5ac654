"""Statement: everything about one statement, with the provenance of each line."""

from parts import address, masthead, record, states, telling
from parts.markup import anchor


def draw() -> None:
    """The page."""
    record.workspace()
    statement = address.given("id")
    if statement:
        telling.page(statement)
        return
    masthead.heading("Statement")
    everything = anchor(address.link("said"), "All statements")
    states.notice("No statement is named", f"<p>An address has one as <code>?id=</code>. {everything}</p>")


masthead.draw("statement")
states.guarded(draw)
