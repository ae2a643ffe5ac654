"""Altered quotations, positions, contexts and hashes are named, with and without the capture."""

import random
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.authoring import anchor, read
from onrecord.authoring.form import quoted
from onrecord.authoring.node import Mapping as Tree
from onrecord.authoring.node import Node, Scalar, Sequence
from onrecord.authoring.reading import load
from onrecord.checking.anchors import anchors_of, check, verify
from onrecord.findings import Finding
from onrecord.model import Quote, Register
from onrecord.text import Capture, capture_of, read_captures

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example"
ALPHABET = "abcXYZ059 .,'\"“”‘’\u00a0é\u0301\u2067\U0001f4da-:#\\{}[]&*!|>%@`\n\t"


@pytest.fixture(scope="module")
def register() -> Register:
    return read(EXAMPLE, {})[0]


@pytest.fixture(scope="module")
def captures(register: Register) -> Mapping[str, Capture | None]:
    found, findings = read_captures(EXAMPLE / "captures", register.sources)
    assert findings == []
    return found


def test_a_good_record_has_no_finding(register: Register, captures: Mapping[str, Capture | None]) -> None:
    result = verify(register, captures)
    assert result.findings == ()
    assert result.sources == ("river-post", "town-courier", "valley-wire")
    assert result.verified == sum(1 for source in register.sources for _ in anchors_of(source)) > 40
    assert result.not_verified == 0


def test_an_absent_capture_is_said_not_passed_over(
    register: Register, captures: Mapping[str, Capture | None]
) -> None:
    result = verify(register, {**captures, "valley-wire": None})
    (note,) = result.findings
    assert (note.code, note.severity, note.place.line) == ("OR219", "note", 14)
    assert note.message == "not verified here: the capture valley-wire.txt of `valley-wire` is not at hand"
    assert result.absent == ("valley-wire",)
    assert result.not_verified == sum(1 for _ in anchors_of(register.sources[2]))


def test_anchors_hold_what_the_articles_print(
    register: Register, captures: Mapping[str, Capture | None]
) -> None:
    for source in register.sources:
        raw = (EXAMPLE / "captures" / source.capture.file).read_bytes()
        assert source.capture.sha256 == sha256(raw).hexdigest()
        text = raw.decode()
        for found in anchors_of(source):
            start, end = found.passage.start or 0, found.passage.end or 0
            if found.passage.words is not None:
                assert text[start:end] == found.passage.words
            if isinstance(found.passage, Quote):
                assert text[max(0, start - 40) : start] == found.passage.prefix
                assert text[end : end + 40] == found.passage.suffix
            assert found.passage.sha256 == sha256(text[start:end].encode()).hexdigest()


def scalars(node: Node, keys: frozenset[str], inside: str = "") -> list[tuple[str, Scalar]]:
    """Every value of the named keys; `name` only where it is a mention's."""
    if isinstance(node, Tree):
        found = []
        for entry in node.entries:
            key = entry.key.text
            if isinstance(entry.value, Scalar) and key in keys and inside != "capture":
                found.append((key, entry.value))
            found += scalars(entry.value, keys, key)
        return found
    if isinstance(node, Sequence):
        return [pair for item in node.items for pair in scalars(item, keys, inside)]
    return []


def edited(text: str, value: Scalar, dice: random.Random) -> str:
    """The file's text with one character of a value replaced, removed or added."""
    lines = text.split("\n")
    line = lines[value.line - 1]
    first, last = value.column - 1, value.end_column - 1
    if not value.plain:
        first, last = first + 1, last - 1
    at = dice.randrange(first, max(first + 1, last))
    how = dice.choice(("replace", "remove", "add"))
    old = line[at] if at < last else ""
    new = dice.choice(ALPHABET.replace(old, "") if old else ALPHABET)
    if how == "remove" and last > first:
        line = line[:at] + line[at + 1 :]
    elif how == "replace" and last > first:
        line = line[:at] + new + line[at + 1 :]
    else:
        line = line[:at] + new + line[at:]
    lines[value.line - 1] = line
    return "\n".join(lines)


