"""Links to another state of the same page, followed without loading the page anew.

A link changes what it was written to change. What a quick reader set since then stays. Browsers say which
links were followed, each with its number, until they hear that it was taken up: none is lost where a run was
cut short.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from parts import address, component, fields, markup

_KEY = "links"
_MEMORY = "links-taken"


@dataclass
class _Taken:
    """How many of the links that a page followed were taken up."""

    number: int

    def take(self, new: Sequence[tuple[int, str]]) -> None:
        """These are taken up."""
        self.number = max((number for number, _ in new), default=self.number)


@contextmanager
def followed(chosen: str) -> Iterator[None]:
    """Those of what is shown within. chosen: slug of what the page shows in full, which takes the focus."""
    component.draw(
        "links",
        key=_KEY,
        data={"chosen": chosen, "page": address.given("page"), "taken": _taken().number},
        default={"followed": []},
        on={"followed": lambda: None},
        missing="Links load the whole page here.",
    )
    with markup.stated(urlencode(address.state())):
        yield


def _said() -> list[tuple[int, str]]:
    """The links that the browser says were followed: number, change."""
    state = st.session_state.get(_KEY) or {}
    return [(int(number), str(change)) for number, change in state.get("followed") or ()]


def _taken() -> _Taken:
    """A new session takes up nothing of what its page did before it."""
    known: _Taken | None = st.session_state.get(_MEMORY)
    if known is None:
        known = _Taken(max((number for number, _ in _said()), default=0))
        st.session_state[_MEMORY] = known
    return known


def begin() -> None:
    """A run of a page begins: what its reader did since the last one goes into the address."""
    taken, said = _taken(), _said()
    new = [(number, change) for number, change in said if number > taken.number]
    address.begin([_change(change) for _, change in new], partial(taken.take, new))


def _change(said: str) -> fields.Change:
    """`?…` is a whole address, anything else what changes in it."""
    values = dict(parse_qsl(said.removeprefix("?"), keep_blank_values=True))
    return values, (None if said.startswith("?") else ())
