"""The comparison that the suite's verdicts rest on: what is the same answer, and what is not."""

import pytest
from rdflib import Graph
from tests.conformance.sparql_evaluation.answers import read, same

TSV, CSV, JSON = "text/tab-separated-values", "text/csv", "application/sparql-results+json"
XML, TURTLE = "application/sparql-results+xml", "text/turtle"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("?a\n1\n2\n", "?a\n2\n1\n", True),
        ("?a\n1\n1\n", "?a\n1\n", False),
        ("?a\n1\n1\n2\n", "?a\n1\n2\n2\n", False),
        ("?a\n", "?b\n", False),
        ("?a\t?b\n1\t2\n", "?b\t?a\n2\t1\n", True),
        ("?a\t?b\n1\t\n", "?a\t?b\n\t1\n", False),
        ("?a\n2.0\n", "?a\n2.00\n", True),
        ("?a\n2.0\n", "?a\n2\n", False),
        ("?a\n2e0\n", "?a\n2.0\n", False),
        ('?a\n"01"^^<http://www.w3.org/2001/XMLSchema#integer>\n', "?a\n1\n", True),
        ('?a\n"01"\n', '?a\n"1"\n', False),
        ('?a\n"x"@en\n', '?a\n"x"\n', False),
        ("?a\n<urn:x>\n", '?a\n"urn:x"\n', False),
        ("?a\t?b\n_:x\t_:x\n", "?a\t?b\n_:y\t_:y\n", True),
        ("?a\t?b\n_:x\t_:x\n", "?a\t?b\n_:y\t_:z\n", False),
        ("?a\n_:x\n_:x\n", "?a\n_:y\n_:z\n", False),
    ],
)
def test_tables(one: str, other: str, alike: bool) -> None:
    assert same(read(one.encode(), TSV), read(other.encode(), TSV)) is alike


def test_the_formats_read_alike() -> None:
    json = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"x"}},{}]}}'
    xml = (
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/></head><results>'
        b'<result><binding name="a"><literal>x</literal></binding></result><result/></results></sparql>'
    )
    given = [read(json, JSON), read(xml, XML), read(b'?a\n"x"\n\n', TSV), read(b"a\r\nx\r\n\r\n", CSV)]
    assert all(same(given[0], each) for each in given)
    assert not same(given[0], read(b"a\r\ny\r\n\r\n", CSV))
    assert not same(given[0], True)


def test_graphs_and_booleans() -> None:
    graph = read(b"<urn:a> <urn:b> [ <urn:c> 2.0 ] .", TURTLE)
    assert isinstance(graph, Graph)
    assert same(graph, read(b"<urn:a> <urn:b> _:x . _:x <urn:c> 2.00 .", TURTLE))
    assert not same(graph, read(b"<urn:a> <urn:b> _:x . _:x <urn:c> 2 .", TURTLE))
    assert not same(graph, True)
    assert same(True, read(b"true\n", TSV))
    assert not same(True, read(b"false\r\n", CSV))
