"""The app as `onrecord app` serves it, in a real browser."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from tests.serving import kept_port

PATIENCE = 30_000  # milliseconds; two busy cores must not make a test fail
expect.set_options(timeout=PATIENCE)


@dataclass
class Visit:
    """A tab with what it asked for and what its console said."""

    page: Page
    origin: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Goes to an address and waits until the app has finished drawing it."""
        self.page.goto(self.origin + address)
        self.drawn()
        return self.page

    def drawn(self) -> None:
        """Waits until the app has nothing more to draw, and follows its links in place where it will."""
        self.page.wait_for_selector(".or-masthead", state="attached")
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        self.page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
        assert not self.page.locator(".or-fault").count(), "the page could not be drawn: see the app's log"
        links = "document.querySelector('.st-key-links')"
        self.page.wait_for_function(f"() => !{links} || {links}.querySelector('[data-chosen]')")

    def note(self, request: Request) -> None:
        """Keeps what was asked for."""
        self.requests.append(request.url)

    def listen(self, message: ConsoleMessage) -> None:
        """Keeps errors of the console."""
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url')})")


@pytest.fixture(scope="session")
def served(
    repo: Path, tmp_path_factory: pytest.TempPathFactory, plain_environment: Mapping[str, str]
) -> Iterator[str]:
    """Origin of the app on the first dossier, built into a snapshot of its own."""
    with serving(repo / "data", tmp_path_factory.mktemp("served"), plain_environment) as origin:
        yield origin


@contextmanager
def serving(data: Path, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Origin of the app on the record of `data`, with its snapshot and its log in `folder`."""
    command = [
        sys.executable, "-m", "onrecord", "--data", str(data),
        "--snapshot", str(folder / "snapshot"), "app", "--headless", "--port",
    ]  # fmt: skip
    with kept_port() as port, (folder / "log").open("w+") as log:
        process = subprocess.Popen(
            [*command, str(port)], stdout=log, stderr=log, env=dict(environment), start_new_session=True
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}/_stcore/health", folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)


def _wait(process: "subprocess.Popen[bytes]", health: str, log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the app ended:\n{log.read_text()}", pytrace=False)
        try:
            with urllib.request.urlopen(health, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app did not answer:\n{log.read_text()}", pytrace=False)


@pytest.fixture(scope="session")
def bundled(repo: Path) -> None:
    """The editor of the checkout, bundled if it was not yet. Fails saying why where it can't be."""
    spec = importlib.util.spec_from_file_location("hatch_build", repo / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build(repo)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The installed Chromium, without calls of its own to anywhere."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A new tab; when the test is over, nothing may have been asked from another origin, nor failed."""
    scheme: Literal["light", "dark"] = getattr(request, "param", "light")
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    tab = Visit(context.new_page(), served)
    tab.page.on("request", tab.note)
    tab.page.on("console", tab.listen)
    tab.page.on("pageerror", lambda error: tab.errors.append(str(error)))
    yield tab
    context.close()
    own = (served, served.replace("http://", "ws://"), "data:", "blob:" + served)
    foreign = [url for url in tab.requests if not url.startswith(own)]
    assert tab.requests, "no request was seen at all"
    assert not foreign, json.dumps(foreign, indent=1)
    assert not tab.errors, json.dumps(tab.errors, indent=1)
