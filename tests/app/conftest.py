"""Pages run as a reader would open them: an address in, what the page shows out."""

import html
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from onrecord.config import Settings
from onrecord.workspace import Workspace

Build = Callable[..., Settings]
OUR_SCRIPTS = '<script type="module" src="/module/'
_TAG = re.compile(r"<[^>]+>")


class Page:
    """A page of the app after a run: its raw HTML, its text, its widgets."""

    def __init__(self, test: AppTest) -> None:
        self.test = test

    @property
    def html(self) -> str:
        """All HTML that the page wrote, without the style sheet and the app's own scripts."""
        bodies = [str(element.proto.body) for element in self.test.get("html")]
        return "\n".join(body for body in bodies if not body.startswith(("<style", OUR_SCRIPTS)))

    @property
    def text(self) -> str:
        """What a reader reads of it, blanks folded."""
        return " ".join(html.unescape(_TAG.sub(" ", self.html)).split())

    @property
    def links(self) -> list[str]:
        """Addresses of its links, in order."""
        return [html.unescape(found) for found in re.findall(r'href="([^"]*)"', self.html)]

    @property
    def copies(self) -> list[str]:
        """The texts that its buttons copy, in order."""
        return [unquote(found) for found in re.findall(r'data-copy="([^"]*)"', self.html)]

    @property
    def address(self) -> dict[str, Any]:
        """The query of its address."""
        return {name: self.test.query_params[name] for name in self.test.query_params}

    def run(self) -> "Page":
        """The same page again."""
        self.test.run()
        assert not self.test.exception, [failure.message for failure in self.test.exception]
        assert "or-fault" not in self.html, "the page could not be drawn: see the log"
        return self


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Builds a record into a snapshot of its own; `captures` is the folder with the full texts, if any."""

    def built(data: Path, captures: Path | None = None) -> Settings:
        folder = tmp_path_factory.mktemp("record")
        settings = Settings(data=data, snapshot=folder / "snapshot", captures=captures or folder / "none")
        settings.captures.mkdir(exist_ok=True)
        with Workspace(settings) as workspace:
            workspace.build()
        return settings

    return built


@pytest.fixture(scope="session")
def dossier(build: Build, repo: Path) -> Settings:
    """The first dossier, as it is in the checkout, without full texts at hand."""
    return build(repo / "data")


@pytest.fixture(scope="session")
def example(build: Build, repo: Path) -> Settings:
    """The knowledge base that was written for tests, with its articles."""
    folder = repo / "tests" / "data" / "example"
    return build(folder, folder / "captures")


@pytest.fixture
def example_copy(repo: Path, tmp_path: Path) -> Path:
    """The files of the example, to be changed."""
    return Path(shutil.copytree(repo / "tests" / "data" / "example", tmp_path / "example"))


@pytest.fixture(autouse=True)
def _nothing_kept(repo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(repo / "app"))
    st.cache_resource.clear()
    opened: list[Workspace] = []
    ask = Workspace.ask

    def noted(workspace: Workspace, *given: Any) -> Any:
        opened.append(workspace)
        return ask(workspace, *given)

    monkeypatch.setattr(Workspace, "ask", noted)
    yield
    for workspace in opened:
        workspace.close()
    st.cache_resource.clear()
    record = sys.modules.get("parts.record")
    if record is not None and record._served.cache_info().currsize:
        record.served().close()  # a page that asks no question has opened it all the same
        record._served.cache_clear()


@pytest.fixture
def visit(repo: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Page]:
    """Opens a page of the app (`timeline`, `said`, `query`) on a record with the given query."""

    def opened(settings: Settings, name: str = "timeline", /, **query: Any) -> Page:
        monkeypatch.setenv("ONRECORD_DATA", str(settings.data))
        monkeypatch.setenv("ONRECORD_SNAPSHOT", str(settings.snapshot))
        monkeypatch.setenv("ONRECORD_CAPTURES", str(settings.captures))
        test = AppTest.from_file(repo / "app" / "shell.py", default_timeout=300)
        for key, value in query.items():
            test.query_params[key.rstrip("_")] = value
        if name != "timeline":
            test.switch_page(f"pages/{name}.py")
        return Page(test).run()

    return opened
