"""The published questions, in our words, with the answers that the articles give."""

from .case import Case, Containing, Rows, both, one

MOU = "nhs-digital-home-office-mou"
NO_LONGER = (
    "No longer will the names of overstayers and illegal entrants be sought against health service records "
    "to find current address details."
)


def _amounts(rows: Rows) -> dict[str, float]:
    return {row["figure"]: row["amount"] for row in rows}


def _requests(answers: list[Rows]) -> int:
    return sum(
        row["amount"] for row in answers[0] if row["bound"] == "exactly" and row["when"] == "2016-01/2016-11"
    )


def _approved(answers: list[Rows]) -> int:
    parts = {row["indicator"]: row["amount"] for row in answers[0] if row["bound"] == "exactly"}
    return int(parts["tracing-requests-traced"] + parts["tracing-requests-untraced"])


def _traced_shares(answers: list[Rows]) -> dict[str, float]:
    exact = {
        (row["subject"], row["indicator"]): row["amount"]
        for row in answers[0]
        if row["bound"] == "exactly" and row["when"] == "2016-01/2016-11"
    }
    bodies = ("home-office", "police", "national-crime-agency")
    return {
        body: round(100 * exact[body, "tracing-requests-traced"] / exact[body, "tracing-requests"], 1)
        for body in bodies
    }


def _incomparable(answers: list[Rows]) -> set[tuple[str, str]]:
    return {(row["unit"], row["when"]) for row in answers[0] if row["amount"] in (3000, 8127)}


def _quoted_paragraphs(answers: list[Rows]) -> int:
    return sum(
        len(row["segments"])
        for row in answers[0]
        if row["in_document"] == "committee-letter" and row["mode"] == "document"
    )


