"""The address is the state: every filter, page and selection is read from it and written to it.

Streamlit's own binding of widgets is not used: a bound menu writes its labels where the address holds slugs,
and drops a value that it does not know without a word, where we say what was meant. Pages are joined by plain
links, because Streamlit's switch of pages loses the filters on the way back.
"""

from collections.abc import Callable, Mapping, Sequence
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

_DRAWN = "address-drawn"
_LONGEST = 7000  # characters of what an address holds


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


def _write(name: str, drop: Sequence[str], meant: Callable[[str], str] = str) -> None:
    """Puts what is meant by a field's value into the address."""
    write({name: meant(fields.given(_key(name)))}, drop)


def drawn() -> None:
    """A page is drawn by this address, and whatever its reader does next changes this one.

    A browser sends its own address with each act, and that lacks a change which it has not heard of yet: of
    two quick acts the second would undo the first.
    """
    st.session_state[_DRAWN] = st.query_params.to_dict()


def state() -> dict[str, str]:
    """The address that the page is drawn by."""
    return dict(st.session_state.get(_DRAWN, {}))


def become(values: Mapping[str, str]) -> None:
    """Makes these the whole address, in one step, which Back undoes in one."""
    st.session_state[_DRAWN] = dict(values)  # first: where a next act waits, the line below ends this one
    st.query_params.from_dict(values)


def write(changes: Mapping[str, str], drop: Sequence[str] = ()) -> None:
    """Puts values into the address in one step; empty ones are taken out of it."""
    held = {key: text for key, text in state().items() if key not in (*changes, *drop)}
    become(held | {key: text for key, text in changes.items() if text})


def text_field(label: str, name: str, *, drop: Sequence[str] = (), **options: Any) -> str:
    """A text field whose value is `name` in the address; a new one takes the `drop` values away."""
    fields.hold(_key(name), given(name))
    st.text_input(label, key=_key(name), on_change=_write, args=(name, drop), **options)
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
    fields.menu(label, _key(name), chosen, labels, on_change=_write, args=(name, drop, meant), **more)
    return value


def several(label: str, name: str, options: Mapping[str, str], *, drop: Sequence[str] = ()) -> list[str]:
    """Any of a few; the address holds them by commas, and nothing where none is chosen."""
    values = [value for value in given(name).split(",") if value]
    fields.hold(_key(name), [value for value in values if value in options])
    st.multiselect(
        label,
        list(options),
        key=_key(name),
        format_func=lambda option: options[option],
        on_change=_write,
        args=(name, drop),
        placeholder="All",
    )
    return values


def choice(label: str, name: str, options: Mapping[str, str]) -> str:
    """One of a few, the first unless the address says another."""
    first = next(iter(options))
    value = given(name) if given(name) in options else first
    fields.hold(_key(name), value)
    st.segmented_control(
        label,
        list(options),
        key=_key(name),
        required=True,
        format_func=lambda option: options[option],
        on_change=_write,
        args=(name, (), lambda chosen: "" if chosen == first else chosen),
        label_visibility="collapsed",
    )
    return value
