# ruff: noqa: E501  a request a line
"""Requests that nobody means well with, as data: what is sent, byte for byte, and which answers are right.

Port 65536, which there is not, stands for one of this machine at which somebody listens and which nobody must
ever call; what is sent has a real port in its place, of as many digits.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

DIRECT = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
UPDATE = "application/sparql-update"
LISTENER = b"65536"


@dataclass(frozen=True)
class Case:
    """One request on a connection of its own.

    sent: what goes out first. then: what follows again and again, `every` so many seconds, until an answer
    comes. statuses: those that are right; 0 stands for a connection that ends without an answer. says: words
    that the error holds.
    """

    name: str
    sent: bytes
    statuses: tuple[int, ...]
    then: bytes = b""
    every: float = 0.0
    says: str = ""

    def __str__(self) -> str:
        return self.name


def head(method: str, target: str, headers: Mapping[str, str] | None = None) -> bytes:
    """The head of a request, its target as it is."""
    named = {"Host": "127.0.0.1", "Connection": "close", **(headers or {})}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def get(target: str, headers: Mapping[str, str] | None = None) -> bytes:
    return head("GET", target, headers)


def post(body: bytes, kind: str = DIRECT, headers: Mapping[str, str] | None = None, query: str = "") -> bytes:
    named = {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}
    return head("POST", f"/sparql{query}", named) + body


def asked(query: str) -> bytes:
    return post(query.encode())


CROSS = "?a ?b ?c . ?d ?e ?f"
WIDE = f"{CROSS} . ?g ?h ?i . ?j ?k ?l"
STOPPED = (503, 504)


def doubled(step: str, times: int = 40) -> str:
    """A query that applies `step` to its own outcome, `{}` the variable before."""
    steps = " ".join(f"BIND({step.format(f'?s{n}')} AS ?s{n + 1})" for n in range(times))
    return f"SELECT (STRLEN(STR(?s{times})) AS ?n) {{ BIND('xx' AS ?s0) {steps} }}"


def counted(pattern: str) -> str:
    return f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"


STOPPED_QUERIES: dict[str, str] = {
    "a cross product": counted(WIDE),
    "a cross product in subselects": counted(f"{{ SELECT * {{ {CROSS} }} }} {{ SELECT * {{ ?g ?h ?i . ?j ?k ?l }} }}"),
    "a closure of all that is not one property": counted("?a (!<x:a>|^!<x:a>)* ?b . ?b (!<x:a>)* ?c"),
    "an inverse closure": counted("?a ^(!<x:a>)* ?b . ?b (^(!<x:a>))+ ?c"),
    "a closure of closures": counted("?a (((!<x:a>)*)*)* ?b"),
    "a closure of closures with plus": counted("?a (((!<x:a>)+/(!<x:a>)+)+)+ ?b"),
    "a long path of anything": counted("?a " + "/".join(["(<x:a>|!<x:a>)"] * 60) + " ?b . ?c ?d ?e"),
    "a sort": f"SELECT * {{ {CROSS} }} ORDER BY DESC(?f) ?c ?a",
    "a sort behind LIMIT 1": f"SELECT * {{ {CROSS} }} ORDER BY STRLEN(STR(?f)) ?c LIMIT 1",
    "a skip of a thousand million rows": f"SELECT * {{ {CROSS} }} OFFSET 999999999 LIMIT 1",
    "a distinct product": f"SELECT DISTINCT ?a ?f ?c {{ {CROSS} . ?g ?h ?i }}",
    "a grouped product": f"SELECT ?a (COUNT(*) AS ?n) {{ {CROSS} }} GROUP BY ?a ?d ?c ?f HAVING(COUNT(*) > 9)",
    "a count of different rows": f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {CROSS} }}",
    "a joined text": f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?n) {{ {CROSS} }}",
    "a text that doubles": doubled("CONCAT({0}, {0})"),
    "a text that REPLACE makes tenfold": doubled("REPLACE({0}, 'x', 'xxxxxxxxxx')", 9),
    "a text that REPLACE makes tenfold by groups": doubled("REPLACE({0}, '(.)', '$1$1$1$1$1$1$1$1$1$1')", 9),
    "a text that encoding makes threefold": doubled("ENCODE_FOR_URI(CONCAT({0}, '%', {0}))", 30),
    "hashes of a text that doubles": doubled("CONCAT({0}, SHA512({0}), {0})"),
    "a regular expression that counts": "SELECT * { ?a ?b ?c FILTER REGEX(STR(?c), '((a{1,999}){1,99}){1,9}') }",
    "a product of rows": counted(" ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(20))),
    "a negated product": counted(f"{CROSS} MINUS {{ ?g ?h ?i . ?j ?k ?l }}"),
    "a product that must not exist": counted(f"{CROSS} FILTER NOT EXISTS {{ ?g ?h ?i . ?j ?k ?l FILTER(?l = ?a + 1) }}"),
    "unions of unions": counted(" ".join(["{ ?a ?b ?c } UNION { ?d ?e ?f }"] * 8)),
    "options of options": counted(" ".join(f"OPTIONAL {{ ?a{n} ?b{n} ?c{n} }}" for n in range(12))),
    "a description of everything, many times": f"DESCRIBE ?a ?d {{ {CROSS} }}",
    "a test of a product": f"ASK {{ {WIDE} FILTER(CONCAT(STR(?c), STR(?f), STR(?i), STR(?l)) = 'x') }}",
}  # fmt: skip
"""Met by a limit on time or memory: 504 or 503, or 413 where an answer begins to pour out."""

LARGE_QUERIES: dict[str, str] = {
    "a large answer": f"SELECT * {{ {CROSS} }}",
    "a large graph": f"CONSTRUCT {{ ?a ?b ?f . ?d ?e ?c }} WHERE {{ {CROSS} }}",
    "a large value in one row": "SELECT (GROUP_CONCAT(STR(?c)) AS ?n) { ?a ?b ?c . ?d a ?f }",
}

HEAVY_QUERIES: dict[str, str] = {
    "a regular expression that backtracks elsewhere": "SELECT * { ?a ?b ?c FILTER REGEX(STR(?c), '^(([a-z])+.)+[A-Z]([a-z])+$') }",
    "a replacement that backtracks elsewhere": "SELECT (REPLACE(STR(?c), '(a+)+$', 'x') AS ?n) { ?a ?b ?c }",
    "a regular expression of sixty thousand letters": f"SELECT * {{ ?a ?b ?c FILTER REGEX(STR(?c), '{'(a|b)' * 12_000}') }}",
    "a regular expression that nests": f"SELECT * {{ ?a ?b ?c FILTER REGEX(STR(?c), '{'(' * 5000}a{')' * 5000}') }}",
    "a list of ten thousand numbers": f"SELECT * {{ ?a ?b ?c FILTER(?c IN ({', '.join(map(str, range(10_000)))})) }}",
    "a list of lists": f"SELECT * {{ ?a ?b ?c FILTER(?c NOT IN ({', '.join(['?a'] * 20_000)})) }}",
    "a table of ten thousand rows": f"SELECT * {{ ?a ?b ?c VALUES (?c ?d) {{ {'(1 2) ' * 10_000}}} }}",
    "a sum of twenty thousand": "SELECT * { FILTER(" + "+".join("1" * 20_000) + " = 1) }",
    "a disjunction of nine thousand": "SELECT * { FILTER(" + "||".join(["?x=1"] * 9_000) + ") }",
    "a conjunction of nine thousand": "SELECT * { FILTER(" + "&&".join(["?x=1"] * 9_000) + ") }",
    "a path of fifteen thousand steps": "SELECT * { ?a " + "/".join(["a"] * 15_000) + " ?b }",
    "a path of fifteen thousand ways": "SELECT * { ?a " + "|".join(["a"] * 15_000) + " ?b }",
    "unions of ten thousand": "SELECT * { " + "UNION".join(["{}"] * 9_000) + " }",
    "groups in a row": "SELECT * { " + "{}" * 30_000 + " }",
    "filters in a row": "SELECT * { " + "FILTER(1)" * 7_000 + " }",
    "ten thousand variables": "SELECT " + " ".join(f"?v{n}" for n in range(9_000)) + " {}",
    "a collection of twenty-five thousand": "SELECT * { ?a ?b (" + "1 " * 25_000 + ") }",
    "a triple with thirty thousand objects": "ASK { ?a ?b " + ",".join("1" * 30_000) + " }",
    "a template of thirty thousand": "CONSTRUCT { ?a ?b " + ",".join("1" * 30_000) + " } WHERE { ?a ?b ?c }",
    "prefixes without end": "".join(f"PREFIX p{n}: <x:>" for n in range(3_000)) + "ASK {}",
    "names and dots without end": "SELECT * { " + "a." * 32_000,
    "quotation marks without end": "SELECT * { ?s ?p '''" + "''\\'" * 15_000,
    "hundred levels, one less": "ASK { " + "{" * 98 + "}" * 98 + " }",
    "ninety brackets": "ASK { FILTER(" + "(" * 90 + "1" + ")" * 90 + ") }",
    "ninety subselects": "ASK { " + "{ SELECT * { " * 49 + " } }" * 49 + " }",
    "a number of sixty thousand digits": f"SELECT ({'9' * 60_000} + 1 AS ?n) {{}}",
    "a year of sixty thousand digits": f"SELECT ('{'9' * 60_000}-01-01'^^<http://www.w3.org/2001/XMLSchema#date> + 1 AS ?n) {{}}",
    "an exponent out of range": "SELECT (1e999999999 * 1e999999999 AS ?n) {}",
}  # fmt: skip
"""Large, and no more than that perhaps: an answer, or an error that says why."""

DEEP: dict[str, tuple[str, str, str, str]] = {
    "brackets": ("SELECT * { FILTER(", "(", ")", ") }"),
    "groups": ("SELECT * {", "{", "}", "}"),
    "blank nodes": ("SELECT * { ?a ?b ", "[<x:a> ", "]", " }"),
    "collections": ("SELECT * { ?a ?b ", "(", ")", " }"),
    "negations": ("SELECT * { FILTER(", "!", "", "true) }"),
    "spaced negations": ("SELECT * { FILTER(", "! ", "", "true) }"),
    "bracketed negations": ("SELECT * { FILTER(", "!(", ")", ") }"),
    "minus signs": ("SELECT * { FILTER(", "-", "", "?a) }"),
    "spaced minus signs": ("SELECT * { FILTER(", "- ", "", "?a) }"),
    "plus and minus signs": ("SELECT * { FILTER(", "+-", "", "?a) }"),
    "EXISTS": ("SELECT * { ", "FILTER EXISTS {", "}", "}"),
    "NOT EXISTS": ("SELECT * { ", "FILTER NOT EXISTS {", "}", "}"),
    "subselects": ("SELECT * { ", "{SELECT * {", "}}", "}"),
    "OPTIONAL": ("SELECT * { ", "OPTIONAL {", "}", "}"),
    "MINUS": ("SELECT * { ", "MINUS {", "}", "}"),
    "GRAPH": ("SELECT * { ", "GRAPH ?g {", "}", "}"),
    "paths": ("SELECT * { ?a ", "(", ")", "<x:a> ?b }"),
    "starred paths": ("SELECT * { ?a ", "(", "<x:a>)*", " ?b }"),
    "inverse paths": ("SELECT * { ?a ", "^", "", "<x:a> ?b }"),
    "negated paths": ("SELECT * { ?a ", "!(", ")", "<x:a> ?b }"),
    "IF": ("SELECT * { FILTER(", "IF(1,1,", ")", "1) }"),
    "COALESCE": ("SELECT * { FILTER(", "COALESCE(", ")", ") }"),
    "function calls": ("SELECT * { FILTER(", "STR(", ")", "1) }"),
    "triple terms": ("SELECT * { ?a ?b ", "<<(?a ?b ", ")>>", " }"),
    "quoted triples": ("SELECT * { ?a ?b ", "<<?a ?b ", ">>", " }"),
    "annotations": ("SELECT * { ?a ?b ?c ", "{| ?a ?b ", "|}", " }"),
    "closing brackets": ("SELECT * { FILTER(1", "", ")", ") }"),
}
"""Before, opening, closing, after: nested as deep as a query is long."""


def nested(kind: str) -> str:
    before, opening, closing, after = DEEP[kind]
    times = min(5_000, 60_000 // len(opening + closing))
    return before + opening * times + closing * times + after


ELSEWHERE = "<http://127.0.0.1:65536/> { ?s ?p ?o }"
FEDERATED: dict[str, str] = {
    "plain": f"SELECT * {{ SERVICE {ELSEWHERE} }}",
    "silent": f"SELECT * {{ SERVICE SILENT {ELSEWHERE} }}",
    "in mixed letters": f"SELECT * {{ sErViCe sIlEnT {ELSEWHERE} }}",
    "without a space": "SELECT * {SERVICE<http://127.0.0.1:65536/>{?s ?p ?o}}",
    "in EXISTS": f"ASK {{ ?s ?p ?o FILTER EXISTS {{ SERVICE {ELSEWHERE} }} }}",
    "in NOT EXISTS in BIND": f"SELECT * {{ BIND(NOT EXISTS {{ SERVICE {ELSEWHERE} }} AS ?x) }}",
    "in EXISTS in ORDER BY": f"SELECT * {{ ?s ?p ?o }} ORDER BY EXISTS {{ SERVICE {ELSEWHERE} }}",
    "in a subquery": f"SELECT * {{ {{ SELECT * {{ SERVICE {ELSEWHERE} }} }} }}",
    "in MINUS": f"SELECT * {{ ?s ?p ?o MINUS {{ SERVICE {ELSEWHERE} }} }}",
    "in OPTIONAL": f"SELECT * {{ OPTIONAL {{ SERVICE SILENT {ELSEWHERE} }} }}",
    "in UNION": f"SELECT * {{ {{}} UNION {{ SERVICE {ELSEWHERE} }} }}",
    "in GRAPH": f"SELECT * {{ GRAPH ?g {{ SERVICE {ELSEWHERE} }} }}",
    "in a template's pattern": f"CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE {ELSEWHERE} }}",
    "in a description": f"DESCRIBE ?s {{ SERVICE {ELSEWHERE} }}",
    "of a variable": "SELECT * { VALUES ?e { <http://127.0.0.1:65536/> } SERVICE ?e { ?s ?p ?o } }",
    "of a prefixed name": "PREFIX x: <http://127.0.0.1:65536/> SELECT * { SERVICE x:y { ?s ?p ?o } }",
    "glued to an empty prefix": "PREFIX : <http://127.0.0.1:65536/> SELECT * { SERVICE:y { ?s ?p ?o } }",
    "glued to a prefix that is declared":
        "PREFIX SERVICE: <x:> PREFIX : <http://127.0.0.1:65536/> SELECT * { SERVICE:y { ?s ?p ?o } }",
    "with its first letter escaped": f"SELECT * {{ \\u0053ERVICE {ELSEWHERE} }}",
    "with its last letter escaped": f"SELECT * {{ SERVIC\\U00000045 {ELSEWHERE} }}",
    "escaped throughout": f"SELECT * {{ \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 {ELSEWHERE} }}",
    "with an escaped bracket": "SELECT * { SERVICE <http://127.0.0.1:65536/> \\u007B ?s ?p ?o } }",
    "behind an escaped line end": f"SELECT * {{ # \\u000A SERVICE {ELSEWHERE}\n SERVICE {ELSEWHERE} }}",
    "with comments between": "SELECT * { SERVICE # one\n# two\n <http://127.0.0.1:65536/> # three\n { ?s ?p ?o } }",
    "behind a comment": f"SELECT * {{ {{}}SERVICE#\n{ELSEWHERE} }}",
    "behind a comment that a return ends": f"SELECT * {{ # harmless\rSERVICE {ELSEWHERE} }}",
    "behind a number and a dot": f"SELECT * {{ ?s ?p 1.SERVICE {ELSEWHERE} }}",
    "behind a boolean": "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:65536/>{} }",
    "behind a name and a dot": "PREFIX : <x:> SELECT * { ?s ?p :.SERVICE<http://127.0.0.1:65536/>{} }",
    "behind a blank node and a dot": "SELECT * { ?s ?p _:a.SERVICE<http://127.0.0.1:65536/>{} }",
    "behind a string": f'SELECT * {{ ?s ?p "x"SERVICE {ELSEWHERE} }}',
    "behind a string that ends in escapes": f'SELECT * {{ ?s ?p "x\\\\" . SERVICE {ELSEWHERE} #" \n }}',
    "behind a long string": f'SELECT * {{ ?s ?p """a"b""" . SERVICE {ELSEWHERE} #"""\n }}',
    "behind a comparison that looks like an IRI":
        "SELECT * { FILTER(?a<?b#>\n) SERVICE<http://127.0.0.1:65536/>{} #\n}",
    "behind tabs and form feeds": f"SELECT * {{\t\f\vSERVICE\t{ELSEWHERE} }}",
    "behind a byte order mark": f"\ufeffSELECT * {{ \ufeffSERVICE {ELSEWHERE} }}",
    "behind a no-break space": f"SELECT * {{\u00a0SERVICE\u00a0{ELSEWHERE} }}",
    "behind a line separator": f"SELECT * {{ #\u2028\nSERVICE {ELSEWHERE} }}",
    "with a long s": f"SELECT * {{ \u017fERVICE {ELSEWHERE} }}",
    "in full width": f"SELECT * {{ \uff33\uff25\uff32\uff36\uff29\uff23\uff25 {ELSEWHERE} }}",
    "behind LATERAL": f"SELECT * {{ LATERAL {{ SERVICE {ELSEWHERE} }} }}",
}  # fmt: skip

