"""Who held which office when, as far as the sources attest it."""

from collections import defaultdict
from datetime import date
from typing import Any

from onrecord import edtf
from onrecord.query.binding import Asked
from onrecord.query.interval import certainty, covers, parsed, sides

Row = dict[str, Any]


def offices(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """A row a wording; with a date, those of tenures and names that possibly were then."""
    spans = _spans(rows)
    day = asked.dates.get("date")
    kept = []
    for row in rows:
        since, until = sides(row["tenure_when"])
        held = _certainty(row, day, spans)
        if day is None or held is not None:
            kept.append({**row, "from": since, "to": until, "certainty": held})
    return sorted(_distinct(kept), key=_order), []


def _distinct(rows: list[Row]) -> list[Row]:
    """One row a wording and source: its first known place stands for all of them."""
    first: dict[tuple[Any, ...], Row] = {}
    for row in sorted(rows, key=lambda row: (row["start"] is None, _order(row))):
        key = (row["person"], row["tenure"], row["organisation"], row["named_as"], row["source"])
        first.setdefault(key, row)
    return list(first.values())


def _order(row: Row) -> tuple[Any, ...]:
    return (
        row["person"] is None, row["person"] or "", row["post"] or "", row["attested"] or "",
        row["source"] or "", row["start"] is None, row["start"] or 0, row["named_as"] or "",
    )  # fmt: skip


def _thing(row: Row) -> tuple[str | None, str | None]:
    """What the row attests: a tenure, or a name of the organisation."""
    return row["tenure"], None if row["tenure"] else row["named_as"]


def _spans(rows: list[Row]) -> dict[tuple[str | None, str | None], tuple[date, date]]:
    """First and last day for which wordings of the same tenure or name are evidence.

    Only what is surely attested counts: from the last day of the first date to the first day of the last.
    """
    dates: dict[tuple[str | None, str | None], list[edtf.Edtf]] = defaultdict(list)
    for row in rows:
        if row["attested"] is not None:
            dates[_thing(row)].append(parsed(row["attested"]))
    spans = {}
    for thing, known in dates.items():
        firsts = [each.latest for each in known if each.latest is not None]
        lasts = [each.earliest for each in known if each.earliest is not None]
        if firsts and lasts:
            first, last = min(firsts), max(lasts)
            spans[thing] = (first, last) if first <= last else (last, first)
    return spans


def _certainty(
    row: Row, day: edtf.Edtf | None, spans: dict[tuple[str | None, str | None], tuple[date, date]]
) -> str | None:
    """Sure within the attested span or a tenure known to cover the day; None where it cannot have been.

    None too where no date is asked about.
    """
    if day is None:
        return None
    by_period = covers(row["tenure_when"], day) if row["tenure_when"] else "possible"
    if by_period in (None, "sure"):
        return by_period
    if row["tenure"] is None and row["source"] is not None:
        return _printed_then(row, day)
    span = spans.get(_thing(row))
    inside = span and day.earliest and day.latest and span[0] <= day.earliest and day.latest <= span[1]
    return "sure" if inside else "possible"


def _printed_then(row: Row, day: edtf.Edtf) -> str | None:
    """A name printed in an article is evidence for the time of its publication only."""
    if row["attested"] is None:
        return "possible"
    return certainty(row["attested"], day.earliest, day.latest)
