"""Timeline: what happened, how sure each date is, and one event in full on the same page."""

import streamlit as st

from onrecord.errors import OnRecordError
from onrecord.snapshot.chronicle import Chronicle
from parts import (
    address,
    chart,
    event,
    facets,
    files,
    links,
    masthead,
    occurrence,
    paging,
    places,
    record,
    specimen,
    states,
    story,
    takeaway,
)
from parts.markup import brief, plain, show

STATE = (*facets.FILTERS, "view", "lanes")
VIEWS = {"chart": "Chart", "list": "List", "story": "Story"}
LANES = {"kind": "Lanes by kind", "actor": "Lanes by actor"}
SIZES = {"chart": 25, "list": 40, "story": 40}
_MOST_TURNS = 8


def draw() -> None:
    """The page."""
    chosen = record.today(address.given("event"), record.labels())
    with links.followed(chosen):
        content(chosen)


def content(chosen: str) -> None:
    """The record or one event in full, the filters, and what they let through."""
    every = found = record.chronicle({})
    wrong: OnRecordError | None = None
    try:
        found = record.chronicle(facets.given())
    except OnRecordError as error:
        wrong = error
    with places.whole():
        if chosen:
            show(f'<p id="content" class="or-over">{plain(record.manifest().title)}</p>')
            states.renamed(address.given("event"), chosen)
            one(chosen, every, found)
        else:
            head(every)
    states.newer_files()
    facets.menus(valid=wrong is None)
    with places.place():
        if wrong:
            states.one_refused(wrong, "timeline", STATE, facets.given(), record.chronicle)
        else:
            results(found, chosen)


def head(every: Chronicle) -> None:
    """What this record is, how much, and on what its stories turn."""
    masthead.heading(record.manifest().title)
    masthead.scope(record.number({}), every.span())
    turns = every.rows(_MOST_TURNS + 1, turning=True)
    occurrence.turning_points(turns if len(turns) <= _MOST_TURNS else ())
    show("" if facets.given() else specimen.html())


def one(chosen: str, every: Chronicle, found: Chronicle) -> None:
    """The chosen event, or what was meant."""
    row = every.row(chosen)
    if row is None:
        known = sorted(every.labels())
        states.unknown("event", chosen, known, here, "All events")
        return
    masthead.title(brief(row["label"], 60))
    before, after = (found if found.holds(chosen) else every).beside(chosen)
    event.detail(
        row,
        close=here(""),
        before=here(before) if before else "",
        after=here(after) if after else "",
        permalink=address.link("timeline", event=chosen),
    )


def here(slug: str) -> str:
    """The address of this state with an event in full, or with none."""
    return address.here("timeline", STATE, event=slug, page="" if slug else address.given("page"))


def results(found: Chronicle, chosen: str) -> None:
    """Chart, list or story, or what to do where nothing matches."""
    total, every = record.number(facets.given()), record.number({})
    if not total:
        empty(every)
        return
    left, right = st.columns([2, 2], vertical_alignment="center")
    with left:
        facets.active(total, every)
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        view = address.choice("View", "view", VIEWS)
        lanes = address.choice("Lanes", "lanes", LANES) if view == "chart" else chart.lanes()
    usual = record.chronicle({}).notes
    states.tell([note for note in found.notes if note not in usual])
    show_as(view, found, total, chosen)
    takeaway.draw(lanes)
    takeaway.embed(lanes)
    states.tell([note for note in found.notes if note in usual])


def show_as(view: str, found: Chronicle, total: int, chosen: str) -> None:
    """The events as they are asked to be shown."""
    size = SIZES[view]
    with places.place():
        if view == "chart":
            folder = record.workspace().snapshot.path
            shown = chart.timeline(found, chart.lanes())
            chart.draw(folder.name, facets.given(), view, chosen, shown)
    told = found.count(described=True) if view == "story" else total
    page, pages = paging.place(told, size)
    if view == "story":
        story.draw(found.rows(size, (page - 1) * size, described=True), total - told)
    else:
        occurrence.listing(found.rows(size, (page - 1) * size), chosen)
    paging.links("timeline", STATE, page, pages)


def empty(every: int) -> None:
    """Nothing matches: which filter to remove."""
    if not every:
        states.bare("events")
        return
    states.nothing(
        "events",
        "timeline",
        STATE,
        (
            (("from", "to"), "the date limit"),
            (("q",), "the words"),
            (("kind",), "the kind"),
            (("actor",), "the actor"),
            (("source",), "the source"),
            (("dossier",), "the dossier"),
        ),
        lambda left_out: record.number(facets.given(tuple(left_out))),
        address.link("timeline", view=address.given("view")),
    )


masthead.draw("timeline")
files.listen()
states.guarded(draw)
