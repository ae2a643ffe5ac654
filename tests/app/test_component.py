"""Components: what browsers may fetch from the folder of modules, and for how long they keep it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from tests.serving import Served, listening


@pytest.fixture
def component(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The app's part, over a folder of modules written for this test."""
    sys.modules.pop("parts.component", None)
    from parts import component as part

    (tmp_path / "built").mkdir()
    (tmp_path / "loader.js").write_text("export default 0", encoding="utf-8")
    (tmp_path / "search.js").write_text("export default 1", encoding="utf-8")
    (tmp_path / "built" / "editor.js").write_text("export default 2", encoding="utf-8")
    (tmp_path / "built" / "private.map").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(part, "_FOLDER", tmp_path)
    monkeypatch.setattr(part, "_LOADER", tmp_path / "loader.js")
    yield part
    sys.modules.pop("parts.component", None)


@pytest.fixture
def client(component: Any) -> Iterator[Served]:
    """A server of the modules alone."""
    with listening(uvicorn.Config(Starlette(routes=[component.route()]), log_level="error")) as served:
        yield served


@pytest.mark.parametrize(("file", "text"), [("search.js", "1"), ("editor.js", "2")])
def test_a_module_is_served_and_kept_for_good(component: Any, client: Served, file: str, text: str) -> None:
    answer = client.get(component.file_address(file))
    assert answer.text == f"export default {text}"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


def test_an_address_of_an_older_version_is_answered_and_not_kept(client: Served) -> None:
    answer = client.get("/module/0123456789abcdef/search.js")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("file", ["nothing.js", "loader.js", "private.map", "..%2fsearch.js", "%2e%2e"])
def test_nothing_else_is_served(component: Any, client: Served, file: str) -> None:
    assert client.get(component.file_address(file)).status == 404


def test_another_text_is_another_address(component: Any, tmp_path: Path) -> None:
    before = component.file_address("search.js")
    (tmp_path / "built" / "editor.js").write_text("export default 3", encoding="utf-8")
    component._files.cache_clear()
    component._version.cache_clear()
    assert component.file_address("search.js") != before


def test_a_module_that_was_not_built_is_known_to_be_missing(component: Any, tmp_path: Path) -> None:
    assert component.is_built("editor")
    (tmp_path / "built" / "editor.js").unlink()
    component._files.cache_clear()
    assert not component.is_built("editor")
