"""Counts events by lane and stretch of time, all lanes in one pass over the columns."""

from dataclasses import dataclass

import numpy as np

from onrecord import edtf
from onrecord.snapshot.bins import NOBODY, OTHERS, Bin, Grid, Lane
from onrecord.snapshot.columns import BEFORE, Bits, Columns, Ints


@dataclass(frozen=True, eq=False)
class _Members:
    """Which event counts in which lane: pairs of event and number of the lane, and each lane's name.

    lanes: value of a lane, and how many values `others` stands for.
    """

    lanes: tuple[tuple[str, int], ...]
    event: Ints
    lane: Ints

    def sizes(self) -> list[int]:
        """Events of each lane, dated or not."""
        sizes: list[int] = np.bincount(self.lane, minlength=len(self.lanes)).tolist()
        return sizes


def lanes(columns: Columns, mask: Bits, grid: Grid, by: str, most: int) -> tuple[Lane, ...]:
    """The lanes of the events of a mask, the largest first; `by` and `most` as in `gathered`."""
    members = _by_kind(columns, mask, most) if by == "kind" else _by_actor(columns, mask, most)
    width = grid.last - grid.first + 1
    steps = np.zeros((len(members.lanes), width + 1), dtype=np.int64)
    sure = np.zeros((len(members.lanes), width), dtype=np.int64)
    _add_whole(columns, members, grid, steps, sure)
    _add_gaps(columns, members, grid, steps, sure)
    _add_exact(columns, members, grid, steps, sure)
    possible = steps.cumsum(axis=1)
    return tuple(
        Lane(value, size, _bins(grid, possible[at].tolist(), sure[at].tolist()), further)
        for at, ((value, further), size) in enumerate(zip(members.lanes, members.sizes(), strict=True))
    )


def _bins(grid: Grid, possible: list[int], sure: list[int]) -> tuple[Bin, ...]:
    held = zip(range(grid.first, grid.last + 1), possible, sure, strict=False)
    return tuple(Bin(*grid.ends(number), many, some) for number, many, some in held if many)


def _largest(sizes: Ints, most: int) -> tuple[list[int], list[int]]:
    """Numbers of the values that have a lane of their own, the largest first, and of the rest."""
    order = np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes)].tolist()
    return (order, []) if len(order) <= most else (order[: most - 1], order[most - 1 :])


def _by_kind(columns: Columns, mask: Bits, most: int) -> _Members:
    """A lane for each kind; an event has one."""
    event = mask.nonzero()[0]
    own, rest = _largest(np.bincount(columns.kind[event], minlength=len(columns.kinds)), most)
    lane_of = np.full(len(columns.kinds), len(own), dtype=np.int64)
    lane_of[own] = range(len(own))
    named = [(columns.kinds[at], 0) for at in own] + ([(OTHERS, len(rest))] if rest else [])
    return _Members(tuple(named), event, lane_of[columns.kind[event]])


def _by_actor(columns: Columns, mask: Bits, most: int) -> _Members:
    """A lane for each actor: an event counts in that of each of its own, and once in that of the rest."""
    facet = columns.facet("actor")
    let = mask[facet.event]
    event, value = facet.event[let], facet.value[let]
    own, rest = _largest(np.bincount(value, minlength=len(facet.values)), most)
    lane_of = np.full(len(facet.values), len(own), dtype=np.int64)
    lane_of[own] = range(len(own))
    lane = lane_of[value]
    alone = lane < len(own)
    parts = [(event[alone], lane[alone])]
    named = [(facet.values[at], 0) for at in own]
    nobody = mask.copy()
    nobody[event] = False
    for name, further, events in (
        (OTHERS, len(rest), np.unique(event[~alone])),
        (NOBODY, 0, nobody.nonzero()[0]),
    ):
        if len(events):
            parts.append((events, np.full(len(events), len(named), dtype=np.int64)))
            named.append((name, further))
    return _Members(tuple(named), *(np.concatenate(each) for each in zip(*parts, strict=True)))


def _add_whole(columns: Columns, members: _Members, grid: Grid, steps: Ints, sure: Ints) -> None:
    """Dates without gaps count from their first stretch to their last."""
    kept = ~(columns.undated | columns.broken)[members.event]
    event, lane = members.event[kept], members.lane[kept]
    if grid.months:
        start, end = columns.first_month[event] // grid.months, columns.last_month[event] // grid.months
    else:
        start, end = columns.first[event], columns.last[event]
    within = (start == end) & (columns.first[event] != BEFORE)
    _add(grid, lane, start, end, steps)
    _add_sure(grid, lane[within], start[within], sure)


def _add(grid: Grid, lane: Ints, start: Ints, end: Ints, steps: Ints) -> None:
    """Counts stretches from `start` to `end` where they meet the grid."""
    meets = (start <= grid.last) & (end >= grid.first)
    lane, start, end = lane[meets], start[meets], end[meets]
    np.add.at(steps, (lane, np.maximum(start, grid.first) - grid.first), 1)
    np.add.at(steps, (lane, np.minimum(end, grid.last) - grid.first + 1), -1)


def _add_sure(grid: Grid, lane: Ints, number: Ints, sure: Ints) -> None:
    held = (number >= grid.first) & (number <= grid.last)
    np.add.at(sure, (lane[held], number[held] - grid.first), 1)


def _add_gaps(columns: Columns, members: _Members, grid: Grid, steps: Ints, sure: Ints) -> None:
    """Dates with gaps count in each stretch in which they are possible, once in each."""
    gaps = columns.gaps
    start, end = _numbers(gaps.first, grid), _numbers(gaps.last, grid)
    if not len(start):
        return
    same = np.concatenate(([False], gaps.event[1:] == gaps.event[:-1]))
    reached = np.concatenate((start[:1] - 1, end[:-1]))
    start = np.where(same, np.maximum(start, reached + 1), start)  # a stretch that the one before holds too
    many = np.bincount(gaps.event, weights=end - start + 1, minlength=len(columns.kind))
    order = np.argsort(members.event, kind="stable")
    event, lane = members.event[order], members.lane[order]
    low, high = np.searchsorted(event, gaps.event), np.searchsorted(event, gaps.event, "right")
    times = high - low
    at = np.repeat(low, times) + np.arange(times.sum()) - np.repeat(times.cumsum() - times, times)
    start, end, alone = (np.repeat(each, times) for each in (start, end, many[gaps.event] == 1))
    real = start <= end
    _add(grid, lane[at][real], start[real], end[real], steps)
    _add_sure(grid, lane[at][real & alone], start[real & alone], sure)


def _numbers(days: Ints, grid: Grid) -> Ints:
    """Numbers of the stretches that hold days, given as ordinals."""
    if not grid.months:
        return days
    months = (days - 719163).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    numbers: Ints = months // grid.months
    return numbers


def _add_exact(columns: Columns, members: _Members, grid: Grid, steps: Ints, sure: Ints) -> None:
    """The same by asking the date itself, stretch by stretch."""
    for event, when in columns.gaps.exact:
        lane = members.lane[members.event == event]
        if not len(lane):
            continue
        day = edtf.parse(when)
        for at in range(grid.first, grid.last + 1):
            start, end = grid.ends(at)
            if edtf.possible(day, start, end):
                steps[lane, at - grid.first] += 1
                steps[lane, at - grid.first + 1] -= 1
                if edtf.sure(day, start, end):
                    sure[lane, at - grid.first] += 1