HARMLESS: dict[str, str] = {
    "not at all, but an escaped NUL": "SELECT * { ?s ?p '\\u0000' }",
    "in a string": 'SELECT * { ?s <x:p> "SERVICE <http://127.0.0.1:65536/> {}" }',
    "in a long string": "SELECT * { ?s <x:p> '''a'b SERVICE <http://127.0.0.1:65536/> {}''' }",
    "in a comment": "SELECT * { ?s <x:p> ?o } # SERVICE <http://127.0.0.1:65536/> {} ' \" <<",
    "in a comment with a line separator": "ASK {} # \u2028 SERVICE <http://127.0.0.1:65536/> {}",
    "in an IRI": "SELECT * { <http://127.0.0.1:65536/SERVICE> <x:LOAD> <urn:x:insert> }",
    "as a variable": "SELECT ?service ?load { ?service <x:p> $load . ?service <x:q> ?SERVICE }",
    "as a local name": "PREFIX x: <x:> SELECT * { x:SERVICE x:service ?o . ?o x:a.b_SERVICE ?o }",
    "as a prefix": "PREFIX SERVICE: <x:> PREFIX service: <y:> ASK { SERVICE:x service:y ?o . ?o a service:z }",
    "as a part of a prefix": "PREFIX my-service: <x:> ASK { my-service:x my-service:y ?o FILTER(?o = my-service:z) }",
    "as a language": 'SELECT * { ?s <x:p> "x"@en-service }',
    "in a regular expression": "SELECT * { ?s <x:p> ?o FILTER REGEX(?o, 'SERVICE|LOAD|INSERT') }",
    "as an endpoint's name": "SELECT * { GRAPH <http://127.0.0.1:65536/> { ?s ?p ?o } }",
}  # fmt: skip

