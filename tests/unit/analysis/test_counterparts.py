"""What stands beside a statement: other tellings, the other stance, disagreements that touch its words."""

from typing import Any

import pytest

from onrecord.analysis import counterparts


def said(statement: str, **values: Any) -> dict[str, Any]:
    row = {
        "statement": statement, "source": "a-news", "speaker": "ann-low", "stance": "support",
        "about": ["metres"], "same_utterance": [], "start": 10, "end": 20, "earliest": "2020-01-01",
        "latest": "2020-01-01",
    }  # fmt: skip
    return row | values


def test_tellings_follow_printings_of_printings() -> None:
    first = said("one", same_utterance=["two"])
    second = said("two", source="b-news", same_utterance=["one", "three"])
    third = said("three", source="c-news", same_utterance=["two"])
    other = said("four", source="b-news")
    rows = [third, other, second, first]
    assert [row["statement"] for row in counterparts.tellings(first, rows)] == ["two", "three"]
    assert [row["statement"] for row in counterparts.tellings(third, rows)] == ["one", "two"]
    assert counterparts.tellings(other, rows) == []


def test_the_other_stance_on_a_shared_topic_is_opposed_the_same_speaker_first() -> None:
    it = said("it", about=["metres", "price"])
    rows = [
        it,
        said("ally", speaker="bob"),
        said("elsewhere", speaker="bob", stance="oppose", about=["rivers"]),
        said("one-topic", speaker="bob", stance="oppose", earliest="2019-01-01"),
        said("two-topics", speaker="bob", stance="oppose", about=["metres", "price"]),
        said("turned", stance="oppose", earliest="2021-01-01"),
        said("both-ways", speaker="bob", stance="mixed"),
    ]
    found = counterparts.opposed(it, rows)
    assert [each.row["statement"] for each in found] == ["turned", "two-topics", "one-topic"]
    assert [each.same_speaker for each in found] == [True, False, False]
    assert found[1].topics == ("metres", "price")


@pytest.mark.parametrize("stance", ["mixed", "neutral", None])
def test_a_stance_without_an_opposite_has_none(stance: str | None) -> None:
    assert counterparts.opposed(said("it", stance=stance), [said("no", stance="oppose")]) == []


def test_speakers_who_are_not_known_are_not_one_speaker() -> None:
    [found] = counterparts.opposed(said("it", speaker=None), [said("no", speaker=None, stance="oppose")])
    assert not found.same_speaker


@pytest.mark.parametrize(
    ("source", "start", "end", "touched"),
    [
        ("a-news", 15, 30, True),
        ("a-news", 0, 10, False),  # ends where the words begin
        ("a-news", 20, 25, False),
        ("a-news", 12, 13, True),
        ("b-news", 12, 13, False),
        ("a-news", None, None, False),
    ],
)
def test_a_disagreement_touches_a_statement_where_a_claim_stands_in_its_words(
    source: str, start: int | None, end: int | None, touched: bool
) -> None:
    dispute = {"disagreement": "which", "claims": [{"source": source, "start": start, "end": end}]}
    assert counterparts.disputes(said("it"), [dispute]) == ([dispute] if touched else [])


def test_a_statement_without_a_place_is_touched_by_none() -> None:
    dispute = {"disagreement": "which", "claims": [{"source": "a-news", "start": 0, "end": 99}]}
    assert counterparts.disputes(said("it", start=None, end=None), [dispute]) == []
