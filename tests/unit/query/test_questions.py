"""Every named question over `tests/data/questions/water-pact.trig`, with rows worked out by hand."""

from collections.abc import Mapping
from typing import Any

import pytest

from onrecord.errors import UnknownName, UsageError
from onrecord.query import Gateway, Questions
from onrecord.terms import BASE

Ask = tuple[str, dict[str, str]]
PLACE_B2 = {"source": "b-news", "source_file": "b.txt", "start": 10, "end": 60}

ROWS: dict[str, tuple[Ask, list[dict[str, Any]]]] = {
    "corrections in the order of the log": (
        ("corrections", {}),
        [
            {
                "number": 1,
                "kind": "correct",
                "record": "low-b",
                "noun": "statement",
                "label": "low-b",
                "reason": "She spoke in March, not in May.",
                "when": "2020-06-02",
                "earliest": "2020-06-02",
                "latest": "2020-06-02",
                "before": "a" * 64,
                "after": "b" * 64,
                "sha256": "1" * 64,
            },
            {"number": 2, "kind": "retract", "record": "slip", "before": None, "after": None},
        ],
    ),
    "corrections of a record": (("corrections", {"record": "low-b"}), [{"number": 1}]),
    "corrections of a kind": (("corrections", {"kind": "retract"}), [{"number": 2}]),
    "corrections since a day on which the last may have been made": (
        ("corrections", {"since": "2020-07-20"}),
        [{"number": 2}],
    ),
    "corrections since the year": (("corrections", {"since": "2020"}), [{"number": 1}, {"number": 2}]),
    "corrections since the last": (("corrections", {"since": "2020-08"}), []),
    "a retracted statement, asked for by its own name": (
        ("evidence", {"id": "slip"}),
        [
            {"source": "b-news", "start": 92, "end": 108, "text": "Nobody was asked", "of": "c3"},
            {"source": "b-news", "start": 92, "end": 108, "text": "Nobody was asked", "of": "slip"},
        ],
    ),
    "events by date, the undated last": (
        ("timeline", {}),
        [
            {"event": "pact-begins", "when": "2020-01", "date_documents": ["gazette"], "sources": ["b-news"]},
            {
                "event": "low-speaks",
                "participants": ["ann-low"],
                "sources": ["a-news", "b-news"],
                "date_note": "Yesterday.",
            },
            {"event": "leak", "when": None, "earliest": None, "certainty": "sure"},
        ],
    ),
    "possible and sure in an interval": (
        ("timeline", {"from": "2020-01-15", "to": "2020-03"}),
        [{"event": "pact-begins", "certainty": "possible"}, {"event": "low-speaks", "certainty": "sure"}],
    ),
    "events of an actor": (("timeline", {"actor": "ann-low"}), [{"event": "low-speaks"}]),
    "events of a kind": (("timeline", {"kind": "announcement"}), [{"event": "low-speaks"}]),
    "events of a source": (("timeline", {"source": "a-news"}), [{"event": "low-speaks"}]),
    "events that a document dates": (("timeline", {"document": "gazette"}), [{"event": "pact-begins"}]),
    "paragraphs of one statement, and its whole place": (
        ("who-said-what", {"source": "a-news", "mode": "direct"}),
        [
            {
                "statement": "low-a",
                "speaker": "ann-low",
                "speaker_label": "Ann Low",
                "named_as": "Ms Low",
                "role": "Minister for Water",
                "text": "We won’t stop.\n\nThe meters stay.",
                "text_is": "printed",
                "segments": [
                    {"start": 100, "end": 114, "text": "We won’t stop."},
                    {"start": 120, "end": 136, "text": "The meters stay."},
                ],
                "start": 100,
                "end": 136,
                "source_file": "a.txt",
                "capture": "a-news-1",
                "published_by": "a-paper",
                "venue": "low-speaks",
                "same_utterance": ["low-b"],
                "about": ["data-sharing"],
                "stance": "support",
                "reported_by": None,
            }
        ],
    ),
    "reported speech is ours and has no segments": (
        ("who-said-what", {"speaker": "voice"}),
        [
            {
                "statement": "voice-a",
                "mode": "indirect",
                "text": "The office regrets the pact.",
                "text_is": "ours",
                "segments": [],
                "reported_by": "old-letter",
                "when": None,
                "start": 200,
                "end": 260,
                "acts_for": "water-office",
            }
        ],
    ),
    "the span of a mixed statement is wider than its quoted words": (
        ("who-said-what", {"speaker": "ann-low", "source": "b-news"}),
        [
            {
                "statement": "low-b",
                "segments": [{"start": 30, "end": 45, "text": "The meters stay"}],
                "start": 10,
                "end": 60,
                "stance": "mixed",
            }
        ],
    ),
    "an organisation speaks through its minister and its spokesperson": (
        ("who-said-what", {"organisation": "water-office"}),
        [{"statement": "low-b"}, {"statement": "low-a"}, {"statement": "voice-a"}],
    ),
    "words with a curly apostrophe are found by a straight one": (
        ("who-said-what", {"contains": "WON'T stop"}),
        [{"statement": "low-a"}],
    ),
    "a word inside a word is not found": (("who-said-what", {"contains": "meter"}), []),
    "nor is the end of one": (("who-said-what", {"contains": "eters stay"}), []),
    "what looks like a pattern is only words": (("who-said-what", {"contains": "m.ters"}), []),
    "statements by topic and stance": (
        ("who-said-what", {"about": "data-sharing", "stance": "oppose"}),
        [{"statement": "voice-a"}],
    ),
    "statements of a time, sure or possible": (
        ("who-said-what", {"from": "2020-03-10", "to": "2020-03-10"}),
        [{"statement": "low-b", "certainty": "possible"}, {"statement": "low-a", "certainty": "sure"}],
    ),
    "two accounts of a state": (
        ("status-on", {"instrument": "water-pact", "date": "2020-02-20"}),
        [
            {
                "status": "in-effect",
                "according_to": "b-news",
                "since": "2020-01",
                "until": "2020-03-10",
                "certainty": "sure",
                "event": "pact-begins",
                "ended_by": "low-speaks",
                "evidence": [{**PLACE_B2, "text": None}],
                "claims": ["on"],
            },
            {
                "status": "withdrawn",
                "according_to": "voice",
                "until": None,
                "certainty": "possible",
                "event": None,
            },
        ],
    ),
    "a state that may already hold": (
        ("status-on", {"instrument": "water-pact", "date": "2020-01-10"}),
        [{"status": "in-effect", "certainty": "possible"}],
    ),
    "one account of a state": (
        ("status-on", {"instrument": "water-pact", "date": "2020-02-20", "according-to": "voice"}),
        [{"status": "withdrawn"}],
    ),
    "the states of an instrument through time": (
        ("status-history", {"instrument": "water-pact"}),
        [
            {
                "instrument": "water-pact",
                "status": "in-effect",
                "according_to": "b-news",
                "since": "2020-01",
                "until": "2020-03-10",
                "earliest": "2020-01-01",
                "latest": "2020-03-10",
                "sure_from": "2020-01-31",
                "sure_to": "2020-03-09",
                "goes_on": "no",
                "event": "pact-begins",
                "ended_by": "low-speaks",
                "claims": ["on"],
            },
            {
                "status": "withdrawn",
                "according_to": "voice",
                "earliest": "2020-02-15",
                "latest": None,
                "sure_from": None,  # its end is not known, so no day is sure
                "sure_to": None,
                "goes_on": "no",
            },
        ],
    ),
    "the states of every instrument by one account": (
        ("status-history", {"according-to": "voice"}),
        [{"instrument": "water-pact", "status": "withdrawn"}],
    ),
    "changes of an instrument": (
        ("what-changed", {"instrument": "water-pact", "from": "2020-01", "to": "2020-12"}),
        [
            {"change": "event", "event": "pact-begins", "sources": ["b-news"]},
            {"change": "status-opened", "event": "pact-begins", "status": "in-effect", "when": "2020-01"},
            {"change": "status-opened", "event": None, "status": "withdrawn", "when": "2020-02-15"},
            {"change": "event", "event": "low-speaks"},
            {"change": "status-closed", "event": "low-speaks", "status": "in-effect", "when": "2020-03-10"},
        ],
    ),
    "an office by its wordings": (
        ("held-on", {"person": "ann-low"}),
        [
            {
                "post": "water-minister",
                "named_as": "minister for water",
                "source": "a-news",
                "start": 80,
                "end": 98,
                "text_is": "printed",
            },
            {
                "post": "water-minister",
                "named_as": "Minister for Water",
                "source": "a-news",
                "from": None,
                "to": None,
            },
        ],
    ),
    "an organisation's office holder and its name then": (
        ("held-on", {"organisation": "water-office", "date": "2019-06-01"}),
        [
            {"person": "ann-low", "certainty": "possible"},
            {"person": "ann-low", "certainty": "possible"},
            {"person": None, "named_as": "Board of Water", "to": "2019", "certainty": "possible"},
        ],
    ),
    "an office on the day for which it is attested": (
        ("held-on", {"organisation": "water-office", "date": "2020-03-10"}),
        [{"person": "ann-low", "certainty": "sure"}, {"person": "ann-low", "certainty": "sure"}],
    ),
    "positions by date, with parts in events": (
        ("positions", {"actor": "ann-low"}),
        [
            {"statement": "low-b", "stance": "mixed", "when": "2020-03"},
            {
                "event": "low-speaks",
                "stance": "support",
                "act": "announcement",
                "text_is": "ours",
                "source": "a-news",
            },
            {
                "statement": "low-a",
                "stance": "support",
                "act": "said",
                "role": "Minister for Water",
                "start": 100,
                "end": 136,
            },
            {"event": "low-speaks", "stance": "support", "source": "b-news"},
        ],
    ),
    "positions of a body are those of its spokespeople too": (
        ("positions", {"actor": "water-office"}),
        [{"statement": "voice-a", "speaker": "voice", "stance": "oppose"}],
    ),
    "claims with their places, outside ones without": (
        ("disagreements", {"kind": "fact"}),
        [
            {
                "disagreement": "on-or-off",
                "resolution": "open",
                "about": ["data-sharing"],
                "claims": [
                    {
                        **PLACE_B2,
                        "claim": "on",
                        "value": "the pact is on",
                        "said_by": "b-news",
                        "text": "the pact is on",
                        "text_is": "ours",
                    },
                    {
                        "claim": "off",
                        "value": "the pact is off",
                        "said_by": "ann-low",
                        "source": "gazette",
                        "source_file": None,
                        "start": None,
                        "end": None,
                        "text": "the pact is off",
                        "text_is": "ours",
                    },
                ],
            }
        ],
    ),
    "evidence of a statement": (
        ("evidence", {"id": "low-a"}),
        [
            {
                "source": "a-news",
                "start": 100,
                "end": 114,
                "text": "We won’t stop.",
                "text_is": "printed",
                "kind": "statement",
            },
            {"source": "a-news", "start": 120, "end": 136, "text": "The meters stay.", "kind": "statement"},
        ],
    ),
    "evidence of an event by its IRI": (
        ("evidence", {"id": "https://w3id.org/onrecord/id/event/low-speaks"}),
        [
            {
                "start": 200,
                "end": 260,
                "text": "She speaks.",
                "text_is": "ours",
                "kind": "account",
                "of": "a-low",
            }
        ],
    ),
    "evidence of a date from outside": (
        ("evidence", {"id": "pact-begins"}),
        [
            {
                "source": "gazette",
                "source_file": None,
                "start": None,
                "text": "Gazette, page 3",
                "kind": "document",
                "of": "pact-begins",
            }
        ],
    ),
    "evidence by an outside identifier": (
        ("evidence", {"id": "doi:10.1/letter"}),
        [{"kind": "citation", "of": "c1", "start": 200}],
    ),
    "evidence of an actor": (
        ("evidence", {"id": "ann-low"}),
        [
            {"kind": "mention", "start": 80, "text": "minister for water"},
            {"kind": "wording", "start": 80, "of": "a-office"},
        ],
    ),
    "evidence of a source is its capture": (
        ("evidence", {"id": "a-news"}),
        [{"kind": "capture", "source_file": "a.txt", "start": 0, "end": 900}],
    ),
    "figures keep their bound and unit": (
        ("figures", {}),
        [
            {
                "figure": "readings",
                "amount": 8127,
                "bound": "exactly",
                "unit": "request",
                "subject": "water-office",
                "when": "2019",
                "source": "b-news",
                "source_file": "b.txt",
                "start": 70,
                "end": 90,
                "reported_by": None,
            },
            {
                "figure": "share",
                "amount": 12.5,
                "bound": "less-than",
                "text": "Share read",
                "text_is": "ours",
            },
        ],
    ),
    "figures of a subject": (("figures", {"subject": "ann-low"}), [{"figure": "share"}]),
    "provisions by passage": (
        ("provisions", {"instrument": "water-pact"}),
        [
            {
                "provision": "clause-1",
                "kind": "criterion",
                "text": "Meters may be read.",
                "text_is": "ours",
                "according_to": "water-pact",
                "source": "b-news",
                "start": 70,
                "end": 90,
            }
        ],
    ),
    "references from and to a document": (
        ("citations", {"document": "old-letter", "depth": "1"}),
        [
            {
                "from": "old-letter",
                "relation": "contains",
                "to": "voice-a",
                "direction": "refers",
                "depth": 1,
            },
            {
                "from": "a-news",
                "relation": "quotes",
                "to": "old-letter",
                "direction": "referred-to",
                "source": "a-news",
            },
            {"from": "voice-a", "relation": "reported-by", "to": "old-letter", "direction": "referred-to"},
        ],
    ),
    "second-hand words are reached through who tells them": (
        ("citation-path", {"from": "a-news", "to": "voice"}),
        [
            {"step": 1, "from": "a-news", "relation": "quotes", "to": "old-letter"},
            {"step": 2, "from": "old-letter", "relation": "contains", "to": "voice-a"},
            {"step": 3, "from": "voice-a", "relation": "attributed-to", "to": "voice"},
        ],
    ),
    "a chain that is too long for the depth falls back to the printing": (
        ("citation-path", {"from": "a-news", "to": "voice", "depth": "2"}),
        [{"from": "a-news", "relation": "reports", "to": "voice-a"}, {"relation": "attributed-to"}],
    ),
    "days as a range": (
        ("duration", {"from": "pact-begins", "to": "low-speaks"}),
        [
            {
                "days": None,
                "earliest_days": 39,
                "latest_days": 69,
                "from_when": "2020-01",
                "to_when": "2020-03-10",
            }
        ],
    ),
    "days from an undated event": (
        ("duration", {"from": "leak", "to": "low-speaks"}),
        [{"days": None, "earliest_days": None, "latest_days": None}],
    ),
    "documents of an author": (
        ("documents", {"author": "ann-low"}),
        [
            {
                "document": "old-letter",
                "kind": "letter",
                "mentioned_in": ["a-news"],
                "identifiers": ["doi:10.1/letter"],
                "basis": "stated",
            }
        ],
    ),
    "documents of a kind": (
        ("documents", {"kind": "news-article"}),
        [{"document": "a-news", "publisher": "a-paper", "mentioned_in": []}, {"document": "b-news"}],
    ),
    "actors of a kind": (
        ("actors", {"kind": "person"}),
        [
            {
                "actor": "ann-low",
                "names": ["Dr Low", "minister for water"],
                "roles": ["Minister for Water", "minister for water"],
                "posts": ["water-minister"],
                "mentioned_in": ["a-news", "b-news"],
                "basis": "stated",
            }
        ],
    ),
    "gaps, curated and found": (
        ("gaps", {"dossier": "water"}),
        [
            {"gap": "not-stated", "rule": "curated", "about": "water-pact", "record": "who-signed"},
            {"gap": "no-primary-document", "about": "pact-off"},
            {"gap": "single-source", "about": "leak"},
            {"gap": "single-source", "about": "pact-begins", "rule": "Only one source tells it."},
            {"gap": "undated", "about": "leak"},
            {"gap": "unnamed-speaker", "about": "voice-a"},
        ],
    ),
    "counts by speaker and month": (
        ("counts", {"by": "speaker,month"}),
        [
            {"speaker": "ann-low", "month": "2020-03", "statements": 2},
            {"speaker": "voice", "month": None, "statements": 1},
        ],
    ),
    "counts of all": (("counts", {}), [{"statements": 3}]),
    "counts by organisation": (
        ("counts", {"by": "organisation", "source": "a-news"}),
        [{"organisation": "water-office", "statements": 2}],
    ),
}


