"""A whole expression in plain English: moments with their notes, intervals and sets."""

from dataclasses import replace

from onrecord.edtf.expression import (
    CalendarDate,
    DateSet,
    Endpoint,
    Expression,
    Interval,
    Member,
    Moment,
    SeasonOfYear,
    moments,
)
from onrecord.edtf.phrase import Style, any_of, marked, marked_briefly, phrase, style_for

__all__ = ["abbreviate", "describe", "style_for"]


def describe(expression: Expression, style: Style) -> str:
    """The expression in full, with what it leaves open."""
    if isinstance(expression, Interval):
        return _interval(expression, style)
    if isinstance(expression, DateSet):
        return _one_of(expression, style) if expression.kind == "one-of" else _all_of(expression, style)
    return _moment(expression, style)


def _moment(moment: Moment, style: Style) -> str:
    words, left_out = phrase(moment, style)
    is_marked = any(moment.marks)
    words, note = marked(moment, words)
    notes = [note] if note else []
    if left_out == "day" or (left_out and not is_marked):  # a marked year says enough by itself
        notes.append(f"{left_out} not stated")
    return f"{words} ({'; '.join(notes)})" if notes else words


def _inline(moment: Moment, style: Style) -> str:
    """A moment inside an interval or set, where one note at the end tells what is left out."""
    words, note = marked(moment, phrase(moment, style).words)
    return f"{words} ({note})" if note else words


def _lacks_day(moment: Moment | None, style: Style) -> bool:
    return moment is not None and phrase(moment, style).left_out == "day"


def _interval(interval: Interval, style: Style) -> str:
    start, end = interval.start, interval.end
    if start.moment is not None and end.moment is not None:
        words = f"from {_endpoint(start, style)} to {_endpoint(end, style)}"
    elif start.moment is not None:
        words = f"from {_endpoint(start, style)}, end {_absence(end)}"
    elif end.moment is not None:
        words = f"to {_endpoint(end, style)}, start {_absence(start)}"
    elif start.is_open and end.is_open:
        words = "start and end open"
    else:
        words = f"start {_absence(start)}, end {_absence(end)}"
    return words + _interval_note(start, end, style)


def _absence(endpoint: Endpoint) -> str:
    return "open" if endpoint.is_open else "not known"


def _endpoint(endpoint: Endpoint, style: Style) -> str:
    assert endpoint.moment is not None  # noqa: S101 - asked for dated ends only
    bound = " or earlier" if endpoint.earlier else " or later" if endpoint.later else ""
    return _inline(endpoint.moment, style) + bound


def _interval_note(start: Endpoint, end: Endpoint, style: Style) -> str:
    lacking = _lacks_day(start.moment, style), _lacks_day(end.moment, style)
    if not any(lacking):
        return ""
    if all(lacking):
        return " (days not stated)"
    if start.moment is None or end.moment is None:
        return " (day not stated)"
    return f" (day of the {'start' if lacking[0] else 'end'} not stated)"


def _plain(moment: Moment) -> bool:
    """Whether a moment is a calendar date without masks, marks or significant digits."""
    if not isinstance(moment, CalendarDate):
        return False
    return not moment.masked and not any(moment.marks) and moment.significant is None


def _range_words(first: Moment, last: Moment, style: Style) -> tuple[str, str]:
    """Both ends, the first without what it shares with the last: `24` and `26 January 2017`."""
    whole = _inline(first, style), _inline(last, style)
    if not (
        isinstance(first, CalendarDate) and isinstance(last, CalendarDate) and _plain(first) and _plain(last)
    ):
        return whole
    if first.month is None or first.year != last.year or (first.day is None) != (last.day is None):
        return whole
    month = style.month(int(first.month))
    if first.day is None:
        return month, whole[1]
    day = str(int(first.day))
    if first.month != last.month:
        return f"{day} {month}" if style.day_first else f"{month} {day}", whole[1]
    if style.day_first:
        return day, whole[1]
    return f"{month} {day}", whole[1].removeprefix(f"{month} ")


def _unit(moment: Moment) -> str:
    if isinstance(moment, SeasonOfYear):
        return "season" if moment.code < 33 else "part of the year"
    if not isinstance(moment, CalendarDate) or moment.month is None:
        return "year"
    return "month" if moment.day is None else "day"


