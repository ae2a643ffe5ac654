"""The parts that writers share: characters, dates, quotations as references, bindings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.citations import Evidence
from onrecord.exporters import Material, Party, edges_of, references_of
from onrecord.exporters.bibliography import TYPES, entries_of, plain_date
from onrecord.exporters.bibtex import escape
from onrecord.exporters.characters import XmlText, one_line
from onrecord.exporters.csl import csl_date
from onrecord.exporters.selection import select
from onrecord.resources import ontology_dir
from onrecord.terms import load_concepts


def test_an_edge_has_all_its_passages_in_order_of_position(material: Material) -> None:
    edge = next(edge for edge in material.citations if edge.id == "gazette--de-witt-first")
    assert (edge.from_, edge.from_noun, edge.from_kind, edge.from_label) == (
        "gazette", "document", "news-article", "Harbour “u-turn”",
    )  # fmt: skip
    assert (edge.to, edge.to_noun, edge.relation) == ("de-witt-first", "statement", "quotes")
    assert edge.character == "http://purl.org/spar/cito/includesQuotationFrom"
    assert (edge.when, edge.earliest, edge.date_basis, edge.source) == (
        "2018-05-10",
        "2018-05-10",
        "stated",
        "gazette",
    )
    assert not edge.implied
    assert edge.evidence == (
        Evidence("gazette", "gazette.txt", 10, 28, "=cmd|' /C calc'!A0", "printed"),
        Evidence("gazette", "gazette.txt", 40, 58, "ER  - \r\nTY  - GEN", "printed"),
    )


def test_a_passage_without_printed_words_has_our_description(material: Material) -> None:
    edge = next(edge for edge in material.citations if edge.id == "first-disputes-letter")
    assert edge.evidence == (
        Evidence("gazette", "gazette.txt", 200, 260, "She contradicts the letter.", "ours"),
    )


def test_who_spoke_and_to_whom_is_in_the_graph(material: Material) -> None:
    implied = {(edge.from_, edge.relation, edge.to) for edge in material.citations if edge.implied}
    assert implied == {
        ("de-witt-first", "attributed-to", "ann-de-witt"),
        ("office-undated", "attributed-to", "harbour-office"),
        ("office-undated", "reported-by", "mirror-news"),
        ("office-reported", "attributed-to", "harbour-office"),
        ("office-reported", "addressed-to", "ann-de-witt"),
        ("mirror", "reports", "office-reported"),
    }


def test_a_reference_gathers_the_rows_of_its_document(material: Material) -> None:
    found = {reference.id: reference for reference in material.references}
    letter, act = found["open-letter"], found["harbour-act"]
    assert letter.authors == (
        Party("ann-de-witt", "Ann de Witt"),
        Party("harbour-office", "Harbour Office <HO>"),
    )
    assert letter.recipients == (Party("gazette-news", "The Gazette & Herald"),)
    assert act.outside
    assert act.url == "https://example.org/a_b?x=1&y=%20{z}"
    assert act.identifiers == ("HA 1847", "https://example.org/a_b?x=1&y=%20{z}")
    assert (found["gazette"].file, act.file) == ("gazette.txt", None)
    assert found["harbour-mou"].noun == "instrument"


def test_no_rows_are_no_edges_and_no_references() -> None:
    assert edges_of([]) == ()
    assert references_of([]) == ()


def test_reported_speech_is_no_quotation(material: Material) -> None:
    quoted = [entry.id for entry in entries_of(select(material)) if entry.quotation is not None]
    assert quoted == ["de-witt-first", "office-undated"]


def test_every_kind_of_document_has_a_type_of_reference() -> None:
    kinds = {concept.notation for concept in load_concepts(ontology_dir()) if concept.scheme == "document"}
    assert kinds == set(TYPES)


@pytest.mark.parametrize(
    ("when", "parts"),
    [
        ("2018", ((2018,), False)),
        ("2018-01", ((2018, 1), False)),
        ("2018-05-09", ((2018, 5, 9), False)),
        ("2018-05-09~", ((2018, 5, 9), True)),
        ("2018-01?", ((2018, 1), True)),
        ("2018-05-XX", None),
        ("201X", None),
        ("2018-21", None),
        ("2018-05-09/2018-05-15", None),
        ("[2018-05-09..2018-05-15]", None),
        ("2018-05-09/..", None),
        ("XXXX-05-09", None),
        (None, None),
        ("last week", None),
    ],
)
def test_only_a_plain_date_has_parts(when: str | None, parts: tuple[tuple[int, ...], bool] | None) -> None:
    assert plain_date(when) == parts


@pytest.mark.parametrize(
    ("when", "written"),
    [
        ("2018-01", {"date-parts": [[2018, 1]]}),
        ("2018-01~", {"date-parts": [[2018, 1]], "circa": True}),
        (None, None),
    ],
)
def test_a_csl_date_is_as_precise_as_the_record(when: str | None, written: dict[str, object] | None) -> None:
    assert csl_date(when) == written


def test_a_range_is_words_in_csl() -> None:
    assert "literal" in (csl_date("2018-05-09/2018-05-15") or {})


def test_a_quotation_says_where_each_of_its_words_is_and_how_its_dates_are_known(material: Material) -> None:
    notes = {entry.id: entry.notes for entry in entries_of(select(material))}
    assert notes["de-witt-first"] == (
        "Quotation: Ann de Witt, named as “Dr De Witt”, “@warden”, May 2018 (day not stated)"
        " (stated by the source): “=cmd|' /C calc'!A0” “ER  - \r\nTY  - GEN”",
        "Passage: characters 10 to 28, 40 to 58 of gazette.txt",
        "Article dated: 10 May 2018 (stated by the source)",
    )
    assert notes["harbour-mou"] == ("Date: not known",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one\ntwo", "one ¶ two"),
        ("one\r\n\r\ntwo", "one ¶ two"),
        ("one\u2028two\x85three", "one ¶ two ¶ three"),
        ("a\tb", "a b"),
        ("bell\x07", "bell⟦U+0007⟧"),
        ("no-break\u00a0space  kept", "no-break\u00a0space  kept"),
    ],
)
def test_a_value_of_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50% & $5", r"50\% \& \$5"),
        ("a_b #1 ~ ^", r"a\_b \#1 \textasciitilde{} \textasciicircum{}"),
        ("{x}", r"\{x\}"),
        ("}{", r"\ensuremath{\rbrace}\ensuremath{\lbrace}"),
        ("--- ''", r"-{}-{}- '{}'"),
        (r"\end", r"\textbackslash{}end"),
        ("naïve “words”", "naïve “words”"),
    ],
)
def test_latex_prints_what_was_written(text: str, latex: str) -> None:
    assert escape(text) == latex


@given(st.text())
def test_braces_of_a_bibtex_value_balance(text: str) -> None:
    depth = 0
    for sign in escape(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def test_what_xml_cannot_hold_is_counted() -> None:
    clean = XmlText()
    assert clean("a\x00b\r\n\ufffe\ud800𐀀") == "a⟦U+0000⟧b⟦U+000D⟧\n⟦U+FFFE⟧⟦U+D800⟧𐀀"
    assert clean.replaced == 4
