"""A query that may take its time: the page says how long it has been, how long it may be, and stops it."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import streamlit as st

from onrecord.query import QueryResult
from parts import record
from parts.markup import plain, show

_SOON_S = 0.4  # a query that is quicker than this needs no word about it
_TICK_S = 0.5
_STOPPED = "query-stopped"
_LAST = "query-last"


def was_stopped(text: str) -> bool:
    """Whether the reader stopped this query, and did not run it again since."""
    return bool(st.session_state.get(_STOPPED) == text)


def run_again() -> None:
    """Forgets that a query was stopped."""
    st.session_state.pop(_STOPPED, None)


def result(text: str) -> QueryResult:
    """The answer to a query, the last one of this reader from memory. Raises as `Workspace.query`."""
    found, place = record.workspace(), st.empty()
    snapshot = str(found.snapshot.path)
    last = st.session_state.get(_LAST)
    if last is not None and last[:2] == (snapshot, text):
        kept: QueryResult = last[2]
        return kept
    answer = _asked(text, place)
    st.session_state[_LAST] = (snapshot, text, answer)
    return answer


def _asked(text: str, place: "st.delta_generator.DeltaGenerator") -> QueryResult:
    """Asks in a thread, so that Streamlit can leave this one, which ends the query."""
    found, stop, begun = record.workspace(), Event(), time.monotonic()
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="query")
    try:
        future = executor.submit(found.query, text, stop=stop)
        wait = _SOON_S
        while True:
            try:
                return future.result(timeout=wait)
            except TimeoutError:
                if future.done():
                    raise
                if wait == _SOON_S:
                    said = _progress(place, text)
                wait = _TICK_S
                seconds = int(time.monotonic() - begun)
                with said:
                    show(
                        f'<p class="or-count">Asking: {seconds} s of at most '
                        f"{plain(found.limits.time_limit_s)} s.</p>"
                    )
    finally:
        stop.set()
        executor.shutdown(wait=False)
        place.empty()


def _progress(place: "st.delta_generator.DeltaGenerator", text: str) -> "st.delta_generator.DeltaGenerator":
    def stopped() -> None:
        st.session_state[_STOPPED] = text

    with place.container(key="waiting"):
        show('<p class="or-unseen" role="status">Asking. A button stops it.</p>')
        said = st.empty()
        st.button("Stop this query", on_click=stopped)
    return said
