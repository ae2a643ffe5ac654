"""Exports of the sample record itself. What is expected was read in the five articles and in the design's
decisions.
"""

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
import rispy
import xmlschema
from bibtexparser.entrypoint import parse_string
from jsonschema import Draft7Validator
from pyoxigraph import RdfFormat, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from onrecord.analysis.citations import citation_graph
from onrecord.errors import UnknownName
from onrecord.exporters import FORMATS, edges_of
from onrecord.resources import ontology_dir
from onrecord.workspace import Workspace

SOURCES = ["digit", "ein", "gponline", "huffpost-uk", "publictechnology"]
# Margot James, as DIGIT prints her words.
NO_LONGER = (
    "No longer will the names of overstayers and illegal entrants be sought against health service records "
    "to find"
    " current address details."
)


def content(workspace: Workspace, name: str, **filters: str) -> bytes:
    """The main file of an export."""
    return workspace.export(name, filters)[0].content


def edges(workspace: Workspace, **filters: str) -> list[dict[str, str]]:
    """Rows of `edges-csv`."""
    return list(csv.DictReader(io.StringIO(content(workspace, "edges-csv", **filters).decode(), newline="")))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_the_record_with_licence_sources_and_cut_off(
    workspace: Workspace, name: str
) -> None:
    text = b"".join(file.content for file in workspace.export(name)).decode()
    assert "creativecommons.org/licenses/by/4.0" in text
    assert workspace.snapshot.manifest.dataset_hash in text
    assert "2018-11-14" in text  # the day of the latest article, 003
    for publisher in (
        "DIGIT",
        "HuffPost UK",
        "GPonline",
        "Electronic Immigration Network",
        "PublicTechnology",
    ):
        assert publisher in text


@pytest.mark.parametrize("name", FORMATS)
def test_a_second_export_has_the_same_bytes(workspace: Workspace, name: str) -> None:
    assert workspace.export(name) == workspace.export(name)


def test_gexf_is_valid_by_the_published_schema_and_has_the_edges_of_the_table(
    workspace: Workspace, repo: Path
) -> None:
    written = content(workspace, "gexf")
    schema = repo.parent / "shared" / "schemas" / "gexf-1.3" / "gexf.xsd"
    if schema.is_file():
        assert [error.reason for error in xmlschema.XMLSchema(schema).iter_errors(io.BytesIO(written))] == []
    graph = nx.read_gexf(io.BytesIO(written))
    table = {(row["edge"], row["from"], row["to"]) for row in edges(workspace)}
    assert {(data["id"], start, end) for start, end, data in graph.edges(data=True)} == table


def test_graphml_has_the_edges_of_the_table(workspace: Workspace) -> None:
    written = io.BytesIO(content(workspace, "graphml"))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        nx.read_graphml(written, edge_key_type=str, force_multigraph=True)
    )
    keys = {key for nexts in graph.adj.values() for parallel in nexts.values() for key in parallel}
    assert keys == {row["edge"] for row in edges(workspace)}


def test_every_edge_has_its_evidence(workspace: Workspace) -> None:
    for row in edges(workspace):
        assert row["source"] in SOURCES, row["edge"]
        assert int(row["start"]) < int(row["end"]), row["edge"]
        assert re.fullmatch(r"\d{3}_[0-9a-f]{16}\.txt", row["source_file"]), row["edge"]


def test_printed_evidence_is_what_the_article_prints(workspace: Workspace, captures: Path | None) -> None:
    printed = [row for row in edges(workspace) if row["text_is"] == "printed"]
    assert any(row["text"] == NO_LONGER and row["source"] == "digit" for row in printed)
    for row in printed:
        assert len(row["text"]) == int(row["end"]) - int(row["start"])
        if captures is not None:
            capture = (captures / row["source_file"]).read_bytes().decode()
            assert capture[int(row["start"]) : int(row["end"])] == row["text"]


def test_the_graph_has_the_references_that_the_question_follows(workspace: Workspace) -> None:
    asked = {
        (row["from"], row["relation"], row["to"])
        for source in SOURCES
        for row in workspace.ask("citations", {"document": source, "depth": "10"}).rows
    }
    assert asked <= {(row["from"], row["relation"], row["to"]) for row in edges(workspace)}
    assert len(asked) > 100


def test_an_article_quotes_each_of_its_own_direct_statements(workspace: Workspace) -> None:
    rows = workspace.ask("who-said-what", {"mode": "direct"}).rows
    quoted = {(row["from"], row["to"]) for row in edges(workspace, relation="quotes")}
    assert {(row["source"], row["statement"]) for row in rows} <= quoted
    assert rows


def test_in_mid_2017_only_the_first_article_and_what_it_tells_were_there(workspace: Workspace) -> None:
    # 004 is of January 2017 and tells of the memorandum; the other four articles are of 2018.
    known = edges(workspace, at="2017-06-30")
    assert {row["source"] for row in known} == {"publictechnology"}
    assert {row["certainty"] for row in known} == {"sure"}
    assert "nhs-digital-home-office-mou" in {row["from"] for row in known}
    assert edges(workspace, at="2015") == []


