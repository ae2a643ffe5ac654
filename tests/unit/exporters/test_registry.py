"""The one way to write: names, tables, sidecars, and the same bytes every time."""

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import UnknownName, UsageError
from onrecord.exporters import FORMATS, Material, export, near
from onrecord.exporters.reference import BEGIN, generated, renewed

NAMES = (
    "gexf", "graphml", "edges-csv", "network-svg", "csv", "csv-safe", "turtle", "trig", "nquads", "jsonld",
    "csl-json", "bibtex", "ris", "card", "svg", "embed-timeline",
)  # fmt: skip
BESIDE = ["edges-csv", "csv", "csv-safe", "csl-json", "ris", "card", "embed-timeline"]


def test_the_formats_are_those_promised() -> None:
    assert tuple(FORMATS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_file_carries_licence_sources_counts_cut_off_and_version(material: Material, name: str) -> None:
    text = b"".join(file.content for file in export(name, material)).decode()
    for words in (
        "creativecommons.org/licenses/by/4.0",
        "1.2.3",
        "0123456789abcdef" * 4,
        "2018-05-15",
        "Mirror",
    ):
        assert words in text
    assert "gazette" in text


@pytest.mark.parametrize("name", sorted({*NAMES} - {"svg", "embed-timeline"}))  # they take 'to' instead
def test_the_filter_that_made_a_file_stands_in_it(material: Material, name: str) -> None:
    text = b"".join(file.content for file in export(name, material, at="2018-05-12")).decode()
    assert (
        "at 2018-05-12" in text
        or '"at": "2018-05-12"' in text
        or '"at": "2018-05-12"' in text.replace("&quot;", '"')
    )


@pytest.mark.parametrize("name", BESIDE)
def test_formats_without_a_place_for_words_have_a_sidecar(material: Material, name: str) -> None:
    main, side = export(name, material)
    about = json.loads(side.content)
    assert side.name == f"{main.name}.about.json"
    assert about["file"] == main.name
    assert about["format"] == name
    assert [source["slug"] for source in about["sources"]] == ["gazette", "mirror"]
    assert about["filters"] == {}


@pytest.mark.parametrize("name", sorted({*NAMES} - {*BESIDE}))
def test_other_formats_are_one_file(material: Material, name: str) -> None:
    assert len(export(name, material)) == 1


def test_counts_are_of_the_file(material: Material) -> None:
    def counts(name: str, **options: str) -> dict[str, int]:
        found: dict[str, int] = json.loads(export(name, material, **options)[1].content)["counts"]
        return found

    assert counts("csv") == {"rows": 3, "statements": 3}
    assert counts("csv", table="events") == {"rows": 2, "events": 2}
    assert counts("csv", table="citations", relation="quotes") == {"rows": 3, "citations": 2}
    assert counts("ris") == {"documents": 5, "quotations": 2}


def test_a_file_is_named_after_what_it_holds(material: Material) -> None:
    assert export("gexf", material)[0].name == "onrecord-citations-01234567.gexf"
    assert export("csv", material, table="events")[0].name == "onrecord-events-01234567.csv"
    one = export("csv-safe", material, at="2018-05")[0].name
    other = export("csv-safe", material, at="2018-06")[0].name
    assert one != other
    assert one.startswith("onrecord-statements-01234567-")
    assert one.endswith(".safe.csv")


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_the_material_changes_no_byte_of_graphs_rdf_and_references(
    material: Material, name: str
) -> None:
    dice = random.Random(7)
    quads = [str(line) for line in material.quads]  # type: ignore[union-attr]
    dice.shuffle(quads)
    shuffled = replace(
        material,
        citations=dice.sample(list(material.citations), len(material.citations)),
        references=dice.sample(list(material.references), len(material.references)),
        quads=quads,
    )
    assert export(name, shuffled) == export(name, material)


def test_another_process_with_another_hash_seed_writes_the_same_bytes(repo: Path, tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "UTC"}
        found = subprocess.run(
            [sys.executable, str(Path(__file__).parent / "digest.py"), str(repo)],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        digests.add(found.stdout)
    assert len(digests) == 1
    assert len(digests.pop().splitlines()) == len(NAMES)


def test_an_unknown_format_names_near_ones(material: Material) -> None:
    with pytest.raises(UnknownName, match="'bibtext'") as caught:
        export("bibtext", material)
    assert caught.value.near[0] == near("bibtext")[0] == "bibtex"


def test_an_unknown_table_names_near_ones(material: Material) -> None:
    with pytest.raises(UnknownName, match="'statement'") as caught:
        export("csv", material, table="statement")
    assert caught.value.near[0] == "statements"


def test_a_format_that_takes_no_table_says_so(material: Material) -> None:
    with pytest.raises(UsageError, match="takes no table") as caught:
        export("gexf", material, table="events")
    assert caught.value.hint == "csv and csv-safe do"


def test_a_filter_that_a_table_does_not_take_is_an_error(material: Material) -> None:
    with pytest.raises(UsageError, match="takes no filter 'relation'"):
        export("csv", material, table="statements", relation="quotes")


def test_a_relation_that_no_citation_has_is_an_error_that_lists_those_there_are(material: Material) -> None:
    with pytest.raises(UsageError, match="'quote'") as caught:
        export("gexf", material, relation="quote")
    assert "quotes" in str(caught.value.hint)


def test_a_date_that_is_none_is_an_error(material: Material) -> None:
    with pytest.raises(UsageError, match="'at' is not a date"):
        export("gexf", material, at="2018-13")


def test_the_page_of_the_documentation_is_current(repo: Path) -> None:
    page = (repo / "docs" / "exports.md").read_text(encoding="utf-8")
    assert renewed(page) == page, "python -m onrecord.exporters.reference docs/exports.md"
    assert BEGIN in page
    assert all(f"| `{name}` |" in generated() for name in NAMES)
