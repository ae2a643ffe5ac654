"""A slow line between a page and its server."""

from typing import Any

_SLOW = """(() => {
  const Fast = window.WebSocket;
  window.line = { waiting: 0, heard: 0 };
  window.WebSocket = class extends Fast {
    constructor(...given) {
      super(...given);
      const messages = [];
      let sending = false;
      const next = () => {
        sending = messages.length > 0;
        if (!sending) return;
        const again = new MessageEvent("message", { data: messages.shift() });
        again.late = true;
        this.dispatchEvent(again);
        window.line = { waiting: messages.length, heard: performance.now() };
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
