"""Citations that a reader can copy: words, speaker, date as it is known, where printed, which snapshot."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from parts import dates, record

Row = Mapping[str, Any]


def identifier(noun: str, slug: str) -> str:
    """The IRI of a record, which stays when the app moves."""
    return f"{record.workspace().snapshot.manifest.base}id/{noun}/{slug}"


def snapshot() -> str:
    """Name of the snapshot in a citation."""
    return f"onrecord, snapshot {record.workspace().snapshot.manifest.dataset_hash[:12]}"


def where_printed(row: Row) -> str:
    """`“Title”, Publisher, 10 May 2018, characters 629–650 of file.txt`."""
    manifest = record.workspace().snapshot.manifest
    entry = manifest.sources.get(row["source"], {})
    published = dates.in_words(entry["published"]) if entry.get("published") else "no publication date"
    parts = [
        f"“{entry.get('title', row['source'])}”",
        record.publisher_of(row["source"]),
        published,
        place(row),
    ]
    return ", ".join(part for part in parts if part)


def place(row: Row) -> str:
    """File and code points of a row; empty where it rests on no capture."""
    if row.get("source_file") is None or row.get("start") is None:
        return ""
    return f"characters {row['start']}–{row['end']} of {row['source_file']}"


def speaker(row: Row) -> str:
    """Who said it and in which role, as the source prints it."""
    name = row["speaker_label"] or row["named_as"] or "speaker not named"
    return f"{name} ({row['role']})" if row.get("role") else str(name)


def dated(row: Row) -> str:
    """Date in words with how it is known."""
    basis = dates.basis_in_words(row)
    return dates.in_words(row["when"]) + (f" ({basis})" if basis else "")


def of_statement(row: Row) -> str:
    """A statement: its printed words between quotation marks, or that it is reported speech in our words."""
    if row["text_is"] == "printed":
        fragments = [segment["text"] for segment in row["segments"]] or [row["text"]]
        words = " […] ".join(f"“{fragment}”" for fragment in fragments)
    else:
        words = f"Reported speech, described in our words: {row['text']}"
    told = (
        f" As reported by {record.labels().get(row['reported_by'], row['reported_by'])}."
        if row["reported_by"]
        else ""
    )
    return (
        f"{words} — {speaker(row)}, {dated(row)}.{told} Printed in: {where_printed(row)}. "
        f"{snapshot()}. {identifier('statement', row['statement'])}"
    )


def of_event(event: Row, evidence: Sequence[Row]) -> str:
    """An event: label in our words, date, sources with the places that tell it."""
    told = sorted({(row["source"], place(row)) for row in evidence if row["source"] in event["sources"]})
    sources: dict[str, list[str]] = {}
    for source, where in told:
        sources.setdefault(source, []).append(where)
    texts = [where_printed({"source": source}) + _places(sources[source]) for source in sources]
    according = f" According to: {'; '.join(texts)}." if texts else ""
    return f"{event['label']}, {dated(event)}.{according} {snapshot()}. {identifier('event', event['event'])}"


def _places(places: Sequence[str]) -> str:
    kept = [where for where in places if where]
    return f", {', '.join(kept)}" if kept else ""


def copyable(label: str, text: str) -> None:
    """The text with a button that copies it, folded away under its label."""
    with st.expander(label):
        st.code(text, language=None, wrap_lines=True)
