"""Strict YAML: everything is a string, and what other parsers would guess at is refused at its place."""

from pathlib import Path

import pytest
import yaml

from onrecord.authoring import syntax
from onrecord.authoring.node import Mapping, Node, Scalar, Sequence, paths, place_of
from onrecord.authoring.syntax import MAX_BYTES, MAX_DEPTH, decode, parse

REFUSED = [
    ("a colon inside a text", "a: b: c\n", "OR103", 1, 5),
    ("a tab as indentation", "a:\n\tb: c\n", "OR103", 2, 1),
    ("a quotation mark never closed", 'a: "x\nb: c\n', "OR103", 1, 4),
    ("a quotation mark inside a text", 'a: "x" y\n', "OR103", 1, 8),
    ("a text that starts with @", "a: @x\n", "OR103", 1, 4),
    ("a text that starts with a backtick", "a: `x`\n", "OR103", 1, 4),
    ("an escape that does not exist", 'a: "\\q"\n', "OR103", 1, 5),
    ("an escape without its digits", 'a: "\\u00"\n', "OR103", 1, 7),
    ("half a surrogate pair", 'a: "\\ud800"\n', "OR103", 1, 7),
    ("a list that is never closed", "a: [b\nc: d\n", "OR103", 2, 2),
    ("a key indented too little", "a:\n  - b\n c: d\n", "OR103", 3, 2),
    ("a line that is no key", "a: b\nc\n", "OR103", 3, 1),
    ("a text that goes on in the next line", "a: b\n  c\n", "OR103", 1, 4),
    ("a list item indented too much", "a:\n  - b\n    - c\n", "OR103", 2, 5),
    ("an anchor", "a: &b c\n", "OR104", 1, 4),
    ("an alias", "a: *b\n", "OR104", 1, 4),
    ("a tag", "a: !!int 3\n", "OR104", 1, 4),
    ("a tag of one's own", "a: !x\n  b: c\n", "OR104", 1, 4),
    ("a merge key", "a:\n  <<: {b: c}\n", "OR104", 2, 3),
    ("a directive", "%YAML 1.2\n---\na: b\n", "OR104", 1, 1),
    ("a second document", "a: b\n---\nc: d\n", "OR104", 2, 1),
    ("a key that is a list", "[a]: b\n", "OR104", 1, 1),
    ("a key that is a mapping", "? a: b\n: c\n", "OR104", 1, 3),
    ("a key given twice", "a: b\nc: d\na: e\n", "OR105", 3, 1),
    ("a key given twice further in", "x:\n  - a: b\n    a: c\n", "OR105", 3, 5),
    ("nesting without end", "[" * 100_000, "OR111", 1, MAX_DEPTH + 1),
    ("nesting of mappings without end", "{a: " * 100_000, "OR111", 1, 4 * MAX_DEPTH + 1),
    ("a billion laughs", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "OR104", 1, 4),
    ("keys without end", "\n".join(f"k{n}: v" for n in range(300)), "OR111", 201, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), [case[1:] for case in REFUSED],
                         ids=[case[0] for case in REFUSED])  # fmt: skip
def test_what_is_not_in_the_subset_is_refused_at_its_place(
    text: str, code: str, line: int, column: int
) -> None:
    tree, findings = parse(text, "f.yaml")
    assert tree is None
    place = findings[-1].place
    assert (findings[-1].code, place.file, place.line, place.column) == (code, "f.yaml", line, column)
    assert findings[-1].hint


BYTES = [
    ("a byte order mark", b"\xef\xbb\xbfa: b\n", "OR102", 1, 1),
    ("Windows line ends", b"a: b\r\nc: d\r\n", "OR102", 1, 5),
    ("Latin-1", "a: b\nc: é\n".encode("latin-1"), "OR102", 2, 4),
    ("UTF-16", "a: b\n".encode("utf-16"), "OR102", 1, 1),
    ("a byte cut off", "a: é".encode()[:-1], "OR102", 1, 4),
    ("an encoded surrogate", b"a: \xed\xa0\x80\n", "OR102", 1, 4),
    ("an overlong encoding", b"a: \xc0\xaf\n", "OR102", 1, 4),
    ("a bell", b"a: b\x07\n", "OR102", 1, 5),
    ("a null", b"a: b\x00\n", "OR102", 1, 5),
    ("a delete", b"a: b\nc: \x7f\n", "OR102", 2, 4),
    ("a next line", "é: b\x85\n".encode(), "OR102", 1, 5),
    ("a line separator", "a: b\u2028c\n".encode(), "OR102", 1, 5),
    ("too many bytes", b"#" * (MAX_BYTES + 1), "OR111", 0, 0),
]


