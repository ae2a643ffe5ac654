"""Which days an expression can mean: its hull, its pieces, and whether it meets an asked stretch of time.

Masked digits leave gaps (`156X-12-25` is ten days in ten years), so do sets. The answers here respect the
gaps.
"""

from collections.abc import Iterable, Iterator
from itertools import islice, product

from onrecord.edtf.day import Day, Extent, days_in, following, meet, within
from onrecord.edtf.expression import (
    CalendarDate,
    DateSet,
    Expression,
    Interval,
    LongYear,
    Member,
    Moment,
    SeasonOfYear,
)

#: First month and length in months of each sub-year grouping (LoC EDTF, Level 2, Sub-year groupings). The
#: standard gives seasons no months; ours are whole months, the northern ones for 21 to 24. A season that
#: begins in December ends in the next year. Decision edtf-parser.
SEASONS: dict[int, tuple[int, int]] = {
    **{code: (3 * (code - 21) % 12 + 3, 3) for code in range(21, 25)},
    **{code: (3 * (code - 25) % 12 + 3, 3) for code in range(25, 29)},
    **{code: (3 * (code - 27) % 12 + 3, 3) for code in range(29, 33)},
    **{code: (3 * (code - 33) + 1, 3) for code in range(33, 37)},
    **{code: (4 * (code - 37) + 1, 4) for code in range(37, 40)},
    **{code: (6 * (code - 40) + 1, 6) for code in range(40, 42)},
}


def fitting(mask: str, low: int, high: int) -> list[int]:
    """The numbers from `low` to `high` that a two-digit mask such as `1X` or `XX` allows."""
    if "X" not in mask:
        return [int(mask)] if low <= int(mask) <= high else []
    return [
        number
        for number in range(low, high + 1)
        if all(sign in ("X", digit) for sign, digit in zip(mask, f"{number:02}", strict=True))
    ]


def years_of(mask: str) -> list[int]:
    """The years, in order, that four characters with an optional minus sign allow; `X` is any digit."""
    digits = mask.lstrip("-")
    choices = product(*("0123456789" if sign == "X" else sign for sign in digits))
    years = [int(digits)] if "X" not in digits else [int("".join(choice)) for choice in choices]
    return [-year for year in reversed(years) if year] if mask.startswith("-") else years


def meant_years(year: int, significant: int | None) -> tuple[int, int]:
    """First and last year of an estimate (LoC EDTF, Level 2, Significant digits)."""
    if significant is None:
        return year, year
    width = 10 ** (len(str(abs(year))) - significant)
    low = abs(year) // width * width
    return (low, low + width - 1) if year >= 0 else (-(low + width - 1), -low)


def _season_extent(year: int, code: int) -> tuple[Day, Day]:
    first, length = SEASONS[code]
    over, last = divmod(first + length - 2, 12)
    return (year, first, 1), (year + over, last + 1, days_in(year + over, last + 1))


def _year_slots(moment: CalendarDate, year: int) -> Iterator[tuple[Day, Day]]:
    """The stretches of one year that fit, one for each month or day that is as finely written."""
    if moment.month is None:
        yield (year, 1, 1), (year, 12, 31)
        return
    for month in fitting(moment.month, 1, 12):
        length = days_in(year, month)
        if moment.day is None:
            yield (year, month, 1), (year, month, length)
        else:
            for day in fitting(moment.day, 1, length):
                yield (year, month, day), (year, month, day)


def slots(moment: Moment, years: Iterable[int] | None = None) -> Iterator[tuple[Day, Day]]:
    """Every stretch that a moment can mean, in the order of `years` (all that fit, if None).

    A year with significant digits is one stretch.
    """
    if isinstance(moment, LongYear) or (isinstance(moment, CalendarDate) and moment.significant):
        low, high = meant_years(int(moment.year), moment.significant)
        yield (low, 1, 1), (high, 12, 31)
        return
    for year in years_of(moment.year) if years is None else years:
        if isinstance(moment, SeasonOfYear):
            yield _season_extent(year, moment.code)
        else:
            yield from _year_slots(moment, year)


def exists(moment: Moment) -> bool:
    """Whether the calendar holds any day that fits."""
    return next(slots(moment), None) is not None


