"""The exact text that was read.

A capture is a UTF-8 file, taken as it is: no newline is translated, nothing is trimmed or normalised, a byte
order mark counts as a character. Offsets everywhere are code points of this text, the end exclusive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from onrecord.findings import Finding, Place
from onrecord.model import SourceFile

MAX_BYTES = 50_000_000
"""A capture is one article or document; a bigger file is a mistake or an attack."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A text with its name: `slug` of the source, `file` as in the folder, `sha256` of the file's bytes."""

    slug: str
    file: str
    text: str
    sha256: str


def capture_of(text: str, slug: str, file: str) -> Capture:
    """The capture that a file holding `text` in UTF-8 would be."""
    return Capture(slug, file, text, sha256(text.encode()).hexdigest())


def find_capture(folder: Path, source: SourceFile | str) -> Path | None:
    """Where the capture of a source (or of that file name) is: directly in `folder`; None where it is not
    there.
    """
    name = source if isinstance(source, str) else source.capture.file
    if Path(name).name != name or "\\" in name or name in (".", ".."):
        return None
    path = folder / name
    return path if path.exists() or path.is_symlink() else None


def read_capture(path: Path, slug: str | None = None) -> tuple[Capture | None, list[Finding]]:
    """Read a capture; `slug` is its source (the file's stem where not given).

    Returns no capture and a finding OR201 where the file cannot be read or is too big, OR202 where it is
    not UTF-8.
    """
    place = Place(path.name)
    try:
        if not path.is_file():
            return None, [Finding("OR201", "the capture is not a file", place)]
        size = path.stat().st_size
        if size > MAX_BYTES:
            return None, [
                Finding("OR201", f"the capture has {size:,} bytes; at most {MAX_BYTES:,} are read", place)
            ]
        raw = path.read_bytes()
    except OSError as error:
        return None, [Finding("OR201", f"the capture cannot be read: {error.strerror or error}", place)]
    try:
        text = raw.decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"byte {error.start} (0x{raw[error.start]:02X}) is not UTF-8"
        return None, [
            Finding("OR202", message, Place(path.name, line, column), hint="save the text as UTF-8")
        ]
    return Capture(slug or path.stem, path.name, text, sha256(raw).hexdigest()), []


def read_captures(
    folder: Path | None, sources: Iterable[SourceFile]
) -> tuple[dict[str, Capture | None], list[Finding]]:
    """The captures of the sources by slug; None where a file is not at hand or cannot be read."""
    captures: dict[str, Capture | None] = {}
    findings: list[Finding] = []
    for source in sources:
        path = find_capture(folder, source) if folder is not None else None
        captures[source.id] = None
        if path is not None:
            captures[source.id], found = read_capture(path, source.id)
            findings += found
    return captures, findings


CODES: dict[str, str] = {
    "OR201": "A capture cannot be read: it is no file, is too big, or the system refuses.",
    "OR202": "A capture is not UTF-8.",
}
