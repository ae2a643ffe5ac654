"""Reads the events of a snapshot: which are let through, page by page and counted.

Which they are and how many is told by columns in memory (`onrecord.snapshot.columns`); what a row says is
read from the index for the rows of a page alone. What a filter means is said by the named question
`timeline`: an interval lets through what is possible in it, undated events are left out where one is asked,
and a kind stands for its narrower ones too.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.snapshot.entry import GONE
from onrecord.snapshot.events import SEPARATOR
from onrecord.snapshot.wanted import Wanted, certainty, opened

if TYPE_CHECKING:
    from onrecord.snapshot.columns import Bits, Columns

__all__ = ["ANSWERED", "COLUMNS", "Chronicle", "Row", "Wanted"]

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
_AMONG = "place IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True)
class Chronicle:
    """The events that are asked for. Each method reads them anew from the index.

    index: `search.sqlite` of a snapshot. notes: what a reader must know of what was left out.
    """

    index: Path
    wanted: Wanted
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> "Columns":
        """The events of the index in memory."""
        from onrecord.snapshot.columns import columns  # here, so that what asks no events loads no arrays

        return columns(self.index)

    @property
    def mask(self) -> "Bits":
        """Which events are let through, in the order of their places."""
        return self.columns.mask(self.wanted)

    def count(self, *, described: bool = False) -> int:
        """How many events are let through; with `described` those that `rows` gives then."""
        mask = self.mask
        return int((mask & self.columns.told if described else mask).sum())

    def holds(self, event: str) -> bool:
        """Whether an event is let through."""
        place = self._place(event)
        return place is not None and bool(self.mask[place - 1])

    def _place(self, event: str) -> int | None:
        with opened(self.index) as index:
            found = index.execute("SELECT place FROM event WHERE event = ?", (event,)).fetchone()
        return None if found is None else int(found[0])

    def rows(
        self, limit: int | None = None, offset: int = 0, *, turning: bool = False, described: bool = False
    ) -> list[Row]:
        """One page, in the order in which people read: by first possible day, else by the last.

        turning: turning points alone. described: those, and all events with a description.
        """
        mask = self.mask
        mask = mask & self.columns.turning if turning else mask
        mask = mask & self.columns.told if described else mask
        every = mask.nonzero()[0] + 1
        places = every[offset : None if limit is None else offset + limit].tolist()
        return [self._row(values) for values in self._stored(_STORED, places)]

    def _stored(self, columns: str, places: Iterable[int]) -> list[sqlite3.Row]:
        with opened(self.index) as index:
            return index.execute(
                f"SELECT {columns} FROM event WHERE {_AMONG} ORDER BY place",  # noqa: S608
                (json.dumps(list(places)),),
            ).fetchall()

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
        places = (self.mask.nonzero()[0] + 1).tolist()
        return {str(slug): str(label) for slug, label in self._stored("event, label", places)}

    def actors(self) -> dict[str, str]:
        """Slug → name of every actor on record, whatever is asked."""
        with opened(self.index) as index:
            return {str(slug): str(label) for slug, label in index.execute("SELECT slug, label FROM actor")}

    def names(self, *nouns: str) -> dict[str, str]:
        """Slug → name of every record of some nouns that stands, whatever is asked: `document` …"""
        with opened(self.index) as index:
            found = index.execute(
                "SELECT slug, label FROM entry WHERE noun IN (SELECT value FROM json_each(?)) ORDER BY slug",
                (json.dumps(nouns),),
            )
            return {str(slug): str(label) for slug, label in found if not label.startswith(GONE)}

    def beside(self, event: str) -> tuple[str | None, str | None]:
        """Slugs of the events before and after one, among those that are let through."""
        place = self._place(event)
        if place is None:
            return None, None
        every = self.mask.nonzero()[0] + 1
        before, after = every[every < place][-1:].tolist(), every[every > place][:1].tolist()
        found = {row["place"]: str(row["event"]) for row in self._stored("place, event", [*before, *after])}
        return (found[before[0]] if before else None), (found[after[0]] if after else None)

    def counts(self, name: str) -> dict[str, int]:
        """Value of a facet → how many events it would let through, everything else as it is asked.

        By number, most first, then by value.
        """
        columns = self.columns
        facet, mask = columns.facet(name), columns.mask(self.wanted.without(name))
        return facet.counted(mask)

    def span(self) -> tuple[date | None, date | None]:
        """First and last day that any of the events can mean, where they are known."""
        return self.columns.span(self.mask)

    def undated(self) -> int:
        """How many events everything but the interval lets through, and have no date."""
        plain = replace(self.wanted, dated=False, start=None, end=None)
        return int((self.columns.mask(plain) & self.columns.undated).sum())

    def retracted(self) -> list[str]:
        """Slugs of retracted events that the filters would let through."""
        columns = self.columns
        gone = columns.mask(self.wanted, standing=False, exact=False) & columns.retracted
        return [str(row["event"]) for row in self._stored("event", (gone.nonzero()[0] + 1).tolist())]