def moment_hull(moment: Moment) -> Extent:
    """First and last day that a moment can mean; a wholly masked year leaves both unknown."""
    if not isinstance(moment, LongYear) and not moment.year_known:
        return None, None
    first = next(slots(moment))[0]
    if isinstance(moment, LongYear):
        return first, next(slots(moment))[1]
    for year in reversed(years_of(moment.year)):
        fitting_slots = list(slots(moment, (year,)))
        if fitting_slots:
            return first, fitting_slots[-1][1]
    raise AssertionError(moment)  # the reader refuses moments that fit no day


def member_hull(member: Member) -> Extent:
    """First and last day of an element of a set; a double dot leaves its side open."""
    first = None if member.first is None else moment_hull(member.first)[0]
    last = None if member.last is None else moment_hull(member.last)[1]
    return first, last


def _interval_hull(interval: Interval) -> Extent:
    start, end = interval.start, interval.end
    first = None if start.moment is None or start.earlier else moment_hull(start.moment)[0]
    last = None if end.moment is None or end.later else moment_hull(end.moment)[1]
    return first, last


def hull(expression: Expression) -> Extent:
    """First and last day that the expression can mean; None where a side is open or unknown."""
    if isinstance(expression, Interval):
        return _interval_hull(expression)
    if isinstance(expression, DateSet):
        hulls = [member_hull(member) for member in expression.members]
        firsts = [first for first, _ in hulls if first is not None]
        lasts = [last for _, last in hulls if last is not None]
        return (
            min(firsts) if len(firsts) == len(hulls) else None,
            max(lasts) if len(lasts) == len(hulls) else None,
        )
    return moment_hull(expression)


def _window(moment: Moment, asked: Extent) -> list[int] | None:
    """The years of a masked moment worth trying for an asked stretch; None for a moment without a mask."""
    if isinstance(moment, LongYear) or "X" not in moment.year:
        return None
    low, high = asked
    return [
        year
        for year in years_of(moment.year)
        if (low is None or year >= low[0] - 1)
        and (high is None or year <= high[0])  # a winter began last year
    ]


def _moment_meets(moment: Moment, asked: Extent) -> bool:
    return any(meet(slot, asked) for slot in slots(moment, _window(moment, asked)))


def _member_meets(member: Member, asked: Extent) -> bool:
    if member.single and member.first is not None:
        return _moment_meets(member.first, asked)
    return meet(member_hull(member), asked)


def can_meet(expression: Expression, asked: Extent) -> bool:
    """Whether some day that the expression can mean lies in the asked stretch."""
    if isinstance(expression, Interval):
        return meet(_interval_hull(expression), asked)
    if isinstance(expression, DateSet):
        return any(_member_meets(member, asked) for member in expression.members)
    return _moment_meets(expression, asked)


def must_lie_within(expression: Expression, asked: Extent) -> bool:
    """Whether every day that the expression can mean lies in the asked stretch."""
    return within(hull(expression), asked)


def _pieces(expression: Expression) -> Iterator[Extent]:
    if isinstance(expression, Interval):
        yield _interval_hull(expression)
    elif isinstance(expression, DateSet):
        for member in expression.members:
            if member.single and member.first is not None:
                yield from _pieces(member.first)
            else:
                yield member_hull(member)
    elif not isinstance(expression, LongYear) and not expression.year_known:
        yield (None, None)
    else:
        yield from _joined(slots(expression))


def _joined(extents: Iterable[Extent]) -> Iterator[Extent]:
    """Extents in order of their first days, those that overlap or touch made one."""
    current: Extent | None = None
    for extent in extents:
        if current is None:
            current = extent
        elif current[1] is None or extent[0] is None or extent[0] <= following(current[1]):
            last = None if current[1] is None or extent[1] is None else max(current[1], extent[1])
            current = (current[0], last)
        else:
            yield current
            current = extent
    if current is not None:
        yield current


def pieces(expression: Expression, limit: int) -> tuple[tuple[Extent, ...], bool]:
    """The stretches without gaps that the expression can mean, in order, and whether they are all told apart.

    Beyond `limit` stretches the hull is the one piece, and the second value is False. A wholly masked year
    is one stretch, unknown on both sides.
    """
    found = list(islice(_pieces(expression), limit + 1))
    if len(found) > limit:
        return (hull(expression),), False
    found.sort(key=lambda extent: (extent[0] is not None, extent[0] or (0, 0, 0)))
    told_apart = isinstance(expression, Interval | DateSet | LongYear) or expression.year_known
    return tuple(_joined(found)), told_apart
