"""Days of the proleptic Gregorian calendar with years of any size.

`datetime.date` ends at the years 1 and 9999; EDTF does not. A day here is `(year, month, day)` with
astronomical years: year 0 is 1 BC and is a leap year (ISO 8601-1:2019, 4.2.1 and 4.3.2).
"""

import datetime as dt

Day = tuple[int, int, int]
#: First and last day, inclusive; None on a side that is open or unknown.
Extent = tuple[Day | None, Day | None]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int) -> int:
    """The number of days in the month, 1 to 12."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


def following(day: Day) -> Day:
    """The next day."""
    year, month, number = day
    if number < days_in(year, month):
        return (year, month, number + 1)
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def as_date(day: Day | None) -> dt.date | None:
    """The day as a `date`, or None where the year is outside 1 to 9999 or the side is open or unknown."""
    if day is None or not dt.MINYEAR <= day[0] <= dt.MAXYEAR:
        return None
    return dt.date(*day)


def as_day(date: dt.date | None) -> Day | None:
    """A `date` as a day; None, an unbounded side, stays None."""
    return None if date is None else (date.year, date.month, date.day)


def meet(one: Extent, other: Extent) -> bool:
    """Whether two extents share a day; None reaches infinitely far."""
    starts_in_time = one[0] is None or other[1] is None or one[0] <= other[1]
    return starts_in_time and (one[1] is None or other[0] is None or one[1] >= other[0])


def within(inner: Extent, outer: Extent) -> bool:
    """Whether every day of `inner` lies in `outer`; a side that is None lies within an unbounded one only."""
    after = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    return after and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))
