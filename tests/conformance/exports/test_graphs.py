"""Graph files read by others: the XSD of GEXF, lxml, and networkx's readers."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from onrecord.analysis.citations import CitationEdge, Evidence
from onrecord.exporters import About, Material, export

GEXF = "{http://gexf.net/1.3}"

# What the schema allows (gexf.net, GEXF 1.3), for checkouts without the schema beside them:
# element → (children in order, or any of them), attributes that must stand, attributes that may.
OUTLINE: dict[str, tuple[tuple[str, ...], set[str], set[str]]] = {
    "gexf": (("meta", "graph"), {"version"}, {"variant"}),
    "meta": (("creator", "keywords", "description"), set(), {"lastmodifieddate"}),
    "creator": ((), set(), set()),
    "keywords": ((), set(), set()),
    "description": ((), set(), set()),
    "graph": (
        ("attributes", "nodes", "edges"),
        set(),
        {"mode", "timeformat", "timerepresentation", "defaultedgetype", "idtype", "start", "end"},
    ),
    "attributes": (("attribute",), {"class"}, {"mode"}),
    "attribute": (("default", "options"), {"id", "title", "type"}, set()),
    "nodes": (("node",), set(), {"count"}),
    "node": (("attvalues",), {"id"}, {"label", "start", "end"}),
    "edges": (("edge",), set(), {"count"}),
    "edge": (("attvalues",), {"source", "target"}, {"id", "type", "label", "weight", "kind", "start", "end"}),
    "attvalues": (("attvalue",), set(), set()),
    "attvalue": ((), {"for", "value"}, {"start", "end"}),
}


@pytest.fixture(scope="module")
def valid(repo: Path) -> Callable[[bytes], list[str]]:
    """Says what is wrong with a GEXF file: by the published XSD where it is at hand, else by the outline."""
    schema = repo.parent / "shared" / "schemas" / "gexf-1.3" / "gexf.xsd"
    if not schema.is_file():
        return outline_errors
    published = xmlschema.XMLSchema(schema)

    def errors(content: bytes) -> list[str]:
        return [str(error.reason) for error in published.iter_errors(io.BytesIO(content))]

    return errors


def outline_errors(content: bytes) -> list[str]:
    """What a file has that the outline does not allow, and values of no type of GEXF."""
    root = etree.fromstring(content)
    found = []
    for element in root.iter(f"{GEXF}*"):
        name = etree.QName(element).localname
        if name not in OUTLINE:
            found.append(f"no element of GEXF: {name}")
            continue
        children, must, may = OUTLINE[name]
        inner = [etree.QName(child).localname for child in element]
        if any(child not in children for child in inner) or inner != sorted(inner, key=children.index):
            found.append(f"{name} has {inner}")
        attributes = {str(key) for key in element.attrib}
        if must - attributes or attributes - must - may:
            found.append(f"{name} has attributes {sorted(attributes)}")
        days = [str(element.get(bound)) for bound in ("start", "end") if element.get(bound) is not None]
        found += [f"no date: {day}" for day in days if not re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
    return found


def written(material: Material, name: str, **options: str) -> bytes:
    """The main file of an export."""
    return export(name, material, **options)[0].content


def test_gexf_is_valid(material: Material, valid: Callable[[bytes], list[str]]) -> None:
    assert valid(written(material, "gexf")) == []


def test_gexf_keeps_to_the_outline_of_the_standard(material: Material) -> None:
    assert outline_errors(written(material, "gexf")) == []


def test_both_checks_of_gexf_find_a_fault(material: Material, valid: Callable[[bytes], list[str]]) -> None:
    for old, new in (
        (b"<nodes", b"<knots"),
        (b' source="', b' origin="'),
        (b'start="2018-05-01"', b'start="May"'),
    ):
        broken = (
            written(material, "gexf")
            .replace(old, new, 1)
            .replace(b"</nodes>", b"</knots>" if new == b"<knots" else b"</nodes>")
        )
        assert valid(broken)
        assert outline_errors(broken)


def test_the_published_schema_refuses_what_networkx_writes(
    material: Material, valid: Callable[[bytes], list[str]]
) -> None:
    # The reason for a writer of our own; when this fails, that reason is gone.
    graph = nx.read_gexf(io.BytesIO(written(material, "gexf")))
    text = "\n".join(nx.generate_gexf(graph, version="1.3")).encode()
    assert valid(text)


def test_networkx_reads_gexf_back_with_the_same_nodes_and_edges(material: Material) -> None:
    graph = nx.read_gexf(io.BytesIO(written(material, "gexf")))
    assert sorted(graph) == [
        "ann-de-witt", "de-witt-first", "gazette", "harbour-mou", "harbour-office", "mirror", "mirror-news",
        "office-reported", "office-undated", "open-letter",
    ]  # fmt: skip
    assert sorted((a, b, data["id"], data["relation"]) for a, b, data in graph.edges(data=True)) == [
        ("de-witt-first", "ann-de-witt", "de-witt-first--attributed-to--ann-de-witt", "attributed-to"),
        ("de-witt-first", "open-letter", "first-disputes-letter", "disputes"),
        ("gazette", "de-witt-first", "gazette--de-witt-first", "quotes"),
        ("gazette", "office-undated", "gazette--office-undated", "quotes"),
        ("mirror", "gazette", "mirror-cites-gazette", "cites"),
        ("mirror", "office-reported", "mirror--reports--office-reported", "reports"),
        ("office-reported", "ann-de-witt", "office-reported--addressed-to--ann-de-witt", "addressed-to"),
        (
            "office-reported",
            "harbour-office",
            "office-reported--attributed-to--harbour-office",
            "attributed-to",
        ),
        ("office-undated", "harbour-mou", "undated-cites-mou", "cites"),
        (
            "office-undated",
            "harbour-office",
            "office-undated--attributed-to--harbour-office",
            "attributed-to",
        ),
        ("office-undated", "mirror-news", "office-undated--reported-by--mirror-news", "reported-by"),
        ("open-letter", "harbour-mou", "letter-cites-mou", "cites"),
    ]
    assert graph.nodes["harbour-mou"]["in_degree"] == 2
    assert graph.nodes["harbour-mou"]["kind"] == "memorandum-of-understanding"


def test_gexf_has_the_passage_of_every_edge(material: Material) -> None:
    graph = nx.read_gexf(io.BytesIO(written(material, "gexf")))
    edge = graph.edges["gazette", "office-undated"]
    assert (edge["evidence_source"], edge["evidence_file"]) == ("gazette", "gazette.txt")
    assert (edge["evidence_start"], edge["evidence_end"], edge["evidence_text_is"]) == (100, 140, "printed")
    assert edge["evidence_text"] == "a \u202eright-to-left\u202c & <b>bold</b> ]]> --> \u00a0end"
    assert graph.edges["mirror", "office-reported"]["evidence_text_is"] == "ours"
    assert all("evidence_source" in data for _, _, data in graph.edges(data=True))


def test_gexf_says_possible_and_sure_and_only_in_intervals(material: Material) -> None:
    root = etree.fromstring(written(material, "gexf"))
    presence = {
        str(edge.get("id")): [
            (value.get("value"), value.get("start"), value.get("end"))
            for value in edge.iter(f"{GEXF}attvalue")
            if value.get("for") == "edge-presence"
        ]
        for edge in root.iter(f"{GEXF}edge")
    }
    # The mirror's article is of one of the days from 9 to 15 May, the gazette's of 10 May.
    assert presence["mirror-cites-gazette"] == [
        ("possible", "2018-05-09", "2018-05-14"),
        ("sure", "2018-05-15", None),
    ]
    assert presence["gazette--de-witt-first"] == [("sure", "2018-05-10", None)]
    assert presence["undated-cites-mou"] == [("undated", None, None)]
    assert root.xpath("//@timestamp") == []
    assert root.xpath("//*[local-name()='spell']") == []


def test_graph_files_say_what_they_are(material: Material) -> None:
    for name in ("gexf", "graphml"):
        text = " ".join(str(part) for part in etree.fromstring(written(material, name)).itertext())
        for words in (
            "https://creativecommons.org/licenses/by/4.0/", "0123456789abcdef" * 4, "2018-05-15", "1.2.3",
            "The Gazette & Herald", "https://example.org/harbour", "A. Curator",
        ):  # fmt: skip
            assert words in text, (name, words)


def test_networkx_reads_graphml_back_with_the_same_nodes_and_edges(material: Material) -> None:
    content = io.BytesIO(written(material, "graphml"))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        nx.read_graphml(content, edge_key_type=str, force_multigraph=True)
    )
    found = {
        (start, end, key): data
        for start, nexts in graph.adjacency()
        for end, parallel in nexts.items()
        for key, data in parallel.items()
    }
    assert {(edge.from_, edge.to, edge.id) for edge in material.citations} == set(found)
    assert {(slug, data["noun"]) for slug, data in graph.nodes(data=True)} == {
        (slug, noun)
        for edge in material.citations
        for slug, noun in ((edge.from_, edge.from_noun), (edge.to, edge.to_noun))
    }
    data = found["gazette", "de-witt-first", "gazette--de-witt-first"]
    assert (data["evidence_count"], data["evidence_text"]) == (2, "=cmd|' /C calc'!A0")
    assert graph.graph["licence"] == "https://creativecommons.org/licenses/by/4.0/"


def test_what_xml_cannot_hold_is_written_visibly_and_counted(material: Material) -> None:
    for name in ("gexf", "graphml"):
        text = written(material, name).decode()
        assert "bell ⟦U+0007⟧ ⟦U+0001⟧!" in text
        # The two of the bell and the CR before TY, each as text and, but for the CR, in the list of passages.
        assert re.search(r"Note: [0-9]+ characters that XML cannot hold", text)


hostile = st.text(
    st.one_of(
        st.sampled_from(
            list("\x00\x01\x07\x0b\x1f\t\r\n\x7f\x85\u2028\u202e\u200f\ufffe\uffff\u00a0<>&\"'[]")
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=40,
)


@given(st.lists(hostile, min_size=3, max_size=3))
def test_any_text_gives_files_that_others_read_back(
    valid: Callable[[bytes], list[str]], texts: list[str]
) -> None:
    label, words, description = texts
    material = of_one_edge(label, words * 3, description)
    for name in ("gexf", "graphml"):
        content = written(material, name)
        etree.fromstring(content)
        read = nx.read_gexf if name == "gexf" else nx.read_graphml
        graph = read(io.BytesIO(content))
        found = graph.edges["one", "two"].get("evidence_text", "")
        forbidden = "[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
        assert found == re.sub(forbidden, lambda sign: f"⟦U+{ord(sign.group()):04X}⟧", words * 3)
    assert valid(written(material, "gexf")) == []


def test_a_label_of_ten_thousand_characters_is_whole(valid: Callable[[bytes], list[str]]) -> None:
    material = of_one_edge("x" * 10_000, "y" * 10_000, "")
    content = written(material, "gexf")
    assert valid(content) == []
    assert nx.read_gexf(io.BytesIO(content)).nodes["one"]["label"] == "x" * 10_000


def of_one_edge(label: str, words: str, description: str) -> Material:
    """A record of one citation."""
    edge = CitationEdge(
        id="only", from_="one", from_noun="document", from_label=label, to="two", to_noun="document",
        to_label="Two", relation="cites", description=description, earliest="2018-01-01", latest=None,
        when="2018-01-01/..", evidence=(Evidence("one", "one.txt", 0, 5, words, "printed"),),
    )  # fmt: skip
    about = About("T", "L", "1", "ab" * 32, None)
    return replace(Material(about), citations=(edge,))
