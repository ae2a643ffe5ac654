"""The events of a snapshot as columns in memory: which a filter lets through, and how many of each value.

Read once from the index of a snapshot and kept. A filter is then a mask of bits, and a count of five thousand
values one pass over an array: some milliseconds for a hundred thousand events, where SQL joins rows for
seconds (decision timeline).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord import edtf
from onrecord.errors import StorageError
from onrecord.snapshot.search import expression
from onrecord.snapshot.wanted import Wanted, certainty, opened

Ints = NDArray[np.int64]
Bits = NDArray[np.bool_]
BEFORE, AFTER = -(10**8), 10**8
"""Day and month of a side that is open: before and after every day of the calendar."""
_EVENTS = """
SELECT kind, "when" IS NULL, earliest, latest, first_month, last_month, turning, description IS NOT NULL,
  retracted, broken, "when" FROM event ORDER BY place
"""
_FACETS = "SELECT name, value, place FROM facet ORDER BY name, value, place"
_WORDS = """
SELECT place FROM event WHERE event IN (SELECT slug FROM entry WHERE entry MATCH ? AND noun = 'event')
"""


@dataclass(frozen=True, eq=False)
class Facet:
    """What events are found by: values in order, and pairs of event and value (numbers from 0) by value."""

    values: tuple[str, ...]
    event: Ints
    value: Ints

    def of(self, value: str) -> Ints:
        """The events of a value."""
        at = bisect_left(self.values, value)
        if at == len(self.values) or self.values[at] != value:
            return self.event[:0]
        return self.event[np.searchsorted(self.value, at) : np.searchsorted(self.value, at, "right")]

    def counted(self, mask: Bits) -> dict[str, int]:
        """Value → how many of the events that a mask lets through; most first, then by value."""
        numbers = np.bincount(self.value[mask[self.event]], minlength=len(self.values))
        order = np.argsort(-numbers, kind="stable")
        held = order[: np.count_nonzero(numbers)].tolist()
        return {self.values[at]: number for at, number in zip(held, numbers[held].tolist(), strict=True)}


@dataclass(frozen=True, eq=False)
class Gaps:
    """Dates with gaps: their stretches as pairs of event and first and last day, by event, then by day.

    exact: event and text of those whose stretches are too many or not of our calendar.
    """

    event: Ints
    first: Ints
    last: Ints
    exact: tuple[tuple[int, str], ...]


@dataclass(frozen=True, eq=False)
class Columns:
    """The events in the order of their places, the first being 0.

    first, last: ordinals of the days (`date.toordinal`), `BEFORE` and `AFTER` where a side is open or
    unknown; first_month, last_month the same in months from year 0. kind: number of the kind among `kinds`.
    """

    kinds: tuple[str, ...]
    kind: Ints
    undated: Bits
    first: Ints
    last: Ints
    first_month: Ints
    last_month: Ints
    turning: Bits
    told: Bits
    retracted: Bits
    broken: Bits
    gaps: Gaps
    facets: dict[str, Facet]
    index: Path

    def span(self, mask: Bits) -> tuple[date | None, date | None]:
        """First and last day that any event of a mask can mean, where they are known."""
        begins, ends = self.first != BEFORE, self.last != AFTER
        known = mask & (begins | ends)
        begun, ended = (
            np.where(begins, self.first, self.last)[known],
            np.where(ends, self.last, self.first)[known],
        )
        if not len(begun):
            return None, None
        return date.fromordinal(int(begun.min())), date.fromordinal(int(ended.max()))

    def facet(self, name: str) -> Facet:
        """What events are found by under a name; nothing where no event has any."""
        return self.facets.get(name) or Facet((), self.kind[:0], self.kind[:0])

    def mask(self, wanted: Wanted, *, standing: bool = True, exact: bool = True) -> Bits:
        """Which events are let through; retracted ones too where not `standing`.

        exact: an interval lets through what is possible in it; else what first and last day do not exclude,
        undated events among them, as the question's SPARQL does before its finish.
        """
        found = ~self.retracted if standing else np.ones(len(self.kind), dtype=np.bool_)
        for name, value in wanted.facets:
            of_value = np.zeros(len(self.kind), dtype=np.bool_)
            of_value[self.facet(name).of(value)] = True
            found &= of_value
        if wanted.words:
            found &= _with_words(self, wanted.words)
        if wanted.dated:
            found &= self._within(wanted, exact)
        return found

    def _within(self, wanted: Wanted, exact: bool) -> Bits:
        start = BEFORE if wanted.start is None else wanted.start.toordinal()
        end = AFTER if wanted.end is None else wanted.end.toordinal()
        found: Bits = (self.last >= start) & (self.first <= end)
        if not exact:
            return found
        if start > end:
            return np.zeros_like(found)
        possible = np.zeros_like(found)
        possible[self.gaps.event[(self.gaps.last >= start) & (self.gaps.first <= end)]] = True
        for event, when in self.gaps.exact:
            possible[event] = certainty(when, wanted.start, wanted.end) is not None
        return found & ~self.undated & (~self.broken | possible)


@lru_cache(maxsize=64)
def _with_words(columns: Columns, words: str) -> Bits:
    with opened(columns.index) as index:
        places = [row[0] - 1 for row in index.execute(_WORDS, (expression(words),))]
    found = np.zeros(len(columns.kind), dtype=np.bool_)
    found[np.array(places, dtype=np.int64)] = True
    return found


def ordinal(day: str | None, otherwise: int) -> int:
    """The ordinal of `YYYY-MM-DD`, `otherwise` where there is none."""
    return otherwise if day is None else date.fromisoformat(day).toordinal()


def columns(index: Path) -> Columns:
    """The columns of an index, kept by its file. Raises StorageError for one that cannot be read."""
    try:
        state = index.stat()
    except OSError as error:
        raise StorageError(
            f"the index {index} cannot be read: {error.strerror}", hint="`onrecord build` makes it anew"
        ) from None
    return _read(index, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _time: int, _size: int) -> Columns:
    with opened(path) as index:
        index.row_factory = None
        rows = index.execute(_EVENTS).fetchall()
        facets = _facets(index.execute(_FACETS))
    every = list(zip(*rows, strict=True)) if rows else [()] * 11
    kinds = tuple(sorted(set(every[0])))
    number = {kind: at for at, kind in enumerate(kinds)}

    def bits(column: Sequence[int]) -> Bits:
        return np.array(column, dtype=np.bool_)

    def days(column: Sequence[str | None], otherwise: int) -> Ints:
        return np.array([ordinal(day, otherwise) for day in column], dtype=np.int64)

    def months(column: Sequence[int | None], otherwise: int) -> Ints:
        return np.array([otherwise if at is None else at for at in column], dtype=np.int64)

    return Columns(
        kinds=kinds,
        kind=np.array([number[kind] for kind in every[0]], dtype=np.int64),
        undated=bits(every[1]),
        first=days(every[2], BEFORE),
        last=days(every[3], AFTER),
        first_month=months(every[4], BEFORE),
        last_month=months(every[5], AFTER),
        turning=bits(every[6]),
        told=bits(every[6]) | bits(every[7]),
        retracted=bits(every[8]),
        broken=bits(every[9]),
        gaps=_gaps([(at, str(row[10])) for at, row in enumerate(rows) if row[9]]),
        facets=facets,
        index=path,
    )


def _facets(rows: Iterable[tuple[str, str, int]]) -> dict[str, Facet]:
    values: dict[str, list[str]] = {}
    pairs: dict[str, list[tuple[int, int]]] = {}
    for name, value, place in rows:
        known = values.setdefault(name, [])
        if not known or known[-1] != value:
            known.append(value)
        pairs.setdefault(name, []).append((place - 1, len(known) - 1))
    found = {}
    for name, known in values.items():
        event, of_value = np.array(pairs[name], dtype=np.int64).T
        found[name] = Facet(tuple(known), event.copy(), of_value.copy())
    return found


def _gaps(broken: Sequence[tuple[int, str]]) -> Gaps:
    spans: list[tuple[int, int, int]] = []
    exact: list[tuple[int, str]] = []
    for event, when in broken:
        stretches = _stretches(when)
        if stretches is None:
            exact.append((event, when))
        else:
            spans += [(event, *stretch) for stretch in stretches]
    events, first, last = np.array(sorted(spans), dtype=np.int64).reshape(-1, 3).T
    return Gaps(events, first, last, tuple(exact))


@lru_cache(maxsize=65536)
def _stretches(text: str) -> tuple[tuple[int, int], ...] | None:
    """The stretches that a date with gaps can mean; None where they are too many or not of our calendar."""
    day = edtf.parse(text)
    spans = [(first, last) for first, last in day.spans if first is not None and last is not None]
    whole = day.spans_complete and len(spans) == len(day.spans)
    return tuple((first.toordinal(), last.toordinal()) for first, last in spans) if whole else None
