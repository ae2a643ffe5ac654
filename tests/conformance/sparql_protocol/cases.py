"""The SPARQL 1.1 protocol tests that apply to a service that only reads, as a table of our own.

Each is a request of <http://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest> with what it
must get, so that they run without the suite. A test that wants an update to succeed does not apply (WRITES);
what must fail there must fail here too.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

DATA = "http://kasei.us/2009/09/sparql/data/"
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
GRAPHS = {
    f"{DATA}data{number}.rdf": f"<{DATA}data{number}.rdf> <{TYPE}> <{DOCUMENT}> .\n".encode()
    for number in (1, 2, 3)
}
"""The graphs of the suite's data1.nt, data2.nt and data3.nt."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
WRITES = frozenset(
    {
        "update_dataset_default_graph", "update_dataset_default_graphs", "update_dataset_named_graphs",
        "update_dataset_full", "update_post_form", "update_post_direct", "update_base_uri",
    }
)  # fmt: skip
"""Tests in which an update must succeed."""


@dataclass(frozen=True)
class Case:
    """A request and what it must get: whether it succeeds, and of which form the answer is."""

    name: str
    method: str = "GET"
    parameters: tuple[tuple[str, str], ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    succeeds: bool = True
    form: str = ""
    """`boolean`, `tabular` or `RDF`, empty where any will do; a boolean must be true."""

    def __str__(self) -> str:
        return self.name

    @property
    def query_string(self) -> str:
        return f"?{urlencode(self.parameters)}" if self.parameters else ""


def default(*numbers: int) -> tuple[tuple[str, str], ...]:
    return tuple(("default-graph-uri", f"{DATA}data{number}.rdf") for number in numbers)


def named(*numbers: int) -> tuple[tuple[str, str], ...]:
    return tuple(("named-graph-uri", f"{DATA}data{number}.rdf") for number in numbers)


def post(name: str, parameters: tuple[tuple[str, str], ...], query: str, form: str = "boolean") -> Case:
    return Case(name, "POST", parameters, DIRECT, query.encode(), form=form)


def bad(
    name: str, headers: dict[str, str], body: bytes, parameters: tuple[tuple[str, str], ...] = ()
) -> Case:
    return Case(name, "POST", parameters, headers, body, succeeds=False)


ONE_AND_TWO = f"ASK {{ <{DATA}data1.rdf> a ?type . <{DATA}data2.rdf> a ?type . }}"
IN_GRAPHS = f"GRAPH ?g1 {{ <{DATA}data1.rdf> a ?type }} GRAPH ?g2 {{ <{DATA}data2.rdf> a ?type }}"
UTF_16 = "; charset=UTF-16"
UPDATE = {"Content-Type": "application/sparql-update"}

CASES = (
    Case("query_post_form", "POST", default(0), FORM, b"query=ASK%20%7B%7D", form="boolean"),
    Case("query_dataset_default_graphs_get", "GET", (("query", ONE_AND_TWO), *default(1, 2)), form="boolean"),
    post("query_dataset_default_graphs_post", default(1, 2), ONE_AND_TWO),
    post("query_dataset_named_graphs_post", named(1, 2), f"ASK {{ {IN_GRAPHS} }}"),
    Case(
        "query_dataset_named_graphs_get",
        parameters=(("query", f"ASK {{ {IN_GRAPHS} }}"), *named(1, 2)),
        form="boolean",
    ),
    post(
        "query_dataset_full", (*default(3), *named(1, 2)), f"ASK {{ <{DATA}data3.rdf> a ?type {IN_GRAPHS} }}"
    ),
    post("query_multiple_dataset", named(1, 2), f"ASK FROM <{DATA}data3.rdf> {{ {IN_GRAPHS} }}"),
    Case("query_get", parameters=(("query", "ASK {}"), *default(0)), form="boolean"),
    post("query_content_type_select", default(0), "SELECT (1 AS ?value) {}", "tabular"),
    post("query_content_type_ask", default(0), "ASK {}"),
    post("query_content_type_describe", default(0), "DESCRIBE <http://example.org/>", "RDF"),
    post("query_content_type_construct", default(0), "CONSTRUCT { <s> <p> 1 } WHERE {}", "RDF"),
    post("query_post_direct", (), "ASK {}"),
    Case("bad_query_method", "PUT", (("query", "ASK {}"), *default(0)), FORM, succeeds=False),
    Case("bad_multiple_queries", parameters=(("query", "ASK {}"), ("query", "SELECT * {}")), succeeds=False),
    bad("bad_query_wrong_media_type", {"Content-Type": "text/plain"}, b"ASK {}"),
    bad("bad_query_missing_form_type", {}, b"query=ASK%20%7B%7D"),
    bad("bad_query_missing_direct_type", {}, b"ASK {}"),
    bad("bad_query_non_utf8", {"Content-Type": DIRECT["Content-Type"] + UTF_16}, "ASK {}".encode("utf-16")),
    Case("bad_query_syntax", parameters=(("query", "ASK {"),), succeeds=False),
    Case("bad_update_get", parameters=(("update", "CLEAR ALL"),), succeeds=False),
    bad("bad_multiple_updates", FORM, b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"),
    bad("bad_update_wrong_media_type", {"Content-Type": "text/plain"}, b"CLEAR NAMED"),
    bad("bad_update_missing_form_type", {}, b"update=CLEAR%20NAMED"),
    bad(
        "bad_update_non_utf8",
        {"Content-Type": UPDATE["Content-Type"] + UTF_16},
        "CLEAR NAMED".encode("utf-16"),
    ),
    bad("bad_update_syntax", FORM, b"update=CLEAR%20XYZ"),
    bad(
        "bad_update_dataset_conflict",
        UPDATE,
        b"WITH <http://example/addresses> DELETE { ?p ?q ?r } INSERT { ?p ?q 1 } WHERE { ?p ?q ?r }",
        (("using-named-graph-uri", "http://example/people"),),
    ),
)  # fmt: skip
