"""An answer of the record as an HTTP response: its entity tag, 304 where the client has it already, gzip."""

import asyncio
import gzip
import re
import zlib
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from onrecord.query.result import Written
from onrecord.query.spool import Spooled

T = TypeVar("T")
PACKED_FROM = 1024
"""Bytes from which an answer is compressed for clients that take it."""
_ASIDE_FROM = 1 << 15
_CHUNK = 1 << 18
_LEVEL = 5
_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def represent(
    request: Request,
    content: bytes,
    media_type: str,
    snapshot: str,
    *,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response with its entity tag, or 304 without a body where `If-None-Match` holds that tag.

    snapshot: name of the published folder, with which every tag begins. The tag is weak (RFC 9110, 8.8.1):
    the same answer, compressed or not.
    """
    digest = sha256(media_type.encode() + b"\n" + content).hexdigest()[:16]
    shared = _shared(snapshot, digest, headers)
    if _has(request, shared["ETag"]):
        return Response(status_code=304, headers=shared)
    if len(content) >= PACKED_FROM and _takes_gzip(request):
        content = gzip.compress(content, _LEVEL, mtime=0)
        shared["Content-Encoding"] = "gzip"
    shared["Content-Type"] = _with_charset(media_type)
    return Response(content, headers=shared)


async def represent_written(request: Request, written: Written, media_type: str, snapshot: str) -> Response:
    """As `represent`, for what a worker wrote; what takes a while is done in threads."""
    body = written.body
    if isinstance(body, bytes):
        if len(body) < _ASIDE_FROM:
            return represent(request, body, media_type, snapshot)
        return await _aside(lambda: represent(request, body, media_type, snapshot))
    try:
        digest = await _aside(lambda: _digest(body, media_type))
        shared = _shared(snapshot, digest, None)
        if _has(request, shared["ETag"]):
            body.close()
            return Response(status_code=304, headers=shared)
        shared["Content-Type"] = _with_charset(media_type)
        packed = _takes_gzip(request) and request.scope["http_version"] != "1.0"  # RFC 9112, 6.1: no chunks
        return Streamed(body, written.length, shared, packed=packed)
    except BaseException:
        body.close()
        raise


class Streamed(Response):
    """A large answer, sent from its file piece by piece as the client reads it; the file is closed then."""

    def __init__(self, body: Spooled, length: int, headers: dict[str, str], *, packed: bool) -> None:
        sized = {"Content-Encoding": "gzip"} if packed else {"Content-Length": str(length)}
        super().__init__(headers=headers | sized)
        if packed:
            del self.headers["content-length"]
        self._body = body
        self._pack = zlib.compressobj(_LEVEL, wbits=31) if packed else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Sends it, as ASGI has it."""
        with self._body:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            more = scope["method"] != "HEAD"
            while more:
                part, more = await _aside(self._next)
                if part and more:
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            last = self._pack.flush() if self._pack is not None and scope["method"] != "HEAD" else b""
            await send({"type": "http.response.body", "body": last, "more_body": False})

    def _next(self) -> tuple[bytes, bool]:
        part = self._body.read(_CHUNK)
        return (part if self._pack is None else self._pack.compress(part)), bool(part)


async def _aside(action: Callable[[], T]) -> T:
    """What `action` gives, in one of the few threads that the event loop keeps."""
    return await asyncio.get_running_loop().run_in_executor(None, action)


def _digest(body: Spooled, media_type: str) -> str:
    digest = sha256(media_type.encode() + b"\n")
    while part := body.read(_CHUNK):
        digest.update(part)
    body.rewind()
    return digest.hexdigest()[:16]


def _shared(snapshot: str, digest: str, headers: Mapping[str, str] | None) -> dict[str, str]:
    return {
        "ETag": f'W/"{snapshot[:16]}-{digest}"',
        "Cache-Control": "no-cache",
        "Vary": "Accept, Accept-Encoding",
        **(headers or {}),
    }


def _takes_gzip(request: Request) -> bool:
    """Whether `Accept-Encoding` names gzip (RFC 9110, 12.5.3); without it, or with weight 0, it does not."""
    for part in ",".join(request.headers.getlist("accept-encoding")).lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "x-gzip"):
            return not re.fullmatch(r"\s*q\s*=\s*0(?:\.0{0,3})?\s*", weight)
    return False


def _has(request: Request, tag: str) -> bool:
    """RFC 9110, 13.1.2, by weak comparison."""
    if request.method not in ("GET", "HEAD"):
        return False
    values = ",".join(request.headers.getlist("if-none-match"))
    if not values:
        return False
    return values.strip() == "*" or tag.removeprefix("W/").strip('"') in _TAG.findall(values)


def _with_charset(media_type: str) -> str:
    """`text/*` says that it is UTF-8; the others are so by their own definitions."""
    if "charset=" in media_type or not media_type.startswith("text/"):
        return media_type
    return f"{media_type}; charset=utf-8"
