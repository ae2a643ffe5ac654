"""Errors as HTTP answers: one status each, and JSON with five keys.

Faults that only HTTP has stand here beside the tree of `onrecord.errors`:

UsageError
├── NotFound              no such question, entity, format or page     404
├── NotLicensed           a text that no licence lets us give out      403
├── NotAcceptable         no representation that `Accept` takes        406
├── UnsupportedMediaType  a request body of a kind that is not read    415
├── RequestTooLarge       a request body beyond the limit              413
└── RequestTimeout        a request body that does not arrive          408
"""

import json
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import Response

from onrecord.errors import (
    Busy,
    LimitExceeded,
    OnRecordError,
    QueryRefused,
    Unavailable,
    UnknownName,
    UsageError,
)


class NotFound(UnknownName):
    """Nothing has this address."""


class NotLicensed(UsageError):
    """It is there and is not ours to give.

    Not 451: that is for a demand by somebody with the law behind him (RFC 7725, 3), and nobody made one.
    """


class NotAcceptable(UsageError):
    """There is no representation that the client takes."""


class UnsupportedMediaType(UsageError):
    """The request's body is of a kind that is not read here."""


class RequestTooLarge(UsageError):
    """The request's body passes the limit."""


class RequestTimeout(UsageError):
    """The request's body did not arrive in time."""


@dataclass(frozen=True, slots=True)
class Fault:
    """How a kind of error is told: status, the word under `error`, and when to try again (seconds)."""

    status: int
    error: str
    retry_after: int | None = None


_FAULTS: tuple[tuple[type[OnRecordError], Fault], ...] = (
    (NotFound, Fault(404, "not-found")),
    (NotLicensed, Fault(403, "not-licensed")),
    (NotAcceptable, Fault(406, "not-acceptable")),
    (UnsupportedMediaType, Fault(415, "unsupported-media-type")),
    (RequestTooLarge, Fault(413, "request-too-large")),
    (RequestTimeout, Fault(408, "request-timeout")),
    (QueryRefused, Fault(400, "query-refused")),
    (UnknownName, Fault(400, "unknown-name")),
    (UsageError, Fault(400, "bad-request")),
    (Busy, Fault(503, "busy", 1)),
    (Unavailable, Fault(503, "unavailable", 5)),
)
"""Most particular first."""

_LIMITS = {
    "time_limit_s": Fault(504, "time-limit"),
    "memory_limit_mb": Fault(503, "memory-limit", 5),
    "result_limit_mb": Fault(413, "result-too-large"),
    "query_length_kib": Fault(413, "query-too-long"),
    "depth": Fault(400, "query-refused"),
}
"""What reaching each published limit is told as."""

INTERNAL = Fault(500, "internal")


def fault_of(error: OnRecordError) -> Fault:
    """How an error is told. What has no line of its own is a fault of ours."""
    if isinstance(error, LimitExceeded):
        return _LIMITS.get(error.limit, Fault(503, "limit", 5))
    fault = next((fault for kind, fault in _FAULTS if isinstance(error, kind)), INTERNAL)
    if isinstance(error, Busy):
        return Fault(429 if error.own else fault.status, fault.error, error.retry_after)
    return fault


def error_answer(error: OnRecordError) -> Response:
    """An error of ours as an answer."""
    line = getattr(error, "line", None)
    column = getattr(error, "column", None)
    return answer(fault_of(error), error.message, error.hint, line=line, column=column)


def answer(
    fault: Fault,
    message: str,
    hint: str | None = None,
    *,
    line: int | None = None,
    column: int | None = None,
) -> Response:
    """JSON `{"error", "message", "hint", "line", "column"}`; what is not known is null."""
    told = {"error": fault.error, "message": message, "hint": hint, "line": line, "column": column}
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if fault.retry_after is not None:
        headers["Retry-After"] = str(fault.retry_after)
    body = json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(body, fault.status, headers, media_type="application/json")


def internal_answer() -> Response:
    """A fault of ours; what happened is in the log, not in the answer."""
    message = "something went wrong inside the server"
    return answer(INTERNAL, message, "the same request may succeed later; please report it")


def status_answer(status: int, detail: str | None = None, hint: str | None = None) -> Response:
    """An answer for a bare HTTP status, such as 405."""
    phrase = HTTPStatus(status).phrase
    return answer(Fault(status, phrase.lower().replace(" ", "-")), detail or phrase, hint)
