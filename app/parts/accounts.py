"""Accounts of one state: who says it, since when, until when, and the passages that it rests on."""

from collections.abc import Sequence

from parts import citation, dates, names, record
from parts.markup import plain
from parts.record import Row


def of_state(status: str, rows: Sequence[Row]) -> str:
    """A state with its definition and the accounts that give it, as HTML."""
    known = record.concept("status", status)
    items = "".join(_account(row) for row in rows)
    return (
        f'<section class="or-state"><h3><i class="or-is-{plain(status)}"></i>{plain(known.label)}</h3>'
        f'<p class="or-note">{plain(known.definition)}</p><ul class="or-accounts">{items}</ul></section>'
    )


def _account(row: Row) -> str:
    since = dates.in_words(row["since"]) if row["since"] else "not known"
    until = dates.in_words(row["until"]) if row["until"] else "not known or not ended"
    sure = "sure for this day" if row["certainty"] == "sure" else "possible for this day, not sure"
    note = f'<p><span class="or-tag">In our words</span>{plain(row["note"])}</p>' if row["note"] else ""
    by = names.account(row["according_to"])
    known = f"{plain(dates.BASES.get(row['date_basis'] or '', '').capitalize())}. {plain(row['date_note'])}"
    began = f" with {names.linked(row['event'])}" if row["event"] else ""
    return (
        f'<li class="or-ours"><p class="or-account-by">By <b>{by}</b> '
        f'<span class="or-sure">{plain(sure)}</span></p>'
        f'<p class="or-place">from {plain(since)}{began}; until {plain(until)}. {known}</p>'
        f"{note}{_passages(row)}</li>"
    )


def _passages(row: Row) -> str:
    """Where it is printed, by source; words where the record prints them."""
    by_source: dict[str, list[Row]] = {}
    for passage in row["evidence"] or ():
        by_source.setdefault(passage["source"], []).append(passage)
    printed = "".join(
        f'<blockquote class="or-printed"><p><q>{plain(passage["text"])}</q></p>'
        f'<p class="or-place">{names.publisher(passage["source"])}</p></blockquote>'
        for passages in by_source.values()
        for passage in passages
        if passage["text"]
    )
    places = "".join(
        f"<li>{names.publisher(source)}: "
        + ", ".join(f"<code>{plain(citation.place(passage))}</code>" for passage in passages)
        + "</li>"
        for source, passages in by_source.items()
    )
    count = sum(map(len, by_source.values()))
    folded = (
        f'<details class="or-context"><summary>The {count} passages that this rests on</summary>'
        f'<ul class="or-plain or-place">{places}</ul></details>'
        if count
        else ""
    )
    return printed + folded
