"""Disagreements: where the sources differ, side by side, with what the record makes of it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from onrecord.errors import OnRecordError
from parts import address, disagreement, masthead, paging, places, record, states
from parts.markup import anchor, brief, show

FILTERS = ("about", "kind", "resolution")
SIZE = 8
Row = Mapping[str, Any]


def found(left_out: Sequence[str] = ()) -> tuple[list[Row], Sequence[str]]:
    """The disagreements that the filters of the address let through, and notes on them."""
    values = {name: address.given(name) for name in ("about", "kind") if name not in left_out}
    answer = record.ask("disagreements", values)
    wanted = "" if "resolution" in left_out else address.given("resolution")
    return [row for row in answer.rows if wanted in ("", row["resolution"])], answer.notes


def draw() -> None:
    """The page."""
    every = record.ask("disagreements").rows
    chosen = address.given("id")
    if chosen:
        one(chosen, every)
        return
    masthead.heading(
        "Disagreements", "Where the sources differ, side by side. Nothing is merged, and nobody is overruled."
    )
    states.newer_files()
    if not every:
        states.notice(
            "This record holds no disagreements",
            "<p>Add them to <code>data/dossiers/</code>, then <code>onrecord build</code>.</p>",
        )
        return
    filters(every)
    with places.whole():
        try:
            rows, notes = found()
        except OnRecordError as error:
            states.refused(error, "disagreements", FILTERS, wrong_filter())
            return
        results(rows, notes, every)


def one(chosen: str, every: Sequence[Row]) -> None:
    """One disagreement, as its permanent link shows it."""
    everything = anchor(address.link("disagreements"), "All disagreements")
    rows = [row for row in every if row["disagreement"] == chosen]
    if not rows:
        known = sorted(row["disagreement"] for row in every)
        states.unknown(
            "disagreement", chosen, known, lambda slug: address.link("disagreements", id=slug), everything
        )
        return
    masthead.title(brief(rows[0]["label"], 60))
    show(f'<div id="content" class="or-one">{disagreement.card(rows[0], level=1)}</div>')
    show(f'<p class="or-count">{everything}</p>')


def filters(every: Sequence[Row]) -> None:
    """What about, how they differ, what the record makes of it; each with its number."""
    with st.container(key="filters"):
        for column, (label, name, scheme) in zip(
            st.columns(3),
            (
                ("About", "about", "topic"),
                ("How they differ", "kind", "disagreement"),
                ("What the record makes of it", "resolution", "resolution"),
            ),
            strict=True,
        ):
            with column:
                address.menu(label, name, counted(every, name, scheme), drop=("page",))
        if any(address.given(name) for name in FILTERS):
            show(f'<p class="or-clear">{anchor(address.link("disagreements"), "Clear all filters")}</p>')


def counted(every: Sequence[Row], name: str, scheme: str) -> dict[str, str]:
    """Value → label with the number of disagreements that have it, the most frequent first."""
    counts: dict[str, int] = {}
    for row in every:
        for value in row[name] if name == "about" else [row[name]]:
            counts[value] = counts.get(value, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {value: f"{brief(record.concept(scheme, value).label)} ({count})" for value, count in ordered}


def results(rows: Sequence[Row], notes: Sequence[str], every: Sequence[Row]) -> None:
    """The cards, by how the claims differ, or what to do where nothing matches."""
    if not rows:
        empty()
        return
    show(f'<p class="or-count" role="status"><b>{len(rows)}</b> of {len(every)} disagreements</p>')
    part, page, pages = paging.part(rows, SIZE)
    for row in part:
        show(disagreement.card(row))
    paging.links("disagreements", FILTERS, page, pages)
    states.tell(notes)


def wrong_filter() -> str:
    """The first filter that is not known."""
    for name in ("about", "kind"):
        try:
            record.ask("disagreements", {name: address.given(name)})
        except OnRecordError:
            return name
    return ""


def empty() -> None:
    """Nothing matches: which filter to remove."""
    wider = [
        (len(found((name,))[0]), said, address.here("disagreements", FILTERS, **{name: None}))
        for name, said in (("about", "the topic"), ("kind", "the kind"), ("resolution", "the ruling"))
        if address.given(name)
    ]
    states.nothing("disagreements", wider, address.link("disagreements"))


masthead.draw("disagreements")
states.guarded(draw)
