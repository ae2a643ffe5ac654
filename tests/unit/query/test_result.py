"""The written forms of answers, against the standards' own rules."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pyoxigraph
import pytest

from onrecord.errors import UsageError
from onrecord.query.result import QueryResult

XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = [
    {
        "b": {"type": "literal", "value": 'a "quoted", \n line\twith <tags> & é'},
        "a": {"type": "uri", "value": "http://example.org/x"},
    },
    {"a": {"type": "literal", "value": "12", "datatype": f"{XSD}integer"}},
    {"a": {"type": "literal", "value": "hello", "xml:lang": "en"}, "b": {"type": "bnode", "value": "n1"}},
    {"a": {"type": "literal", "value": "2018-05", "datatype": "http://id.loc.gov/datatypes/edtf/EDTF"}},
]


def result(
    rows: list[dict[str, dict[str, str]]] = ROWS, columns: tuple[str, ...] = ("b", "a")
) -> QueryResult:
    body = json.dumps({"head": {"vars": columns}, "results": {"bindings": rows}})
    return QueryResult("bindings", columns, body.encode())


def test_csv_is_plain_values_in_the_order_of_the_columns() -> None:
    written = result().serialise("csv")
    assert written.startswith(b"b,a\r\n")
    read = list(csv.reader(io.StringIO(written.decode(), newline="")))
    assert read[1] == ['a "quoted", \n line\twith <tags> & é', "http://example.org/x"]
    assert read[2] == ["", "12"]
    assert read[3] == ["_:n1", "hello"]


def test_tsv_is_terms_one_row_a_line() -> None:
    lines = result().serialise("tsv").decode().split("\n")
    assert lines[0] == "?b\t?a"
    assert lines[1] == '"a \\"quoted\\", \\n line\\twith <tags> & é"\t<http://example.org/x>'
    assert lines[2] == "\t12"
    assert lines[3] == '_:n1\t"hello"@en'
    assert lines[4] == '\t"2018-05"^^<http://id.loc.gov/datatypes/edtf/EDTF>'


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("integer", "-2", "-2"),
        ("integer", "two", f'"two"^^<{XSD}integer>'),
        ("decimal", "2.5", "2.5"),
        ("decimal", "2", f'"2"^^<{XSD}decimal>'),
        ("double", "2.5e0", "2.5e0"),
        ("double", "2.5", f'"2.5"^^<{XSD}double>'),
        ("double", "NaN", f'"NaN"^^<{XSD}double>'),
        ("boolean", "true", "true"),
        ("boolean", "1", f'"1"^^<{XSD}boolean>'),
    ],
)
def test_tsv_writes_a_bare_word_only_where_turtle_reads_its_datatype(
    kind: str, value: str, written: str
) -> None:
    row = {"a": {"type": "literal", "value": value, "datatype": XSD + kind}}
    lines = result([row], columns=("a",)).serialise("tsv").decode().split("\n")
    assert lines[1] == written


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("json", pyoxigraph.QueryResultsFormat.JSON),
        ("xml", pyoxigraph.QueryResultsFormat.XML),
        ("tsv", pyoxigraph.QueryResultsFormat.TSV),
    ],
)
def test_another_reader_finds_the_same_columns_and_terms(
    name: str, format: pyoxigraph.QueryResultsFormat
) -> None:
    read = pyoxigraph.parse_query_results(result().serialise(name), format=format)
    assert isinstance(read, pyoxigraph.QuerySolutions)
    assert [variable.value for variable in read.variables] == ["b", "a"]
    rows = list(read)
    assert rows[0]["b"] == pyoxigraph.Literal('a "quoted", \n line\twith <tags> & é')
    assert rows[1]["a"] == pyoxigraph.Literal("12", datatype=pyoxigraph.NamedNode(f"{XSD}integer"))
    assert rows[1]["b"] is None
    assert rows[2]["a"] == pyoxigraph.Literal("hello", language="en")


def test_xml_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(UsageError, match=r"U\+0007"):
        result([{"a": {"type": "literal", "value": "bell \x07"}}]).serialise("xml")


def test_xml_keeps_a_carriage_return() -> None:
    tree = ET.fromstring(result([{"a": {"type": "literal", "value": "x\r\ny"}}]).serialise("xml"))
    assert [node.text for node in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == ["x\r\ny"]


def test_text_ends_with_the_number_of_rows() -> None:
    assert result().serialise("text").decode().endswith("4 rows\n")
    assert result(ROWS[:1]).serialise("text").decode().endswith("1 row\n")


GRAPH = QueryResult(
    "graph",
    (),
    b'<http://b/> <http://www.w3.org/2000/01/rdf-schema#label> "b"@en .\n'
    b"<http://a/> <http://p/> <http://b/> .\n",
)


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("turtle", pyoxigraph.RdfFormat.TURTLE),
        ("ntriples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
    ],
)
def test_a_graph_is_written_whole_and_in_order(name: str, format: pyoxigraph.RdfFormat) -> None:
    written = GRAPH.serialise(name)
    assert len(list(pyoxigraph.parse(written, format=format))) == 2
    reversed_body = b"".join(reversed(GRAPH.body.splitlines(keepends=True)))
    assert QueryResult("graph", (), reversed_body).serialise(name) == written


@pytest.mark.parametrize(
    ("name", "written"), [("json", b'{"head":{},"boolean":true}'), ("csv", b"true\r\n"), ("text", b"true\n")]
)
def test_an_ask_is_written(name: str, written: bytes) -> None:
    assert QueryResult("boolean", (), b'{"head":{},"boolean":true}').serialise(name) == written


def test_a_format_that_does_not_fit_names_those_that_do() -> None:
    with pytest.raises(UsageError, match="CONSTRUCT") as error:
        GRAPH.serialise("csv")
    assert "turtle" in str(error.value.hint)
    with pytest.raises(UsageError, match="SELECT"):
        result().serialise("turtle")
