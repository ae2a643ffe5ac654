"""The sure days of a state agree with what `status-on` says of every single day."""

import datetime as dt

import pytest

from onrecord.query.binding import Asked
from onrecord.query.chronicle import history
from onrecord.query.interval import covers, parsed


@pytest.mark.parametrize(
    ("when", "sure_from", "sure_to", "goes_on"),
    [
        ("2018-05-09/2018-11-02", "2018-05-09", "2018-11-01", "no"),
        ("2018-05-09/2018-11", "2018-05-09", "2018-10-31", "no"),
        ("2017/2018-05-09", "2017-12-31", "2018-05-08", "no"),
        ("2018-11-02/..", "2018-11-02", None, "yes"),
        ("2018-11-02?/..", None, None, "yes"),
        ("2018-11-02/", None, None, "no"),
        ("/2018-11-02", None, None, "no"),
        ("2018/2018-06", None, None, "no"),
        (None, None, None, "no"),
    ],
)
def test_the_sure_days_of_a_state(
    when: str | None, sure_from: str | None, sure_to: str | None, goes_on: str
) -> None:
    row = {"instrument": "pact", "status": "in-effect", "period": "p", "when": when}
    [found], _ = history([row], Asked.__new__(Asked))
    assert (found["sure_from"], found["sure_to"], found["goes_on"]) == (sure_from, sure_to, goes_on)


@pytest.mark.parametrize("when", ["2018-05-09/2018-11-02", "2018-05/2018-11", "2018-11-02/..", "2018-11-02/"])
def test_each_sure_day_is_sure_and_its_neighbours_are_not(when: str) -> None:
    row = {"instrument": "pact", "status": "in-effect", "period": "p", "when": when}
    [found], _ = history([row], Asked.__new__(Asked))
    for day, sure in (
        (found["sure_from"], True),
        (_next(found["sure_from"], -1), False),
        (found["sure_to"], True),
    ):
        if day is not None:
            assert (covers(when, parsed(day)) == "sure") is sure, day


def _next(day: str | None, by: int) -> str | None:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=by)).isoformat() if day else None