UPDATES: dict[str, str] = {
    "INSERT DATA": "INSERT DATA { <x:a> <x:b> <x:c> }",
    "INSERT WHERE": "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "DELETE DATA": "DELETE DATA { <x:a> <x:b> <x:c> }",
    "DELETE WHERE": "DELETE WHERE { ?s ?p ?o }",
    "WITH": "WITH <x:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } USING <x:h> WHERE { ?s ?p ?o }",
    "LOAD": "LOAD <http://127.0.0.1:65536/>",
    "LOAD of a file": "LOAD SILENT <file:///etc/passwd> INTO GRAPH <x:g>",
    "CLEAR": "CLEAR ALL",
    "DROP": "DROP SILENT NAMED",
    "CREATE": "CREATE GRAPH <x:g>",
    "COPY": "COPY DEFAULT TO <x:g>",
    "MOVE": "MOVE <x:g> TO DEFAULT",
    "ADD": "ADD <x:g> TO DEFAULT",
    "a query, then an update": "ASK {} ; CLEAR ALL",
    "in mixed letters": "dElEtE/**/WHERE { ?s ?p ?o }",
    "with an escaped letter": "\\u0044ELETE WHERE { ?s ?p ?o }",
    "behind a prologue": "BASE <x:> PREFIX x: <x:> # comment\nINSERT DATA { x:a x:b x:c }",
}