PUBLISHED: tuple[Case, ...] = (
    one(
        "cq-001",
        "who-said-what-when",
        "Which person found using patients' data this way unacceptable, in which role, where?",
        "who-said-what",
        {"contains": "unacceptable"},
        {
            "speaker": "diane-abbott",
            "role": "Shadow home secretary",
            "source": "publictechnology",
            "text": "unacceptable\n\nit should stop now",
            "when": "[2017-01-24..2017-01-26]",
            "date_basis": "outside",
        },
        total=1,
    ),
    one(
        "cq-003",
        "who-said-what-when",
        "What did Margot James say word for word about overstayers, and who prints it?",
        "who-said-what",
        {"speaker": "margot-james", "contains": "overstayers"},
        {"source": "digit", "text": NO_LONGER},
        {"source": "gponline", "text": Containing(NO_LONGER)},
        total=2,
    ),
    one(
        "cq-005",
        "who-said-what-when",
        "Who was delighted, and at what?",
        "who-said-what",
        {"contains": "delighted"},
        {"speaker": "sarah-wollaston", "source": "digit", "about": Containing("restriction")},
        {"speaker": "rita-chadha", "source": "ein", "about": Containing("withdrawal-of-agreement")},
        total=2,
    ),
    one(
        "cq-007",
        "who-said-what-when",
        "Who spoke of complicity, and whose?",
        "who-said-what",
        {"contains": "complicit"},
        {
            "speaker": "privacy-and-immigration-rights-groups",
            "source": "digit",
            "description": Containing("NHS"),
        },
        {
            "speaker": "lara-ten-caten",
            "source": "ein",
            "text": Containing("doctors and nurses who had become complicit"),
        },
        total=2,
    ),
    one(
        "cq-009",
        "who-said-what-when",
        "All that Sarah Wilkinson said, when, and where she stood",
        "who-said-what",
        {"speaker": "sarah-wilkinson"},
        {"text": "rigorous process", "when": "2018-04", "stance": "support"},
        {
            "text": Containing("willingness to adapt its tracing requests to better align"),
            "when": "2018-05-09~",
            "stance": "mixed",
        },
        {
            "text": Containing("We understand the Home Office will limit its requests immediately."),
            "when": "2018-05-09~",
            "stance": "mixed",
        },
        total=3,
        values={"source": {"gponline"}},
    ),
    one(
        "cq-011",
        "who-said-what-when",
        "John Chisholm's words and role",
        "who-said-what",
        {"speaker": "john-chisholm"},
        {
            "role": "BMA medical ethics committee chair",
            "text": Containing("This is a positive step which recognises our widespread concerns"),
            "source": "gponline",
        },
        total=1,
        derived=(lambda answers: len(answers[0][0]["segments"]), 2),
    ),
    one(
        "cq-013",
        "who-said-what-when",
        "What was said to the Health and Social Care Committee?",
        "who-said-what",
        {},
        {
            "addressee": "health-and-social-care-committee",
            "speaker": "committee-witness-antenatal",
            "named_as": "one woman",
            "source": "digit",
            "mode": "indirect",
        },
        {
            "addressee": "health-and-social-care-committee",
            "speaker": "caroline-nokes",
            "named_as": "Caroline Noakes",
            "text": "a range of measures",
            "source": "huffpost-uk",
        },
        {
            "addressee": "health-and-social-care-committee",
            "speaker": "caroline-nokes",
            "named_as": "she",
            "text": Containing("We do not wish to deter anybody from seeking healthcare where necessary"),
        },
        derived=(lambda a: sum(r["addressee"] == "health-and-social-care-committee" for r in a[0]), 3),
    ),
    one(
        "cq-015",
        "who-said-what-when",
        "Whose word is secret?",
        "who-said-what",
        {"contains": "secret"},
        {"speaker": "lara-ten-caten", "role": "lawyer for Liberty", "source": "ein"},
        total=1,
    ),
    both(
        "cq-017",
        "point-in-time",
        "Did the MoU apply on 1 June 2018, and to whom?",
        (
            "status-on",
            {"instrument": MOU, "date": "2018-06-01"},
            (
                {"status": "suspended", "according_to": "digit"},
                {"status": "suspended", "according_to": "ein"},
                {"status": "narrowed", "according_to": "gponline"},
            ),
        ),
        (
            "provisions",
            {"instrument": MOU, "kind": "narrowed-criterion"},
            (
                {"text": Containing("prison sentence of 12 months or more"), "source": "digit"},
                {"text": Containing("risk to the public"), "source": "digit"},
                {"text": NO_LONGER, "source": "digit"},
            ),
        ),
        values=({"status": {"suspended", "narrowed"}},),
    ),
    one(
        "cq-019",
        "point-in-time",
        "Did the MoU apply on 1 July 2017, and with what scope?",
        "status-on",
        {"instrument": MOU, "date": "2017-07-01"},
        {
            "status": "in-effect",
            "according_to": "publictechnology",
            "since": "2017-01-01",
            "date_basis": "outside",
            "certainty": "sure",
        },
        values={"status": {"in-effect"}},
    ),
    both(
        "cq-021",
        "point-in-time",
        "Had a new MoU replaced the old one by 14 November 2018?",
        ("status-on", {"instrument": MOU, "date": "2018-11-14"}, ()),
        (
            "who-said-what",
            {"speaker": "home-office-spokesperson-guardian"},
            (
                {
                    "text": Containing(
                        "We continue to work with NHS Digital on a new memorandum of understanding"
                    ),
                    "source": "ein",
                },
            ),
        ),
        derived=(lambda answers: any(row["status"] == "in-effect" for row in answers[0]), False),
    ),
    both(
        "cq-023",
        "point-in-time",
        "How did the MoU stand on 1 February 2018, and under what pressure?",
        (
            "status-on",
            {"instrument": MOU, "date": "2018-02-01"},
            ({"status": "in-effect", "according_to": "publictechnology"},),
        ),
        (
            "timeline",
            {"from": "2017-11-01", "to": "2018-01-31"},
            (
                {"event": "committee-letter-sent", "when": "2018-01-29"},
                {"event": "legal-challenge-announced", "when": "2017-11"},
            ),
        ),
        values=({"status": {"in-effect"}},),
    ),
    one(
        "cq-025",
        "role-at-time",
        "Every wording of the office in which Margot James announced",
        "held-on",
        {"person": "margot-james", "date": "2018-05-09"},
        {"source": "gponline", "certainty": "sure"},
        values={
            "named_as": {
                "Conservative Minister",
                "a minister in the Department for Digital, Culture, Media and Sport",
                "Digital and creative industries minister",
            }
        },
    ),
    both(
        "cq-027",
        "role-at-time",
        "Who led NHS Digital at the letter and at the announcement?",
        (
            "held-on",
            {"organisation": "nhs-digital", "date": "2018-01-29"},
            (
                {
                    "person": "sarah-wilkinson",
                    "post": "nhs-digital-chief-executive",
                    "certainty": "sure",
                    "source": "huffpost-uk",
                },
            ),
        ),
        (
            "held-on",
            {"organisation": "nhs-digital", "date": "2018-05-09"},
            (
                {
                    "person": "sarah-wilkinson",
                    "post": "nhs-digital-chief-executive",
                    "certainty": "sure",
                    "source": "gponline",
                },
            ),
        ),
    ),
    both(
        "cq-029",
        "role-at-time",
        "What name did the health department go by in January 2017 and in May 2018?",
        (
            "held-on",
            {"organisation": "department-of-health-and-social-care", "date": "2017-01"},
            ({"named_as": "Department of Health", "source": "publictechnology"},),
        ),
        (
            "held-on",
            {"organisation": "department-of-health-and-social-care", "date": "2018-05"},
            ({"named_as": "DHSC", "source": "gponline"},),
        ),
        values=(
            {"named_as": {"Department of Health"}},
            {"named_as": {"DHSC", "Department of Health and Social Care"}},
        ),
    ),
    one(
        "cq-031",
        "sequence-duration",
        "Days between the restriction and NHS Digital's confirmation",
        "duration",
        {"from": "sharing-restriction-announced", "to": "withdrawal-confirmed"},
        {
            "days": 177,
            "earliest_days": 177,
            "latest_days": 177,
            "from_when": "2018-05-09",
            "to_when": "2018-11-02",
            "from_basis": "outside",
            "to_basis": "relative",
        },
        total=1,
    ),
    one(
        "cq-033",
        "sequence-duration",
        "Days between taking effect and the confirmation of the end",
        "duration",
        {"from": "mou-takes-effect", "to": "withdrawal-confirmed"},
        {"days": 670, "from_when": "2017-01-01", "from_basis": "outside"},
        total=1,
    ),
    both(
        "cq-035",
        "sequence-duration",
        "Days from confirmation to MRN's report, and from that to the article",
        ("duration", {"from": "withdrawal-confirmed", "to": "mrn-reports-end"}, ({"days": 10},)),
        ("duration", {"from": "mrn-reports-end", "to": "ein-published"}, ({"days": 2},)),
    ),
    one(
        "cq-037",
        "sequence-duration",
        "Was Sarah Wilkinson's defence earlier than the announcement, and by how much?",
        "duration",
        {"from": "wilkinson-defends-mou", "to": "sharing-restriction-announced"},
        {
            "days": None,
            "from_when": "2018-04",
            "to_when": "2018-05-09",
            "earliest_days": 9,
            "latest_days": 38,
        },
        total=1,
    ),
    one(
        "cq-039",
        "sequence-duration",
        "What has a date from 1 January to 8 May 2018?",
        "timeline",
        {"from": "2018-01-01", "to": "2018-05-08"},
        {
            "event": "nokes-tells-committee",
            "when": "2018-01-16",
            "date_basis": "outside",
            "certainty": "sure",
        },
        {"event": "committee-letter-sent", "when": "2018-01-29", "certainty": "sure"},
        {
            "event": "huffpost-uk-published",
            "when": "2018-01-31",
            "date_basis": "outside",
            "certainty": "sure",
        },
        {"event": "committee-second-call", "when": "2018-04", "certainty": "sure"},
        {"event": "wilkinson-defends-mou", "when": "2018-04", "certainty": "sure"},
        lacks=({"event": "sharing-restriction-announced"},),
        derived=(lambda answers: sum(row["certainty"] == "sure" for row in answers[0]), 5),
    ),
    one(
        "cq-041",
        "sequence-duration",
        "How long after the debate did DIGIT publish?",
        "duration",
        {"from": "data-protection-bill-debate", "to": "digit-published"},
        {"days": 1},
        total=1,
    ),
    one(
        "cq-043",
        "counting",
        "How often had the committee called for an end, by DIGIT's count?",
        "figures",
        {"indicator": "calls-to-stop", "source": "digit"},
        {"amount": 2, "bound": "exactly", "unit": "occasion", "subject": "health-and-social-care-committee"},
        total=1,
    ),
    one(
        "cq-045",
        "counting",
        "How many paragraphs of the letter does HuffPost print?",
        "who-said-what",
        {"source": "huffpost-uk", "mode": "document"},
        derived=(_quoted_paragraphs, 7),
    ),
    one(
        "cq-047",
        "counting",
        "Which articles name Liberty?",
        "actors",
        {},
        derived=(
            lambda answers: next(row["mentioned_in"] for row in answers[0] if row["actor"] == "liberty"),
            ["digit", "ein"],
        ),
    ),
    one(
        "cq-049",
        "counting",
        "How many requests did the three bodies make in all?",
        "figures",
        {"indicator": "tracing-requests"},
        derived=(_requests, 11169),
    ),
    one(
        "cq-051",
        "figures",
        "How many requests were the Home Office's, and over which months?",
        "figures",
        {"indicator": "tracing-requests", "subject": "home-office"},
        {
            "amount": 8127,
            "bound": "exactly",
            "unit": "request",
            "when": "2016-01/2016-11",
            "date_basis": "stated",
            "source": "publictechnology",
        },
    ),
    one(
        "cq-053",
        "figures",
        "How many of the Home Office's requests were approved, traced or not?",
        "figures",
        {"subject": "home-office"},
        {"amount": 5854},
        {"amount": 1583},
        derived=(_approved, 7437),
    ),
    one(
        "cq-055",
        "figures",
        "What share of each body's requests was traced?",
        "figures",
        {},
        derived=(_traced_shares, {"home-office": 72.0, "police": 21.5, "national-crime-agency": 21.2}),
    ),
    one(
        "cq-057",
        "figures",
        "From what sentence on are data on offenders requested after the change?",
        "figures",
        {"indicator": "minimum-sentence"},
        {"amount": 12, "bound": "at-least", "unit": "month", "source": "digit"},
        total=1,
    ),
    one(
        "cq-059",
        "provisions",
        "Which data may the Home Office ask for?",
        "provisions",
        {"instrument": MOU, "kind": "data-item"},
        {"label": Containing("Last known address")},
        {"label": Containing("Date of birth")},
        {"label": Containing("Date of NHS registration")},
        total=3,
        values={"source": {"publictechnology"}},
    ),
    one(
        "cq-061",
        "provisions",
        "What is the Department of Health to do under the MoU?",
        "provisions",
        {"instrument": MOU, "kind": "oversight"},
        {"description": Containing("tells ministers"), "source": "publictechnology"},
        {"description": Containing("settle issues between NHS Digital and the Home Office")},
        total=2,
    ),
    one(
        "cq-063",
        "provisions",
        "For how long may information be held?",
        "provisions",
        {"instrument": MOU, "kind": "retention"},
        {
            "text": "will not be kept longer than is necessary for the purpose set out in this MoU",
            "text_is": "printed",
        },
        {"text": Containing("destroyed securely"), "text_is": "ours"},
        total=2,
    ),
    one(
        "cq-065",
        "provisions",
        "When is less public interest enough?",
        "provisions",
        {"instrument": MOU, "kind": "public-interest"},
        {"text": "the public interest threshold is lower", "label": Containing("non-clinical")},
        {
            "text": "where there are concerns regarding the safety or welfare of an individual, "
            "such as a vulnerable child or adult"
        },
    ),
    both(
        "cq-067",
        "conflict",
        "Suspended or narrowed? Whose word is which?",
        (
            "disagreements",
            {"kind": "wording", "about": "restriction"},
            ({"claims": Containing("suspend")}, {"claims": Containing("narrow")}),
        ),
        (
            "status-on",
            {"instrument": MOU, "date": "2018-06-01"},
            (
                {"status": "suspended", "according_to": "helen-stokes-lampard"},
                {"status": "suspended", "according_to": "ein"},
                {"status": "narrowed", "according_to": "gponline"},
            ),
        ),
        derived=(
            lambda answers: (
                {"digit", "gponline", "ein"} <= {c["source"] for row in answers[0] for c in row["claims"]}
            ),
            True,
        ),
    ),
    one(
        "cq-069",
        "conflict",
        "Do 3,000 and 8,127 speak against each other?",
        "figures",
        {},
        derived=(_incomparable, {("patient", "2017"), ("request", "2016-01/2016-11")}),
        notes=("not comparable",),
    ),
    one(
        "cq-071",
        "conflict",
        "Noakes or Nokes?",
        "disagreements",
        {"kind": "naming"},
        {
            "label": Containing("immigration minister"),
            "resolution": "settled-outside",
            "claims": Containing("Noakes"),
        },
        {"label": Containing("immigration minister"), "claims": Containing("Nokes")},
    ),
    one(
        "cq-073",
        "conflict",
        "Who calls the data confidential, and who plays their nature down?",
        "disagreements",
        {"kind": "judgement"},
        {"label": Containing("confidential")},
        derived=(
            lambda answers: {
                claim["source"]
                for row in answers[0]
                if row["disagreement"] == "confidential-or-non-clinical"
                for claim in row["claims"]
            },
            {"huffpost-uk", "gponline", "ein", "publictechnology"},
        ),
    ),
    both(
        "cq-075",
        "conflict",
        "On 12 November 2018: over, or about to be?",
        (
            "status-on",
            {"instrument": MOU, "date": "2018-11-12"},
            (
                {"status": "withdrawn", "according_to": "migrants-rights-network"},
                {"status": "withdrawal-confirmed", "according_to": "liberty"},
                {"status": "withdrawal-confirmed", "according_to": "ein"},
            ),
        ),
        ("gaps", {"kind": "not-stated"}, ({"about": MOU, "label": Containing("day the memorandum ended")},)),
    ),
    one(
        "cq-077",
        "provenance",
        "Where is it printed that the restriction was announced?",
        "evidence",
        {"id": "sharing-restriction-announced"},
        {"source": "digit"},
        {"source": "gponline"},
        {"source": "ein"},
        lacks=({"source": "huffpost-uk"}, {"source": "publictechnology"}),
    ),
    one(
        "cq-079",
        "provenance",
        "Where is the date printed on which the MoU took effect?",
        "timeline",
        {"kind": "entry-into-effect"},
        {
            "event": "mou-takes-effect",
            "sources": ["publictechnology"],
            "when": "2017-01-01",
            "date_basis": "outside",
        },
        total=1,
    ),
    both(
        "cq-081",
        "provenance",
        "Who says that an amendment was tabled and accepted?",
        ("timeline", {"kind": "amendment-tabled"}, ({"sources": ["digit"]},)),
        ("timeline", {"kind": "amendment-accepted"}, ({"sources": ["digit"]},)),
        total=(1, 1),
    ),
    one(
        "cq-083",
        "provenance",
        "Where is it printed that the committee called for a stop in January 2018?",
        "timeline",
        {"from": "2018-01-29", "to": "2018-01-29", "actor": "health-and-social-care-committee"},
        {"event": "committee-letter-sent", "sources": ["digit", "huffpost-uk"]},
    ),
    one(
        "cq-085",
        "citation-path",
        "How does HuffPost come to the low end of the spectrum of confidentiality?",
        "citation-path",
        {"from": "huffpost-uk", "to": "minister-quoted-in-letter"},
        {"step": 1, "from": "huffpost-uk", "to": "committee-letter"},
        {"step": 2, "from": "committee-letter", "to": "huffpost-uk-minister-low-end"},
        {"step": 3, "to": "minister-quoted-in-letter"},
        total=3,
    ),
    one(
        "cq-087",
        "citation-path",
        "Who passes on words that another newspaper was given?",
        "citations",
        {"document": "the-guardian", "depth": "2"},
        {"from": "ein", "to": "the-guardian"},
        {"from": "ein-home-office-spokesperson", "to": "the-guardian"},
    ),
    one(
        "cq-089",
        "citation-path",
        "Who prints words of the committee's letter?",
        "citations",
        {"document": "committee-letter", "depth": "1"},
        {"from": "huffpost-uk", "relation": "quotes", "to": "committee-letter"},
        derived=(
            lambda answers: {
                row["from"]
                for row in answers[0]
                if row["relation"] == "quotes" and row["direction"] == "referred-to"
            },
            {"huffpost-uk"},
        ),
    ),
    both(
        "cq-091",
        "negative",
        "Paul Williams's words?",
        ("who-said-what", {"speaker": "paul-williams"}, ()),
        ("gaps", {}, ({"about": "paul-williams", "gap": "not-stated"},)),
        total=(0, None),
    ),
    one(
        "cq-093",
        "negative",
        "Was the MoU ruled unlawful?",
        "gaps",
        {"dossier": "nhs-data-sharing"},
        {"label": Containing("court ruled"), "gap": "not-stated", "about": "legal-challenge"},
    ),
    both(
        "cq-095",
        "negative",
        "When exactly was the case put on hold?",
        ("gaps", {}, ({"label": Containing("put on hold"), "about": "legal-challenge-on-hold"},)),
        ("timeline", {"kind": "hold"}, ({"event": "legal-challenge-on-hold", "sources": ["ein"]},)),
        derived=(lambda a: a[1][0]["earliest"] != a[1][0]["latest"], True),
    ),
    both(
        "cq-097",
        "negative",
        "Who was the committee's chair?",
        ("held-on", {"organisation": "health-and-social-care-committee"}, ()),
        ("gaps", {}, ({"label": Containing("chaired"), "about": "health-and-social-care-committee"},)),
        values=({"person": {None}},),
    ),
    both(
        "cq-099",
        "negative",
        "Doctors of the World on the deal?",
        ("who-said-what", {"organisation": "doctors-of-the-world"}, ()),
        ("gaps", {}, ({"about": "doctors-of-the-world", "gap": "not-stated"},)),
        total=(0, None),
    ),
    one(
        "cq-101",
        "negative",
        "Does any article have clinical records shared?",
        "gaps",
        {},
        {"label": Containing("clinical records"), "gap": "not-stated", "about": MOU},
    ),
)
