"""A copy of a published record, for an engine that keeps it and does not answer as ours does."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from onrecord import graph
from onrecord.endpoint import Endpoint
from onrecord.remote.answer import Unreadable
from onrecord.remote.engine import Engine, deadline_in
from onrecord.remote.publication import Publication

ANSWER_MB = 512
"""The most that one graph may take on its way."""
UNNOTED = ""
"""The mark of a record that was not published, but is there."""


def copy(endpoint: Endpoint, publication: Publication, base: str, path: Path, seconds: float) -> None:
    """Reads every graph of the record into a new store at `path`, and proves it by the dataset's hash.

    Raises Unreadable where what is there is not what the publication says, LimitExceeded after `seconds`, and
    as `Engine.ask`.
    """
    with closing(Engine(endpoint, seconds=int(seconds), megabytes=ANSWER_MB)) as engine:
        named = _read(engine, publication.graphs(base), base, deadline_in(seconds))
    if graph.dataset_hash(graph.nquads(named)) != publication.dataset_hash:
        raise Unreadable(
            f"what {endpoint} holds is not dataset {publication.dataset_hash[:16]}",
            hint="somebody changed it since it was published: onrecord publish puts it right",
        )
    store = Store(str(path))
    store.bulk_extend(named | graph.union(named))
    store.flush()


def unnoted(
    endpoint: Endpoint, path: Path, base: str, dataset_hash: str, seconds: float
) -> Publication | None:
    """The record of the store at `path`, where an engine holds it without a note: loaded in another way.

    Every graph is read and proved by the dataset's hash, once the sizes fit. None where it is another record,
    or a part. Raises LimitExceeded after `seconds`, and as `Engine.ask`.
    """
    store = Store.read_only(str(path))
    names = sorted(node.value for node in store.named_graphs() if isinstance(node, NamedNode))
    sizes = {name: _size(store, name) for name in names}
    with closing(Engine(endpoint, seconds=int(seconds), megabytes=ANSWER_MB)) as engine:
        deadline = deadline_in(seconds)
        if engine.sizes(names, base=base, deadline=deadline) != sizes:
            return None
        named = _read(engine, names, base, deadline)
    whole = graph.dataset_hash(graph.nquads(named)) == dataset_hash
    return Publication(dataset_hash, UNNOTED, sizes) if whole else None


def _read(engine: Engine, graphs: Iterable[str], base: str, deadline: float) -> set[Quad]:
    named: set[Quad] = set()
    for name in graphs:
        node = NamedNode(name)
        rows = engine.rows(name, base=base, deadline=deadline)
        named.update(Quad(each.subject, each.predicate, each.object, node) for each in rows)
    return named


def _size(store: Store, name: str) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, None, None, NamedNode(name)))
