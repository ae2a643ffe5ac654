"""Full text: whole words of everything on record, and nothing that a reader types is syntax."""

from pathlib import Path

import pytest

from onrecord.errors import StorageError, UsageError
from onrecord.snapshot import search
from onrecord.snapshot.search import SearchRow
from onrecord.workspace import Workspace

ROWS = [
    SearchRow(
        "low-a",
        "statement",
        "Ann Low",
        "We won’t stop. The metres stay in Zürich.",
        "direct",
        "2020-03-10",
        "2020-03-10",
        "2020-03-10",
        ("a-news",),
        "ann-low",
    ),
    SearchRow(
        "low-b", "statement", "Ann Low", "The metres stay", "mixed", None, None, None, ("b-news",), "ann-low"
    ),
    SearchRow(
        "metres-read", "event", "Metres are read", "", "decision", "2020-01", "2020-01-01", "2020-01-31"
    ),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "search.sqlite"
    search.build(path, ROWS)
    return path


def slugs(index: Path, words: str, limit: int = 20, offset: int = 0) -> list[object]:
    return [row["slug"] for row in search.find(index, words, limit, offset).rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("metres", ["metres-read", "low-b", "low-a"]),
        ("METRES stay", ["low-b", "low-a"]),
        ('"stay metres"', []),
        ('"metres stay"', ["low-b", "low-a"]),
        ("“metres stay” zurich", ["low-a"]),
        ("zürich", ["low-a"]),
        ("won't", ["low-a"]),
        ("metre", []),
        ("metres nothing", []),
        ('metres "stay', ["low-b", "low-a"]),
    ],
)
def test_whole_words_are_found_best_first(index: Path, words: str, found: list[str]) -> None:
    assert slugs(index, words) == found


@pytest.mark.parametrize(
    "words",
    [
        "metres AND",
        "metres*x",
        "label:metres",
        "NEAR(metres stay)",
        "metres) OR (1",
        "^metres stay-",
        "a' OR '1",
    ],
)
def test_what_a_reader_types_is_never_syntax(index: Path, words: str) -> None:
    search.find(index, words)


@pytest.mark.parametrize("words", ["metres OR nothing", "NOT metres", "met*", "{label}: metres"])
def test_operators_are_only_words(index: Path, words: str) -> None:
    assert slugs(index, words) == []


def test_a_page_has_the_whole_total(index: Path) -> None:
    found = search.find(index, "metres", 1, 1)
    assert ([row["slug"] for row in found.rows], found.total) == (["low-b"], 3)


def test_a_row_says_what_it_is_where_it_stands_and_marks_what_was_found(index: Path) -> None:
    (row,) = search.find(index, "zurich").rows
    assert row == {
        "slug": "low-a",
        "noun": "statement",
        "kind": "direct",
        "label": "Ann Low",
        "when": "2020-03-10",
        "snippet": "We won’t stop. The metres stay in **Zürich**.",
        "earliest": "2020-03-10",
        "latest": "2020-03-10",
        "sources": ["a-news"],
        "speaker": "ann-low",
    }


@pytest.mark.parametrize("words", ["", "  ", "'", '""', "…—"])
def test_nothing_to_search_for_is_a_usage_error(index: Path, words: str) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        search.find(index, words)


def test_too_many_words_are_refused(index: Path) -> None:
    with pytest.raises(UsageError, match="too many"):
        search.find(index, "word " * 65)


def test_searching_changes_nothing(index: Path) -> None:
    before = [(p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in index.parent.iterdir()]
    search.find(index, "metres")
    assert [(p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in index.parent.iterdir()] == before


def test_a_damaged_index_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "search.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StorageError, match="cannot be read"):
        search.find(tmp_path / "search.sqlite", "metres")


def test_an_answer_says_how_words_are_matched(index: Path) -> None:
    answer = search.answer(index, "metres", 2)
    assert (answer.total, len(answer.rows), answer.question) == (3, 2, "search")
    assert list(answer.columns) == list(answer.rows[0])


def test_every_noun_with_words_can_be_found(workspace: Workspace) -> None:
    """Read from the articles: each phrase stands in one of them, or names what one of them tells."""
    expected = {
        "cast-iron commitment": ("statement", "digit"),
        "Migrants Rights Network": ("actor", "ein"),
        "Advocacy Director": ("post", "digit"),
        "secure NHS mail": ("provision", "publictechnology"),
        "8127": ("figure", "publictechnology"),
    }
    for words, (noun, source) in expected.items():
        rows = workspace.search(words, 50).rows
        assert any(row["noun"] == noun and source in row["sources"] for row in rows), words
