"""References followed through the record: all within a depth, or the shortest way to one thing."""

from collections import defaultdict, deque
from collections.abc import Mapping
from typing import Any

from onrecord.errors import UsageError
from onrecord.query.binding import Asked

Row = dict[str, Any]
DEFAULT_DEPTH, MOST_DEPTH = 3, 10
_PRINTS = ("quotes", "reports", "cites")


def _depth(asked: Asked) -> int:
    depth = int(asked.words.get("depth", DEFAULT_DEPTH))
    if not 1 <= depth <= MOST_DEPTH:
        raise UsageError(f"'depth' is {depth}; expected 1 to {MOST_DEPTH}")
    return depth


def _by(rows: list[Row], end: str) -> Mapping[str, list[Row]]:
    index: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_order):
        index[row[end]].append(row)
    return index


def _order(row: Row) -> tuple[str, str, str, str]:
    return row["from"], row["to"], row["relation"], row["source"] or ""


def edges(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """References from the document, then references to it, each with its distance; by direction and depth."""
    depth = _depth(asked)
    start = asked.slugs["document"]
    found = _follow(start, _by(rows, "from"), "to", depth, "refers")
    found += _follow(start, _by(rows, "to"), "from", depth, "referred-to")
    return found, [f"references followed to a depth of {depth}"]


def _follow(start: str, index: Mapping[str, list[Row]], far: str, depth: int, direction: str) -> list[Row]:
    seen, layer, found = {start}, [start], []
    for distance in range(1, depth + 1):
        reached = []
        for slug in layer:
            for row in index.get(slug, ()):
                found.append({**row, "depth": distance, "direction": direction})
                if row[far] not in seen:
                    seen.add(row[far])
                    reached.append(row[far])
        layer = reached
    return found


def path(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """The steps of a shortest chain; of several, the first in alphabetical order. No row where there is none.

    Words told at second hand are reached through who tells them: an article leads to the letter that it
    prints, and only the letter to the words in it. Where that is too long, the direct printing stands.
    """
    depth = _depth(asked)
    start, goal = asked.slugs["from"], asked.slugs["to"]
    second_hand = _second_hand(rows)
    honest = [
        row
        for row in rows
        if not (row["relation"] in _PRINTS and row["from"] not in second_hand.get(row["to"], {row["from"]}))
    ]
    steps = _steps(_by(honest, "from"), start, goal, depth) or _steps(_by(rows, "from"), start, goal, depth)
    notes = [] if steps else [f"no chain of at most {depth} references leads from '{start}' to '{goal}'"]
    return [{**row, "step": number} for number, row in enumerate(steps, start=1)], notes


def _second_hand(rows: list[Row]) -> Mapping[str, set[str]]:
    """Statement → the documents, statements and actors through which it is told."""
    tellers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["relation"] in ("contains", "relays"):
            tellers[row["to"]].add(row["from"])
        elif row["relation"] == "reported-by":
            tellers[row["from"]].add(row["to"])
    return tellers


def _steps(index: Mapping[str, list[Row]], start: str, goal: str, depth: int) -> list[Row]:
    """Breadth first, so the first way found is a shortest."""
    came: dict[str, Row] = {}
    queue = deque([(start, 0)])
    while queue and goal not in came:
        slug, distance = queue.popleft()
        for row in index.get(slug, ()) if distance < depth else ():
            if row["to"] not in came and row["to"] != start:
                came[row["to"]] = row
                queue.append((row["to"], distance + 1))
    steps: list[Row] = []
    while goal in came:
        steps.append(came[goal])
        goal = came[goal]["from"]
    return steps[::-1]
