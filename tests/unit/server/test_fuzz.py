"""Whatever is thrown at the server, it answers with a status of the contract and an error of the one form."""

from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.serving import Served

from onrecord.workspace import Workspace

NAMES = st.sampled_from(
    [
        "query", "default-graph-uri", "named-graph-uri", "speaker", "from", "to", "limit", "offset",
        "instrument", "date", "id", "q", "contains", "kind", "by", "at", "relation", "table", "depth",
        "source", "format", "x",
    ]
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "", "margot-james", "2018-05-09", "2018", "2018-13", "0", "-1", "99999999999999999999", "\x00",
            "%",
            "ASK {}", "SELECT * { ?s ?p ?o } LIMIT 1", "DESCRIBE <x>", "gponline", "speaker,month", "\ufeff",
            "../../etc/passwd", "' OR 1=1 --", '"', "https://w3id.org/onrecord/id/actor/margot-james",
            "(", "*",
        ]
    ),
)  # fmt: skip
PATHS = st.one_of(
    st.sampled_from(
        [
            "/sparql", "/api/search", "/api/ask/who-said-what", "/api/ask/timeline", "/api/ask/status-on",
            "/api/ask/counts", "/api/ask/citations", "/api/ask/citation-path", "/api/ask/evidence",
            "/api/ask/duration", "/export/csv", "/export/gexf", "/export/bibtex", "/id/actor/margot-james",
            "/doc/actor/margot-james.ttl", "/health", "/.well-known/void",
        ]
    ),
    st.text(max_size=30).map(lambda text: "/" + quote(text, safe="/")),
    st.text(max_size=30).map(lambda text: "/id/actor/" + quote(text, safe="")),
    st.text(max_size=30).map(lambda text: "/api/ask/" + quote(text, safe="")),
    st.text(max_size=30).map(lambda text: "/doc/" + quote(text, safe="/") + ".html"),
)  # fmt: skip
ACCEPTS = st.one_of(
    st.just("*/*"),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=30),
    st.sampled_from(["text/csv", "text/turtle", "application/*;q=0.2, text/html;q=0", ";", ",,,", '"']),
)
STATUSES = {200, 303, 304, 400, 404, 405, 406, 413, 415}


def check(server: Served, method: str, target: str, headers: dict[str, str], body: bytes | None) -> None:
    answer = server.send(method, target, headers, body)
    assert answer.status in STATUSES, (answer.status, answer.body[:300])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if answer.status >= 400:
        told = answer.json()
        assert set(told) == {"error", "message", "hint", "line", "column"}
        assert isinstance(told["message"], str)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=PATHS,
    parameters=st.lists(st.tuples(NAMES, VALUES), max_size=4),
    accept=ACCEPTS,
    surrogates=st.booleans(),
)
def test_any_address_is_answered(
    server: Served, path: str, parameters: list[tuple[str, str]], accept: str, surrogates: bool
) -> None:
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters)
    query += "&x=%ED%A0%80" if surrogates else ""
    check(server, "GET", f"{path}?{query}" if query else path, {"Accept": accept}, None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(
        [
            "application/sparql-query",
            "application/x-www-form-urlencoded",
            "application/sparql-update",
            "text/plain",
            ";",
        ]
    ),
    body=st.one_of(st.binary(max_size=80), st.text(max_size=60).map(lambda text: b"query=" + text.encode())),
)
def test_any_body_is_answered(server: Served, kind: str, body: bytes) -> None:
    check(server, "POST", "/sparql", {"Content-Type": kind}, body)


def test_the_server_is_well_afterwards(server: Served, workspace: Workspace) -> None:
    assert server.get("/health").json()["dataset_hash"] == workspace.snapshot.manifest.dataset_hash