def same_meaning(text: str, value: Scalar, path: Path) -> bool:
    """Whether an edit left the value what it was (an escape written otherwise)."""
    tree, _, _ = load(path)
    return tree is not None and any(
        other.line == value.line and other.text == value.text
        for _, other in scalars(tree, frozenset().union(*FIELDS.values()))
    )


def names_line(finding: Finding, file: str, line: int) -> bool:
    """Whether a finding names a line as its place, or among the lines of its message."""
    in_message = {int(number) for number in re.findall(r"in line (\d+)", finding.message)}
    return finding.place.file == file and (finding.place.line == line or line in in_message)


FIELDS = {
    "text": frozenset({"exact", "name", "wording"}),
    "context": frozenset({"prefix", "suffix"}),
    "position": frozenset({"start", "end"}),
    "hash": frozenset({"sha256", "seal"}),
}


@pytest.mark.parametrize(
    ("at_hand", "edits"), [(True, 1000), (False, 300)], ids=["with captures", "without captures"]
)
@pytest.mark.parametrize("part", FIELDS)
def test_every_edit_of_one_character_is_named(
    part: str,
    at_hand: bool,
    edits: int,
    tmp_path: Path,
    register: Register,
    captures: Mapping[str, Capture | None],
) -> None:
    dice = random.Random(f"{part} {at_hand}")
    (tmp_path / "sources").mkdir()
    originals = {}
    for source in register.sources:
        path = EXAMPLE / "sources" / f"{source.id}.yaml"
        tree, text, _ = load(path)
        assert tree is not None
        originals[source.id] = (text, [value for _, value in scalars(tree, FIELDS[part])])
    found = captures if at_hand else {}
    for number in range(edits):
        slug = dice.choice(sorted(originals))
        text, values = originals[slug]
        value = dice.choice(values)
        path = tmp_path / "sources" / f"{slug}.yaml"
        path.write_text(edited(text, value, dice), encoding="utf-8")
        if same_meaning(text, value, path):
            continue
        changed, unreadable = read(tmp_path, {})
        findings = [*(f for f in unreadable if f.code < "OR112"), *check(changed, found)]
        named = [f for f in findings if f.severity == "error" and f.place.file == str(path)]
        assert named, f"edit {number} was not found: {path.read_text().split(chr(10))[value.line - 1]!r}"
        broken = any(f.code == "OR103" or f.code == "OR104" for f in named)
        assert broken or any(names_line(f, str(path), value.line) for f in named), (number, value.line, named)
        path.unlink()


@pytest.mark.parametrize("slug", ["river-post", "town-courier", "valley-wire"])
def test_every_edit_of_a_capture_is_named_by_its_file(slug: str, register: Register, tmp_path: Path) -> None:
    (source,) = [source for source in register.sources if source.id == slug]
    alone = Register(sources=(source,), entries=register.entries, places=register.places)
    text = (EXAMPLE / "captures" / source.capture.file).read_text(encoding="utf-8")
    dice = random.Random(slug)
    for _ in range(1000):
        at, new = dice.randrange(len(text)), dice.choice(ALPHABET)
        after = text[:at] + new + text[at + dice.randint(0, 1) :]
        if after == text:
            continue
        findings = check(alone, {slug: capture_of(after, slug, source.capture.file)})
        assert ("OR218", source.capture.file) in {(f.code, f.place.file) for f in findings}
        moved = {(f.place.line) for f in findings if f.code == "OR211"}
        for found in anchors_of(source):
            start, end = found.passage.start or 0, found.passage.end or 0
            line = register.place(found.owner, *found.path).line
            assert (after[start:end] != text[start:end]) == (line in moved)


SECTION = """id: made
title: Made
kind: news-article
publisher: somebody
published: {{basis: outside}}
rights: none
capture: {{file: made.txt}}
statements:
"""
STATEMENT = """  - id: made-{n}
    speaker: somebody
    mode: direct
    act: said
    date: {{basis: outside}}
    quotes:
"""


def made(tmp_path: Path, text: str, spans: list[tuple[int, int]], find: bool) -> tuple[Path, Capture]:
    """A source file that quotes stretches of a text, before its anchoring."""
    lines = [SECTION.format()]
    for number, (start, end) in enumerate(spans):
        lines.append(STATEMENT.format(n=number))
        lines.append(f"      - exact: {quoted(text[start:end])}\n")
        if find:
            lines.append(f"        find: {quoted(text[max(0, start - 12) : end])}\n")
    path = tmp_path / "sources" / "made.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")
    return path, capture_of(text, "made", "made.txt")


