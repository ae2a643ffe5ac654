"""`python -m benchmarks.app DATA SNAPSHOT [RUNS]`: the timeline in a browser, warm, as a reader waits for it.

Each act is told on stderr when it ends; one that takes longer than a minute is told as such, and the others
are measured all the same.

Starts `onrecord app` on a port of its own, opens it in the installed Chromium, and measures from the act
(opening, a filter, a click) until what it asks for can be read. Traffic is what the socket carried in both
directions for that act, counted in the browser (Chrome DevTools Protocol), before compression; what is
fetched beside the socket is told too, and how much processor time the app's own process took (threads that
look after the workers included, the workers and the browser not). Medians of RUNS (7).
"""

import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import CDPSession, Page, TimeoutError, sync_playwright

REPO = Path(__file__).resolve().parent.parent
PATIENCE = 60_000  # milliseconds
_AFTER = {"click to detail": "close the detail"}
"""Act → one that cannot be done where it failed."""
_SHOWN = "[...document.querySelectorAll('.or-list, .or-story, .or-active')].map(e => e.innerText).join()"
"""What tells that an act was answered: the events, and the filters that they are told to be of."""
_READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@dataclass
class Traffic:
    """Bytes since the last `take`: of the socket's frames, and of everything else that was fetched."""

    frames: int = 0
    fetched: int = 0
    sizes: list[int] = field(default_factory=list)

    def listen(self, session: CDPSession) -> None:
        """Counts from now on."""
        session.send("Network.enable")
        for name in ("Network.webSocketFrameReceived", "Network.webSocketFrameSent"):
            session.on(name, self._frame)
        session.on("Network.loadingFinished", self._loaded)

    def _frame(self, event: dict[str, Any]) -> None:
        payload = event["response"]
        size = len(payload["payloadData"])
        self.frames += size * 3 // 4 if payload["opcode"] == 2 else size  # binary comes as base64
        self.sizes.append(size)

    def _loaded(self, event: dict[str, Any]) -> None:
        self.fetched += int(event["encodedDataLength"])

    def take(self) -> tuple[int, int]:
        """Bytes of the socket and of fetches, and begins anew."""
        found = self.frames, self.fetched
        self.frames = self.fetched = 0
        self.sizes.clear()
        return found


@dataclass(frozen=True)
class Act:
    """One measured run: seconds, processor seconds of the app, bytes on the socket, bytes fetched."""

    seconds: float
    python: float
    frames: int
    fetched: int


def main() -> None:
    """Prints the table."""
    data, snapshot = Path(sys.argv[1]), Path(sys.argv[2])
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    with _served(data, snapshot) as (origin, group):
        print(_table(measured(origin, runs, _server_of(group))))


def _table(rows: dict[str, list[Act]]) -> str:
    lines = ["| what | median | slowest | python | socket | fetched beside |", "|---|--:|--:|--:|--:|--:|"]
    for name, acts in rows.items():
        if not acts:
            lines.append(f"| {name} | not within {PATIENCE // 1000} s | | | | |")
            continue
        seconds = [act.seconds for act in acts]
        python, frames, fetched = (
            statistics.median(getattr(act, part) for act in acts) for part in ("python", "frames", "fetched")
        )
        times = f"{statistics.median(seconds):.2f} s | {max(seconds):.2f} s | {python * 1000:.0f} ms"
        lines.append(f"| {name} | {times} | {frames / 1000:,.0f} kB | {fetched / 1000:,.0f} kB |")
    return "\n".join(lines)


def measured(origin: str, runs: int, server: int) -> dict[str, list[Act]]:
    """Every act, `runs` times after one that warms. server: process id of the app."""
    with sync_playwright() as playwright:
        chromium = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or "chromium"
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        traffic = Traffic()
        traffic.listen(page.context.new_cdp_session(page))
        rows: dict[str, list[Act]] = {}
        for number in range(runs + 1):
            failed = ""
            for name, act in _acts(page, origin, number):
                if failed and name == _AFTER.get(failed):
                    continue
                found = _timed(act, traffic, server)
                failed = "" if found else name
                _tell(number, name, found)
                kept = rows.setdefault(name, [])
                if found and number:
                    kept.append(found)
                if not found:
                    _opened(page, origin)
        browser.close()
    return rows


