"""Each check of the whole is seen failing on the example with one thing changed."""

import shutil
from pathlib import Path

import pytest

from onrecord.authoring import read
from onrecord.checking import arithmetic, chronology, sanity
from onrecord.findings import Finding
from onrecord.model import Figure, Register, SourceFile
from onrecord.terms import load_kinds
from onrecord.text import read_captures

REPO = Path(__file__).resolve().parents[3]
EXAMPLE = REPO / "tests" / "data" / "example"
NOTE = "river-post.yaml:176:5: OR404 note"
"""The example's own figures do not add up, on purpose."""


def checked(data: Path) -> list[Finding]:
    register, findings = read(data, load_kinds(REPO / "ontology"))
    assert [f for f in findings if f.severity == "error"] == []
    captures, _ = read_captures(data / "captures", register.sources)
    return sanity.check(register, captures)


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """The example with the first `old` of a file replaced."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the example has no {old!r} in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return data


def test_the_example_is_sound() -> None:
    (note,) = checked(EXAMPLE)
    assert NOTE in str(note)
    assert note.severity == "note"
    assert "2,900 + 1,100 leaves at least 127 of 4,127 unexplained" in note.message


RIVER, WIRE, COURIER = (f"sources/{slug}.yaml" for slug in ("river-post", "valley-wire", "town-courier"))
DOSSIER, ACTORS, DOCUMENTS = "dossiers/readers-records.yaml", "actors/actors.yaml", "documents/documents.yaml"
EVENT = "    about:\n      - confidentiality\n\n  - id: announcement-of-change"
CASES = [
    ("a statement before the tenure", "OR401", "warning", ACTORS, '"2030-05/.."', '"2031-04/.."', "date:"),
    (
        "somebody else's tenure",
        "OR402",
        "error",
        RIVER,
        "capacity: brandt-chair",
        "capacity: okoro-minister",
        "capacity:",
    ),
    (
        "a participant with somebody else's tenure",
        "OR402",
        "error",
        DOSSIER,
        "capacity: okoro-minister",
        "capacity: brandt-chair",
        "capacity:",
    ),
    (
        "a part outside its whole",
        "OR403",
        "warning",
        DOSSIER,
        EVENT,
        EVENT.replace("    about", "    part_of: announcement-of-change\n    about"),
        "date:",
    ),
    ("parts that exceed their whole", "OR404", "warning", RIVER, "amount: 2900", "amount: 4100", "amount:"),
    (
        "a status without date",
        "OR405",
        "warning",
        COURIER,
        '    said_by: town-courier\n    date:\n      when: "2031-03-20"\n      basis: inferred\n',
        "    said_by: town-courier\n",
        "id:",
    ),
    (
        "two states at once",
        "OR406",
        "warning",
        DOSSIER,
        "according_to: town-courier",
        "according_to: open-shelves",
        "date:",
    ),
    (
        "a period that starts before its event",
        "OR407",
        "warning",
        DOSSIER,
        '"2031-03-20/.."',
        '"2031-02/.."',
        "opened_by:",
    ),
    (
        "an outside date without document",
        "OR408",
        "error",
        COURIER,
        "  documents:\n    - names-act\n",
        "",
        "published:",
    ),
    (
        "a stated year that is not printed",
        "OR409",
        "error",
        RIVER,
        '"2031-03-14"',
        '"2032-03-14"',
        "published:",
    ),
    (
        "a direct statement without quotations",
        "OR410",
        "error",
        WIRE,
        "mode: direct",
        "mode: indirect",
        "mode:",
    ),
    (
        "a mixed statement without description",
        "OR410",
        "error",
        WIRE,
        "    description: Open Shelves will go on watching how the agreement is used.\n",
        "",
        "mode:",
    ),
    ("a statement without stance", "OR411", "warning", WIRE, "    stance: oppose\n", "", "id:"),
    (
        "a relative date in an undated article",
        "OR413",
        "error",
        COURIER,
        "basis: inferred",
        "basis: relative",
        "date:",
    ),
    (
        "a publication relative to itself",
        "OR413",
        "error",
        RIVER,
        "basis: stated",
        "basis: relative",
        "published:",
    ),
    (
        "said after it was printed",
        "OR414",
        "warning",
        RIVER,
        '      when: "2031-03-03"',
        '      when: "2031-03-15"',
        "date:",
    ),
    (
        "a claim without evidence",
        "OR415",
        "error",
        DOSSIER,
        "disagreements:",
        "claims:\n  - id: made-up\n"
        "    concerns: records-agreement\n    aspect: status\n    value: gone\n    said_by: open-shelves\n"
        "    date:\n      basis: inferred\n      when: '2031'\n\ndisagreements:",
        "id:",
    ),
    (
        "a period that nothing establishes",
        "OR416",
        "warning",
        DOSSIER,
        "    claims:\n      - valley-wire-paused\n",
        "",
        "id:",
    ),
    (
        "a disagreement with one side",
        "OR417",
        "error",
        DOSSIER,
        "      - valley-wire-paused\n      - town-courier-narrowed\n",
        "      - valley-wire-paused\n",
        "claims:",
    ),
    (
        "second-hand words as first-hand",
        "OR418",
        "error",
        COURIER,
        "    reported_by: open-shelves\n",
        "",
        "relays:",
    ),
    (
        "reported by the speaker",
        "OR419",
        "error",
        COURIER,
        "reported_by: open-shelves",
        "reported_by: lakeland-libraries",
        "reported_by:",
    ),
    (
        "reported by the publisher",
        "OR419",
        "error",
        COURIER,
        "reported_by: open-shelves",
        "reported_by: town-courier-news",
        "reported_by:",
    ),
    ("a spokesperson of nobody", "OR421", "error", ACTORS, "    acts_for: revenue-office\n", "", "id:"),
    (
        "an outside actor that an article names",
        "OR423",
        "warning",
        ACTORS,
        "    names:\n      - name: Lakeland Libraries Board\n      - name: the board\n",
        "    outside: true\n",
        "outside:",
    ),
    (
        "an event that nobody tells",
        "OR424",
        "error",
        RIVER,
        "event: letter-to-board",
        "event: announcement-of-change",
        "id:",
    ),
    (
        "a provision that nobody tells",
        "OR425",
        "warning",
        DOCUMENTS,
        "provisions:\n",
        "provisions:\n  - id: clause-5\n"
        "    instrument: records-agreement\n    label: Clause 5\n    kind: criterion\n\n",
        "id:",
    ),
    (
        "a tenure that nobody names",
        "OR425",
        "warning",
        WIRE,
        "tenure: marchetti-director",
        "tenure: okoro-minister",
        "id:",
    ),
    (
        "a breakdown in another unit",
        "OR426",
        "warning",
        RIVER,
        'unit: request\n    date:\n      when: "2030-01/2030-11"\n'
        "      basis: stated\n    reported_by: lakeland-libraries\n    breakdown_of: cases-2030",
        'unit: patient\n    date:\n      when: "2030-01/2030-11"\n      basis: stated\n'
        "    reported_by: lakeland-libraries\n    breakdown_of: cases-2030",
        "unit:",
    ),
]


@pytest.mark.parametrize(
    ("code", "severity", "file", "old", "new", "key"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_one_thing_changed_is_named(
    code: str, severity: str, file: str, old: str, new: str, key: str, tmp_path: Path
) -> None:
    data = changed(tmp_path, file, old, new)
    found = [finding for finding in checked(data) if NOTE not in str(finding) and finding.code == code]
    assert found, [str(finding) for finding in checked(data)]
    assert {finding.severity for finding in found} == {severity}
    assert all(finding.hint for finding in found)
    place = found[0].place
    line = Path(place.file).read_text(encoding="utf-8").split("\n")[place.line - 1]
    assert line[place.column - 1 :].startswith(key)


def test_the_same_words_in_two_statements(tmp_path: Path) -> None:
    text = (EXAMPLE / WIRE).read_text(encoding="utf-8")
    block = text[text.index("  - id: valley-wire-okoro") : text.index("  - id: valley-wire-revenue")]
    data = changed(tmp_path, WIRE, block, block + block.replace("id: valley-wire-okoro", "id: again"))
    (finding,) = [finding for finding in checked(data) if finding.code == "OR412"]
    assert finding.message == "`valley-wire-okoro` quotes the same words at the same place"


def test_a_claim_of_a_source_without_evidence(tmp_path: Path) -> None:
    text = (EXAMPLE / WIRE).read_text(encoding="utf-8")
    start = text.index("    passages:", text.index("claims:\n"))
    end = text.index("\nevents:")
    data = changed(tmp_path, WIRE, text[start:end], "")
    assert [f.code for f in checked(data)] == ["OR404", "OR415"]


def test_a_dossier_holds_no_anchors(tmp_path: Path) -> None:
    claim = (
        "claims:\n  - id: made-up\n    concerns: records-agreement\n    aspect: cause\n    value: gone\n"
        '    said_by: names-act\n    document: names-act\n    quotes:\n      - exact: "x"\n\ndisagreements:'
    )
    data = changed(tmp_path, DOSSIER, "disagreements:", claim)
    assert "but no capture" in next(f.message for f in checked(data) if f.code == "OR415")


def test_every_code_is_seen_failing() -> None:
    seen = {case[1] for case in CASES} | {"OR404", "OR412"}
    assert seen == set(sanity.CODES) | set(chronology.CODES) | set(arithmetic.CODES)


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (
            [("5854", "exactly"), ("1583", "exactly"), ("120", "less-than")],
            "5,854 + 1,583 + less than 120 leaves more than 570 of 8,127 unexplained",
        ),
        ([("5854", "exactly"), ("2273", "at-least")], None),
        ([("5854", "exactly"), ("2273", "exactly")], None),
        ([("5854", "exactly")], None),
        ([("8000", "about"), ("2273", "exactly")], None),
        ([("8000", "exactly"), ("128", "exactly")], "8,000 + 128 is more than 8,127"),
        ([("8000", "more-than"), ("128", "exactly")], "more than 8,000 + 128 is more than 8,127"),
    ],
)
def test_figures_are_added_with_their_bounds(amounts: list[tuple[str, str]], said: str | None) -> None:
    shared = {
        "label": "l",
        "indicator": "i1",
        "subject": "s1",
        "unit": "request",
        "date": {"basis": "stated"},
    }
    whole = Figure.model_validate({"id": "whole", "amount": "8127", "bound": "exactly", **shared})
    parts = [
        Figure.model_validate(
            {"id": f"p{n}", "amount": amount, "bound": bound, "breakdown_of": "whole", **shared}
        )
        for n, (amount, bound) in enumerate(amounts)
    ]
    source = SourceFile.model_validate(
        {
            "id": "wire",
            "title": "t",
            "kind": "news-article",
            "publisher": "ann",
            "published": {"basis": "stated"},
            "rights": "r",
            "capture": {"file": "f", "sha256": "a" * 64, "length": "1"},
            "figures": (whole, *parts),
        }
    )
    messages = [finding.message for finding in arithmetic.check(Register(sources=(source,)))]
    assert messages == [] if said is None else len(messages) == 1
    assert said is None or said in messages[0]
