"""Which citations, documents and rows a filter keeps."""

from collections.abc import Callable

import pytest

from onrecord.errors import UnknownName, UsageError
from onrecord.exporters import Material, export
from onrecord.exporters.selection import certainty, own_filters, select

Filtered = Callable[..., Material]


def edges(material: Material, **options: str) -> set[str]:
    """Slugs of the citations that are kept."""
    return {edge.id for edge in select(material, **options).citations}


def test_without_a_filter_everything_is_kept(material: Material) -> None:
    selection = select(material)
    assert selection.whole
    assert len(selection.citations) == 12
    assert (len(selection.statements), len(selection.events), len(selection.references)) == (3, 2, 5)
    assert selection.notes == {}


def test_at_a_date_the_graph_is_as_it_may_have_been_known(material: Material) -> None:
    # The letter is of about January 2018, the reported words of about April.
    assert edges(material, at="2018-01-15") == {"letter-cites-mou"}
    assert edges(material, at="2018-04-30") == {
        "letter-cites-mou", "office-reported--addressed-to--ann-de-witt",
        "office-reported--attributed-to--harbour-office",
    }  # fmt: skip
    assert edges(material, at="2017") == set()


def test_what_has_no_date_is_left_out_and_counted(material: Material) -> None:
    selection = select(material, at="2018-06")
    assert "undated-cites-mou" not in {edge.id for edge in selection.citations}
    assert selection.notes == {
        "statements": "statements without a first possible day, left out since 'at' was given: 1",
        "citations": "citations without a first possible day, left out since a date was given: 3",
        "documents": "documents without a first possible day, left out since 'at' was given: 1",
    }


def test_an_interval_keeps_what_is_possible_in_it(filtered: Filtered) -> None:
    # The mirror is of one of the days from 9 to 15 May, the gazette of 10 May, the first statement of May.
    found = edges(filtered(from_="2018-05-12", to="2018-05-20"))
    assert found == {
        "mirror-cites-gazette", "mirror--reports--office-reported", "first-disputes-letter",
        "de-witt-first--attributed-to--ann-de-witt",
    }  # fmt: skip


def test_bounds_are_inclusive(material: Material, filtered: Filtered) -> None:
    assert "gazette--de-witt-first" in edges(filtered(from_="2018-05-10", to="2018-05-10"))
    assert "gazette--de-witt-first" not in edges(filtered(from_="2018-05-11"))
    assert "gazette--de-witt-first" not in edges(filtered(to="2018-05-09"))
    assert "gazette--de-witt-first" in edges(material, at="2018-05-10")
    rows = select(material, at="2018-05-09")
    assert [row["event"] for row in rows.events] == ["harbour-debate", "mirror-published"]
    assert [row["statement"] for row in select(material, at="2018-04-01").statements] == ["office-reported"]
    assert select(material, at="2018-03-31").statements == ()


def test_certainty_says_whether_the_whole_date_lies_inside(material: Material) -> None:
    by_id = {edge.id: edge for edge in material.citations}
    assert certainty(by_id["mirror-cites-gazette"], {}) is None
    assert certainty(by_id["mirror-cites-gazette"], {"from": "2018-05-12"}) == "possible"
    assert certainty(by_id["mirror-cites-gazette"], {"from": "2018-05", "to": "2018-05"}) == "sure"
    assert certainty(by_id["mirror-cites-gazette"], {"at": "2018-05-14"}) == "possible"
    assert certainty(by_id["gazette--de-witt-first"], {"at": "2018-05-10"}) == "sure"


def test_a_source_keeps_what_it_tells(filtered: Filtered) -> None:
    told = edges(filtered(source="mirror"))
    assert told == edges(filtered(source="https://w3id.org/onrecord/id/document/mirror"))
    assert told == {
        "mirror-cites-gazette", "mirror--reports--office-reported",
        "office-reported--addressed-to--ann-de-witt", "office-reported--attributed-to--harbour-office",
    }  # fmt: skip


