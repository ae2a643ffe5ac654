"""Timeline: what happened, how sure each date is, and one event in full on the same page."""

import streamlit as st

from onrecord.errors import OnRecordError
from onrecord.snapshot.chronicle import Chronicle
from parts import (
    address,
    chart,
    event,
    facets,
    links,
    masthead,
    occurrence,
    paging,
    record,
    states,
    story,
    takeaway,
)
from parts.markup import anchor, brief, plain, show

STATE = (*facets.FILTERS, "view", "lanes")
VIEWS = {"chart": "Chart", "list": "List", "story": "Story"}
LANES = {"kind": "Lanes by kind", "actor": "Lanes by actor"}
SIZES = {"chart": 25, "list": 40, "story": 40}
_MOST_TURNS = 8


def draw() -> None:
    """The page."""
    manifest = record.workspace().snapshot.manifest
    chosen = address.given("event")
    links.follow(chosen)
    every = record.chronicle({})
    if not chosen:
        head(every)
    else:
        show(f'<p id="content" class="or-over">{plain(manifest.title)}</p>')
    states.newer_files()
    try:
        found = record.chronicle(facets.given())
    except OnRecordError as error:
        facets.menus(valid=False)
        states.refused(error, "timeline", STATE, wrong_filter())
        return
    if chosen:
        one(chosen, every, found)
    facets.menus(valid=True)
    results(found)


def head(every: Chronicle) -> None:
    """What this record is, how much, and on what its stories turn."""
    masthead.heading(record.workspace().snapshot.manifest.title)
    masthead.scope(record.number({}), every.span())
    turns = every.rows(_MOST_TURNS + 1, turning=True)
    occurrence.turning_points(turns if len(turns) <= _MOST_TURNS else ())


def one(chosen: str, every: Chronicle, found: Chronicle) -> None:
    """The chosen event, or what was meant."""
    row = every.row(chosen)
    close = address.here("timeline", STATE, page=address.given("page"))
    if row is None:
        everything = anchor(close, "All events")
        known = sorted(every.labels())
        states.unknown(
            "event", chosen, known, lambda slug: address.here("timeline", STATE, event=slug), everything
        )
        return
    masthead.title(brief(row["label"], 60))
    before, after = (found if found.holds(chosen) else every).beside(chosen)

    def to(slug: str | None) -> str:
        return address.here("timeline", STATE, event=slug) if slug else ""

    permalink = address.link("timeline", event=chosen)
    event.detail(row, close=close, before=to(before), after=to(after), permalink=permalink)


def results(found: Chronicle) -> None:
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
    show_as(view, found, total)
    takeaway.draw(lanes)
    takeaway.embed(lanes)
    states.tell([note for note in found.notes if note in usual])


def show_as(view: str, found: Chronicle, total: int) -> None:
    """The events as they are asked to be shown."""
    chosen, size = address.given("event"), SIZES[view]
    if view == "story":
        told = found.count(described=True)
        page, pages = paging.place(told, size)
        story.draw(found.rows(size, (page - 1) * size, described=True), total - told)
        paging.links("timeline", STATE, page, pages)
        return
    if view == "chart":
        folder = record.workspace().snapshot.path
        shown = chart.timeline(found, chart.lanes())
        chart.draw(folder.name, facets.given(), view, chosen, shown)
    page, pages = paging.place(total, size)
    occurrence.listing(found.rows(size, (page - 1) * size), chosen)
    paging.links("timeline", STATE, page, pages)


def wrong_filter() -> str:
    """The first filter that the question does not take by itself."""
    for name, value in facets.given().items():
        try:
            record.chronicle({name: value})
        except OnRecordError:
            return name
    return ""


def empty(every: int) -> None:
    """Nothing matches: which filter to remove."""
    if not every:
        states.notice(
            "This record holds no events",
            "<p>Add them to <code>data/dossiers/</code>, then <code>onrecord build</code>.</p>",
        )
        return
    wider = []
    for names, said in (
        (("from", "to"), "the date limit"),
        (("q",), "the words"),
        (("kind",), "the kind"),
        (("actor",), "the actor"),
        (("source",), "the source"),
        (("dossier",), "the dossier"),
    ):
        if any(address.given(name) for name in names):
            count = record.number(facets.given(names))
            wider.append((count, said, address.here("timeline", STATE, **dict.fromkeys(names))))
    states.nothing("events", wider, address.link("timeline", view=address.given("view")))


masthead.draw("timeline")
states.guarded(draw)
