"""States through time as bands, a lane for each account: pale for possible, solid for sure, words on each.

The bands are a list of links with places in per cent, so that they print, narrow and speak as text does; the
table that follows them is their equivalent.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.edtf import Edtf
from parts import address, dates, names, record
from parts.markup import plain
from parts.record import Row

_DAY = dt.timedelta(days=1)
_LETTER = 0.017  # width of a letter of a band's words, as part of the bands' width on a small screen
_THINNEST = 0.004


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are drawn, both included."""

    first: dt.date
    last: dt.date

    def place(self, day: dt.date) -> float:
        """Where a day begins, from 0 at the left to 1 at the right; days outside are at the nearer edge."""
        return min(max((day - self.first) / (self.last - self.first + _DAY), 0.0), 1.0)


def span(rows: Sequence[Row], last: str | None) -> Span | None:
    """From the first to the last day that any row names, or `last` (ISO) where that is later."""
    days = [row[end] for row in rows for end in ("earliest", "latest") if row[end]]
    days += [last] if last and days else []
    return Span(dt.date.fromisoformat(min(days)), dt.date.fromisoformat(max(days))) if days else None


def html(rows: Sequence[Row], drawn: Span, day: Edtf | None, state: Sequence[str]) -> str:
    """The bands by account. day: the chosen one; state: names of the address's values that links keep."""
    lanes: dict[str, list[Row]] = {}
    for row in rows:
        lanes.setdefault(row["according_to"] or "", []).append(row)
    chosen = _chosen(drawn, day)
    items = "".join(
        f'<li><span class="or-account">{names.account(account)}</span>'
        f"{_track(found, drawn, state, chosen)}</li>"
        for account, found in lanes.items()
    )
    return (
        '<section class="or-bands" aria-label="States through time, by account">'
        f'{_axis(drawn, state)}<ol class="or-lanes">{items}</ol></section>'
    )


def _track(rows: Sequence[Row], drawn: Span, state: Sequence[str], chosen: str) -> str:
    """One account's bands; one that would cover another or its words goes a line lower."""
    lines: list[list[tuple[float, float]]] = []
    bands = []
    for row in rows:
        place = _Place.of(row, drawn)
        taken = place.taken
        depth = next(
            (n for n, line in enumerate(lines) if all(taken[1] <= a or b <= taken[0] for a, b in line)),
            len(lines),
        )
        lines[depth : depth + 1] = [[*(lines[depth] if depth < len(lines) else []), taken]]
        bands.append(_band(row, place, depth, drawn, state))
    return f'<ul class="or-track" style="--or-lines:{len(lines)}">{"".join(bands)}{chosen}</ul>'


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a band lies, as parts of the width, and on which side its words stand where it is too narrow."""

    left: float
    right: float
    words: float
    side: str

    @classmethod
    def of(cls, row: Row, drawn: Span) -> "_Place":
        left = drawn.place(_day(row["earliest"]) or drawn.first)
        right = max(drawn.place((_day(row["latest"]) or drawn.last) + _DAY), left + _THINNEST)
        words = _LETTER * len(_label(row)) + _THINNEST
        side = "" if right - left >= words else "or-before" if right + words > 1 else "or-after"
        return cls(left, right, words, side)

    @property
    def taken(self) -> tuple[float, float]:
        """The part of the width that the band takes with its words."""
        before, beside = self.side == "or-before", self.side == "or-after"
        return self.left + _THINNEST - before * self.words, self.right - _THINNEST + beside * self.words


def _label(row: Row) -> str:
    return record.concept("status", row["status"]).label


def _chosen(drawn: Span, day: Edtf | None) -> str:
    if day is None or day.earliest is None or day.latest is None:
        return ""
    left, right = drawn.place(day.earliest), drawn.place(day.latest + _DAY)
    return f'<li aria-hidden="true" class="or-day" style="left:{left:.2%};width:{right - left:.2%}"></li>'


def _band(row: Row, place: _Place, depth: int, drawn: Span, state: Sequence[str]) -> str:
    to = address.here("status", state, date=row["sure_from"] or row["earliest"])
    at = f"left:{place.left:.2%};width:{place.right - place.left:.2%};--or-line:{depth}"
    return (
        f'<li class="or-band {place.side}" style="{at}">'
        f'<a href="{plain(to)}" class="or-is-{plain(row["status"])}">{_sure(row, drawn, place)}'
        f'<span>{plain(_label(row))}</span><span class="or-unseen">, {plain(in_words(row))}</span></a></li>'
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _sure(row: Row, drawn: Span, place: _Place) -> str:
    """The part of a band in which the state held for sure by this account."""
    first, last = _day(row["sure_from"]), _day(row["sure_to"])
    if first is None:
        return ""
    start, end = drawn.place(first), drawn.place(last + _DAY) if last else place.right
    width = place.right - place.left
    return f'<i style="left:{(start - place.left) / width:.2%};right:{(place.right - end) / width:.2%}"></i>'


def _axis(drawn: Span, state: Sequence[str]) -> str:
    """Years, and quarters where there is room: each a link to the state on its first day."""
    ticks = [
        dt.date(year, month, 1)
        for year in range(drawn.first.year, drawn.last.year + 1)
        for month in (1, 4, 7, 10)
        if drawn.first <= dt.date(year, month, 1) <= drawn.last
    ]
    items = "".join(
        f'<li style="left:{drawn.place(tick):.2%}"{"" if tick.month == 1 else " class=or-quarter"}>'
        f'<a href="{plain(address.here("status", state, date=tick.isoformat()))}" '
        f'aria-label="On {plain(dates.in_words(tick.isoformat()))}">'
        f"{plain(tick.year if tick.month == 1 else dates.briefly(f'{tick:%Y-%m}').split()[0])}</a></li>"
        for tick in ticks
    )
    return f'<ol class="or-years" aria-label="Days to look at">{items}</ol>'


def in_words(row: Row) -> str:
    """`from 9 May 2018 to 2 November 2018`; an end that is not known or not reached says so."""
    since = f"from {dates.in_words(row['since'])}" if row["since"] else "since when is not known"
    if row["until"]:
        return f"{since} to {dates.in_words(row['until'])}"
    open_end = "and going on" if row["goes_on"] == "yes" else "until when is not known"
    return f"{since}, {open_end}"
