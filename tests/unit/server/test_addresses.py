"""Every IRI of the record has an address, and every representation there says the same.

Of every sort of address three are followed in each run, all of them with
`pytest tests/unit/server/test_addresses.py --every-address` (about ten minutes).
"""

import pytest
from lxml import html
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from tests.serving import Received, Served

from onrecord.workspace import Workspace

BASE = "https://w3id.org/onrecord/"
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
}


def ours(workspace: Workspace) -> list[str]:
    """Every IRI below our base that stands anywhere in the record, in order."""
    (dump,) = workspace.export("nquads")
    quads = list(parse(dump.content, format=RdfFormat.N_QUADS))
    terms = {term for quad in quads for term in quad if isinstance(term, NamedNode)}
    own = {f"{BASE}export/", f"{BASE}graph/export"}  # what an export says of itself
    iris = sorted({term.value for term in terms} - own)
    return [iri for iri in iris if iri.startswith(BASE) and not iri.startswith(tuple(own)) and iri != BASE]


def sort_of(iri: str) -> str:
    """`id/actor`, `kind`, `graph/source`, `id/passage#quote`: addresses that are made alike."""
    path, _, fragment = iri.removeprefix(BASE).partition("#")
    stem = "/".join(path.split("/")[: 2 if path.startswith(("id/", "graph/source", "kind/scheme")) else 1])
    return f"{stem}#{fragment}" if fragment and not stem.startswith("ns") else stem


def chosen(iris: list[str], every: bool) -> dict[str, list[str]]:
    """Addresses with the IRIs that are told there: all, or first, middle and last of each sort."""
    sorts: dict[str, list[str]] = {}
    for iri in iris:
        sorts.setdefault(sort_of(iri), []).append(iri)
    addresses: dict[str, list[str]] = {}
    for alike in sorts.values():
        some = alike if every else dict.fromkeys((alike[0], alike[len(alike) // 2], alike[-1]))
        for iri in some:
            addresses.setdefault("/" + iri.removeprefix(BASE).partition("#")[0], []).append(iri)
    return addresses


def follow(server: Served, path: str, accept: str) -> Received:
    """What a client arrives at, by redirects that stay on this server."""
    for _ in range(4):
        answer = server.get(path, accept=accept)
        if answer.status not in (301, 303):
            return answer
        path = answer.headers["Location"]
        assert path.startswith("/"), path
    raise AssertionError(f"{path} leads on and on")


def wrong_at(server: Served, path: str, iris: list[str]) -> list[str]:
    """What does not hold of an address and the IRIs that are to be told there."""
    page = follow(server, path, "text/html")
    if (page.status, page.kind) != (200, "text/html"):
        return [f"{path}: {page.status} {page.kind}"]
    if not html.document_fromstring(page.body).findtext(".//h1"):
        return [f"{path}: a page without a heading"]
    told: list[set[Quad]] = []
    for media_type, form in FORMATS.items():
        answer = follow(server, path, media_type)
        if (answer.status, answer.kind) != (200, media_type):
            return [f"{path}: {answer.status} {answer.kind} for {media_type}"]
        told.append(set(parse(answer.body, format=form)))
    if told[0] != told[1] or told[0] != told[2]:
        return [f"{path}: the formats differ: {sorted(map(str, told[0] ^ told[1] | told[0] ^ told[2]))[:3]}"]
    subjects = {str(quad.subject) for quad in told[0]}
    about = [f"{BASE}ns"] if path.startswith("/ns/") else iris  # the vocabulary's versions share a document
    return [f"{path}: nothing is said of {iri} there" for iri in about if f"<{iri}>" not in subjects]


@pytest.mark.parametrize("record", ["dossier", "example"])
def test_every_iri_of_the_record_resolves_to_the_same_in_every_format(
    record: str, request: pytest.FixtureRequest
) -> None:
    names = {"dossier": ("workspace", "server"), "example": ("kept_up", "upkept_server")}[record]
    workspace: Workspace = request.getfixturevalue(names[0])
    server: Served = request.getfixturevalue(names[1])
    iris = ours(workspace)
    assert len(iris) > 500
    addresses = chosen(iris, bool(request.config.getoption("--every-address")))
    sorts = {sort_of(iri) for told in addresses.values() for iri in told}
    assert {"id/statement", "id/passage#quote", "graph/source", "kind", "kind/scheme", "ns"} <= sorts
    assert [wrong for path, told in addresses.items() for wrong in wrong_at(server, path, told)] == []
