"""One quotation of the record on the first page: what a newcomer can expect of all of them."""

from collections.abc import Sequence

from parts import address, citation, dates, names, record
from parts.markup import anchor, plain
from parts.record import Row

_SOURCES = 5  # of a large record, the first few are looked at
_LONGEST = 240  # characters of a quotation that are read at a glance


def html() -> str:
    """A quotation with its speaker, date, source and citation; empty where the record has none that fits."""
    for source in sorted(record.manifest().sources)[:_SOURCES]:
        row = chosen(record.ask("who-said-what", {"mode": "direct", "source": source}).rows)
        if row:
            return _figure(row)
    return ""


def chosen(rows: Sequence[Row]) -> Row | None:
    """The first that is short enough to be shown whole, of those with a speaker's name and a first day."""
    fitting = (row for row in rows if len(row["text"]) <= _LONGEST and len(row["segments"]) <= 1)
    return next((row for row in fitting if row["speaker_label"] and row["earliest"]), None)


def _figure(row: Row) -> str:
    speaker = names.named("actor", row["speaker"], row["speaker_label"])
    role = f' <span class="or-role">“{plain(row["role"])}”</span>' if row["role"] else ""
    copy = citation.copy_button("Copy quotation with citation", citation.of_statement(row))
    where = anchor(address.link("statement", id=row["statement"]), "Where it stands")
    total = record.manifest().counts.get("statement", 0)
    others = anchor(address.link("said"), f"All {total:,} statements: who said what")
    return (
        '<figure class="or-specimen" aria-label="A quotation of this record"><blockquote class="or-printed">'
        f"<p><q>{plain(row['text'])}</q></p></blockquote>"
        f"<figcaption><p>{speaker}{role}, {dates.html(row, note=False)}</p>"
        f"<p>Printed in {names.linked(row['source'])}, {plain(record.publisher_of(row['source']))}</p>"
        f'<p class="or-copying">{copy} {where} {others}</p></figcaption></figure>'
    )
