"""Text from the record as safe HTML.

Every value is hostile until it has passed `plain`: tags become text, and characters that readers would not
see or that reorder their neighbours (controls, bidirectional marks, zero-width ones) become visible.
"""

import unicodedata
from collections.abc import Iterable
from html import escape

import streamlit as st

_SEEN = {"\n", "\t"}
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def visible(text: str) -> str:
    """The text with each character that cannot be seen written as `⟨U+202E⟩`; line breaks and tabs stay."""
    if text.isprintable():  # the usual case: of what cannot be seen it lets nothing through but blanks
        return text
    return "".join(
        f"⟨U+{ord(c):04X}⟩" if unicodedata.category(c) in _INVISIBLE and c not in _SEEN else c for c in text
    )


def plain(text: object) -> str:
    """Any value as HTML text or attribute value; None is empty."""
    return "" if text is None else escape(visible(str(text)), quote=True)


def brief(text: str, length: int = 90) -> str:
    """At most `length` characters for menus and marks, with … after the last whole word where it goes on."""
    seen = visible(" ".join(text.split()))
    if len(seen) <= length:
        return seen
    return (seen[:length].rpartition(" ")[0] or seen[: length - 1]).rstrip() + "…"


def words(notation: str | None) -> str:
    """A concept's notation for people: `letter-sent` → `Letter sent`."""
    return (notation or "").replace("-", " ").capitalize()


def anchor(address: str, label: str, *, name: str = "", current: bool = False) -> str:
    """A plain link in the same tab. `label` is text, `name` the accessible name where it must say more."""
    said = f' aria-label="{plain(name)}"' if name else ""
    here = ' aria-current="page"' if current else ""
    return f'<a href="{plain(address)}"{said}{here}>{plain(label)}</a>'


def definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of terms; the second of each pair is HTML, and pairs without one are left out."""
    lines = "".join(f"<div><dt>{plain(term)}</dt><dd>{html}</dd></div>" for term, html in pairs if html)
    return f'<dl class="or-facts">{lines}</dl>' if lines else ""


def show(html: str) -> None:
    """Writes HTML whose values have passed `plain`; nothing where there is none."""
    if html:
        st.html(html)
