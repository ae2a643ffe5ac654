"""Reads EDTF text into an expression, by recursive descent, and knows the column of every fault.

Grammar: LoC EDTF specification (4 February 2019), levels 0 to 2, with the double-dot ends of ISO
8601-2:2019, 10.6. Where the standard is silent, decision edtf-parser says what we do.
"""

import re
from typing import Literal

from onrecord.edtf.error import Fault
from onrecord.edtf.expression import (
    DateSet,
    Endpoint,
    Expression,
    Interval,
    LongYear,
    Member,
    Moment,
    SeasonOfYear,
)
from onrecord.edtf.extent import moment_hull
from onrecord.edtf.moment import read_moment

#: Longest text that is read; no date in use comes near, and it bounds the work for hostile input.
MAX_LENGTH = 200

#: A word of three letters or more, not all of them signs of EDTF, or a word before a space at the beginning
#: (`c. 2018`).
_WORDING = re.compile(r"((?=[^\W\d_]*[^\W\d_XxUuSTYE])[^\W\d_]{3,}|^[^\W\d_]+\.?\s)")


def read(text: str) -> Expression:
    """The expression that the text writes; `Fault` where it writes none."""
    if len(text) > MAX_LENGTH:
        raise Fault(MAX_LENGTH, f"a date has at most {MAX_LENGTH} characters, this text has {len(text)}")
    if not text.strip():
        raise Fault(0, "nothing is written; leave the date out where nothing is known")
    wording = _WORDING.search(text)
    if wording is not None:
        raise Fault(
            wording.start(1),
            "a date is written in figures and signs: YYYY-MM-DD, ~ for about, ? for perhaps",
        )
    for offset, sign in enumerate(text):
        if sign.isspace():
            raise Fault(offset, _space_message(text, offset))
    if text[0] in "[{":
        return _read_set(text)
    if "/" in text:
        return _read_interval(text)
    return read_moment(text, 0, len(text), clock_allowed=True)


def _space_message(text: str, offset: int) -> str:
    if not text[offset:].strip():
        return "a space after the date"
    if not text[:offset].strip():
        return "a space before the date"
    return "no spaces are allowed inside a date"


def _read_interval(text: str) -> Interval:
    middle = text.index("/")
    second = text.find("/", middle + 1)
    if second >= 0:
        raise Fault(second, "an interval has one '/', between its two ends")
    start, end = _read_endpoint(text, 0, middle), _read_endpoint(text, middle + 1, len(text))
    if start.moment is None and end.moment is None and not (start.is_open or end.is_open):
        raise Fault(0, "both ends unknown says nothing; leave the date out where nothing is known")
    _check_order(start, end, middle + 1)
    return Interval(start, end)


def _read_endpoint(text: str, start: int, end: int) -> Endpoint:
    written = text[start:end]
    if written in ("", ".."):
        return Endpoint(None, is_open=bool(written))
    earlier = written.startswith("..")
    later = not earlier and written.endswith("..")
    moment = read_moment(text, start + 2 * earlier, end - 2 * later)
    return Endpoint(moment, earlier=earlier, later=later)


def _check_order(start: Endpoint, end: Endpoint, offset: int) -> None:
    if start.moment is None or end.moment is None or start.earlier or end.later:
        return
    first, last = moment_hull(start.moment)[0], moment_hull(end.moment)[1]
    if first is not None and last is not None and last < first:
        raise Fault(offset, "the interval ends before it starts")


def _read_set(text: str) -> DateSet:
    closing = "]" if text[0] == "[" else "}"
    kind: Literal["one-of", "all-of"] = "one-of" if text[0] == "[" else "all-of"
    if text[-1] != closing or len(text) == 1:
        raise Fault(len(text) - 1, f"a set that begins with {text[0]!r} ends with {closing!r}")
    if len(text) == 2:
        raise Fault(1, "a set has at least one member")
    if "/" in text:
        raise Fault(text.index("/"), "a set holds no intervals; write a range with '..'")
    members: list[Member] = []
    offset, parts = 1, text[1:-1].split(",")
    for number, part in enumerate(parts):
        is_first, is_last = number == 0, number == len(parts) - 1
        members.append(_read_member(text, offset, offset + len(part), is_first, is_last))
        offset += len(part) + 1
    return DateSet(kind, tuple(members))


def _read_member(text: str, start: int, end: int, is_first: bool, is_last: bool) -> Member:
    if start == end:
        raise Fault(start, "a member of the set is missing")
    dots = text.find("..", start, end)
    if dots < 0:
        moment = read_moment(text, start, end)
        return Member(moment, moment)
    if end - start == 2:
        raise Fault(start, "'..' needs a date before or after it")
    if dots == start and not is_first:
        raise Fault(start, "'..' with nothing before it (on or before) stands only at the beginning of a set")
    if dots == end - 2 and not is_last:
        raise Fault(dots, "'..' with nothing after it (on or after) stands only at the end of a set")
    first = read_moment(text, start, dots) if dots > start else None
    last = read_moment(text, dots + 2, end) if dots < end - 2 else None
    if first is not None and last is not None:
        _check_range(first, last, dots)
    return Member(first, last)


def _check_range(first: Moment, last: Moment, dots: int) -> None:
    if _fineness(first) != _fineness(last):
        raise Fault(dots, "both ends of '..' have the same precision (LoC EDTF, Set representation, rule 7)")
    earliest, latest = moment_hull(first)[0], moment_hull(last)[1]
    if earliest is not None and latest is not None and latest < earliest:
        raise Fault(dots + 2, "the range ends before it starts")


def _fineness(moment: Moment) -> str:
    """What both ends of a range share: the components written, and the kind of sub-year grouping."""
    if isinstance(moment, LongYear):
        return "year"
    if isinstance(moment, SeasonOfYear):
        groups = ((25, "season"), (29, "northern"), (33, "southern"), (37, "quarter"), (40, "quadrimester"))
        return next((name for end, name in groups if moment.code < end), "semester")
    return "year" if moment.month is None else "month" if moment.day is None else "day"
