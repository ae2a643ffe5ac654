"""The two jobs that rewrite data files: canonical form and anchors. A file is replaced whole or not."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from onrecord import authoring
from onrecord.config import Settings
from onrecord.errors import FindingsError, Unavailable, UnknownName
from onrecord.findings import Finding, errors
from onrecord.snapshot.disk import replace_file, storage_errors
from onrecord.text import find_capture, read_capture

FOLDERS = ("actors", "documents", "sources", "dossiers")


@dataclass(frozen=True)
class Anchored:
    """What `anchor` did to a source file: how many anchors it holds, and whether it was rewritten."""

    path: Path
    anchored: int
    changed: bool
    findings: list[Finding] = field(default_factory=list)


def format_files(data: Path, *, write: bool) -> tuple[list[Path], list[Finding]]:
    """Files that are not canonical (rewritten where `write`), and findings for those that can't be read."""
    changed: list[Path] = []
    found: list[Finding] = []
    for path in sorted(p for folder in FOLDERS for p in (data / folder).glob("*.yaml")):
        try:
            wanted = authoring.canonical(path)
        except FindingsError as error:
            found += error.findings
            continue
        if wanted.encode() != path.read_bytes():
            changed.append(path)
            if write:
                replace(path, wanted)
    return changed, found


def anchor_source(settings: Settings, slug: str) -> Anchored:
    """Anchors the source file `slug` in its capture; the file need not be fit for a build yet.

    Raises:
        UnknownName: no such source.
        Unavailable: its capture is not at hand.
    """
    path = settings.data / "sources" / f"{slug}.yaml"
    if Path(slug).name != slug or not path.is_file():
        known = sorted(other.stem for other in path.parent.glob("*.yaml"))
        near = get_close_matches(slug, known, n=3)
        raise UnknownName(
            f"no source '{slug}' in {path.parent}",
            near=near,
            hint=None if near else f"known: {', '.join(known)}",
        )
    name = authoring.capture_name(path) or f"{slug}.txt"
    place = find_capture(settings.captures, name)
    if place is None:
        raise Unavailable(
            f"the capture {name} of '{slug}' is not in {settings.captures}",
            hint="name the folder that holds it with --captures",
        )
    capture, unread = read_capture(place, slug)
    if capture is None:
        return Anchored(path, 0, False, unread)
    text, notes = authoring.anchor(path, capture)
    changed = not errors(notes) and text.encode() != path.read_bytes()
    if changed:
        replace(path, text)
    return Anchored(path, text.count("seal: "), changed, notes)


def replace(path: Path, text: str) -> None:
    """Writes a file whole or not at all.

    Raises:
        StorageError: the disk is full or can't be written; `path` is as it was.
    """
    with storage_errors(path, "the file is as it was"):
        replace_file(path, text.encode())
