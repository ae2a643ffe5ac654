"""An answer of the record as an HTTP response: its entity tag, and 304 where the client has it already."""

import re
from collections.abc import Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

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
    tag = f"{snapshot[:16]}-{digest}"
    shared = {"ETag": f'W/"{tag}"', "Cache-Control": "no-cache", "Vary": "Accept", **(headers or {})}
    if request.method in ("GET", "HEAD") and _has(request, tag):
        return Response(status_code=304, headers=shared)
    response = Response(content, headers=shared)
    response.headers["Content-Type"] = _with_charset(media_type)
    return response


def _has(request: Request, tag: str) -> bool:
    """RFC 9110, 13.1.2, by weak comparison."""
    values = ",".join(request.headers.getlist("if-none-match"))
    return values.strip() == "*" or tag in _TAG.findall(values)


def _with_charset(media_type: str) -> str:
    """`text/*` says that it is UTF-8; the others are so by their own definitions."""
    if "charset=" in media_type or not media_type.startswith("text/"):
        return media_type
    return f"{media_type}; charset=utf-8"
