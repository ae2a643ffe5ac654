"""The jobs that write data files: canonical form, anchors, the correction log.

A file is replaced whole or not.
"""

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from onrecord import authoring, terms
from onrecord.authoring import corrections
from onrecord.config import Settings
from onrecord.errors import (
    FindingsError,
    NoSnapshot,
    Unavailable,
    UnknownName,
    UsageError,
)
from onrecord.findings import Finding, errors
from onrecord.model import FILES, FOLDERS, Correction, Register, digest
from onrecord.model.correction import Act, sealed, wording
from onrecord.resources import ontology_dir
from onrecord.snapshot.disk import replace_file, storage_errors
from onrecord.snapshot.folder import published_folder
from onrecord.snapshot.records import read_records
from onrecord.text import find_capture, read_capture


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
    beside = [data / name for name in FILES if (data / name).exists()]
    for path in sorted([*beside, *(p for folder in FOLDERS for p in (data / folder).glob("*.yaml"))]):
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


def log_correction(settings: Settings, kind: Act, slug: str, reason: str, date: str) -> Correction:
    """Adds an entry to the correction log; `date` is EDTF text. The record's own file is not touched.

    Raises:
        UnknownName: nothing on record has that slug.
        UsageError: the reason or the date is not one, or the record was retracted before.
        FindingsError: the log is broken; nothing was added to it.
        StorageError: the log can't be written, or the published snapshot is damaged.
    """
    with corrections.locked(settings.data):
        log, broken = corrections.read_log(settings.data)
        if broken:
            raise FindingsError("the correction log is broken; nothing was added to it", broken)
        register, _ = authoring.read(settings.data, terms.load_kinds(ontology_dir()))
        _check_correctable(register, slug, kind)
        now = digest(register.entries[slug].record)
        before = _published_digest(settings, slug)
        if kind == "correct" and before in (now, None):
            before = next((e.after for e in reversed(log.entries) if e.slug == slug and e.after != now), None)
        after = None if kind == "retract" else now
        before = now if kind == "retract" and before is None else before
        try:
            entry = sealed(log.entries, kind, slug, reason, date, before, after)
        except ValidationError as error:
            raise _unfit(error) from None
        corrections.append(settings.data, log.entries, entry)
    return entry


def _check_correctable(register: Register, slug: str, kind: Act) -> None:
    found = register.entries.get(slug)
    if found is None:
        now = register.current(slug)
        near = [now] if now != slug else get_close_matches(slug, register.entries, n=3)
        hint = None if near else "the slug of a record in the data files; onrecord search finds it"
        raise UnknownName(f"nothing on record is called '{slug}'", near=near, hint=hint)
    if found.noun == "correction":
        raise UsageError(
            f"'{slug}' is an entry of the log, which is only ever added to",
            hint="add another entry about the record itself",
        )
    gone = register.retracted().get(slug)
    if gone is not None:
        raise UsageError(
            f"'{slug}' was retracted, {gone.date} ({gone.id}): it can't be {wording(kind)}",
            hint="what is right goes into a record of its own",
        )


def _published_digest(settings: Settings, slug: str) -> str | None:
    """The record's checksum in the published snapshot; None where there is none, or not this record."""
    try:
        folder = published_folder(settings.snapshot)
    except NoSnapshot:
        return None
    return read_records(folder).get(slug)


def _unfit(error: ValidationError) -> UsageError:
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0])
    message = str(first["msg"]).removeprefix("Value error, ")
    return UsageError(f"--{field}: {message}")


def replace(path: Path, text: str) -> None:
    """Writes a file whole or not at all.

    Raises:
        StorageError: the disk is full or can't be written; `path` is as it was.
    """
    with storage_errors(path, "the file is as it was"):
        replace_file(path, text.encode())
