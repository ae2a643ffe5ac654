"""What an engine answers that is not exactly an answer is one clear error, of the right kind, in time."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from tests.promptness import no_worker, within
from tests.remote.engines import HASH, REGISTER, WHOLE, Fault, Liar, chunked, http, lying
from tests.serving import kept_port

from onrecord import terms
from onrecord.endpoint import Endpoint
from onrecord.errors import Busy, LimitExceeded, OnRecordError, QueryRefused, Unavailable
from onrecord.query import Gateway, Limits
from onrecord.query.remote import Remote
from onrecord.remote.publication import Publication

LIMITS = Limits(time_limit_s=60, result_limit_mb=1, workers=2)
SHORT = replace(LIMITS, time_limit_s=2)
SELECT = "SELECT ?a ?b { ?a <ns#text> ?b }"
TWO = (
    b'{"head":{"vars":["a","b"]},"results":{"bindings":['
    b'{"a":{"type":"uri","value":"urn:x"},"b":{"type":"literal","value":"one"}},'
    b'{"a":{"type":"uri","value":"urn:y"},"b":{"type":"literal","value":"two","xml:lang":"en-GB"}}]}}'
)
HTML = b"<!DOCTYPE html><html><body>Welcome</body></html>"


@contextmanager
def asking(liar: Liar, limits: Limits = LIMITS, dataset_hash: str | None = HASH) -> Iterator[Gateway]:
    """A gateway to the liar with a worker that is there, so that a limit is the engine's matter alone."""
    with (
        closing(Remote(Endpoint.read(liar.url), limits, terms.BASE, dataset_hash)) as remote,
        Gateway(remote.store, limits, remote=remote) as gateway,
    ):
        gateway.pool.warm()
        yield gateway


def warm(address: str) -> None:
    """A first look at an engine."""
    with closing(Remote(Endpoint.read(address), LIMITS, terms.BASE)) as remote:
        remote.warm()


def row(term: object, variables: str = '["a","b"]') -> bytes:
    """An answer with one row, in which ?a is the term."""
    return http(
        f'{{"head":{{"vars":{variables}}},"results":{{"bindings":[{{"a":{json.dumps(term)}}}]}}}}'.encode()
    )


def _drip(connection: socket.socket) -> None:
    """A byte at a time, for longer than anybody waits."""
    for byte in http(TWO):
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def _silence(connection: socket.socket) -> None:
    time.sleep(4)


def _endless(connection: socket.socket) -> None:
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    for _ in range(200):
        connection.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


def _endless_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        connection.sendall(b"X-%d: %s\r\n" % (number, b"x" * 1000))


def _reset(connection: socket.socket) -> None:
    connection.sendall(http(TWO)[:-20])


