"""CSL-JSON (Citation Style Language 1.0.2, schema csl-data): for Zotero, Mendeley, Pandoc and citation
processors."""

from collections.abc import Sequence
from typing import Any

from onrecord.exporters.bibliography import Entry, plain_date, spoken, type_of
from onrecord.exporters.description import json_bytes


def write_csl(entries: Sequence[Entry]) -> bytes:
    """A JSON array of items, in order; it has no place for a description of itself."""
    return json_bytes([_item(entry) for entry in entries])


def _item(entry: Entry) -> dict[str, Any]:
    reference = entry.reference
    item: dict[str, Any] = {"id": entry.id, "type": type_of(reference.kind).csl, "title": reference.title}
    if reference.authors:
        # Names are whole: the record does not say which part is the family name.
        item["author"] = [{"literal": party.label} for party in reference.authors]
    if reference.recipients:
        item["recipient"] = [{"literal": party.label} for party in reference.recipients]
    if reference.publisher:
        home = "container-title" if item["type"].startswith("article") else "publisher"
        item[home] = reference.publisher.label
    issued = csl_date(reference.when)
    if issued:
        item["issued"] = issued
    if reference.url:
        item["URL"] = reference.url
    if reference.language:
        item["language"] = reference.language
    item["note"] = "\n".join(entry.notes)
    return item


def csl_date(when: str | None) -> dict[str, Any] | None:
    """`date-parts` as far as the date is known, `circa` where it is marked; words for everything else."""
    if when is None:
        return None
    plain = plain_date(when)
    if plain is None:
        return {"literal": spoken(when)}
    parts, marked = plain
    return {"date-parts": [list(parts)], **({"circa": True} if marked else {})}
