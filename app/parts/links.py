"""Links to another state of the same page, followed without loading the page anew.

A link changes what it was written to change. What a quick reader set since then stays.
"""

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from parts import address, component
from parts.markup import plain, show

_KEY = "links"


def follow(chosen: str) -> None:
    """Follows them. chosen: slug of what the page shows in full, which takes the focus when it changes."""
    component.draw(
        "links",
        key=_KEY,
        data={"chosen": chosen},
        on={"to": _go},
        missing="Links load the whole page here.",
    )


def state() -> None:
    """Says in what state the links of the page were written. It stands last: never new while they are old."""
    show(f'<span hidden data-state="{plain(urlencode(address.state()))}"></span>')


def _go() -> None:
    """Changes the address as the link changes the state that it was written in."""
    changes = str(st.session_state[_KEY]["to"] or "").partition("#")[0]
    address.write(dict(parse_qsl(changes, keep_blank_values=True)))
