"""Hostile queries against the real record: each ends in time, named rightly, and the next is answered."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests.promptness import no_worker, within

from onrecord.errors import LimitExceeded, OnRecordError, QueryRefused
from onrecord.query import Gateway, Limits
from onrecord.workspace import Workspace

SECONDS = 1
CROSS = "?a ?b ?c . ?d ?e ?f"
DOUBLING = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(40))
LONGER = " ".join(f"BIND(REPLACE(?s{n}, 'x', 'xxxxxxxxxx') AS ?s{n + 1})" for n in range(9))
ELSEWHERE = "<http://127.0.0.1:9/> { ?s ?p ?o }"

TIME, MEMORY, SIZE, DEPTH, LENGTH = (
    "time_limit_s", "memory_limit_mb", "result_limit_mb", "depth", "query_length_kib",
)  # fmt: skip
EITHER = (TIME, MEMORY)  # which one comes first is a matter of the machine
LIMITED: dict[str, tuple[str, tuple[str, ...]]] = {
    "a cross product": (f"SELECT (COUNT(*) AS ?n) {{ {CROSS} . ?g ?h ?i . ?j ?k ?l }}", (TIME,)),
    "a path closure": ("SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:a>)* ?b . ?b (!<x:a>)* ?c }", (TIME,)),
    "a closure of closures": ("SELECT (COUNT(*) AS ?n) { ?a (((!<x:a>)*)*)* ?b }", EITHER),
    "a sort": (f"SELECT * {{ {CROSS} }} ORDER BY DESC(?f) ?c ?a", EITHER),
    "a distinct product": (f"SELECT DISTINCT ?a ?f ?c {{ {CROSS} . ?g ?h ?i }}", EITHER),
    "a grouped product": (f"SELECT ?a (COUNT(*) AS ?n) {{ {CROSS} }} GROUP BY ?a ?d ?c ?f", EITHER),
    "a joined text": (f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?n) {{ {CROSS} }}", EITHER),
    "a text that doubles": (f"SELECT (STRLEN(?s40) AS ?n) {{ BIND('xx' AS ?s0) {DOUBLING} }}", EITHER),
    "a text replaced tenfold": (f"SELECT (STRLEN(?s9) AS ?n) {{ BIND('xx' AS ?s0) {LONGER} }}", EITHER),
    "a large expression": ("SELECT * { ?a ?b ?c FILTER REGEX(STR(?c), '((a{1,999}){1,99}){1,9}') }", EITHER),
    "a product of rows": (
        "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(20))
        + " }",
        EITHER,
    ),
    "a negated product": (
        f"SELECT (COUNT(*) AS ?n) {{ {CROSS} MINUS {{ ?g ?h ?i . ?j ?k ?l }} }}",
        EITHER,
    ),
    "a large answer": (f"SELECT * {{ {CROSS} }}", (SIZE, TIME)),
    "a large graph": (f"CONSTRUCT {{ ?a ?b ?f . ?d ?e ?c }} WHERE {{ {CROSS} }}", (SIZE, TIME)),
    "nested brackets": ("SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", (DEPTH,)),
    "nested groups": ("SELECT * " + "{" * 5000 + "}" * 5000, (DEPTH,)),
    "a chain": ("SELECT * { FILTER(" + "+".join("1" * 20_000) + " = 1) }", (DEPTH,)),
    "a long collection": ("SELECT * { ?a ?b (" + "1 " * 25_000 + ") }", (DEPTH, TIME)),
    "a long query": ("SELECT * { ?s ?p '" + "x" * 70_000 + "' }", (LENGTH,)),
}
REFUSED: dict[str, str] = {
    "federation": f"SELECT * {{ SERVICE {ELSEWHERE} }}",
    "federation in silence": f"ASK {{ FILTER EXISTS {{ sErViCe SILENT {ELSEWHERE} }} }}",
    "federation escaped": f"SELECT * {{ \\u0053ERVICE {ELSEWHERE} }}",
    "federation behind a comment": f"SELECT * {{ {{}}SERVICE#\n{ELSEWHERE} }}",
    "federation behind a number": "SELECT * { ?s ?p 1.SERVICE ?x { ?s ?p ?o } }",
    "a foreign dataset": "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
    "a file as a dataset": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "loading": "LOAD <http://127.0.0.1:9/>",
    "inserting": "INSERT DATA { <a:> <b:> <c:> }",
    "clearing": "CLEAR ALL",
    "a NUL": "SELECT * { ?s ?p '\x00' }",
    "half of a character": "SELECT '\ud800' {}",
    "all control characters": "".join(map(chr, range(1, 256))),
    "names and dots without end": "SELECT * { " + "a." * 32_000,
}


@pytest.fixture(scope="module")
def gateway(workspace: Workspace) -> Iterator[Gateway]:
    with Gateway(workspace.snapshot.store, Limits(time_limit_s=SECONDS), workspace.gateway.base) as opened:
        opened.warm()
        yield opened


def _outcome(gateway: Gateway, query: str, limits: tuple[str, ...] = ()) -> OnRecordError:
    """How the query ended; it may meet the limits, and on a machine that was too busy that on time first."""

    def ended() -> OnRecordError:
        with pytest.raises(OnRecordError) as error:
            gateway.for_client("192.0.2.1").query(query)
        return error.value

    def known() -> bool | OnRecordError:
        try:
            return bool(gateway.query("ASK { ?s a <ns#Quotation> }").boolean)
        except LimitExceeded as error:
            return error

    def hindered(error: OnRecordError) -> bool:
        late = isinstance(error, LimitExceeded) and error.limit == TIME
        return no_worker(error) or (late and TIME not in limits)

    error = within(SECONDS + 0.5, ended, hindered)
    assert within(SECONDS + 0.5, known, no_worker) is True
    return error


@pytest.mark.parametrize("name", LIMITED)
def test_a_hostile_query_meets_a_limit(gateway: Gateway, name: str) -> None:
    query, limits = LIMITED[name]
    error = _outcome(gateway, query, limits)
    assert isinstance(error, LimitExceeded)
    assert error.limit in limits


@pytest.mark.parametrize("name", REFUSED)
def test_a_forbidden_query_is_refused(gateway: Gateway, name: str) -> None:
    assert isinstance(_outcome(gateway, REFUSED[name]), QueryRefused)


PROGRAM = """
import resource, sys
from pathlib import Path
from onrecord.errors import LimitExceeded
from onrecord.query import Gateway, Limits

with Gateway(Path(sys.argv[1]), Limits(time_limit_s=20, memory_limit_mb=128, workers=2)) as gateway:
    try:
        gateway.query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } }")
    except LimitExceeded as error:
        print(error.limit, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def test_a_worker_stays_within_its_memory(workspace: Workspace) -> None:
    command = [sys.executable, "-c", PROGRAM, str(workspace.snapshot.store)]
    limit, megabytes = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    if sys.platform == "linux":  # elsewhere the system keeps no such limit
        assert limit == "memory_limit_mb"
        assert int(megabytes) < 128 + 96, "the interpreter, the engine and the store come on top"
