"""Time in answers: what is sure and what is possible, what is left out, and in what order rows stand."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from onrecord import edtf

Row = dict[str, Any]


@lru_cache(maxsize=4096)
def parsed(when: str) -> edtf.Edtf:
    """A date of the record, which was checked when it was built, or of a parameter. Raises EdtfError."""
    return edtf.parse(when)


@lru_cache(maxsize=16384)
def certainty(when: str, start: date | None, end: date | None) -> str | None:
    """`sure` where every day that the date can mean lies within, `possible` where some does, else None."""
    day = parsed(when)
    if not edtf.possible(day, start, end):
        return None
    return "sure" if edtf.sure(day, start, end) else "possible"


def asked_bounds(dates: Mapping[str, edtf.Edtf]) -> tuple[date | None, date | None]:
    """First day of `from` and last day of `to`; None where not asked or open."""
    start, end = dates.get("from"), dates.get("to")
    return (start.earliest if start else None), (end.latest if end else None)


def within(rows: Iterable[Row], dates: Mapping[str, edtf.Edtf], noun: str) -> tuple[list[Row], list[str]]:
    """Rows that possibly lie in the asked interval, each with its `certainty`, and a note on undated ones.

    Without an interval all rows stay, and each is `sure`.
    """
    start, end = asked_bounds(dates)
    kept: list[Row] = []
    undated = 0
    for row in rows:
        if not dates:
            kept.append({**row, "certainty": "sure"})
        elif row["when"] is None:
            undated += 1
        elif (found := certainty(row["when"], start, end)) is not None:
            kept.append({**row, "certainty": found})
    return kept, ([undated_note(undated, noun)] if undated else [])


def undated_note(number: int, noun: str) -> str:
    """Says how many were left out because an interval was asked and they have no date."""
    return f"{number} undated {noun} left out: no date is known"


def by_date(row: Row) -> tuple[Any, ...]:
    """Sort key: by date, undated rows last."""
    return (1,) if row["when"] is None else (0, *parsed(row["when"]).sort_key)


def sides(when: str | None) -> tuple[str | None, str | None]:
    """The two ends of an interval as EDTF; of a single date both are the date. Open or unknown is None."""
    if when is None:
        return None, None
    start, slash, end = when.partition("/")
    if not slash:
        return when, when
    return (start if start not in ("", "..") else None), (end if end not in ("", "..") else None)


def is_open(when: str | None) -> bool:
    """Whether the interval is written as going on (`…/..`), which says more than an unknown end."""
    return when is not None and when.endswith("/..")


def covers(when: str | None, asked: edtf.Edtf) -> str | None:
    """Whether a period holds on every day of `asked`: `sure`, `possible`, or None for no.

    Sure needs the latest possible start before and the earliest possible end after.
    """
    if when is None:
        return "possible"
    if certainty(when, asked.earliest, asked.latest) is None:
        return None
    start, end = sides(when)
    first, last = asked.earliest, asked.latest
    if first is None or last is None or start is None:
        return "possible"
    begun = parsed(start).latest
    ended = None if end is None else parsed(end).earliest
    certain = begun is not None and begun <= first and (is_open(when) if ended is None else ended >= last)
    return "sure" if certain else "possible"
