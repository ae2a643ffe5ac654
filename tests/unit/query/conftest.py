"""A small store from a hand-written record, and the questions over it."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as engine
import pytest

from onrecord import graph, resources, terms
from onrecord.query import Gateway, Questions

TRIG = Path(__file__).resolve().parents[2] / "data" / "questions" / "water-pact.trig"


@pytest.fixture(scope="session")
def water(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """`water-pact.trig` with the kinds of the ontology, and their union as the default graph."""
    quads = set(engine.parse(TRIG.read_bytes(), format=engine.RdfFormat.TRIG, base_iri=terms.BASE))
    quads |= graph.vocabulary(resources.ontology_dir(), terms.BASE)
    path = tmp_path_factory.mktemp("water") / "store"
    store = engine.Store(str(path))
    store.bulk_extend(quads | graph.union(quads))
    store.flush()
    del store
    with Gateway(path) as gateway:
        yield gateway


@pytest.fixture(scope="session")
def questions() -> Questions:
    """The named questions of the checkout."""
    return Questions.load()