FOREIGN: dict[str, str] = {
    "a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "a file of the process": "SELECT * FROM NAMED <file:///proc/self/environ> { GRAPH ?g { ?s ?p ?o } }",
    "an address": "SELECT * FROM <http://127.0.0.1:65536/data.ttl> { ?s ?p ?o }",
    "a named address": "ASK FROM NAMED <http://127.0.0.1:65536/data.ttl> { GRAPH ?g { ?s ?p ?o } }",
    "an address in pieces": "PREFIX x: <http://127.0.0.1:65536/> DESCRIBE <x:a> FROM x:data.ttl",
    "a path upwards": "SELECT * FROM <../../../../etc/passwd> { ?s ?p ?o }",
    "an address under another base": "BASE <http://127.0.0.1:65536/> SELECT * FROM <data.ttl> { ?s ?p ?o }",
    "an escaped address": "SELECT * FROM <\\u0068ttp://127.0.0.1:65536/data.ttl> { ?s ?p ?o }",
}

ODD_QUERIES: dict[str, bytes] = {
    "a NUL": b"SELECT * { ?s ?p '\x00' }",
    "a bell": b"SELECT * { ?s ?p \x07 }",
    "all control characters": bytes(range(1, 32)) + b"ASK {}",
    "half of a character, encoded": b"SELECT * { ?s ?p '\xed\xa0\x80' }",
    "half of a character, escaped": b"SELECT ('\\uD800' AS ?x) {}",
    "what is no UTF-8": b"SELECT * { ?s ?p '\xff\xfe' }",
    "UTF-16": "ASK {}".encode("utf-16"),
    "overlong UTF-8": b"SELECT * { ?s ?p '\xc0\xaf' }",
    "nothing": b"",
    "spaces": b" " * 60_000,
    "a comment": b"#" * 60_000,
    "an IRI with a space": b"SELECT * { <http://x/ y> ?p ?o }",
    "an IRI with a line": b"SELECT * { <http://x/\n> ?p ?o }",
    "an undeclared prefix": b"SELECT * { nobody:x ?p ?o }",
    "the left half of a query": b"SELECT * { ?s ?p",
    "a web page": b"<html><script>alert(1)</script></html>",
    "a database query": b"'; DROP TABLE statements; --",
}


