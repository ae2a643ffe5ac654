"""What reference managers are given: every selected document, and every printed quotation as a reference to
the article that prints it, with speaker, words and passage in its note. Dates are only as precise as they
are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord import edtf
from onrecord.exporters.material import Reference, Row, basis_in_words
from onrecord.exporters.selection import Selection, described


@dataclass(frozen=True, slots=True)
class ReferenceType:
    """One kind of document in three vocabularies."""

    csl: str
    bibtex: str
    ris: str


_OTHER = ReferenceType("document", "misc", "GEN")

TYPES: Mapping[str, ReferenceType] = {
    "act": ReferenceType("legislation", "misc", "STAT"),
    "amendment": ReferenceType("bill", "misc", "BILL"),
    "bill": ReferenceType("bill", "misc", "BILL"),
    "codes-of-practice": ReferenceType("standard", "misc", "STAND"),
    "committee-report": ReferenceType("report", "techreport", "RPRT"),
    "e-mail": ReferenceType("personal_communication", "misc", "ICOMM"),
    "evidence": ReferenceType("hearing", "misc", "HEAR"),
    "letter": ReferenceType("personal_communication", "misc", "PCOMM"),
    "memorandum-of-understanding": _OTHER,
    "news-article": ReferenceType("article-newspaper", "article", "NEWS"),
    "newsletter": ReferenceType("article-magazine", "article", "MGZN"),
    "official-report": ReferenceType("hearing", "misc", "HEAR"),
    "plan": _OTHER,
    "statistics": ReferenceType("dataset", "misc", "DATA"),
    "web-page": ReferenceType("webpage", "misc", "ELEC"),
}
"""By kind of document, every concept of the scheme `document`."""


def type_of(kind: str | None) -> ReferenceType:
    """The type of a kind of document; a plain document for a kind of another knowledge base."""
    return TYPES.get(kind or "", _OTHER)


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference: a document, or a quotation in it. `notes` are plain sentences; `quotation` its row."""

    id: str
    reference: Reference
    notes: tuple[str, ...]
    quotation: Row | None = None


def entries_of(selection: Selection) -> list[Entry]:
    """Documents by slug, then quotations by slug and source."""
    documents = [Entry(ref.id, ref, _document_notes(ref)) for ref in selection.references]
    known = {reference.id: reference for reference in selection.material.references}
    statements, _ = described(selection)
    rows = [row for row in statements if is_printed(row) and row.get("source") in known]
    rows.sort(key=lambda row: (str(row["statement"]), str(row["source"])))
    seen = {entry.id for entry in documents}
    quotations = []
    for row in rows:
        slug = str(row["statement"])
        name = slug if slug not in seen else f"{slug}-in-{row['source']}"
        seen.add(name)
        quotations.append(Entry(name, known[str(row["source"])], _quotation_notes(row, known), row))
    return documents + quotations


def is_printed(row: Row) -> bool:
    """Whether the row's words are the source's own."""
    return bool(row.get("text_is", "ours" if row.get("mode") == "indirect" else "printed") == "printed")


def _document_notes(reference: Reference) -> tuple[str, ...]:
    notes = [f"Date: {_dated(reference)}{f'; {reference.date_note}' if reference.date_note else ''}"]
    if reference.citation:
        notes.append(f"As cited: {reference.citation}")
    if reference.outside:
        notes.append("Not mentioned in the sources of the record; used for a fact or a date")
    if reference.file:
        notes.append(f"Read as {reference.file}")
    notes += [f"Recipient: {party.label}" for party in reference.recipients]
    if reference.rights:
        notes.append(f"Rights: {reference.rights}")
    return tuple(notes)


def _dated(reference: Reference) -> str:
    """When a document is of, in words, and how that is known."""
    if not reference.when:
        return "not known"
    return f"{spoken(reference.when)}{basis_in_words(reference.date_basis)}"


def _quotation_notes(row: Row, known: Mapping[str, Reference]) -> tuple[str, ...]:
    named = row.get("named_as")
    label = row.get("speaker_label") or row.get("speaker")
    alias = f", named as “{named}”" if named and named != label else ""
    role = f", “{row['role']}”" if row.get("role") else ""
    dated = (
        f"{spoken(str(row['when']))}{basis_in_words(row.get('date_basis'))}"
        if row.get("when")
        else "date not known"
    )
    told = row.get("reported_by_label") or row.get("reported_by")
    second_hand = f", as told by {known[told].title if told in known else told}" if told else ""
    inside = row.get("in_document")
    place = f", in “{known[inside].title if inside in known else inside}”" if inside else ""
    words = " ".join(f"“{part}”" for part in _parts(row))
    return (
        f"Quotation: {label}{alias}{role}, {dated}{place}{second_hand}: {words}",
        f"Passage: {_spans(row)} of {row.get('source_file')}",
        f"Article dated: {_dated(known[str(row['source'])])}",
    )


def _spans(row: Row) -> str:
    """Where the words are, each printed paragraph or fragment; where no such place is known, the whole
    passage.
    """
    spans = [(part.get("start"), part.get("end")) for part in row.get("segments") or ()]
    pairs = (
        spans if spans and all(None not in span for span in spans) else [(row.get("start"), row.get("end"))]
    )
    return "characters " + ", ".join(f"{start} to {end}" for start, end in pairs)


def _parts(row: Row) -> Sequence[str]:
    segments = [str(segment["text"]) for segment in row.get("segments") or ()]
    return segments or [str(row.get("text") or "")]


def spoken(when: str) -> str:
    """EDTF text as words; the text itself where it is none."""
    try:
        return edtf.parse(when).display()
    except edtf.EdtfError:
        return when


def plain_date(when: str | None) -> tuple[tuple[int, ...], bool] | None:
    """Year, year and month, or year, month and day of a plain date, and whether it is marked approximate or
    uncertain.

    None for anything that is not one date written as a year, a month or a day: a set, an interval, a season.
    """
    if when is None:
        return None
    try:
        value = edtf.parse(when)
    except edtf.EdtfError:
        return None
    sizes = {"year": 1, "month": 2, "day": 3}
    if value.kind != "date" or value.precision not in sizes or "X" in value.text or value.earliest is None:
        return None
    first = value.earliest
    parts = (first.year, first.month, first.day)[: sizes[value.precision]]
    return parts, value.approximate or value.uncertain


def sure_parts(reference: Reference) -> tuple[int, ...]:
    """Year, month, day as far as the first and the last possible day agree."""
    if reference.earliest is None or reference.latest is None:
        return ()
    first, last = date.fromisoformat(reference.earliest), date.fromisoformat(reference.latest)
    pairs = ((first.year, last.year), (first.month, last.month), (first.day, last.day))
    parts: list[int] = []
    for one, other in pairs:
        if one != other:
            break
        parts.append(one)
    return tuple(parts)
