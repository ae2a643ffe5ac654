"""A folder of files to a register, with every fault at its line and column."""

import random
from pathlib import Path

import pytest

from onrecord.authoring import read
from onrecord.authoring.reading import LISTS
from onrecord.authoring.references import CHAINS, NOT_ITSELF, REFERENCES
from onrecord.findings import Place
from onrecord.model.register import NOUNS
from onrecord.terms import load_kinds

REPO = Path(__file__).resolve().parents[3]
EXAMPLE = REPO / "tests" / "data" / "example"
KINDS = {
    "actor": {"person": "k:person", "organisation": "k:organisation", "spokesperson": "k:spokesperson"},
    "document": {"letter": "k:letter", "news-article": "k:news-article"},
    "event": {"debate": "k:debate"},
    "role": {"speaker": "k:speaker"},
    "mode": {"direct": "k:direct"},
    "act": {"said": "k:said"},
    "topic": {"tracing": "k:tracing"},
    "relation": {"cites": "k:cites"},
    "status": {"suspended": "k:suspended"},
}

SOURCE = """\
id: wire
title: Wire
kind: news-article
publisher: ann
published:
  basis: outside
rights: none
capture:
  file: wire.txt
  sha256: {sha}
  length: 10
""".format(sha="a" * 64)
ACTORS = "actors:\n  - id: ann\n    label: Ann\n    kind: person\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def statement(**changes: str) -> str:
    """A statement of the wire, some of its lines changed ("" leaves one out)."""
    lines = {
        "id": "id: s1",
        "speaker": "speaker: ann",
        "mode": "mode: direct",
        "act": "act: said",
        "date": "date: {basis: stated}",
    }
    kept = [line for line in (lines | changes).values() if line]
    return SOURCE + "statements:\n  - " + "\n    ".join(kept) + "\n"


