"""Which rows an export holds: the filters of the questions, `at` a date and the relation of citations.

Statements and events arrive filtered by their questions. Here the same filters select citations, documents
and (for RDF) descriptions, so that every format answers the same choice:

* `source`, `from`, `to`, `at`, `relation` hold of a citation itself; its date is that of the citing text.
* a filter of statements (`speaker`, `statement`, `organisation`, `about`, `contains`, `mode`, `stance`) keeps
  citations with a selected statement, or the named actor itself, at one end;
* a filter of events (`actor`, `kind`, `document`, `q`) those with a selected event, or the named actor or
  document;
* `dossier` those told by a source of its events;
* `around` those in the network of a node, to a `depth` and in a `direction` (`analysis.network`), after all
  other filters.

`at` keeps what may have been there on that day (`earliest` on or before it). What has no date is left out
where a date was asked, and the notes say how many.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from onrecord import edtf
from onrecord.analysis.citations import CitationEdge
from onrecord.analysis.network import CitationNetwork, known_node, network
from onrecord.errors import UnknownName, UsageError
from onrecord.exporters.material import Material, Reference, Row

STATEMENT_FILTERS = (
    "speaker", "statement", "organisation", "about", "source", "from", "to", "contains", "mode", "stance",
)  # fmt: skip
EVENT_FILTERS = ("from", "to", "actor", "kind", "source", "dossier", "document", "q")
CITATION_FILTERS = ("relation", "around", "depth", "direction")
COMMON_FILTERS = ("at",)
OWN_FILTERS = ("source", "from", "to", *COMMON_FILTERS, *CITATION_FILTERS)
"""Those that hold of a citation itself."""
ALL_FILTERS = tuple(dict.fromkeys((*STATEMENT_FILTERS, *EVENT_FILTERS, *COMMON_FILTERS, *CITATION_FILTERS)))
CORRECTIONS_SINCE = "corrections-since"
"""Beside the filters: it chooses no rows, but which entries of the correction log the description lists."""

Test = Callable[[CitationEdge], bool]

_OF_STATEMENTS = frozenset(STATEMENT_FILTERS) - frozenset(EVENT_FILTERS)
_OF_EVENTS = frozenset(EVENT_FILTERS) - frozenset(STATEMENT_FILTERS)


@dataclass(frozen=True)
class Selection:
    """What was selected, with all filters as given and what a reader must know of it."""

    material: Material
    filters: Mapping[str, str]
    statements: tuple[Row, ...]
    events: tuple[Row, ...]
    network: CitationNetwork
    references: tuple[Reference, ...]
    notes: Mapping[str, str]
    """What was left out, by part: `statements`, `events`, `citations`, `documents`."""

    @property
    def citations(self) -> tuple[CitationEdge, ...]:
        """The citations, by slug."""
        return self.network.edges

    @property
    def whole(self) -> bool:
        """Whether nothing was filtered."""
        return not self.filters


@dataclass(frozen=True)
class Cited:
    """Citations that filters select, and the network that they are.

    `edges` are those of all nodes, `network` those around the asked one; `undated` would be among `edges` if
    they had the date that was asked for.
    """

    edges: tuple[CitationEdge, ...]
    undated: tuple[CitationEdge, ...]
    network: CitationNetwork


def given(material: Material, own: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """All filters by name: those that selected the rows, and `own`, which are applied here."""
    filters = {name: str(value) for name, value in material.about.filters.items() if value not in (None, "")}
    filters |= {name: value for name, value in (own or {}).items() if value}
    return dict(sorted(filters.items()))


def own_filters(filters: Mapping[str, str]) -> dict[str, str]:
    """The filters of citations themselves that have a value. UnknownName: there is no such filter."""
    for name in sorted(filters.keys() - set(OWN_FILTERS)):
        near = get_close_matches(name, OWN_FILTERS, n=3, cutoff=0.5)
        hint = None if near else f"filters: {', '.join(OWN_FILTERS)}"
        raise UnknownName(f"there is no filter '{name}' of citations", near=near, hint=hint)
    return {name: value for name, value in sorted(filters.items()) if value}


def select(material: Material, **own: str | None) -> Selection:
    """Everything that the filters select; `own` are those of `COMMON_FILTERS` and `CITATION_FILTERS`.

    UsageError: a date that is no EDTF text, a relation that no citation has, a depth that is no number.
    UnknownName: `around` is no node.
    """
    filters = given(material, own)
    notes: dict[str, str] = {}
    day = _last_day(filters["at"], "at") if "at" in filters else None
    statements = _known(material.statements, day, "statements", notes)
    events = _known(material.events, day, "events", notes)
    wants_statements, wants_events = _wanted(filters)
    found = _cited(material, filters, statements, events, notes)
    chosen = tuple(statements) if wants_statements else ()
    happened = tuple(events) if wants_events else ()
    references = _references(material, filters, chosen, happened, found.edges)
    if day is not None:
        undated = sum(1 for reference in references if reference.earliest is None)
        if undated:
            notes["documents"] = (
                f"documents without a first possible day, left out since 'at' was given: {undated}"
            )
        references = tuple(ref for ref in references if ref.earliest is not None and ref.earliest <= day)
    return Selection(material, filters, tuple(statements), tuple(events), found, references, notes)


def described(selection: Selection) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The statements and the events that formats of the whole record describe.

    A filter of one kind of row leaves the other out; `relation` leaves citations alone.
    """
    wants_statements, wants_events = _wanted(selection.filters)
    return (
        selection.statements if wants_statements else (),
        selection.events if wants_events else (),
    )


