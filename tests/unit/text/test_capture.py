"""A capture is taken as it is, or refused with its place."""

from hashlib import sha256
from pathlib import Path

import pytest

from onrecord.model import SourceFile
from onrecord.text import find_capture, read_capture, read_captures

STRANGE = "\ufeffOne\r\nTwo\rThree\u2028Four\x00\x0b e\u0301 \U0001f4da \u2067x\u2069 \n\n "


def source(slug: str = "wire", file: str = "wire.txt") -> SourceFile:
    return SourceFile.model_validate(
        {
            "id": slug,
            "title": "t",
            "kind": "news-article",
            "publisher": "ann",
            "published": {"basis": "stated"},
            "rights": "r",
            "capture": {"file": file, "sha256": "a" * 64, "length": "1"},
        }
    )


def test_the_text_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "wire.txt"
    path.write_bytes(STRANGE.encode())
    capture, findings = read_capture(path, "wire")
    assert findings == []
    assert capture is not None
    assert capture.text == STRANGE
    assert (capture.slug, capture.file) == ("wire", "wire.txt")
    assert capture.sha256 == sha256(STRANGE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("raw", "line", "column", "byte"),
    [
        (b"a\nb\xe9c", 2, 2, "0xE9"),
        (b"\xff\xfea\x00", 1, 1, "0xFF"),
        ("é".encode()[:1], 1, 1, "0xC3"),
        ("\u00e9\u00e9".encode() + b"\x80", 1, 3, "0x80"),
        (b"\xed\xb0\x80", 1, 1, "0xED"),
    ],
)
def test_what_is_not_utf8_is_refused_at_its_place(
    raw: bytes, line: int, column: int, byte: str, tmp_path: Path
) -> None:
    path = tmp_path / "wire.txt"
    path.write_bytes(raw)
    capture, (finding,) = read_capture(path)
    assert capture is None
    assert (finding.code, finding.place.file) == ("OR202", "wire.txt")
    assert (finding.place.line, finding.place.column) == (line, column)
    assert byte in finding.message


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    for name in ("folder.txt", "dangling.txt", "absent.txt"):
        capture, (finding,) = read_capture(tmp_path / name)
        assert capture is None
        assert (finding.code, finding.place.file) == ("OR201", name)


def test_what_is_too_big_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(50_000_001)
    capture, (finding,) = read_capture(tmp_path / "big.txt")
    assert capture is None
    assert finding.message == "the capture has 50,000,001 bytes; at most 50,000,000 are read"


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "a/b.txt", "..", ".", "a\\b.txt"])
def test_a_capture_is_directly_in_its_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "folder" / "a").mkdir(parents=True)
    (tmp_path / "folder" / "a" / "b.txt").write_text("x")
    assert find_capture(tmp_path / "folder", source(file=name)) is None
    assert find_capture(tmp_path / "folder", name) is None


def test_captures_by_source(tmp_path: Path) -> None:
    (tmp_path / "wire.txt").write_text("text")
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    sources = [source(), source("bad", "bad.txt"), source("absent", "absent.txt")]
    captures, findings = read_captures(tmp_path, sources)
    assert {slug: capture and capture.text for slug, capture in captures.items()} == {
        "wire": "text",
        "bad": None,
        "absent": None,
    }
    assert [f.code for f in findings] == ["OR202"]
    assert read_captures(None, sources) == ({"wire": None, "bad": None, "absent": None}, [])
