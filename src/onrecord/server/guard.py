"""What every answer carries, whatever made it: security headers, CORS for reading, and a line in the log."""

import logging
import time
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from json.encoder import encode_basestring_ascii as quoted

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; }
tr { border-bottom: 1px solid #8884; }
th { width: 14rem; font-weight: 600; }
blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 3px solid #888; white-space: pre-line; }
footer, .where { font-size: .875rem; }
"""
"""The style sheet of our pages; the policy below names it by its hash."""

_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Link, Retry-After",
}

_log = logging.getLogger("onrecord.server.access")


class Guard:
    """Wraps an application: adds the headers and writes one line of JSON for each request.

    The line has the path without the query string, so that no one's search stands in a log. tell: takes the
    lines; without it they go to the log of this module, which looks at each from all sides.
    """

    def __init__(self, app: ASGIApp, tell: Callable[[str], None] | None = None) -> None:
        self.app = app
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.monotonic()
        status = size = 0

        async def guarded(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, scope["method"])
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, guarded)
        finally:
            if self._tell is not None:
                self._tell(_line(scope, status, size, time.monotonic() - started))
            elif _log.isEnabledFor(logging.INFO):
                _log.info(_line(scope, status, size, time.monotonic() - started))


def _line(scope: Scope, status: int, size: int, seconds: float) -> str:
    """JSON, put together by hand: it is written for every request."""
    client, method, path = scope.get("client"), quoted(scope["method"]), quoted(scope["path"])
    who = quoted(client[0]) if client else "null"
    told = f'"status": {status}, "bytes": {size}, "ms": {seconds * 1000:.1f}'
    return f'{{"client": {who}, "method": {method}, "path": {path}, {told}}}'


_SECURITY = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_READING = [*_SECURITY, *((name.lower().encode(), value.encode()) for name, value in CORS_HEADERS.items())]


def _add_headers(message: Message, method: str) -> None:
    added = _READING if method in ("GET", "HEAD", "OPTIONS") else _SECURITY
    message["headers"] = [*message.get("headers", ()), *added]
