"""The HTTP interface beside the app: one port, two applications, told apart by the first part of the path."""

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.server.application import application
from onrecord.server.door import Pages
from onrecord.server.record import ServedRecord

INTERFACE = frozenset(
    {".well-known", "api", "doc", "graph", "health", "id", "kind", "limits", "ns", "sparql"}
)
"""First parts of paths that are the interface's."""
SHARED = frozenset({"export"})
"""First parts that alone are a page of the app, and with something below them the interface's."""

PAGE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' data: blob:; worker-src 'self' blob:; media-src 'self'; frame-src 'none'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
"""What every page of the app carries: a browser that keeps to it asks nothing of another origin.

Streamlit's own scripts write styles and compile charts, hence the two 'unsafe' words; names and words of the
record never become script, and no script of elsewhere can be asked for.
"""


class Beside:
    """Middleware of the app: answers what is the interface's, hands on the rest.

    open_record: gives the record that the app reads too, so that both share workers and limits. pages: noun
    and slug → the app's page about it, where it has one; `/id` leads people there. absent: path → the answer
    where the app has nothing under it, as Streamlit would give its start page with 200.
    """

    def __init__(
        self,
        app: ASGIApp,
        open_record: Callable[[], ServedRecord],
        pages: Pages,
        absent: Callable[[str], Response | None],
    ) -> None:
        self.app = app
        self._open = open_record
        self._pages = pages
        self._absent = absent
        self._interface: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_interface(scope["path"]):
            if self._interface is None:
                self._interface = application(self._open(), pages=self._pages)
            await self._interface(scope, receive, send)
        elif scope["type"] == "http":
            answer = self._absent(scope["path"]) or self.app
            await answer(scope, receive, _with_headers(send))
        else:
            await self.app(scope, receive, send)


def is_interface(path: str) -> bool:
    """Whether a path is the interface's rather than a page's."""
    first, _, rest = path.removeprefix("/").partition("/")
    return first in INTERFACE or (first in SHARED and bool(rest))


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in PAGE_HEADERS.items():
                headers[name] = value
        await send(message)

    return guarded
