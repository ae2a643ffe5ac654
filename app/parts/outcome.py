"""The answer to a query as a chart, a table or as it was sent, with its files; what is left out is said."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from onrecord.query import QueryResult
from parts import address, places, plot, record, sheet, states, term
from parts.markup import anchor, plain, show

NAMES = ("saved", "q", "view", "editor")
"""What the address holds about a query and how it is shown."""
_RAW = 20_000  # characters that the page shows of an answer as it was sent
_FILES: Mapping[str, tuple[str, str, str]] = {
    "csv": ("CSV", "csv", "text/csv"),
    "json": ("JSON", "json", "application/sparql-results+json"),
    "tsv": ("TSV", "tsv", "text/tab-separated-values"),
    "xml": ("XML", "xml", "application/sparql-results+xml"),
    "turtle": ("Turtle", "ttl", "text/turtle"),
    "ntriples": ("N-Triples", "nt", "application/n-triples"),
    "jsonld": ("JSON-LD", "jsonld", "application/ld+json"),
}


def draw(result: QueryResult) -> None:
    """The answer with its files."""
    with places.place():
        if result.kind == "boolean":
            said = "yes" if result.boolean else "no"
            show(f'<p class="or-count" role="status">The answer is <b>{said}</b>.</p>')
        elif result.kind == "graph":
            _graph(result)
        else:
            _rows(result)
    files(result)


def _count(number: int, one: str, many: str) -> None:
    show(
        f'<p class="or-count" role="status"><b>{number:,}</b> {one if number == 1 else many}, '
        "the whole answer</p>"
    )


def _rows(result: QueryResult) -> None:
    """The rows of a SELECT."""
    _count(len(result.rows), "row", "rows")
    if not result.rows:
        states.notice("The query ran and found nothing.")
        return
    values = [{name: term_["value"] for name, term_ in row.items()} for row in result.rows[:100]]
    fitting = plot.of(result.columns, values) if len(result.rows) == len(values) else None
    views = {"chart": "Chart"} if fitting else {}
    view = address.choice("Shown as", "view", {**views, "table": "Table", "raw": "As sent"})
    with places.place():
        if view == "chart" and fitting:
            plot.draw(fitting)
    if view == "raw":
        _raw(result.serialise("json").decode())
        return
    base = record.manifest().base
    sheet.draw(
        result.columns,
        result.rows,
        lambda column, row: term.of_sparql(row.get(column), base),
        page_name="query",
        names=NAMES if address.given("saved") or address.given("q") else None,
        caption="The answer as a table",
    )


def _graph(result: QueryResult) -> None:
    """The triples of a CONSTRUCT or DESCRIBE."""
    count = len(result.serialise("ntriples").splitlines())
    _count(count, "triple", "triples")
    if count:
        _raw(result.serialise("turtle").decode())
    else:
        states.notice("The query ran and found nothing.")


def _raw(text: str) -> None:
    if len(text) > _RAW:
        show(
            f'<p class="or-under">The first {_RAW:,} of {len(text):,} characters. The downloads have all.</p>'
        )
    show(
        '<pre class="or-raw" role="region" tabindex="0" aria-label="The answer as it was sent">'
        f"{plain(text[:_RAW])}</pre>"
    )


def files(result: QueryResult) -> None:
    """Downloads of the whole answer; each is written when it is asked for."""
    formats: Sequence[str] = [name for name in result.formats if name in _FILES]
    with st.container(horizontal=True, key="files"):
        for name in formats:
            label, ending, media = _FILES[name]
            st.download_button(
                f"Download {label}",
                _writer(result, name),
                file_name=f"answer.{ending}",
                mime=media,
                on_click="ignore",
            )


def _writer(result: QueryResult, name: str) -> Any:
    return lambda: result.serialise(name)


def limits() -> str:
    """The limits in force, as HTML."""
    found = record.workspace().limits
    return (
        f"<p>An answer takes {found.time_limit_s} s at most, {found.memory_limit_mb} MB of memory and "
        f"{found.result_limit_mb} MB in size; a query has {found.query_length_kib} KiB at most. Beyond a "
        f"limit there is one clear error and nothing is cut short. {anchor('/limits', 'All limits')}</p>"
    )