@pytest.mark.parametrize("case", ROWS.values(), ids=ROWS)
def test_rows_are_those_of_the_record(
    water: Gateway, questions: Questions, case: tuple[Ask, list[Mapping[str, Any]]]
) -> None:
    (name, parameters), expected = case
    answer = questions.answer(water, name, parameters)
    found = [
        {column: row[column] for column in part} for row, part in zip(answer.rows, expected, strict=False)
    ]
    assert found == [dict(part) for part in expected]
    assert answer.total == len(answer.rows) == len(expected)
    assert all(list(row) == list(answer.columns) for row in answer.rows)


def test_every_question_has_a_case(questions: Questions) -> None:
    asked = {name for (name, _), _ in ROWS.values()}
    assert {question.name for question in questions} - asked <= {"dossiers", "participants"}


def test_a_page_has_the_whole_total(water: Gateway, questions: Questions) -> None:
    page = questions.answer(water, "timeline", {"limit": "1", "offset": "1"})
    assert ([row["event"] for row in page.rows], page.total) == (["low-speaks"], 3)
    assert page.as_json()["complete"] is True
    assert questions.answer(water, "timeline", {"offset": "9"}).total == 3


LEFT_OUT = "1 retracted record is left out: slip (the question corrections says why)"
RETRACTED = "'slip' was retracted, 2020-07: These are a reporter’s words. (correction 2)"


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("who-said-what", {"speaker": "ann-low"}),
        ("who-said-what", {"contains": "nobody was asked"}),
        ("counts", {"by": "stance"}),
        ("positions", {"actor": "ann-low"}),
        ("citations", {"document": "b-news"}),
        ("citation-path", {"from": "b-news", "to": "ann-low"}),
    ],
)
def test_a_retracted_statement_is_left_out_and_the_note_says_so(
    water: Gateway, questions: Questions, name: str, given: dict[str, str]
) -> None:
    answer = questions.answer(water, name, given)
    assert answer.notes.count(LEFT_OUT) == 1
    assert "slip" not in str(answer.rows)


