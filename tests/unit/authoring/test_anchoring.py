"""`onrecord anchor`: finds what stands once, refuses the rest, and says what it changed."""

from pathlib import Path

import pytest

from onrecord.authoring import anchor, capture_name, read
from onrecord.model import hash_text, seal_of
from onrecord.text import Capture, capture_of

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "example"
TEXT = "Ann said: “We agree. We agree.”\n\nThe board’s reply\u00a0was “no”. The board said “no” again.\n"
HEAD = """\
id: wire
title: Wire
kind: news-article
publisher: ann
published: {basis: outside}
rights: none
capture:
  file: wire.txt
"""


@pytest.fixture
def capture() -> Capture:
    return capture_of(TEXT, "wire", "wire.txt")


def source(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "sources" / "wire.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def quote(*lines: str) -> str:
    head = "statements:\n  - id: s1\n    speaker: ann\n    mode: direct\n    act: said\n"
    head += "    date: {basis: stated}\n"
    return f"{head}    quotes:\n      - " + "\n        ".join(lines) + "\n"


def test_a_quotation_gets_position_context_hash_and_seal(tmp_path: Path, capture: Capture) -> None:
    path = source(tmp_path, quote('exact: "We agree. We agree."'))
    text, findings = anchor(path, capture)
    assert [f.code for f in findings] == ["OR207", "OR207"]
    path.write_text(text, encoding="utf-8")
    register, _ = read(tmp_path, {})
    (found,) = register.sources[0].statements[0].quotes
    assert (found.start, found.end) == (11, 30)
    assert (found.prefix, found.suffix) == ("Ann said: “", "”\n\nThe board’s reply\u00a0was “no”. The board")
    assert found.suffix is not None
    assert len(found.suffix) == 40
    assert found.sha256 == hash_text("We agree. We agree.")
    assert found.seal == seal_of(capture.sha256, 11, 30, found.sha256, "Ann said: “", found.suffix)
    assert register.sources[0].capture.length == len(TEXT)
    assert anchor(path, capture) == (text, [])


def test_find_tells_which_of_several_places_is_meant_and_goes_away(tmp_path: Path, capture: Capture) -> None:
    body = quote('exact: "no"', 'find: "said “no”"').replace("direct", "mixed")
    path = source(tmp_path, body + '    passages:\n      - find: "board’s reply\\_was"\n')
    text, findings = anchor(path, capture)
    assert {f.code for f in findings} == {"OR207"}
    assert "find" not in text
    assert f"start: {TEXT.index('no” again')}\n" in text
    assert f"start: {TEXT.index('board’s')}\n" in text


REFUSED = [
    ("words that are not there", ['exact: "We agree with them."'], "OR203", 16, "closest at 11"),
    ("words with other spaces", ['exact: "reply was"'], "OR203", 16, "99 % alike"),
    ("words with other marks", ['exact: "The board\'s reply"'], "OR203", 16, "99 % alike"),
    ("words of another source", ['exact: "Xylophones quack zanily"'], "OR203", 16, "nothing alike"),
    ("words that stand twice", ['exact: "We agree."'], "OR204", 16, "2 times in capture 'wire', at 11, 21"),
    ("words that overlap themselves", ['exact: "ee. We agree"', 'find: "e"'], "OR205", 17, "does not hold"),
    ("a stretch that stands twice", ['exact: "no"', 'find: "“no”"'], "OR204", 17, "make it longer"),
    ("a stretch that is not there", ['exact: "no"', 'find: "said “no” now"'], "OR203", 17, "closest at"),
    ("a stretch without the words", ['exact: "no"', 'find: "Ann said"'], "OR205", 17, "does not hold"),
]


@pytest.mark.parametrize(
    ("lines", "code", "line", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_is_not_found_once_is_refused_and_the_file_stays(
    lines: list[str], code: str, line: int, words: str, tmp_path: Path, capture: Capture
) -> None:
    path = source(tmp_path, quote(*lines))
    before = path.read_text(encoding="utf-8")
    text, findings = anchor(path, capture)
    errors = [f for f in findings if f.severity == "error"]
    assert text == before
    assert [(f.code, f.place.file, f.place.line, f.place.column) for f in errors] == [
        (code, str(path), line, 9)
    ]
    assert words in str(errors[0])


def test_all_refusals_are_told_at_once(tmp_path: Path, capture: Capture) -> None:
    body = quote('exact: "zz"') + "mentions:\n  - {actor: ann, name: The board}\n  - {actor: ann, name: Bo}\n"
    _, findings = anchor(source(tmp_path, body), capture)
    errors = [(f.code, f.place.line) for f in findings if f.severity == "error"]
    assert errors == [("OR203", 16), ("OR204", 18), ("OR203", 19)]


def test_a_passage_without_words_needs_find(tmp_path: Path, capture: Capture) -> None:
    path = source(tmp_path, "events:\n  - event: e1\n    description: d\n    passages:\n      - start: 3\n")
    _, findings = anchor(path, capture)
    (error,) = [f for f in findings if f.severity == "error"]
    assert (error.code, error.place.line, error.hint) == ("OR203", 13, "write the article's words as `find`")


def anchored(tmp_path: Path, capture: Capture, body: str) -> Path:
    path = source(tmp_path, body)
    text, findings = anchor(path, capture)
    assert not [f for f in findings if f.severity == "error"]
    path.write_text(text, encoding="utf-8")
    return path


def test_an_edited_quotation_moves_its_anchor_and_says_so(tmp_path: Path, capture: Capture) -> None:
    path = anchored(tmp_path, capture, quote('exact: "We agree. We agree."'))
    text = path.read_text(encoding="utf-8").replace('"We agree. We agree."', '"Ann said"')
    path.write_text(text, encoding="utf-8")
    text, findings = anchor(path, capture)
    (note,) = findings
    assert (note.code, note.severity) == ("OR208", "note")
    assert "start 11 → 0" in note.message
    assert "end 30 → 8" in note.message
    assert "start: 0\n" in text


def test_an_ambiguous_quotation_keeps_its_place(tmp_path: Path, capture: Capture) -> None:
    path = anchored(
        tmp_path,
        capture,
        quote('exact: "We agree."', 'find: "agree. We agree."').replace('"agree. We agree."', '" We agree."'),
    )
    assert "start: 21\n" in path.read_text(encoding="utf-8")
    assert anchor(path, capture)[1] == []
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("start: 21", "start: 20"), encoding="utf-8")
    assert anchor(path, capture)[0] == before


def test_a_new_capture_moves_what_it_still_holds(tmp_path: Path, capture: Capture) -> None:
    body = quote('exact: "We agree. We agree."').replace("direct", "mixed")
    path = anchored(tmp_path, capture, body + '    passages:\n      - find: "board’s reply\\_was"\n')
    longer = capture_of(f"News\n\n{TEXT}", "wire", "wire.txt")
    text, findings = anchor(path, longer)
    assert {f.code for f in findings} == {"OR207", "OR208"}
    assert "start: 17\n" in text
    assert f"start: {TEXT.index('board’s') + 6}\n" in text
    shorter = capture_of(TEXT.replace("reply", "answer"), "wire", "wire.txt")
    text, findings = anchor(path, shorter)
    assert [f.message for f in findings if f.severity == "error"] == [
        "the passage no longer stands in the capture"
    ]
    assert text == path.read_text(encoding="utf-8")


def test_comments_and_order_survive(tmp_path: Path, capture: Capture) -> None:
    path = source(tmp_path, "# said twice\n" + quote('exact: "no"', 'find: "said “no”"  # the second'))
    text, _ = anchor(path, capture)
    assert "\n# said twice\nstatements:\n" in text


def test_an_unreadable_file_is_refused(tmp_path: Path, capture: Capture) -> None:
    path = source(tmp_path, "statements: [\n")
    text, findings = anchor(path, capture)
    assert [f.code for f in findings] == ["OR103"]
    assert text == path.read_text(encoding="utf-8")


def test_a_file_names_its_capture_before_it_can_be_read(tmp_path: Path) -> None:
    assert capture_name(source(tmp_path, "nonsense: 1\n")) == "wire.txt"
    assert capture_name(tmp_path / "absent.yaml") is None


def test_the_example_is_anchored() -> None:
    for path in sorted((EXAMPLE / "sources").glob("*.yaml")):
        file = EXAMPLE / "captures" / f"{path.stem}.txt"
        capture = capture_of(file.read_bytes().decode(), path.stem, file.name)
        assert anchor(path, capture) == (path.read_text(encoding="utf-8"), [])
