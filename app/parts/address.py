"""The address is the state: every filter, page and selection is read from it and written to it.

Streamlit's own binding of widgets is not used: a bound menu writes its labels where the address holds slugs,
and drops a value that it does not know without a word, where we say what was meant. Pages are joined by plain
links, because Streamlit's switch of pages loses the filters on the way back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st

from parts import fields

START = "timeline"
PAGES: Mapping[str, str] = {
    "timeline": "Timeline",
    "said": "Who said what",
    "status": "Status",
    "disagreements": "Disagreements",
    "network": "Network",
    "query": "Query",
    "export": "Export",
    "about": "About",
    "search": "Search",
    "actor": "Actor",
    "document": "Document",
    "event": "Event",
    "statement": "Statement",
}
"""Every page → what it is called; a page's name is its file and the last part of its address."""
PATHS: Mapping[str, str] = {page: "" if page == START else page for page in PAGES}
"""Page → last part of its address."""
ENTITIES: Mapping[str, str] = {
    "actor": "actor",
    "document": "document",
    "instrument": "document",
    "source": "document",
    "event": "event",
    "statement": "statement",
    "disagreement": "disagreements",
}
"""Noun of a record → the page about one of them, `?id=` its slug."""

_MEMORY = "address"
_LONGEST = 7000  # characters of what an address holds


@dataclass
class _Memory:
    """The address that the page is drawn by, and whatever its reader does next changes this one.

    A browser sends its own address with each act, and that lacks a change which it has not heard of yet: of
    two quick acts the second would undo the first. It is changed in place: a run that a next act waits for
    ends wherever it looks into the session.
    """

    state: dict[str, str] = field(default_factory=dict)
    acted: bool = False
    """A button has changed it since the last run began."""


def _memory() -> _Memory:
    known: _Memory = st.session_state.setdefault(_MEMORY, _Memory())
    return known


def given(name: str) -> str:
    """A value of the address, without outer blanks; empty where it is not there."""
    return str(st.query_params.get(name, "")).strip()


def verbatim(name: str) -> str:
    """A value of the address exactly as it stands there."""
    return str(st.query_params.get(name, ""))


def link(page: str, /, **values: str | int | None) -> str:
    """The address of a page in a state; values that are empty are left out."""
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    path = "/" + "/".join(part for part in (base, PATHS[page]) if part)
    return f"{path}?{urlencode(kept)}" if kept else path


def holds(query: str) -> bool:
    """Whether the text of a query fits into an address that browsers and servers in between leave whole."""
    return len(urlencode({"q": query})) <= _LONGEST


def of_entity(noun: str, slug: str) -> str | None:
    """The address of the page about a record; None for nouns that have no page of their own."""
    return link(ENTITIES[noun], id=slug) if noun in ENTITIES else None


def of_record(noun: str, slug: str) -> str:
    """The page about a record; for nouns without one, what the HTTP interface says of it."""
    return of_entity(noun, slug) or f"/id/{quote(noun)}/{quote(slug)}"


def exported(name: str, given: Mapping[str, str]) -> str:
    """The address of an export on this port."""
    return f"{link('export')}/{name}" + (f"?{urlencode(given)}" if given else "")


def here(page: str, names: Sequence[str], /, **changes: str | int | None) -> str:
    """The address of this state with some values changed."""
    return link(page, **({name: verbatim(name) for name in names} | changes))


def _key(name: str) -> str:
    return f"field-{name}"


def begin(followed: Sequence[fields.Change], taken: Callable[[], None]) -> None:
    """A run of a page begins: what its reader did since the last one goes into the address, in one step.

    followed: what the links change that he followed. taken: is called when that has been done.
    """
    memory = _memory()
    acts = fields.begin(else_done=memory.acted or bool(followed))
    changes = [*acts.changes(), *followed]
    memory.state = reduce(_changed, changes, memory.state)
    acts.take()
    taken()
    if changes:
        st.query_params.from_dict(memory.state)  # last: where a next act waits, this ends the run
    memory.acted = False


def _changed(state: dict[str, str], change: fields.Change) -> dict[str, str]:
    values, drop = change
    held = {} if drop is None else {key: text for key, text in state.items() if key not in (*values, *drop)}
    return held | {key: text for key, text in values.items() if text}


def drawn() -> None:
    """A page is drawn by the address as it is now."""
    memory = _memory()
    memory.state = st.query_params.to_dict()


def state() -> dict[str, str]:
    """The address that the page is drawn by."""
    return dict(_memory().state)


def become(values: Mapping[str, str]) -> None:
    """Makes these the whole address, in one step, which Back undoes in one."""
    memory = _memory()
    memory.state, memory.acted = dict(values), True
    st.query_params.from_dict(values)  # last: where a next act waits, this ends the run


def _asking(name: str, drop: Sequence[str], meant: Callable[[str], str] = str) -> fields.Asks:
    """A field's value → what is meant by it, for the address; a new one takes the `drop` values away."""
    return lambda value: ({name: meant(fields.text(value))}, drop)


def text_field(label: str, name: str, *, drop: Sequence[str] = (), **options: Any) -> str:
    """A text field whose value is `name` in the address; a new one takes the `drop` values away."""
    fields.hold(_key(name), given(name), asks=_asking(name, drop))
    st.text_input(label, key=_key(name), **options)
    return given(name)


def menu(
    label: str,
    name: str,
    options: Mapping[str, str],
    *,
    drop: Sequence[str] = (),
    everything: str = "Any",
    meant: Callable[[str], str] = str,
    **more: Any,
) -> str:
    """A menu of slug → label; a value of the address that is not in it stays there and is not chosen.

    meant: what was chosen or typed → what the address is to hold. more: what else Streamlit's menu takes.
    """
    value = given(name)
    labels = {"": everything, **options}
    chosen = value if value in options else ""
    fields.menu(label, _key(name), chosen, labels, _asking(name, drop, meant), **more)
    return value


def several(label: str, name: str, options: Mapping[str, str], *, drop: Sequence[str] = ()) -> list[str]:
    """Any of a few; the address holds them by commas, and nothing where none is chosen."""
    values = [value for value in given(name).split(",") if value]
    held = [value for value in values if value in options]
    fields.hold(_key(name), held, asks=_asking(name, drop))
    st.multiselect(
        label,
        list(options),
        key=_key(name),
        format_func=lambda option: options[option],
        placeholder="All",
    )
    return values


def choice(label: str, name: str, options: Mapping[str, str]) -> str:
    """One of a few, the first unless the address says another."""
    first = next(iter(options))
    value = given(name) if given(name) in options else first
    fields.hold(_key(name), value, asks=_asking(name, (), lambda chosen: "" if chosen == first else chosen))
    st.segmented_control(
        label,
        list(options),
        key=_key(name),
        required=True,
        format_func=lambda option: options[option],
        label_visibility="collapsed",
    )
    return value
