"""One statement as a card: printed words and our words can never be taken for each other."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from parts import address, citation, dates, record
from parts.markup import anchor, definitions, plain, show, words

Row = Mapping[str, Any]
MODES: Mapping[str, str] = {
    "direct": "verbatim: the words between the marks are printed in the source",
    "mixed": "reported speech with verbatim fragments",
    "document": "verbatim words of a document",
    "indirect": "reported speech: nothing verbatim",
}
STANCES: Mapping[str, str] = {
    "support": "supports the sharing",
    "oppose": "opposes the sharing",
    "mixed": "mixed: for a part, against a part",
    "neutral": "neutral: reports without taking a side",
}
_CONTEXT = 240  # characters of the source shown before and after


def card(row: Row) -> None:
    """The statement with everything that a reader needs to trust and to cite it."""
    with st.container(border=True):
        show(
            f'<article class="or-card">{_who(row)}{_words(row)}'
            f"{definitions(_facts(row))}{_context(row)}</article>"
        )
        citation.copyable("Copy quotation with citation", citation.of_statement(row))


def _who(row: Row) -> str:
    name = row["speaker_label"] or row["named_as"] or "Speaker not named"
    role = f'<span class="or-role">{plain(row["role"])}</span>' if row["role"] else ""
    printed_as = (
        f'<span class="or-note">named here as “{plain(row["named_as"])}”</span>'
        if row["named_as"] and row["named_as"] != row["speaker_label"]
        else ""
    )
    return f'<header><h3 class="or-speaker">{plain(name)}</h3>{role}{printed_as}</header>'


def _words(row: Row) -> str:
    if row["text_is"] != "printed":
        return _ours("In our words, reported speech", row["text"])
    fragments = [segment["text"] for segment in row["segments"]] or [row["text"]]
    quoted = "".join(f"<p><q>{plain(fragment)}</q></p>" for fragment in fragments)
    block = f'<blockquote class="or-printed"><span class="or-tag">Printed words</span>{quoted}</blockquote>'
    return block + (_ours("In our words", row["description"]) if row["description"] else "")


def _ours(tag: str, text: str) -> str:
    return f'<div class="or-ours"><span class="or-tag">{plain(tag)}</span><p>{plain(text)}</p></div>'


def _facts(row: Row) -> list[tuple[str, str]]:
    named = record.labels()
    about = ", ".join(
        anchor(address.link("said", about=topic), words(topic), name=f"All statements about {words(topic)}")
        for topic in row["about"] or ()
    )
    told = (
        f"{plain(named.get(row['reported_by'], row['reported_by']))} (second-hand)"
        if row["reported_by"]
        else ""
    )
    place = citation.place(row)
    return [
        ("Said", dates.html(row)),
        ("Where", _where(row["venue"])),
        ("To", plain(named.get(row["addressee"], row["addressee"]))),
        ("In document", plain(named.get(row["in_document"], row["in_document"]))),
        ("Speaks for", plain(named.get(row["acts_for"], row["acts_for"]))),
        ("How it is told", plain(MODES.get(row["mode"], row["mode"]))),
        ("Stance", plain(STANCES.get(row["stance"], row["stance"]))),
        ("About", about),
        ("Said by", plain(row["speaker_label"] or row["named_as"] or "not named")),
        ("Reported by", told or "the source itself"),
        ("Published by", plain(record.publisher_of(row["source"]))),
        ("Printed in", f"{plain(named.get(row['source'], row['source']))}<br><code>{plain(place)}</code>"),
        ("Note", plain(row.get("note"))),
        ("Address", anchor(address.link("said", statement=row["statement"]), "Link to this statement")),
    ]


def _where(venue: str | None) -> str:
    """The venue; an event is a link to it."""
    label = record.labels().get(venue or "", venue or "")
    if venue and record.nouns().get(venue) == "event":
        return anchor(address.link("timeline", event=venue), label)
    return plain(label)


def _context(row: Row) -> str:
    """The passage in its source, where the full text is at hand; else nothing."""
    text = record.workspace().capture_text(row["source"])
    if text is None or row["start"] is None:
        return ""
    start, end = max(row["start"] - _CONTEXT, 0), min(row["end"] + _CONTEXT, len(text))
    before, after = plain(text[start : row["start"]]), plain(text[row["end"] : end])
    lead, trail = "… " if start else "", " …" if end < len(text) else ""
    return (
        '<details class="or-context"><summary>In its context in the source</summary>'
        f"<p>{lead}{before}<mark>{plain(text[row['start'] : row['end']])}</mark>{after}{trail}</p></details>"
    )
