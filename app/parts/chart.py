"""Events in time: a lane a kind; pale for what is possible, solid for what is sure, shape for precision.

The list below the chart holds the same events for everyone who cannot use it. Altair is drawn as SVG, where
every mark carries its words for screen readers; its library comes with Streamlit, nothing is fetched.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import streamlit as st

from parts import address, dates
from parts.markup import brief, definitions, plain, show, words

Row = Mapping[str, Any]
SHAPES: Mapping[str, str] = {
    "day": "circle",
    "days": "square",
    "month": "diamond",
    "before": "triangle-left",
    "after": "triangle-right",
    "period": "stroke",
}
_SIGNS: Mapping[str, str] = {
    "day": "●",
    "days": "■",
    "month": "◆",
    "before": "◀",
    "after": "▶",
    "period": "━",
}
# Each at least 3:1 against both backgrounds (WCAG 2.2, 1.4.11); a lane tells its kind by name as well.
_COLOURS = ("#0b6aa2", "#b0530a", "#0a7d5c", "#a4457f", "#7d6a00", "#5b5fb5", "#c0433a", "#46707a")
_MONTHS = "utcFormat(datum.value, utcmonth(datum.value) == 0 ? '%Y' : '%b')"
_DAYS = "utcFormat(datum.value, '%-d %b')"
_ONCE = "indexof(datum.label, '\u200b') < 0 ? datum.label : ''"
_DAY = dt.timedelta(days=1)
_LANE = 22  # pixels


def draw(rows: Sequence[Row], turning: Sequence[str]) -> None:
    """The chart with its key; says which events have no date and are in the list only."""
    dated = sorted(
        (row for row in rows if row["when"] and (row["earliest"] or row["latest"])), key=dates.in_order
    )
    if not dated:
        show('<p class="or-count">None of these events has a date to draw; they are in the list.</p>')
        return
    marks, lanes = _marks(dated, turning)
    st.altair_chart(
        _layers(marks, lanes),
        key="chart",
        theme=None,
        on_select=address.chosen(_clicked, "event"),
        alt=_in_words(dated),
    )
    _key(len(rows) - len(dated))


def _clicked() -> str | None:
    picked = st.session_state["chart"]["selection"].get("pick") or [{}]
    event: str | None = picked[0].get("event")
    return event


def _in_words(rows: Sequence[Row]) -> str:
    days = [row["earliest"] or row["latest"] for row in rows]
    return (
        f"Chart of {len(rows)} events between {dates.in_words(min(days))} and {dates.in_words(max(days))}, "
        "in a lane for each kind of event. The list holds the same events as text."
    )


def _marks(rows: Sequence[Row], turning: Sequence[str]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Values for the chart, and lane → colour; marks of a kind that would overlap take lanes of their own."""
    known = [dt.date.fromisoformat(day) for row in rows for day in (row["earliest"], row["latest"]) if day]
    first, last = min(known), max(known)
    room = max((last - first) / 45, 4 * _DAY)  # two marks closer than this would touch
    ends: dict[str, list[dt.date]] = {}
    marks = []
    for row in rows:
        start = dt.date.fromisoformat(row["earliest"]) if row["earliest"] else first - room
        end = dt.date.fromisoformat(row["latest"]) if row["latest"] else last + room
        taken = ends.setdefault(row["kind"], [])
        depth = next((number for number, until in enumerate(taken) if until + room <= start), len(taken))
        taken[depth : depth + 1] = [end]
        marks.append(_mark(row, start, end, depth, row["event"] in turning))
    colours = {kind: _COLOURS[number % len(_COLOURS)] for number, kind in enumerate(ends)}
    lanes = {_lane(kind, depth): colours[kind] for kind, taken in ends.items() for depth in range(len(taken))}
    return marks, lanes


def _instant(day: dt.date, hour: int = 0) -> int:
    """Milliseconds since 1970 in UTC, so that no reader's time zone moves a day."""
    return int(dt.datetime.combine(day, dt.time(hour), dt.UTC).timestamp() * 1000)


def _moment(instant: int) -> alt.DateTime:
    """The same day as the chart's own date."""
    day = dt.datetime.fromtimestamp(instant / 1000, dt.UTC)
    return alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)


def _lane(kind: str, depth: int) -> str:
    """A lane's name; further lanes of a kind are told apart by blanks, and show no name."""
    return brief(words(kind), 30) + "\u200b" * depth


