"""Disagreements: where the sources differ, side by side, with what the record makes of it."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from onrecord.errors import OnRecordError
from onrecord.query import Answer
from parts import address, disagreement, entity, masthead, paging, places, record, states
from parts.markup import anchor, brief, show
from parts.record import Row

FILTERS = ("about", "kind", "resolution")
SIZE = 8


def found(left_out: Sequence[str] = ()) -> tuple[list[Row], Sequence[str]]:
    """The disagreements that the filters of the address let through, and notes on them."""
    answer = ask(asked(left_out))
    wanted = "" if "resolution" in left_out else address.given("resolution")
    return [row for row in answer.rows if wanted in ("", row["resolution"])], answer.notes


def asked(left_out: Sequence[str] = ()) -> dict[str, str]:
    """The filters of the address that are parameters of the question."""
    return {name: address.given(name) for name in ("about", "kind") if name not in left_out}


def ask(values: Mapping[str, str]) -> Answer:
    """The disagreements that some filters let through."""
    return record.ask("disagreements", values)


def draw() -> None:
    """The page."""
    every = record.ask("disagreements").rows
    if address.given("id"):
        one(every)
        return
    masthead.heading(
        "Disagreements", "Where the sources differ, side by side. Nothing is merged, and nobody is overruled."
    )
    states.newer_files()
    if not every:
        states.bare("disagreements")
        return
    filters(every)
    with places.whole():
        try:
            rows, notes = found()
        except OnRecordError as error:
            states.one_refused(error, "disagreements", FILTERS, asked(), ask)
            return
        results(rows, notes, every)


def one(every: Sequence[Row]) -> None:
    """The disagreement of the address, as its permanent link shows it."""
    row = entity.chosen("disagreement", every, "disagreement")
    if row is None:
        return
    masthead.title(brief(row["label"], 60))
    show(f'<div id="content" class="or-one">{disagreement.card(row, level=1)}</div>')
    show(f'<p class="or-count">{anchor(address.link("disagreements"), "All disagreements")}</p>')


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
    counts = Counter(value for row in every for value in (row[name] if name == "about" else [row[name]]))
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


def empty() -> None:
    """Nothing matches: which filter to remove."""
    states.nothing(
        "disagreements",
        "disagreements",
        FILTERS,
        ((("about",), "the topic"), (("kind",), "the kind"), (("resolution",), "the ruling")),
        lambda left_out: len(found(left_out)[0]),
        address.link("disagreements"),
    )


masthead.draw("disagreements")
states.guarded(draw)
