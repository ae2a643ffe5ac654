"""One statement's reference alone, for the clipboard, in the forms of reference managers."""

from collections.abc import Callable, Mapping, Sequence

from onrecord.errors import UnknownName
from onrecord.exporters.bibliography import Entry, entries_of
from onrecord.exporters.bibtex import write_entries
from onrecord.exporters.csl import write_csl
from onrecord.exporters.gathering import gathered
from onrecord.exporters.record import Record
from onrecord.exporters.ris import write_ris
from onrecord.exporters.selection import select

FORMS: Mapping[str, Callable[[Sequence[Entry]], bytes]] = {
    "bibtex": write_entries,
    "csl-json": write_csl,
    "ris": write_ris,
}
"""Name of the format → what writes it."""


def reference_of(record: Record, form: str, statement: str) -> str:
    """The reference to a statement: to the quotation in its article; for reported speech, to the article.

    statement: slug. Raises UnknownName for another form or a statement that is not on record.
    """
    if form not in FORMS:
        raise UnknownName(f"there is no reference in the form '{form}'", near=tuple(FORMS))
    selection = select(gathered(record, form, {"statement": statement}))
    entries = entries_of(selection)
    quoted = [entry for entry in entries if entry.quotation is not None]
    sources = {str(row["source"]) for row in selection.statements}
    chosen = quoted or [entry for entry in entries if entry.reference.id in sources]
    return FORMS[form](chosen).decode().replace("\r\n", "\n").strip() + "\n"
