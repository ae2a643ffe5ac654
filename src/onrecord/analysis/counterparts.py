"""What stands beside a statement: the same words told by other sources, and what was said against it.

Rows are those of the questions `who-said-what` and `disagreements`, whole; nothing here is a judgement of
its own. A stance is the record's, toward the sharing; that two stances oppose each other follows from their
names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
OPPOSITES: Mapping[str, str] = {"support": "oppose", "oppose": "support"}
"""Stance → the one against it; `mixed` and `neutral` have none."""


@dataclass(frozen=True, slots=True)
class Opposed:
    """A statement of the other stance: its row, the topics of both, whether one speaker made both."""

    row: Row
    topics: tuple[str, ...]
    same_speaker: bool


def tellings(row: Row, rows: Iterable[Row]) -> list[Row]:
    """The other rows of the utterance that `row` is a printing of, by source, place and slug.

    Printings of printings count too (`same_utterance` is symmetric, and followed as far as it leads).
    """
    every = list(rows)
    alike: dict[str, set[str]] = {}
    for each in every:
        alike.setdefault(each["statement"], set()).update(each["same_utterance"])
    known = {row["statement"]}
    waiting = set(row["same_utterance"])
    while waiting:
        known |= waiting
        waiting = {other for slug in waiting for other in alike.get(slug, ())} - known
    others = [each for each in every if each["statement"] in known and not _same(each, row)]
    return sorted(others, key=lambda each: (each["source"] or "", each["start"] or 0, each["statement"]))


def _same(one: Row, other: Row) -> bool:
    return (one["statement"], one["source"]) == (other["statement"], other["source"])


def opposed(row: Row, rows: Iterable[Row]) -> list[Opposed]:
    """Statements of the opposite stance about a topic of this one.

    Those of the same speaker first, then those that share most topics, then by date and slug. A statement
    whose stance has no opposite has none.
    """
    against = OPPOSITES.get(row["stance"] or "")
    topics = set(row["about"] or ())
    found = [
        Opposed(each, shared, bool(row["speaker"]) and each["speaker"] == row["speaker"])
        for each in rows
        if against is not None
        and each["stance"] == against
        and (shared := tuple(sorted(topics & set(each["about"] or ()))))
    ]
    return sorted(found, key=_order)


def _order(found: Opposed) -> tuple[bool, int, str, str, str]:
    row = found.row
    day = row["earliest"] or row["latest"] or "9999"
    return not found.same_speaker, -len(found.topics), day, row["statement"], row["source"] or ""


def disputes(row: Row, disagreements: Sequence[Row]) -> list[Row]:
    """Disagreements with a claim that stands, in the statement's source, within the statement's own words."""
    if row["start"] is None or row["end"] is None:
        return []
    return [each for each in disagreements if any(_touches(claim, row) for claim in each["claims"])]


def _touches(claim: Row, row: Row) -> bool:
    return (
        claim["source"] == row["source"]
        and claim["start"] is not None
        and claim["end"] is not None
        and bool(claim["start"] < row["end"] and row["start"] < claim["end"])
    )
