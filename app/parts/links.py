"""Links to another state of the same page, followed without loading the page anew."""

from urllib.parse import parse_qsl

import streamlit as st

from parts import address, component

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


def _go() -> None:
    """Makes the link's query that of the address, in one step that Back undoes."""
    to = str(st.session_state[_KEY]["to"] or "").partition("#")[0]
    address.become(dict(parse_qsl(to.removeprefix("?"))))