@pytest.mark.no_cover  # traced it takes five times as long, and others run the same lines
def test_ten_thousand_good_quotations_give_no_false_alarm(tmp_path: Path) -> None:
    dice = random.Random(10_000)
    words = [
        "the",
        "board",
        "naïve",
        "“so”",
        "na\u0303o",
        "\U0001f4da",
        "\u2067שלום\u2069",
        "it",
        "is",
        "not",
    ]
    paragraphs, spans, at = [], [], 0
    for number in range(10_000):
        quote = " ".join(dice.choices(words, k=8)) + f"\u00a0{number}."
        before = f"Speaker {number} said: “"
        spans.append((at + len(before), at + len(before) + len(quote)))
        paragraphs.append(f"{before}{quote}”")
        at += len(paragraphs[-1]) + 2
    path, capture = made(tmp_path, "\n\n".join(paragraphs), spans, find=False)
    anchored, findings = anchor(path, capture)
    assert {finding.code for finding in findings} == {"OR207"}
    path.write_text(anchored, encoding="utf-8")
    register, unreadable = read(tmp_path, {})
    assert {finding.code for finding in unreadable} <= {"OR114", "OR116"}
    result = verify(register, {"made": capture})
    assert (result.findings, result.verified) == ((), 10_000)


characters = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "ab “”\"'‘’\u00a0\u202f\u0301\u0303\u200d\u2067\u2069\ufeff\u2028\x85\r\n\t\\\U0001f469"
        ),
    ),
    min_size=1,
    max_size=120,
)


