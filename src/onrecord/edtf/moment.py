"""Reads one moment: a date, a season or a long year, with its masks and marks.

Grammar: LoC EDTF specification (4 February 2019), levels 0 to 2. Where the standard is silent, the decision
`edtf-parser` says what we do.
"""

import re

from onrecord.edtf.day import MONTHS, days_in
from onrecord.edtf.error import Fault
from onrecord.edtf.expression import CalendarDate, LongYear, Mark, Moment, SeasonOfYear
from onrecord.edtf.extent import exists

#: Most digits of a year; the Big Bang needs eleven.
MAX_YEAR_DIGITS = 18

_MARKS = {"?": Mark(uncertain=True), "~": Mark(approximate=True), "%": Mark(uncertain=True, approximate=True)}
_WORD = re.compile(r"\w*")
_LONG_YEAR = re.compile(r"Y(-?)([0-9]+)(?:E([0-9]+))?(?:S([0-9]+))?")
_CLOCK = re.compile(r"T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|([+-])([0-9]{2})(?::([0-9]{2}))?)?")


class _Cursor:
    """A place in a stretch of the text; offsets are of the whole text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.at = start
        self.end = end

    def peek(self) -> str:
        return self.text[self.at] if self.at < self.end else ""

    def take(self, sign: str) -> bool:
        """Step over `sign` if it stands here."""
        if self.peek() != sign:
            return False
        self.at += 1
        return True

    def word(self) -> str:
        """Step over the letters and digits that stand here."""
        found = _WORD.match(self.text, self.at, self.end)
        assert found is not None  # noqa: S101 - the pattern matches the empty text
        self.at = found.end()
        return found.group()

    def mark(self) -> Mark:
        """Step over one qualifier, if any."""
        sign = self.peek()
        if sign not in _MARKS or not sign:
            return Mark()
        self.at += 1
        if self.peek() and self.peek() in _MARKS:
            raise Fault(self.at, "one mark a place: uncertain and approximate together are written '%'")
        return _MARKS[sign]


def read_moment(text: str, start: int, end: int, clock_allowed: bool = False) -> Moment:
    """A date, season or long year that fills `text[start:end]`."""
    cursor = _Cursor(text, start, end)
    left = cursor.mark()
    if cursor.peek() == "Y":
        moment: Moment = _read_long_year(cursor, left)
    else:
        moment = _read_calendar_date(cursor, left, clock_allowed)
    if cursor.at < end:
        raise Fault(cursor.at, f"{text[cursor.at]!r} is not expected here")
    return moment


def _read_long_year(cursor: _Cursor, left: Mark) -> LongYear:
    start = cursor.at
    written = _LONG_YEAR.match(cursor.text, start, cursor.end)
    if written is None:
        raise Fault(start, "'Y' is followed by a year of more than four digits")
    sign, digits, exponent, significant = written.groups()
    cursor.at = written.end()
    if digits.startswith("0"):
        raise Fault(start + 1 + len(sign), "a year after 'Y' has no leading zero")
    if exponent is None and len(digits) <= 4:
        raise Fault(start, "'Y' is for years of more than four digits only")
    if exponent is not None and exponent.startswith("0"):
        raise Fault(written.start(3), "the exponent is a positive number without a leading zero")
    if len(exponent or "") > 3 or len(digits) + int(exponent or 0) > MAX_YEAR_DIGITS:
        raise Fault(start, f"years are kept to {MAX_YEAR_DIGITS} digits")
    year = int(sign + digits) * 10 ** int(exponent or 0)
    count = _significant_digits(significant, year, written.start(4))
    return LongYear(year, count, (left | cursor.mark(),))


def _significant_digits(written: str | None, year: int, offset: int) -> int | None:
    if written is None:
        return None
    if written.startswith("0"):
        raise Fault(offset, "the number of significant digits is positive, without a leading zero")
    length = len(str(abs(year)))
    if len(written) > 2 or int(written) > length:
        raise Fault(offset, f"the year has {length} digits, fewer than {written} can't be significant")
    return int(written)


def _read_calendar_date(cursor: _Cursor, left: Mark, clock_allowed: bool) -> Moment:
    year, significant = _read_year(cursor)
    marks = [left | cursor.mark()]
    if significant is not None or not cursor.take("-"):
        return CalendarDate(year, None, None, tuple(marks), significant=significant)
    month_at = cursor.at + (cursor.peek() in _MARKS and cursor.peek() != "")
    month = _read_component(cursor, marks, "month")
    if "X" not in month and 21 <= int(month) <= 41:
        if cursor.peek() == "-":
            raise Fault(cursor.at, "a season or other part of a year has no day")
        return SeasonOfYear(year, int(month), tuple(marks))
    if not exists(CalendarDate(f"{0:04}", month, None, ())):
        raise Fault(month_at, _month_message(month))
    if not cursor.take("-"):
        return CalendarDate(year, month, None, tuple(marks))
    day_at = cursor.at + (cursor.peek() in _MARKS and cursor.peek() != "")
    day = _read_component(cursor, marks, "day")
    date = CalendarDate(year, month, day, tuple(marks))
    if not exists(date):
        raise Fault(day_at, _day_message(date))
    if cursor.peek() == "T":
        if date.masked or any(marks):
            raise Fault(cursor.at, "a time of day follows a complete date without marks")
        if not clock_allowed:
            raise Fault(cursor.at, "intervals and sets hold dates without a time of day")
        return CalendarDate(year, month, day, tuple(marks), clock=_read_clock(cursor))
    return date


def _read_year(cursor: _Cursor) -> tuple[str, int | None]:
    """Four characters with an optional minus sign, and the number of significant digits."""
    start = cursor.at
    sign = "-" if cursor.take("-") else ""
    digits, has_suffix, suffix = cursor.word().partition("S")
    if re.fullmatch(r"[0-9X]{4}", digits) is None:
        raise Fault(start, _year_message(digits, cursor))
    if sign and digits == "0000":
        raise Fault(start, "year 0 has no minus sign")
    if not has_suffix:
        return sign + digits, None
    offset = start + len(sign) + 5
    if "X" in digits or re.fullmatch(r"[0-9]+", suffix) is None:
        raise Fault(offset - 1, "'S' and the number of significant digits follow a year written in full")
    return sign + digits, _significant_digits(suffix, int(sign + digits), offset)


def _year_message(word: str, cursor: _Cursor) -> str:
    if re.fullmatch(r"[0-9]{8}|[0-9]{6}", word):
        return "year, month and day are joined by hyphens"
    if re.fullmatch(r"[0-9]{5,}", word):
        return "a year of more than four digits begins with 'Y'"
    if re.fullmatch(r"[0-9xuXU]{4}", word):
        return "a digit that is not known is a capital 'X'"
    if re.fullmatch(r"[0-9]{1,3}", word):
        return "a year has four digits"
    if word and not re.fullmatch(r"[0-9X]*", word):
        return f"a date begins with a year of four digits, not with {word!r}"
    found = cursor.peek()
    return f"a year of four digits is expected{f', not {found!r}' if found else ''}"


def _read_component(cursor: _Cursor, marks: list[Mark], name: str) -> str:
    """Two characters of month or day; adds its mark and spreads a mark on the right to all before it."""
    own = cursor.mark()
    start = cursor.at
    word = cursor.word()
    if name == "day" and "T" in word:
        cursor.at = start + word.index("T")
        word = word.partition("T")[0]
    if re.fullmatch(r"[0-9X]{2}", word) is None:
        raise Fault(start, _component_message(word, name))
    marks.append(own)
    right = cursor.mark()
    marks[:] = [mark | right for mark in marks]
    return word


def _component_message(word: str, name: str) -> str:
    limits = "01 to 12, or 21 to 41 for a part of the year" if name == "month" else "01 to 31"
    if re.fullmatch(r"[0-9xuXU]{2}", word):
        return "a digit that is not known is a capital 'X'"
    return f"a {name} has two digits, {limits}, not {word!r}" if word else f"a {name} is expected, {limits}"


def _month_message(month: str) -> str:
    if "X" in month:
        return f"no month fits {month!r}; months are 01 to 12"
    return f"there is no month {month}; months are 01 to 12, parts of the year 21 to 41"


def _day_message(date: CalendarDate) -> str:
    month, day = date.month or "", date.day or ""
    if "X" in date.year + month + day:
        return f"no day fits {day!r} in that month of any such year"
    if not 1 <= int(day) <= 31:
        return f"there is no day {day}; days are 01 to 31"
    if month == "02" and day == "29":
        return f"{int(date.year)} is not a leap year; its February has 28 days"
    return f"{MONTHS[int(month) - 1]} {int(date.year)} has {days_in(int(date.year), int(month))} days"


def _read_clock(cursor: _Cursor) -> str:
    """The time of day as written, without its `T` (LoC EDTF, Level 0, Date and Time)."""
    offset = cursor.at
    written = _CLOCK.match(cursor.text, offset, cursor.end)
    if written is None:
        raise Fault(offset, "a time is written Thh:mm:ss, then nothing, 'Z' or a shift such as '+01:00'")
    hour, minute, second = (int(written.group(number)) for number in (1, 2, 3))
    if hour > 23 or minute > 59 or second > 60 or (second == 60 and minute != 59):
        raise Fault(offset + 1, "there is no such time; hours are 00 to 23, minutes and seconds 00 to 59")
    if written.group(5):
        shift = int(written.group(6)) * 60 + int(written.group(7) or 0)
        if shift > 14 * 60 or int(written.group(7) or 0) > 59 or (shift == 0 and written.group(5) == "-"):
            raise Fault(written.start(4), "there is no such time shift; they run from -14:00 to +14:00")
    cursor.at = written.end()
    return written.group()[1:]
