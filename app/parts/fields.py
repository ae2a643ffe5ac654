"""Fields and what the address says of them, for readers who are quicker than the line.

A value that is set is sent to the browser even where it is there. It arrives after what a quick reader did
next and takes that back: of List, Chart and a date, the date's run would show the list again. And a browser
answers with what a menu showed it, numbers and all, when the server already counts anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

_FIELDS = "fields"
_KEPT = 4  # ways a menu was shown that a browser may still answer with


@dataclass
class _Field:
    """A field that the browser has."""

    drawn: bool = False
    """By the run that is under way, or by the last one."""
    shown: list[Mapping[str, str]] = field(default_factory=list)
    """Option → what readers see, as the field was drawn last, and before that."""

    def draw(self, labels: Mapping[str, str]) -> None:
        """Is drawn with these."""
        self.drawn = True
        if not self.shown or self.shown[0] != labels:
            self.shown = [labels, *self.shown[: _KEPT - 1]]


def _fields() -> dict[str, _Field]:
    known: dict[str, _Field] = st.session_state.setdefault(_FIELDS, {})
    return known


def begin() -> None:
    """A run of a page begins."""
    for known in _fields().values():
        known.drawn = False


def end() -> None:
    """A run has ended whole: browsers forget the fields that it did not draw. One cut short ends nothing."""
    st.session_state[_FIELDS] = {key: known for key, known in _fields().items() if known.drawn}


def hold(key: str, value: str | list[str] | tuple[str, str], labels: Mapping[str, str] | None = None) -> None:
    """Gives the field that is drawn next under this key its value; nothing is sent where the browser has it.

    labels: option → what readers see, for menus of which one is chosen.
    """
    known, labels = _fields().setdefault(key, _Field()), labels or {}
    agreed = known.shown and known.shown[0].get(str(value)) == labels.get(str(value))
    if not agreed or st.session_state.get(key) != value:
        st.session_state[key] = value
    known.draw(labels)


def menu(label: str, key: str, value: str, labels: Mapping[str, str], **options: Any) -> None:
    """A menu of option → what readers see. options: what else Streamlit's menu takes."""
    hold(key, value, labels)
    st.selectbox(label, list(labels), key=key, format_func=lambda slug: labels.get(slug, slug), **options)


def given(key: str) -> str:
    """What a reader wrote or chose: the option that a label meant when it was shown; several by commas."""
    value = st.session_state[key]
    if isinstance(value, list):
        return ",".join(value)
    shown = _fields().get(key, _Field()).shown
    if shown and value not in shown[0]:
        meant = (option for labels in shown for option, label in labels.items() if label == value)
        value = next(meant, value)
    return str(value or "")
