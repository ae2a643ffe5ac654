"""The correction log: `corrections.jsonl`, one entry a line, each chained to the one before.

Beside it stands `corrections.head`: how many entries there are and the hash of the last. A chain alone can't
tell that its end was cut off; the head can, and so can the manifest of a published snapshot.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from onrecord.authoring.syntax import MAX_BYTES
from onrecord.errors import StorageError
from onrecord.findings import Finding, Place
from onrecord.model.correction import START, Correction
from onrecord.snapshot.disk import replace_file, storage_errors

FILE = "corrections.jsonl"
HEAD = "corrections.head"
_BACK = "put the record back into its file; if it has another slug now, say so in redirects.yaml"
_RESTORE = "restore the line from an earlier version of the file; entries are only ever added"


@dataclass(frozen=True, slots=True)
class Log:
    """The entries that could be read, in the order of the file, each with its line from 1."""

    path: Path
    entries: tuple[Correction, ...] = ()
    lines: tuple[int, ...] = ()

    def place(self, index: int) -> Place:
        """Where an entry stands."""
        return Place(str(self.path), self.lines[index])


def read_log(data: Path) -> tuple[Log, list[Finding]]:
    """The log of a data folder (empty where there is none), and what is wrong with it: OR131 to OR134."""
    path = data / FILE
    raw, unread = _bytes(path)
    if unread:
        return Log(path), unread
    entries, lines, found = _parsed(path, raw)
    log = Log(path, tuple(entries), tuple(lines))
    found += _edited(log)
    whole = not any(finding.code == "OR131" for finding in found)
    found += _order(log, whole)
    head, wrong = _head(data / HEAD, bool(raw))
    found += wrong
    if head is not None and whole:
        altered = {finding.place.line for finding in found}
        found += [f for f in compare(log, *head, str(data / HEAD)) if f.place.line not in altered]
    return log, found


def compare(log: Log, number: int, last: str, witness: str) -> list[Finding]:
    """What a witness (the head, a manifest) knows against the log: it had `number` entries, and `last` was
    the hash of the last of them. More entries than the witness knows are right: entries are added.
    """
    if number == 0:
        return []
    numbers = [entry.number for entry in log.entries]
    if number not in numbers:
        first = max(numbers, default=0) + 1
        place = Place(str(log.path), max(log.lines, default=0) + 1)
        message = f"{_entries(first, number)} missing at the end: {witness} knows {number}"
        return [Finding("OR133", message, place, hint=_RESTORE)]
    at = numbers.index(number)
    if log.entries[at].hash == last:
        return []
    message = f"entry {number} is not the one that {witness} knows: the log was written anew"
    return [Finding("OR133", message, log.place(at), hint=_RESTORE)]


def _bytes(path: Path) -> tuple[bytes, list[Finding]]:
    if not path.exists() and not path.is_symlink():
        return b"", []
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"the correction log cannot be read: {error.strerror}"
        return b"", [Finding("OR131", message, Place(str(path)))]
    if len(raw) > MAX_BYTES:
        message = f"the correction log is larger than {MAX_BYTES} bytes"
        return b"", [Finding("OR131", message, Place(str(path)))]
    return raw, []


def _parsed(path: Path, raw: bytes) -> tuple[list[Correction], list[int], list[Finding]]:
    entries, lines, found = [], [], []
    pieces = raw.split(b"\n")
    if pieces[-1] == b"":
        pieces.pop()
    elif pieces:
        message = "the last line has no end: it may be cut off"
        found.append(Finding("OR131", message, Place(str(path), len(pieces)), hint=_RESTORE))
    for number, piece in enumerate(pieces, start=1):
        try:
            entry = Correction.model_validate(json.loads(piece.decode("utf-8")), strict=True)
        except (ValueError, RecursionError) as error:
            message = f"this line is not an entry of the log: {_reason(error)}"
            found.append(Finding("OR131", message, Place(str(path), number), hint=_RESTORE))
            continue
        entries.append(entry)
        lines.append(number)
        if entry.line().encode() != piece:
            message = f"entry {entry.number} is not written as `onrecord correct` writes it"
            found.append(Finding("OR132", message, Place(str(path), number), hint=_RESTORE))
    return entries, lines, found


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        return f"{where}: {first['msg']}" if where else first["msg"]
    return "it is nested too deeply" if isinstance(error, RecursionError) else f"not JSON ({error})"


def _edited(log: Log) -> list[Finding]:
    message = "entry {} was edited: its hash is not that of its words"
    return [
        Finding("OR132", message.format(entry.number), log.place(at), hint=_RESTORE)
        for at, entry in enumerate(log.entries)
        if entry.hash != entry.own_hash()
    ]


def _order(log: Log, whole: bool) -> list[Finding]:
    """Entries that were removed, moved or doubled, and links that do not hold."""
    found, seen, highest = [], set(), 0
    for at, entry in enumerate(log.entries):
        if entry.number in seen:
            message = f"entry {entry.number} stands here a second time"
            found.append(Finding("OR133", message, log.place(at), hint=_RESTORE))
        elif entry.number < highest:
            message = f"entry {entry.number} stands after entry {highest}: the lines were reordered"
            found.append(Finding("OR133", message, log.place(at), hint=_RESTORE))
        seen.add(entry.number)
        highest = max(highest, entry.number)
    order = sorted(range(len(log.entries)), key=lambda at: (log.entries[at].number, at))
    before, hash_before, place_before = 0, START, None
    for at in order:
        entry = log.entries[at]
        if entry.number > before + 1 and whole:
            message = f"{_entries(before + 1, entry.number - 1)} missing before this line"
            found.append(Finding("OR133", message, log.place(at), hint=_RESTORE))
        elif entry.number == before + 1 and entry.previous != hash_before:
            message = (
                f"entry {before} is not the one that entry {entry.number} follows: it was edited"
                if before
                else "the first entry follows another: the log does not begin here"
            )
            found.append(Finding("OR133", message, place_before or log.place(at), hint=_RESTORE))
        before, hash_before, place_before = entry.number, entry.hash, log.place(at)
    return found


def _entries(first: int, last: int) -> str:
    return f"entry {first} is" if first == last else f"entries {first} to {last} are"


def _head(path: Path, needed: bool) -> tuple[tuple[int, str] | None, list[Finding]]:
    try:
        text = path.read_text(encoding="ascii") if path.exists() else None
    except (OSError, UnicodeDecodeError):
        text = ""
    if text is None:
        if not needed:
            return None, []
        message = f"the head of the correction log is missing beside {FILE}"
        return None, [Finding("OR134", message, Place(str(path)), hint=_RESTORE)]
    number, _, last = text.removesuffix("\n").partition(" ")
    digits = number.isdigit() and len(number) < 10
    if not digits or len(last) != 64 or set(last) - set("0123456789abcdef"):
        message = "expected the number of entries, a space and the hash of the last"
        return None, [Finding("OR134", message, Place(str(path), 1), hint=_RESTORE)]
    return (int(number), last), []


def fit(log: Log, nouns: Mapping[str, str], moved: Mapping[str, str]) -> list[Finding]:
    """OR135: entries that do not fit the record, whose slugs have these nouns; `moved` are the slugs that
    records had before, each with the one of today.
    """
    found = []
    retracted: dict[str, int] = {}
    for at, entry in enumerate(log.entries):
        wrong = None
        slug = moved.get(entry.slug, entry.slug)
        if slug not in nouns and entry.slug not in moved:
            wrong = f"nothing on record is called '{slug}': a record stays when it is retracted"
        elif nouns.get(slug) == "correction":
            wrong = "an entry of the log is not itself corrected; a later entry says what is right"
        elif slug in retracted:
            wrong = f"'{slug}' was retracted by entry {retracted[slug]}"
        elif entry.kind == "retract":
            retracted[slug] = entry.number
        if wrong:
            found.append(Finding("OR135", wrong, log.place(at), hint=_BACK))
    return found


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Keeps a second writer of the log waiting: the folder itself is the lock, and no file is left behind.

    Raises:
        StorageError: the folder can't be opened.
    """
    try:
        folder = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise StorageError(f"{data} can't be opened: {error.strerror}") from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def append(data: Path, log: Sequence[Correction], entry: Correction) -> None:
    """Adds an entry to the log and brings the head up to it; the caller holds the lock.

    The log is written before its head: after a crash between the two the log is one entry longer than its
    head knows, which is right, and the next entry brings the head up.

    Raises:
        StorageError: the disk is full or can't be written; the log is as it was.
    """
    if not (data / HEAD).exists():
        _replace(data / HEAD, f"0 {START}\n")
    _replace(data / FILE, "".join(f"{each.line()}\n" for each in (*log, entry)))
    _replace(data / HEAD, f"{entry.number} {entry.hash}\n")


def _replace(path: Path, text: str) -> None:
    with storage_errors(path, "the log is as it was"):
        replace_file(path, text.encode())


CODES: dict[str, str] = {
    "OR131": "The correction log cannot be read, or a line of it is not an entry.",
    "OR132": "A line of the correction log was edited after it was written.",
    "OR133": "Lines of the correction log were removed, reordered, doubled or written anew.",
    "OR134": "The head of the correction log (`corrections.head`) is missing or not readable.",
    "OR135": "An entry of the correction log does not fit the record: it names a record that is not there, "
    "or one that was retracted before.",
}
