"""The document of each page, as Streamlit of today is installed, and what is answered where no page is."""

import importlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from tests.serving import Served, listening


@pytest.fixture
def frame() -> Any:
    """The app's part."""
    return importlib.import_module("parts.frame")


@pytest.fixture
def client(frame: Any) -> Iterator[Served]:
    """A server of the documents alone."""
    with listening(uvicorn.Config(Starlette(routes=frame.routes()), log_level="error")) as served:
        yield served


@pytest.mark.parametrize(
    ("path", "name"), [("/", "Timeline"), ("/said", "Who said what"), ("/about", "About")]
)
def test_each_page_has_a_document_with_its_name(client: Served, path: str, name: str) -> None:
    answer = client.get(path)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    text = answer.body.decode()
    assert re.findall("<title>(.*?)</title>", text) == [f"{name} · onrecord"]


def test_streamlit_s_script_is_told_its_server_before_it_runs(frame: Any) -> None:
    text = frame.document("Timeline")
    told = text.index('<script>window.__streamlit = {BACKEND_BASE_URL: new URL("./", location.href).href}')
    assert told < text.index('<script type="module"')
    assert '<div id="root"></div>' in text


def test_whoever_has_no_script_is_told_where_the_record_is(frame: Any) -> None:
    (words,) = re.findall("<noscript>(.*?)</noscript>", frame.document("Status"), re.DOTALL)
    assert "<h1>Status · onrecord</h1>" in words
    assert re.findall('href="([^"]*)"', words) == list(frame._WITHOUT_SCRIPT)


def test_a_name_is_text_in_the_document(frame: Any) -> None:
    assert "<title>&lt;b&gt;\\1 · onrecord</title>" in frame.document("<b>\\1")


@pytest.mark.parametrize("path", ["/favicon.png", "/favicon.ico"])
def test_the_icon_is_the_record_s(client: Served, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.body.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "path",
    ["/", "/said", "/said/", "/export", "/favicon.ico", "/manifest.json", "/_stcore/health",
     "/static/js/x.js",
     "/media/x.csv", "/module/0/links.js", "/drawing/x"],
)  # fmt: skip
def test_there_is_something(frame: Any, path: str) -> None:
    assert frame.absent(path) is None


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/sadi", "/said"),
        ("/actors", "/actor"),
        ("/said/margot-james", "/said"),
        ("/static", "/status"),
        ("/timeline", None),
        ("/index.html", None),
        ("/zz/_stcore/health", None),
        ("/" + "x" * 5000, None),
    ],
)
def test_where_no_page_is_the_answer_says_so_and_what_may_be_meant(
    frame: Any, path: str, meant: str | None
) -> None:
    answer = frame.absent(path)
    assert answer.status_code == 404
    text = bytes(answer.body).decode()
    assert "There is no page" in text
    assert re.findall('Did you mean <a href="(.*?)"', text) == ([meant] if meant else [])
    assert len(text) < 4000


def test_a_hostile_path_is_text(frame: Any) -> None:
    text = bytes(frame.absent("/<script>alert(1)</script>\u202e").body).decode()
    assert "<script" not in text
    assert "\u202e" not in text