def _member(member: Member, style: Style, before: str, after: str) -> str:
    if member.first is None and member.last is not None:
        return f"{_inline(member.last, style)} {before}"
    if member.first is not None and member.last is None:
        return f"{_inline(member.first, style)} {after}"
    assert member.first is not None and member.last is not None  # noqa: S101, PT018 - '..' alone is refused
    if member.single:
        return _inline(member.first, style)
    return " to ".join(_range_words(member.first, member.last, style))


def _only_range(date_set: DateSet) -> tuple[Moment, Moment] | None:
    """The two ends, where the set is a single closed range."""
    member = date_set.members[0]
    if len(date_set.members) > 1 or member.single or member.first is None or member.last is None:
        return None
    return member.first, member.last


def _set_note(date_set: DateSet, style: Style) -> str:
    count = sum(_lacks_day(moment, style) for moment in moments(date_set))
    return "" if count == 0 else " (day not stated)" if count == 1 else " (days not stated)"


def _one_of(date_set: DateSet, style: Style) -> str:
    ends = _only_range(date_set)
    if ends is not None:
        first, last = _range_words(*ends, style)
        return f"between {first} and {last} (one {_unit(ends[0])}, not known which)"
    items = [_member(member, style, "or earlier", "or later") for member in date_set.members]
    words = any_of(items)
    if len(items) == 2:
        words = f"either {words}"
    elif len(items) > 2:
        words = f"one of: {words}"
    return words + _set_note(date_set, style)


def _all_of(date_set: DateSet, style: Style) -> str:
    ends = _only_range(date_set)
    if ends is not None:
        first, last = _range_words(*ends, style)
        return f"every {_unit(ends[0])} from {first} to {last}"
    items = [_member(member, style, "and all before", "and all after") for member in date_set.members]
    words = any_of(items, "and")
    if len(items) == 2:
        words = f"both {words}"
    elif len(items) > 2:
        words = f"all of: {words}"
    return words + _set_note(date_set, style)


def abbreviate(expression: Expression, style: Style) -> str:
    """The expression in few characters."""
    style = replace(style, brief=True)
    if isinstance(expression, Interval):
        return _brief_interval(expression, style)
    if isinstance(expression, DateSet):
        return _brief_set(expression, style)
    return _brief_moment(expression, style)


def _brief_moment(moment: Moment, style: Style) -> str:
    return marked_briefly(moment, phrase(moment, style).words)


def _brief_range(first: Moment, last: Moment, style: Style) -> tuple[str, str]:
    if _plain(first) and _plain(last):
        return _range_words(first, last, style)
    return _brief_moment(first, style), _brief_moment(last, style)


def _brief_interval(interval: Interval, style: Style) -> str:
    start, end = interval.start, interval.end
    if start.moment is not None and end.moment is not None:
        first, last = _brief_moment(start.moment, style), _brief_moment(end.moment, style)
        if not (start.earlier or start.later or end.earlier or end.later):
            first, last = _brief_range(start.moment, end.moment, style)
        return f"{_brief_bound(start)}{first} to {_brief_bound(end)}{last}"
    if start.moment is not None:
        words = _brief_moment(start.moment, style)
        return f"from {words}" if end.is_open else f"{words} to ?"
    if end.moment is not None:
        words = _brief_moment(end.moment, style)
        return f"to {words}" if start.is_open else f"? to {words}"
    if start.is_open and end.is_open:
        return "open"
    return f"{'open' if start.is_open else '?'} to {'open' if end.is_open else '?'}"


def _brief_bound(endpoint: Endpoint) -> str:
    return "≤ " if endpoint.earlier else "≥ " if endpoint.later else ""


def _brief_member(member: Member, style: Style) -> str:
    if member.first is None and member.last is not None:
        return f"≤ {_brief_moment(member.last, style)}"
    if member.first is not None and member.last is None:
        return f"≥ {_brief_moment(member.first, style)}"
    assert member.first is not None and member.last is not None  # noqa: S101, PT018 - '..' alone is refused
    if member.single:
        return _brief_moment(member.first, style)
    first, last = _brief_range(member.first, member.last, style)
    return f"{first}–{last}" if " " not in first else f"{first} – {last}"


def _brief_set(date_set: DateSet, style: Style) -> str:
    items = [_brief_member(member, style) for member in date_set.members]
    if date_set.kind == "one-of":
        return " or ".join(items)
    return f"all {items[0]}" if len(items) == 1 else " + ".join(items)
