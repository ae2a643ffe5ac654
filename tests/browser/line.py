"""A slow line between a page and its server, and answers that come when a test lets them."""

from re import Pattern
from typing import Any

from playwright.sync_api import Page, Route

_SLOW = """(() => {
  const Fast = window.WebSocket;
  window.line = { waiting: 0, heard: 0, held: false, brings: () => false };
  window.WebSocket = class extends Fast {
    constructor(...given) {
      super(...given);
      const messages = [];
      let sending = false;
      window.line.brings = (words) => messages.some((each) => new TextDecoder().decode(each).includes(words));
      const next = () => {
        if (window.line.held) return void setTimeout(next, DELAY);
        sending = messages.length > 0;
        if (!sending) return;
        const again = new MessageEvent("message", { data: messages.shift() });
        again.late = true;
        this.dispatchEvent(again);
        Object.assign(window.line, { waiting: messages.length, heard: performance.now() });
        setTimeout(next, DELAY);
      };
      this.addEventListener("message", (event) => {
        if (event.late) return;
        event.stopImmediatePropagation();
        window.line.waiting = messages.push(event.data);
        if (!sending) { sending = true; setTimeout(next, DELAY); }
      });
    }
  };
})()"""


def slow(page: Any, delay: int) -> None:
    """Gives the page each message of its server by itself, `delay` milliseconds after the one before."""
    page.add_init_script(_SLOW.replace("DELAY", str(delay)))


def quiet(page: Any) -> None:
    """Waits until the slow line has brought everything and nothing came for a second and a half."""
    page.wait_for_function("() => !window.line.waiting && performance.now() - window.line.heard > 1500")


def hold(page: Any) -> None:
    """Keeps back what the server says, until `release`. The line is a slow one."""
    page.evaluate("window.line.held = true")


def release(page: Any) -> None:
    """Brings what was kept back."""
    page.evaluate("window.line.held = false")


def underway(page: Any, words: str) -> None:
    """Waits until a message that is kept back holds these words."""
    page.wait_for_function("words => window.line.brings(words)", arg=words)


def cut(page: Any) -> None:
    """Loses what the page says to its server, until `mend`."""
    page.evaluate("""() => {
      window.line.send = WebSocket.prototype.send;
      window.line.lost = false;
      WebSocket.prototype.send = () => { window.line.lost = true; };
    }""")


def lost(page: Any) -> None:
    """Waits until the page has said something that was lost."""
    page.wait_for_function("window.line.lost")


def mend(page: Any) -> None:
    """The server hears the page again."""
    page.evaluate("() => { WebSocket.prototype.send = window.line.send; }")


def kept_back(page: Page, address: str | Pattern[str]) -> list[Route]:
    """What the page asks there waits in this list until the test lets it go on."""
    held: list[Route] = []

    def handle(route: Route) -> None:
        held.append(route)

    page.route(address, handle)
    return held
