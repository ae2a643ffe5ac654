"""What an EDTF text says, as a tree of frozen values: dates, seasons, long years, intervals and sets.

Names follow the Library of Congress specification of 4 February 2019 and ISO 8601-2:2019, Annex A.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mark:
    """The qualification of one component: `?` uncertain, `~` approximate, `%` both."""

    uncertain: bool = False
    approximate: bool = False

    def __or__(self, other: "Mark") -> "Mark":
        return Mark(self.uncertain or other.uncertain, self.approximate or other.approximate)

    def __bool__(self) -> bool:
        return self.uncertain or self.approximate


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A year, a month or a day, any digit of which may be masked with `X`; perhaps with a time of day.

    `year` is four characters with an optional minus sign, `month` and `day` two. `significant` is the number
    of digits of a plain year that are meant (`1950S2`). `marks` has one entry a component.
    """

    year: str
    month: str | None
    day: str | None
    marks: tuple[Mark, ...]
    clock: str | None = None
    significant: int | None = None

    @property
    def year_known(self) -> bool:
        """False for a wholly masked year: the text does not give the year."""
        return self.year.lstrip("-") != "XXXX"

    @property
    def masked(self) -> bool:
        """Whether any digit is masked."""
        return "X" in self.year + (self.month or "") + (self.day or "")


@dataclass(frozen=True, slots=True)
class SeasonOfYear:
    """A sub-year grouping: codes 21 to 41 in the month's place."""

    year: str
    code: int
    marks: tuple[Mark, ...]

    @property
    def year_known(self) -> bool:
        """False for a wholly masked year."""
        return self.year.lstrip("-") != "XXXX"


@dataclass(frozen=True, slots=True)
class LongYear:
    """A year of more than four digits or in exponential form: the value, and how many digits are meant."""

    year: int
    significant: int | None
    marks: tuple[Mark, ...]


Moment = CalendarDate | SeasonOfYear | LongYear


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One end of an interval: a moment, open (`..`) or unknown (nothing written).

    `earlier` and `later` are the double dots that ISO 8601-2:2019, 10.6, allows on an end: on or before, on
    or after.
    """

    moment: Moment | None
    is_open: bool = False
    earlier: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time from somewhere in `start` to somewhere in `end`."""

    start: Endpoint
    end: Endpoint


@dataclass(frozen=True, slots=True)
class Member:
    """One element of a set: a moment (`first is last`) or all from `first` to `last`; None is `..`."""

    first: Moment | None
    last: Moment | None

    @property
    def single(self) -> bool:
        """Whether this is one moment and not a range."""
        return self.first is self.last


@dataclass(frozen=True, slots=True)
class DateSet:
    """`[…]`, one of the members, or `{…}`, all of them."""

    kind: Literal["one-of", "all-of"]
    members: tuple[Member, ...]


Expression = Moment | Interval | DateSet


def moments(expression: Expression) -> tuple[Moment, ...]:
    """Every moment that the expression names, in the order written."""
    if isinstance(expression, Interval):
        ends = (expression.start.moment, expression.end.moment)
        return tuple(moment for moment in ends if moment is not None)
    if isinstance(expression, DateSet):
        found: list[Moment] = []
        for member in expression.members:
            pair = (member.first,) if member.single else (member.first, member.last)
            found.extend(moment for moment in pair if moment is not None)
        return tuple(found)
    return (expression,)
