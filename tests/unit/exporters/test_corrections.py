"""Which corrections an export lists: a version is a place in the log, told without a clock."""

import json
from collections.abc import Iterator

import pytest
from tests.upkept import upkept

from onrecord.errors import UnknownName, UsageError
from onrecord.exporters import FORMATS
from onrecord.exporters.corrections import since
from onrecord.model.correction import START
from onrecord.workspace import Workspace

DATASET = "d" * 64
DAYS = ("2031-03-30", "2031-04-30", "2031-02-28", None)
ROWS = [
    {
        "number": number, "kind": "correct", "record": f"record-{number}", "when": "2031", "reason": "So.",
        "latest": day, "sha256": f"{number:064x}",
    }
    for number, day in enumerate(DAYS, start=1)
]  # fmt: skip

SINCE = {
    None: [1, 2, 3, 4],
    "correction-1": [2, 3, 4],
    "correction-4": [],
    "https://w3id.org/onrecord/id/correction/correction-3": [4],
    f"{2:064x}": [3, 4],
    START: [1, 2, 3, 4],
    DATASET: [],
    "2031": [1, 2, 3, 4],
    "2031-04": [2, 4],
    "2031-03-31": [2, 4],
    "2031-03-30": [1, 2, 4],
    "2031-03/2031-05": [1, 2, 4],
    "../2031-03": [1, 2, 3, 4],
    "2018": [1, 2, 3, 4],
}
"""Entry 4 has no last day: it may have been made at any time. The first three are dated out of order."""


@pytest.mark.parametrize("version", SINCE)
def test_what_came_after_a_version_is_listed(version: str | None) -> None:
    assert [entry.number for entry in since(ROWS, version, DATASET)] == SINCE[version]


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("correction-5", "no entry 'correction-5'"),
        ("correction-0", "no entry 'correction-0'"),
        ("ab" * 32, "has the hash"),
    ],
)
def test_a_version_that_the_log_does_not_know_is_refused(version: str, said: str) -> None:
    with pytest.raises(UnknownName, match=said) as caught:
        since(ROWS, version, DATASET)
    assert caught.value.hint


@pytest.mark.parametrize("version", ["", "last week", "3", "correction-", "1.2.3", "2031-13", "AB" * 32])
def test_what_is_no_version_is_refused_with_what_would_be_one(version: str) -> None:
    with pytest.raises(UsageError, match="'corrections-since' is") as caught:
        since(ROWS, version, DATASET)
    assert "correction-3" in str(caught.value.hint)


def test_an_empty_log_has_no_entries_to_come_after() -> None:
    assert since([], START, DATASET) == since([], None, DATASET) == ()
    with pytest.raises(UnknownName) as caught:
        since([], "correction-1", DATASET)
    assert caught.value.hint == "it has no entries"


@pytest.fixture(scope="module")
def kept_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with upkept(tmp_path_factory.mktemp("upkept")) as workspace:
        yield workspace


def told(workspace: Workspace, name: str, **filters: str) -> str:
    """All that the files of an export say."""
    given = {key.replace("_", "-"): value for key, value in filters.items()}
    return "\n".join(file.content.decode() for file in workspace.export(name, given))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_lists_the_corrections_that_were_asked_for(kept_up: Workspace, name: str) -> None:
    first, second = "She takes no side.", "The words are those of her predecessor"
    whole, later = told(kept_up, name), told(kept_up, name, corrections_since="correction-1")
    assert (first in whole, second in whole) == (True, True)
    assert second in later
    if name not in ("turtle", "trig", "nquads", "jsonld"):  # these hold the log itself as data
        assert first not in later
    head = str(kept_up.snapshot.manifest.corrections["head"])
    assert head in whole
    assert head in later
    said = {"graphml": ("corrections_since", "correction-1")}.get(name, ("Corrections: 1 of 2, those since",))
    if FORMATS[name].sidecar:
        assert json.loads(kept_up.export(name)[1].content)["corrections_since"] is None
    else:
        assert all(words in later for words in said)
        assert "correction-1" in later.replace("id/correction/correction-1", "")


def test_the_description_says_whether_the_list_is_whole(kept_up: Workspace) -> None:
    main, sidecar = kept_up.export("csv", {"corrections-since": "2031-04"})
    plain, _ = kept_up.export("csv")
    about = json.loads(sidecar.content)
    assert [entry["number"] for entry in about["corrections"]] == [2]
    assert (about["corrections_since"], about["corrections_held"]) == ("2031-04", 2)
    assert main.content == plain.content, "it chooses no rows"
    assert main.name != plain.name
    assert about["filters"] == {}


def test_what_an_export_tells_is_what_a_later_one_takes(kept_up: Workspace) -> None:
    about = json.loads(kept_up.export("csv")[1].content)
    for version in (about["corrections_head"], about["dataset_hash"]):
        after = json.loads(kept_up.export("csv", {"corrections-since": version})[1].content)
        assert (after["corrections"], after["corrections_held"]) == ([], 2)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "filters", [{}, {"source": "river-post"}, {"speaker": "ada-brandt"}, {"from": "2031"}]
)
def test_a_retracted_statement_is_left_out_or_marked(
    kept_up: Workspace, name: str, filters: dict[str, str]
) -> None:
    if "speaker" in filters and name in ("svg", "embed-timeline"):
        with pytest.raises(UsageError, match=f"'{name}' takes no filter 'speaker'"):
            kept_up.export(name, filters)
        return
    content = kept_up.export(name, filters)[0].content.decode()
    words = "nobody reads the small print’, and I am afraid he was right"
    data = name in ("turtle", "trig", "nquads", "jsonld")
    if data and not filters:
        assert words in content
        assert "retractedBy" in content, "the whole record holds it, with the mark"
    else:
        assert words not in content


def test_a_record_without_corrections_says_so(example: Workspace) -> None:
    about = json.loads(example.export("csv")[1].content)
    assert about["corrections"] == []
    assert (about["corrections_held"], about["corrections_head"]) == (0, START)
    assert "Corrections: none is on record." in example.export("gexf")[0].content.decode()


def test_renamed_filters_choose_by_the_slug_of_today(kept_up: Workspace) -> None:
    for name, filters in {
        "csv": {"speaker": "media-committee"},
        "bibtex": {"source": "river-gazette"},
        "gexf": {"document": "sharing-deal"},
    }.items():
        (key, old), *_ = filters.items()
        new = {"media-committee": "culture-committee", "river-gazette": "river-post"}.get(
            old, "records-agreement"
        )
        ours, theirs = kept_up.export(name, filters), kept_up.export(name, {key: new})
        assert ours[0].name == theirs[0].name
        assert any("is called" in file.content.decode() for file in ours)
        assert not any("is called" in file.content.decode() for file in theirs)
