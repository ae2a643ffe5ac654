"""The suite's tests asked of the engine itself: what it passes, our door has to pass too."""

from pyoxigraph import DefaultGraph, NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store
from tests.conformance.sparql_evaluation import answers
from tests.conformance.sparql_evaluation.suite import EVALUATION, NEGATIVE, POSITIVE, Case, quads_of

_WRITERS = {
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "text/csv": QueryResultsFormat.CSV,
}


def outcome(case: Case) -> str:
    """`pass`, or what is wrong; in the format of the expected answer where it is a table."""
    store = Store()
    for iri in case.data:
        store.extend(quads_of(iri, DefaultGraph()))
    for iri in case.graph_data:
        store.extend(quads_of(iri, NamedNode(iri)))
    try:
        result = store.query(case.text, base_iri=case.base)
    except SyntaxError as error:
        return "pass" if case.kind == NEGATIVE else str(error)
    except RuntimeError as error:
        return str(error)
    if case.kind != EVALUATION:
        return "pass" if case.kind == POSITIVE else "accepted"
    assert case.result is not None
    media_type = answers.ENDINGS[case.result.suffix]
    if isinstance(result, QueryTriples):
        written = result.serialize(format=RdfFormat.N_TRIPLES)
        given = answers.read(written or b"", "application/n-triples")
    else:
        media_type = media_type if media_type in _WRITERS else "application/sparql-results+json"
        written = result.serialize(format=_WRITERS[media_type])
        given = answers.read(written or b"", media_type)
        if media_type == "text/csv" and not answers.same_text(case.result, written or b""):
            return "other words"
    return "pass" if answers.same(answers.expected(case.result, case.base), given) else "another answer"
