"""Where words stand in a text, and what they nearly are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text import context, fold, nearest, occurrences, passage

ARTICLE = (
    "The minister said: “We have to be sure that the system works.” He added: “The system\u00a0works.”\n\n"
    "The College did not agree. The College's chair said the patients' trust was at stake."
)


def test_every_occurrence_counts_overlapping_ones_too() -> None:
    assert occurrences("aaa", "aa") == [0, 1]
    assert occurrences("abcabc", "abc") == [0, 3]
    assert occurrences("abc", "") == []
    assert occurrences("abc", "d") == []


def test_context_is_forty_code_points_at_most() -> None:
    text = "\U0001f4da" * 50 + "x" + "e\u0301" * 30
    assert context(text, 50, 51) == ("\U0001f4da" * 40, "e\u0301" * 20)
    assert context("abc", 1, 2) == ("a", "c")
    assert context("abc", 0, 3) == ("", "")


@pytest.mark.parametrize(
    ("words", "start", "there"),
    [
        ("added: “The system works", ARTICLE.index("added"), "added: “The system\u00a0works"),
        ("the College’s chair", ARTICLE.index("The College's"), "The College's chair"),
        ("We have to be sure the system works", ARTICLE.index("We have"), None),
        ("patients’ trust was at steak", None, None),
    ],
)
def test_the_nearest_place_is_found(words: str, start: int | None, there: str | None) -> None:
    near = nearest(ARTICLE, words)
    assert near is not None
    assert ARTICLE[near.start : near.end] == near.text
    assert start is None or abs(near.start - start) == 0
    assert there is None or near.text == there
    assert 0.7 < near.alike <= 1


def test_what_only_looks_the_same_is_never_called_the_same() -> None:
    assert str(nearest(ARTICLE, "“The system works")) == 'closest at 73, 99 % alike: "“The system\u00a0works"'


def test_nothing_is_near_where_nothing_is_alike() -> None:
    assert nearest(ARTICLE, "Zyzzyva quux") is None
    assert nearest("", "words") is None
    assert nearest(ARTICLE, "") is None


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ab" * 100_000, "ba" * 20_000),
        ("the patient said " * 20_000, "the patient did not say " * 500),
    ],
)
def test_looking_is_bounded(text: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counting(text: str, whole: str, wanted: str, start: int) -> passage.Near:
        compared.append(len(wanted))
        return compare(text, whole, wanted, start)

    compare = passage._compare
    monkeypatch.setattr(passage, "_compare", counting)
    assert nearest(text, words) is not None
    assert 1 <= len(compared) <= 4
    assert max(compared) <= 600


@given(st.text(), st.text(min_size=1))
def test_folding_keeps_the_length_and_nearness_its_bounds(text: str, words: str) -> None:
    assert len(fold(text)) == len(text)
    near = nearest(text, words)
    if near is not None:
        assert 0 <= near.start <= near.end <= len(text)
        assert text[near.start : near.end] == near.text


@given(st.text(min_size=30, max_size=200), st.integers(0, 9), st.integers(20, 29))
def test_a_stretch_of_the_text_is_nearest_to_itself(text: str, start: int, end: int) -> None:
    near = nearest(text, text[start:end])
    assert near is not None
    assert near.alike > 0.9
