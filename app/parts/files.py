"""Links to files of what a page shows, for readers who are quicker than the line.

Who types a date and presses a link at once would get the file without the date. So each link says up to
which act of its reader the server had heard when it was written, and so does the end of the page: where a
browser knows of more, it asks the server to say when it has heard that, and follows the link as it then is.
"""

from collections.abc import Mapping

import streamlit as st

from parts import address, component
from parts.markup import plain, show

_KEY = "file-links"
_HEARD = "files-heard"


def link(name: str, given: Mapping[str, str], label: str, *, button: bool = False) -> str:
    """The link to an export, a plain one too. given: what it is asked with. label: text."""
    looks = ' class="or-button"' if button else ""
    to, heard = plain(address.exported(name, given)), plain(_heard())
    return f'<a{looks} href="{to}" data-file="{plain(name)}" data-heard="{heard}" download>{plain(label)}</a>'


def listen() -> None:
    """Hears how far a reader's acts have come."""
    component.draw(
        "files",
        key=_KEY,
        data={},
        on={"asked": _hear},
        missing="A file may lack what was set just before it is downloaded.",
    )


def end() -> None:
    """A run has drawn its page: a link that is not written by now is not there."""
    show(f'<span data-end data-heard="{plain(_heard())}" hidden></span>')


def _heard() -> int:
    heard: int = st.session_state.get(_HEARD, 0)
    return heard


def _hear() -> None:
    """Of a reader's acts, the server has heard this one and all before it; it is none itself."""
    asked = str(st.session_state[_KEY]["asked"] or "")
    if asked.isdecimal():
        st.session_state[_HEARD] = int(asked)
    address.become(address.state())  # the browser's own may lack what was done just before