def _queries() -> list[Case]:
    cases = [Case(name, asked(query), (*STOPPED, 413)) for name, query in STOPPED_QUERIES.items()]
    cases += [Case(name, asked(query), (413, *STOPPED)) for name, query in LARGE_QUERIES.items()]
    cases += [Case(name, asked(query), (200, 400, 413, *STOPPED)) for name, query in HEAVY_QUERIES.items()]
    cases += [Case(f"deep: {kind}", asked(nested(kind)), (400,)) for kind in DEEP]
    cases += [Case(f"SERVICE {name}", asked(query), (400,)) for name, query in FEDERATED.items()]
    cases += [Case(f"the word {name}", asked(query), (200,)) for name, query in HARMLESS.items()]
    cases += [Case(f"a dataset: {name}", asked(query), (400,), says="") for name, query in FOREIGN.items()]
    cases += [Case(f"as a query: {name}", post(query), (400,)) for name, query in ODD_QUERIES.items()]
    return cases


def _updates() -> list[Case]:
    cases = []
    for name, text in UPDATES.items():
        words = text.encode()
        cases += [
            Case(f"update as a query by GET: {name}", get(f"/sparql?query={quote(text)}"), (400,)),
            Case(f"update by GET: {name}", get(f"/sparql?update={quote(text)}"), (400,), says="only reads"),
            Case(f"update as a query by POST: {name}", post(words), (400,)),
            Case(f"update: {name}", post(words, UPDATE), (400,), says="only reads"),
            Case(f"update by form: {name}", post(urlencode({"update": text}).encode(), FORM), (400,), says="only reads"),
        ]  # fmt: skip
    mixed = urlencode({"query": "ASK {}", "using-graph-uri": "x:g"}).encode()
    return [*cases, Case("a query with a graph of updates", post(mixed, FORM), (400,), says="only reads")]


OK = "/sparql?query=ASK%20%7B%7D"
ANY_DATASET = "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"
LONG_QUERY = "ASK { ?s ?p '" + "x" * (64 * 1024) + "' }"
BIG_RANGES = ", ".join(f'x{n}/y{n};q=0.{n % 1000:03d};a="b,;\\"c"' for n in range(1_800))


def _parameters() -> list[Case]:
    return [
        *(
            Case(f"a dataset elsewhere: {iri}", get(f"{ANY_DATASET}&default-graph-uri={quote(iri)}"), (200,))
            for iri in ("file:///etc/passwd", "http://127.0.0.1:65536/x", "../../x", "urn:x", "//127.0.0.1:65536/x")
        ),
        Case("a named graph elsewhere", get(f"{ANY_DATASET}&named-graph-uri=http://127.0.0.1:65536/x"), (200,)),
        *(
            Case(f"a dataset that is no IRI: {iri}", get(f"{ANY_DATASET}&default-graph-uri={iri}"), (400,))
            for iri in ("", "%00", "a%20b", "%0d%0aX:1", "%3Cx%3E", "%5B", "http://%5B", "%E2%80%AE")
        ),
        Case("a thousand graphs", get(ANY_DATASET + "".join(f"&named-graph-uri=x:{n}" for n in range(1000))), (400,)),
        Case("half of a character", get("/sparql?query=%ED%A0%80"), (400,)),
        Case("what is no UTF-8", get("/sparql?query=ASK%20%7B%FF%7D"), (400,)),
        Case("a percent sign", get("/sparql?query=%"), (400,)),
        Case("two queries", get(f"{OK}&query=ASK%20%7B%7D"), (400,)),
        Case("a query in the address and one in the body", post(b"ASK {}", query="?query=ASK%20%7B%7D"), (400,)),
        Case("ten thousand parameters", get(OK + "&a=b" * 10_000), (400,)),
        Case("ten thousand parameters in a form", post(b"query=ASK%20%7B%7D" + b"&a=b" * 10_000, FORM), (400,)),
        Case("a query one byte too long", asked(LONG_QUERY[:6] + " " * (64 * 1024 + 1 - 6)), (413,)),
        Case("a long query in the address", get(f"/sparql?query={quote(LONG_QUERY)}"), (413,)),
        Case("a long query in a form", post(urlencode({"query": LONG_QUERY}).encode(), FORM), (413,)),
        Case("an address of a mebibyte", get("/sparql?x=" + "a" * (1 << 20)), (414,)),
        Case("a path of a hundred thousand letters", get("/" + "a" * 100_000), (414,)),
        Case("a path of fifty thousand steps", get("/x" * 50_000), (414,)),
    ]  # fmt: skip


