"""The index of events answers as the named question `timeline` does, for every combination of filters."""

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from benchmarks import synthetic

from onrecord import config, edtf
from onrecord.errors import NoSnapshot, UnknownName, UsageError
from onrecord.snapshot import bins, events, search
from onrecord.snapshot.chronicle import ANSWERED, Chronicle, Wanted
from onrecord.snapshot.events import EventRow
from onrecord.workspace import Workspace

DATES: tuple[Mapping[str, str], ...] = (
    {},
    {"from": "2018"},
    {"to": "2018-05-09"},
    {"from": "2017-11", "to": "2018-01-29"},
    {"from": "2018-06", "to": "2018-01"},
    {"from": "1999-07-04", "to": "2002-12"},
    {"to": "2031-03-10"},
    {"from": "../2017"},
    {"from": "2031"},
)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A synthetic record of 120 events, built as any other."""
    folder = tmp_path_factory.mktemp("synthetic")
    synthetic.write(120, folder)
    settings = config.settings(folder / "data", folder / "snapshot", folder / "captures", environment={})
    with Workspace(settings) as opened:
        report = opened.build()
        assert not report.unverified
        assert [finding for finding in report.findings if finding.severity == "error"] == []
        yield opened


def _compare(record: Workspace, filters: Mapping[str, str]) -> int:
    """Asserts that index and question agree on rows, total and notes; how many events they give."""
    asked, found = record.ask("timeline", filters), record.chronicle(filters)
    rows = found.rows()
    answered = {row["event"]: dict(row) for row in asked.rows}
    assert {row["event"]: {name: row[name] for name in ANSWERED} for row in rows} == answered, filters
    assert len(rows) == found.count() == asked.total, filters
    assert list(found.notes) == list(asked.notes), filters
    order = [(row["earliest"] or row["latest"] or "9999-99", row["latest"] or "9999-99") for row in rows]
    assert order == sorted(order), filters
    return len(rows)


def _values(record: Workspace) -> dict[str, list[str]]:
    """A few values of each filter: the most frequent one, and the rarest."""
    counts = {name: list(record.chronicle({}).counts(name)) for name in events.FACETS}
    return {name: list(dict.fromkeys([values[0], values[-1]])) for name, values in counts.items() if values}


@pytest.mark.parametrize("name", ["workspace", "example", "invented"])
def test_the_index_gives_what_the_question_gives(name: str, request: pytest.FixtureRequest) -> None:
    record: Workspace = request.getfixturevalue(name)
    found = []
    for facet, values in _values(record).items():
        for value, dates in itertools.product(values, DATES):
            found.append(_compare(record, {facet: value, **dates}))
    for dates in DATES:
        found.append(_compare(record, dates))
    assert any(found)
    assert not all(found)


@pytest.mark.parametrize("name", ["workspace", "invented"])
def test_two_filters_let_through_what_both_do(name: str, request: pytest.FixtureRequest) -> None:
    record: Workspace = request.getfixturevalue(name)
    values = _values(record)
    for (first, ones), (second, others) in itertools.combinations(values.items(), 2):
        _compare(record, {first: ones[0], second: others[0], "from": "2001"})


@pytest.mark.parametrize("name", ["workspace", "invented"])
def test_a_number_in_a_menu_is_what_choosing_gives(name: str, request: pytest.FixtureRequest) -> None:
    record: Workspace = request.getfixturevalue(name)
    filters = {"from": "2001", "to": "2018-06"}
    for facet in events.FACETS:
        counts = record.chronicle(filters).counts(facet)
        for value, number in list(counts.items())[:4]:
            assert record.ask("timeline", {**filters, facet: value}).total == number, (facet, value)


@pytest.mark.parametrize("name", ["workspace", "example", "invented"])
def test_names_are_those_that_the_questions_give(name: str, request: pytest.FixtureRequest) -> None:
    record: Workspace = request.getfixturevalue(name)
    documents = {row["document"]: row["label"] for row in record.ask("documents").rows}
    dossiers = {row["dossier"]: row["label"] for row in record.ask("dossiers").rows}
    found = record.chronicle({})
    assert found.names("document", "instrument") == documents
    assert found.names("dossier") == dossiers
    assert documents
    assert dossiers


def test_a_kind_stands_for_its_narrower_ones(workspace: Workspace) -> None:
    kinds = {row["kind"] for row in workspace.chronicle({"kind": "proceeding"}).rows()}
    assert kinds == {"drafting", "inquiry", "lawsuit"}


def test_an_iri_is_taken_as_its_slug_is(workspace: Workspace) -> None:
    iri = f"{workspace.snapshot.manifest.base}id/actor/margot-james"
    assert (
        workspace.chronicle({"actor": iri}).count() == workspace.chronicle({"actor": "margot-james"}).count()
    )


def test_words_are_those_of_the_full_text(workspace: Workspace) -> None:
    found = {row["event"] for row in workspace.chronicle({"q": "committee letter"}).rows()}
    search_hits = workspace.search("committee letter", 1000).rows
    assert found == {row["slug"] for row in search_hits if row["noun"] == "event"}
    assert found


@pytest.mark.parametrize(
    ("filters", "error", "words"),
    [
        ({"actor": "margot-jame"}, UnknownName, "margot-james"),
        ({"kind": "debat"}, UnknownName, "debate"),
        ({"from": "2018-13"}, UsageError, "there is no month 13"),
        ({"q": "…"}, UsageError, "nothing to search for"),
        ({"speaker": "margot-james"}, UnknownName, "no parameter 'speaker'"),
    ],
)
def test_a_wrong_value_is_refused_as_the_question_refuses_it(
    workspace: Workspace, filters: dict[str, str], error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as raised:
        workspace.chronicle(filters)
    assert words in f"{raised.value} {getattr(raised.value, 'near', '')}"


def test_a_page_is_a_part_of_the_whole_in_order(invented: Workspace) -> None:
    every = invented.chronicle({}).rows()
    assert [row["event"] for row in invented.chronicle({}).rows(10, 30)] == [
        row["event"] for row in every[30:40]
    ]
    middle = every[50]["event"]
    assert invented.chronicle({}).beside(middle) == (every[49]["event"], every[51]["event"])
    assert invented.chronicle({}).beside(every[0]["event"])[0] is None


def test_a_retracted_event_is_left_out_and_told_of(tmp_path: Path, repo: Path) -> None:
    import shutil

    data = Path(shutil.copytree(repo / "tests" / "data" / "example", tmp_path / "example"))
    settings = config.settings(data, tmp_path / "snapshot", data / "captures", environment={})
    with Workspace(settings) as record:
        record.build()
        record.retract("letter-to-board", "told twice", "2031-05-01")
        record.build()
        assert record.chronicle({}).row("letter-to-board") is None
        assert _compare(record, {}) > 0
        assert any("letter-to-board" in note for note in record.chronicle({}).notes)
        _compare(record, {"from": "2031-03"})
        _compare(record, {"actor": "culture-committee"})


def test_a_step_of_a_step_is_one_event_of_its_nearest_whole(tmp_path: Path) -> None:
    """`part_of` is the event that the file names, although it is a step of the outer one too."""
    synthetic.write(30, tmp_path)
    file = tmp_path / "data" / "dossiers" / "story-000.yaml"
    dossier = yaml.safe_load(file.read_text(encoding="utf-8"))
    outer, middle, inner, innermost = dossier["events"][:4]
    middle["part_of"], inner["part_of"], innermost["part_of"] = outer["id"], middle["id"], inner["id"]
    file.write_text(yaml.safe_dump(_texts(dossier), sort_keys=False), encoding="utf-8")
    settings = config.settings(
        tmp_path / "data", tmp_path / "snapshot", tmp_path / "captures", environment={}
    )
    with Workspace(settings) as record:
        record.build()
        rows = record.ask("timeline").rows
        assert len(rows) == len({row["event"] for row in rows}) == 31  # the publication of the source too
        wholes = {row["event"]: row["part_of"] for row in rows if row["part_of"]}
        assert wholes == {
            middle["id"]: outer["id"],
            inner["id"]: middle["id"],
            innermost["id"]: inner["id"],
        }
        _compare(record, {})


def _texts(value: Any) -> Any:
    """The same with every scalar a string, as our files are."""
    if isinstance(value, dict):
        return {name: _texts(each) for name, each in value.items()}
    return [_texts(each) for each in value] if isinstance(value, list) else str(value)


def test_a_snapshot_of_an_older_form_is_built_anew(tmp_path: Path, repo: Path) -> None:
    data = repo / "tests" / "data" / "example"
    settings = config.settings(data, tmp_path / "snapshot", data / "captures", environment={})
    with Workspace(settings) as record:
        record.build()
        manifest = settings.snapshot / "current" / "manifest.json"
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(text.replace('"form": 2', '"form": 1'), encoding="utf-8")
    said: list[str] = []
    with Workspace(settings) as record:
        with pytest.raises(NoSnapshot, match="another version of onrecord"):
            _ = record.snapshot
        record.ensure(said.append)
        assert record.chronicle({}).count() == record.ask("timeline").total
    assert "another version of onrecord" in said[0]


# -- bins, by hand -------------------------------------------------------------------------------------


def _row(event: str, when: str | None, kind: str = "report", actors: tuple[str, ...] = ()) -> EventRow:
    day = edtf.parse(when) if when else None
    first, last = (day.earliest, day.latest) if day else (None, None)

    def month(at: dt.date | None) -> int | None:
        return None if at is None else 12 * at.year + at.month - 1

    def iso(at: dt.date | None) -> str | None:
        return None if at is None else at.isoformat()

    return EventRow(
        event, event, kind, (kind,), when, iso(first), iso(last), "stated",
        None, (), actors, (), (), (), None, None, False, False, day is not None and events._is_broken(day),
        month(first), month(last), edtf.grain(day) if day else None, day.display() if day else None, None,
        None,
    )  # fmt: skip


def _chronicle(path: Path, rows: list[EventRow], **wanted: Any) -> Chronicle:
    path.mkdir(exist_ok=True)
    index = path / "search.sqlite"
    search.build(index, [])
    events.build(index, sorted(rows, key=lambda row: row.order), {})
    return Chronicle(index, Wanted(**wanted))


def _numbers(found: bins.Bins | None, value: str) -> dict[str, tuple[int, int]]:
    assert found is not None
    [lane] = [lane for lane in found.lanes if lane.value == value]
    return {each.start.isoformat()[:7]: (each.possible, each.sure) for each in lane.bins}


def test_an_imprecise_date_counts_wherever_it_is_possible(tmp_path: Path) -> None:
    rows = [
        _row("a", "2018-01-10"),
        _row("b", "2018-02"),
        _row("c", "[2018-01-30..2018-02-02]"),  # one day of two months
        _row("d", "[..2018-02-20]"),  # that day or earlier: January too
        _row("e", "{2018-01-05,2018-04-05}"),  # in January and in April, not between
        _row("f", None),
    ]
    found = bins.gathered(_chronicle(tmp_path, rows), "kind", 9)
    assert found is not None
    assert found.unit == "month"
    assert _numbers(found, "report") == {"2018-01": (4, 1), "2018-02": (3, 1), "2018-04": (1, 0)}
    assert [(lane.value, lane.events) for lane in found.lanes] == [("report", 6)]


def test_a_date_with_gaps_counts_once_in_a_stretch_and_is_sure_where_it_has_one(tmp_path: Path) -> None:
    rows = [
        _row("a", "2018-01-01"),
        _row("b", "{2018-01-05,2018-01-20}"),  # two days of one month
        _row("c", "{2018-01-05,2018-01-20,2018-03}"),
        _row("d", "Y-20000/2018-02-10"),  # since a year that no calendar day of ours holds
        _row("e", "2018-12-31"),
    ]
    found = bins.gathered(_chronicle(tmp_path, rows), "kind", 9)
    assert _numbers(found, "report") == {
        "2018-01": (4, 2),
        "2018-02": (1, 0),
        "2018-03": (1, 0),
        "2018-12": (1, 1),
    }
    asked = {"dated": True, "start": dt.date(2018, 1, 6), "end": dt.date(2018, 1, 19)}
    let = [row["event"] for row in _chronicle(tmp_path / "again", rows, **asked).rows()]
    assert let == ["d"]  # b and c lie on either side of the asked days
    asked = {"dated": True, "start": dt.date(2018, 1, 6), "end": dt.date(2018, 1, 20)}
    assert _chronicle(tmp_path / "wider", rows, **asked).count() == 3


def test_only_what_the_asked_dates_hold_is_in_the_bins(tmp_path: Path) -> None:
    rows = [_row("a", "2010"), _row("b", "2018-02"), _row("c", "2018-03-01")]
    asked = {"dated": True, "start": dt.date(2018, 2, 1), "end": dt.date(2018, 4, 30)}
    found = bins.gathered(_chronicle(tmp_path, rows, **asked), "kind", 9)
    assert found is not None
    assert (found.unit, found.start, found.end) == ("day", dt.date(2018, 2, 1), dt.date(2018, 3, 1))
    [lane] = found.lanes
    assert [each.possible for each in lane.bins] == [1] * 29
    assert [each.sure for each in lane.bins] == [0] * 28 + [1]


def test_an_event_counts_in_the_lane_of_each_of_its_actors_and_once_in_the_rest(tmp_path: Path) -> None:
    rows = [
        _row("a", "2018-01-10", actors=("ann", "bob")),
        _row("b", "2018-01-11", actors=("ann",)),
        _row("c", "2018-01-12", actors=("cid", "dan")),
        _row("d", "2018-01-13"),
    ]
    found = bins.gathered(_chronicle(tmp_path, rows), "actor", 2)
    assert found is not None
    lanes = {lane.value: (lane.events, lane.further) for lane in found.lanes}
    assert lanes == {"ann": (2, 0), bins.OTHERS: (2, 3), bins.NOBODY: (1, 0)}


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        ("2018-02-20", "day"), ("2022-12-31", "month"), ("2030-01-01", "quarter"), ("2070-01-01", "year"),
        ("2500-01-01", "decade"), ("9999-12-31", "century"),
    ],
)  # fmt: skip
def test_stretches_are_as_fine_as_there_is_room_for(tmp_path: Path, last: str, unit: str) -> None:
    found = bins.gathered(_chronicle(tmp_path, [_row("a", "2018-01-01"), _row("b", last)]), "kind", 9)
    assert found is not None
    assert found.unit == unit
    assert found.start <= dt.date(2018, 1, 1)
    assert found.end >= dt.date.fromisoformat(last)


def test_without_any_date_there_are_no_bins(tmp_path: Path) -> None:
    assert bins.gathered(_chronicle(tmp_path, [_row("a", None)]), "kind", 9) is None


@pytest.mark.parametrize("name", ["workspace", "invented"])
def test_bins_hold_what_the_question_finds_possible_there(name: str, request: pytest.FixtureRequest) -> None:
    record: Workspace = request.getfixturevalue(name)
    found = bins.gathered(record.chronicle({}), "kind", 40)
    assert found is not None
    exact = [lane for lane in found.lanes if lane.value not in (bins.OTHERS, bins.NOBODY)]
    for lane in exact[:3]:
        for each in lane.bins[::7]:
            asked = {"from": each.start.isoformat(), "to": each.end.isoformat()}
            rows = [row for row in record.ask("timeline", asked).rows if row["kind"] == lane.value]
            assert len(rows) == each.possible, (lane.value, asked)
            assert sum(row["certainty"] == "sure" for row in rows) == each.sure, (lane.value, asked)
