"""The network of references: as a picture with links, as a table with its evidence, and what it measures."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from onrecord.analysis.citations import CitationEdge, Evidence
from onrecord.analysis.network import FEW, CitationNetwork, NetworkNode, Place, places
from onrecord.exporters import Cited
from onrecord.exporters.picture import draw
from parts import address, component, dates, files, names, record
from parts import picture as pictures
from parts.markup import anchor, plain, show, words

SORTS: Mapping[str, str] = {"from": "From", "relation": "Relation", "to": "To", "when": "When"}
"""Orders of the table: the value in the address → the head of its column."""
MEASURES: Mapping[str, tuple[str, str]] = {
    "independent": (
        "Independent sources",
        "how many articles lead to it by ways that share nothing: five articles that copy one e-mail are one",
    ),
    "sources": ("Sources", "how many articles lead to it, directly or through what they cite"),
    "cited": ("Referred to", "references to it in this network"),
    "cites": ("Refers", "references that it makes in this network"),
    "between": (
        "In between",
        "the share of shortest ways between two others that lead through it: 0 none, 1 all (betweenness)",
    ),
    "rank": ("Rank", "the share of time that a reader who follows references at random is there (PageRank)"),
}
"""Measure → its name and what it is, in a sentence."""
FORMATS: Mapping[str, str] = {
    "gexf": "GEXF, for Gephi",
    "graphml": "GraphML",
    "edges-csv": "CSV of the references",
    "network-svg": "Picture, SVG",
}
_PASSAGES = 2
_KEPT = 64
To = Callable[[str], str]


@record.kept(_KEPT)
def found(filters: Mapping[str, str]) -> Cited:
    """The references that the filters select. Raises as `Workspace.network`."""
    return record.workspace().network(filters)


def nodes() -> Mapping[str, NetworkNode]:
    """Every node of the record's network, by slug."""
    return {node.slug: node for node in found({}).network.nodes}


def picture(filters: Mapping[str, str], name: str, to: To) -> None:
    """The network as a picture. to: slug of a node → the network around it, with these filters."""
    svg = _picture(filters, name, to)
    component.draw("graph", key="graph", data={"svg": svg, "name": f"Picture: {name}"})


@record.kept(_KEPT)
def _picture(filters: Mapping[str, str], name: str, to: To) -> str:
    return draw(found(filters).network, lambda node: to(node.slug), title=name)


def linked(node: NetworkNode, words_of_link: str = "") -> str:
    """A node's name, or other words, as a link to its page, where it has one."""
    to = address.of_entity(node.noun, node.slug)
    said = words_of_link or node.title
    return anchor(to, said, name=f"Page of {node.title}" if words_of_link else "") if to else plain(said)


def in_order(edges: Sequence[CitationEdge], by: Mapping[str, NetworkNode], sort: str) -> list[CitationEdge]:
    """The references in an order of `SORTS`; by date unless told."""

    def key(edge: CitationEdge) -> tuple[str, ...]:
        start, end = by[edge.from_].title.casefold(), by[edge.to].title.casefold()
        when = (edge.earliest or edge.latest or "9999-99", edge.latest or "9999-99")
        first = {"from": (start,), "to": (end,), "relation": (edge.relation,)}.get(sort, when)
        return (*first, *when, start, end, edge.id)

    return sorted(edges, key=key)


