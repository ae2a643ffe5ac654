"""The app's own scripts: small modules, served on its own port under an address that names their content.

A page works without them. They are asked for once and kept by the browser; a rerun sends nothing of them.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

NAMES = ("search", "copy")
_FOLDER = Path(__file__).parent.parent / "components"
_KEPT = "public, max-age=31536000, immutable"


@lru_cache(maxsize=len(NAMES))
def _content(name: str) -> bytes:
    return (_FOLDER / f"{name}.js").read_bytes()


def address(name: str) -> str:
    """Where a script is served; another content has another address."""
    return f"/script/{name}.{sha256(_content(name)).hexdigest()[:12]}.js"


async def _serve(request: Request) -> Response:
    name = request.path_params["name"].partition(".")[0]
    if name not in NAMES or request.url.path != address(name):
        return Response("There is no such script.\n", 404, media_type="text/plain")
    return Response(_content(name), media_type="text/javascript", headers={"Cache-Control": _KEPT})


ROUTES = (Route("/script/{name}", _serve, methods=["GET"]),)
"""For the server."""


def load() -> None:
    """Asks the browser for the scripts. Nothing of the record stands in this markup."""
    tags = "".join(f'<script type="module" src="{address(name)}"></script>' for name in NAMES)
    st.html(tags, unsafe_allow_javascript=True)
