"""The one tree of errors. Exceptions are for "cannot go on"; what a curator can mend is a Finding.

OnRecordError
├── UsageError            wrong word at the door: option, format, date in a parameter   exit 2
│   ├── UnknownName       a question, parameter, slug or format that does not exist     exit 2
│   └── QueryRefused      SPARQL that is malformed or refused by name                   exit 2
├── ConfigurationError    onrecord.toml or a folder that is not as it must be           exit 2
├── FindingsError         the data have errors; carries the findings                    exit 1
└── Unavailable           nothing to serve now, or no room to write                     exit 3
    ├── NoSnapshot        nothing has been built yet
    ├── StorageError      a disk that is full, read-only or damaged
    ├── LimitExceeded     time, memory, size of the answer; names the limit
    ├── Busy              the queue is full; says when to try again
    └── Stopped           whoever asked does not wait any longer
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.findings import Finding


class OnRecordError(Exception):
    """Root of the tree. `hint` says what to do next; `status` is the exit status of the command line."""

    status = 2

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(OnRecordError):
    """A word at the door is wrong; nothing was done."""


class UnknownName(UsageError):
    """A name that is not on the list; `near` are the names that it may have meant, nearest first."""

    def __init__(self, message: str, *, near: Sequence[str] = (), hint: str | None = None) -> None:
        if hint is None and near:
            hint = f"did you mean {' or '.join(near[:3])}?"
        super().__init__(message, hint=hint)
        self.near = tuple(near)


class QueryRefused(UsageError):
    """SPARQL that is malformed (`line`, `column` from 1) or refused by name (both may be known too)."""

    def __init__(
        self, message: str, *, line: int | None = None, column: int | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.line = line
        self.column = column


class ConfigurationError(OnRecordError):
    """A folder or `onrecord.toml` is not as it must be."""


class FindingsError(OnRecordError):
    """The data have errors; the snapshot that was served before stays."""

    status = 1

    def __init__(self, message: str, findings: "Sequence[Finding]", *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.findings = tuple(findings)


class Unavailable(OnRecordError):
    """Nothing can be served now; the same request may succeed later."""

    status = 3


class NoSnapshot(Unavailable):
    """Nothing has been built yet."""


class StorageError(Unavailable):
    """A disk that is full, read-only or damaged."""


class LimitExceeded(Unavailable):
    """A published limit was reached; `limit` is its name in the table of limits."""

    def __init__(self, message: str, *, limit: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.limit = limit


class Busy(Unavailable):
    """The queue is full; try again after `retry_after` seconds.

    own: it is full of this client's own requests, so that asking less helps.
    """

    def __init__(
        self, message: str, *, retry_after: int = 1, own: bool = False, hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after
        self.own = own


class Stopped(Unavailable):
    """Whoever asked does not wait any longer; the query was ended."""
