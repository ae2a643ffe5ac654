"""One timer of an event loop for many waits, nearly all of which end before their time is over.

A timer for each would be made, put in its place and taken back thousands of times a second. Here a wait is an
entry in a table, and the one timer looks, when it rings, whose time is over.
"""

import asyncio
import math
from collections.abc import Callable, Hashable
from operator import itemgetter

_GRAIN_S = 0.002
"""Between two rings lies at least as much: so much later than agreed somebody may be woken."""


class Alarm:
    """Calls `ring` of those whose seconds are over. Used in event loops alone, one at a time."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._set: dict[Hashable, tuple[float, Callable[[], None]]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._rings = math.inf

    def set(self, key: Hashable, seconds: float, ring: Callable[[], None]) -> None:
        """Call `ring` in so many seconds, in the running event loop, unless `key` is cleared before."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:  # of another time, and nobody waits there any more
            self._loop, self._timer, self._rings = loop, None, math.inf
            self._set.clear()
        due = loop.time() + seconds
        self._set[key] = (due, ring)
        if due < self._rings:
            self._wind(loop, due)

    def clear(self, key: Hashable) -> None:
        """Do not call for `key`; harmless where nothing is set."""
        self._set.pop(key, None)

    def _wind(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._rings = due
        self._timer = loop.call_at(due, self._ring, loop)

    def _ring(self, loop: asyncio.AbstractEventLoop) -> None:
        now = max(loop.time(), self._rings)
        self._timer, self._rings = None, math.inf
        over = [(due, key, ring) for key, (due, ring) in self._set.items() if due <= now]
        for _, key, _ in over:
            del self._set[key]
        if self._set:
            self._wind(loop, max(min(due for due, _ in self._set.values()), now + _GRAIN_S))
        for _, _, ring in sorted(over, key=itemgetter(0)):
            ring()
