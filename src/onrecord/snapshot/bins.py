"""Events gathered by lane and stretch of time, for charts of more events than can be told apart.

An event counts in each stretch in which it is possible, so that an imprecise date is in several and the
numbers of a lane may add up to more than its events; it counts as sure where all that its date can mean lies
within one stretch. Events without a date are in none.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from onrecord import edtf
from onrecord.snapshot.chronicle import Chronicle, condition, opened

MOST_BINS = 60
"""Stretches that a chart has room for."""
OTHERS, NOBODY = "others", "nobody"
"""Lanes that are no value: all beyond the largest ones, and events without any."""
LANES = ("kind", "actor")
_UNITS = (("day", 0), ("month", 1), ("quarter", 3), ("year", 12), ("decade", 120), ("century", 1200))
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of time of one lane: first and last day, how many events are possible and sure in it."""

    start: date
    end: date
    possible: int
    sure: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its value (a kind or actor, `others` or `nobody`), its events, and its bins that hold any.

    further: how many values `others` stands for.
    """

    value: str
    events: int
    bins: tuple[Bin, ...]
    further: int = 0


@dataclass(frozen=True, slots=True)
class Bins:
    """All lanes, the largest first; `unit` is `day`, `month`, `quarter`, `year`, `decade` or `century`."""

    by: str
    unit: str
    start: date
    end: date
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Stretches of equal length; `months` is 0 for days. Numbers count from the stretch of `start`."""

    unit: str
    months: int
    first: int
    last: int

    def number(self, day: date) -> int:
        """Number of the stretch that holds a day, kept within the grid."""
        return min(max(_absolute(day, self.months), self.first), self.last)

    def ends(self, number: int) -> tuple[date, date]:
        """First and last day of a stretch."""
        if not self.months:
            return date.fromordinal(number), date.fromordinal(number)
        return _month_start(number * self.months), _last_before((number + 1) * self.months)


def _absolute(day: date, months: int) -> int:
    return (12 * day.year + day.month - 1) // months if months else day.toordinal()


