"""Which events of a snapshot are asked for, and whether a date lies in an asked interval."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from onrecord import edtf
from onrecord.errors import StorageError


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


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The index for reading. Raises StorageError for one that cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as index:
            index.row_factory = sqlite3.Row
            yield index
    except sqlite3.Error as error:
        raise StorageError(
            f"the index {path} cannot be read: {error}", hint="`onrecord build` makes it anew"
        ) from None


@lru_cache(maxsize=16384)
def certainty(when: str, start: date | None, end: date | None) -> str | None:
    """`sure` where all that the date can mean lies within, `possible` where some does, else None."""
    day = edtf.parse(when)
    if not edtf.possible(day, start, end):
        return None
    return "sure" if edtf.sure(day, start, end) else "possible"
