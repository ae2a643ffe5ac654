"""How finely a date is known."""

from typing import Literal

from onrecord.edtf.expression import DateSet, Expression, Interval, LongYear, Moment, SeasonOfYear, moments
from onrecord.edtf.extent import meant_years

Precision = Literal[
    "second", "day", "month", "season", "quarter", "quadrimester", "semester",
    "year", "decade", "century", "millennium", "estimate", "mixed", "unspecified",
]  # fmt: skip
"""The smallest calendar unit that the text pins down, never one that it masks.

`2018-05-XX` is `month`, `201X` and `156X-12-25` are `decade`, `20XX` is `century`, `2XXX` is `millennium`; a
wholly masked year, or no moment at all (`../..`), is `unspecified`. `estimate` is a year of which only some
digits are meant and that makes no decade, century or millennium. `mixed` stands for intervals and sets whose
moments differ.
"""

_WIDTHS: dict[int, Precision] = {1: "year", 10: "decade", 100: "century", 1000: "millennium"}


def _year_precision(year: str) -> Precision:
    known = year.lstrip("-").partition("X")[0]
    return _WIDTHS.get(10 ** (4 - len(known)), "unspecified")


def _moment_precision(moment: Moment) -> Precision:
    if isinstance(moment, LongYear) or (not isinstance(moment, SeasonOfYear) and moment.significant):
        low, high = meant_years(int(moment.year), moment.significant)
        return _WIDTHS.get(high - low + 1, "estimate")
    if "X" in moment.year:
        return _year_precision(moment.year)
    if isinstance(moment, SeasonOfYear):
        ends: tuple[tuple[int, Precision], ...] = ((33, "season"), (37, "quarter"), (40, "quadrimester"))
        return next((name for end, name in ends if moment.code < end), "semester")
    if moment.month is None or "X" in moment.month:
        return "year"
    if moment.day is None or "X" in moment.day:
        return "month"
    return "second" if moment.clock else "day"


def precision_of(expression: Expression) -> Precision:
    """The precision that all moments of the expression share, `mixed` where they differ."""
    if not isinstance(expression, Interval | DateSet):
        return _moment_precision(expression)
    found = {_moment_precision(moment) for moment in moments(expression)}
    if not found:
        return "unspecified"
    return found.pop() if len(found) == 1 else "mixed"