def _month_start(month: int) -> date:
    return date(max(month // 12, 1), month % 12 + 1 if month >= 12 else 1, 1)


def _last_before(month: int) -> date:
    return date.max if month >= 12 * 10_000 else date(month // 12, month % 12 + 1, 1) - _DAY


def _grid(first: date, last: date) -> _Grid:
    """The finest stretches of which there are not too many."""
    for unit, months in _UNITS:
        start, end = _absolute(first, months), _absolute(last, months)
        if end - start < MOST_BINS or unit == _UNITS[-1][0]:
            return _Grid(unit, months, start, end)
    raise AssertionError(first)  # the last unit always returns


def gathered(chronicle: Chronicle, by: str, most: int) -> Bins | None:
    """The events in bins; None where none has a date. by: `kind` or `actor`; most: lanes of their own."""
    asked = chronicle.wanted
    first, last = chronicle.span()
    if first is None or last is None:
        return None
    first, last = max(first, asked.start or first), min(last, asked.end or last)
    grid = _grid(min(first, last), last)
    with opened(chronicle.index) as index:
        where, given = condition(index, asked)
        if by == "kind":
            lanes = _by_kind(index, grid, most, where, given)
        else:
            index.execute(f"CREATE TEMP TABLE hit AS SELECT place FROM event WHERE {where}", given)  # noqa: S608
            lanes = [_lane(index, grid, *each) for each in _lanes(index, most)]
    return Bins(by, grid.unit, grid.ends(grid.first)[0], grid.ends(grid.last)[1], tuple(lanes))


_Group = tuple[int | str | None, int | str | None, int, str | None, int, int]
"""First and last stretch, whether the date has gaps, its text then, how many, whether a side is open."""


def _columns(grid: _Grid) -> str:
    """Columns of a group; whole months count as numbers, which spares the parsing of many days."""
    month = f"_month / {grid.months}"
    ends = f"first{month}, last{month}" if grid.months else "earliest, latest"
    return f'{ends}, broken, CASE WHEN broken THEN "when" END, COUNT(*), earliest IS NULL OR latest IS NULL'


def _by_kind(
    index: sqlite3.Connection, grid: _Grid, most: int, where: str, given: Sequence[object]
) -> list[Lane]:
    """A lane for each kind; an event has one, so that one pass over the events gives all."""
    groups: dict[str, list[_Group]] = {}
    sizes: dict[str, int] = {}
    found = index.execute(
        f'SELECT kind, "when" IS NULL, {_columns(grid)} FROM event WHERE {where} '  # noqa: S608
        "GROUP BY 1, 2, 3, 4, 5, 6, 8",
        given,
    )
    for kind, undated, *group in found:
        sizes[kind] = sizes.get(kind, 0) + group[4]
        if not undated:
            groups.setdefault(kind, []).append(tuple(group))
    ordered = sorted(sizes, key=lambda kind: (-sizes[kind], kind))
    own = ordered if len(ordered) <= most else ordered[: most - 1]
    lanes = [_counted(grid, kind, sizes[kind], 0, groups.get(kind, ())) for kind in own]
    rest = ordered[len(own) :]
    if rest:
        others = [group for kind in rest for group in groups.get(kind, ())]
        lanes.append(_counted(grid, OTHERS, sum(sizes[kind] for kind in rest), len(rest), others))
    return lanes


def _lanes(index: sqlite3.Connection, most: int) -> list[tuple[str, int, int]]:
    """Fills a table of actor and place; gives each lane with its number of events and of further actors."""
    member = "SELECT value, place FROM facet JOIN hit USING (place) WHERE name = 'actor'"
    index.execute(f"CREATE TEMP TABLE member AS {member}")
    sizes = index.execute("SELECT value, COUNT(*) AS n FROM member GROUP BY value ORDER BY n DESC, value")
    values = [(str(value), int(number)) for value, number in sizes]
    own = values if len(values) <= most else values[: most - 1]
    index.execute("CREATE TEMP TABLE lane (value TEXT, place INTEGER)")
    for value, _ in own:
        index.execute("INSERT INTO lane SELECT ?, place FROM member WHERE value = ?", (value, value))
    lanes = [(value, number, 0) for value, number in own]
    if len(own) < len(values):
        marks = ", ".join("?" * len(own))
        index.execute(
            f"INSERT INTO lane SELECT DISTINCT ?, place FROM member WHERE value NOT IN ({marks})",  # noqa: S608
            (OTHERS, *(value for value, _ in own)),
        )
        lanes.append((OTHERS, _size(index, OTHERS), len(values) - len(own)))
    index.execute(
        "INSERT INTO lane SELECT ?, place FROM hit WHERE place NOT IN (SELECT place FROM member)", (NOBODY,)
    )
    if rest := _size(index, NOBODY):
        lanes.append((NOBODY, rest, 0))
    return lanes


def _size(index: sqlite3.Connection, value: str) -> int:
    return int(index.execute("SELECT COUNT(*) FROM lane WHERE value = ?", (value,)).fetchone()[0])


def _lane(index: sqlite3.Connection, grid: _Grid, value: str, events: int, further: int) -> Lane:
    found = index.execute(
        f"SELECT {_columns(grid)} FROM lane JOIN event USING (place) "  # noqa: S608
        'WHERE lane.value = ? AND "when" IS NOT NULL GROUP BY 1, 2, 3, 4, 6',
        (value,),
    )
    return _counted(grid, value, events, further, (tuple(group) for group in found))


def _counted(grid: _Grid, value: str, events: int, further: int, groups: Iterable[_Group]) -> Lane:
    width = grid.last - grid.first + 1
    steps, sure = [0] * (width + 1), [0] * width
    for first, last, broken, text, number, is_open in groups:
        if broken:
            _add_broken(grid, str(text), number, steps, sure)
            continue
        start, end = _number(first), _number(last)
        if (start is not None and start > grid.last) or (end is not None and end < grid.first):
            continue
        _add(grid, start, end, number, steps, sure, within=not is_open)
    return Lane(value, events, tuple(_bins(grid, steps, sure)), further)


def _number(value: int | str | None) -> int | None:
    """A stretch's number; a day's text is that of the day."""
    return value if value is None or isinstance(value, int) else date.fromisoformat(value).toordinal()


def _add(
    grid: _Grid,
    start: int | None,
    end: int | None,
    number: int,
    steps: list[int],
    sure: list[int],
    *,
    within: bool,
) -> None:
    """Counts events from stretch `start` to `end` (None: open), as sure where that is one and `within`."""
    first = grid.first if start is None else max(start, grid.first)
    last = grid.last if end is None else min(end, grid.last)
    steps[first - grid.first] += number
    steps[last - grid.first + 1] -= number
    if within and start == end and start is not None:
        sure[start - grid.first] += number


@lru_cache(maxsize=65536)
def _stretches(text: str) -> tuple[tuple[date, date], ...] | None:
    """The stretches that a date with gaps can mean; None where they are too many or not of our calendar."""
    day = edtf.parse(text)
    spans = [(first, last) for first, last in day.spans if first is not None and last is not None]
    return tuple(spans) if day.spans_complete and len(spans) == len(day.spans) else None


def _add_broken(grid: _Grid, text: str, number: int, steps: list[int], sure: list[int]) -> None:
    """Counts a date with gaps in each stretch in which it is possible."""
    spans = _stretches(text)
    if spans is None:
        _add_exact(grid, text, number, steps, sure)
        return
    held: set[int] = set()
    for first, last in spans:
        held.update(range(_absolute(first, grid.months), _absolute(last, grid.months) + 1))
    for at in held:
        if grid.first <= at <= grid.last:
            steps[at - grid.first] += number
            steps[at - grid.first + 1] -= number
            sure[at - grid.first] += number if len(held) == 1 else 0


def _add_exact(grid: _Grid, text: str, number: int, steps: list[int], sure: list[int]) -> None:
    """The same by asking the date itself, stretch by stretch."""
    day = edtf.parse(text)
    for at in range(grid.first, grid.last + 1):
        start, end = grid.ends(at)
        if edtf.possible(day, start, end):
            steps[at - grid.first] += number
            steps[at - grid.first + 1] -= number
            if edtf.sure(day, start, end):
                sure[at - grid.first] += number


def _bins(grid: _Grid, steps: Iterable[int], sure: list[int]) -> Iterable[Bin]:
    running = 0
    for number, step in zip(range(len(sure)), steps, strict=False):
        running += step
        if running:
            start, end = grid.ends(grid.first + number)
            yield Bin(start, end, running, sure[number])
