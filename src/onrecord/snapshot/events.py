"""The events of the record as a table beside the full text: what lists, filters, counts and charts need.

Written at build from the register that writes the quads, so that a page of a hundred thousand events costs
what a page costs. The named question `timeline` says what a filter means; tests compare the two.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import edtf
from onrecord.terms import Concept

if TYPE_CHECKING:  # reading a snapshot needs no models, which take a tenth of a second to load
    from onrecord.model import Dating, DossierFile, Event, Register

FACETS = ("kind", "actor", "source", "dossier", "document")
"""What events are filtered and counted by, each a parameter of the question `timeline`."""
SEPARATOR = "\n"
_SCHEMA = """
CREATE TABLE event (
  place INTEGER PRIMARY KEY, event TEXT NOT NULL UNIQUE, label TEXT NOT NULL, kind TEXT NOT NULL,
  "when" TEXT, earliest TEXT, latest TEXT, date_basis TEXT NOT NULL, date_note TEXT,
  date_documents TEXT NOT NULL,
  participants TEXT NOT NULL, sources TEXT NOT NULL, documents TEXT NOT NULL, part_of TEXT, description TEXT,
  turning INTEGER NOT NULL, retracted INTEGER NOT NULL, broken INTEGER NOT NULL,
  first_month INTEGER, last_month INTEGER, grain TEXT, words TEXT, sure_start TEXT, sure_end TEXT
);
CREATE INDEX event_kind ON event (kind);
CREATE TABLE facet (
  name TEXT NOT NULL, value TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (name, value, place)
) WITHOUT ROWID;
CREATE INDEX facet_place ON facet (place, name);
CREATE TABLE actor (slug TEXT PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID;
"""
_COLUMNS = 24


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of the index.

    kinds: its kind and every broader one. broken: the date has gaps or years that no calendar day of ours
    holds, so that its first and last day do not tell where it is possible. `first_month` and `last_month`
    count months from year 0 (`12 * year + month - 1`). `grain` tells how finely the date is known, `words` is
    the date in words, and a period was going on for sure from `sure_start` to `sure_end`.
    """

    event: str
    label: str
    kind: str
    kinds: tuple[str, ...]
    when: str | None
    earliest: str | None
    latest: str | None
    date_basis: str
    date_note: str | None
    date_documents: tuple[str, ...]
    participants: tuple[str, ...]
    sources: tuple[str, ...]
    documents: tuple[str, ...]
    dossiers: tuple[str, ...]
    part_of: str | None
    description: str | None
    turning: bool
    retracted: bool
    broken: bool
    first_month: int | None
    last_month: int | None
    grain: str | None
    words: str | None
    sure_start: str | None
    sure_end: str | None

    @property
    def order(self) -> tuple[str, str, str, str]:
        """As people read: by the first possible day, where that is open by the last; undated ones last."""
        return self.earliest or self.latest or "9999-99", self.latest or "9999-99", self.label, self.event

    def facets(self) -> Iterator[tuple[str, str]]:
        """Name and value of everything that the event is found by."""
        documents = {*self.documents, *self.date_documents}
        by_name = (self.kinds, self.participants, self.sources, self.dossiers, sorted(documents))
        for name, values in zip(FACETS, by_name, strict=True):
            for value in values:
                yield name, value


def rows(register: "Register", concepts: Iterable[Concept]) -> list[EventRow]:
    """Every event in the order in which people read them, the publication of each source among them."""
    broader = _broader(concepts)
    told: dict[str, set[str]] = defaultdict(set)
    for source in register.sources:
        for account in source.events:
            if account.quotes or account.passages:
                told[account.event].add(source.id)
    retracted = register.retracted()
    every = []
    for event, sources, dossiers, turning in _events(register, told):
        every.append(_row(event, sources, dossiers, turning, event.id in retracted, broader))
    return sorted(every, key=lambda row: row.order)


def _events(
    register: "Register", told: Mapping[str, set[str]]
) -> "Iterator[tuple[Event, set[str], tuple[str, ...], bool]]":
    """Each event with the sources that tell it, its dossiers, and whether a story turns on it."""
    from onrecord.graph import publication  # here, so that readers of a snapshot load no writer of graphs

    turning = {slug for dossier in register.dossiers for slug in dossier.turning_points}
    for dossier in register.dossiers:
        for event in dossier.events:
            yield event, told.get(event.id, set()), (dossier.id,), event.id in turning
    only: tuple[DossierFile, ...] = register.dossiers if len(register.dossiers) == 1 else ()
    for source in register.sources:
        event = publication(source)
        sources = {source.id, *told.get(event.id, ())}
        yield event, sources, tuple(dossier.id for dossier in only), event.id in turning


def _broader(concepts: Iterable[Concept]) -> dict[str, tuple[str, ...]]:
    """Notation of each kind of event → itself and every broader kind."""
    kinds = {concept.iri: concept for concept in concepts if concept.scheme == "event"}
    chains: dict[str, tuple[str, ...]] = {}
    for concept in kinds.values():
        chain: list[str] = []
        step: Concept | None = concept
        while step is not None and step.notation not in chain:
            chain.append(step.notation)
            step = kinds.get(step.broader or "")
        chains[concept.notation] = tuple(chain)
    return chains


def _row(
    event: "Event",
    sources: Iterable[str],
    dossiers: tuple[str, ...],
    turning: bool,
    retracted: bool,
    broader: Mapping[str, tuple[str, ...]],
) -> EventRow:
    date: Dating = event.date
    parsed = edtf.parse(date.when) if date.when else None
    first, last = (parsed.earliest, parsed.latest) if parsed else (None, None)
    fine = edtf.grain(parsed) if parsed else None
    sure = edtf.certain_part(parsed) if parsed and fine == "period" else None
    return EventRow(
        event=event.id,
        label=event.label,
        kind=event.kind,
        kinds=broader.get(event.kind, (event.kind,)),
        when=date.when,
        earliest=first.isoformat() if first else None,
        latest=last.isoformat() if last else None,
        date_basis=date.basis,
        date_note=date.note,
        date_documents=tuple(sorted(set(date.documents))),
        participants=tuple(sorted({each.actor for each in event.participants})),
        sources=tuple(sorted(sources)),
        documents=tuple(sorted(set(event.documents))),
        dossiers=dossiers,
        part_of=event.part_of,
        description=event.description,
        turning=turning,
        retracted=retracted,
        broken=parsed is not None and _is_broken(parsed),
        first_month=_month(first),
        last_month=_month(last),
        grain=fine,
        words=parsed.display() if parsed else None,
        sure_start=sure[0].isoformat() if sure else None,
        sure_end=sure[1].isoformat() if sure else None,
    )


def _month(day: date | None) -> int | None:
    return None if day is None else 12 * day.year + day.month - 1


def _is_broken(day: edtf.Edtf) -> bool:
    """Whether first and last day do not say all: gaps between, or a year outside 1 to 9999."""
    lost = (day.earliest is None) != (day.earliest_year is None) or (day.latest is None) != (
        day.latest_year is None
    )
    return lost or not day.spans_complete or len(day.spans) != 1


def build(path: Path, rows: Iterable[EventRow], actors: Mapping[str, str]) -> None:
    """Adds the events to the index at `path`. actors: slug → name for people.

    Raises OSError or sqlite3.Error where it cannot be written.
    """
    marks = ", ".join("?" * _COLUMNS)
    with closing(sqlite3.connect(path)) as index:
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")  # the build flushes the whole folder before it publishes it
        index.executescript(_SCHEMA)
        kept = list(rows)
        insert = f"INSERT INTO event VALUES ({marks})"  # noqa: S608  question marks only
        index.executemany(insert, (_stored(place, row) for place, row in enumerate(kept, 1)))
        facets = ((*facet, place) for place, row in enumerate(kept, 1) for facet in row.facets())
        index.executemany("INSERT INTO facet VALUES (?, ?, ?)", facets)
        index.executemany("INSERT INTO actor VALUES (?, ?)", sorted(actors.items()))
        index.execute("ANALYZE")
        index.commit()


def _stored(place: int, row: EventRow) -> tuple[str | int | None, ...]:
    lists = (row.date_documents, row.participants, row.sources, row.documents)
    return (
        place, row.event, row.label, row.kind, row.when, row.earliest, row.latest, row.date_basis,
        row.date_note, *(SEPARATOR.join(values) for values in lists), row.part_of, row.description,
        int(row.turning), int(row.retracted), int(row.broken), row.first_month, row.last_month,
        row.grain, row.words, row.sure_start, row.sure_end,
    )  # fmt: skip
