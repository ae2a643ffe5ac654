"""Events gathered by lane and stretch of time, for charts of more events than can be told apart.

An event counts in each stretch in which it is possible, so that an imprecise date is in several and the
numbers of a lane may add up to more than its events; it counts as sure where all that its date can mean lies
within one stretch. Events without a date are in none.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.snapshot.chronicle import Chronicle

MOST_BINS = 60
"""Stretches that a chart has room for."""
OTHERS, NOBODY = "others", "nobody"
"""Lanes that are no value: all beyond the largest ones, and events without any."""
LANES = ("kind", "actor")
_UNITS = (("day", 0), ("month", 1), ("quarter", 3), ("year", 12), ("decade", 120), ("century", 1200))
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of time of one lane: first and last day, how many events are possible and sure in it."""

    start: date
    end: date
    possible: int
    sure: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its value (a kind or actor, `others` or `nobody`), its events, and its bins that hold any.

    further: how many values `others` stands for.
    """

    value: str
    events: int
    bins: tuple[Bin, ...]
    further: int = 0


@dataclass(frozen=True, slots=True)
class Bins:
    """All lanes, the largest first; `unit` is `day`, `month`, `quarter`, `year`, `decade` or `century`."""

    by: str
    unit: str
    start: date
    end: date
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Stretches of equal length; `months` is 0 for days. Numbers count from the stretch of `start`."""

    unit: str
    months: int
    first: int
    last: int

    def ends(self, number: int) -> tuple[date, date]:
        """First and last day of a stretch."""
        if not self.months:
            return date.fromordinal(number), date.fromordinal(number)
        return _month_start(number * self.months), _last_before((number + 1) * self.months)


def _absolute(day: date, months: int) -> int:
    return (12 * day.year + day.month - 1) // months if months else day.toordinal()


def _month_start(month: int) -> date:
    return date(max(month // 12, 1), month % 12 + 1 if month >= 12 else 1, 1)


def _last_before(month: int) -> date:
    return date.max if month >= 12 * 10_000 else date(month // 12, month % 12 + 1, 1) - _DAY


def _grid(first: date, last: date) -> Grid:
    """The finest stretches of which there are not too many."""
    for unit, months in _UNITS:
        start, end = _absolute(first, months), _absolute(last, months)
        if end - start < MOST_BINS or unit == _UNITS[-1][0]:
            return Grid(unit, months, start, end)
    raise AssertionError(first)  # the last unit always returns


def gathered(chronicle: Chronicle, by: str, most: int) -> Bins | None:
    """The events in bins; None where none has a date. by: `kind` or `actor`; most: lanes of their own."""
    asked = chronicle.wanted
    first, last = chronicle.span()
    if first is None or last is None:
        return None
    first, last = max(first, asked.start or first), min(last, asked.end or last)
    grid = _grid(min(first, last), last)
    from onrecord.snapshot.counting import lanes  # here, so that what draws no chart loads no arrays

    held = lanes(chronicle.columns, chronicle.mask, grid, by, most)
    return Bins(by, grid.unit, grid.ends(grid.first)[0], grid.ends(grid.last)[1], held)
