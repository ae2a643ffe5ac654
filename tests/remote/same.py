"""What is asked of two places that must answer the same: competency questions, named questions, queries."""

from collections.abc import Mapping

from tests.competency.further import FURTHER
from tests.competency.published import PUBLISHED

from onrecord.workspace import Workspace

Asking = tuple[str, Mapping[str, str]]
_MOU = "nhs-digital-home-office-mou"
MORE: tuple[Asking, ...] = (
    ("positions", {"actor": "nhs-digital"}),
    ("what-changed", {"instrument": _MOU, "from": "2018-05-01", "to": "2018-12-31"}),
    ("evidence", {"id": _MOU}),
    ("who-said-what", {"limit": "3", "offset": "2"}),
    ("who-said-what", {"about": "restriction", "from": "2018", "to": "2018-11"}),
    ("counts", {"by": "speaker,month"}),
)


def askings(workspace: Workspace) -> list[Asking]:
    """Each once, by question."""
    every = [asked for case in (*PUBLISHED, *FURTHER) for asked in case.ask]
    every += [(q.name, {}) for q in workspace.list_questions() if not any(p.required for p in q.parameters)]
    once = {(name, tuple(sorted(given.items()))): (name, given) for name, given in (*every, *MORE)}
    return [once[key] for key in sorted(once)]


QUERIES: dict[str, str] = {
    "a count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "all columns": "SELECT * { ?quotation a <ns#Quotation> ; <ns#text> ?text } ORDER BY ?quotation",
    "a question with the answer yes": "ASK { ?s a <ns#Quotation> }",
    "a question with the answer no": "ASK { ?s a <ns#Nothing> }",
    "the graphs": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "one graph": "SELECT (COUNT(*) AS ?n) FROM <graph/register> { ?s ?p ?o }",
    "one graph, and no named one": "SELECT (COUNT(*) AS ?n) FROM <graph/register> { GRAPH ?g { ?s ?p ?o } }",
    "named graphs": "SELECT ?g (COUNT(*) AS ?n) FROM NAMED <graph/register> FROM NAMED <graph/source/ein> "
    "{ GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "named graphs, and no default one": "SELECT (COUNT(*) AS ?n) FROM NAMED <graph/register> { ?s ?p ?o }",
    "what a publication adds": "SELECT ?g { GRAPH <graph/union> { ?s ?p ?o } BIND(1 AS ?g) }",
    "a note that is not of the record": "SELECT ?p { <> ?p ?o } ORDER BY ?p",
    "an expression": 'SELECT (5/2 AS ?a) (true AS ?b) ("x"@en-GB AS ?c) (1e0 AS ?d) (COUNT(?s) AS ?e) '
    "{ ?s a <ns#Claim> }",
    "what an OPTIONAL leaves open": "SELECT ?s ?note { ?s a <ns#Event> OPTIONAL { ?s <ns#note> ?note } } "
    "ORDER BY ?s",
    "nothing": "SELECT ?s { ?s a <ns#Nothing> }",
    "no column": "SELECT * { <urn:a> <urn:b> <urn:c> }",
    "a graph": "CONSTRUCT { ?s <ns#said> ?o } { ?s <ns#speaker> ?o }",
    "a short graph": "CONSTRUCT WHERE { ?s <ns#speaker> ?o }",
    "an empty graph": "CONSTRUCT WHERE { ?s <ns#nothing> ?o }",
    "a description": "DESCRIBE <id/actor/margot-james>",
}
