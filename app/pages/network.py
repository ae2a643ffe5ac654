"""Network: who refers to whom, as a picture, as a table with its evidence, and as files."""

from collections.abc import Mapping, Sequence

import streamlit as st

from onrecord.analysis.network import DEPTHS, CitationNetwork, NetworkNode
from onrecord.errors import OnRecordError
from onrecord.exporters import Cited
from onrecord.exporters.picture import NAMES, shape_of
from parts import address, files, masthead, months, network, paging, places, record, states
from parts.markup import anchor, brief, part, plain, show, words

FILTERS = ("id", "depth", "direction", "relation", "from", "to")
STATE = (*FILTERS, "way", "sort", "by", "all")
SIZE, MEASURED = 25, 12
DIRECTIONS: Mapping[str, str] = {
    "cites": "What it refers to",
    "cited-by": "What refers to it",
}
DROP = ("page", "all")
EVERYTHING, OTHER = "Everything on record", "Choose another"


def filters(centre: str, left_out: Sequence[str] = ()) -> dict[str, str]:
    """The filters of the address as those of the citations. centre: slug of today of the node, if any."""
    values = {name: address.given(name) for name in FILTERS if name not in ("id", *left_out)}
    if not centre:
        values |= {"depth": "", "direction": ""}
    return {name: value for name, value in {**values, "around": centre}.items() if value}


def draw() -> None:
    """The page."""
    record.workspace()
    masthead.heading("Network", "Who refers to whom, how, when, and the passage that shows it.")
    states.newer_files()
    every = network.nodes()
    if not every:
        states.bare("references", "a source")
        return
    centre = record.today(address.given("id"), every)
    choose(every, centre)
    with places.place():
        shown(every, centre)


def shown(every: Mapping[str, NetworkNode], centre: str) -> None:
    """The network that is asked for, or why there is none."""
    with places.whole():
        states.renamed(address.given("id"), centre)
    if centre and centre not in every:
        unknown(centre, every)
        return
    asked = filters(centre)
    try:
        cited = network.found(asked)
    except OnRecordError as error:
        others = {name: value for name, value in asked.items() if name != "around"}
        states.one_refused(
            error, "network", STATE, others, lambda one: network.found({"around": centre, **one}), "id"
        )
        return
    if cited.network.edges:
        results(cited, every, asked)
    else:
        empty(cited, centre)


def choose(every: Mapping[str, NetworkNode], centre: str) -> None:
    """Whose network, how far, which way, which relations, when; each is in the address."""
    names = {slug: f"{brief(node.title, 80)} · {NAMES[shape_of(node)]}" for slug, node in every.items()}
    by_name = dict(sorted(names.items(), key=lambda item: (item[1].casefold(), item[0])))
    if centre in names:
        by_name |= {address.given("id"): names[centre]}  # where it is asked by a slug of before
    edges = network.found({}).network.edges
    with st.container(key="filters"):
        first, second, third = st.columns([5, 2, 2])
        with first:
            address.menu("Around", "id", by_name, drop=(*DROP, "way"), everything=EVERYTHING)
        with second:
            reach = {str(depth): f"{depth} references away" for depth in DEPTHS[1:]}
            address.menu("As far as", "depth", reach, drop=DROP, everything="1 reference away")
        with third:
            address.menu("Direction", "direction", DIRECTIONS, drop=DROP, everything="Both ways")
        first, second = st.columns([5, 4])
        with first:
            relations = {name: words(name) for name in sorted({edge.relation for edge in edges})}
            address.several("Relations", "relation", relations, drop=DROP)
        with second:
            days = [day for edge in edges for day in (edge.earliest, edge.latest) if day]
            months.slider("Date of the citing text", months.between(days), DROP)
        if any(address.given(name) for name in STATE):
            show(f'<p class="or-clear">{anchor(address.link("network"), "Clear all filters")}</p>')


def around(slug: str) -> str:
    """The address of the network of a node, with the filters that are set."""
    kept = {
        name: address.given(name)
        for name in FILTERS
        if address.given("id") or name not in ("depth", "direction")
    }
    return address.link("network", **{**kept, "id": slug})


def results(cited: Cited, every: Mapping[str, NetworkNode], asked: Mapping[str, str]) -> None:
    """Counts, files, picture, way to another node, tables. asked: the filters that chose them."""
    found = cited.network
    title = f"Around {every[found.centre].title}" if found.centre else EVERYTHING
    counts = f"<b>{len(found.nodes)}</b> nodes, <b>{len(found.edges)}</b> references"
    counts += f" · {network.linked(every[found.centre], 'Its page')}" if found.centre else ""
    show(
        f'<div class="or-network-head"><h2>{plain(title)}</h2>'
        f'<p class="or-count" role="status">{counts}</p></div>'
    )
    if found.centre:
        masthead.title(f"Network of {brief(every[found.centre].title, 60)}")
    notes = [f"{found.left_out}." if found.left_out else "", undated_in_words(cited)]
    states.tell([note for note in notes if note])
    network.downloads(asked)
    with st.container(key="network"):
        with st.container(key="network-picture"):
            network.picture(asked, title, around)
        with st.container(key="network-table"):
            references(cited, every)
    with places.place():
        if found.centre:
            way(found.centre, every)
    measures(found, asked)


