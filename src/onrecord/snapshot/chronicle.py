"""Reads the events of a snapshot: which are let through, page by page, counted, and gathered in bins of time.

What a filter means is said by the named question `timeline`: an interval lets through what is possible in it,
undated events are left out where one is asked, and a kind stands for its narrower ones too.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from onrecord import edtf
from onrecord.errors import StorageError
from onrecord.snapshot.events import SEPARATOR
from onrecord.snapshot.search import expression

Row = dict[str, Any]
COLUMNS = (
    "event", "label", "kind", "when", "earliest", "latest", "date_basis", "date_note", "date_documents",
    "certainty", "participants", "sources", "documents", "part_of", "description", "turning",
    "grain", "words", "sure_start", "sure_end",
)  # fmt: skip
"""Columns of a row: those of the question `timeline`; whether a story turns on the event; how finely its date
is known, the date in words, and from when to when a period was going on for sure."""
ANSWERED = COLUMNS[: COLUMNS.index("turning")]
"""Columns that the question gives too."""
_LISTS = ("date_documents", "participants", "sources", "documents")
_STORED = ", ".join(f'"{name}"' for name in (*COLUMNS, "broken") if name != "certainty")
_DESCRIBED = " AND (turning OR description IS NOT NULL)"


@dataclass(frozen=True)
class Wanted:
    """Which events are asked for.

    facets: name of a facet and its value, in order of names. dated: whether an interval was asked, whose
    first and last day `start` and `end` are (None: open). words: searched in the full text of events.
    """

    facets: tuple[tuple[str, str], ...] = ()
    dated: bool = False
    start: date | None = None
    end: date | None = None
    words: str = ""

    def without(self, name: str) -> "Wanted":
        """The same without one facet."""
        return replace(self, facets=tuple(pair for pair in self.facets if pair[0] != name))


@lru_cache(maxsize=16384)
def certainty(when: str, start: date | None, end: date | None) -> str | None:
    """`sure` where all that the date can mean lies within, `possible` where some does, else None."""
    day = edtf.parse(when)
    if not edtf.possible(day, start, end):
        return None
    return "sure" if edtf.sure(day, start, end) else "possible"


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The index for reading. Raises StorageError for one that cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as index:
            index.row_factory = sqlite3.Row
            index.execute("PRAGMA temp_store = MEMORY")
            yield index
    except sqlite3.Error as error:
        raise StorageError(
            f"the index {path} cannot be read: {error}", hint="`onrecord build` makes it anew"
        ) from None


@dataclass(frozen=True)
class Chronicle:
    """The events that are asked for. Each method reads them anew from the index.

    index: `search.sqlite` of a snapshot. notes: what a reader must know of what was left out.
    """

    index: Path
    wanted: Wanted
    notes: tuple[str, ...] = ()

    def count(self, *, described: bool = False) -> int:
        """How many events are let through; with `described` those that `rows` gives then."""
        with opened(self.index) as index:
            where, given = condition(index, self.wanted)
            where += _DESCRIBED if described else ""
            return int(index.execute(f"SELECT COUNT(*) FROM event WHERE {where}", given).fetchone()[0])  # noqa: S608

    def holds(self, event: str) -> bool:
        """Whether an event is let through."""
        with opened(self.index) as index:
            where, given = condition(index, self.wanted)
            found = index.execute(f"SELECT 1 FROM event WHERE {where} AND event = ?", (*given, event))  # noqa: S608
            return found.fetchone() is not None

    def rows(
        self, limit: int | None = None, offset: int = 0, *, turning: bool = False, described: bool = False
    ) -> list[Row]:
        """One page, in the order in which people read: by first possible day, else by the last.

        turning: turning points alone. described: those, and all events with a description.
        """
        with opened(self.index) as index:
            where, given = condition(index, self.wanted)
            where += (" AND turning" if turning else "") + (_DESCRIBED if described else "")
            found = index.execute(
                f"SELECT {_STORED} FROM event WHERE {where} ORDER BY place LIMIT ? OFFSET ?",  # noqa: S608
                (*given, -1 if limit is None else limit, offset),
            )
            return [self._row(values) for values in found]

    def _row(self, values: sqlite3.Row) -> Row:
        row: Row = {name: values[name] for name in COLUMNS if name != "certainty"}
        for name in _LISTS:
            row[name] = row[name].split(SEPARATOR) if row[name] else []
        row["turning"] = bool(row["turning"])
        row["certainty"] = self._certainty(row, bool(values["broken"]))
        return {name: row[name] for name in COLUMNS}

    def _certainty(self, row: Row, broken: bool) -> str | None:
        """Whether the event lies in the asked interval for sure; first and last day tell it but for gaps."""
        asked = self.wanted
        if not asked.dated:
            return "sure"
        if broken:
            return certainty(row["when"], asked.start, asked.end)
        begun = asked.start is None or (row["earliest"] or "") >= asked.start.isoformat()
        ended = asked.end is None or (row["latest"] or "9999-99") <= asked.end.isoformat()
        return "sure" if begun and ended else "possible"

    def row(self, event: str) -> Row | None:
        """One event by its slug, whether it is let through or not; None where there is none that stands."""
        with opened(self.index) as index:
            found = index.execute(
                f"SELECT {_STORED} FROM event WHERE event = ? AND NOT retracted",  # noqa: S608
                (event,),
            ).fetchone()
        return None if found is None else Chronicle(self.index, Wanted())._row(found)

    def labels(self) -> dict[str, str]:
        """Slug → label of every event that is let through, in order."""
        with opened(self.index) as index:
            where, given = condition(index, self.wanted)
            found = index.execute(f"SELECT event, label FROM event WHERE {where} ORDER BY place", given)  # noqa: S608
            return {str(slug): str(label) for slug, label in found}

    def actors(self) -> dict[str, str]:
        """Slug → name of every actor on record, whatever is asked."""
        with opened(self.index) as index:
            return {str(slug): str(label) for slug, label in index.execute("SELECT slug, label FROM actor")}

    def beside(self, event: str) -> tuple[str | None, str | None]:
        """Slugs of the events before and after one, among those that are let through."""
        with opened(self.index) as index:
            where, given = condition(index, self.wanted)
            own = "(SELECT place FROM event WHERE event = ?)"
            found = []
            for sign, order in (("<", "DESC"), (">", "ASC")):
                row = index.execute(
                    f"SELECT event FROM event WHERE {where} AND place {sign} {own} "  # noqa: S608
                    f"ORDER BY place {order} LIMIT 1",
                    (*given, event),
                ).fetchone()
                found.append(None if row is None else str(row[0]))
            return found[0], found[1]

    def counts(self, name: str) -> dict[str, int]:
        """Value of a facet → how many events it would let through, everything else as it is asked.

        By number, most first, then by value.
        """
        with opened(self.index) as index:
            where, given = condition(index, self.wanted.without(name))
            found = index.execute(
                "SELECT value, COUNT(*) AS number FROM facet JOIN event USING (place) "  # noqa: S608
                f"WHERE facet.name = ? AND {where} GROUP BY value ORDER BY number DESC, value",
                (name, *given),
            )
            return {str(value): int(number) for value, number in found}

    def span(self) -> tuple[date | None, date | None]:
        """First and last day that any of the events can mean, where they are known."""
        with opened(self.index) as index:
            where, given = condition(index, self.wanted)
            first, last = index.execute(
                "SELECT MIN(IFNULL(earliest, latest)), MAX(IFNULL(latest, earliest)) "  # noqa: S608
                f"FROM event WHERE {where}",
                given,
            ).fetchone()
        return (date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)

    def undated(self) -> int:
        """How many events everything but the interval lets through, and have no date."""
        with opened(self.index) as index:
            plain = replace(self.wanted, dated=False, start=None, end=None)
            where, given = condition(index, plain)
            found = index.execute(f'SELECT COUNT(*) FROM event WHERE {where} AND "when" IS NULL', given)  # noqa: S608
            return int(found.fetchone()[0])

    def retracted(self) -> list[str]:
        """Slugs of retracted events that the filters would let through."""
        with opened(self.index) as index:
            where, given = condition(index, self.wanted, standing=False, exact=False)
            found = index.execute(f"SELECT event FROM event WHERE {where} AND retracted", given)  # noqa: S608
            return [str(row[0]) for row in found]


def condition(
    index: sqlite3.Connection, wanted: Wanted, *, standing: bool = True, exact: bool = True
) -> tuple[str, Sequence[Any]]:
    """A condition on the table of events, and its values.

    exact: an interval lets through what is possible in it; else what first and last day do not exclude,
    undated events among them, as the question's SPARQL does before its finish.
    """
    tests = ["NOT retracted"] if standing else ["1"]
    given: list[str] = []
    for facet in wanted.facets:
        tests.append("place IN (SELECT place FROM facet WHERE name = ? AND value = ?)")
        given += facet
    if wanted.words:
        tests.append("event IN (SELECT slug FROM entry WHERE entry MATCH ? AND noun = 'event')")
        given.append(expression(wanted.words))
    if wanted.dated:
        first, last = (day.isoformat() if day else None for day in (wanted.start, wanted.end))
        if exact:
            tests.append('"when" IS NOT NULL')
            if wanted.start and wanted.end and wanted.start > wanted.end:
                tests.append("0")
        for bound, column, sign in ((first, "latest", ">="), (last, "earliest", "<=")):
            if bound is not None:
                tests.append(f"({column} IS NULL OR {column} {sign} ?)")
                given.append(bound)
        if exact:
            index.create_function(
                "lies_within", 1, lambda when: certainty(when, wanted.start, wanted.end) is not None
            )
            tests.append('(NOT broken OR lies_within("when"))')
    return " AND ".join(tests), given