@pytest.mark.parametrize(("raw", "code", "line", "column"), [case[1:] for case in BYTES],
                         ids=[case[0] for case in BYTES])  # fmt: skip
def test_what_is_no_plain_text_is_refused_at_its_place(raw: bytes, code: str, line: int, column: int) -> None:
    text, (finding,) = decode(raw, "f.yaml")
    assert text is None
    assert (finding.code, finding.place.line, finding.place.column) == (code, line, column)


@pytest.mark.parametrize(
    "text", ["no", "2018-05", "1e3", "0x1F", "null", "~", "1:30", "yes", ".inf", "2018-05-09", "012", "NO"]
)
def test_every_scalar_is_the_text_that_stands_there(text: str) -> None:
    tree, findings = parse(f"a: {text}\n", "f.yaml")
    assert findings == []
    assert isinstance(tree, Mapping)
    assert tree.text("a") == text


def test_columns_count_code_points() -> None:
    tree, _ = parse('"é\U0001f4da": {b: "x\\_y"}\n', "f.yaml")
    assert isinstance(tree, Mapping)
    inner = tree.entries[0].value
    assert (inner.line, inner.column) == (1, 7)
    assert isinstance(inner, Mapping)
    assert inner.text("b") == "x\u00a0y"


def test_paths_lead_to_places() -> None:
    tree, _ = parse("a:\n  - b: c\n    d: [e, f]\n", "f.yaml")
    assert isinstance(tree, Mapping)
    places = {path: place_of(tree, path) for path in paths(tree)}
    assert places == {
        (): (1, 1),
        ("a",): (1, 1),
        ("a", 0): (2, 5),
        ("a", 0, "b"): (2, 5),
        ("a", 0, "d"): (3, 5),
        ("a", 0, "d", 0): (3, 9),
        ("a", 0, "d", 1): (3, 12),
    }
    assert place_of(tree, ("a", 7)) is None
    assert place_of(tree, ("z",)) is None


def test_an_empty_file_has_no_tree_and_no_finding() -> None:
    assert parse("", "f.yaml") == (None, [])
    assert parse("# only a comment\n", "f.yaml") == (None, [])


def test_a_file_may_be_a_list_or_a_text_at_this_stage() -> None:
    assert isinstance(parse("- a\n", "f.yaml")[0], Sequence)
    assert isinstance(parse("a\n", "f.yaml")[0], Scalar)


def places(node: Node) -> list[tuple[object, ...]]:
    """Every node with its text and place."""
    if isinstance(node, Scalar):
        return [(node.text, node.line, node.column, node.plain)]
    inner = node.items if isinstance(node, Sequence) else [n for e in node.entries for n in (e.key, e.value)]
    return [(type(node).__name__, node.line, node.column), *(place for n in inner for place in places(n))]


def test_without_libyaml_the_files_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted((Path(__file__).resolve().parents[2] / "data" / "example").glob("*/*.yaml"))
    fast = [parse(path.read_text(encoding="utf-8"), str(path))[0] for path in files]
    monkeypatch.setattr(syntax, "_LOADER", yaml.SafeLoader)
    slow = [parse(path.read_text(encoding="utf-8"), str(path))[0] for path in files]
    assert len(files) > 5
    for one, other in zip(fast, slow, strict=True):
        assert one is not None
        assert other is not None
        assert places(one) == places(other)
    for name, text, code, line, _ in REFUSED:
        tree, findings = parse(text, "f.yaml")
        assert tree is None, name
        assert findings[-1].code == code, name
        assert abs(findings[-1].place.line - line) <= 2, name