def table(
    edges: Sequence[CitationEdge], by: Mapping[str, NetworkNode], *, sort: str, sorted_by: To, caption: str
) -> None:
    """References with their dates and passages. sorted_by: order → the address that has it."""
    heads = []
    for name, title in SORTS.items():
        chosen = ' aria-sort="ascending"' if name == sort else ""
        said = f"Sort by {title.lower()}"
        heads.append(f'<th scope="col"{chosen}>{anchor(sorted_by(name), title, name=said)}</th>')
    rows = "".join(_row(edge, by) for edge in edges)
    show(
        f'<div class="or-edge-scroll"><table class="or-edges"><caption>{plain(caption)}</caption>'
        f'<thead><tr>{"".join(heads)}<th scope="col">Evidence</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(edge: CitationEdge, by: Mapping[str, NetworkNode]) -> str:
    passages = [_passage(at) for at in edge.evidence]
    more = "".join(passages[_PASSAGES:])
    rest = len(passages) - _PASSAGES
    if more:
        more = f"<details><summary>{rest} more passage{'s' if rest > 1 else ''}</summary>{more}</details>"
    evidence = "".join(passages[:_PASSAGES]) + more or "no passage is on record"
    when = dates.html({"when": edge.when, "date_basis": edge.date_basis})
    relation = words(edge.relation).lower()
    implied = '<span class="or-note">follows from the statement</span>' if edge.implied else ""
    return (
        f'<tr><td data-head="From">{linked(by[edge.from_])}</td>'
        f'<td data-head="Relation">{plain(relation)}{implied}</td>'
        f'<td data-head="To">{linked(by[edge.to])}</td><td data-head="When">{when}</td>'
        f'<td data-head="Evidence">{evidence}</td></tr>'
    )


def _passage(at: Evidence) -> str:
    """A passage: printed words between marks, ours said to be ours, and where it stands."""
    text = ""
    if at.text and at.text_is == "printed":
        text = f'<q class="or-edge-words">{plain(at.text)}</q>'
    elif at.text:
        text = f'<span class="or-tag">In our words</span>{plain(at.text)}'
    place = f", characters {at.start}–{at.end}" if at.start is not None else ""
    where = f'<span class="or-place">{names.publisher(at.source)}{place}</span>'
    return f'<div class="or-edge-passage">{text}{where}</div>'


@record.kept(_KEPT)
def measured(filters: Mapping[str, str]) -> Mapping[str, Place]:
    """The measures of the drawn nodes of what the filters select."""
    cited = found(filters)
    return places(cited.network, cited.edges)


def measures(filters: Mapping[str, str], *, by: str, most: int | None, measured_by: To) -> None:
    """The nodes with their measures, the greatest first. measured_by: measure → the address so sorted."""
    found_places = measured(filters)
    named = {node.slug: node for node in found(filters).network.drawn}
    order = sorted(
        found_places, key=lambda slug: (-getattr(found_places[slug], by), _rest(found_places[slug]), slug)
    )
    heads = "".join(
        f'<th scope="col"{" aria-sort=descending" if name == by else ""}>'
        f"{anchor(measured_by(name), title, name=f'Sort by {title.lower()}')}</th>"
        for name, (title, _) in MEASURES.items()
    )
    rows = "".join(
        f'<tr><th scope="row">{linked(named[slug])}</th>'
        + "".join(f"<td>{_number(getattr(found_places[slug], name))}</td>" for name in MEASURES)
        + "</tr>"
        for slug in order[:most]
    )
    show(
        '<div class="or-edge-scroll"><table class="or-measures"><caption>Measures of the nodes</caption>'
        f'<thead><tr><th scope="col">Node</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _rest(place: Place) -> tuple[float, ...]:
    """Breaks ties: most referred to first."""
    return -place.independent, -place.sources, -place.cited


def _number(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def explained(network: CitationNetwork) -> None:
    """What each measure is, and how far to trust it."""
    lines = "".join(
        f"<div><dt>{plain(name)}</dt><dd>{plain(said)}</dd></div>" for name, said in MEASURES.values()
    )
    few = (
        f"<p>With {len(network.nodes)} nodes a rank or a share is an impression, not a finding: one more "
        "article can change the order.</p>"
        if len(network.nodes) < FEW
        else ""
    )
    show(
        f'<div class="or-measures-explained"><dl>{lines}</dl>{few}<p>Sources are judged by all references of '
        "the chosen relations and dates, beyond this network too. No measure says that a source is right.</p>"
        "</div>"
    )


def downloads(filters: Mapping[str, str]) -> None:
    """Links to the same references as files for other tools."""
    links = "".join(f"<li>{files.link(name, filters, title)}</li>" for name, title in FORMATS.items())
    about = files.link("edges-csv.about.json", filters, "its description")
    show(
        '<nav class="or-graph-files" aria-label="Download these references"><span>Download</span>'
        f"<ul>{links}</ul><p>Each says its licence, sources, filters and cut-off inside; the CSV has {about} "
        "beside it.</p></nav>"
    )
    pictures.buttons("network-svg", "network")


def step(row: Mapping[str, Any], by: Mapping[str, NetworkNode]) -> str:
    """One step of a chain of references, as an item of a list."""
    ends = [linked(by[row[end]]) if row[end] in by else plain(row[end]) for end in ("from", "to")]
    texts = [_passage(_as_printed(at)) for at in row["evidence"][:1]]
    relation = plain(words(row["relation"]).lower())
    return f"<li>{ends[0]} <b>{relation}</b> {ends[1]}{''.join(texts)}</li>"


def _as_printed(at: Mapping[str, Any]) -> Evidence:
    """A passage of a question: its text is printed, or there is none."""
    text = at["text"] or None
    return Evidence(
        at["source"], at["source_file"], at["start"], at["end"], text, "printed" if text else None
    )
