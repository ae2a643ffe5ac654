"""Filters of the timeline: in the address, each value with how many events it lets through."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from onrecord.errors import OnRecordError
from parts import address, record
from parts.markup import anchor, brief, plain, show, words

FILTERS = ("kind", "actor", "source", "dossier", "from", "to", "q")
NAMES: Mapping[str, str] = {
    "kind": "Kind",
    "actor": "Actor",
    "source": "Source",
    "dossier": "Dossier",
    "from": "From",
    "to": "To",
    "q": "Words",
}
MENUS = ("kind", "actor", "source", "dossier")
DROPPED = ("page", "event")
MOST = 150
"""Entries of a menu; beyond them a name can be typed."""


def given(left_out: tuple[str, ...] = ()) -> dict[str, str]:
    """The filters of the address."""
    values = {name: address.given(name) for name in FILTERS if name not in left_out}
    return {name: value for name, value in values.items() if value}


def called(name: str, value: str) -> str:
    """A value of a filter for people."""
    if name == "kind":
        return words(value)
    if name == "source":
        return f"{record.publisher_of(value)}: {record.labels().get(value, value)}"
    if name == "dossier":
        return record.dossiers().get(value, value)
    return record.labels().get(value, value) if name == "actor" else value


def menus(valid: bool) -> None:
    """The fields. valid: whether the question takes what the address asks, so that values can be counted."""
    asked = given() if valid else {}
    stories = len(record.dossiers()) > 1
    with st.container(key="filters"):
        columns = st.columns(4 if stories else 3)
        for column, name in zip(columns, MENUS, strict=False):
            with column:
                _menu(name, record.counted(asked, name))
        first, second, third = st.columns([2, 1, 1])
        with first:
            address.text_field("Words", "q", drop=DROPPED, placeholder="for example: withdrawal")
        with second:
            address.text_field("From", "from", drop=DROPPED, placeholder="2017-01")
        with third:
            address.text_field("To", "to", drop=DROPPED, placeholder="2018-11")


def _menu(name: str, counts: Mapping[str, int]) -> None:
    """A menu with numbers; where it has more values than it lists, a name can be typed as well."""
    value = address.given(name)
    listed = dict(list(counts.items())[:MOST])
    options = {slug: f"{brief(called(name, slug), 60)} ({number:,})" for slug, number in listed.items()}
    ordered = dict(sorted(options.items(), key=lambda item: (item[1].casefold(), item[0])))
    if value and value not in ordered:
        ordered = {value: f"{brief(called(name, value), 60)} ({counts.get(value, 0):,})", **ordered}
    more = len(counts) > len(listed)
    address.menu(
        f"{NAMES[name]}, {len(listed)} most frequent of {len(counts):,}" if more else NAMES[name],
        name,
        ordered,
        drop=DROPPED,
        meant=partial(_meant, name),
        accept_new_options=more,
        help="Others can be typed by name." if more else None,
    )


def _meant(name: str, typed: str) -> str:
    """The slug of a typed name; what nobody is called stays as it was typed, and the page says so."""
    try:
        known = record.counted({}, name) if typed else {}
    except OnRecordError:
        return typed  # the page says what is wrong
    if typed in known:
        return typed
    wanted = typed.casefold().strip()
    alike = [slug for slug in known if called(name, slug).casefold() == wanted]
    return alike[0] if len(alike) == 1 else typed


def active(total: int, every: int) -> None:
    """How many of how many, and each filter with a link that removes it."""
    links = []
    asked = given()
    for name, value in asked.items():
        to = address.link("timeline", **{**state(), name: None, "page": None, "event": None})
        said = f"{NAMES[name]}: {brief(called(name, value), 40)}"
        links.append(
            f'<li><a href="{plain(to)}">{plain(said)} <span aria-hidden="true">×</span>'
            '<span class="or-unseen">(remove)</span></a></li>'
        )
    clear = anchor(
        address.link("timeline", view=address.given("view"), lanes=address.given("lanes")),
        "Clear all filters",
    )
    chips = f'<ul class="or-active">{"".join(links)}</ul><span data-whole="">{clear}</span>' if links else ""
    show(f'<p class="or-count" role="status"><b>{total:,}</b> of {every:,} events</p>{chips}')


def state() -> dict[str, str]:
    """The whole state of the page but the chosen event and the page of the list."""
    return {name: address.given(name) for name in (*FILTERS, "view", "lanes")}
