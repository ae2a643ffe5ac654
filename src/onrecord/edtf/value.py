"""The date as the rest of onrecord sees it: its text, its bounds and what it leaves open."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from onrecord.edtf import english
from onrecord.edtf.day import Day, Extent, as_date
from onrecord.edtf.error import EdtfError, Fault
from onrecord.edtf.expression import DateSet, Expression, Interval, moments
from onrecord.edtf.extent import hull, pieces
from onrecord.edtf.precision import Precision, precision_of
from onrecord.edtf.reader import read
from onrecord.edtf.suggestion import suggest

Kind = Literal["date", "interval", "one-of", "all-of"]
Span = tuple[dt.date | None, dt.date | None]
SortKey = tuple[tuple[int, int, int, int], tuple[int, int, int, int], str]

#: Most stretches that `Edtf.spans` tells apart; above it stands the hull. `sure` and `possible` know no such
#: limit.
SPAN_LIMIT = 1000


@dataclass(frozen=True)
class Edtf:
    """A date of EDTF levels 0 to 2 (LoC EDTF, 4 February 2019; ISO 8601-2:2019, Annex A), as `parse` returns
    it.

    text: as given.
    kind: `date` (also a season or a masked date), `interval`, `one-of` (`[…]`) or `all-of` (`{…}`).
    earliest, latest: the first and last day it can mean, both inclusive; None where that side is open or
        unknown or its year is outside 1 to 9999. Marks never widen them (the record's decision on
        approximate dates).
    earliest_year, latest_year: the same as years of any size (0 is 1 BC); None only where open or unknown.
    approximate, uncertain: whether any component carries `~` or `%`, `?` or `%`.
    precision: the smallest unit that the text pins down (see `Precision`).
    open_start, open_end: a double dot stands there; unknown_start, unknown_end: nothing stands there, or the
        year is wholly masked (`XXXX-05-09`).
    """

    text: str
    kind: Kind
    earliest: dt.date | None
    latest: dt.date | None
    earliest_year: int | None
    latest_year: int | None
    approximate: bool
    uncertain: bool
    precision: Precision
    open_start: bool
    open_end: bool
    unknown_start: bool
    unknown_end: bool
    expression: Expression = field(repr=False)

    @cached_property
    def extent(self) -> Extent:
        """First and last day as `(year, month, day)` with years of any size; None where open or unknown."""
        return hull(self.expression)

    @cached_property
    def _pieces(self) -> tuple[tuple[Extent, ...], bool]:
        return pieces(self.expression, SPAN_LIMIT)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The stretches without a gap that the date can mean, in order, both ends inclusive.

        `156X-12-25` has ten. Beyond 1,000 stretches, or where the year is wholly masked, the whole is one
        span and `spans_complete` is False.
        """
        return tuple((as_date(first), as_date(last)) for first, last in self._pieces[0])

    @property
    def spans_complete(self) -> bool:
        """Whether `spans` tells every gap."""
        return self._pieces[1]

    @property
    def sort_key(self) -> SortKey:
        """A total order: by first day, by last day, by text.

        A start that is open or unknown comes before every day, such an end after every day.
        """
        first, last = self.extent
        return _key(first, missing=0), _key(last, missing=2), self.text

    def display(self, locale: str = "en-GB") -> str:
        """The date in plain English, with what it leaves open: `January 2018 (day not stated)`.

        locale: `en-GB` (9 May 2018) or `en-US` (May 9, 2018); `ValueError` for another.
        """
        return english.describe(self.expression, english.style_for(locale))

    def short(self, locale: str = "en-GB") -> str:
        """The date in few characters, for a chart or a list: `Jan 2018`, `c. 9 May 2018`, `24–26 Jan 2017`.

        An interval reads `May to Nov 2018`; a dash means one of the days it joins.
        """
        return english.abbreviate(self.expression, english.style_for(locale))


def _key(day: Day | None, missing: int) -> tuple[int, int, int, int]:
    return (missing, 0, 0, 0) if day is None else (1, *day)


def _kind(expression: Expression) -> Kind:
    if isinstance(expression, Interval):
        return "interval"
    return expression.kind if isinstance(expression, DateSet) else "date"


def _missing(expression: Expression, extent: Extent) -> tuple[bool, bool, bool, bool]:
    """Open start, open end, unknown start, unknown end."""
    if isinstance(expression, Interval):
        start, end = expression.start, expression.end
        open_start, open_end = start.is_open or start.earlier, end.is_open or end.later
    elif isinstance(expression, DateSet):
        open_start = any(member.first is None for member in expression.members)
        open_end = any(member.last is None for member in expression.members)
    else:
        open_start = open_end = False
    return open_start, open_end, extent[0] is None and not open_start, extent[1] is None and not open_end


def _value(text: str, expression: Expression) -> Edtf:
    extent = hull(expression)
    marks = [mark for moment in moments(expression) for mark in moment.marks]
    open_start, open_end, unknown_start, unknown_end = _missing(expression, extent)
    first, last = extent
    return Edtf(
        text=text,
        kind=_kind(expression),
        earliest=as_date(first),
        latest=as_date(last),
        earliest_year=None if first is None else first[0],
        latest_year=None if last is None else last[0],
        approximate=any(mark.approximate for mark in marks),
        uncertain=any(mark.uncertain for mark in marks),
        precision=precision_of(expression),
        open_start=open_start,
        open_end=open_end,
        unknown_start=unknown_start,
        unknown_end=unknown_end,
        expression=expression,
    )


def parse(text: str) -> Edtf:
    """The date that `text` writes.

    Raises `EdtfError`, with column and where possible a suggestion, for every text that is no EDTF of levels
    0 to 2, that no calendar holds, that ends before it starts, or that is longer than 200 characters.
    """
    try:
        expression = read(text)
    except Fault as fault:
        message, suggestion = suggest(text, fault)
        raise EdtfError(text, fault.offset + 1, message, suggestion) from None
    return _value(text, expression)


def bounds_of(text: str) -> Span:
    """Earliest and latest day of an EDTF text; raises `EdtfError`."""
    date = parse(text)
    return date.earliest, date.latest


KINDS: tuple[str, ...] = get_args(Kind)