OPERATORS = 'NEAR(a b, 10) OR NOT (x AND "y'


def _questions() -> list[Case]:
    said, search = "/api/ask/who-said-what", "/api/search"
    return [
        Case("a speaker of sixty thousand letters", get(f"{said}?speaker={'a' * 60_000}"), (400,)),
        Case("a speaker that is a path", get(f"{said}?speaker=../../etc/passwd"), (400,)),
        Case("a speaker that closes the query", get(f"{said}?speaker=x%22%29%7D%20SERVICE%20%3Cx%3A%3E"), (400,)),
        Case("a speaker of another base", get(f"{said}?speaker=http://127.0.0.1:65536/id/actor/x"), (400,)),
        Case("words that are an expression", get(f"{said}?contains=%28%28a%2B%29%2B%29%2B%24"), (200,)),
        Case("ten thousand words", get(f"{said}?contains={'a+' * 10_000}"), (200, 400, 413, *STOPPED)),
        Case("one word of sixty thousand letters", get(f"{said}?contains={'a' * 60_000}"), (200, 400, 413, *STOPPED)),
        Case("a quotation mark twenty thousand times", get(f"{said}?contains={'%27' * 20_000}"), (200, 400, 413, *STOPPED)),
        Case("no words", get(f"{said}?contains="), (400,)),
        Case("words with a NUL", get(f"{said}?contains=a%00b"), (200, 400)),
        Case("a year beyond all years", get(f"{said}?from=Y1E1000000000"), (400,)),
        Case("a date of sixty thousand digits", get(f"{said}?from={'9' * 60_000}"), (400,)),
        Case("a set of dates without end", get(f"{said}?from=%5B{'1999,' * 9_000}2000..%5D"), (200, 400)),
        Case("a set from year one to the last", get(f"{said}?from=%5B0001..9999%5D"), (200, 400)),
        Case("a limit below nothing", get(f"{said}?limit=-1"), (400,)),
        Case("a limit of sixty thousand digits", get(f"{said}?limit={'9' * 60_000}"), (400,)),
        Case("a limit in other digits", get(f"{said}?limit=%D9%A3"), (400,)),
        Case("a parameter ten times", get(f"{said}?{'limit=1&' * 10}"), (400,)),
        Case("a parameter that is none", get(f"{said}?{'a' * 60_000}=1"), (400,)),
        Case("counts by everything", get(f"/api/ask/counts?by={'speaker,' * 5_000}source"), (200, 400)),
        Case("citations ever so deep", get("/api/ask/citations?document=gponline&depth=999999999"), (200, 400)),
        Case("a path ever so long",
             get("/api/ask/citation-path?from=gponline&to=nhs-digital-home-office-mou&depth=999999999"), (200, 400)),
        Case("a search for stars", get(f"{search}?q={'*' * 20_000}"), (400,)),
        Case("a search for operators", get(f"{search}?q={quote(OPERATORS)}"), (200, 400)),
        Case("a search for columns", get(f"{search}?q=slug:x%20%5E%20-%7Ba%7D"), (200, 400)),
        Case("a search for twenty thousand words", get(f"{search}?q={'word+' * 20_000}"), (200, 400, 413, *STOPPED)),
        Case("a search for one word of a hundred thousand letters", get(f"{search}?q={'x' * 100_000}"), (200, 400, 413)),
        Case("a search for a thousand common words", get(f"{search}?q={'the+' * 1_000}"), (200, 400, 413, *STOPPED)),
        Case("a search with a NUL", get(f"{search}?q=a%00b"), (200, 400)),
        Case("a search for half of a character", get(f"{search}?q=%ED%A0%80"), (400,)),
        Case("a search beyond all rows", get(f"{search}?q=data&offset=1000000000"), (200,)),
        Case("a search that attaches a database",
             get(f"{search}?q={quote('x%27); ATTACH DATABASE %27/tmp/x%27 AS y; --')}"), (200, 400)),
        Case("an export by a path", get("/export/csv?speaker=../../../etc/passwd"), (400,)),
        Case("an export of a table that is a path", get("/export/csv?table=../../etc/passwd"), (400,)),
        Case("an export at no time", get("/export/gexf?at=9999-99-99"), (400,)),
        Case("an export by relations without end", get(f"/export/gexf?relation={'cites,' * 9_000}x"), (400,)),
        Case("an export with a line end", get("/export/csv?speaker=x%0d%0aSet-Cookie:%20a=b"), (400,)),
        Case("an export with a formula", get("/export/csv-safe?contains=%3Dcmd%7C%27%20%2FC%20calc%27%21A0"), (200, 400)),
        Case("an export that is none", get(f"/export/{'a' * 60_000}"), (404,)),
    ]  # fmt: skip