@settings(max_examples=300)
@given(text=characters, data=st.data())
def test_whatever_is_quoted_is_anchored_where_it_stands_or_refused(
    text: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    find = data.draw(st.booleans())
    path, capture = made(tmp_path_factory.mktemp("made"), text, [(start, end)], find)
    before = path.read_text(encoding="utf-8")
    anchored, findings = anchor(path, capture)
    stretch = text[max(0, start - 12) : end] if find else text[start:end]
    places = [at for at in range(len(text)) if text.startswith(stretch, at)]
    if len(places) > 1:
        assert [f.code for f in findings if f.severity == "error"] == ["OR204"]
        assert anchored == before
        return
    assert not [f for f in findings if f.severity == "error"]
    path.write_text(anchored, encoding="utf-8")
    register, _ = read(path.parent.parent, {})
    (quote,) = register.sources[0].statements[0].quotes
    assert text[quote.start : quote.end] == quote.exact == text[start:end]
    assert [f for f in check(register, {"made": capture}) if f.severity == "error"] == []
    assert [f for f in check(register, {}) if f.severity == "error"] == []
    assert anchor(path, capture) == (anchored, [])


SHA = "7784b489adac5843ea69068e1e7c69884c7a28b6fb4a30c60dcc54632600cc05"
WIRE = EXAMPLE / "sources" / "valley-wire.yaml"
CASES = [
    ("not anchored", "        seal: c043cb41c7fb70f7\n", "", "OR210", "      - exact", "error", True),
    (
        "find not used",
        "        start: 219\n",
        '        find: "x"\n        start: 219\n',
        "OR210",
        "        find",
        "error",
        True,
    ),
    ("words altered", "every reader.", "every readers.", "OR211", "      - exact", "error", True),
    ("start altered", "start: 219", "start: 218", "OR212", "        start", "error", True),
    ("end altered", "end: 287", "end: 297", "OR212", "        end", "error", True),
    (
        "start and end altered alike",
        "start: 219\n        end: 287",
        "start: 220\n        end: 288",
        "OR212",
        "        start",
        "error",
        False,
    ),
    ("hash altered", "sha256: 624a", "sha256: 634a", "OR213", "        sha256", "error", True),
    (
        "prefix altered",
        "director of Open Shelves, said",
        "director of Open shelves, said",
        "OR214",
        "        prefix",
        "error",
        False,
    ),
    (
        "suffix altered",
        "\\n\\nShe added that",
        "\\n\\nShe adds that",
        "OR214",
        "        suffix",
        "error",
        False,
    ),
    ("seal altered", "seal: c043", "seal: c044", "OR215", "        seal", "error", False),
    ("start of a bare passage altered", "start: 289", "start: 288", "OR212", "      - start", "error", True),
    ("end of a bare passage altered", "end: 322", "end: 422", "OR212", "        end", "error", True),
    ("the capture's hash altered", SHA, SHA.replace("7784", "7785"), "OR216", "  sha256", "error", True),
    ("the capture's length altered", "length: 729", "length: 739", "OR217", "  length", "error", False),
    ("the capture's length cut", "length: 729", "length: 72", "OR217", "  length", "error", True),
    (
        "a role that is not printed",
        "role: director of",
        "role: Director of",
        "OR220",
        "    role",
        "error",
        False,
    ),
    (
        "a name that is not printed",
        "named_as: She\n",
        "named_as: Ms She\n",
        "OR220",
        "    named_as",
        "error",
        False,
    ),
    (
        "a name that lost its first letter",
        "named_as: She\n",
        "named_as: he\n",
        "OR220",
        "    named_as",
        "error",
        False,
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "key", "severity", "anywhere"),
    [case[1:] for case in CASES],
    ids=[c[0] for c in CASES],
)
def test_an_edit_is_named_by_its_code_and_line(
    old: str,
    new: str,
    code: str,
    key: str,
    severity: str,
    anywhere: bool,
    tmp_path: Path,
    captures: Mapping[str, Capture | None],
) -> None:
    text = WIRE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "sources" / "valley-wire.yaml"
    path.parent.mkdir()
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    register, _ = read(tmp_path, {})
    for found in [captures, {}] if anywhere else [captures]:
        (finding,) = check(register, found)
        assert (finding.code, finding.severity, finding.place.file) == (code, severity, str(path))
        line = path.read_text(encoding="utf-8").split("\n")[finding.place.line - 1]
        assert line.startswith(key)


ARTICLE = "Ann said: “We agree. ‘Yes’ is yes.” Bob said no.\n\n“And more,” she said. «Fin»"
CUTS = [
    ("We agree. ‘Yes’ is yes.", []),
    ("‘Yes’ is yes.", ["OR222"]),
    ("“We agree. ‘Yes’ is yes.”", ["OR222"]),
    ("We agree. ‘Yes’ is yes.”", ["OR222"]),
    ("Yes", []),
    ("‘Yes’", ["OR222"]),
    ("We agree.", ["OR221"]),
    ("agree. ‘Yes’ is yes.", ["OR221"]),
    ("Bob said no.", ["OR221"]),
    ("And more,", []),
    ("Fin", []),
    ("Fin»", ["OR222"]),
    ("Ann said: ", ["OR222"]),
]


@pytest.mark.parametrize(("words", "expected"), CUTS)
def test_a_quotation_reaches_from_mark_to_mark(words: str, expected: list[str], tmp_path: Path) -> None:
    start = ARTICLE.index(words)
    path, capture = made(tmp_path, ARTICLE, [(start, start + len(words))], find=False)
    path.write_text(anchor(path, capture)[0], encoding="utf-8")
    findings = check(read(tmp_path, {})[0], {"made": capture})
    assert [(f.code, f.severity) for f in findings] == [(code, "warning") for code in expected]


def test_quotations_of_one_statement_stand_in_order_and_apart(tmp_path: Path) -> None:
    text = "He said “one two three” and “four” here."
    spans = [(28, 32), (9, 22), (13, 16)]
    path, capture = made(tmp_path, text, spans, find=False)
    joined = path.read_text(encoding="utf-8")
    parts = joined.split("    quotes:\n")
    items = [part.split("  - id")[0] for part in parts[1:]]
    path.write_text(parts[0] + "    quotes:\n" + "".join(items), encoding="utf-8")
    path.write_text(anchor(path, capture)[0], encoding="utf-8")
    findings = [f for f in check(read(tmp_path, {})[0], {"made": capture}) if f.code == "OR223"]
    assert [(f.severity, "overlaps" in f.message) for f in findings] == [("warning", False), ("error", True)]
