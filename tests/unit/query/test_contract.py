"""The published contract of the named questions: what others rely on is there, by name."""

import pytest

from onrecord.query import Questions

# question → parameters (`!` marks those that must be given), columns
CONTRACT = {
    "timeline": (
        "from to actor kind source dossier document",
        "event label kind when earliest latest date_basis date_note certainty participants sources",
    ),
    "who-said-what": (
        "speaker organisation about source from to contains mode stance",
        "statement speaker speaker_label named_as role mode text segments when earliest latest date_basis "
        "venue addressee about stance reported_by published_by source source_file start end text_is "
        "certainty",
    ),
    "status-on": (
        "instrument! date! according-to",
        "status according_to since until event evidence certainty",
    ),
    "what-changed": ("instrument dossier from! to!", "change event label when sources"),
    "held-on": ("organisation person date", "person post organisation named_as from to source"),
    "positions": ("actor! about", "when act stance statement text role source text_is"),
    "disagreements": ("about kind", "disagreement kind label claims resolution"),
    "evidence": ("id!", "source source_file start end text text_is kind"),
    "figures": (
        "indicator subject source",
        "figure label amount bound unit subject when reported_by source source_file start end",
    ),
    "provisions": (
        "instrument!",
        "provision label kind text source source_file start end according_to text_is",
    ),
    "citations": ("document! depth", "from relation to evidence source depth"),
    "citation-path": ("from! to!", "step from relation to evidence"),
    "duration": ("from! to!", "days earliest_days latest_days from_when to_when"),
    "documents": ("kind author", "document label kind when authors recipients mentioned_in basis"),
    "actors": ("kind", "actor label kind names roles mentioned_in basis"),
    "gaps": ("dossier", "gap label rule about"),
    "counts": ("by speaker organisation about source from to contains mode stance", "statements"),
}


@pytest.mark.parametrize("name", CONTRACT)
def test_a_question_has_its_parameters_and_columns(questions: Questions, name: str) -> None:
    parameters, columns = CONTRACT[name]
    question = questions.require(name)
    required = {parameter.name: parameter.required for parameter in question.parameters}
    for parameter in [*parameters.split(), "limit", "offset"]:
        assert required[parameter.rstrip("!")] is parameter.endswith("!")
    assert set(columns.split()) <= set(question.columns)


def test_claims_and_segments_have_their_fields(questions: Questions) -> None:
    fields = {
        column.name: [name for name, _ in column.fields]
        for name in ("disagreements", "who-said-what")
        for column in questions.require(name).described
    }
    assert {"value", "said_by", "source", "source_file", "start", "end", "text"} <= set(fields["claims"])
    assert fields["segments"] == ["start", "end", "text"]
