"""Events in time: the drawing that exports use too, fetched by the browser and put into the page.

It does not travel through the page's socket: a filter of a large record sends its address only. The list
below the chart holds the same events for everyone who cannot use it; where events are counted in stretches of
time, the page makes a table of what the bars say, when it is opened.
"""

import gzip
from collections.abc import Mapping
from functools import lru_cache

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from onrecord.edtf import GRAINS
from onrecord.errors import OnRecordError, Unavailable
from onrecord.exporters.svg import LANES, Timeline, summary, text_of_lanes, timeline_of
from onrecord.exporters.timeline import Words
from onrecord.snapshot.bins import NOBODY, OTHERS, Bin, Lane
from onrecord.snapshot.chronicle import Chronicle
from onrecord.workspace import Workspace
from parts import address, component
from parts.markup import plain, show

_FOR_GOOD = "private, max-age=31536000, immutable"
_SIGNS: Mapping[str, str] = {
    "day": "●",
    "days": "■",
    "month": "◆",
    "before": "◀",
    "after": "▶",
    "period": "▮",
}


def lanes() -> str:
    """What the address wants lanes of."""
    asked = address.given("lanes")
    return asked if asked in LANES else LANES[0]


def draw(snapshot: str, given: Mapping[str, str], view: str, chosen: str, shown: Timeline) -> None:
    """The chart with its key; says which events have no date and are in the list only."""
    if shown.total == shown.undated:
        show('<p class="or-count">None of these events has a date to draw; they are in the list.</p>')
        return
    state = {**given, "lanes": lanes(), "view": view}
    component.draw(
        "drawing",
        key="drawing",
        data={
            "address": drawing_address(snapshot, state),
            "name": _in_words(shown),
            "chosen": chosen,
            "lanes": "Kind" if shown.lanes == "kind" else "Actor",
        },
        missing="The chart could not be loaded; the list below holds the same events.",
    )
    _key(shown)


def drawing_address(snapshot: str, state: Mapping[str, str]) -> str:
    """Where the drawing of a state is; the snapshot is in it, so that browsers may keep it for good."""
    query = address.link("timeline", **state).partition("?")[2]
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return "/" + "/".join(part for part in (base, "drawing", snapshot) if part) + f"?{query}"


def _in_words(shown: Timeline) -> str:
    return f"Chart. {summary(shown)} {text_of_lanes(shown.lanes)} The list holds the same events as text."


@lru_cache(maxsize=24)
def timeline(chronicle: Chronicle, by: str) -> Timeline:
    """What the chart of these events shows, kept for the next who asks."""
    return timeline_of(chronicle, by)


def route() -> Route:
    """Where browsers get the drawings; the app's server adds it."""

    def served(request: Request) -> Response:
        from parts import record  # here, so that the parts that pages are made of need no server

        state = dict(request.query_params)
        try:
            with record.served().lease() as workspace:
                current = workspace.snapshot.path.name == request.path_params["snapshot"]
                content = _svg(workspace, state)
        except OnRecordError as error:
            return PlainTextResponse(
                error.message, status_code=503 if isinstance(error, Unavailable) else 400
            )
        headers = {"Cache-Control": _FOR_GOOD if current else "no-store", "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            content, headers["Content-Encoding"] = gzip.compress(content, 5), "gzip"
        return Response(content, media_type="image/svg+xml", headers=headers)

    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return Route(f"{'/' if base else ''}{base}/drawing/{{snapshot}}", served, methods=["GET"])


def _svg(workspace: Workspace, state: Mapping[str, str]) -> bytes:
    """The drawing of a state, its links leading to others of the same page."""
    kept = {name: value for name, value in state.items() if value}
    by = kept.get("lanes", LANES[0])
    filters = {name: value for name, value in kept.items() if name not in ("lanes", "view", "page", "event")}
    chronicle = workspace.chronicle(filters)
    shown = timeline(chronicle, by if by in LANES else LANES[0])
    drawing = shown.drawing(words_of(shown, kept))
    if drawing is None:
        return b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" role="group"/>'
    size = f'viewBox="0 0 {drawing.width} {drawing.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="group">{drawing.body}</svg>'.encode()


def words_of(shown: Timeline, state: Mapping[str, str]) -> Words:
    """Names of lanes, and where marks and bars lead from a state."""

    def event(slug: str) -> str:
        return address.link("timeline", **{**state, "event": slug, "page": None})

    def narrower(lane: Lane, each: Bin) -> str:
        days = {"from": each.start.isoformat(), "to": each.end.isoformat(), "page": None, "event": None}
        if lane.value not in (OTHERS, NOBODY):
            days[shown.lanes] = lane.value
        return address.link("timeline", **{**state, **days})

    return Words(shown.names or {}, event=event, narrower=narrower)


def _key(shown: Timeline) -> None:
    said = (
        ""
        if shown.bins is not None
        else "".join(
            f"<div><dt aria-hidden=true>{_SIGNS[grain]}</dt><dd>{plain(meaning)}</dd></div>"
            for grain, meaning in GRAINS.items()
        )
    )
    turning = "" if shown.bins is not None else "<div><dt aria-hidden=true>◎</dt><dd>turning point</dd></div>"
    bars = "".join(
        f'<div><dt><i class="or-bar {name}"></i></dt><dd>{meaning}</dd></div>'
        for name, meaning in (("or-pale", "when it may have been"), ("or-solid", "for sure"))
    )
    more = f"<p>{plain(summary(shown))}</p>" if shown.undated or shown.bins is not None else ""
    rest = (
        "<p>Each lane has a measure of its own: its highest bar is its busiest stretch. A bar leads to its "
        "events.</p>"
        if shown.bins is not None
        else ""
    )
    show(f'<div class="or-key"><dl>{said}{turning}{bars}</dl>{more}{rest}</div>')