ONE_FILE = [
    ("an unknown key", "actors/a.yaml", ACTORS + "    lable: x\n", "OR106", 5, 5, "did you mean label?"),
    ("an unknown list", "actors/a.yaml", "actor:\n  - id: ann\n", "OR106", 1, 1, "did you mean actors?"),
    ("a missing key", "actors/a.yaml", "actors:\n  - id: ann\n    kind: person\n", "OR107", 2, 5, "label"),
    ("a kind not on the list", "actors/a.yaml", ACTORS.replace("person", "preson"), "OR108", 4, 5, "person?"),
    (
        "a slug with a capital",
        "actors/a.yaml",
        ACTORS.replace("id: ann", "id: Ann B"),
        "OR108",
        2,
        5,
        "ann-b?",
    ),
    ("a slug of one letter", "actors/a.yaml", ACTORS.replace("id: ann", "id: a"), "OR108", 2, 5, "2"),
    (
        "a slug with two hyphens",
        "actors/a.yaml",
        ACTORS.replace("id: ann", "id: a--b"),
        "OR108",
        2,
        5,
        "a-b?",
    ),
    (
        "a slug that is too long",
        "actors/a.yaml",
        ACTORS.replace("id: ann", f"id: {'a' * 61}"),
        "OR108",
        2,
        5,
        "60",
    ),
    (
        "an empty value",
        "actors/a.yaml",
        "actors:\n  - id: ann\n    label:\n    kind: person\n",
        "OR108",
        3,
        5,
        "",
    ),
    ("an empty text", "actors/a.yaml", ACTORS.replace("Ann", '" "'), "OR110", 3, 5, "empty"),
    ("a control character", "actors/a.yaml", ACTORS.replace("Ann", '"A\\tb"'), "OR110", 3, 5, "U+0009"),
    ("a line separator", "actors/a.yaml", ACTORS.replace("Ann", '"A\\Lb"'), "OR110", 3, 5, "U+2028"),
    ("no character", "actors/a.yaml", ACTORS.replace("Ann", '"A\\uFFFEb"'), "OR110", 3, 5, "U+FFFE"),
    (
        "an override in a label",
        "actors/a.yaml",
        ACTORS.replace("Ann", '"A\\u202Eb"'),
        "OR121",
        3,
        5,
        "leave it out",
    ),
    ("a zero-width space", "actors/a.yaml", ACTORS.replace("Ann", '"A\\u200Bb"'), "OR121", 3, 5, "U+200B"),
    (
        "a zero-width space as it is",
        "actors/a.yaml",
        ACTORS.replace("Ann", "A\u200bb"),
        "OR121",
        3,
        5,
        "ZERO WIDTH",
    ),
    (
        "a soft hyphen in a title",
        "sources/wire.yaml",
        SOURCE.replace("Wire", '"W\\xADire"'),
        "OR121",
        2,
        1,
        "SOFT",
    ),
    ("an override as it is", "actors/a.yaml", ACTORS.replace("Ann", "A\u202eb"), "OR102", 3, 13, "U+202E"),
    (
        "a mark in a comment",
        "actors/a.yaml",
        "# so \u200f it goes\n" + ACTORS,
        "OR102",
        1,
        6,
        "U+200F",
    ),
    ("a bell in a label", "actors/a.yaml", ACTORS.replace("Ann", '"A\\x07b"'), "OR110", 3, 5, "U+0007"),
    (
        "a label of two lines",
        "actors/a.yaml",
        ACTORS.replace("Ann", "|\n      A\n      b"),
        "OR110",
        3,
        5,
        "U+000A",
    ),
    ("a text for a list", "actors/a.yaml", "actors: ann\n", "OR108", 1, 1, "not a list"),
    ("a text for a record", "actors/a.yaml", "actors:\n  - ann\n", "OR108", 2, 5, "not a record"),
    ("a list for a text", "actors/a.yaml", ACTORS.replace("label: Ann", "label: [Ann]"), "OR108", 3, 5, ""),
    (
        "a record for a text",
        "actors/a.yaml",
        ACTORS.replace("label: Ann", "label: {a: b}"),
        "OR108",
        3,
        5,
        "",
    ),
    (
        "a record in a list of texts",
        "actors/a.yaml",
        ACTORS + "    same_as:\n      - {a: b}\n",
        "OR108",
        6,
        9,
        "",
    ),
    ("a flag that is yes", "actors/a.yaml", ACTORS + "    outside: yes\n", "OR108", 5, 5, "true or false"),
    ("a file that is a list", "actors/a.yaml", "- ann\n", "OR108", 1, 1, "`key: value`"),
    (
        "a date that is none",
        "sources/wire.yaml",
        statement(date="date: {when: 2018-13, basis: stated}"),
        "OR109",
        17,
        12,
        "no month 13",
    ),
    (
        "a date with a hint",
        "sources/wire.yaml",
        statement(date="date:\n      when: 2018-5-9\n      basis: stated"),
        "OR109",
        18,
        7,
        "did you mean 2018-05-09?",
    ),
    (
        "a date without basis",
        "sources/wire.yaml",
        statement(date="date: {when: 2018}"),
        "OR107",
        17,
        5,
        "basis",
    ),
    ("a date as a text", "sources/wire.yaml", statement(date="date: 2018"), "OR108", 17, 5, "when, basis"),
    ("a wrong mode", "sources/wire.yaml", statement(mode="mode: directly"), "OR108", 15, 5, "direct?"),
    (
        "a length with a comma",
        "sources/wire.yaml",
        SOURCE.replace("length: 10", 'length: "1,0"'),
        "OR108",
        11,
        3,
        "363",
    ),
    (
        "a negative position",
        "sources/wire.yaml",
        SOURCE.replace("length: 10", "length: -1"),
        "OR108",
        11,
        3,
        "whole",
    ),
    (
        "a position with a zero before",
        "sources/wire.yaml",
        SOURCE.replace("length: 10", "length: 010"),
        "OR108",
        11,
        3,
        "",
    ),
    (
        "a hash in capitals",
        "sources/wire.yaml",
        SOURCE.replace("a" * 64, "A" * 64),
        "OR108",
        10,
        3,
        "64 digits",
    ),
    (
        "a hash that is missing",
        "sources/wire.yaml",
        SOURCE.replace(f"  sha256: {'a' * 64}\n", ""),
        "OR107",
        8,
        1,
        "`onrecord anchor` fills it in",
    ),
    (
        "a quotation over two lines",
        "sources/wire.yaml",
        statement(quotes='quotes:\n      - exact: "a\n          b"'),
        "OR110",
        19,
        9,
        "one line",
    ),
    (
        "a context that is too long",
        "sources/wire.yaml",
        statement(quotes=f'quotes:\n      - exact: "a"\n        prefix: "{"p" * 41}"'),
        "OR108",
        20,
        9,
        "at most 40",
    ),
    ("another file name", "sources/cable.yaml", SOURCE, "OR112", 1, 1, "wire.yaml"),
]


@pytest.mark.parametrize(
    ("name", "text", "code", "line", "column", "words"),
    [case[1:] for case in ONE_FILE],
    ids=[case[0] for case in ONE_FILE],
)
def test_a_fault_is_named_at_its_place(
    name: str, text: str, code: str, line: int, column: int, words: str, tmp_path: Path
) -> None:
    files = {"actors/known.yaml": ACTORS} if name.startswith("sources") else {}
    data = write(tmp_path, {**files, name: text})
    _, findings = read(data, KINDS)
    assert [(f.code, f.place) for f in findings] == [(code, Place(str(data / name), line, column))]
    assert words in str(findings[0])


