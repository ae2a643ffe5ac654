"""The canonical form: one way to write one meaning."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.authoring import canonical, check_form
from onrecord.authoring.comments import comments_of
from onrecord.authoring.form import quoted, render, scalar
from onrecord.authoring.node import Mapping, Node, Scalar
from onrecord.authoring.syntax import parse
from onrecord.errors import FindingsError, UsageError
from onrecord.model import SourceFile

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example"

LOOSE = """\
# about the file
title: 'A: b'   # about the title
id: wire
kind: news-article

# before the publisher
publisher: "ann"
published: {basis: outside, when: 2018-05-09}
authors: []
statements:
# before the first
- speaker: ann
  id: s1   # behind an id
  # before the mode
  mode: direct
  quotes:
  - {sha256: 'x', exact: 'a b # no comment'}   # behind a record
  - exact: "reply\\xa0was
      “no”"
  about: [tracing, deterrence]   # behind a list
  description: >-  # behind a mark
    two lines # no comment
    made one
# before the second
- id: s2
  note: "#no comment"
  # behind the second
# last
"""

STRICT = """\
id: wire
# about the file
title: "A: b"  # about the title
kind: news-article
# before the publisher
publisher: ann
published:
  when: "2018-05-09"
  basis: outside

statements:
  # before the first
  - id: s1  # behind an id
    speaker: ann
    # before the mode
    mode: direct
    about:
      - tracing
      - deterrence  # behind a list
    description: "two lines # no comment made one"  # behind a mark
    quotes:
      - exact: "a b # no comment"  # behind a record
        sha256: x
      - exact: "reply\\_was “no”"

  # before the second
  - id: s2
    note: "#no comment"

# behind the second
# last
"""


def tree_of(text: str) -> Mapping:
    tree, findings = parse(text, "f.yaml")
    assert findings == []
    assert isinstance(tree, Mapping)
    return tree


def meaning(node: Node) -> object:
    """A tree as plain values; empty lists mean what their absence means."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        values = {entry.key.text: meaning(entry.value) for entry in node.entries}
        return {key: value for key, value in values.items() if value != []}
    return [meaning(item) for item in node.items]


def form(text: str) -> str:
    tree = tree_of(text)
    return render(tree, SourceFile, comments_of(text, tree))


def test_the_loose_form_becomes_the_strict_one() -> None:
    assert form(LOOSE) == STRICT


def test_the_strict_form_stays_and_means_the_same() -> None:
    assert form(STRICT) == STRICT
    assert meaning(tree_of(STRICT)) == meaning(tree_of(LOOSE))


@pytest.mark.parametrize("path", sorted(EXAMPLE.glob("*/*.yaml")), ids=lambda path: path.stem)
def test_the_example_is_in_canonical_form(path: Path) -> None:
    assert check_form(path) == []
    assert canonical(path) == path.read_text(encoding="utf-8")


def test_a_file_that_is_not_is_named_with_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "sources" / "wire.yaml"
    path.parent.mkdir()
    path.write_text("id: wire\ntitle: 'x'\n", encoding="utf-8")
    (finding,) = check_form(path)
    assert (finding.code, finding.place.line, finding.hint) == ("OR120", 2, "run `onrecord fmt`")
    path.write_text("id: wire\ntitle: x\n\n\n", encoding="utf-8")
    assert [f.place.line for f in check_form(path)] == [3]
    path.write_text("id: [\n", encoding="utf-8")
    assert [f.code for f in check_form(path)] == ["OR103"]
    with pytest.raises(FindingsError):
        canonical(path)
    with pytest.raises(UsageError, match="no file of the record"):
        canonical(tmp_path / "wire.yaml")


PLAIN = ["Home Office", "the “minister”", "a:b", "a#b", "it's", "Zoë", "x - y", "f53", "na\u0303o"]
QUOTED = [
    "",
    " a",
    "a ",
    "yes",
    "No",
    "null",
    "~",
    "12",
    "1.5",
    "1e3",
    "0x1f",
    "1:30",
    "2018",
    "2018-05",
    "2018-05-09",
    "2018-05-09/..",
    ".inf",
    "a: b",
    "a #b",
    "a:",
    "- a",
    "?a",
    ":a",
    "@a",
    "`a",
    "'a'",
    '"a"',
    "[a]",
    "{a}",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "=",
    "<<",
    "---",
    "a\u00a0b",
    "a\u200db",
    "a\u2067b",
    "a\nb",
    "a\tb",
    "a\x85b",
    "\u0301a",
    "a\ufeffb",
    "a\u2028b",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_where_every_parser_agrees(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize("text", [text for text in QUOTED if text != "2018-05-09/.."])
def test_marks_where_a_parser_may_differ(text: str) -> None:
    assert scalar(text).startswith('"')


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\u00a0b", '"a\\_b"'),
        ("a\nb", '"a\\nb"'),
        ('say "x"', '"say \\"x\\""'),
        ("back\\slash", '"back\\\\slash"'),
        ("\u202fx", '"\\u202Fx"'),
        ("\u2067x\u2069", '"\\u2067x\\u2069"'),
        ("\U0001f469\u200d\U0001f4bb", '"👩\\u200D💻"'),
        ("“curly” ‘marks’", '"“curly” ‘marks’"'),
        ("\x07", '"\\x07"'),
        ("\U000e0001", '"\\U000E0001"'),
    ],
)
def test_what_cannot_be_seen_is_written_as_an_escape(text: str, written: str) -> None:
    assert quoted(text) == written


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_every_text_survives_being_written_and_read(text: str) -> None:
    for written in (quoted(text), scalar(text)):
        tree = tree_of(f"a: {written}\n")
        assert tree.text("a") == text
        assert "\n" not in written


keys = st.sampled_from(["id", "title", "exact", "zz", "when", "capture"])
trees = st.recursive(
    st.text(st.characters(codec="utf-8"), max_size=12),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(keys, inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(keys, trees, min_size=1, max_size=4))
def test_writing_never_changes_the_meaning_and_is_done_once(values: dict[str, object]) -> None:
    def flow(value: object) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(flow(inner) for inner in value) + "]"
        return quoted(str(value))

    loose = "\n".join(f"{key}: {flow(value)}" for key, value in values.items())
    strict = form(loose)
    assert meaning(tree_of(strict)) == meaning(tree_of(loose)) == values
    assert form(strict) == strict


comment_lines = st.lists(st.sampled_from(["# one", "  # two", "", "      # three # four"]), max_size=3)


@given(st.data())
def test_no_comment_is_lost(data: st.DataObject) -> None:
    lines = []
    for line in STRICT.replace("# no", "no").replace("#no", "no").split("\n"):
        lines += data.draw(comment_lines)
        lines.append(line)
    text = "\n".join(lines)
    assert form(text).count("#") == text.count("#")
    assert form(form(text)) == form(text)
