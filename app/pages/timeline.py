"""Timeline: what happened, how sure each date is, and one event in full on the same page."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from onrecord.errors import OnRecordError
from parts import address, chart, dates, event, masthead, paging, record, states
from parts.markup import anchor, brief, plain, show, words

FILTERS = ("kind", "actor", "source", "from", "to", "q")
STATE = (*FILTERS, "view")
SIZE = 40
Row = Mapping[str, Any]


def found(left_out: Sequence[str] = ()) -> tuple[list[Row], Sequence[str]]:
    """Events that the filters of the address let through, and notes on them."""
    values = {name: address.given(name) for name in FILTERS if name not in left_out}
    wanted = values.pop("q", "")
    answer = record.ask("timeline", values)
    rows = sorted(answer.rows, key=dates.in_order)
    if not wanted:
        return rows, answer.notes
    hits = record.found_words(wanted, "event")
    return [row for row in rows if row["event"] in hits], answer.notes


def draw() -> None:
    """The page."""
    manifest = record.workspace().snapshot.manifest
    every = record.ask("timeline").rows
    chosen = address.given("event")
    if not chosen:
        masthead.heading(manifest.title)
        masthead.scope(every)
        turning_points(every)
    else:
        show(f'<p id="content" class="or-over">{plain(manifest.title)}</p>')
    states.newer_files()
    try:
        rows, notes = found()
    except OnRecordError as error:
        filters(every)
        states.refused(error, "timeline", STATE, wrong_filter())
        return
    if chosen:
        one(chosen, every, rows)
    filters(every)
    results(rows, notes, every)


def one(chosen: str, every: Sequence[Row], rows: Sequence[Row]) -> None:
    """The chosen event, or what was meant."""
    known = {row["event"]: row for row in every}
    close = address.here("timeline", STATE)
    if chosen not in known:
        everything = anchor(close, "All events")
        states.unknown(
            "event",
            chosen,
            sorted(known),
            lambda slug: address.here("timeline", STATE, event=slug),
            everything,
        )
        return
    masthead.title(brief(known[chosen]["label"], 60))
    order = [row["event"] for row in (rows if any(row["event"] == chosen for row in rows) else every)]
    place = order.index(chosen)

    def to(number: int) -> str:
        inside = 0 <= number < len(order)
        return address.here("timeline", STATE, event=order[number]) if inside else ""

    event.detail(
        known[chosen],
        close=close,
        before=to(place - 1),
        after=to(place + 1),
        permalink=address.link("timeline", event=chosen),
    )


def turning_points(every: Sequence[Row]) -> None:
    """The events on which the stories turn, in order."""
    slugs = turning()
    steps = "".join(
        f"<li><span>{plain(dates.briefly(row['when']))}</span>"
        f"{anchor(address.link('timeline', event=row['event']), brief(row['label'], 120))}</li>"
        for row in every
        if row["event"] in slugs
    )
    if steps:
        show(
            '<nav class="or-turning" aria-label="Turning points"><h2>Turning points</h2>'
            f"<ol>{steps}</ol></nav>"
        )


def turning() -> list[str]:
    """Slugs of the turning points of all dossiers."""
    return [slug for row in record.ask("dossiers").rows for slug in row["turning_points"] or ()]


def filters(every: Sequence[Row]) -> None:
    """Kind, actor, source, dates and words; each is in the address."""
    named = record.labels()
    kinds = sorted({row["kind"] for row in every if row["kind"]})
    actors = {slug: brief(named.get(slug, slug)) for row in every for slug in row["participants"] or ()}
    sources = sorted({slug for row in every for slug in row["sources"] or ()})
    drop = ("page", "event")
    with st.container(key="filters"):
        first, second, third = st.columns(3)
        with first:
            address.menu("Kind of event", "kind", {kind: words(kind) for kind in kinds}, drop=drop)
        with second:
            by_label = dict(sorted(actors.items(), key=lambda item: (item[1].casefold(), item[0])))
            address.menu("Actor", "actor", by_label, drop=drop)
        with third:
            shown = {slug: brief(record.publisher_of(slug)) for slug in sources}
            address.menu("Source", "source", shown, drop=drop)
        first, second, third = st.columns([2, 1, 1])
        with first:
            address.text_field("Words", "q", drop=drop, placeholder="for example: withdrawal")
        with second:
            address.text_field("From", "from", drop=drop, placeholder="2017-01")
        with third:
            address.text_field("To", "to", drop=drop, placeholder="2018-11")


def results(rows: Sequence[Row], notes: Sequence[str], every: Sequence[Row]) -> None:
    """Chart and list, or what to do where nothing matches."""
    if not rows:
        empty(every)
        return
    filtered = any(address.given(name) for name in FILTERS)
    clear = (
        f" {anchor(address.link('timeline', view=address.given('view')), 'Clear all filters')}"
        if filtered
        else ""
    )
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        show(f'<p class="or-count" role="status"><b>{len(rows)}</b> of {len(every)} events{clear}</p>')
    with right, st.container(horizontal_alignment="right"):
        view = address.choice("View", "view", {"chart": "Chart and list", "list": "List"})
    usual = record.ask("timeline").notes
    states.tell([note for note in notes if note not in usual])
    if view == "chart":
        chart.draw(rows, turning())
    part, page, pages = paging.part(rows, SIZE)
    listing(part)
    paging.links("timeline", STATE, page, pages)
    states.tell([note for note in notes if note in usual])


def listing(rows: Sequence[Row]) -> None:
    """The events as text, by year: the equivalent of the chart."""
    chosen = address.given("event")
    years: dict[str, list[str]] = {}
    for row in rows:
        year = (row["earliest"] or row["latest"] or "No date")[:4] if row["when"] else "Date not known"
        years.setdefault(year, []).append(line(row, current=row["event"] == chosen))
    shown = "".join(f"<h3>{plain(year)}</h3><ul>{''.join(lines)}</ul>" for year, lines in years.items())
    show(f'<section class="or-list" aria-label="List of events"><h2>List of events</h2>{shown}</section>')


def line(row: Row, *, current: bool) -> str:
    """One event: date with its precision and basis, what happened, kind and sources."""
    to = address.here("timeline", STATE, page=address.given("page"), event=row["event"])
    told = ", ".join(record.publisher_of(slug) for slug in row["sources"] or ()) or "outside documents only"
    possible = " · may lie outside the asked dates" if row["certainty"] == "possible" and dated() else ""
    return (
        f"<li{' class=or-current' if current else ''}>"
        f'<div class="or-date">{dates.html(row, note=False)}</div>'
        f'<div class="or-what">{anchor(to, row["label"], current=current)}'
        f'<span class="or-meta">{plain(words(row["kind"]))} · {plain(told)}{possible}</span></div></li>'
    )


def dated() -> bool:
    """Whether the address asks for dates."""
    return bool(address.given("from") or address.given("to"))


def wrong_filter() -> str:
    """The first filter that the question does not take by itself."""
    for name in ("kind", "actor", "source", "from", "to"):
        try:
            record.ask("timeline", {name: address.given(name)})
        except OnRecordError:
            return name
    return "q"


def empty(every: Sequence[Row]) -> None:
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
    ):
        if any(address.given(name) for name in names):
            count = len(found(names)[0])
            wider.append((count, said, address.here("timeline", STATE, **dict.fromkeys(names))))
    states.nothing("events", wider, address.link("timeline", view=address.given("view")))


masthead.draw("timeline")
states.guarded(draw)
