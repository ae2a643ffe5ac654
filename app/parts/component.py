"""Components of our own: ES modules in `app/components` that browsers fetch from this server, once.

Streamlit is handed a few lines that import the module (`loader.js`); the module's address carries a hash of
what is served, so that browsers keep it for good. `docs/decisions/components.md` has the reasons.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

_FOLDER = Path(__file__).parent.parent / "components"
_SERVED = ("*.js", "built/*.js", "built/*.txt")
_MEDIA: Mapping[str, str] = {".js": "text/javascript", ".txt": "text/plain"}
_LOADER = _FOLDER / "loader.js"
_FOR_GOOD = "public, max-age=31536000, immutable"


@lru_cache(maxsize=1)
def _files() -> Mapping[str, Path]:
    """File name → where it is; hand-written modules, then built ones."""
    found = [path for pattern in _SERVED for path in sorted(_FOLDER.glob(pattern)) if path != _LOADER]
    return {path.name: path for path in found}


@lru_cache(maxsize=1)
def _version() -> str:
    """Hash of everything that is served."""
    parts = (name.encode() + b"\0" + path.read_bytes() for name, path in sorted(_files().items()))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def is_built(name: str) -> bool:
    """Whether the module is there; one that a build makes may not be."""
    return f"{name}.js" in _files()


def file_address(file: str) -> str:
    """The address of a served file."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return "/" + "/".join(part for part in (base, "module", _version(), file) if part)


def route() -> Route:
    """Where browsers get the modules; the app's server adds it."""

    def served(request: Request) -> Response:
        path = _files().get(request.path_params["file"])
        if path is None:
            return PlainTextResponse("no such module", status_code=404)
        current = request.path_params["version"] == _version()
        kept = {"Cache-Control": _FOR_GOOD if current else "no-cache"}
        return FileResponse(path, media_type=_MEDIA[path.suffix], headers=kept)

    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return Route(f"{'/' if base else ''}{base}/module/{{version}}/{{file}}", served, methods=["GET"])


_mount = st.components.v2.component("onrecord", js=_LOADER.read_text(encoding="utf-8"), isolate_styles=False)


def draw(
    name: str,
    *,
    key: str,
    data: Mapping[str, Any],
    default: Mapping[str, Any] | None = None,
    on: Mapping[str, Callable[[], None]] | None = None,
    missing: str = "This part of the page could not be loaded. Load the page again.",
) -> Any:
    """Draws `components/<name>.js` and returns its values.

    The module's default export is called with what Streamlit calls a component with (`data`,
    `parentElement`, `setStateValue`, `setTriggerValue`, `key`), again each time that `data` changes, and may
    return what ends it.
    It must write text with `textContent`, never with `innerHTML`: labels are hostile until shown as text.
    `data`: what it is given, as JSON. `default`: its state values at first. `on`: value → what to do when it
    changes; every value that is read needs one. `missing`: what readers see where it can't be fetched.
    """
    given = {"module": file_address(f"{name}.js"), "given": dict(data), "missing": missing}
    handlers: dict[str, Any] = {f"on_{value}_change": do for value, do in (on or {}).items()}
    return _mount(key=key, data=given, default=dict(default or {}) or None, **handlers)