def test_nothing_is_said_of_retractions_where_none_is_left_out(water: Gateway, questions: Questions) -> None:
    notes = questions.answer(water, "who-said-what", {"source": "a-news"}).notes
    assert not [note for note in notes if "retracted" in note]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("evidence", {"id": "slip"}),
        ("citations", {"document": "slip"}),
        ("citation-path", {"from": "b-news", "to": "slip"}),
    ],
)
def test_asked_for_by_its_own_name_a_retracted_statement_is_shown_with_the_reason(
    water: Gateway, questions: Questions, name: str, given: dict[str, str]
) -> None:
    answer = questions.answer(water, name, given)
    assert answer.notes.count(RETRACTED) == 1
    assert LEFT_OUT not in answer.notes
    assert "slip" in str(answer.rows)


def test_evidence_tells_of_a_correction(water: Gateway, questions: Questions) -> None:
    notes = questions.answer(water, "evidence", {"id": "low-b"}).notes
    assert "'low-b' was corrected, 2020-06-02: She spoke in March, not in May. (correction 1)" in notes


def test_notes_say_what_was_searched_and_what_was_left_out(water: Gateway, questions: Questions) -> None:
    notes = questions.answer(water, "timeline", {"from": "2020"}).notes
    assert "1 undated events left out: no date is known" in notes
    assert "sources searched: a-news, b-news" in notes
    assert any(note.startswith("cut_off: 2020-03-31") for note in notes)