def _wanted(filters: Mapping[str, str]) -> tuple[bool, bool]:
    if filters.keys() & set(CITATION_FILTERS):
        return False, False
    of_statements, of_events = bool(_OF_STATEMENTS & filters.keys()), bool(_OF_EVENTS & filters.keys())
    return of_statements or not of_events, of_events or not of_statements


def _bounds(value: str, name: str) -> edtf.Edtf:
    try:
        return edtf.parse(value)
    except edtf.EdtfError as error:
        message = f"'{name}' is not a date: {value!r}: {error.message}"
        raise UsageError(message, hint=error.suggestion) from None


def _last_day(value: str, name: str) -> str | None:
    latest = _bounds(value, name).latest
    return None if latest is None else latest.isoformat()


def _first_day(value: str, name: str) -> str | None:
    earliest = _bounds(value, name).earliest
    return None if earliest is None else earliest.isoformat()


def _known(rows: Iterable[Row], day: str | None, what: str, notes: dict[str, str]) -> list[Row]:
    """Rows that may have been there by `day`; all of them where no day is asked."""
    every = list(rows)
    if day is None:
        return every
    undated = sum(1 for row in every if row.get("earliest") is None)
    if undated:
        notes[what] = f"{what} without a first possible day, left out since 'at' was given: {undated}"
    return [row for row in every if row.get("earliest") is not None and str(row["earliest"]) <= day]


def _slug(value: str) -> str:
    """The slug that a parameter gives as it is or as the IRI of its entity."""
    return value.rstrip("/").rpartition("/")[2]


def _cited(
    material: Material,
    filters: Mapping[str, str],
    statements: Sequence[Row],
    events: Sequence[Row],
    notes: dict[str, str],
) -> CitationNetwork:
    found = cited(material.citations, filters, _end_tests(filters, statements, events))
    if found.undated:
        what = "without a first possible day" if "at" in filters else "without a date"
        notes["citations"] = f"citations {what}, left out since a date was given: {len(found.undated)}"
    return found.network


def cited(citations: Iterable[CitationEdge], filters: Mapping[str, str], more: Sequence[Test] = ()) -> Cited:
    """The citations that the filters of citations themselves and `more` let through. Raises as `select`."""
    every = sorted(citations, key=lambda edge: edge.id)
    tests = [*_own_tests(every, filters), *more]
    kept = [edge for edge in every if all(test(edge) for test in tests)]
    day = _last_day(filters["at"], "at") if "at" in filters else None
    first = _first_day(filters["from"], "from") if "from" in filters else None
    last = _last_day(filters["to"], "to") if "to" in filters else None
    undated: list[CitationEdge] = []
    if first or last or day:
        # An interval keeps what is possible in it; `at` wants a first possible day.
        def dated(edge: CitationEdge) -> bool:
            return (edge.earliest if day else edge.when) is not None

        undated = [edge for edge in kept if not dated(edge)]
        kept = [edge for edge in kept if dated(edge) and _possible(edge, first, last, day)]
    return Cited(tuple(kept), tuple(undated), _network(every, kept, filters))


