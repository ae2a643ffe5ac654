"""Whether a period covers a date, surely or possibly, and what the limits are."""

import pytest

from onrecord import edtf
from onrecord.errors import ConfigurationError
from onrecord.query.interval import covers, sides
from onrecord.query.limits import TABLE, Limits

COVERS = [
    ("2018-05-09/2018-11-02", "2018-06-01", "sure"),
    ("2018-05-09/2018-11-02", "2018-11-02", "sure"),
    ("2018-05-09/2018-11-02", "2018-11-03", None),
    ("2018-05/2018-11", "2018-05-15", "possible"),
    ("2018-05/2018-11", "2018-06", "sure"),
    ("2018-05/2018-11", "2018-11-15", "possible"),
    ("2018-05-09/..", "2031-01-01", "sure"),
    ("2018-05-09/", "2031-01-01", "possible"),
    ("/2018-11", "2018-01-01", "possible"),
    ("2018-05", "2018-05-10", "possible"),
    ("2018-05-10", "2018-05-10", "sure"),
    ("2018-05-09/2018-11-02", "2018", "possible"),
    (None, "2018-05-10", "possible"),
]


@pytest.mark.parametrize(("when", "asked", "certainty"), COVERS)
def test_a_period_covers_a_date_surely_possibly_or_not(
    when: str | None, asked: str, certainty: str | None
) -> None:
    assert covers(when, edtf.parse(asked)) == certainty


@pytest.mark.parametrize(
    ("when", "ends"),
    [
        ("2018-05/2018-11", ("2018-05", "2018-11")),
        ("2018-05/..", ("2018-05", None)),
        ("/2018", (None, "2018")),
        ("2018-05", ("2018-05", "2018-05")),
        (None, (None, None)),
    ],
)
def test_the_sides_of_a_period(when: str | None, ends: tuple[str | None, str | None]) -> None:
    assert sides(when) == ends


def test_limits_come_from_the_environment() -> None:
    limits = Limits.from_environment({"ONRECORD_TIME_LIMIT_S": "3", "ONRECORD_DEPTH": "7", "HOME": "/"})
    assert limits == Limits(time_limit_s=3, depth=7)
    assert limits.as_json() == {
        "query_length_kib": 64, "depth": 7, "time_limit_s": 3, "memory_limit_mb": 448, "result_limit_mb": 32,
        "spool_limit_mb": 512, "workers": 3, "queue": 64, "client_budget_s": 20,
    }  # fmt: skip


@pytest.mark.parametrize("value", ["", "0", "-1", "3.5", "many", "１"])
def test_a_limit_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ConfigurationError, match="ONRECORD_RESULT_LIMIT_MB"):
        Limits.from_environment({"ONRECORD_RESULT_LIMIT_MB": value})


def test_the_table_and_the_limits_have_the_same_names() -> None:
    assert [limit.name for limit in TABLE] == list(Limits().as_json())
    assert [row["value"] for row in Limits(depth=9).rows()] == [64, 9, 10, 448, 32, 512, 3, 64, 20]
