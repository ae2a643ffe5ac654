"""The timeline as a picture: it claims no more than the dates do, can be seen, and says what it holds."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from onrecord import edtf
from onrecord.errors import UnknownName, UsageError
from onrecord.exporters import About
from onrecord.exporters.description import Description
from onrecord.exporters.notice import write_notice
from onrecord.exporters.occurrence import as_told, mark_of, span_of
from onrecord.exporters.scale import Scale
from onrecord.exporters.svg import Timeline, summary, timeline_of_rows
from onrecord.exporters.timeline import COLOURS, MOST_LANES, Words, draw_bins, draw_events
from onrecord.snapshot.bins import Bin, Bins, Lane
from onrecord.workspace import Workspace

SVG = "{http://www.w3.org/2000/svg}"
LINK = re.compile(r'(?:href|src)="([^"#]+)')


def _row(event: str, when: str | None, **more: Any) -> Mapping[str, Any]:
    day = edtf.parse(when) if when else None
    first, last = (day.earliest, day.latest) if day else (None, None)
    plain = {
        "label": event,
        "kind": "letter-sent",
        "participants": [],
        "date_basis": "stated",
        "turning": False,
    }
    bounds = {"earliest": first and first.isoformat(), "latest": last and last.isoformat()}
    return as_told({"event": event, "when": when, **plain, **bounds, **more})


@pytest.mark.parametrize(
    ("when", "grain"),
    [
        ("2018-05-09", "day"),
        ("2018-05-09~", "day"),
        ("[2018-05-09..2018-05-15]", "days"),
        ("2018-04", "month"),
        ("2017", "month"),
        ("[..2018-05-09]", "before"),
        ("[2018-05-09..]", "after"),
        ("2016-01/2016-11", "period"),
        ("2017-11/", "period"),
    ],
)
def test_a_shape_tells_how_finely_a_date_is_known(when: str, grain: str) -> None:
    assert edtf.grain(edtf.parse(when)) == grain


@pytest.mark.parametrize(
    ("when", "sure"),
    [
        # from some day of January to some day of November: from 31 January to 1 November for sure
        ("2016-01/2016-11", ("2016-01-31", "2016-11-01")),
        ("2017-01-01/2018-11-09", ("2017-01-01", "2018-11-09")),
        ("2018-05/2018-05", None),
        ("2017-11/", None),
        ("2017-11/..", None),
    ],
)
def test_only_what_is_certain_of_a_period_is_solid(when: str, sure: tuple[str, str] | None) -> None:
    found = edtf.certain_part(edtf.parse(when))
    assert (found and (found[0].isoformat(), found[1].isoformat())) == sure


def test_a_mark_covers_what_is_possible_and_an_open_side_reaches_the_edge() -> None:
    rows = [_row("a", "2018-01-01"), _row("b", "[..2018-06-10]"), _row("c", "2018-03"), _row("d", None)]
    span = span_of(rows)
    assert span is not None
    marks = {row["event"]: mark_of(row, "lane", "Letter sent", span) for row in rows}
    assert marks["d"] is None
    before, month = marks["b"], marks["c"]
    assert before is not None
    assert month is not None
    assert (before.start.isoformat(), before.end.isoformat()) == ("2018-01-01", "2018-06-10")
    assert before.at == before.end
    assert (month.start.isoformat(), month.end.isoformat()) == ("2018-03-01", "2018-03-31")
    assert month.said == "Letter sent: c. March 2018 (day not stated) (stated by the source)."


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_can_be_told_from_both_backgrounds(repo: Path) -> None:
    theme = tomllib.loads((repo / "app" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name in ("light", "dark"):
        ground = _luminance(theme[name]["backgroundColor"])
        for colour in COLOURS:
            dark, light = sorted((ground, _luminance(colour)))
            assert (light + 0.05) / (dark + 0.05) >= 3, (name, colour)


def _drawn(rows: list[Mapping[str, Any]], by: str = "kind", words: Words | None = None) -> ET.Element:
    drawing = draw_events(rows, by, words or Words())
    assert drawing is not None
    return ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{drawing.body}</svg>')


def _lanes(root: ET.Element) -> dict[str, int]:
    groups = [group for group in root.iter(f"{SVG}g") if group.get("role") == "group"]
    return {
        str(each.get("aria-label")): len([g for g in each.iter() if g.get("role") == "img"])
        for each in groups
    }


def test_an_event_stands_in_the_lane_of_each_of_its_actors() -> None:
    rows = [
        _row("a", "2018-01-01", participants=["ann", "bob"]),
        _row("b", "2018-02", participants=["ann"]),
        _row("c", "2018-03"),
    ]
    found = _lanes(_drawn(rows, "actor", Words({"ann": "Ann", "bob": "Bob"})))
    assert found == {"Ann": 2, "Bob": 1, "No actor named": 1}


def test_beyond_the_largest_lanes_there_is_one_for_the_rest() -> None:
    rows = [_row(f"e{number}", "2018-01-01", kind=f"kind-{number % 40}") for number in range(80)]
    found = _lanes(_drawn(rows))
    assert len(found) == MOST_LANES
    assert found["11 other kinds"] == 22
    assert sum(found.values()) == 80


def test_marks_of_a_lane_do_not_touch() -> None:
    rows = [_row(f"e{number}", "2018-01-01") for number in range(5)] + [_row("z", "2018")]
    circles = {circle.get("cy") for circle in _drawn(rows).iter(f"{SVG}circle")}
    assert len(circles) == 5


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", 'x" onload="alert(1)', "a\x01b & c"])
def test_a_hostile_label_is_text(label: str) -> None:
    root = _drawn([_row("a", "2018-01-01", label=label)], words=Words(event=lambda slug: f"/?event={slug}"))
    [mark] = root.iter(f"{SVG}a")
    assert label.replace("\x01", "⟦U+0001⟧") in str(mark.get("aria-label"))
    assert mark.get("onload") is None
    assert not list(root.iter(f"{SVG}script"))


def test_a_bar_says_how_many_are_possible_and_sure_and_leads_to_them() -> None:
    def day(text: str) -> Any:
        return edtf.parse(text)

    start, end = day("2018-03").earliest, day("2018-03").latest
    lane = Lane("letter-sent", 5, (Bin(start, end, 4, 1),))
    bins = Bins("kind", "month", start, end, (lane,))
    words = Words(narrower=lambda of, each: f"/?kind={of.value}&from={each.start}&to={each.end}")
    root = ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{draw_bins(bins, words).body}</svg>')
    [bar] = root.iter(f"{SVG}a")
    assert bar.get("aria-label") == "Letter sent, March 2018: 4 events possible, 1 for sure"
    assert bar.get("href") == "/?kind=letter-sent&from=2018-03-01&to=2018-03-31"
    pale, solid = list(bar.iter(f"{SVG}rect"))[1:]
    assert float(solid.get("height", 0)) == pytest.approx(float(pale.get("height", 0)) / 4, abs=0.1)


@pytest.mark.parametrize(
    ("start", "end", "first", "most"),
    [
        ("2018-01-03", "2018-01-12", "3 Jan", 12),
        ("2018-01-03", "2018-02-20", "3 Jan", 12),
        ("2016-01-01", "2018-11-14", "2016", 14),
        ("1985-01-01", "2025-01-01", "1985", 14),
        ("0001-01-01", "9999-12-31", "1000", 14),
    ],
)
def test_the_axis_is_never_crowded(start: str, end: str, first: str, most: int) -> None:
    days = (edtf.parse(text).earliest for text in (start, end))
    a, b = (day for day in days if day is not None)
    ticks = list(Scale(a, b, 0, 900).ticks())
    assert ticks[0][1] == first
    assert 2 <= len(ticks) <= most


def test_a_picture_says_of_itself_what_other_exports_say(workspace: Workspace) -> None:
    [file] = workspace.export("svg", {"from": "2018", "kind": "response"})
    root = ET.fromstring(file.content)
    assert re.fullmatch(r"onrecord-timeline-[0-9a-f]{8}-[0-9a-f]{6}\.svg", file.name)
    assert str(root.findtext(f"{SVG}title")) == workspace.snapshot.manifest.title
    said = "".join(root.find(f"{SVG}metadata").itertext())  # type: ignore[union-attr]
    for words in (
        "Licence: ",
        "Filters: from 2018, kind response",
        "Cut-off: 2018-11-14",
        "Counts: events 6",
    ):
        assert words in said, words
    total = workspace.ask("timeline", {"from": "2018", "kind": "response"}).total
    assert len(list(root.iter(f"{SVG}a"))) == total
    assert workspace.export("svg", {"from": "2018", "kind": "response"})[0].content == file.content
    own = {"http://www.w3.org/2000/svg", workspace.snapshot.manifest.base}
    assert all(link.startswith(tuple(own)) for link in LINK.findall(file.content.decode()))


def test_lanes_by_actor_are_asked_for_by_name(workspace: Workspace) -> None:
    text = workspace.export("svg", {"lanes": "actor"})[0].content.decode()
    assert 'aria-label="Margot James"' in text
    with pytest.raises(UnknownName, match="no lanes by 'colour'"):
        workspace.export("svg", {"lanes": "colour"})
    with pytest.raises(UsageError, match="has no lanes"):
        workspace.export("csv", {"lanes": "actor"})
    with pytest.raises(UsageError, match="no filter 'at'"):
        workspace.export("svg", {"at": "2018"})


def test_what_is_embedded_fetches_nothing_and_carries_its_citation(workspace: Workspace) -> None:
    page, about = workspace.export("embed-timeline", {"kind": "response"})
    text = page.content.decode()
    assert "<script" not in text
    assert not re.search(r'(src|srcset|data|poster)="', text)
    assert "url(" not in text
    assert "@import" not in text
    manifest = workspace.snapshot.manifest
    assert f"snapshot {manifest.dataset_hash[:12]}" in text
    assert "Licence" in text
    assert f'href="{manifest.base}id/event/' in text
    assert "default-src &#x27;none&#x27;" in text
    assert about.name == f"{page.name}.about.json"


def test_what_would_reorder_a_label_is_seen_in_drawing_and_list() -> None:
    shown = timeline_of_rows([_row("a", "2018-05-09", label="safe \u202eevil", kind="\u2066kind")])
    page = write_notice(shown, Description(About("title", "licence", "1", "0" * 64, None), "the timeline"))
    assert page.count("safe ⟨U+202E⟩evil") == 2
    assert not {"\u202e", "\u2066"} & set(page)


def test_words_choose_the_rows_of_a_table_too(workspace: Workspace) -> None:
    text = workspace.export("csv", {"table": "events", "q": "antenatal"})[0].content.decode()
    assert len(text.splitlines()) == 2
    assert "avoided antenatal care" in text


def test_a_summary_says_how_bins_count() -> None:
    day = edtf.parse("2018").earliest
    assert day is not None
    many = Timeline("kind", 3000, 12, bins=Bins("kind", "year", day, day, ()))
    assert summary(many).startswith(
        "3,000 events; 12 have no date to draw, counted by year: an event counts in"
    )
    assert summary(timeline_of_rows([])) == "0 events."
