"""What the scan lets pass and what it refuses, as two tables; every refusal names its place."""

import pytest

from onrecord.errors import LimitExceeded, QueryRefused
from onrecord.query.limits import Limits
from onrecord.query.scan import scan

LIMITS = Limits()

PASSES = {
    "a string holds the word": 'SELECT * { ?s ?p "SERVICE <http://x/> {}" }',
    "a string in single quotes holds it": "SELECT * { ?s ?p 'LOAD <http://x/>' }",
    "a long string holds it and quotation marks": 'SELECT * { ?s ?p """x""y" SERVICE """ }',
    "a long string in single quotes holds it": "SELECT * { ?s ?p '''it's SERVICE''' }",
    "a comment holds it": "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { ' \" <<",
    "a variable is called so": "SELECT ?service ?load { ?service ?p $drop }",
    "an IRI holds it": "SELECT * { <http://x/SERVICE#DROP> ?p ?o }",
    "a local name with a dot is so": "PREFIX a: <x:> SELECT * { ?s a:SERVICE.x ?o }",
    "a call in an IRI": "SELECT * { <javascript:alert(1)> ?p ?o }",
    "an IRI holds brackets and signs": "SELECT * { <http://x/a_(b)--c> <data/a(b)> <a-b> }",
    "two bases and no graph": "BASE <http://x/> PREFIX : <a> BASE <http://y/> SELECT * { :x <b> ?o }",
    "a prefix is so": "PREFIX service: <x:> SELECT * { ?s service:p ?o . OPTIONAL { ?o a service:C } }",
    "a local name is so": "PREFIX ex: <http://x/> SELECT * { ex:service ex:LOAD ?o }",
    "a language tag and an escape stand in strings": 'SELECT * { ?s ?p "a\\"b\\u0022"@en-service }',
    "a comparison has spaces round it": "SELECT * { ?s ?p ?o FILTER(?a < ?b && ?c > ?d) }",
    "a relative IRI with a fragment": "SELECT * { ?s <ns#speaker> <id/actor/a#b> }",
    "escapes in a local name": "PREFIX ex: <http://x/> SELECT * { ex:a\\'b ex:c\\#d ?o }",
    "triple terms": "SELECT * { << ?a ?b ?c >> ?p ?o . ?x ?y <<( ?a ?b ?c )>> }",
    "a dataset clause": "SELECT * FROM <http://x/g> FROM NAMED <http://x/h> { ?s ?p ?o }",
    "100 levels": "SELECT * " + "{" * 100 + "}" * 100,
}

SERVICE = {
    "plain": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "lower case": "SELECT * { service <http://x/> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <http://x/> { ?s ?p ?o } }",
    "glued to SILENT": "SELECT * { SERVICESILENT<http://x/>{ ?s ?p ?o } }",
    "in EXISTS": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE ?g { ?s ?p ?o } } }",
    "of a prefixed name": "PREFIX x: <http://x/> SELECT * { SERVICE x:y { ?s ?p ?o } }",
    "glued to an empty prefix": "PREFIX : <http://x/> SELECT * { SERVICE:y { ?s ?p ?o } }",
    "silent, glued to an empty prefix": "PREFIX : <http://x/> SELECT * { SERVICESILENT:y { ?s ?p ?o } }",
    "glued to a prefix before SILENT": "PREFIX x: <x:> SELECT * { x:a.SERVICE SILENT ?g { ?s ?p ?o } }",
    "after a name and a number": "PREFIX a: <x:> ASK { [] a:b.1.0SERVICE<http://x/>{} }",
    "after an escape and a number": "PREFIX a: <x:> ASK { [] a:%41.1.0SERVICESILENT:x {} }",
    "after a blank node and a number": "ASK { ?s ?p _:b.1.0service ?g {} }",
    "after two numbers": "PREFIX a: <x:> ASK { [] a:b.1.0.0SERVICE?g{} }",
    "after a boolean": "SELECT * { ?s ?p trueSERVICE<http://x/>{} }",
    "after a number": "SELECT * { ?s ?p 1SERVICE<http://x/>{} }",
    "after an empty local name and a dot": "PREFIX : <http://x/> SELECT * { ?s ?p :.SERVICE<http://x/>{} }",
    "after a comment that ends": "SELECT * { # comment\n SERVICE <http://x/> { ?s ?p ?o } }",
    "after a comment that a return ends": "SELECT * { # comment\r SERVICE <http://x/> { ?s ?p ?o } }",
    "after a string with an escaped quote": 'SELECT * { ?s ?p "a\\"" SERVICE <http://x/> { ?s ?p ?o } }',
    "after a long string": 'SELECT * { ?s ?p """a"b""" . SERVICE <http://x/> { ?s ?p ?o } #"""\n }',
    "in a subquery": "SELECT * { { SELECT * { SERVICE <http://x/> { ?s ?p ?o } } } }",
}

UPDATES = {
    "INSERT": "INSERT DATA { <http://x/> <http://x/> 1 }",
    "DELETE": "DELETE WHERE { ?s ?p ?o }",
    "LOAD": "LOAD <http://x/>",
    "CLEAR": "CLEAR ALL",
    "DROP": "PREFIX x: <http://x/> DROP GRAPH x:g",
    "CREATE": "CREATE GRAPH <http://x/>",
    "COPY": "COPY <http://x/a> TO <http://x/b>",
    "MOVE": "move <http://x/a> to <http://x/b>",
    "ADD": "ADD <http://x/a> TO <http://x/b>",
    "WITH": "WITH <http://x/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DROP after a query": "SELECT * { ?s ?p ?o } ; DROP ALL",
}

