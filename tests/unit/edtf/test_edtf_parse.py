"""What callers rely on beside the standard's tables: order, spans, errors, locales, limits."""

import datetime as dt
import pickle
import time
from dataclasses import FrozenInstanceError

import pytest

import onrecord.edtf
from onrecord.edtf import MAX_LENGTH, SPAN_LIMIT, EdtfError, bounds_of, parse


def test_the_public_names_are_listed_in_order() -> None:
    exported = onrecord.edtf.__all__
    assert exported == sorted(exported, key=lambda name: (not name.isupper(), name.islower(), name))
    assert all(hasattr(onrecord.edtf, name) for name in exported)


def test_bounds_of_gives_both_days() -> None:
    assert bounds_of("2018-05") == (dt.date(2018, 5, 1), dt.date(2018, 5, 31))
    assert bounds_of("2018-11-02/..") == (dt.date(2018, 11, 2), None)


def test_open_and_unknown_sides_are_told_apart() -> None:
    def sides(text: str) -> tuple[bool, bool, bool, bool]:
        date = parse(text)
        return date.open_start, date.open_end, date.unknown_start, date.unknown_end

    assert sides("2018-11-02/..") == (False, True, False, False)
    assert sides("2018-11-02/") == (False, False, False, True)
    assert sides("../2018") == (True, False, False, False)
    assert sides("/2018") == (False, False, True, False)
    assert sides("[..1984]") == (True, False, False, False)
    assert sides("{1984..}") == (False, True, False, False)
    assert sides("XXXX-05-09") == (False, False, True, True)
    assert sides("..2004-06-01/2004-06-20..") == (True, True, False, False)
    assert sides("Y-17E7") == (False, False, False, False)


def test_dates_sort_by_first_day_then_last_day_then_text() -> None:
    texts = [
        "2018-05-09/..", "2018-05", "2018-05-09", "2018", "../2018-05-09", "2018-05-09~", "Y-17E7", "../..",
        "Y17E7", "2018-05-09/", "-0043", "2018-05-01",
    ]  # fmt: skip
    assert sorted(texts, key=lambda text: parse(text).sort_key) == [
        "../2018-05-09", "../..", "Y-17E7", "-0043", "2018", "2018-05-01", "2018-05", "2018-05-09",
        "2018-05-09~", "2018-05-09/", "2018-05-09/..", "Y17E7",
    ]  # fmt: skip


def test_spans_show_the_gaps() -> None:
    def day(text: str) -> dt.date:
        return dt.date.fromisoformat(text)

    assert parse("[1667,1760-12]").spans == (
        (day("1667-01-01"), day("1667-12-31")),
        (day("1760-12-01"), day("1760-12-31")),
    )
    assert parse("[1667,1668,1670..1672]").spans == (
        (day("1667-01-01"), day("1668-12-31")),
        (day("1670-01-01"), day("1672-12-31")),
    )
    assert parse("[1760-12..]").spans == ((day("1760-12-01"), None),)
    assert parse("2018-05/..").spans == ((day("2018-05-01"), None),)
    assert parse("2018-05-XX").spans == ((day("2018-05-01"), day("2018-05-31")),)
    assert len(parse("156X-12-25").spans) == 10
    assert parse("2018-XX-31").spans == tuple(
        (day(f"2018-{month:02}-31"), day(f"2018-{month:02}-31")) for month in (1, 3, 5, 7, 8, 10, 12)
    )


def test_spans_in_members_out_of_order_are_sorted_and_joined() -> None:
    date = parse("{2018-06,2018-05-09,2018-05}")
    assert date.spans == ((dt.date(2018, 5, 1), dt.date(2018, 6, 30)),)


def test_spans_say_when_they_do_not_tell_every_gap() -> None:
    assert parse("156X-12-25").spans_complete
    assert parse("1XXX-12").spans_complete
    assert len(parse("1XXX-12").spans) == SPAN_LIMIT
    many = parse("1XXX-XX-25")
    assert not many.spans_complete
    assert many.spans == ((dt.date(1000, 1, 25), dt.date(1999, 12, 25)),)
    unknown = parse("XXXX-05-09")
    assert (unknown.spans, unknown.spans_complete) == (((None, None),), False)


def test_a_date_in_american_english_puts_the_month_first() -> None:
    assert parse("2018-05-09").display("en-US") == "May 9, 2018"
    assert parse("[2017-01-24..2017-01-26]").display("en-US") == (
        "between January 24 and 26, 2017 (one day, not known which)"
    )
    assert parse("[2017-01-30..2017-02-02]").display("en-US") == (
        "between January 30 and February 2, 2017 (one day, not known which)"
    )
    assert parse("156X-12-25").display("en-US") == "December 25 of some year in the 1560s"
    assert parse("2018-05-1X").short("en-US") == "May 10–19, 2018"


def test_a_locale_without_wording_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"'fr-FR'.*en-GB, en-US"):
        parse("2018").display("fr-FR")


def test_an_error_says_what_where_and_what_to_write() -> None:
    with pytest.raises(EdtfError) as caught:
        parse("2018-5-9")
    assert str(caught.value) == (
        "'2018-5-9' is no EDTF date, column 6: a month has two digits, 01 to 12, or 21 to 41 for a part of "
        "the year, not '5' (did you mean '2018-05-09'?)"
    )
    assert isinstance(caught.value, ValueError)


def test_an_error_survives_the_way_between_processes() -> None:
    with pytest.raises(EdtfError) as caught:
        parse("2018-5-9")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert vars(copy) == vars(caught.value)


def test_a_date_is_a_frozen_value() -> None:
    date = parse("2018-05-09")
    assert date == parse("2018-05-09")
    assert hash(date) == hash(parse("2018-05-09"))
    with pytest.raises(FrozenInstanceError):
        date.text = "2019"  # type: ignore[misc]


def test_a_text_over_the_limit_is_refused_with_its_length() -> None:
    longest = "[" + ",".join(["1667"] * 39) + ",16]"
    assert len(longest) == MAX_LENGTH - 1
    with pytest.raises(EdtfError, match="four digits"):
        parse(longest)
    with pytest.raises(EdtfError, match=rf"at most {MAX_LENGTH} characters, this text has 201") as caught:
        parse("1" * 201)
    assert caught.value.column == 201


HOSTILE = {
    "digits": "1" * 100_000,
    "brackets": "[" * 100_000,
    "members": "[" + ",".join(["1667?"] * 16_000) + "]",
    "spaces": "a" + " " * 199,
    "many to": "2018 to " * 25,
    "between": "between " + "a and " * 32,
    "dashes": "2018 - " * 28,
    "masks": "[" + ",".join(["XXXX-02-29"] * 18) + "]",
    "question marks": "a ?" * 66,
    "months": "may " * 50,
    "exponent": "Y9E999999999999999999",
    "slashes": "/" * 200,
    "dots": "." * 200,
    "dates": "2018-5-9 " * 22,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_answered_at_once(text: str) -> None:
    started = time.process_time()
    try:
        date = parse(text)
    except EdtfError:
        pass
    else:
        assert date.spans
    assert time.process_time() - started < 0.5
