"""A copy of a published record, for an engine that keeps it and does not answer as ours does."""

from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from onrecord import graph
from onrecord.endpoint import Endpoint
from onrecord.remote.answer import Unreadable
from onrecord.remote.engine import Engine, deadline_in
from onrecord.remote.publication import Publication

ANSWER_MB = 512
"""The most that one graph may take on its way."""


def copy(endpoint: Endpoint, publication: Publication, base: str, path: Path, seconds: float) -> None:
    """Reads every graph of the record into a new store at `path`, and proves it by the dataset's hash.

    Raises Unreadable where what is there is not what the publication says, LimitExceeded after `seconds`, and
    as `Engine.ask`.
    """
    engine = Engine(endpoint, seconds=int(seconds), megabytes=ANSWER_MB)
    deadline = deadline_in(seconds)
    named: set[Quad] = set()
    try:
        for name in publication.graphs(base):
            node = NamedNode(name)
            rows = engine.rows(name, base=base, deadline=deadline)
            named.update(Quad(each.subject, each.predicate, each.object, node) for each in rows)
    finally:
        engine.close()
    if graph.dataset_hash(graph.nquads(named)) != publication.dataset_hash:
        raise Unreadable(
            f"what {endpoint} holds is not dataset {publication.dataset_hash[:16]}",
            hint="somebody changed it since it was published: onrecord publish puts it right",
        )
    store = Store(str(path))
    store.bulk_extend(named | graph.union(named))
    store.flush()