def measures(found: CitationNetwork, asked: Mapping[str, str]) -> None:
    """What the network measures, the first nodes or all."""
    show(part("What the network measures"))
    network.explained(found)
    everything = address.given("all") == "yes"
    by = address.given("by") if address.given("by") in network.MEASURES else next(iter(network.MEASURES))
    network.measures(
        asked,
        by=by,
        most=None if everything else MEASURED,
        measured_by=lambda name: address.here("network", STATE, by=name),
    )
    if not everything and len(found.drawn) > MEASURED:
        more = address.here("network", STATE, all="yes")
        show(f'<p class="or-count">{anchor(more, f"All {len(found.drawn)} nodes")}</p>')


def references(cited: Cited, every: Mapping[str, NetworkNode]) -> None:
    """The same references as a table, a page of it; those without a date apart where dates are asked for."""
    sort = address.given("sort") if address.given("sort") in network.SORTS else "when"

    def sorted_by(name: str) -> str:
        return address.here("network", STATE, sort=name)

    rows, page, pages = paging.part(network.in_order(cited.network.edges, every, sort), SIZE)
    first = (page - 1) * SIZE + 1
    whole = f"References {first} to {first + len(rows) - 1} of {len(cited.network.edges)}, sorted by {sort}"
    show('<h2 class="or-part" id="references">The same references as a table</h2>')
    network.table(rows, every, sort=sort, sorted_by=sorted_by, caption=whole)
    paging.links("network", STATE, page, pages)
    if cited.undated:
        with st.expander(undated_in_words(cited)):
            rows = network.in_order(cited.undated, every, "from")[:SIZE]
            said = f"References without a date, {len(rows)} of {len(cited.undated)}"
            network.table(rows, every, sort="", sorted_by=sorted_by, caption=said)


def undated_in_words(cited: Cited) -> str:
    """How many references were left out for want of a date; empty where none was."""
    count = len(cited.undated)
    one = f"{count} reference of the record has" if count == 1 else f"{count} references of the record have"
    return f"{one} no date and {'is' if count == 1 else 'are'} not in a span of dates." if count else ""


def way(start: str, every: Mapping[str, NetworkNode]) -> None:
    """The shortest chain of references to another node, or from it."""
    show(part("How it leads to another"))
    names = {slug: brief(node.title, 80) for slug, node in every.items() if slug != start}
    by_name = dict(sorted(names.items(), key=lambda item: item[1].casefold()))
    goal = address.menu("Lead to", "way", by_name, everything="Choose one")
    if not goal:
        return
    if goal not in names:
        known = sorted(names)
        states.unknown("node", goal, known, lambda slug: address.here("network", STATE, way=slug), OTHER)
        return
    for ends, said in (((start, goal), ""), ((goal, start), "The chain leads the other way.")):
        rows = record.ask("citation-path", {"from": ends[0], "to": ends[1], "depth": "10"}).rows
        if rows:
            steps = "".join(network.step(row, every) for row in rows)
            show(f'<p class="or-count" role="status">{said}</p><ol class="or-way">{steps}</ol>')
            return
    states.notice("No chain of at most ten references joins them, in either direction.")


def unknown(centre: str, every: Mapping[str, NetworkNode]) -> None:
    """A node that has no references, or that is not on record."""
    named = record.labels()
    if centre in named:
        said = f"{named[centre]} is on record, but no reference leads from or to it."
        states.notice(said, f"<p>{anchor(address.link('network'), EVERYTHING)}</p>")
        return
    known = sorted(every)
    states.unknown(
        "node", centre, known, lambda near: around(near) if near else address.link("network"), EVERYTHING
    )


def empty(cited: Cited, centre: str) -> None:
    """Nothing matches: which filter to remove."""
    states.nothing(
        "references",
        "network",
        STATE,
        (
            (("from", "to"), "the date limit"),
            (("relation",), "the relations"),
            (("direction",), "the direction"),
        ),
        lambda left_out: len(network.found(filters(centre, left_out)).network.edges),
        address.link("network"),
    )
    states.tell([undated_in_words(cited)] if cited.undated else [])


masthead.draw("network")
files.listen()
states.guarded(draw)
