"""Properties that hold for every text and every date."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.edtf import Edtf, EdtfError, parse, possible, sure

MARKS = st.sampled_from(["", "", "", "?", "~", "%"])
YEARS = st.one_of(
    st.integers(1, 9999).map(lambda year: f"{year:04}"),
    st.sampled_from(["201X", "20XX", "1XXX", "20X8", "1XX3", "156X", "-156X", "-0044", "0000", "XXXX"]),
)
MONTHS = st.one_of(
    st.integers(1, 12).map(lambda month: f"{month:02}"), st.sampled_from(["XX", "0X", "1X", "X2"])
)
DAYS = st.one_of(
    st.integers(1, 28).map(lambda day: f"{day:02}"), st.sampled_from(["XX", "0X", "1X", "2X", "X5"])
)
SEASONS = st.integers(21, 41).map(str)
YEAR_ONLY = st.builds("{}{}".format, YEARS, MARKS)
MONTH_DATES = st.builds("{}{}{}-{}{}{}".format, MARKS, YEARS, MARKS, MARKS, MONTHS, MARKS)
DAY_DATES = st.builds("{}{}-{}{}-{}{}{}".format, MARKS, YEARS, MONTHS, MARKS, MARKS, DAYS, MARKS)
SEASON_DATES = st.builds("{}-{}{}".format, YEARS, SEASONS, MARKS)
LONG_YEARS = st.builds("Y{}{}{}".format, st.sampled_from(["", "-"]), st.integers(10000, 10**9), MARKS)
MOMENTS = st.one_of(YEAR_ONLY, MONTH_DATES, DAY_DATES, SEASON_DATES, LONG_YEARS)
INTERVALS = st.builds("{}/{}".format, st.one_of(MOMENTS, st.sampled_from(["", ".."])), MOMENTS) | MOMENTS.map(
    "{}/..".format
)
SETS = st.builds(
    lambda brackets, members, first, last: brackets[0] + first + ",".join(members) + last + brackets[1],
    st.sampled_from(["[]", "{}"]),
    st.lists(MOMENTS, min_size=1, max_size=4),
    st.sampled_from(["", ".."]),
    st.just(""),
)
NEARLY = st.text(alphabet="0123456789-/.XxuYES?~%[]{},T:Z+ ", max_size=24)
WORDS = st.lists(
    st.sampled_from(
        ["c.", "May", "9", "2018", "the", "2010s", "from", "to", "between", "and", "spring", "?", "-", "/"]
    ),
    max_size=8,
).map(" ".join)
DATES = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
BOUNDS = st.none() | DATES


def _parsed(text: str) -> Edtf | None:
    """The date, or None where the pieces make none (an interval that ends before it starts)."""
    try:
        return parse(text)
    except EdtfError as error:
        if "before it starts" not in error.message:
            raise
        return None


GRAMMATICAL = st.one_of(MOMENTS, INTERVALS, SETS).map(_parsed).filter(lambda date: date is not None)


@given(st.one_of(st.text(max_size=40), NEARLY, WORDS))
def test_any_text_is_a_date_or_an_edtf_error_with_a_column_in_the_text(text: str) -> None:
    fault = None
    try:
        date = parse(text)
    except EdtfError as error:
        fault = error
    if fault is None:
        assert date.text == text
    else:
        assert 1 <= fault.column <= len(text) + 1
        assert fault.suggestion is None or parse(fault.suggestion).text == fault.suggestion


@given(GRAMMATICAL)
def test_the_earliest_day_is_not_after_the_latest(date: Edtf) -> None:
    first, last = date.extent
    assert first is None or last is None or first <= last
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest


@given(GRAMMATICAL)
def test_bounds_written_as_an_interval_have_the_same_bounds(date: Edtf) -> None:
    start, end = ("" if bound is None else bound.isoformat() for bound in (date.earliest, date.latest))
    if start or end:
        again = parse(f"{start}/{end}")
        assert (again.earliest, again.latest) == (date.earliest, date.latest)


@given(GRAMMATICAL, GRAMMATICAL, GRAMMATICAL)
def test_the_order_is_total_and_agrees_with_the_bounds(one: Edtf, two: Edtf, three: Edtf) -> None:
    ordered = sorted([one, two, three], key=lambda date: date.sort_key)
    assert ordered == sorted([three, one, two], key=lambda date: date.sort_key)
    assert (one.sort_key == two.sort_key) == (one.text == two.text)
    starts = [date.extent[0] for date in ordered]
    known = [start for start in starts if start is not None]
    assert known == sorted(known)
    assert starts[len(starts) - len(known) :] == known, "a missing start comes first"


@given(GRAMMATICAL, BOUNDS, BOUNDS)
def test_what_is_sure_is_possible(date: Edtf, start: dt.date | None, end: dt.date | None) -> None:
    if sure(date, start, end):
        assert possible(date, start, end)


@given(GRAMMATICAL)
def test_a_date_is_sure_in_its_own_bounds_and_not_possible_beyond_them(date: Edtf) -> None:
    start, end = date.earliest, date.latest
    if start is not None and end is not None:
        assert sure(date, start, end)
    assert sure(date, None, None)
    assert possible(date, None, None)
    if start is not None and start > dt.date.min:
        assert not possible(date, None, start - dt.timedelta(days=1))
    if end is not None and end < dt.date.max:
        assert not possible(date, end + dt.timedelta(days=1), None)


@given(GRAMMATICAL, DATES, DATES)
def test_a_narrower_question_is_never_answered_more_widely(date: Edtf, one: dt.date, two: dt.date) -> None:
    start, end = sorted((one, two))
    if possible(date, start, end):
        assert possible(date, start, None)
        assert possible(date, None, end)
    if sure(date, start, end):
        assert sure(date, start, None)
        assert sure(date, None, end)


MASKS = st.builds(
    "{}-{}-{}".format,
    st.sampled_from(["2016", "2017", "201X", "20X6", "XXXX"]),
    st.sampled_from(["02", "05", "XX", "0X", "1X", "X2"]),
    st.sampled_from(["09", "29", "XX", "0X", "3X", "X1"]),
)


@given(MASKS, st.dates(dt.date(2014, 1, 1), dt.date(2018, 12, 31)), st.integers(0, 400))
def test_masks_agree_with_looking_at_every_day(mask: str, start: dt.date, length: int) -> None:
    pattern = re.compile(mask.replace("X", "."))
    days = [start + dt.timedelta(days=number) for number in range(length + 1)]
    expected = any(pattern.fullmatch(day.isoformat()) for day in days)
    try:
        date = parse(mask)
    except EdtfError:
        assert not expected
        return
    assert possible(date, days[0], days[-1]) == expected


@given(MASKS, st.dates(dt.date(2014, 1, 1), dt.date(2018, 12, 31)))
def test_spans_hold_exactly_the_days_that_fit(mask: str, day: dt.date) -> None:
    try:
        date = parse(mask)
    except EdtfError:
        return
    held = any((first or dt.date.min) <= day <= (last or dt.date.max) for first, last in date.spans)
    fits = re.fullmatch(mask.replace("X", "."), day.isoformat()) is not None
    assert held == fits if date.spans_complete else held >= fits


@given(GRAMMATICAL, st.sampled_from(["en-GB", "en-US"]))
def test_every_date_can_be_displayed_and_its_marks_are_seen(date: Edtf, locale: str) -> None:
    words, short = date.display(locale), date.short(locale)
    assert words.strip() == words != ""
    assert short.strip() == short != ""
    assert date.approximate == ("about" in words or "approximate" in words)
    assert date.uncertain == ("possibly" in words or "uncertain" in words)
    assert date.approximate == ("c. " in short)


@pytest.mark.parametrize("mark", ["~", "?", "%"])
@given(text=st.one_of(YEAR_ONLY, SEASON_DATES).filter(lambda text: text[-1] not in "?~%"))
def test_a_mark_never_moves_a_bound(mark: str, text: str) -> None:
    assert parse(text + mark).extent == parse(text).extent
