"""The small record of `tests/data/exports` as material: rows, and what `ontology/exports` finds."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import (
    DefaultGraph,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
)

from onrecord.exporters import About, Material, SourceNote, edges_of, references_of

ABOUT = About(
    title="Harbour record",
    licence="https://creativecommons.org/licenses/by/4.0/",
    version="1.2.3",
    dataset_hash="0123456789abcdef" * 4,
    cut_off="2018-05-15",
    sources=(
        SourceNote("gazette", "Harbour “u-turn”", "The Gazette & Herald", "2018-05-10", "https://example.org/harbour",
                   "all rights reserved"),
        SourceNote("mirror", "Mirror on the harbour", "Mirror", "[2018-05-09..2018-05-15]"),
    ),
    counts={"statements": 3, "events": 2, "citations": 6},
    generated_by="onrecord 9.9",
    creators=("A. Curator",),
)  # fmt: skip


def bindings(store: Store, query: Path) -> list[Mapping[str, Mapping[str, Any]]]:
    """The rows of a query in the shape of SPARQL Results JSON."""
    found = store.query(query.read_text())
    assert isinstance(found, QuerySolutions)
    written = found.serialize(format=QueryResultsFormat.JSON)
    assert written is not None
    rows: list[Mapping[str, Mapping[str, Any]]] = json.loads(written)["results"]["bindings"]
    return rows


@pytest.fixture(scope="session")
def quads(repo: Path) -> list[Quad]:
    """The record's quads, its graphs and their union."""
    named = list(parse(path=str(repo / "tests/data/exports/record.trig"), format=RdfFormat.TRIG))
    return [quad for quad in named if isinstance(quad, Quad)]


@pytest.fixture(scope="session")
def material(repo: Path, quads: list[Quad]) -> Material:
    """Everything that exporters take."""
    store = Store()
    store.extend(quads)
    store.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)
    folder, questions = repo / "tests/data/exports", repo / "ontology/exports"
    return Material(
        about=ABOUT,
        statements=json.loads((folder / "statements.json").read_text()),
        events=json.loads((folder / "events.json").read_text()),
        citations=edges_of(bindings(store, questions / "citations.rq")),
        references=references_of(bindings(store, questions / "bibliography.rq")),
        quads=sorted(f"{quad} ." for quad in quads),
    )


@pytest.fixture(scope="session")
def filtered(material: Material) -> Callable[..., Material]:
    """Material that says it was selected by these filters, with only the statements and events named."""

    def narrowed(
        statements: tuple[str, ...] | None = None, events: tuple[str, ...] | None = None, **filters: str
    ) -> Material:
        names = {name.rstrip("_").replace("_", "-"): value for name, value in filters.items()}
        return replace(
            material,
            about=replace(material.about, filters=names),
            statements=[r for r in material.statements if statements is None or r["statement"] in statements],
            events=[r for r in material.events if events is None or r["event"] in events],
        )

    return narrowed