DOUBTFUL = {
    "a comparison that hides a comment": 'SELECT * { FILTER(?a<?b#>"""\n) SERVICE<http://x/>{} #"""\n}',
    "a comparison that hides a string": "SELECT * { FILTER(?a<'b>c') SERVICE<http://x/>{} FILTER(?a='x') }",
    "two signs that hide a comment": "SELECT * { FILTER(?a<<http://x#> || EXISTS{ SERVICE ?s {} }) \n}",
    "a call that hides a comment": 'SELECT * { FILTER(?a<STR#>"""\n(?b)) SERVICE ?s {} #"""\n}',
    "an escape in a keyword": "SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }",
    "FROM and a name": "PREFIX : <http://x/> SELECT * FROM:y { ?s ?p ?o }",
    "ASK, FROM and a name": "PREFIX : <http://x/> ASKFROM:y { ?s ?p ?o }",
    "FROM NAMED and a name": "PREFIX : <http://x/> SELECT * FROM NAMED:y { ?s ?p ?o }",
    "FROMNAMED and a name": "PREFIX : <http://x/> SELECT * FROMNAMED:y { ?s ?p ?o }",
    "two bases and a graph": "BASE <http://x/> BASE <http://y/> SELECT * FROM <z> { ?s ?p ?o }",
    "an escape after a name": "PREFIX : <http://x/> SELECT * { ?s ?p _:a\\'SERVICE ?x {} \\' }",
    "a string that does not end": 'SELECT * { ?s ?p "x }',
    "a string with a line break": 'SELECT * { ?s ?p "x\n" }',
    "a bracket that is not closed": "SELECT * { ?s ?p ?o",
    "a bracket that closes another": "SELECT * { ?s ?p (1 } )",
    "a NUL": "SELECT * { ?s ?p '\x00' }",
    "half of a surrogate pair": "SELECT * { ?s ?p '\ud800' }",
}


@pytest.mark.parametrize("query", PASSES.values(), ids=PASSES)
def test_what_only_looks_forbidden_passes(query: str) -> None:
    scan(query, LIMITS)


@pytest.mark.parametrize("query", SERVICE.values(), ids=SERVICE)
def test_service_is_refused_in_every_disguise(query: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE is refused") as refusal:
        scan(query, LIMITS)
    assert refusal.value.line is not None
    assert refusal.value.column is not None


@pytest.mark.parametrize(("word", "query"), UPDATES.items())
def test_updates_are_refused_by_name(word: str, query: str) -> None:
    with pytest.raises(QueryRefused, match=f"{word.split()[0]} is refused"):
        scan(query, LIMITS)


@pytest.mark.parametrize("query", DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_can_be_read_in_two_ways_is_refused(query: str) -> None:
    with pytest.raises(QueryRefused) as refusal:
        scan(query, LIMITS)
    assert refusal.value.line is not None


def test_a_refusal_names_line_and_column_of_the_word() -> None:
    with pytest.raises(QueryRefused) as refusal:
        scan("SELECT * {\r\n  ?s ?p ?o .\r  SERVICE <http://x/> {}\n}", LIMITS)
    assert (refusal.value.line, refusal.value.column) == (3, 3)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 101 + "}" * 101,
        "SELECT * { FILTER" + "(" * 10_000 + "1" + ")" * 10_000 + "}",
        "SELECT * { ?s ?p " + "[ ?p " * 200 + "1" + "]" * 200 + "}",
        "SELECT * { FILTER(" + "!" * 10_000 + "?x) }",
        "SELECT * { ?s " + "^" * 10_000 + "<http://x/> ?o }",
        "SELECT * { " + "<< " * 200 + "}",
        "SELECT * { ?a ?b ?c FILTER(?a<" + "(" * 200 + "1" + ")" * 200 + "&&?c>1) }",
        "SELECT * { ?a ?b ?c FILTER(?a<" + "!" * 200 + "1&&?c>1) }",
        "SELECT * { ?a ?b ?c FILTER(?a<" + "-" * 200 + "1&&?c>1) }",
        "SELECT * { ?a ?b ?c FILTER(" + "?a<((1&&?c>(" * 60 + ")" * 180 + ") }",
    ],
    ids=[
        "groups",
        "parentheses",
        "blank nodes",
        "negations",
        "inverse paths",
        "triple terms",
        "parentheses that look like an IRI",
        "negations that do",
        "signs that do",
        "many that do",
    ],
)
def test_deep_nesting_is_stopped_before_the_engine_sees_it(query: str) -> None:
    with pytest.raises(LimitExceeded) as stop:
        scan(query, LIMITS)
    assert stop.value.limit == "depth"


def test_the_length_is_measured_in_bytes() -> None:
    scan("SELECT * { ?s ?p '" + "x" * 65_000 + "' }", LIMITS)
    with pytest.raises(LimitExceeded) as stop:
        scan("SELECT * { ?s ?p '" + "é" * 33_000 + "' }", LIMITS)
    assert stop.value.limit == "query_length_kib"


@pytest.mark.parametrize(
    ("query", "star", "variables"),
    [
        ("SELECT * { ?z ?a ?m }", True, ("z", "a", "m")),
        ("SELECT DISTINCT * { ?b ?a ?b }", True, ("b", "a")),
        ("SELECT*{ ?b $a ?c }", True, ("b", "a", "c")),
        ("SELECT ?a { SELECT * { ?b ?a ?c } }", False, ("a", "b", "c")),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", False, ("n", "s", "p", "o")),
        ("ASK { ?s ?p ?o }", False, ("s", "p", "o")),
    ],
)
def test_the_order_of_first_appearance_is_kept(query: str, star: bool, variables: tuple[str, ...]) -> None:
    scanned = scan(query, LIMITS)
    assert scanned.star is star
    assert scanned.variables == variables
