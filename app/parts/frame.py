"""The document a browser loads before anything is drawn, one for each page; and the answer where no page is.

Streamlit has one document for all addresses, and gives it with 200 also where there is nothing. Ours is the
same with the page's name, words for people without script, and the place of its server: left to search for
that, Streamlit's script asks below the page's own path first, which the console reports as two errors.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from onrecord.query.nearness import nearest
from parts import address
from parts.markup import anchor, brief, plain

_STREAMLIT = Path(st.__file__).parent / "static"
_ICON = Path(__file__).parent.parent / "icon.png"
_ICONS = ("favicon.ico", "favicon.png")
_FILES = (*_ICONS, "manifest.json")
_NO_PAGES = ("_stcore", "component", "drawing", "media", "module", "static")
"""First parts of paths below which there is something, but no page: Streamlit's, then ours."""
_SERVER = '<script>window.__streamlit = {BACKEND_BASE_URL: new URL("./", location.href).href}</script>'
_WITHOUT_SCRIPT: Mapping[str, str] = {
    address.exported("embed-timeline", {}): "the timeline",
    address.exported("csv", {"table": "statements"}): "who said what, as a table",
    "/api/openapi.json": "all addresses of the interface for programs",
}
_STYLE = (
    ":root { color-scheme: light dark; font: 1.05rem/1.5 Georgia, serif; "
    "background: light-dark(#fbfaf6, #171614); color: light-dark(#1d1b18, #ece7db) } "
    "body { max-width: 38rem; margin: 10vh auto; padding: 0 1rem; overflow-wrap: anywhere } "
    "h1 { font-size: 1.7rem } a { color: light-dark(#1c4480, #a3c3f2) }"
)


def routes() -> list[Route]:
    """Where browsers get the document of each page, and the icon; the app's server adds them."""
    start = address.link(address.START)
    return [
        *(Route(address.link(page), _serving(title)) for page, title in address.PAGES.items()),
        *(Route(start.rstrip("/") + f"/{name}", lambda _: FileResponse(_ICON)) for name in _ICONS),
    ]


def _serving(title: str) -> Callable[[Request], Response]:
    def served(_: Request) -> Response:
        return HTMLResponse(document(title), headers={"Cache-Control": "no-cache"})

    return served


@cache
def document(title: str) -> str:
    """The document of the page called `title`, in HTML: Streamlit's with our changes."""
    text = (_STREAMLIT / "index.html").read_text(encoding="utf-8")
    for pattern, ours in (
        ("<head>", f"<head>{_SERVER}"),
        ("<title>.*?</title>", f"<title>{plain(title)} · onrecord</title>"),
        ("<noscript>.*?</noscript>", f"<noscript>{_without_script(title)}</noscript>"),
    ):
        found = re.search(pattern, text, re.DOTALL)
        text = text[: found.start()] + ours + text[found.end() :] if found else text
    return text


def absent(path: str) -> Response | None:
    """The answer 404 for a path that is no page and nothing else; None where there is something."""
    inside = path.removeprefix(address.link(address.START).rstrip("/")).strip("/")
    first, _, rest = inside.partition("/")
    if inside in address.PATHS.values() or (rest and first in _NO_PAGES) or inside in _FILES:
        return None
    pages = {path: page for page, path in address.PATHS.items() if path}
    hint = "".join(f"<p>Did you mean {_link(pages[near])}?</p>" for near in nearest(first, pages, 1))
    body = f"<p>The pages are:</p><ul>{''.join(f'<li>{_link(page)}</li>' for page in address.PAGES)}</ul>"
    return HTMLResponse(_plain_page(f"There is no page “{brief(inside, 60)}”", hint + body), status_code=404)


def _link(page: str) -> str:
    return anchor(address.link(page), address.PAGES[page])


def _without_script(title: str) -> str:
    links = "".join(f"<li>{anchor(path, label)}</li>" for path, label in _WITHOUT_SCRIPT.items())
    return (
        f"<h1>{plain(title)} · onrecord</h1><p>This page is drawn by script, which is off here. "
        f"Without it there are:</p><ul>{links}</ul>"
    )


def _plain_page(heading: str, body: str) -> str:
    """A page without script."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="{plain(address.link(address.START))}favicon.png">'
        f"<title>{plain(heading)} · onrecord</title><style>{_STYLE}</style></head>"
        f'<body><main id="content"><h1>{plain(heading)}</h1>{body}</main></body></html>\n'
    )