def _mark(row: Row, start: dt.date, end: dt.date, depth: int, turning: bool) -> dict[str, Any]:
    grain = dates.grain(row["when"])
    sure = dates.certain_part(row["when"]) if grain == "period" else None
    at = {"before": end, "after": start, "period": start}.get(grain, start + (end - start) / 2)
    said = f"{brief(row['label'], 160)}. {dates.in_words(row['when'])}; {dates.basis_in_words(row)}."
    return {
        "event": row["event"],
        "lane": _lane(row["kind"], depth),
        "grain": grain,
        "start": _instant(start),
        "end": _instant(end + _DAY),
        "sure_start": _instant(sure[0]) if sure else None,
        "sure_end": _instant(sure[1] + _DAY) if sure else None,
        "at": _instant(at, 12),
        "what": brief(row["label"], 160),
        "date": dates.in_words(row["when"]),
        "known": dates.basis_in_words(row),
        "kind": words(row["kind"]),
        "said": f"{words(row['kind'])}: {said}{' A turning point.' if turning else ''}",
        "turning": turning,
    }


def _ink() -> dict[str, Any]:
    """Colours of axes, legible on the reader's background."""
    label = "#b9b1a3" if st.context.theme.type == "dark" else "#5d564b"
    return {"labelColor": label, "domainColor": "#b5ad9e", "tickColor": "#b5ad9e", "gridColor": "#b5ad9e"}


def _time(marks: list[dict[str, Any]]) -> tuple[alt.Scale, alt.Axis]:
    """Scale and axis of time, as wide as the events."""
    span = [min(mark["start"] for mark in marks), max(mark["end"] for mark in marks)]
    days = (span[1] - span[0]) / _DAY.total_seconds() / 1000
    axis = alt.Axis(
        gridOpacity=0.35,
        labelFontSize=12,
        tickCount=9,
        labelExpr=_MONTHS if days > 90 else _DAYS,
        labelOverlap="greedy",
        labelFlush=False,
        **_ink(),
    )
    return alt.Scale(domain=[_moment(end) for end in span], type="utc"), axis


def _layers(marks: list[dict[str, Any]], lanes: Mapping[str, str]) -> alt.LayerChart | alt.FacetChart:
    scale, axis = _time(marks)
    names, shapes = list(lanes), alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    colours = alt.Scale(domain=names, range=list(lanes.values()))
    rows = alt.Axis(
        labelExpr=_ONCE, labelFontSize=12, labelLimit=170, grid=True, gridOpacity=0.18, ticks=False, **_ink()
    )
    common: dict[str, Any] = {
        "y": alt.Y("lane:N", title=None, sort=None, scale=alt.Scale(domain=names), axis=rows),
        "color": alt.Color("lane:N", scale=colours, legend=None),
        "tooltip": [alt.Tooltip(f"{name}:N") for name in ("what", "date", "known", "kind")],
        "description": alt.Description("said:N"),
    }
    base = alt.Chart(alt.InlineData(values=marks))
    possible = (
        base.mark_bar(height=11, fillOpacity=0.25, strokeWidth=1, cornerRadius=3, cursor="pointer")
        .encode(
            x=alt.X("start:T", title=None, scale=scale, axis=axis),
            x2="end:T",
            stroke=alt.Stroke("lane:N", scale=colours, legend=None),
            **common,
        )
        .transform_filter("datum.grain != 'day'")
    )
    certain = (
        base.mark_bar(height=11, opacity=0.9, cornerRadius=1, cursor="pointer")
        .encode(x=alt.X("sure_start:T", scale=scale), x2="sure_end:T", **common)
        .transform_filter("isValid(datum.sure_start)")
    )
    points = base.mark_point(filled=True, opacity=1, size=95, cursor="pointer", strokeWidth=2).encode(
        x=alt.X("at:T", scale=scale), shape=alt.Shape("grain:N", scale=shapes, legend=None), **common
    )
    pick = alt.selection_point(name="pick", fields=["event"], on="click", clear=False)
    return alt.layer(possible, certain, points.add_params(pick)).properties(
        width="container",
        height=_LANE * len(names),
        background="transparent",
        usermeta={"embedOptions": {"renderer": "svg"}},
        config={"view": {"stroke": None}, "font": "Source Sans, sans-serif"},
    )


def _key(undated: int) -> None:
    shapes = [(_SIGNS[grain], plain(meaning)) for grain, meaning in dates.GRAINS.items()]
    bars = [("▒", "pale: when it may have been; a square or diamond stands in the middle of that")]
    bars.append(("█", "solid: going on for sure"))
    more = (
        f"<p>{undated} of these events {'has' if undated == 1 else 'have'} no date to draw and "
        f"{'is' if undated == 1 else 'are'} in the list only.</p>"
        if undated
        else ""
    )
    show(f'<div class="or-key">{definitions([*shapes, *bars])}{more}</div>')
