"""`make bench`: builds the dossier aside and measures it against peers in the same run.

Peers: the same SPARQL in process with pyoxigraph and with rdflib; SPARQL `CONTAINS` for full text; an empty
interpreter start for a cold command.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import rdflib
from pyoxigraph import DefaultGraph, QueryResultsFormat, RdfFormat, Store

from benchmarks.timing import interleaved, measure, table
from onrecord.workspace import Workspace, open_workspace

REPO = Path(__file__).resolve().parent.parent
QUERIES = Path(__file__).resolve().parent / "queries"
QUESTIONS = {
    "who-said-what": {"speaker": "margot-james"},
    "timeline": {"from": "2018-01", "to": "2018-05"},
    "status-on": {"instrument": "nhs-digital-home-office-mou", "date": "2018-06-01"},
}
WORD = "complicit"


def main() -> None:
    """Prints the tables."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        builds = measure("onrecord build (whole process)", lambda: _command(root, "build", "-q"), runs=3)
        with open_workspace(REPO / "data", root / "snapshot") as workspace:
            workspace.ensure(lambda _: None)
            sections = [
                table("Build of the dossier", [builds.row(None)]),
                *(_question(workspace, name, given) for name, given in QUESTIONS.items()),
                _search(workspace),
                _cold(root),
            ]
    print("\n\n".join(sections))


def _question(workspace: Workspace, name: str, given: dict[str, str]) -> str:
    """A warm question: facade and worker against the same SPARQL in process, and hand-written SPARQL."""
    sparql = workspace.questions.query_text(name, given)
    by_hand = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    store = Store.read_only(str(workspace.snapshot.store))
    graph = rdflib.Graph()
    graph.parse(data=store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()), format="nt")
    base = workspace.snapshot.manifest.base

    def in_process(text: str) -> object:
        solutions = store.query(text, base_iri=base)
        return solutions.serialize(format=QueryResultsFormat.JSON)  # type: ignore[arg-type]

    quick = interleaved(
        {
            "the question's SPARQL in process (peer)": lambda: in_process(sparql),
            "the question's SPARQL through gateway and worker": lambda: workspace.query(sparql),
            "the named question through the facade": lambda: workspace.ask(name, given),
            "hand-written SPARQL in process": lambda: in_process(by_hand),
            "hand-written SPARQL through gateway and worker": lambda: workspace.query(by_hand),
        },
        runs=100,
        warm=10,
    )
    slow = measure("hand-written SPARQL in rdflib", lambda: list(graph.query(by_hand)), runs=3)
    rows = [each.row(quick[0]) for each in [*quick, slow]]
    return table(f"ask {name} {' '.join(f'--{k} {v}' for k, v in given.items())}", rows)


def _search(workspace: Workspace) -> str:
    """Full text against CONTAINS over the same texts."""
    store = Store.read_only(str(workspace.snapshot.store))
    contains = (
        "PREFIX onr: <https://w3id.org/onrecord/ns#> SELECT ?s WHERE { ?s onr:text ?t "
        f'FILTER(CONTAINS(LCASE(?t), "{WORD}")) }}'
    )
    measured = interleaved(
        {
            "SPARQL CONTAINS in process": lambda: list(store.query(contains)),  # type: ignore[arg-type]
            "onrecord search through the facade": lambda: workspace.search(WORD),
        },
        runs=200,
        warm=20,
    )
    return table(f"search {WORD}", [each.row(measured[0]) for each in measured])


def _cold(root: Path) -> str:
    """A question from a fresh process against an interpreter that does nothing."""
    empty = measure(
        "python -c pass", lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), runs=9
    )
    words = ["ask", "who-said-what", "--speaker", "margot-james", "--output", "json", "-q"]
    ask = measure("onrecord ask from cold", lambda: _command(root, *words), runs=9, warm=1)
    return table("From cold", [empty.row(None), ask.row(empty)])


def _command(root: Path, *words: str) -> None:
    command = [
        sys.executable,
        "-m",
        "onrecord",
        "--data",
        str(REPO / "data"),
        "--snapshot",
        str(root / "snapshot"),
    ]
    subprocess.run([*command, *words], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
