"""Fields, what the address says of them, and readers who are quicker than the line.

A browser sends the values of all its fields with each act, those too that it was told to change and has not
heard of yet; and what it is told arrives after what a quick reader did next. So:

- What a reader did is what his browser says and ours did not know: a value that is neither held here nor one
  that we replaced. It is found when a run begins, and again by the next where that was cut short.
- A value that we replaced is what a browser says that has not heard, unless nothing else was done: only then
  the reader has chosen it again.
- A value is sent where browsers may not have it, until a run has ended whole that sent it, and never else: it
  would take back what was done meanwhile. (Of List, Story, Chart and a date, the date's run showed the list.)
- A browser answers with what a menu showed it, numbers and all, when the server already counts anew.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

Value = str | list[str] | tuple[str, str]
"""What a field holds."""
Change = tuple[Mapping[str, str], Sequence[str] | None]
"""Values for the address, empty ones to be taken out of it; and what goes with the old ones: None for all."""
Asks = Callable[[Any], Change]
"""A field's new value → what the address is to say."""

_FIELDS = "fields"
_KEPT = 4  # values that were replaced, and ways a menu was shown, that a browser may still answer with


@dataclass
class _Field:
    """A field that the browser has, or will have."""

    held: Value
    """What it holds as far as is known here."""
    asks: Asks | None
    """A new value → what the address is to say; None for fields of a form, which are read when it is sent."""
    drawn: bool = False
    """By the run that is under way, or by the last one."""
    due: bool = True
    """Browsers may not have been sent what is held: no run that sent it has ended whole."""
    told: bool = False
    """A value was sent to a browser that had another, and it has not answered with it."""
    replaced: list[Value] = field(default_factory=list)
    """What a browser that has not heard may answer with, latest first."""
    shown: list[Mapping[str, str]] = field(default_factory=list)
    """Option → what readers see, as the field was drawn last, and before that."""

    def meant(self, value: Value) -> Value:
        """The option that a label meant when it was shown; other values are what they are."""
        if not isinstance(value, str) or not self.shown or value in self.shown[0]:
            return value
        options = (option for labels in self.shown for option, label in labels.items() if label == value)
        return next(options, value)

    def become(self, value: Value) -> None:
        """Holds another value from now on."""
        before = [self.held, *(each for each in self.replaced if each != self.held)]
        self.replaced = [each for each in before if each != value][:_KEPT]
        self.held = value

    def confirm(self, value: Value) -> None:
        """A browser has said this, with something that its reader did."""
        if value == self.held and not self.due:
            self.told, self.replaced = False, []

    def take(self, value: Value) -> None:
        """A reader has given it this; what is on its way to the browser would take that back there."""
        self.become(value)
        self.due = self.told
        if not self.told:
            self.replaced = []

    def draw(self, labels: Mapping[str, str]) -> None:
        """Is drawn with these."""
        self.drawn = True
        if not self.shown or self.shown[0] != labels:
            self.shown = [labels, *self.shown[: _KEPT - 1]]


def _fields() -> dict[str, _Field]:
    known: dict[str, _Field] = st.session_state.setdefault(_FIELDS, {})
    return known


@dataclass(frozen=True)
class Acts:
    """What a reader did to fields since the last run. Nothing in it looks into the session and ends a run."""

    fields: Mapping[str, _Field]
    """Key → field, all that are known."""
    changed: Mapping[str, Value]
    """Key → value."""
    said: Mapping[str, Value]
    """Key → what his browser says of all that it has; empty where he did nothing."""

    def changes(self) -> Iterator[Change]:
        """What the address is to say of it."""
        for key, value in self.changed.items():
            if (asks := self.fields[key].asks) is not None:
                yield asks(value)

    def take(self) -> None:
        """From now on all of this is known."""
        for key, value in self.said.items():
            if key in self.changed:
                self.fields[key].take(self.changed[key])
            else:
                self.fields[key].confirm(value)


def begin(else_done: bool) -> Acts:
    """A run of a page begins: what its reader did to fields. `else_done`: he did something else, too."""
    every, state = _fields(), st.session_state.to_dict()
    said = {key: state[key] for key, known in every.items() if known.asks and key in state}
    meant = {key: every[key].meant(value) for key, value in said.items()}
    other = {key: value for key, value in meant.items() if value != every[key].held}
    changed = {key: value for key, value in other.items() if value not in every[key].replaced}
    if not changed and not else_done and len(other) == 1:
        changed = other
    for known in every.values():
        known.drawn = False
    return Acts(every, changed, said if changed or else_done else {})


def end() -> None:
    """A run has ended whole: browsers forget the fields that it did not draw. One cut short ends nothing."""
    drawn = {key: known for key, known in _fields().items() if known.drawn}
    st.session_state[_FIELDS] = drawn
    for known in drawn.values():
        known.due = False


def hold(
    key: str,
    value: Value,
    labels: Mapping[str, str] | None = None,
    asks: Asks | None = None,
) -> None:
    """Gives the field that is drawn next under this key its value; nothing is sent where the browser has it.

    labels: option → what readers see, for menus of which one is chosen. asks: a new value → what the address
    is to say; without it the value is read when a form is sent.
    """
    every, labels = _fields(), labels or {}
    said, new = st.session_state.get(key), key not in every
    known = every.setdefault(key, _Field(value, asks))
    known.asks = asks
    if known.held != value:
        known.become(value)
        known.due = True
    if known.due or said != value or known.shown[0].get(str(value)) != labels.get(str(value)):
        known.due, known.told = True, known.told or not new
    known.draw(labels)
    if known.due:
        st.session_state[key] = value  # last: where a next act waits, this ends the run


def menu(
    label: str,
    key: str,
    value: str,
    labels: Mapping[str, str],
    asks: Asks | None = None,
    **options: Any,
) -> None:
    """A menu of option → what readers see. asks: as of `hold`. options: what else Streamlit's menu takes."""
    hold(key, value, labels, asks)
    st.selectbox(label, list(labels), key=key, format_func=lambda slug: labels.get(slug, slug), **options)


def given(key: str) -> str:
    """What a reader wrote or chose in a field of a form: the option that a label meant; several by commas."""
    value, known = st.session_state[key], _fields().get(key)
    return text(known.meant(value) if known else value)


def text(value: Value | None) -> str:
    """A value as the address holds it."""
    return ",".join(value) if isinstance(value, list | tuple) else str(value or "")
