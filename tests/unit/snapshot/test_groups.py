"""What was found by noun: counts, pages, order, marks, and words near to one that nothing holds."""

from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.snapshot import groups, search
from onrecord.snapshot.groups import BEGIN, END
from onrecord.snapshot.search import SearchRow

ROWS = [
    SearchRow("board-of-water", "actor", "Board of Water and of water again", "water"),
    SearchRow("water", "actor", "Wáter", "a board"),
    SearchRow("water-users", "actor", "Users", "water water water water", "group"),
    SearchRow(
        "water-law", "document", "Law", "of water", "act", "2020", "2020-01-01", "2020-12-31", ("a", "b")
    ),
    SearchRow("river", "event", "River", "no such word"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "search.sqlite"
    search.build(path, ROWS)
    return path


def test_each_noun_has_its_count(index: Path) -> None:
    assert groups.counts(index, "water") == {"actor": 3, "document": 1}
    assert groups.counts(index, "nowhere") == {}


def test_an_exact_name_comes_first_then_names_then_words(index: Path) -> None:
    rows = groups.of_noun(index, "water", "actor", 10)
    assert [row["slug"] for row in rows] == ["water", "board-of-water", "water-users"]
    assert [row["slug"] for row in groups.of_noun(index, "water", "actor", 1, 1)] == ["board-of-water"]


def test_words_are_marked_in_the_label_and_in_the_excerpt(index: Path) -> None:
    [row] = groups.of_noun(index, "water", "document", 10)
    assert row["snippet"] == f"of {BEGIN}water{END}"
    assert (row["kind"], row["when"], row["sources"]) == ("act", "2020", ["a", "b"])
    [exact, *_] = groups.of_noun(index, "water", "actor", 1)
    assert exact["marked"] == f"{BEGIN}Wáter{END}"


def test_words_without_letters_are_refused(index: Path) -> None:
    with pytest.raises(UsageError):
        groups.counts(index, "…")


def test_the_vocabulary_is_by_frequency(index: Path) -> None:
    assert groups.vocabulary(index, 5, 5) == ["water", "again", "board", "river", "users"][:1] + sorted(
        ["again", "board", "river", "users"], key=lambda word: (-{"board": 2}.get(word, 1), word)
    )