def test_the_statements_of_one_speaker_are_a_table_of_them(workspace: Workspace) -> None:
    rows = workspace.ask("who-said-what", {"speaker": "margot-james"}).rows
    main, side = workspace.export("csv", {"table": "statements", "speaker": "margot-james"})
    found = list(csv.DictReader(io.StringIO(main.content.decode(), newline="")))
    assert [row["statement"] for row in found] == [row["statement"] for row in rows]
    assert any(row["text"] == NO_LONGER for row in found)
    assert json.loads(side.content)["filters"] == {"speaker": "margot-james"}


def test_references_have_honest_dates(workspace: Workspace) -> None:
    items = {item["id"]: item for item in json.loads(content(workspace, "csl-json"))}
    # Only 003 prints its date; the days of the others stand outside, and of GPonline's only a range is known.
    assert items["ein"]["issued"] == {"date-parts": [[2018, 11, 14]]}
    assert "stated by the source" in items["ein"]["note"]
    assert items["digit"]["issued"] == {"date-parts": [[2018, 5, 10]]}
    assert "from outside the sources" in items["digit"]["note"]
    assert "date-parts" not in items["gponline"]["issued"]
    assert "between 9 and 15 May 2018" in items["gponline"]["issued"]["literal"]
    bib = {entry.key: entry for entry in parse_string(content(workspace, "bibtex").decode()).entries}
    assert (bib["gponline"]["year"], bib["gponline"]["month"]) == ("2018", "may")
    assert "date" not in bib["gponline"]
    ris = {entry["id"]: entry for entry in rispy.loads(content(workspace, "ris").decode())}
    assert ris["gponline"]["date"].startswith("2018/05//between 9 and 15 May 2018")


def test_three_formats_list_the_same_references(workspace: Workspace) -> None:
    items = json.loads(content(workspace, "csl-json"))
    assert (
        list(Draft7Validator({"items": {"required": ["id", "type", "title", "note"]}}).iter_errors(items))
        == []
    )
    names = sorted(item["id"] for item in items)
    library = parse_string(content(workspace, "bibtex").decode())
    assert library.failed_blocks == []
    assert sorted(entry.key for entry in library.entries) == names
    assert sorted(entry["id"] for entry in rispy.loads(content(workspace, "ris").decode())) == names
    assert len(set(names)) == len(names)


def test_rdf_formats_hold_the_same_triples(workspace: Workspace) -> None:
    forms = {
        "turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS,
        "jsonld": RdfFormat.JSON_LD,
    }  # fmt: skip
    one, *others = (
        {str(quad.triple) for quad in parse(content(workspace, name), format=form)}
        for name, form in forms.items()
    )
    assert all(other == one for other in others)


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
def test_jsonld_is_read_alike_by_two_parsers_with_our_context_inside(workspace: Workspace) -> None:
    written = content(workspace, "jsonld", source="ein")
    assert isinstance(json.loads(written)["@context"], dict)
    ours = "".join(sorted(f"{quad.triple} .\n" for quad in parse(written, format=RdfFormat.JSON_LD)))
    theirs = Graph().parse(data=written, format="json-ld")
    assert isomorphic(theirs, Graph().parse(data=ours, format="nt"))


@pytest.mark.parametrize(
    ("start", "end"), [("ein", "liberty"), ("publictechnology", "mou-parties"), ("digit", "ein")]
)
def test_a_citation_path_goes_along_edges_of_the_graph(workspace: Workspace, start: str, end: str) -> None:
    # The question goes through whoever tells words at second hand, so its way may be longer, never shorter.
    query = (ontology_dir() / "exports" / "citations.rq").read_text(encoding="utf-8")
    graph = citation_graph(edges_of(workspace.query(query).rows))
    shortest = list(pairwise(nx.shortest_path(graph, start, end))) if nx.has_path(graph, start, end) else []
    asked = workspace.ask("citation-path", {"from": start, "to": end, "depth": "10"}).rows
    assert bool(asked) == bool(shortest)
    assert len(asked) >= len(shortest)
    known = {(edge["from"], edge["relation"], edge["to"]) for edge in edges(workspace)}
    assert {(row["from"], row["relation"], row["to"]) for row in asked} <= known
    assert all(data["citation"].evidence for one, other in shortest for data in graph[one][other].values())


def test_an_unknown_filter_and_an_unknown_slug_name_near_ones(workspace: Workspace) -> None:
    with pytest.raises(UnknownName, match="'speeker'") as filter_fault:
        workspace.export("gexf", {"speeker": "margot-james"})
    assert filter_fault.value.near[0] == "speaker"
    with pytest.raises(UnknownName, match="'margot-jame'"):
        workspace.export("gexf", {"speaker": "margot-jame"})


def test_a_source_filter_leaves_the_words_of_the_others_out(workspace: Workspace) -> None:
    text = content(workspace, "nquads", source="ein").decode()
    assert "dismantle the hostile environment" in text  # Rita Chadha, 003
    assert NO_LONGER not in text
