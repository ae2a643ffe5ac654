"""Places of a page: what stands in one is replaced where it stands, whatever comes and goes above it.

Streamlit tells the elements of a page apart by their number among their neighbours. Where one goes, all
that follow get another number, and until the run has ended readers have what was there beside what is new:
two lists of one name, and the focus in the one that will go. So what may be there or not, or in any number,
stands in a place, which counts as one; what is HTML only becomes one element, which changes in one step.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from parts import markup


def place() -> DeltaGenerator:
    """A place for `with`, for parts that hold widgets; it takes no room while it is empty."""
    return st.container()


@contextmanager
def whole() -> Iterator[None]:
    """What `show` writes within becomes one element. Nothing else that draws may stand within."""
    written: list[str] = []
    try:
        with markup.gathered(written):
            yield
    finally:
        pieces = "".join(f"<div>{html}</div>" for html in written)
        markup.show(f'<div class="or-whole">{pieces}</div>' if pieces else "")
