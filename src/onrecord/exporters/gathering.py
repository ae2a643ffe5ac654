"""Gathers what an export needs from a record, through its questions: rows, citations, documents, quads.

The queries that no question answers stand in `ontology/exports/`. Only what a format writes is asked for.
"""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from onrecord import __version__, resources
from onrecord.analysis.citations import CitationEdge
from onrecord.errors import UnknownName, UsageError
from onrecord.exporters.bindings import Binding, edges_of, references_of
from onrecord.exporters.corrections import since
from onrecord.exporters.formats import Format
from onrecord.exporters.material import (
    About,
    ExportFile,
    Material,
    Reference,
    Row,
    SourceNote,
    unique_sorted,
)
from onrecord.exporters.record import Answered, Record
from onrecord.exporters.registry import export, find_format, table_of
from onrecord.exporters.selection import (
    ALL_FILTERS,
    CITATION_FILTERS,
    COMMON_FILTERS,
    CORRECTIONS_SINCE,
    EVENT_FILTERS,
    STATEMENT_FILTERS,
)
from onrecord.exporters.svg import LANES, timeline_of
from onrecord.model.correction import START
from onrecord.snapshot.chronicle import ANSWERED

_NAMED = ("speaker", "organisation", "about", "source", "actor", "dossier", "document", "around")
"""Filters that name a record."""


@dataclass(frozen=True)
class Listed:
    """Rows with their notes."""

    rows: Sequence[Row]
    notes: Sequence[Any]


def export_from(record: Record, name: str, filters: Mapping[str, str]) -> list[ExportFile]:
    """The files of an export of a record. filters: those of the questions, `table`, and those of citations;
    `corrections-since` says which entries of the correction log are listed (see `corrections.since`).

    UnknownName: no such format, table, filter or slug. UsageError: a filter that the format does not take,
    or a value that does not parse.
    """
    chosen = find_format(name)
    asked = {key.replace("_", "-"): value for key, value in filters.items()}
    table, version = asked.pop("table", None), asked.pop(CORRECTIONS_SINCE, None)
    lanes = _lanes(chosen, asked.pop("lanes", None), asked.get("at"))
    own = {key: asked.pop(key) for key in (*COMMON_FILTERS, *CITATION_FILTERS) if key in asked}
    holds = table_of(chosen, table, asked)
    for unknown in sorted(asked.keys() - set(ALL_FILTERS)):
        near_names = get_close_matches(unknown, (*ALL_FILTERS, CORRECTIONS_SINCE), n=3, cutoff=0.5)
        hint = None if near_names else f"filters: {', '.join(ALL_FILTERS)}"
        raise UnknownName(f"there is no filter '{unknown}'", near=near_names, hint=hint)
    today, renamed = _followed(record, {**asked, **own})
    asked, own = ({key: today[key] for key in given} for given in (asked, own))
    selected = bool(asked or any(own.values()))
    material = _Gatherer(record, chosen, holds, asked, selected, version, renamed, lanes).material()
    return export(name, material, table=table, **own)


def citations_from(record: Record) -> tuple[CitationEdge, ...]:
    """Every citation of a record, by slug; none that is retracted or leads from, to or through such."""
    gone = {str(row["record"]) for row in record.ask("corrections").rows if row["kind"] == "retract"}
    return edges_of(_standing(_rows_of(record, "citations"), gone))


def _rows_of(record: Record, query: str) -> Sequence[Binding]:
    path = resources.ontology_dir() / "exports" / f"{query}.rq"
    return record.query(path.read_text(encoding="utf-8")).rows


def gathered(record: Record, name: str, filters: Mapping[str, str]) -> Material:
    """What an export of these filters is made of, without writing it. Raises as `export_from`."""
    return _Gatherer(record, find_format(name), "", filters, bool(filters), None, ()).material()


def about_record(record: Record) -> About:
    """What the record says of itself: licence, sources with their rights, cut-off, counts, corrections."""
    return _Gatherer(record, find_format("csl-json"), "", {}, False, None, ()).about()


def _lanes(chosen: Format, lanes: str | None, at: str | None) -> str:
    """What the lanes of a drawing are; empty where the format draws none."""
    if chosen.holds != "timeline":
        if lanes is not None:
            raise UsageError(f"'{chosen.name}' has no lanes", hint="svg and embed-timeline do")
        return ""
    if at is not None:
        raise UsageError(
            f"'{chosen.name}' takes no filter 'at'", hint="'to' keeps what may have been by then"
        )
    if lanes not in (None, *LANES):
        raise UnknownName(f"there are no lanes by '{lanes}'", hint=f"lanes: {', '.join(LANES)}")
    return lanes or LANES[0]


