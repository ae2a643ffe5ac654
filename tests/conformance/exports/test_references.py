"""References read by others: bibtexparser, rispy, citeproc-py, and the published rules of CSL-JSON."""

import json
import re
import warnings
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from onrecord.exporters import About, Material, Party, Reference, export

LETTER, ACT, MIRROR = "open-letter", "harbour-act", "mirror"

# The parts of csl-data (Citation Style Language 1.0.2) that we use, from its table of variables.
CSL_ITEM = {
    "type": "object",
    "required": ["id", "type"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "type": {
            "enum": [
                "article-magazine", "article-newspaper", "bill", "dataset", "document", "hearing",
                "legislation", "personal_communication", "report", "webpage",
            ]
        },
        **{
            name: {"type": "string"}
            for name in ("title", "container-title", "publisher", "URL", "language", "note")
        },
        **{
            name: {"type": "array", "items": {"type": "object", "required": ["literal"]}}
            for name in ("author", "recipient")
        },
        "issued": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "date-parts": {
                    "type": "array", "minItems": 1, "maxItems": 2,
                    "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                },
                "circa": {"type": "boolean"},
                "literal": {"type": "string"},
            },
        },
    },
}  # fmt: skip


def written(material: Material, name: str) -> str:
    """The main file of an export."""
    return export(name, material)[0].content.decode()


def bibtex(text: str, decode: bool = True) -> dict[str, Any]:
    """Entries by key as bibtexparser reads them, LaTeX decoded or (for verbatim fields: date, url) not."""
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()] if decode else [])
    assert library.failed_blocks == []
    assert len(library.comments) == 1
    return {entry.key: entry for entry in library.entries}


def ris(text: str) -> dict[str, dict[str, Any]]:
    """Entries by id as rispy reads them."""
    return {entry["id"]: entry for entry in rispy.loads(text)}


@pytest.fixture(scope="module")
def references(material: Material) -> dict[str, Reference]:
    """The record's documents by slug."""
    return {reference.id: reference for reference in material.references}


def test_three_formats_list_every_document_and_every_printed_quotation(material: Material) -> None:
    wanted = [
        "de-witt-first",
        "gazette",
        "harbour-act",
        "harbour-mou",
        "mirror",
        "office-undated",
        "open-letter",
    ]
    assert sorted(bibtex(written(material, "bibtex"))) == wanted
    assert sorted(ris(written(material, "ris"))) == wanted
    assert sorted(item["id"] for item in json.loads(written(material, "csl-json"))) == wanted


def test_bibtex_specials_come_back_as_they_were(material: Material, references: dict[str, Reference]) -> None:
    entries = bibtex(written(material, "bibtex"))
    for slug, reference in references.items():
        assert plain(entries[slug]["title"]) == plain(reference.title)
    assert plain(entries["gazette"]["journal"]) == "The Gazette & Herald"
    raw = bibtex(written(material, "bibtex"), decode=False)
    assert raw[ACT]["url"] == "https://example.org/a_b?x=1&y=%20%7Bz%7D"


def test_bibtex_has_the_quotation_and_its_passage(material: Material) -> None:
    note = bibtex(written(material, "bibtex"))["office-undated"]["note"]
    assert "“a \u202eright-to-left\u202c & <b>bold</b> ]]> --> \u00a0end”" in note
    assert "characters 100 to 140 of gazette.txt" in note
    assert "as told by mirror-news" in note


def test_bibtex_dates_are_as_precise_as_they_are_known(material: Material) -> None:
    entries = bibtex(written(material, "bibtex"), decode=False)
    kept = {
        slug: {key: entries[slug][key] for key in ("date", "year", "month") if key in entries[slug]}
        for slug in (ACT, LETTER, MIRROR, "gazette", "harbour-mou")
    }
    assert kept == {
        ACT: {"date": "1847", "year": "1847"},
        LETTER: {"date": "2018-01~"},
        MIRROR: {"year": "2018", "month": "may"},  # one of the days from 9 to 15 May
        "gazette": {"date": "2018-05-10", "year": "2018", "month": "may"},
        "harbour-mou": {},
    }


