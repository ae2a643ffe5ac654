"""The field for SPARQL: the editor where it was built, a plain text area where it was not."""

from collections.abc import Callable

import streamlit as st

from onrecord.errors import QueryRefused
from parts import address, component, fields, record, states

_TURN = "editor-turn"
_HELP = (
    "Ctrl+Enter (on a Mac Cmd+Enter) runs the query. Ctrl+Space suggests terms of the vocabulary and "
    "names of the record. Tab indents; press Escape, then Tab, to leave the editor."
)


def is_plain() -> bool:
    """Whether readers get the text area: the editor was not built, or the address asks for it."""
    return not component.is_built("editor") or address.given("editor") == "plain"


def draw(text: str, run: Callable[[str], None], *, keep: bool = False) -> None:
    """The field with its button. `run` is called with the text when readers run it, and only then.

    keep: the address does not hold the text, so that the browser has to.
    """
    if is_plain():
        _area(text, run)
        return

    def ran() -> None:
        sent = st.session_state["editor"]["run"]
        st.session_state[_TURN] = sent["turn"]
        run(str(sent["text"]))

    limits = record.workspace().limits
    data = {
        "id": "sparql",
        "text": text,
        "turn": st.session_state.get(_TURN, 0),
        "address": address.here("query", ("saved", "q")),
        "keep": keep,
        "label": "SPARQL query",
        "help": _HELP,
        "run": "Run (Ctrl+Enter)",
        "edited": "Changed since it was run.",
        "longest": limits.query_length_kib,
        "vocabulary": "/api/ask/vocabulary",
        "names": "/api/suggest",
    }
    component.draw(
        "editor",
        key="editor",
        data=data,
        on={"run": ran},
        missing="The editor could not be loaded. Load the page again, or add ?editor=plain to its address.",
    )


def point_at(error: QueryRefused) -> None:
    """Marks the place in the editor; the message in the page says the same in words."""
    if not is_plain():
        fault = {"line": error.line, "column": error.column, "message": error.message}
        component.draw("editor", key="fault", data={"id": "sparql", "fault": fault}, missing="")


def _area(text: str, run: Callable[[str], None]) -> None:
    if not component.is_built("editor"):
        states.notice(
            "A plain field",
            "<p>The editor with highlighting and suggestions was not built with this installation. "
            "<code>make editor</code> says why.</p>",
        )
    fields.hold("query-text", text)
    with st.form("query", border=False):
        st.text_area("SPARQL query", key="query-text", height=260, max_chars=None)
        st.form_submit_button("Run (Ctrl+Enter)", on_click=lambda: run(st.session_state["query-text"]))