@dataclass(frozen=True)
class _Gatherer:
    """One export's questions."""

    record: Record
    chosen: Format
    table: str
    filters: Mapping[str, str]
    selected: bool
    version: str | None
    renamed: tuple[str, ...]
    lanes: str = ""

    def material(self) -> Material:
        writes = self.chosen.holds or self.table
        log = self.record.ask("corrections").rows
        if writes == "timeline":
            return self._drawn(log)
        gone = {str(row["record"]) for row in log if row["kind"] == "retract"}
        references = references_of(_standing(self._rows("bibliography"), gone))
        statements = self._answer(
            "who-said-what", STATEMENT_FILTERS, writes in ("statements", "references", "cards")
        )
        events = self._events(writes == "events")
        wants_edges = writes == "citations" or (self.selected and writes in ("record", "references"))
        # A graph has citations, not rows: what is said of the rows that chose them is not said of it.
        notes = [note for answer in (statements, events) if answer for note in answer.notes]
        notes = [] if writes == "citations" else notes
        return Material(
            about=self._with_log(self._about(references, notes), log),
            statements=tuple(statements.rows) if statements else (),
            events=tuple(events.rows) if events else (),
            citations=citations_from(self.record) if wants_edges else (),
            references=references,
            quads=self._quads() if writes == "record" else (),
            context=_context() if self.chosen.name == "jsonld" else {},
            names=self._names() if writes == "cards" else {},
        )

    def _drawn(self, log: Sequence[Row]) -> Material:
        """What a drawing of the timeline needs."""
        chronicle = self.record.chronicle(self.filters)
        about = self._about(references_of(self._rows("bibliography")), chronicle.notes)
        shown = {"lanes": self.lanes} if self.lanes != LANES[0] else {}
        about = replace(self._with_log(about, log), filters={**self.filters, **shown})
        return Material(about=about, timeline=timeline_of(chronicle, self.lanes))

    def _events(self, written: bool) -> Answered | None:
        """The rows of events; words are searched in the index, which the question cannot."""
        if "q" in self.filters and (written or self._chooses):
            chronicle = self.record.chronicle({k: v for k, v in self.filters.items() if k in EVENT_FILTERS})
            rows = [{name: row[name] for name in ANSWERED} for row in chronicle.rows()]
            return Listed(rows, chronicle.notes)
        return self._answer("timeline", EVENT_FILTERS, written)

    def about(self) -> About:
        references = references_of(self._rows("bibliography"))
        return self._with_log(self._about(references, ()), self.record.ask("corrections").rows)

    @property
    def _chooses(self) -> bool:
        """Whether rows that are not written choose what is."""
        return self.selected and self.table not in ("statements", "events")

    def _answer(self, question: str, takes: Sequence[str], written: bool) -> Answered | None:
        """The rows of a question where the format writes them or a filter chooses by them."""
        if not (written or self._chooses):
            return None
        return self.record.ask(question, {key: self.filters[key] for key in takes if key in self.filters})

    def _rows(self, query: str) -> Sequence[Binding]:
        return _rows_of(self.record, query)

    def _with_log(self, about: About, log: Sequence[Row]) -> About:
        """The description with the entries of the log that were asked for."""
        return replace(
            about,
            corrections=since(log, self.version, about.dataset_hash),
            corrections_since=self.version,
            corrections_held=len(log),
            corrections_head=str(log[-1]["sha256"]) if log else START,
        )

    def _names(self) -> dict[str, str]:
        asked = (("actors", "actor"), ("timeline", "event"))
        return {row[key]: row["label"] for question, key in asked for row in self.record.ask(question).rows}

    def _quads(self) -> tuple[str, ...]:
        return tuple(sorted(f"{_quad(row)} ." for row in self._rows("quads")))

    def _about(self, references: Sequence[Reference], notes: Sequence[Any]) -> About:
        manifest = self.record.snapshot.manifest
        rows = [row for row in self._rows("about") if row["dataset"]["value"] == manifest.base]
        sources = [reference for reference in references if reference.file is not None]
        licences = unique_sorted(row.get("licence", {}).get("value") for row in rows)
        return About(
            title=manifest.title,
            licence=licences[0] if licences else "not stated",
            version=", ".join(f"{name} {value}" for name, value in sorted(manifest.versions.items())),
            dataset_hash=manifest.dataset_hash,
            cut_off=max((ref.latest for ref in sources if ref.latest), default=None),
            sources=tuple(_note(reference) for reference in sources),
            filters=self.filters,
            counts=manifest.counts,
            generated_by=f"onrecord {__version__}",
            creators=unique_sorted(row.get("creator", {}).get("value") for row in rows),
            notes=(*self.renamed, *dict.fromkeys(_text(note) for note in notes)),
            base=manifest.base,
        )


def _followed(record: Record, filters: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The filters with the slugs of today, and a note for each that changed."""
    new = {name: record.renamed(filters[name]) for name in _NAMED if name in filters}
    moved = {name: slug for name, slug in new.items() if slug is not None}
    notes = tuple(
        f"'{filters[name]}' is called '{slug}' now; the choice is by that" for name, slug in moved.items()
    )
    return {**filters, **moved}, notes


def _standing(rows: Sequence[Binding], gone: Set[str]) -> list[Binding]:
    """The rows that are neither of a retracted record nor lead from, to or through one."""
    ends = ("document", "edge", "from", "to", "source")
    slugs = ((row, {row[end]["value"].rpartition("/")[2] for end in ends if end in row}) for row in rows)
    return [row for row, named in slugs if not named & gone]


def _note(reference: Reference) -> SourceNote:
    publisher = reference.publisher.label if reference.publisher else None
    return SourceNote(
        slug=reference.id,
        title=reference.title,
        publisher=publisher,
        when=reference.when,
        url=reference.url,
        rights=reference.rights,
        date_basis=reference.date_basis,
    )


def _text(note: object) -> str:
    return note if isinstance(note, str) else json.dumps(note, ensure_ascii=False, sort_keys=True)


def _context() -> Mapping[str, Any]:
    path: Path = resources.ontology_dir() / "context.jsonld"
    context: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return context


def _quad(row: Binding) -> Quad:
    subject, predicate, value, graph = (_term(row[name]) for name in "spog")
    return Quad(subject, predicate, value, graph)  # type: ignore[arg-type]


def _term(term: Mapping[str, Any]) -> NamedNode | BlankNode | Literal:
    text = str(term["value"])
    if term["type"] == "uri":
        return NamedNode(text)
    if term["type"] == "bnode":
        return BlankNode(text)
    if "xml:lang" in term:
        return Literal(text, language=str(term["xml:lang"]))
    return Literal(text, datatype=NamedNode(str(term["datatype"]))) if "datatype" in term else Literal(text)