def test_ris_dates_are_as_precise_as_they_are_known(material: Material) -> None:
    entries = ris(written(material, "ris"))
    assert {
        slug: (entries[slug].get("year"), entries[slug].get("date"))
        for slug in entries
        if "-first" not in slug
    } == {
        ACT: ("1847", "1847///"),
        LETTER: (None, "2018///about January 2018 (day not stated)"),
        MIRROR: ("2018", "2018/05//between 9 and 15 May 2018 (one day, not known which)"),
        "gazette": ("2018", "2018/05/10/"),
        "office-undated": ("2018", "2018/05/10/"),
        "harbour-mou": (None, None),
    }


def test_a_quotation_that_looks_like_ris_ends_no_reference(material: Material) -> None:
    text = written(material, "ris")
    entries = ris(text)
    assert len(entries) == text.count("\r\nER  - \r\n") == 7
    assert entries["de-witt-first"]["notes"][0].endswith("“=cmd|' /C calc'!A0” “ER  - ¶ TY  - GEN”")
    assert text.count("\n") == text.count("\r\n")


def test_ris_has_names_and_titles_unchanged(material: Material, references: dict[str, Reference]) -> None:
    entries = ris(written(material, "ris"))
    for slug, reference in references.items():
        assert entries[slug]["title"] == reference.title
    assert entries[LETTER]["authors"] == ["Ann de Witt", "Harbour Office <HO>"]
    assert entries["gazette"]["type_of_reference"] == "NEWS"
    assert entries[ACT]["type_of_reference"] == "STAT"


def test_csl_items_keep_to_the_published_variables(material: Material) -> None:
    validator = Draft7Validator({"type": "array", "items": CSL_ITEM})
    assert [error.message for error in validator.iter_errors(json.loads(written(material, "csl-json")))] == []
    assert list(validator.iter_errors([{"id": "x", "type": "newspaper"}]))


def test_csl_dates_are_as_precise_as_they_are_known(material: Material) -> None:
    issued = {item["id"]: item.get("issued") for item in json.loads(written(material, "csl-json"))}
    assert issued[ACT] == {"date-parts": [[1847]]}
    assert issued[LETTER] == {"date-parts": [[2018, 1]], "circa": True}
    assert issued[MIRROR] == {"literal": "between 9 and 15 May 2018 (one day, not known which)"}
    assert issued["gazette"] == {"date-parts": [[2018, 5, 10]]}
    assert issued["harbour-mou"] is None


def test_a_citation_processor_renders_every_item(material: Material) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of what a style does not support
        from citeproc import (  # type: ignore[import-untyped]
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]

        items = json.loads(written(material, "csl-json"))
        source = CiteProcJSON(items)
        works = CitationStylesBibliography(
            CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain
        )
        for item in items:
            works.register(Citation([CitationItem(item["id"])]))
        text = "\n".join(str(entry) for entry in works.bibliography())
    for words in ("Harbour Act", "Letter, January 2018", "Harbour “u-turn”", "The Gazette & Herald", "1847"):
        assert words in text


hostile = st.text(
    st.one_of(
        st.sampled_from(list("\\{}$&#^_%~<>|\"'`-,@=\n\r\t\x00\x07\x0b\x1c\x85\u2028\u202e“”–¶ ")),
        st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Mn", "Me", "Mc", "Zl", "Zp", "Zs", "Cf")),
    ),
    min_size=1,
    max_size=40,
)


@given(hostile, hostile)
def test_any_text_comes_back_from_bibtex_and_ris(title: str, name: str) -> None:
    reference = Reference("some-thing", "document", title, "letter", authors=(Party("some-one", name),))
    material = Material(About("T {", "L @book{x,", "1", "ab" * 32, None), references=(reference,))
    bib = bibtex(written(material, "bibtex"))["some-thing"]
    assert plain(bib["title"]) == plain(title)
    assert plain(bib["author"]) == plain(name)
    read = ris(written(material, "ris"))["some-thing"]
    assert plain(read.get("title", "")) == plain(title)
    assert plain(read["authors"][0]) == plain(name)
    assert json.loads(written(material, "csl-json"))[0]["title"] == title


def plain(text: str) -> str:
    """The text as both readers can give it: one line, outer spaces and braces aside, controls as code
    points."""
    text = text.removeprefix("{").removesuffix("}") if text.startswith("{") and text.endswith("}") else text
    text = re.sub("[\x00-\x08\x0e-\x1b\x1f\x7f]", lambda found: f"⟦U+{ord(found.group()):04X}⟧", text)
    text = re.sub("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", " ¶ ", text).replace("ˆ", "^")
    return re.sub(r"\s+", " ", text).strip(" ¶")
