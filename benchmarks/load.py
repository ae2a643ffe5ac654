"""A client that keeps connections busy, run as a process of its own: `python -m benchmarks.load`.

On stdin a plan in JSON: `{host, port, seconds, connections: [{requests: [target], source, pace, name,
right}]}`. Each connection sends its requests in turn, the next when the answer is there (`pace`: not before
so many seconds after the one before). source: the address that it comes from. right: for each request the
text that a right answer holds. On stdout one JSON line a connection: `{name, seconds: [of each answer],
statuses, wrong}`.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from typing import Any


class Client(asyncio.Protocol):
    """One connection that sends its requests one after the other, and notes what comes back."""

    def __init__(self, plan: dict[str, Any], host: str, until: float) -> None:
        accept = plan.get("accept", "application/sparql-results+json")
        self.lines = [
            f"GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n\r\n".encode()
            for target in plan["requests"]
        ]
        self.right = [text.encode() for text in plan.get("right", [])]
        self.pace = plan.get("pace", 0.0)
        self.seconds: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.wrong = 0
        self.until = until
        self.number = 0
        self.begun = 0.0
        self.buffer = b""
        self.end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The first request."""
        self.transport = transport  # type: ignore[assignment]
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  no difference here
        """The server closed; what was under way has no answer."""
        if not self.end.done():
            if self.begun:
                self._note(0, b"")
            self.end.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Answers have a length, or chunks."""
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        lower = head.lower()
        place = lower.find(b"content-length:")
        if place >= 0:
            length = int(lower[place + 15 : place + 30].split(b"\r\n")[0])
            if len(body) < length:
                return
        elif not body.endswith(b"0\r\n\r\n"):
            return
        self.buffer = b""
        self._note(int(head[9:12]), body)
        if b"connection: close" in lower:
            self._end()
        else:
            self._next()

    def _next(self) -> None:
        pause = self.begun + self.pace - time.monotonic() if self.pace else 0.0
        if pause > 0:
            asyncio.get_running_loop().call_later(pause, self._ask)
        else:
            self._ask()

    def _ask(self) -> None:
        assert self.transport is not None
        self.begun = time.monotonic()
        if self.begun >= self.until or self.transport.is_closing():
            self.begun = 0.0
            self._end()
            return
        self.transport.write(self.lines[self.number % len(self.lines)])

    def _note(self, status: int, body: bytes) -> None:
        self.seconds.append(time.monotonic() - self.begun)
        self.statuses[status] += 1
        expected = self.right[self.number % len(self.right)] if self.right else b""
        self.wrong += status != 200 or expected not in body
        self.number += 1

    def _end(self) -> None:
        if not self.end.done():
            self.end.set_result(None)
        if self.transport is not None:
            self.transport.close()


async def keep(plan: dict[str, Any], host: str, port: int, until: float) -> dict[str, Any]:
    """One connection, opened anew where the server closes it, until the time is over."""
    told: dict[str, Any] = {"name": plan.get("name", ""), "seconds": [], "statuses": Counter(), "wrong": 0}
    number = 0
    while time.monotonic() < until:
        source = (plan["source"], 0) if plan.get("source") else None
        try:
            _, client = await asyncio.get_running_loop().create_connection(
                lambda: Client(plan, f"{host}:{port}", until), host, port, local_addr=source
            )
        except OSError:
            told["statuses"][0] += 1
            told["wrong"] += 1
            await asyncio.sleep(0.1)
            continue
        client.number = number
        await client.end
        number = client.number
        told["seconds"] += client.seconds
        told["statuses"] += client.statuses
        told["wrong"] += client.wrong
    return told


async def main() -> None:
    """Carries the plan out."""
    plan = json.load(sys.stdin)
    until = time.monotonic() + plan["seconds"]
    kept = (keep(each, plan["host"], plan["port"], until) for each in plan["connections"])
    for told in await asyncio.gather(*kept):
        print(json.dumps(told))


if __name__ == "__main__":
    asyncio.run(main())