def _tell(number: int, name: str, found: Act | None) -> None:
    took = (
        f"{found.seconds:.2f} s, python {found.python * 1000:.0f} ms, {found.frames / 1000:.0f} kB"
        if found
        else f"not within {PATIENCE // 1000} s"
    )
    run = f"run {number}" if number else "warming"
    print(f"{run}: {name}: {took}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)


def _timed(act: Callable[[], None], traffic: Traffic, server: int) -> Act | None:
    """What an act took; None where it did not end in time."""
    traffic.take()
    used, begin = _processor(server), time.perf_counter()
    try:
        act()
    except TimeoutError:
        return None
    seconds = time.perf_counter() - begin
    return Act(seconds, _processor(server) - used, *traffic.take())


def _processor(process: int) -> float:
    """Seconds of processor that a process took so far, its children left out."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _server_of(group: int) -> int:
    """The process of a group that serves the app."""
    for found in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            process = int(found.parent.name)
            if os.getpgid(process) == group and b"streamlit" in found.read_bytes():
                return process
        except OSError:
            continue  # ended meanwhile
    return group


def _opened(page: Page, origin: str) -> None:
    page.goto(f"{origin}/")
    page.wait_for_selector(".or-list li")
    page.wait_for_selector(".or-drawing svg a")
    _still(page)


def _acts(page: Page, origin: str, number: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """What a reader does, in order; each leaves the page ready for the next."""

    yield "timeline on screen", lambda: _opened(page, origin)
    kinds = _options(page, "Kind")
    yield "filter by kind", lambda: _choose(page, "Kind", kinds[number % len(kinds)])
    yield "filter by date as well", lambda: _filled(page, "From", f"{2000 + number}")
    yield "filter removed", lambda: _clicked(page, page.locator(".or-active a").first)
    yield "click to detail", lambda: _detail(page, number)
    yield "close the detail", lambda: _closed(page)
    yield "next page of the list", lambda: _clicked(page, page.get_by_role("link", name="Next page"))
    yield "lanes by actor", lambda: _lanes(page)
    yield "story", lambda: _story(page)


def _still(page: Page) -> None:
    """Until nothing is drawn any more."""
    page.wait_for_selector(_READY)
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')")


def _changed(page: Page, before: str) -> None:
    page.wait_for_function(f"before => {_SHOWN} !== before", arg=before)
    _still(page)
    page.wait_for_function(
        "() => { const d = document.querySelector('.or-drawing');"
        " return !d || d.dataset.drawn === d.dataset.address; }"
    )


def _words(page: Page) -> str:
    return str(page.evaluate(_SHOWN))


def _options(page: Page, label: str) -> list[str]:
    page.get_by_label(label, exact=True).click()
    page.wait_for_selector('[role="option"]')
    found = [str(each) for each in page.locator('[role="option"]').all_inner_texts()]
    page.keyboard.press("Escape")
    _still(page)
    return [each for each in found if re.search(r"\([\d,]+\)$", each)]


def _choose(page: Page, label: str, option: str) -> None:
    before = _words(page)
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    _changed(page, before)


def _filled(page: Page, label: str, value: str) -> None:
    before = _words(page)
    page.get_by_label(label, exact=True).fill(value)
    page.keyboard.press("Enter")
    _changed(page, before)


def _clicked(page: Page, link: Any) -> None:
    before = _words(page)
    link.click()
    _changed(page, before)


def _detail(page: Page, number: int) -> None:
    page.locator(".or-list li a").nth(number % 5).click()
    page.wait_for_selector("#chosen h1")
    page.wait_for_selector(".or-accounts, .or-part")
    _still(page)


def _closed(page: Page) -> None:
    page.get_by_role("link", name="Close").click()
    page.wait_for_selector("#chosen", state="detached")
    _still(page)


def _lanes(page: Page) -> None:
    before = page.locator(".or-drawing").get_attribute("data-drawn")
    page.get_by_text("Lanes by actor", exact=True).click()
    page.wait_for_function("b => document.querySelector('.or-drawing')?.dataset.drawn !== b", arg=before)
    _still(page)


def _story(page: Page) -> None:
    page.get_by_text("Story", exact=True).click()
    page.wait_for_selector(".or-story article")
    _still(page)


@contextmanager
def _served(data: Path, snapshot: Path) -> Iterator[tuple[str, int]]:
    """Origin of the app on a record, and its group of processes, as soon as it answers."""
    with socket.socket() as probe:
        wanted = int(os.environ.get("PORT", "0"))
        probe.bind(("127.0.0.1", wanted))
        port = probe.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "onrecord", "--data", str(data), "--snapshot", str(snapshot)]
    with TemporaryDirectory() as folder, (Path(folder) / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "app", "--headless", "--port", str(port)],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait(process, f"{origin}/health")
            yield origin, process.pid
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", health: str) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=60) as answer:  # noqa: S310  our own server on loopback
                if json.loads(answer.read())["status"] == "ok":
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the app ended; run the same command to see why")


if __name__ == "__main__":
    main()