def _names() -> list[Case]:
    ups = ("../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cetc",
           "%c0%ae%c0%ae/etc/passwd", "....//....//etc/passwd", "%00", "margot-james%00.html", "x%0d%0aLocation:%20/",
           "%E2%80%AE", "~root", "a" * 30_000, "-" * 30_000, "a" * 30_000 + "-", "margot-james/../margot-james")  # fmt: skip
    places = ("/id/actor/", "/doc/actor/", "/export/", "/api/ask/", "/graph/", "/kind/", "/ns/", "/")
    return [
        Case(f"{place}{up[:20]}{up[20:][-20:]}", get(place + up), (404,)) for place in places for up in ups
    ] + [
        Case("two slashes first", get("//127.0.0.1:65536/sparql"), (404,)),
        Case("another server's address", get("http://127.0.0.1:65536/health"), (200, 400, 404)),
        Case("another server's name", get("/id/actor/margot-james", {"Host": "127.0.0.1:65536"}), (303,)),
        Case("a name that is no host", get("/api/openapi.json", {"Host": 'a"><script>'}), (400,)),
        Case(
            "a name sent ahead",
            get("/id/actor/margot-james", {"X-Forwarded-Host": "127.0.0.1:65536"}),
            (303,),
        ),
        Case("a document of no kind", get("/doc/actor/margot-james.exe"), (404,)),
        Case("a document with every ending", get("/doc/actor/margot-james" + ".ttl" * 5_000), (404,)),
    ]


