"""Links to another state of the same page, followed without loading the page anew.

A link changes what it was written to change. What a quick reader set since then stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from parts import address, component, markup

_KEY = "links"


@contextmanager
def followed(chosen: str) -> Iterator[None]:
    """Those of what is shown within. chosen: slug of what the page shows in full, which takes the focus."""
    component.draw(
        "links",
        key=_KEY,
        data={"chosen": chosen},
        on={"to": _go},
        missing="Links load the whole page here.",
    )
    with markup.stated(urlencode(address.state())):
        yield


def _go() -> None:
    """Changes the address as the link changes the state that it was written in."""
    changes = str(st.session_state[_KEY]["to"] or "").partition("#")[0]
    address.write(dict(parse_qsl(changes, keep_blank_values=True)))