@pytest.mark.parametrize(
    ("name", "parameters", "message", "near"),
    [
        ("timelime", {}, "no question 'timelime'", "timeline"),
        ("timeline", {"form": "2020"}, "no parameter 'form'", "from"),
        ("timeline", {"kind": "anouncement"}, "not a value of 'kind'", "announcement"),
        ("timeline", {"actor": "ann-lowe"}, "nothing on record is called 'ann-lowe'", "ann-low"),
        ("who-said-what", {"source": "old-letter"}, "not a source", None),
        ("who-said-what", {"speaker": "water-pact"}, "'water-pact' is an instrument", None),
        ("who-said-what", {"about": "data-sharin"}, "data-sharin", "data-sharing"),
        ("evidence", {"id": "nothing-like-it"}, "nothing on record", None),
        ("counts", {"by": "speeker"}, "does not take 'speeker'", "speaker"),
        ("timeline", {"actor": 'x" } #'}, "is not a slug", None),
        ("timeline", {"actor": f"{BASE}id/event/ann-low"}, "nothing on record has the IRI", None),
        ("evidence", {"id": f"{BASE}id/event/ann-low"}, "nothing on record has the IRI", None),
    ],
)
def test_an_unknown_name_names_the_nearest(
    water: Gateway,
    questions: Questions,
    name: str,
    parameters: dict[str, str],
    message: str,
    near: str | None,
) -> None:
    with pytest.raises(UnknownName, match=message) as error:
        questions.answer(water, name, parameters)
    if near is not None:
        assert error.value.near[0] == near


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("status-on", {"instrument": "water-pact"}, "needs 'date'"),
        ("status-on", {"instrument": "water-pact", "date": "2020-13"}, "'date' is not a date"),
        ("timeline", {"limit": "many"}, "'limit'"),
        ("citations", {"document": "a-news", "depth": "99"}, "'depth' is 99"),
        ("who-said-what", {"contains": "  "}, "at least one word"),
    ],
)
def test_a_wrong_value_is_a_usage_error(
    water: Gateway, questions: Questions, name: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        questions.answer(water, name, parameters)


@pytest.mark.parametrize(
    "words", ['"', "\\", "'} SERVICE <http://x/> {", ") . ?a ?b ?c #", "\\u0022", "(?i)", "$^.*"]
)
def test_what_a_reader_types_never_becomes_query_text(
    water: Gateway, questions: Questions, words: str
) -> None:
    assert questions.answer(water, "who-said-what", {"contains": words}).total == 0


def test_the_query_that_is_shown_is_the_one_that_is_run(water: Gateway, questions: Questions) -> None:
    parameters = {"speaker": "ann-low"}
    answer = questions.answer(water, "who-said-what", parameters)
    assert answer.query == questions.query_text("who-said-what", parameters)
    rows = [row["statement"]["value"] for row in water.query(answer.query).rows]
    assert [slug for slug in rows if slug != "slip"] == [row["statement"] for row in answer.rows]
    assert len(rows) == answer.total + 1, "the query itself knows nothing of retractions"


def test_every_file_is_valid_with_all_and_with_no_parameters(water: Gateway, questions: Questions) -> None:
    for question in questions:
        water.query(question.body)


def test_values_are_listed_for_parameters_of_fixed_words(questions: Questions) -> None:
    values = questions.parameter_values()
    assert "announcement" in values["timeline.kind"]
    assert values["who-said-what.stance"] == ["mixed", "neutral", "oppose", "support"]
    assert "month" in values["counts.by"]


def test_values_are_listed_for_columns_of_concepts(questions: Questions) -> None:
    values = questions.parameter_values()
    assert values["what-changed.change"] == ["event", "status-closed", "status-opened"]
    assert "single-source" in values["gaps.gap"]
    assert "suspended" in values["status-on.status"]


def test_the_values_of_a_column_of_concepts_are_those_that_are_listed(
    water: Gateway, questions: Questions
) -> None:
    values = questions.parameter_values()
    given = {
        "status-on": {"instrument": "water-pact", "date": "2020-03-01"},
        "what-changed": {"from": "2019", "to": "2021"},
        "positions": {"actor": "water-office"},
    }
    for question in questions:
        schemes = [column.name for column in question.described if column.scheme]
        if schemes:
            rows = questions.answer(water, question.name, given.get(question.name)).rows
            assert rows
            for name in schemes:
                assert {row[name] for row in rows} - {None} <= set(values[f"{question.name}.{name}"])


@pytest.mark.parametrize("name", ["held-on", "what-changed"])
def test_what_is_asked_of_nobody_in_particular_is_answered_for_all(
    water: Gateway, questions: Questions, name: str
) -> None:
    interval = {"from": "2019", "to": "2021"} if name == "what-changed" else {}
    everything = questions.answer(water, name, interval)
    one = {"held-on": {"organisation": "water-office"}, "what-changed": {"instrument": "water-pact"}}[name]
    some = questions.answer(water, name, interval | one)
    assert some.total > 0
    assert [row for row in some.rows if row not in everything.rows] == []


def test_counting_twice_by_the_same_word_is_counting_once_by_it(water: Gateway, questions: Questions) -> None:
    answer = questions.answer(water, "counts", {"by": "speaker,month,speaker"})
    assert answer.columns == ["speaker", "month", "statements"]
