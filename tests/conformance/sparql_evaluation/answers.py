"""Expected and given answers as values that compare as the suite wants: solutions as a multiset, blank nodes
by isomorphism, literals by value within their datatype.

rdflib reads every format; the engine's readers and our writers are what is tested. A literal is compared by
its value because the engine keeps values: `"01"^^xsd:integer` comes back as `"1"^^xsd:integer`, which is the
same value (RDF 1.1 Concepts, 3.3) and another term. Where an expected CSV file shows the difference, the test
fails and is listed.
"""

import csv
import io
import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from unittest.mock import patch

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, XSD
from rdflib.query import Result
from rdflib.term import Node
from rdflib.util import from_n3

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
TABLES: Mapping[str, str] = {
    "application/sparql-results+xml": "xml",
    "application/sparql-results+json": "json",
    "text/tab-separated-values": "tsv",
    "text/csv": "csv",
}
"""Media type → rdflib's name of its reader."""
GRAPHS: Mapping[str, str] = {
    "text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld",
}  # fmt: skip
ENDINGS: Mapping[str, str] = {
    ".srx": "application/sparql-results+xml", ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values", ".csv": "text/csv", ".ttl": "text/turtle",
}  # fmt: skip
"""Ending of an expected answer → its media type."""
_FLOATS = (XSD.double, XSD.float)
_DECIMALS = (XSD.decimal, XSD.integer)

Row = frozenset[tuple[str, Node]]


@dataclass(frozen=True)
class Solutions:
    """Variables, and solutions as pairs of variable and term; plain: the format tells no datatypes."""

    variables: frozenset[str]
    rows: tuple[Row, ...]
    plain: bool = False


Answer = Solutions | bool | Graph


@patch("rdflib.NORMALIZE_LITERALS", new=False)  # it would rewrite what it reads
def read(content: bytes, media_type: str, base: str | None = None) -> Answer:
    """An answer in one of `TABLES` or `GRAPHS`. A boolean in CSV or TSV, which have no form for it, is the
    word alone. base: what relative IRIs resolve against."""
    if media_type in GRAPHS:
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # rdflib's, of itself
            graph = Graph().parse(data=content, format=GRAPHS[media_type], publicID=base)
        return _result_set(graph) if (None, RDF.type, RS.ResultSet) in graph else graph
    name = TABLES[media_type]
    if name in ("csv", "tsv") and content.strip() in (b"true", b"false"):
        return content.strip() == b"true"
    if name == "tsv":
        return _tsv(content.decode())
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        result = Result.parse(io.BytesIO(content), format=name)
    if result.type == "ASK":
        return bool(result.askAnswer)
    rows = [{str(name): term for name, term in row.items()} for row in result.bindings]
    return Solutions(
        frozenset(str(name) for name in result.vars or ()), tuple(map(_row, rows)), plain=name == "csv"
    )


def _tsv(content: str) -> Solutions:
    """SPARQL 1.1 Query Results TSV: a line of variables, then terms as Turtle writes them."""
    head, *lines = (line.split("\t") for line in content.removesuffix("\n").split("\n"))
    names = [name.removeprefix("?") for name in head if name]
    rows = [
        {name: _term(cell) for name, cell in zip(names, line, strict=bool(names)) if cell} for line in lines
    ]
    return Solutions(frozenset(names), tuple(map(_row, rows)))


def _term(cell: str) -> Node:
    term = from_n3(cell)
    assert isinstance(term, Node), cell
    return term


def expected(path: Path, base: str) -> Answer:
    """The answer that a file of the suite holds."""
    return read(path.read_bytes(), ENDINGS[path.suffix], base)


def same(wanted: Answer, given: Answer) -> bool:
    """Whether two answers are the same."""
    if isinstance(wanted, Graph) or isinstance(given, Graph):
        if not (isinstance(wanted, Graph) and isinstance(given, Graph)):
            return False
        return isomorphic(_valued(wanted), _valued(given))
    if isinstance(wanted, bool) or isinstance(given, bool):
        return wanted is given
    if wanted.variables != given.variables or len(wanted.rows) != len(given.rows):
        return False
    if wanted.plain or given.plain:
        return Counter(map(_plain_row, wanted.rows)) == Counter(map(_plain_row, given.rows))
    if any(isinstance(term, BNode) for row in (*wanted.rows, *given.rows) for _, term in row):
        return isomorphic(_as_graph(wanted.rows), _as_graph(given.rows))
    return Counter(wanted.rows) == Counter(given.rows)


def same_text(wanted: Path, given: bytes) -> bool:
    """Whether two CSV files have the same header and the same rows, cell by cell; blank nodes are alike."""
    one, other = (
        [[_cell(cell) for cell in row] for row in csv.reader(io.StringIO(content.decode(), newline=""))]
        for content in (wanted.read_bytes(), given)
    )
    return one[0] == other[0] and Counter(map(tuple, one[1:])) == Counter(map(tuple, other[1:]))


def _cell(text: str) -> str:
    return "_:" if text.startswith("_:") else text


def _row(terms: Mapping[str, Node]) -> Row:
    return frozenset((name, valued(term)) for name, term in terms.items())


def valued(term: Node) -> Node:
    """A number or boolean in one form for each value, everything else as it is."""
    if isinstance(term, Literal) and term.datatype == XSD.boolean and str(term) in ("0", "1"):
        return Literal("true" if str(term) == "1" else "false", datatype=XSD.boolean)
    if not isinstance(term, Literal) or term.datatype not in (*_FLOATS, *_DECIMALS):
        return term
    try:
        number = float(term) if term.datatype in _FLOATS else Decimal(str(term))
    except (ValueError, InvalidOperation):
        return term
    text = repr(number) if isinstance(number, float) else format(number.normalize(), "f")
    return Literal(text, datatype=term.datatype, normalize=False)


def _valued(graph: Graph) -> Graph:
    made = Graph()
    for subject, predicate, value in graph:
        made.add((subject, predicate, valued(value)))
    return made


def _plain_row(row: Row) -> frozenset[tuple[str, str]]:
    """A row as CSV can tell it: text, with numbers in one form; a blank node is only one of its kind."""
    return frozenset((name, text) for name, term in row if (text := _plain(term)))


def _plain(term: Node) -> str:
    if isinstance(term, BNode) or str(term).startswith("_:"):
        return "_:"
    try:
        return repr(float(str(term)))
    except ValueError:
        return str(term)


def _as_graph(rows: tuple[Row, ...]) -> Graph:
    """A graph with a blank node for each solution, so that blank nodes in them compare by isomorphism."""
    graph = Graph()
    for row in rows:
        solution = BNode()
        graph.add((solution, RDF.type, RS.ResultSet))
        for name, term in row:
            graph.add((solution, URIRef(f"urn:variable:{name}"), term))
    return graph


def _result_set(graph: Graph) -> Answer:
    """An answer written with the vocabulary of result sets; none of the suite's is ordered by `rs:index`."""
    it = next(graph.subjects(RDF.type, RS.ResultSet))
    assert (None, RS["index"], None) not in graph, "an ordered result set: compare its order too"
    for value in graph.objects(it, RS.boolean):
        return bool(value)
    rows = [
        {
            str(next(graph.objects(each, RS.variable))): next(graph.objects(each, RS.value))
            for each in graph.objects(solution, RS.binding)
        }
        for solution in graph.objects(it, RS.solution)
    ]
    return Solutions(frozenset(map(str, graph.objects(it, RS.resultVariable))), tuple(map(_row, rows)))
