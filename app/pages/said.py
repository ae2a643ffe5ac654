"""Who said what: statements with speaker, role, date, place of printing and a citation to copy."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from onrecord.errors import OnRecordError
from parts import address, masthead, paging, quotation, record, states
from parts.markup import anchor, brief, show, words

FILTERS = ("speaker", "about", "source", "from", "to", "q")
SIZE = 10
Row = Mapping[str, Any]


def parameters(left_out: Sequence[str] = ()) -> dict[str, str]:
    """The filters of the address as parameters of the question."""
    values = {name: address.given(name) for name in FILTERS if name not in left_out}
    values["contains"] = values.pop("q", "")
    return values


def draw() -> None:
    """The page."""
    record.workspace()
    every = record.ask("who-said-what").rows
    masthead.heading(
        "Who said what",
        "Exact words where a source prints them, our own where it only reports, each with its place.",
    )
    states.newer_files()
    statement = address.given("statement")
    if statement:
        one(statement, every)
        return
    filters(every)
    try:
        answer = record.ask("who-said-what", parameters())
    except OnRecordError as error:
        states.refused(error, "said", FILTERS, wrong_filter())
        return
    if not answer.rows:
        empty(len(every))
        return
    rows, page, pages = paging.part(sorted(answer.rows, key=in_order), SIZE)
    whole = f"<b>{answer.total}</b> of {len(every)} statements"
    show(f'<p class="or-count" role="status">{whole}</p>')
    usual = record.ask("who-said-what").notes
    states.tell([note for note in answer.notes if note not in usual])
    for row in rows:
        quotation.card(row)
    paging.links("said", FILTERS, page, pages)
    states.tell([note for note in answer.notes if note in usual])


def one(statement: str, every: Sequence[Row]) -> None:
    """One statement, as its permanent link shows it: a card for each source that prints it."""
    everything = anchor(address.link("said"), "All statements")
    rows = [row for row in every if row["statement"] == statement]
    if not rows:
        known = sorted({row["statement"] for row in every})
        states.unknown(
            "statement", statement, known, lambda slug: address.link("said", statement=slug), everything
        )
        return
    for row in rows:
        quotation.card(row)
    show(f'<p class="or-count">{everything}</p>')


def filters(every: Sequence[Row]) -> None:
    """Speaker, topic, source, dates and words; each is in the address."""
    speakers = {row["speaker"]: brief(row["speaker_label"]) for row in every if row["speaker"]}
    topics = sorted({topic for row in every for topic in row["about"] or ()})
    sources = sorted({row["source"] for row in every})
    with st.container(key="filters"):
        first, second, third = st.columns(3)
        with first:
            address.menu("Speaker", "speaker", by_label(speakers), drop=("page",))
        with second:
            address.menu("About", "about", {topic: words(topic) for topic in topics}, drop=("page",))
        with third:
            address.menu(
                "Source",
                "source",
                {slug: brief(record.publisher_of(slug)) for slug in sources},
                drop=("page",),
            )
        first, second, third = st.columns([2, 1, 1])
        with first:
            address.text_field(
                "Words", "q", drop=("page",), placeholder="whole words, for example: hostile environment"
            )
        with second:
            address.text_field("From", "from", drop=("page",), placeholder="2018-01")
        with third:
            address.text_field("To", "to", drop=("page",), placeholder="2018-11")
        if any(address.given(name) for name in FILTERS):
            show(f'<p class="or-clear">{anchor(address.link("said"), "Clear all filters")}</p>')


def by_label(labels: Mapping[str, str]) -> dict[str, str]:
    """Slug → label, by label."""
    return dict(sorted(labels.items(), key=lambda item: (item[1].casefold(), item[0])))


def wrong_filter() -> str:
    """The first filter that the question does not take by itself."""
    for name, value in parameters().items():
        try:
            record.ask("who-said-what", {name: value, "limit": "1"} if value else {})
        except OnRecordError:
            return "q" if name == "contains" else name
    return ""


def in_order(row: Row) -> tuple[str, str, str, int]:
    """By the first day on which it can have been said, by the last, by source and place."""
    return (
        row["earliest"] or row["latest"] or "9999-99",
        row["latest"] or "9999-99",
        row["source"],
        row["start"] or 0,
    )


def empty(total: int) -> None:
    """Nothing matches: which filter to remove."""
    if not total:
        states.notice("This record holds no statements", "<p>Add a source, then build again.</p>")
        return
    wider = []
    for names, said in (
        (("from", "to"), "the date limit"),
        (("q",), "the words"),
        (("speaker",), "the speaker"),
        (("about",), "the topic"),
        (("source",), "the source"),
    ):
        if any(address.given(name) for name in names):
            count = record.ask("who-said-what", parameters(names)).total
            wider.append((count, said, address.here("said", FILTERS, **dict.fromkeys(names))))
    states.nothing("statements", wider, address.link("said"))


masthead.draw("said")
states.guarded(draw)
