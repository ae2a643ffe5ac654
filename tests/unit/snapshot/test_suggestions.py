"""Suggestions: names first, then printed words; the last word may be unfinished; nothing typed is syntax."""

import sqlite3
import time
from pathlib import Path

import pytest

from onrecord.errors import StorageError, UsageError
from onrecord.snapshot import suggestions
from onrecord.snapshot.suggestions import Name

LONG = (
    "We asked for a pause and we got one, and now that we have got one we shall ask for the metres, "
    "say the readers"
)
NAMES = [
    Name("Ann Low", "Ann Low", "ann-low", "actor"),
    Name("Dr Low", "Ann Low", "ann-low", "actor"),
    Name("Low", "Low, a river", "low-river", "actor"),
    Name("Lowland Water Board", "Lowland Water Board", "water-board", "actor"),
    Name("Metres are read in Zürich", "Metres are read in Zürich", "metres-read", "event"),
    Name("The Board of Low Water", "The Board of Low Water", "low-report", "document"),
    Name("We won’t stop. The metres stay.", "Ann Low", "ann-on-metres", "statement"),
    Name("so low, we say", "Ann Low", "ann-on-metres", "statement"),
    Name(LONG, "Readers", "readers-long", "statement"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "search.sqlite"
    suggestions.build(path, NAMES)
    return path


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("low", ["low-river", "water-board", "ann-low", "low-report", "ann-on-metres"]),
        ("LOW", ["low-river", "water-board", "ann-low", "low-report", "ann-on-metres"]),
        ("ann", ["ann-low"]),
        ("ann l", ["ann-low"]),
        ("zur", ["metres-read"]),
        ("Zür", ["metres-read"]),
        ("metr", ["metres-read", "ann-on-metres", "readers-long"]),
        ('"the metres stay"', ["ann-on-metres"]),
        ("“the metres st”", []),
        ("won't st", ["ann-on-metres"]),
        ("water board", ["water-board", "low-report"]),
        ("stop low", []),  # two printed fragments are not one
        ("nothing", []),
    ],
)
def test_names_come_before_printed_words_and_exact_names_first(
    index: Path, typed: str, slugs: list[str]
) -> None:
    found = suggestions.suggest(index, typed)
    assert [row["slug"] for row in found.rows] == slugs
    assert found.total == len(slugs)


def test_a_row_says_in_which_name_or_words_it_was_found(index: Path) -> None:
    [row] = suggestions.suggest(index, "dr").rows
    assert row == {"noun": "actor", "slug": "ann-low", "label": "Ann Low", "matched": "Dr Low"}


def test_printed_words_are_an_excerpt_of_what_stands_together(index: Path) -> None:
    [row] = suggestions.suggest(index, "metres say").rows
    assert row["label"] == "Readers"
    pieces = [piece.strip() for piece in row["matched"].split("[…]") if piece.strip()]
    assert len(row["matched"]) < len(LONG)
    assert all(piece in LONG for piece in pieces)


def test_the_total_is_whole_whatever_the_limit(index: Path) -> None:
    found = suggestions.suggest(index, "low", limit=2)
    assert (len(found.rows), found.total) == (2, 5)
    assert suggestions.suggest(index, "low", limit=0).total == 5


@pytest.mark.parametrize("typed", ["", "  ", "…", '"', "*", "\x00", "-"])
def test_nothing_typed_suggests_nothing(index: Path, typed: str) -> None:
    assert suggestions.suggest(index, typed).total == 0


@pytest.mark.parametrize(
    "typed", ['low" OR "ann', "low*", "label:low", "low AND", "NEAR(low)", "low\x00", "^low"]
)
def test_what_is_typed_is_never_syntax(index: Path, typed: str) -> None:
    found = suggestions.suggest(index, typed)
    assert all("low" in row["slug"] or "ann" in row["slug"] or "water" in row["slug"] for row in found.rows)


@pytest.mark.parametrize(("typed", "limit"), [("a" * 201, 8), ("low", 51), ("low", -1)])
def test_what_is_beyond_the_limits_is_refused(index: Path, typed: str, limit: int) -> None:
    with pytest.raises(UsageError):
        suggestions.suggest(index, typed, limit)


def test_an_index_without_the_table_says_how_to_make_it(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "search.sqlite").close()
    with pytest.raises(StorageError, match="cannot be read"):
        suggestions.suggest(tmp_path / "search.sqlite", "low")


def test_ten_thousand_names_answer_within_a_key_stroke(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    many = (
        Name(f"Person {n} of Lowland {n % 97}", f"Person {n}", f"person-{n}", "actor") for n in range(10_000)
    )
    suggestions.build(path, many)
    suggestions.suggest(path, "warm")
    spent = []
    for typed in ("person 123", "lowland 9", "person 99"):
        start = time.perf_counter()
        found = suggestions.suggest(path, typed)
        spent.append(time.perf_counter() - start)
        assert found.total > 0
    assert min(spent) < 0.1  # measured: 2 ms on an idle core; a busy one must not make a test fail