def _wire() -> list[Case]:
    chunked = {"Content-Type": DIRECT, "Transfer-Encoding": "chunked"}
    squeezed = gzip.compress(b"ASK {} #" + b" " * (64 << 20))
    methods = ("TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND", "QUERY", "FOO", "get")
    return [
        *(Case(f"{method} /sparql", head(method, "/sparql"), (400, 405)) for method in methods),
        *(Case(f"{method} of a document", head(method, "/doc/actor/margot-james.ttl"), (405,)) for method in ("POST", "TRACE", "DELETE")),
        Case("a body of another kind", post(b"ASK {}", "text/plain"), (415,)),
        Case("a body in parts", post(b"--x\r\n\r\nASK {}\r\n--x--", "multipart/form-data; boundary=x"), (415,)),
        Case("a body of no kind", head("POST", "/sparql", {"Content-Length": "6"}) + b"ASK {}", (415,)),
        Case("a body in UTF-16", post("ASK {}".encode("utf-16"), f"{DIRECT}; charset=utf-16"), (415,)),
        Case("a body squeezed a thousandfold", post(squeezed, headers={"Content-Encoding": "gzip"}), (415,)),
        Case("a body squeezed otherwise", post(squeezed[:100], headers={"Content-Encoding": "br, gzip"}), (415,)),
        Case("a body of a mebibyte", post(b"ASK {} #" + b"x" * (1 << 20)), (413,)),
        Case("a body of a mebibyte in chunks", head("POST", "/sparql", chunked) + b"100000\r\n" + b" " * (1 << 20) + b"\r\n0\r\n\r\n", (413,)),
        Case("a body in chunks without end", head("POST", "/sparql", chunked), (413,), then=b"4000\r\n" + b" " * 0x4000 + b"\r\n"),
        Case("trailers without end", head("POST", "/sparql", chunked) + b"6\r\nASK {}\r\n0\r\n", (0, 431), then=b"a:\r\n" * 0x4000),
        Case("a chunk extension without end", head("POST", "/sparql", chunked) + b"6;", (0, 431), then=b"a" * 0x4000),
        Case("a body in chunks of one byte, ever so slow", head("POST", "/sparql", chunked), (408,), then=b"1\r\nA\r\n", every=0.2),
        Case("a body byte by byte", head("POST", "/sparql", {"Content-Type": DIRECT, "Content-Length": "500"}), (408,), then=b"A", every=0.2),
        Case("a body that never comes", head("POST", "/sparql", {"Content-Type": DIRECT, "Content-Length": "500"}), (408,)),
        Case("a form byte by byte", head("POST", "/sparql", {"Content-Type": FORM, "Content-Length": "500"}), (408,), then=b"a", every=0.2),
        Case("a body that waits to be asked for", head("POST", "/sparql", {"Content-Type": DIRECT, "Content-Length": "6", "Expect": "100-continue"}), (408,)),
        Case("a head that never ends", b"GET /health HTTP/1.1\r\nHost: x\r\n", (408,), then=b"A: b\r\n", every=0.2),
        Case("a head of one letter", b"G", (408,)),
        Case("a head letter by letter", b"GET /health HTTP/1.1\r\nX: ", (408,), then=b"a", every=0.2),
        Case("nothing at all", b"", (0, 408)),
        Case("less than its length says, then more", post(b"ASK {}", headers={"Content-Length": "3"}), (400,)),
        Case("a length below nothing", head("POST", "/sparql", {"Content-Type": DIRECT, "Content-Length": "-1"}), (400,)),
        Case("a length that is no number", head("POST", "/sparql", {"Content-Type": DIRECT, "Content-Length": "six"}), (400,)),
        Case("a length of a pebibyte", head("POST", "/sparql", {"Content-Type": DIRECT, "Content-Length": str(1 << 50)}), (408, 413)),
        Case("two lengths", head("POST", "/sparql", {"Content-Type": DIRECT, "Content-Length": "6"})[:-2] + b"Content-Length: 7\r\n\r\nASK {}x", (400,)),
        Case("a length and chunks", head("POST", "/sparql", {**chunked, "Content-Length": "6"}) + b"0\r\n\r\n", (400,)),
        Case("chunks in chunks", head("POST", "/sparql", {**chunked, "Transfer-Encoding": "chunked, chunked"}) + b"0\r\n\r\n", (400,)),
        Case("a squeezed body in chunks", head("POST", "/sparql", {**chunked, "Transfer-Encoding": "gzip, chunked"}) + b"0\r\n\r\n", (501,)),
        Case("chunks in HTTP/1.0", b"POST /sparql HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", (400,)),
        Case("chunks, then noise", head("POST", "/sparql", chunked) + b"1\r\nAAA\r\n", (400,)),
        Case("chunks of no length", head("POST", "/sparql", chunked) + b"zz\r\nASK {}\r\n", (400,)),
        Case("a chunk beyond all numbers", head("POST", "/sparql", chunked) + b"f" * 4_000 + b"\r\n", (400,)),
        Case("an encoding that is none", head("POST", "/sparql", {**chunked, "Transfer-Encoding": "rot13"}) + b"x", (400,)),
        Case("a header of 300 KiB", get(OK, {"X": "a" * (300 << 10)}), (431,)),
        Case("a thousand headers", get(OK, {f"X-{n}": "a" * 150 for n in range(1_000)}), (200,)),
        Case("two thousand headers", get(OK, {f"X-{n}": "a" * 150 for n in range(2_000)}), (431,)),
        Case("cookies of 64 KiB", get(OK, {"Cookie": "a=b; " * 13_000}), (200,)),
        Case("Accept of 64 KiB", get(OK, {"Accept": BIG_RANGES}), (406,)),
        Case("Accept of commas", get(OK, {"Accept": "," * 60_000}), (200, 406)),
        Case("Accept of parameters", get(OK, {"Accept": "text/csv" + ";a=b" * 15_000}), (200, 406)),
        Case("Accept of semicolons", get(OK, {"Accept": "a/b" + "; " * 30_000 + "x"}), (200, 406)),
        Case("Accept of open quotation marks", get(OK, {"Accept": 'a/b;c="' * 8_000}), (200, 406)),
        Case("Accept of broken ranges", get(OK, {"Accept": 'a/b;c="\\",' * 7_000}), (200, 406)),
        Case("Accept-Encoding of 60 KiB", get("/api/openapi.json", {"Accept-Encoding": "gzip;q=0.1, " * 5_000}), (200,)),
        Case("If-None-Match of 60 KiB", get("/api/ask/actors", {"If-None-Match": 'W/"' * 20_000}), (200,)),
        Case("a type of 60 KiB", post(b"ASK {}", "a;" * 30_000), (415,)),
        Case("a range", get("/export/bibtex", {"Range": "bytes=0-0"}), (200,)),
        Case("a thousand ranges", get("/export/bibtex", {"Range": "bytes=" + ",".join(f"{n}-" for n in range(1000))}), (200,)),
        Case("HTTP/1.0", b"GET /health HTTP/1.0\r\n\r\n", (200,)),
        Case("HTTP/0.9", b"GET /health\r\n\r\n", (400,)),
        Case("HTTP/1.1 without a host", b"GET /health HTTP/1.1\r\n\r\n", (400,)),
        Case("HTTP/1.1 with two hosts", b"GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", (400,)),
        Case("HTTP/1.0 with two hosts", b"GET /health HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", (400,)),
        Case("HTTP/2 in the dress of HTTP/1", b"GET /health HTTP/2.0\r\nHost: x\r\n\r\n", (505,)),
        Case("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 404)),
        Case("HTTP/9.9", b"GET /health HTTP/9.9\r\nHost: x\r\n\r\n", (200, 400, 505)),
        Case("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500) + b"\r\n\r\n", (400,)),
        Case("noise", bytes(range(256)) * 4 + b"\r\n\r\n", (400,)),
        Case("line ends", b"\r\n" * 60_000, (0, 400, 408)),
        Case("a header with a NUL", b"GET /health HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n", (400,)),
        Case("a header on two lines", b"GET /health HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", (200, 400)),
        Case("a header with a space before its colon", b"GET /health HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", (400,)),
        Case("line feeds alone", b"GET /health HTTP/1.1\nHost: x\nConnection: close\n\n", (200, 400)),
        Case("a target with a space", b"GET /he alth HTTP/1.1\r\nHost: x\r\n\r\n", (400,)),
        Case("a target beyond ASCII", "GET /é HTTP/1.1\r\nHost: x\r\n\r\n".encode(), (400, 404)),
        Case("a target that is a star", head("OPTIONS", "*"), (204, 400, 404)),
        Case("a target that is an authority", head("CONNECT", "127.0.0.1:65536"), (400, 404, 405)),
        Case("an upgrade", get("/sparql", {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Key": "x" * 24, "Sec-WebSocket-Version": "13"}), (200,)),
        Case("an upgrade to HTTP/2", get(OK, {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAMAAABk"}), (200,)),
        Case("a request hidden in a body", post(b"ASK {}" + get("/health"), headers={"Content-Length": "6"}), (200,)),
    ]  # fmt: skip


CASES = (*_queries(), *_updates(), *_parameters(), *_questions(), *_names(), *_wire())
