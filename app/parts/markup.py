"""Text from the record as safe HTML.

Every value is hostile until it has passed `plain`: tags become text, and characters that readers would not
see or that reorder their neighbours (controls, bidirectional marks, zero-width ones) become visible.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape

import streamlit as st

from onrecord.exporters.characters import legible

_written: ContextVar[list[str] | None] = ContextVar("written", default=None)
_state: ContextVar[str | None] = ContextVar("state", default=None)


def visible(text: str) -> str:
    """The text with each character that cannot be seen written as `⟨U+202E⟩`; line breaks and tabs stay."""
    return legible(text)


def plain(text: object) -> str:
    """Any value as HTML text or attribute value; None is empty."""
    return "" if text is None else escape(visible(str(text)), quote=True)


def brief(text: str, length: int = 90) -> str:
    """At most `length` characters for menus and marks, with … after the last whole word where it goes on."""
    seen = visible(" ".join(text.split()))
    if len(seen) <= length:
        return seen
    return (seen[:length].rpartition(" ")[0] or seen[: length - 1]).rstrip() + "…"


def words(notation: str | None) -> str:
    """A concept's notation for people: `letter-sent` → `Letter sent`."""
    return (notation or "").replace("-", " ").capitalize()


def anchor(address: str, label: str, *, name: str = "", current: bool = False) -> str:
    """A plain link in the same tab. `label` is text, `name` the accessible name where it must say more."""
    said = f' aria-label="{plain(name)}"' if name else ""
    here = ' aria-current="page"' if current else ""
    return f'<a href="{plain(address)}"{said}{here}>{plain(label)}</a>'


def outside(text: str) -> str:
    """A web address as a link to it; other text as it is."""
    return anchor(text, text) if text.startswith(("https://", "http://")) else plain(text)


def definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of terms; the second of each pair is HTML, and pairs without one are left out."""
    lines = "".join(f"<div><dt>{plain(term)}</dt><dd>{html}</dd></div>" for term, html in pairs if html)
    return f'<dl class="or-facts">{lines}</dl>' if lines else ""


def part(title: str, body: str = "", *, level: int = 2) -> str:
    """A part of a page under its heading; `body` is HTML."""
    return f'<h{level} class="or-part">{plain(title)}</h{level}>{body}'


def show(html: str) -> None:
    """Writes HTML whose values have passed `plain`; where there is none, what follows keeps its place."""
    written = _written.get()
    if written is not None:
        written += [html] if html else []
    elif not html:
        st.empty()
    elif (state := _state.get()) is not None and "<a " in html:
        st.html(f'<div data-state="{plain(state)}">{html}</div>')
    else:
        st.html(html)


@contextmanager
def gathered(written: list[str]) -> Iterator[None]:
    """What `show` is given within is added to `written` instead."""
    before = _written.set(written)
    try:
        yield
    finally:
        _written.reset(before)


@contextmanager
def stated(state: str) -> Iterator[None]:
    """What `show` writes within says with its links in what state of the page, a query, they were written."""
    before = _state.set(state)
    try:
        yield
    finally:
        _state.reset(before)