def _network(
    every: Sequence[CitationEdge], edges: Sequence[CitationEdge], filters: Mapping[str, str]
) -> CitationNetwork:
    around, depth = filters.get("around"), filters.get("depth", "1")
    if around is None:
        for name in ("depth", "direction"):
            if name in filters:
                raise UsageError(f"'{name}' needs a node to count from", hint="say which with 'around'")
        return network(edges)
    if not depth.isascii() or not depth.isdigit():
        raise UsageError(f"'depth' is not a number: {depth!r}", hint="it is 1, 2 or 3")
    return network(edges, known_node(every, _slug(around)), int(depth[:3]), filters.get("direction", "both"))


def _possible(edge: CitationEdge, first: str | None, last: str | None, day: str | None) -> bool:
    ends_before = first is not None and edge.latest is not None and edge.latest < first
    begins = edge.earliest
    begins_after = any(limit is not None and begins is not None and begins > limit for limit in (last, day))
    return not ends_before and not begins_after


def certainty(edge: CitationEdge, filters: Mapping[str, str]) -> str | None:
    """`sure` where the whole of the edge's date lies in the interval asked for, else `possible`; None
    without one."""
    first = _first_day(filters["from"], "from") if "from" in filters else None
    lasts = [_last_day(filters[name], name) for name in ("to", "at") if name in filters]
    if first is None and not lasts:
        return None
    begun = first is None or (edge.earliest is not None and edge.earliest >= first)
    ended = all(last is None or (edge.latest is not None and edge.latest <= last) for last in lasts)
    return "sure" if begun and ended else "possible"


def _own_tests(citations: Sequence[CitationEdge], filters: Mapping[str, str]) -> list[Test]:
    tests: list[Test] = []
    if "relation" in filters:
        wanted = [name.strip() for name in filters["relation"].split(",") if name.strip()]
        known = sorted({edge.relation for edge in citations})
        for name in wanted:
            if name not in known:
                near = get_close_matches(name, known, n=3, cutoff=0.5)
                raise UnknownName(
                    f"no citation has the relation '{name}'",
                    near=near,
                    hint=f"relations: {', '.join(known) or 'none'}",
                )
        tests.append(lambda edge: edge.relation in wanted)
    if "source" in filters:
        source = _slug(filters["source"])
        tests.append(lambda edge: source in (edge.source, *(at.source for at in edge.evidence)))
    return tests


def _end_tests(filters: Mapping[str, str], statements: Sequence[Row], events: Sequence[Row]) -> list[Test]:
    tests: list[Test] = []
    if _OF_STATEMENTS & filters.keys():
        ends = {str(row["statement"]) for row in statements} | _named(filters, "speaker", "organisation")
        tests.append(_touching(ends))
    if _OF_EVENTS & filters.keys() - {"dossier"}:
        ends = {str(row["event"]) for row in events} | _named(filters, "actor", "document")
        tests.append(_touching(ends))
    if "dossier" in filters:
        telling = {_slug(str(source)) for row in events for source in row.get("sources") or ()}
        tests.append(lambda edge: edge.source in telling)
    return tests


def _named(filters: Mapping[str, str], *names: str) -> set[str]:
    return {_slug(filters[name]) for name in names if name in filters}


def _touching(ends: set[str]) -> Test:
    return lambda edge: edge.from_ in ends or edge.to in ends


def _references(
    material: Material,
    filters: Mapping[str, str],
    statements: Sequence[Row],
    events: Sequence[Row],
    edges: Sequence[CitationEdge],
) -> tuple[Reference, ...]:
    references = sorted(material.references, key=lambda reference: reference.id)
    if not filters:
        return tuple(references)
    wanted = _named(filters, "document", "source")
    wanted |= {str(row["source"]) for row in statements if row.get("source")}
    wanted |= {_slug(str(value)) for row in events for value in _listed(row, "sources", "documents")}
    wanted |= {slug for edge in edges for slug in (edge.from_, edge.to)}
    return tuple(reference for reference in references if reference.id in wanted)


def _listed(row: Row, *names: str) -> list[Any]:
    return [value for name in names for value in row.get(name) or ()]
