"""Query: SPARQL from an example, from an address or by hand; the whole answer or one error."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from onrecord.errors import LimitExceeded, OnRecordError, QueryRefused
from onrecord.query import QueryResult
from parts import address, masthead, record, states
from parts.markup import anchor, plain, show, visible

_EXAMPLES = Path(__file__).parent.parent / "examples"
_LONGEST = 6000  # characters of a query that travel in an address; browsers and servers cut longer ones
_FILES: Mapping[str, tuple[str, str]] = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/sparql-results+json"),
    "turtle": ("Turtle", "text/turtle"),
    "ntriples": ("N-Triples", "application/n-triples"),
    "jsonld": ("JSON-LD", "application/ld+json"),
}
_GRAPH_FILES = ("turtle", "ntriples", "jsonld")
_ENDINGS: Mapping[str, str] = {"turtle": "ttl", "ntriples": "nt"}


def saved() -> dict[str, tuple[str, str]]:
    """Name → title and SPARQL: the examples, then the named questions that need no parameter."""
    found = {}
    for path in sorted(_EXAMPLES.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        found[path.stem] = (text.partition("\n")[0].removeprefix("# "), text)
    questions = record.workspace().questions
    for question in record.workspace().list_questions():
        if not any(parameter.required for parameter in question.parameters):
            title = f"Named question: {question.title}"
            found[question.name] = (title, questions.query_text(question.name, {}))
    return found


def draw() -> None:
    """The page."""
    record.workspace()
    masthead.heading("Query", "Ask in SPARQL 1.1. The answer comes whole, or not at all with the reason.")
    states.newer_files()
    known = saved()
    name = address.given("saved")
    examples(known, name)
    if name and name not in known:
        states.unknown(
            "saved query",
            name,
            sorted(known),
            lambda near: address.link("query", saved=near),
            anchor(address.link("query"), "Start with an empty query"),
        )
        return
    text = form(known[name][1] if name else address.verbatim("q"))
    if text.strip():
        answer(text)
    else:
        states.notice("No query yet", "<p>Choose an example above, or write one and run it.</p>")


def examples(known: Mapping[str, tuple[str, str]], name: str) -> None:
    """Links that put an example into the field and run it."""
    links = "".join(
        f"<li>{anchor(address.link('query', saved=slug), title, current=slug == name)}</li>"
        for slug, (title, _) in known.items()
    )
    opened = "" if address.given("q") or name else " open"
    show(f'<details class="or-examples"{opened}><summary>Examples</summary><ul>{links}</ul></details>')


def form(text: str) -> str:
    """The field with its button; what was run is in the address, unless it is too long for one."""
    if st.session_state.get("long-query") and not text:
        text = st.session_state["long-query"]
    st.session_state["query-text"] = text
    with st.form("query", border=False):
        st.text_area("SPARQL query", key="query-text", height=260, max_chars=None)
        st.form_submit_button("Run (Ctrl+Enter)", on_click=_run)
    return text


def _run() -> None:
    text = st.session_state["query-text"]
    if len(text) > _LONGEST:
        st.session_state["long-query"] = text
        st.query_params.clear()
    else:
        st.session_state.pop("long-query", None)
        st.query_params.from_dict({"q": text} if text.strip() else {})


def answer(text: str) -> None:
    """Runs the query and shows what came."""
    if len(text) > _LONGEST:
        states.notice("This query is too long for an address: keep its text, the link does not hold it.")
    try:
        with st.spinner("Asking …"):
            result = record.workspace().query(text)
    except QueryRefused as error:
        refusal(text, error)
        return
    except LimitExceeded as error:
        states.notice("No answer within the limits", states.limit_reached(error), wrong=True)
        return
    except OnRecordError as error:
        states.notice(error.message, f"<p>{plain(error.hint)}</p>" if error.hint else "", wrong=True)
        return
    whole(result)


def refusal(text: str, error: QueryRefused) -> None:
    """Where the query is wrong, with a caret under the place, and what to do."""
    lines = text.splitlines()
    body = ""
    if error.line is not None and error.line <= len(lines):
        number = f"{error.line:>4} │ "
        source = lines[error.line - 1].replace("\t", " ")
        pointed = f"{number}{source}\n{' ' * (len(number) + (error.column or 1) - 1)}^"
        body += f"<pre>{plain(pointed)}</pre>"
    if error.hint:
        body += f"<p>{plain(error.hint)}</p>"
    where = f"Line {error.line}, column {error.column}"
    told = error.line is None or where.lower() in error.message.lower()
    states.notice(error.message if told else f"{where}: {error.message}", body, wrong=True)


def whole(result: QueryResult) -> None:
    """The answer with its files."""
    if result.kind == "boolean":
        show(
            f'<p class="or-count" role="status">The answer is <b>{"yes" if result.boolean else "no"}</b>.</p>'
        )
        files(result, ("csv", "json"))
    elif result.kind == "graph":
        graph(result)
    else:
        table(result)


def table(result: QueryResult) -> None:
    """The rows of a SELECT."""
    count = len(result.rows)
    show(
        f'<p class="or-count" role="status"><b>{count}</b> {"row" if count == 1 else "rows"}, '
        "the whole answer</p>"
    )
    if not count:
        states.notice("The query ran and found nothing.")
    else:
        base = record.workspace().snapshot.manifest.base
        rows = [[cell(row.get(column), base) for column in result.columns] for row in result.rows]
        st.dataframe(
            pd.DataFrame(rows, columns=list(result.columns), dtype="object"), hide_index=True, width="stretch"
        )
    files(result, ("csv", "json"))


def cell(term: Mapping[str, Any] | None, base: str) -> str | None:
    """A term as text; IRIs of this knowledge base are relative to it, as queries may write them."""
    if term is None:
        return None
    value = str(term["value"])
    if term["type"] == "uri":
        return f"<{value.removeprefix(base)}>"
    return visible(value)


def graph(result: QueryResult) -> None:
    """The triples of a CONSTRUCT or DESCRIBE."""
    turtle = result.serialise("turtle").decode()
    count = len(result.serialise("ntriples").splitlines())
    show(
        f'<p class="or-count" role="status"><b>{count}</b> {"triple" if count == 1 else "triples"}, '
        "the whole answer</p>"
    )
    if count:
        st.code(visible(turtle), language=None, height=420)
    files(result, _GRAPH_FILES)


def files(result: QueryResult, formats: tuple[str, ...]) -> None:
    """Downloads of the same answer."""
    with st.container(horizontal=True):
        for name in formats:
            label, media = _FILES[name]
            st.download_button(
                f"Download {label}",
                result.serialise(name),
                file_name=f"answer.{_ENDINGS.get(name, name)}",
                mime=media,
                on_click="ignore",
            )


masthead.draw("query")
states.guarded(draw)
