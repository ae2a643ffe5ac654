"""What a disk says when it is full or barred, in our words; files that are replaced whole or not at all."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from onrecord.errors import StorageError

_FULL = ("No space left", "File too large", "Disk quota exceeded", "disk is full")
_FULL_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_full(error: BaseException) -> bool:
    """Whether a disk without room is what this error is about.

    The engine and SQLite pass on the system's words without its number, so both are read.
    """
    return getattr(error, "errno", None) in _FULL_NUMBERS or any(words in str(error) for words in _FULL)


@contextmanager
def storage_errors(place: Path, hint: str) -> Iterator[None]:
    """Turns the words of system, engine and index into a StorageError about `place`.

    `hint` says what to do where there is room and `place` cannot be written all the same.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if is_full(error):
            raise StorageError(
                f"no space left on the disk of {place}",
                hint="make room and try again; what was there before is as it was",
            ) from error
        words = getattr(error, "strerror", None) or error
        raise StorageError(f"{place} can't be written: {words}", hint=hint) from error


def flush(path: Path) -> None:
    """fsync of a file or folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Writes a file aside, flushes it to disk and puts it in the place of `path`.

    Raises:
        OSError: it can't be written; `path` is as it was.
    """
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_bytes(content)
        flush(aside)
        aside.replace(path)
        flush(path.parent)
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise
