"""When something was, and how we know: the authored half of a date."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from onrecord.edtf import EdtfError, parse
from onrecord.model.base import Line, Record, Slug

Basis = Literal["stated", "relative", "inferred", "outside"]


def _edtf(text: str) -> str:
    try:
        parse(text)
    except EdtfError as error:
        suggestion = f"; did you mean {error.suggestion}?" if error.suggestion else ""
        raise ValueError(f"{error.message} (character {error.column}){suggestion}") from None
    return text


When = Annotated[str, AfterValidator(_edtf)]
"""EDTF text (ISO 8601-2:2019, levels 0 to 2)."""


class Dating(Record):
    """A date with its basis; earliest and latest are computed, never authored.

    `basis`: *stated* where the source itself prints the date, year included; *relative* where it follows
    from the source's own printed date; *inferred* from the articles together; *outside* where an outside
    document (`documents`) is needed, the publication date of an undated article included.
    `when` left out says: nothing is known.
    """

    when: When | None = None
    basis: Basis
    note: Line | None = None
    documents: tuple[Slug, ...] = ()