def test_a_speaker_keeps_citations_of_the_speaker_and_of_the_speakers_statements(filtered: Filtered) -> None:
    assert edges(filtered(statements=("de-witt-first",), speaker="ann-de-witt")) == {
        "gazette--de-witt-first", "first-disputes-letter", "de-witt-first--attributed-to--ann-de-witt",
        "office-reported--addressed-to--ann-de-witt",
    }  # fmt: skip


def test_a_document_keeps_citations_that_touch_it(filtered: Filtered) -> None:
    assert edges(filtered(events=(), document="harbour-mou")) == {"undated-cites-mou", "letter-cites-mou"}


def test_a_dossier_keeps_what_the_sources_of_its_events_tell(filtered: Filtered) -> None:
    found = edges(filtered(events=("mirror-published",), dossier="harbour"))
    assert found == edges(filtered(source="mirror"))


def test_filters_of_both_kinds_hold_together(filtered: Filtered) -> None:
    narrowed = filtered(statements=("office-undated",), events=(), mode="mixed", document="harbour-mou")
    assert edges(narrowed) == {"undated-cites-mou"}


def test_a_relation_keeps_citations_alone(material: Material) -> None:
    assert edges(material, relation="quotes") == {"gazette--de-witt-first", "gazette--office-undated"}


def test_documents_are_those_that_the_selection_refers_to(filtered: Filtered) -> None:
    selection = select(filtered(statements=("de-witt-first",), speaker="ann-de-witt"))
    assert [reference.id for reference in selection.references] == ["gazette", "open-letter"]


@pytest.mark.parametrize(("given", "ids"), [({"relation": "cites"}, 4), ({"at": "2018-01-31"}, 1)])
def test_documents_of_citations_alone(material: Material, given: dict[str, str], ids: int) -> None:
    assert len(select(material, **given).references) == ids


def test_around_a_node_only_its_network_is_kept(material: Material) -> None:
    # open-letter cites harbour-mou; de-witt-first disputes it, and is quoted by the gazette.
    assert edges(material, around="open-letter") == {"letter-cites-mou", "first-disputes-letter"}
    assert edges(material, around="open-letter", direction="cites") == {"letter-cites-mou"}
    assert edges(material, around="open-letter", direction="cited-by") == {"first-disputes-letter"}
    assert edges(material, around="open-letter", direction="cited-by", depth="2") == {
        "first-disputes-letter", "gazette--de-witt-first",
    }  # fmt: skip


def test_the_network_is_of_what_the_other_filters_let_through(material: Material) -> None:
    assert edges(material, around="open-letter", depth="3", relation="disputes,cites") == {
        "letter-cites-mou", "first-disputes-letter", "undated-cites-mou",
    }  # fmt: skip
    assert edges(material, around="open-letter", at="2018-01-20") == {"letter-cites-mou"}
    assert edges(material, around="gazette", relation="disputes") == set()


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"around": "open-leter"}, "neither refers"),
        ({"depth": "2"}, "'depth' needs a node"),
        ({"direction": "cites"}, "'direction' needs a node"),
        ({"around": "open-letter", "depth": "two"}, "not a number"),
        ({"around": "open-letter", "depth": "9"}, "expected 1 to 3"),
        ({"around": "open-letter", "direction": "up"}, "no direction 'up'"),
        ({"relation": "cites,quotse"}, "relation 'quotse'"),
    ],
)
def test_a_network_that_cannot_be_says_why(material: Material, filters: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        select(material, **filters)


def test_a_table_of_statements_has_no_network(material: Material) -> None:
    with pytest.raises(UsageError, match="takes no filter 'around'"):
        export("csv", material, around="open-letter")


def test_every_graph_format_holds_the_same_network(material: Material) -> None:
    ends = (b"harbour-mou", b"de-witt-first")
    for name in ("gexf", "graphml", "edges-csv", "network-svg"):
        content = export(name, material, around="open-letter", direction="cites")[0].content
        assert [end in content for end in ends] == [True, False], name


def test_filters_that_citations_have_not_are_refused() -> None:
    assert own_filters({"around": "a", "relation": ""}) == {"around": "a"}
    with pytest.raises(UnknownName) as caught:
        own_filters({"arround": "a"})
    assert caught.value.near == ("around",)