BAD: dict[str, tuple[Fault, type[OnRecordError], str]] = {
    # cut
    "cut JSON, the length right": (http(TWO[:-10]), Unavailable, "no JSON"),
    "less than Content-Length": (http(TWO, length=len(TWO) + 10), Unavailable, "cut"),
    "more than Content-Length is not read": (http(TWO[:40], length=40), Unavailable, "no JSON"),
    "the connection ends within the body": (_reset, Unavailable, "cut"),
    "chunks without an end": (chunked(TWO, end=b""), Unavailable, "cut"),
    "a chunk that is shorter than it says": (chunked(end=b"ff\r\nabc"), Unavailable, "cut"),
    "no answer at all": (b"", Unavailable, "127.0.0.1"),
    "text after the answer": (chunked(TWO, b"Error: timed out"), Unavailable, "no JSON"),
    "an engine's own time limit": (
        chunked(TWO[:60], b"The SPARQL operation has been cancelled"), LimitExceeded, "own time limit",
    ),
    "rows cut, said in a header": (
        http(TWO, headers=["X-SPARQL-MaxRows: 2"]), LimitExceeded, "cuts answers at 2 rows",
    ),
    "an incomplete answer, said in a header": (
        http(TWO, headers=["X-SQL-State: S1TAT", "X-SQL-Message: Returning incomplete results"]),
        LimitExceeded, "incomplete results",
    ),
    # another kind
    "a page": (http(HTML, kind="text/html"), Unavailable, "text/html"),
    "a page that says it is an answer": (http(HTML), Unavailable, "no JSON"),
    "no media type": (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", Unavailable, "no media type"),
    "XML": (http(b"<sparql/>", kind="application/sparql-results+xml"), Unavailable, "+xml"),
    "no HTTP": (b"220 mail.example ESMTP\r\n", Unavailable, "no HTTP"),
    "compressed without being asked": (
        http(b"\x1f\x8b", headers=["Content-Encoding: gzip"]), Unavailable, "compressed",
    ),
    # not what the query asks for
    "an answer to ASK": (http(b'{"head":{},"boolean":true}'), Unavailable, "SELECT"),
    "a variable too few": (http(TWO.replace(b',"b"]', b"]")), Unavailable, "variables"),
    "a variable too many": (http(TWO.replace(b'"b"]', b'"b","c"]')), Unavailable, "variables"),
    "a row with a variable that is not in the head": (
        http(TWO.replace(b'{"a":{"type"', b'{"c":{"type"')), Unavailable, "a row",
    ),
    "both kinds": (http(TWO[:-1] + b',"boolean":true}'), Unavailable, "SELECT"),
    "a list": (http(b"[]"), Unavailable, "no JSON object"),
    "no rows": (http(b'{"head":{"vars":["a","b"]},"results":{}}'), Unavailable, "rows"),
    "a row that is none": (
        http(b'{"head":{"vars":["a","b"]},"results":{"bindings":[1]}}'), Unavailable, "a row",
    ),
    # terms that are none
    "a term that is text": (row("urn:x"), Unavailable, "no term"),
    "a term without value": (row({"type": "uri"}), Unavailable, "no value"),
    "a term with a number": (row({"type": "literal", "value": 5}), Unavailable, "no term"),
    "a kind of term that is none": (row({"type": "iri", "value": "urn:x"}), Unavailable, "'iri'"),
    "a relative IRI": (row({"type": "uri", "value": "x"}), Unavailable, "'uri'"),
    "an IRI with a space": (row({"type": "uri", "value": "urn:x y"}), Unavailable, "'uri'"),
    "an IRI with a language": (
        row({"type": "uri", "value": "urn:x", "xml:lang": "en"}), Unavailable, "'uri'",
    ),
    "a language that is none": (
        row({"type": "literal", "value": "x", "xml:lang": "e n"}), Unavailable, "literal",
    ),
    "language and datatype": (
        row({"type": "literal", "value": "x", "xml:lang": "en", "datatype": "urn:x"}), Unavailable, "literal",
    ),
    "half a surrogate pair": (row({"type": "literal", "value": "\ud800"}), Unavailable, "Unicode"),
    # bytes
    "no UTF-8": (http(TWO.replace(b"one", b"on\xff")), Unavailable, "not UTF-8"),
    "a byte order mark": (http(b"\xef\xbb\xbf" + TWO), Unavailable, "no JSON"),
    "a key twice": (http(b'{"head":{"vars":["a","b"]},' + TWO[1:]), Unavailable, "twice"),
    "NaN": (http(b'{"head":{"vars":["a","b"]},"results":{"bindings":NaN}}'), Unavailable, "NaN"),
    "nested without end": (http(b"[" * 200_000), Unavailable, "nested"),
    "an answer without end": (_endless, LimitExceeded, "larger than 1 MB"),
    "a head without end": (_endless_head, Unavailable, "no HTTP"),
    "a byte at a time": (_drip, LimitExceeded, "no answer within 2 s"),
    "silence": (_silence, LimitExceeded, "no answer within 2 s"),
    # statuses
    "a redirect": (
        http(b"", status="302 Found", headers=["Location: http://198.51.100.1/"]),
        Unavailable, "198.51.100.1",
    ),
    "a query that it can't run": (
        http(b"SP031: too complex\nquery: \xe2\x80\xa6", kind="text/plain", status="400 Bad Request"),
        QueryRefused, "SP031: too complex",
    ),
    "name and password wanted": (
        http(b"", status="401 Unauthorized"), Unavailable, "asks for name and password",
    ),
    "not for us": (http(b"", status="403 Forbidden"), Unavailable, "403"),
    "nothing there": (
        http(HTML, kind="text/html", status="404 Not Found"), Unavailable, "no SPARQL endpoint",
    ),
    "no such format": (http(b"", status="406 Not Acceptable"), Unavailable, "406"),
    "busy": (http(b"", status="503 Service Unavailable", headers=["Retry-After: 7"]), Busy, "no room"),
    "too many": (http(b"", status="429 Too Many Requests"), Busy, "no room"),
    "a gateway's time limit": (http(b"", status="504 Gateway Timeout"), LimitExceeded, "stopped"),
    "its own time limit, as an error": (
        http(
            b"S1T00 Error SR171: Transaction timed out\n",
            kind="text/plain", status="500 SPARQL Request Failed",
        ),
        LimitExceeded, "timed out",
    ),
    "an error of its own": (
        http(b"\x1b[31mdisk\x00 on fire\n", kind="text/plain", status="500 Oops"),
        Unavailable, "disk on fire",
    ),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", Unavailable, "204"),
    "a part": (http(TWO, status="206 Partial Content"), Unavailable, "206"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_answer_is_an_error(name: str) -> None:
    fault, kind, words = BAD[name]
    with lying(fault) as liar, asking(liar, SHORT) as gateway:

        def ended() -> OnRecordError:
            with pytest.raises(OnRecordError) as raised:
                gateway.query(SELECT)
            return raised.value

        def hindered(error: OnRecordError) -> bool:
            return no_worker(error) or (isinstance(error, LimitExceeded) and kind is not LimitExceeded)

        error = within(3.5, ended, hindered)
    assert type(error) is kind or (kind is Unavailable and type(error).__name__ == "Unreadable")
    assert words in error.message
    assert "\x1b" not in error.message
    assert error.hint


def test_a_whole_answer_is_read() -> None:
    with lying(http(TWO)) as liar, asking(liar) as gateway:
        result = gateway.query(SELECT)
    assert result.columns == ("a", "b")
    assert [row["b"] for row in result.rows] == [
        {"type": "literal", "value": "one"},
        {"type": "literal", "value": "two", "xml:lang": "en-gb"},
    ]


def test_columns_come_in_the_order_of_the_query() -> None:
    with lying(http(TWO.replace(b'["a","b"]', b'["b","a"]'))) as liar, asking(liar) as gateway:
        assert gateway.query(SELECT).columns == ("a", "b")
        assert gateway.query("SELECT * { ?b <ns#text> ?a }").columns == ("b", "a")


def test_the_dataset_is_named_in_every_query() -> None:
    with lying(http(TWO)) as liar, asking(liar) as gateway:
        gateway.query(SELECT)
        gateway.query(SELECT, named_graphs=[REGISTER, "urn:elsewhere"])
        gateway.query(SELECT, default_graphs=[terms.BASE + "graph/publication"])
    union, nothing = terms.BASE + "graph/union", terms.BASE + "graph/nothing"
    told = [(form["default-graph-uri"], form["named-graph-uri"]) for form in liar.asked]
    assert told == [([union], [REGISTER]), ([nothing], [REGISTER]), ([nothing], [nothing])]
    assert liar.asked[0]["query"] == [f"BASE <{terms.BASE}>\n{SELECT}"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?a { ?a ", "never closed"),
        ("SELECT ?a { ?a ?b ?c } ORDER", "malformed SPARQL at 'ORDER'"),
        ('DEFINE get:soft "replace" SELECT ?a { ?a ?b ?c }', "not declared"),
        ("SELECT ?a { ?a ?b ?c } OPTION (transitive)", "malformed"),
        ("SELECT * { SERVICE <http://198.51.100.1/> { ?a ?b ?c } }", "SERVICE"),
        ("DELETE WHERE { ?a ?b ?c }", "DELETE"),
        ("SELECT ?a FROM <http://198.51.100.1/> { ?a ?b ?c }", "nothing is fetched"),
        ("PREFIX bif: <bif:> SELECT (bif:file_to_string('/etc/passwd') AS ?a) { }", "not part of SPARQL 1.1"),
        ("PREFIX x: <BIF:> SELECT ?a { ?a x:contains 'x' }", "not part of SPARQL 1.1"),
        ("SELECT (<java:java.lang.System.exit>(1) AS ?a) { }", "not part of SPARQL 1.1"),
        ("SELECT (<http://example.org/f>(1) AS ?a) { }", "not part of SPARQL 1.1"),
        ("SELECT ?a FROM <graph/register> FROM <graph/union> { ?a ?b ?c }", "not a graph"),
    ],
)  # fmt: skip
def test_what_is_refused_here_does_not_reach_the_engine(query: str, words: str) -> None:
    with lying(http(TWO)) as liar, asking(liar) as gateway:
        with pytest.raises(QueryRefused, match=words) as raised:
            gateway.query(query)
        assert not liar.asked
    assert raised.value.line == 1


def test_casts_are_functions_of_the_standard() -> None:
    text = (
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ?a ?b { ?a ?c ?d BIND(xsd:date(?d) AS ?b) }"
    )
    with lying(http(TWO)) as liar, asking(liar) as gateway:
        assert len(gateway.query(text).rows) == 2


def test_several_default_graphs_are_refused() -> None:
    two = replace(WHOLE, sizes={**WHOLE.sizes, terms.BASE + "graph/kinds": 1})
    with lying(http(TWO), two) as liar, asking(liar) as gateway:
        with pytest.raises(QueryRefused, match="several default graphs"):
            gateway.query(SELECT, default_graphs=[REGISTER, terms.BASE + "graph/kinds"])
        assert not liar.asked


ASKED: dict[str, tuple[bytes, bool | None]] = {
    "yes": (b'{"head":{},"boolean":true}', True),
    "no": (b'{"head":{"link":[]},"boolean":false}', False),
    "Virtuoso's yes": (
        b'{"head":{"link":[],"vars":["__ASK_RETVAL"]},"results":{"distinct":false,"ordered":true,"bindings":'
        b'[{"__ASK_RETVAL":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#integer",'
        b'"value":"1"}}]}}',
        True,
    ),
    "a word": (b'{"head":{},"boolean":"true"}', None),
    "rows": (TWO, None),
    "Virtuoso's nothing": (b'{"head":{"vars":["__ASK_RETVAL"]},"results":{"bindings":[]}}', None),
    "a head that is none": (b'{"head":1,"results":{"bindings":[]}}', None),
}


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_to_ask(name: str) -> None:
    body, expected = ASKED[name]
    with lying(http(body)) as liar, asking(liar) as gateway:
        if expected is None:
            with pytest.raises(Unavailable, match="ASK"):
                gateway.query("ASK { ?a ?b ?c }")
        else:
            assert gateway.query("ASK { ?a ?b ?c }").boolean is expected


GRAPHS: dict[str, tuple[bytes, str | None]] = {
    "whole": (b"<urn:a>\t<urn:b>\t\"c\" .\n<urn:a> <urn:b> \"c\" .\n", None),
    "empty": (b"", None),
    "cut within a line": (b"<urn:a> <urn:b> \"c\" .\n<urn:a> <ur", "cut"),
    "cut before the end of a line": (b"<urn:a> <urn:b> \"c\" .", "cut"),
    "an error at the end": (b"<urn:a> <urn:b> \"c\" .\nError: out of memory\n", "no N-Triples"),
    "Turtle": (b"@prefix x: <urn:> .\nx:a x:b x:c .\n", "no N-Triples"),
    "a relative IRI": (b"<a> <urn:b> <urn:c> .\n", "no N-Triples"),
    "no UTF-8": (b"<urn:a> <urn:b> \"\xff\" .\n", "no N-Triples"),
}  # fmt: skip


@pytest.mark.parametrize("name", GRAPHS)
def test_an_answer_to_construct(name: str) -> None:
    body, words = GRAPHS[name]
    with lying(http(body, kind="application/n-triples; charset=UTF-8")) as liar, asking(liar) as gateway:
        if words is not None:
            with pytest.raises(Unavailable, match=words):
                gateway.query("CONSTRUCT WHERE { ?a ?b ?c }")
        else:
            expected = b'<urn:a> <urn:b> "c" .\n' if body else b""
            assert gateway.query("CONSTRUCT WHERE { ?a ?b ?c }").body == expected


# -- which record it is --------------------------------------------------------------------------------

OTHER = replace(WHOLE, dataset_hash="6" * 64, mark="urn:uuid:three")
AGAIN = replace(WHOLE, mark="urn:uuid:two")
NONE = http(b'{"head":{"vars":["hash","mark","use","graph","triples"]},"results":{"bindings":[]}}')


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (NONE, NONE, "no whole publication"),
        (OTHER, OTHER, "another version"),
        (WHOLE, OTHER, "another version"),
        (WHOLE, NONE, "no whole publication"),
        (WHOLE, replace(AGAIN, answers=False), "published to anew"),
        (replace(WHOLE, sizes={REGISTER: 2}), WHOLE, "no whole publication"),
    ],
)
def test_an_answer_of_another_publication_is_none(
    before: Fault | Publication, after: Fault | Publication, words: str
) -> None:
    with (
        lying(http(TWO), before, after) as liar,
        pytest.raises(Unavailable, match=words),
        asking(liar) as gateway,
    ):
        gateway.query(SELECT)


def test_the_same_record_published_anew_is_asked_again() -> None:
    with lying(http(TWO), WHOLE, AGAIN) as liar, asking(liar) as gateway:
        assert len(gateway.query(SELECT).rows) == 2
    assert len(liar.asked) == 2


def test_without_a_record_of_its_own_the_first_one_found_is_kept() -> None:
    with lying(http(TWO), WHOLE, WHOLE, OTHER) as liar, asking(liar, dataset_hash=None) as gateway:
        gateway.query(SELECT)
        with pytest.raises(Unavailable, match="another version"):
            gateway.query(SELECT)


# -- the way there -------------------------------------------------------------------------------------


def test_nothing_listens_there() -> None:
    with kept_port() as port, pytest.raises(Unavailable, match="nothing answers at") as raised:
        warm(f"http://127.0.0.1:{port}/sparql")
    assert raised.value.status == 3


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(Unavailable, match="nothing answers at"):
        warm("http://nobody.invalid/sparql")


def test_no_tls_where_it_is_named() -> None:
    with lying() as liar, pytest.raises(Unavailable, match="no trusted connection"):
        warm(liar.url.replace("http:", "https:"))


def test_a_password_is_sent_when_it_is_asked_for_and_is_in_no_message() -> None:
    wanted = http(b"", status="401 Unauthorized", headers=['WWW-Authenticate: Basic realm="x"'])
    with lying(b"", wanted, WHOLE, wanted) as liar:
        endpoint = Endpoint.read(liar.url.replace("//", "//ana:s%3Acret@"))
        with closing(Remote(endpoint, LIMITS, terms.BASE)) as remote:
            remote.warm()
        with (
            closing(Remote(endpoint, LIMITS, terms.BASE)) as refused,
            pytest.raises(Unavailable, match="refuses the name and password") as raised,
        ):
            refused.warm()
    assert "authorization" not in liar.heads[0].lower()
    assert "Basic YW5hOnM6Y3JldA==" in liar.heads[1]  # ana:s:cret
    assert "cret" not in f"{raised.value.message}{raised.value.hint}{endpoint!r}{endpoint}"


def test_a_request_says_what_it_wants_and_nothing_of_the_machine() -> None:
    with lying(http(TWO)) as liar, asking(liar) as gateway:
        gateway.query(SELECT)
    head = next(head for head in liar.heads if "POST" in head)
    assert "Accept: application/sparql-results+json" in head
    assert "Accept-Encoding: identity" in head
    assert "User-Agent: onrecord/" in head


def test_a_connection_that_was_kept_and_has_gone_is_no_error() -> None:
    """The liar closes after each answer to a query, as engines close what was idle."""
    with lying(http(TWO)) as liar, asking(liar) as gateway:
        for _ in range(5):
            assert len(gateway.query(SELECT).rows) == 2
