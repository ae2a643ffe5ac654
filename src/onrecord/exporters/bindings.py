"""Makes edges and references of the rows of `ontology/exports/*.rq`, in the shape of SPARQL 1.1 Query
Results JSON."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from onrecord.analysis.citations import CitationEdge, Evidence, TextIs
from onrecord.exporters.material import Party, Reference, unique_sorted

Binding = Mapping[str, Mapping[str, Any]]


def _value(binding: Binding, name: str) -> str | None:
    term = binding.get(name)
    return None if term is None else str(term["value"])


def _number(binding: Binding, name: str) -> int | None:
    value = _value(binding, name)
    return None if value is None else int(value)


def _slug(binding: Binding, name: str) -> str | None:
    """The slug of an entity's IRI, `…/id/<noun>/<slug>`."""
    value = _value(binding, name)
    return None if value is None else value.rpartition("/")[2]


def _noun(binding: Binding, name: str) -> str:
    return (_value(binding, name) or "").split("/")[-2]


def _groups(bindings: Iterable[Binding], name: str) -> Iterable[tuple[str, list[Binding]]]:
    rows = sorted(bindings, key=lambda row: _value(row, name) or "")
    for iri, group in groupby(rows, key=lambda row: _value(row, name)):
        if iri is not None:
            yield iri, list(group)


def edges_of(bindings: Iterable[Binding]) -> tuple[CitationEdge, ...]:
    """The citations of `citations.rq`, by slug, each with all its passages by position."""
    return tuple(_edge(rows) for _, rows in _groups(bindings, "edge"))


def _edge(rows: list[Binding]) -> CitationEdge:
    first = rows[0]
    characters = unique_sorted(_value(row, "character") for row in rows)
    return CitationEdge(
        id=_slug(first, "edge") or "",
        implied=first["edge"]["type"] != "uri",
        from_=_slug(first, "from") or "",
        from_noun=_noun(first, "from"),
        from_label=_value(first, "fromLabel") or "",
        to=_slug(first, "to") or "",
        to_noun=_noun(first, "to"),
        to_label=_value(first, "toLabel") or "",
        relation=_value(first, "relation") or "",
        character=characters[0] if characters else None,
        description=_value(first, "description"),
        source=_slug(first, "source"),
        when=_value(first, "when"),
        earliest=_value(first, "earliest"),
        latest=_value(first, "latest"),
        date_basis=_value(first, "basis"),
        from_kind=_value(first, "fromKind"),
        to_kind=_value(first, "toKind"),
        evidence=_evidence(rows),
        from_words=_first_words(first, "fromText"),
        from_words_are=_words_are(first, "fromMode"),
        to_words=_first_words(first, "toText"),
        to_words_are=_words_are(first, "toMode"),
    )


def _first_words(binding: Binding, name: str) -> str | None:
    """Of a statement whose pieces are not printed together, the first piece, on one line."""
    text = _value(binding, name)
    return None if text is None else " ".join(text.partition("\n\n")[0].split())


def _words_are(binding: Binding, name: str) -> TextIs | None:
    """As the question `who-said-what` has it: only the words of an indirect statement are ours."""
    mode = _value(binding, name)
    return None if mode is None else "ours" if mode == "indirect" else "printed"


def _evidence(rows: list[Binding]) -> tuple[Evidence, ...]:
    found = {_passage(row) for row in rows if "passage" in row}
    return tuple(sorted(found, key=lambda at: (at.source or "", at.start or 0, at.end or 0, at.text or "")))


def _passage(row: Binding) -> Evidence:
    """The passage with its printed words; where the record prints none, with our description of the
    citation."""
    printed, ours = _value(row, "text"), _value(row, "description")
    return Evidence(
        source=_slug(row, "passageSource"),
        source_file=_value(row, "file"),
        start=_number(row, "start"),
        end=_number(row, "end"),
        text=ours if printed is None else printed,
        text_is="printed" if printed is not None else "ours" if ours is not None else None,
    )


def references_of(bindings: Iterable[Binding]) -> tuple[Reference, ...]:
    """The documents of `bibliography.rq`, by IRI."""
    return tuple(_reference(rows) for _, rows in _groups(bindings, "document"))


def _parties(rows: list[Binding], name: str) -> tuple[Party, ...]:
    """Distinct parties by name."""
    found = {Party(_slug(row, name) or "", _value(row, f"{name}Label") or "") for row in rows if name in row}
    return tuple(sorted(found, key=lambda party: (party.label, party.slug)))


def _reference(rows: list[Binding]) -> Reference:
    first = rows[0]
    publishers = _parties(rows, "publisher")
    files = unique_sorted(_value(row, "file") for row in rows)
    return Reference(
        id=_slug(first, "document") or "",
        noun=_noun(first, "document"),
        title=_value(first, "title") or "",
        kind=_value(first, "kind"),
        publisher=publishers[0] if publishers else None,
        authors=_parties(rows, "author"),
        recipients=_parties(rows, "recipient"),
        when=_value(first, "when"),
        earliest=_value(first, "earliest"),
        latest=_value(first, "latest"),
        date_basis=_value(first, "basis"),
        date_note=_value(first, "note"),
        citation=_value(first, "citation"),
        identifiers=unique_sorted(_value(row, "identifier") for row in rows),
        language=_value(first, "language"),
        rights=_value(first, "rights"),
        file=files[0] if files else None,
        outside=_value(first, "attested") == "outside",
    )
