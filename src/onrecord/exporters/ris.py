"""RIS (Research Information Systems, tags as Zotero, EndNote and Mendeley read them): UTF-8, CRLF, one line
a value."""

from collections.abc import Sequence

from onrecord.exporters.bibliography import Entry, plain_date, spoken, sure_parts, type_of
from onrecord.exporters.characters import one_line


def write_ris(entries: Sequence[Entry]) -> bytes:
    """The bytes of the file; RIS has no place for a description of the file."""
    return "\r\n".join("\r\n".join(_lines(entry)) + "\r\n" for entry in entries).encode()


def _lines(entry: Entry) -> list[str]:
    reference = entry.reference
    kind = type_of(reference.kind).ris
    values: list[tuple[str, str]] = [("TY", kind), ("ID", entry.id), ("TI", reference.title)]
    values += [("AU", party.label) for party in reference.authors]
    if reference.publisher:
        values.append(("T2" if kind in ("NEWS", "MGZN") else "PB", reference.publisher.label))
    values += _dates(entry)
    if reference.url:
        values.append(("UR", reference.url))
    if reference.language:
        values.append(("LA", reference.language))
    values += [("N1", note) for note in entry.notes]
    return [f"{tag}  - {one_line(value)}" for tag, value in values] + ["ER  - "]


def _dates(entry: Entry) -> list[tuple[str, str]]:
    """`PY` where the year is sure; `DA` as `YYYY/MM/DD/words`, parts left empty where they are not known."""
    reference = entry.reference
    if reference.when is None:
        return []
    plain = plain_date(reference.when)
    marked = plain is not None and plain[1]
    parts = () if marked else sure_parts(reference)
    if not parts and plain is not None:
        # Approximate or uncertain: the words say so; a `PY` would not.
        return [("DA", f"{plain[0][0]:04}///{spoken(reference.when)}")]
    if not parts:
        return [("N1", f"Dated {spoken(reference.when)}")]
    year, *rest = parts
    slots = [f"{year:04}", *(f"{part:02}" for part in rest), *[""] * (2 - len(rest))]
    words = "" if plain is not None else spoken(reference.when)
    return [("PY", f"{year:04}"), ("DA", f"{'/'.join(slots)}/{words}")]
