"""Runs the rules over a graph until nothing new follows (forward chaining, naive, in an in-memory store)."""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryTriples, RdfFormat, Store, parse

from onrecord import terms
from onrecord.errors import ConfigurationError
from onrecord.inference.rule import Rule, read_rules

_OUTSIDE_THE_DATA = ("graph/inferred", "graph/ontology", "graph/catalogue")


def infer(quads: Iterable[Quad], ontology: Path, base: str = terms.BASE) -> list[Quad]:
    """What follows from the quads by `ontology/rules/*.rq` and is not among them already.

    The rules see the union of all graphs, together with `onrecord.ttl` and `kinds/*.ttl`; what the catalogue
    and an earlier `graph/inferred` say is left out. Returns quads of `<base>graph/inferred`, sorted; the
    order of the input makes no difference. SPARQL errors in a rule are raised as SyntaxError.
    """
    skipped = {base + name for name in _OUTSIDE_THE_DATA}
    store = Store()
    plain = DefaultGraph()
    store.bulk_extend(
        Quad(quad.subject, quad.predicate, quad.object, plain)
        for quad in quads
        if not (isinstance(quad.graph_name, NamedNode) and quad.graph_name.value in skipped)
    )
    _load(store, sorted((ontology / "kinds").glob("*.ttl")))
    vocabulary = Store()
    _load(vocabulary, [ontology / "onrecord.ttl"])
    store.extend(vocabulary)
    terms_of_ours = {quad.subject for quad in vocabulary}
    found = _saturate(store, read_rules(ontology))
    graph = NamedNode(base + "graph/inferred")
    new = (
        Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in found
        if quad.subject not in terms_of_ours
    )
    return sorted(new, key=str)


def _load(store: Store, paths: Iterable[Path]) -> None:
    for path in paths:
        for triple in parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=terms.BASE):
            store.add(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))


def _saturate(store: Store, rules: list[Rule]) -> set[Quad]:
    """Adds what the rules yield to the store, round after round, until a round yields nothing; returns what
    was not there before.
    """
    found: set[Quad] = set()
    while True:
        before = len(found)
        for rule in rules:
            answer = store.query(rule.query)
            if not isinstance(answer, QueryTriples):
                raise ConfigurationError(f"{rule.path.name}: a rule is a CONSTRUCT query")
            fresh = {
                quad
                for triple in answer
                if not isinstance(triple.subject, Literal)
                and (quad := Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))
                not in store
            }
            store.bulk_extend(fresh)  # a set into a set: the order makes no difference
            found |= fresh
        if len(found) == before:
            return found