RELATED = [
    (
        "nobody declares it",
        {"actors/a.yaml": ACTORS + "    acts_for: amn\n"},
        "OR114",
        5,
        5,
        "did you mean ann?",
    ),
    (
        "one of a list",
        {
            "actors/a.yaml": ACTORS + "    members: [ann-b, zzz]\n",
            "actors/b.yaml": ACTORS.replace("ann", "ann-b"),
        },
        "OR114",
        5,
        22,
        "zzz",
    ),
    (
        "a speaker that is an event",
        {"actors/a.yaml": ACTORS, "sources/wire.yaml": statement(speaker="speaker: wire")},
        "OR115",
        14,
        5,
        "of the noun document",
    ),
    (
        "a concept that is none",
        {"actors/a.yaml": ACTORS, "sources/wire.yaml": statement(act="act: sayd")},
        "OR116",
        16,
        5,
        "did you mean said?",
    ),
    (
        "a topic that is none",
        {"actors/a.yaml": ACTORS, "sources/wire.yaml": statement(about="about:\n      - tracking")},
        "OR116",
        19,
        9,
        "did you mean tracing?",
    ),
    ("part of itself", {"actors/a.yaml": ACTORS + "    part_of: ann\n"}, "OR117", 5, 5, "ann → ann"),
    (
        "a statement that relays itself",
        {"actors/a.yaml": ACTORS, "sources/wire.yaml": statement(relays="relays: s1")},
        "OR117",
        18,
        5,
        "s1 → s1",
    ),
    (
        "the same utterance as itself",
        {"actors/a.yaml": ACTORS, "sources/wire.yaml": statement(same="same_utterance: [s1]")},
        "OR118",
        18,
        22,
        "remove",
    ),
    (
        "a slug taken twice in a file",
        {"actors/a.yaml": ACTORS + ACTORS.split("\n", 1)[1]},
        "OR113",
        5,
        5,
        ":2:5",
    ),
    (
        "a slug of two nouns",
        {"actors/a.yaml": ACTORS + "posts:\n  - id: ann\n    label: Chair\n"},
        "OR113",
        6,
        5,
        "taken by the actor",
    ),
]


@pytest.mark.parametrize(
    ("files", "code", "line", "column", "words"),
    [case[1:] for case in RELATED],
    ids=[case[0] for case in RELATED],
)
def test_a_slug_that_does_not_fit_is_named(
    files: dict[str, str], code: str, line: int, column: int, words: str, tmp_path: Path
) -> None:
    _, findings = read(write(tmp_path, files), KINDS)
    assert [(f.code, f.place.line, f.place.column) for f in findings] == [(code, line, column)]
    assert words in str(findings[0])


def test_a_ring_is_told_once_with_its_members(tmp_path: Path) -> None:
    people = "".join(
        f"  - id: {one}\n    label: L\n    kind: person\n    part_of: {other}\n"
        for one, other in (("cc", "aa"), ("aa", "bb"), ("bb", "cc"), ("dd", "aa"))
    )
    _, findings = read(write(tmp_path, {"actors/a.yaml": f"actors:\n{people}"}), KINDS)
    assert [f.message for f in findings] == ["`aa` is part of itself: aa → bb → cc → aa"]
    assert findings[0].place.line == 9


def test_one_fault_does_not_hide_the_others_nor_breed_new_ones(tmp_path: Path) -> None:
    text = statement(mode="mode: x", more="typo: y") + "  - id: s2\n    speaker: ann\n    relays: s1\n"
    data = write(tmp_path, {"actors/a.yaml": ACTORS, "sources/wire.yaml": text})
    register, findings = read(data, KINDS)
    assert [(f.code, f.place.line) for f in findings] == [
        ("OR108", 15),
        ("OR106", 18),
        ("OR107", 19),
        ("OR107", 19),
        ("OR107", 19),
    ]
    assert register.sources[0].statements == ()


@pytest.mark.parametrize("key", ["named_as", "role"])
def test_words_of_a_source_that_hide_something_are_kept_with_a_warning(tmp_path: Path, key: str) -> None:
    said = statement(stance=f'{key}: "Ann\\u202Exyz"')
    register, findings = read(write(tmp_path, {"actors/a.yaml": ACTORS, "sources/wire.yaml": said}), KINDS)
    (finding,) = findings
    assert (finding.code, finding.severity, finding.place.line) == ("OR122", "warning", 18)
    assert f"`{key}` holds U+202E RIGHT-TO-LEFT OVERRIDE at position 3" in finding.message
    assert getattr(register.sources[0].statements[0], key) == "Ann\u202exyz"


