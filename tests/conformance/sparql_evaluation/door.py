"""The suite's tests asked of our endpoint, over HTTP, of a snapshot that is published for them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import DefaultGraph, NamedNode, Quad
from rdflib import Graph
from tests.conformance.sparql_evaluation import answers
from tests.conformance.sparql_evaluation.suite import EVALUATION, NEGATIVE, POSITIVE, Case, quads_of
from tests.conformance.sparql_protocol.store import publish_quads
from tests.serving import Received, Served

NO_GRAPH = "urn:example:no-graph"
FORM = "application/x-www-form-urlencoded"
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)


@dataclass(frozen=True)
class Door:
    """A server, and the folder in which it finds the snapshot that was published last."""

    served: Served
    root: Path

    def publish_own(self, case: Case) -> None:
        """The data of one test as a snapshot.

        The files of the default graph stand in the default graph alone, so that the test needs no dataset in
        its request. Where there are named graphs, our default graph is the union of all that is there.
        """
        union = DefaultGraph()
        quads: set[Quad] = set()
        for iri in case.data:
            quads |= quads_of(iri, union, *([NamedNode(iri)] if case.graph_data else []))
        for iri in case.graph_data:
            quads |= quads_of(iri, union, NamedNode(iri))
        publish_quads(self.root, quads, case.base)

    def publish_all(self, tests: Iterable[Case]) -> None:
        """The data of many tests as one snapshot: a named graph a file, and their union."""
        tests = list(tests)
        quads: set[Quad] = set()
        for iri in sorted({iri for case in tests for iri in (*case.data, *case.graph_data)}):
            quads |= quads_of(iri, DefaultGraph(), NamedNode(iri))
        publish_quads(self.root, quads, tests[0].base)

    def outcome(self, case: Case, *, named: bool) -> str:
        """`pass`, or what is wrong. named: the request names the dataset of the test."""
        dataset = _dataset(case) if named else []
        if case.kind == EVALUATION:
            return self._evaluated(case, [] if _FROM.search(case.text) else dataset)
        answer = self._ask(case, dataset, "*/*")
        if case.kind == POSITIVE:
            return "pass" if answer.status == 200 else _said(answer)
        assert case.kind == NEGATIVE
        refused = answer.status == 400 and answer.json()["error"] == "query-refused"
        return "pass" if refused else _said(answer)

    def _evaluated(self, case: Case, dataset: list[tuple[str, str]]) -> str:
        """Every format that can write the answer is asked for and compared."""
        assert case.result is not None
        wanted = answers.expected(case.result, case.base)
        exact = answers.ENDINGS[case.result.suffix]
        for media_type in answers.GRAPHS if isinstance(wanted, Graph) else answers.TABLES:
            answer = self._ask(case, dataset, media_type)
            if answer.status != 200 or answer.kind != media_type:
                return f"{media_type}: {_said(answer)}"
            given = answers.read(answer.body, media_type)
            if not answers.same(wanted, given):
                return f"{media_type}: another answer"
            if media_type == exact == "text/csv" and not answers.same_text(case.result, answer.body):
                return f"{media_type}: other words"
        return "pass"

    def _ask(self, case: Case, dataset: list[tuple[str, str]], accept: str) -> Received:
        body = urlencode([("query", case.text), *dataset]).encode()
        return self.served.send("POST", "/sparql", {"Accept": accept, "Content-Type": FORM}, body)


def _dataset(case: Case) -> list[tuple[str, str]]:
    """The dataset of a test as the protocol names it (SPARQL 1.1 Protocol, 2.1.4): an empty default graph is
    one that does not exist."""
    default = case.data or (NO_GRAPH,)
    return [
        *(("default-graph-uri", iri) for iri in default),
        *(("named-graph-uri", iri) for iri in case.graph_data),
    ]


def _said(answer: Received) -> str:
    return f"{answer.status} {answer.text[:300]}"
