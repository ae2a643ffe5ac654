"""The answer to a named question: its rows explained, its notes, its files and its SPARQL."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from onrecord.query import Answer, Question
from parts import address, places, plot, question, record, sheet, states, term
from parts.markup import anchor, definitions, plain, show


def draw(asked: Question, answer: Answer) -> None:
    """The rows of a named question, what they mean, and how to take them along."""
    left = len(answer.rows) != answer.total
    part = f"{len(answer.rows):,} of {answer.total:,}" if left else f"{answer.total:,}"
    whole = "as the limit and offset in the address ask" if left else "the whole answer"
    counted = "row" if answer.total == 1 else "rows"
    show(f'<p class="or-count" role="status"><b>{part}</b> {counted}, {whole}</p>')
    with places.place():
        if answer.rows:
            _rows(asked, answer)
        else:
            states.notice("Nothing on record answers this.", "<p>The notes below say what was searched.</p>")
    _take_along(asked, answer)
    states.tell(answer.notes)


def _rows(asked: Question, answer: Answer) -> None:
    """Chart where one fits, then the table with its columns explained."""
    known = record.known()
    called = [{name: _said(value, known) for name, value in row.items()} for row in answer.rows]
    fitting = plot.of(answer.columns, called)
    names = (*question.names(asked), "view")
    with places.place():
        if fitting and address.choice("Shown as", "view", {"chart": "Chart", "table": "Table"}) == "chart":
            plot.draw(fitting)
    meaning = {column.name: column.description for column in asked.described}
    slugs = {name for name, said in meaning.items() if "slug" in said} | {"speaker", "organisation"}
    nested = {column.name for column in asked.described if column.fields}
    sheet.draw(
        answer.columns,
        answer.rows,
        lambda column, row: term.of_column(column, row, known if column in slugs | nested else {}),
        page_name="query",
        names=names,
        caption=asked.title,
    )
    terms = definitions(
        (column, plain(meaning.get(column, "what it is counted by"))) for column in answer.columns
    )
    show(f'<details class="or-columns"><summary>What the columns mean</summary>{terms}</details>')


def _said(value: object, known: Mapping[str, tuple[str, str]]) -> object:
    """What a bar is called: a record by its name."""
    return known[value][1] if isinstance(value, str) and value in known else value


def _take_along(asked: Question, answer: Answer) -> None:
    """Files, addresses and the SPARQL of this question."""
    values = question.given(asked)
    query = record.workspace().query_text(asked.name, values)
    with st.container(horizontal=True, key="files"):
        st.download_button(
            "Download CSV",
            lambda: answer.as_csv().encode(),
            file_name=f"{asked.name}.csv",
            mime="text/csv",
            on_click="ignore",
        )
        data = f"/api/ask/{asked.name}" + (f"?{urlencode(values)}" if values else "")
        here = anchor(address.link("query", question=asked.name, **values), "Link to this answer")
        show(f'<p class="or-ways">{anchor(data, "JSON")} {here}</p>')
    body = anchor(address.link("query", q=query), "Open it in the editor") if address.holds(query) else ""
    show(
        f'<details class="or-columns"><summary>The SPARQL that answers</summary><p>{body}</p>'
        f'<pre role="region" tabindex="0" aria-label="SPARQL">{plain(query)}</pre></details>'
    )
