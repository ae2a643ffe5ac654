"""Citations that a reader can copy: words, speaker, date as it is known, where printed, which snapshot."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from urllib.parse import quote

from parts import address, dates, names, record, wording
from parts.markup import anchor, part, plain, show
from parts.record import Row


def identifier(noun: str, slug: str) -> str:
    """The IRI of a record, which stays when the app moves."""
    return f"{record.manifest().base}id/{noun}/{slug}"


def snapshot() -> str:
    """Name of the snapshot in a citation."""
    return f"onrecord, snapshot {record.manifest().dataset_hash[:12]}"


def documents(noun: str, slug: str) -> str:
    """Links to the documents that say the same as data."""
    return " · ".join(anchor(f"/doc/{noun}/{slug}.{ending}", label) for ending, label in _DATA)


def where_printed(row: Row) -> str:
    """`“Title”, Publisher, 10 May 2018, characters 629–650 of file.txt`."""
    manifest = record.manifest()
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


def standing(row: Row) -> str:
    """Where a line rests, as HTML: publisher and place in the source."""
    where = place(row)
    code = f" <code>{plain(where)}</code>" if where else " (outside the sources)"
    return f"{names.publisher(row['source'])}{code}"


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
        words = " ".join(f"“{fragment}”" for fragment in wording.fragments(row))
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


_DATA = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"))
FORMATS: Mapping[str, str] = {"bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON"}
"""Formats of reference managers: name of the export → what people call it."""


def copy_button(label: str, text: str) -> str:
    """A button that copies exactly this text; `copy.js` answers it."""
    return f'<button type="button" class="or-copy" data-copy="{quote(text, safe="")}">{plain(label)}</button>'


def actions(row: Row, permalink: str) -> str:
    """Copy, cite, embed and link: the last line of a card."""
    statement = row["statement"]
    printed = row["text_is"] == "printed"
    label = "Copy quotation with citation" if printed else "Copy statement with citation"
    text = of_statement(row)
    files = " ".join(
        f'<a href="{plain(address.exported(name, {"statement": statement}))}" download>{called}</a>'
        for name, called in FORMATS.items()
    )
    return (
        f'<div class="or-actions"><span class="or-copying">{copy_button(label, text)}</span>'
        f'<span class="or-files">Reference: {files}</span>{permalink}{_selectable(text)}</div>'
        f'<p class="or-address">{plain(identifier("statement", statement))} · {plain(snapshot())}</p>'
    )


def choices(row: Row) -> None:
    """The citation in four forms, one shown at a time, each with a button that copies it."""
    show(part("Cite it"))
    forms = {"plain": "Plain text", **FORMATS}
    form = address.choice("Form of the citation", "cite", forms)
    text = of_statement(row) if form == "plain" else _reference(form, row["statement"])
    called = plain(forms[form])
    copying = copy_button(f"Copy as {forms[form]}", text)
    show(
        f'<div class="or-actions"><span class="or-copying">{copying}</span></div>'
        f'<pre class="or-cited" tabindex="0" aria-label="Citation as {called}">{plain(text)}</pre>'
    )


@record.kept(64)
def _reference(form: str, statement: str) -> str:
    return record.workspace().reference(form, statement)


def hash_of(words: str) -> str:
    """SHA-256 of the UTF-8 of words, as the record keeps it for each passage that it prints."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def copyable(label: str, text: str) -> None:
    """A text with a button that copies it, and the text itself for those whose browser does not."""
    copying = f'<span class="or-copying">{copy_button(label, text)}</span>'
    show(f'<div class="or-actions">{copying}{_selectable(text)}</div>')


def _selectable(text: str) -> str:
    """The text itself, folded away, to be selected by hand."""
    return f'<details class="or-selectable"><summary>Citation as text</summary><p>{plain(text)}</p></details>'
