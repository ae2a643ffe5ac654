"""Timeline: events with dates that say how sure they are, filters in the address, one event in full."""

import html
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from benchmarks import synthetic as generator

from onrecord.config import Settings
from onrecord.workspace import Workspace

Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def synthetic(build: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A record of 60 invented events in three stories."""
    folder = tmp_path_factory.mktemp("synthetic")
    generator.write(60, folder)
    return build(folder / "data", folder / "captures")


def test_the_start_page_says_what_this_is_and_how_much(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier)
    assert "Sharing of patient data between NHS Digital and the Home Office, 2016–2018" in page.text
    manifest = Workspace(dossier).snapshot.manifest
    assert f"{manifest.counts['statement']} statements" in page.text
    assert "5 sources" in page.text
    assert manifest.dataset_hash[:12] in page.text
    assert "not verified here : the full texts are not at hand" in page.text


def test_a_record_with_its_full_texts_at_hand_says_verified(example: Settings, visit: Visit) -> None:
    assert "compared with the full texts at build: verified" in visit(example).text


def test_a_date_never_looks_surer_than_its_evidence(dossier: Settings, visit: Visit) -> None:
    text = visit(dossier, view="list").text
    assert "April 2018 (day not stated) date inferred from the articles together" in text
    assert "9 May 2018 date from outside the articles" in text  # no article prints that day
    assert "14 November 2018 date printed in the source" in text  # the one article that prints its date


def test_the_list_is_in_order_of_time(dossier: Settings, visit: Visit) -> None:
    listed = visit(dossier, view="list").text.split("List of events")[1]
    told = [
        "ask NHS Digital for information",
        "The memorandum takes effect",
        "letter to NHS Digital",
        "NHS Digital confirms",
    ]
    places = [listed.index(words) for words in told]  # 2016, January 2017, January 2018, November 2018
    assert places == sorted(places)


def test_a_filter_of_the_address_is_kept_and_shown(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, actor="margot-james", view="list")
    menu = page.test.selectbox(key="field-actor")
    assert menu.value == "margot-james"
    assert "Committee" not in page.text.split("List of events")[1]
    assert any("actor=margot-james" in link and "event=" in link for link in page.links)


def test_choosing_in_a_menu_writes_the_address_and_leaves_the_event(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, event="mou-takes-effect", view="list")
    page.test.selectbox(key="field-source").select("huffpost-uk")
    page.run()
    assert page.address == {"view": "list", "source": "huffpost-uk"}
    assert "HuffPost UK" in page.text
    assert "Migrants' Rights Network announces" not in page.text.split("List of events")[1]


def test_of_two_quick_acts_the_second_keeps_the_first(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, view="list", actor="liberty")
    page.test.selectbox(key="field-kind").select("response").run()
    assert page.address == {"view": "list", "actor": "liberty", "kind": "response"}
    del page.test.query_params["kind"]  # the browser has not heard of it when it sends the next
    page.test.text_input(key="field-from").set_value("2018").run()
    assert page.address == {"view": "list", "actor": "liberty", "kind": "response", "from": "2018"}


def test_words_are_searched_in_events(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, q="judicial challenge nobody wrote", view="list")
    assert "No events match." in page.text
    page = visit(dossier, q="antenatal", view="list")
    assert "A woman tells the committee that she avoided antenatal care" in page.text
    assert "The memorandum takes effect" not in page.text.split("List of events")[1]


def test_one_event_in_full_on_the_same_page(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, event="sharing-restriction-announced", view="list")
    text = page.text
    assert "How we know" in text
    assert "Dated by Official report of the House of Commons, 9 May 2018" in text
    assert "Margot James announcer" in text
    assert "suspended or narrowed in May 2018?" in text
    assert "with immediate effect" in text
    assert "characters 629–650" not in text  # the place covers the statement's whole passage
    assert "Printed words" in text
    assert "In our words" in text
    accounts = text.split("What the sources tell")[1].split("Said in the passages")[0]
    assert "victory" not in accounts  # a speaker's claim is never told as the source's account
    [code] = [text for text in page.copies if "id/event/sharing-restriction-announced" in text]
    assert "9 May 2018 (date from outside the articles)" in code
    assert "DIGIT" in code
    assert "snapshot" in code


def test_the_events_before_and_after_are_one_step_away(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, event="committee-letter-sent", view="list")
    assert "/?view=list&event=nokes-tells-committee" in page.links
    assert "/?view=list&event=huffpost-uk-published" in page.links
    assert "/?view=list" in page.links  # close


def test_an_event_that_is_not_on_record_offers_what_was_meant(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, event="committee-leter-sent")
    assert "No event ‘committee-leter-sent’ is on record" in page.text
    assert "/?event=committee-letter-sent" in page.links


def test_an_actor_that_is_not_on_record_offers_what_was_meant(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, actor="margot-jame", view="list")
    assert "/?actor=margot-james&view=list" in page.links


def test_a_date_that_is_none_says_what_is_wrong_and_offers_to_leave_it_out(
    dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, from_="2018-13", kind="debate")
    assert "there is no month 13" in page.text
    assert "/?kind=debate" in page.links


def test_an_empty_filter_says_how_many_there_are_without_each(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, kind="debate", from_="2019-06")
    assert "No events match." in page.text
    assert "1 matches without the date limit" in page.text
    assert "/?kind=debate" in page.links
    assert "1 matches without the kind" in page.text  # the court case, whose end is not known
    assert "/?from=2019-06" in page.links


def test_a_menu_says_how_many_events_each_value_lets_through(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, view="list", source="digit")
    options = page.test.selectbox(key="field-kind").options
    assert "Evidence given (2)" in options
    with Workspace(dossier) as record:
        for kind, label in (("evidence-given", "Evidence given"), ("response", "Response")):
            number = record.ask("timeline", {"source": "digit", "kind": kind}).total
            assert f"{label} ({number})" in options


def test_each_filter_can_be_removed_by_itself(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, view="list", kind="response", from_="2018-05", q="committee")
    assert "Kind: Response × (remove)" in page.text
    assert "/?kind=response&from=2018-05&view=list" in page.links  # without the words
    assert "/?from=2018-05&q=committee&view=list" in page.links
    assert "/?view=list" in page.links  # Clear all filters


def test_the_menu_of_stories_is_there_where_there_are_several(
    dossier: Settings, synthetic: Settings, visit: Visit
) -> None:
    assert [box.label for box in visit(dossier, view="list").test.selectbox] == ["Kind", "Actor", "Source"]
    page = visit(synthetic, view="list", dossier="story-001")
    assert [box.label for box in page.test.selectbox] == ["Kind", "Actor", "Source", "Dossier"]
    assert "25 of 62 events" in page.text


def test_the_story_tells_what_turns_and_what_is_described_and_counts_the_rest(
    dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, view="story")
    story = page.text.split("Story", 1)[1]
    with Workspace(dossier) as record:
        rows = record.chronicle({}).rows()
    told = [row for row in rows if row["turning"] or row["description"]]
    assert all(row["label"] in story for row in told)
    assert f"{len(rows) - len(told)} more events are in the list" in story
    assert page.html.count('class="or-pivot"') == 7
    assert "printed in" in story
    assert story.index("2017") < story.index("2018")


def test_a_printed_word_of_the_story_is_told_from_ours(dossier: Settings, visit: Visit) -> None:
    html = visit(dossier, view="story").html
    quoted = html.split("A minister tells the Commons that the sharing is cut back")[-1].split("</article>")[
        0
    ]
    assert '<blockquote class="or-printed"><p><q>' in quoted
    assert "9 May 2018, printed in" in quoted


def test_what_is_shown_is_offered_for_download_with_the_same_filters(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, kind="response", from_="2018", lanes="actor")
    assert "/export/csv?kind=response&from=2018&table=events" in page.links
    assert "/export/svg?kind=response&from=2018&lanes=actor" in page.links
    assert "/export/embed-timeline?kind=response&from=2018&lanes=actor" in page.links


def test_the_code_to_embed_is_shown_as_text(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, view="list", kind="response", code="1")
    assert "&lt;section class=&quot;onrecord-timeline&quot;" in page.html
    assert '<section class="onrecord-timeline"' not in page.html


def test_pages_of_the_list_are_in_the_address(synthetic: Settings, visit: Visit) -> None:
    first, second = visit(synthetic, view="list"), visit(synthetic, view="list", page="2")
    assert "page 1 of 2" in first.text
    assert "page 2 of 2" in second.text
    labels = [re.findall(r"of case (\d+)", page.text.split("List of events")[1]) for page in (first, second)]
    assert not set(labels[0]) & set(labels[1])
    assert len(set(labels[0]) | set(labels[1])) == 60


def test_above_the_most_that_can_be_told_apart_events_are_counted(
    synthetic: Settings, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(synthetic, view="list")  # so that the page's parts are there to be changed
    sys.modules["parts.chart"].timeline.cache_clear()
    monkeypatch.setattr("onrecord.exporters.svg.MOST_MARKS", 20)
    page = visit(synthetic)
    assert "counted by" in page.text
    assert "may add up to more than the events" in page.text
    with Workspace(synthetic) as workspace:
        drawing = sys.modules["parts.chart"]._svg(workspace, {}).decode()
    narrower = [html.unescape(link) for link in re.findall(r'class="or-bin" href="([^"]*)"', drawing)]
    assert narrower
    assert all("from=" in link and "to=" in link and "kind=" in link for link in narrower)
    kind = re.search(r"kind=([a-z-]+)", narrower[0])
    assert kind is not None
    assert visit(synthetic, **_query(narrower[0])).text.count("No events match") == 0
    sys.modules["parts.chart"].timeline.cache_clear()


def _query(link: str) -> dict[str, str]:
    return dict(parse_qsl(link.partition("?")[2]))


def test_without_a_snapshot_the_page_says_how_to_build(repo: Path, tmp_path: Path, visit: Visit) -> None:
    settings = Settings(data=repo / "data", snapshot=tmp_path / "none", captures=tmp_path)
    for name in ("timeline", "said", "query"):
        page = visit(settings, name)
        assert "Nothing has been built yet" in page.text
        assert "onrecord build" in page.text


def test_a_record_published_meanwhile_is_shown_without_a_restart(
    build: Callable[..., Settings], example_copy: Path, visit: Visit
) -> None:
    settings = build(example_copy, example_copy / "captures")
    page = visit(settings)
    assert "Readers' records: an example" in page.text
    toml = example_copy / "onrecord.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("an example", "a second example"), encoding="utf-8"
    )
    assert "The files are newer than this snapshot" in page.run().text
    with Workspace(settings) as workspace:
        workspace.build()
    text = page.run().text
    assert "Readers' records: a second example" in text
    assert "newer than this snapshot" not in text


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[press](javascript:alert(1))", "[press](javascript:alert(1))"),
        ('x" onmouseover="alert(1)', "x&quot; onmouseover=&quot;alert(1)"),
        ("w" * 10_000, "w" * 10_000),
    ],
)
def test_a_hostile_label_is_shown_as_text(
    label: str, shown: str, build: Callable[..., Settings], example_copy: Path, visit: Visit
) -> None:
    file = example_copy / "dossiers" / "readers-records.yaml"
    quoted = "'" + label.replace("'", "''") + "'"
    text = file.read_text(encoding="utf-8")
    changed = text.replace("label: The minister announces that the agreement changes", f"label: {quoted}")
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    page = visit(build(example_copy), event="announcement-of-change")
    assert shown in page.html
    assert "<script" not in page.html
    assert not any(link.startswith("javascript:") for link in page.links)