def test_places_stay_right_when_a_record_is_left_out(tmp_path: Path) -> None:
    mentions = "mentions:\n  - {actor: ann}\n  - actor: ann\n    name: Ann\n"
    register, _ = read(
        write(tmp_path, {"actors/a.yaml": ACTORS, "sources/wire.yaml": SOURCE + mentions}), KINDS
    )
    assert len(register.sources[0].mentions) == 1
    assert register.place("wire", "mentions", 0, "name").line == 15


def test_the_example_reads_without_findings() -> None:
    register, findings = read(EXAMPLE, load_kinds(REPO / "ontology"))
    assert findings == []
    nouns = {entry.noun for entry in register.entries.values()}
    assert nouns == set(NOUNS) - {"correction"}, "nothing was corrected in it"
    assert [source.id for source in register.sources] == ["river-post", "town-courier", "valley-wire"]
    assert register.entries["river-post-brandt"].source == "river-post"
    assert register.entries["letter-to-board"].source is None
    assert list(register.entries) == sorted(register.entries)


def test_every_place_of_the_example_is_where_its_key_stands() -> None:
    register, _ = read(EXAMPLE, {})
    lines: dict[str, list[str]] = {}
    count = 0
    for (_, path), place in register.places.items():
        text = lines.setdefault(place.file, Path(place.file).read_text(encoding="utf-8").split("\n"))
        if path and isinstance(path[-1], str):
            assert text[place.line - 1][place.column - 1 :].startswith(f"{path[-1]}:")
            count += 1
    assert count > 800
    assert len(register.places) > count


def test_the_order_of_the_folder_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        f"actors/{name}.yaml": ACTORS.replace("ann", name) + "    wrong: x\n" for name in ("b1", "a1", "c1")
    }
    files |= {"actors/ok.yaml": ACTORS, "actors/twice.yaml": ACTORS}
    data = write(tmp_path, files)
    before = read(data, KINDS)
    walk = Path.iterdir

    def shuffled(path: Path) -> list[Path]:
        found = list(walk(path))
        random.Random(3).shuffle(found)
        return found

    monkeypatch.setattr(Path, "iterdir", shuffled)
    after = read(data, KINDS)
    assert after[1] == before[1]
    assert after[0].entries == before[0].entries


def test_every_reference_is_a_field_and_every_slug_field_a_reference() -> None:
    for model, targets in REFERENCES.items():
        assert set(targets) <= set(model.model_fields), model
        slugs = {
            name for name, info in model.model_fields.items() if "[a-z0-9]+" in repr(info) and name != "id"
        }
        assert slugs <= set(targets), (model, slugs - set(targets))
    for model, name, _ in CHAINS:
        assert name in REFERENCES[model]
    for model, name in NOT_ITSELF:
        assert name in REFERENCES[model]
    assert {noun for lists in LISTS.values() for _, noun in lists} <= set(NOUNS)


def test_a_record_of_five_thousand_lines_is_read_whole(tmp_path: Path) -> None:
    text = (EXAMPLE / "sources" / "river-post.yaml").read_text(encoding="utf-8")
    many = {
        f"sources/post{n}.yaml": text.replace("river-post", f"post{n}").replace("-2030", f"-{n}-2030")
        for n in range(5000 // text.count("\n") + 1)
    }
    data = write(
        tmp_path,
        {
            **many,
            **{
                f"{folder}/x.yaml": next((EXAMPLE / folder).iterdir()).read_text("utf-8")
                for folder in ("actors", "documents")
            },
        },
    )
    register, _ = read(data, load_kinds(REPO / "ontology"))
    assert len(register.sources) == len(many)


@pytest.mark.parametrize(
    ("name", "stray", "hint"),
    [
        ("srouces/wire.yaml", "srouces", "did you mean sources?"),
        ("notes/a.yaml", "notes", "the record is in actors"),
        ("people.yaml", "people.yaml", "the record is in actors"),
    ],
)
def test_what_looks_like_the_record_and_is_not_read_is_a_warning(
    tmp_path: Path, name: str, stray: str, hint: str
) -> None:
    write(tmp_path, {"actors/a.yaml": ACTORS, name: ACTORS})
    (finding,) = read(tmp_path, KINDS)[1]
    assert (finding.code, finding.severity, finding.place) == (
        "OR112",
        "warning",
        Place(str(tmp_path / stray)),
    )
    assert finding.hint is not None
    assert finding.hint.startswith(hint)


def test_what_other_parts_keep_beside_the_record_is_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"actors/a.yaml": ACTORS, "proposals/a.yaml": ACTORS, "redirects.yaml": "{}", ".x/a.yaml": "a"},
    )
    (tmp_path / "captures").mkdir()
    assert read(tmp_path, KINDS)[1] == []
