"""Work that waits in steps, so that a thread and an event loop can drive the same work.

A step is a `Wait` that the work yields: for a signal, or for a source. The driver sends back whether it came
before the time was over. Here is the driver of a thread; that of an event loop, where nothing that waits
holds a thread, is in `driving.py`.
"""

import select
import threading
import time
from collections.abc import Callable, Generator
from typing import NamedTuple, TypeVar

from onrecord.errors import Stopped

T = TypeVar("T")
_LOOK_UP_S = 0.1


class Signal:
    """Something that happens once: set by its owner under a lock, waited for by one thread or event loop."""

    __slots__ = ("_happened", "_lock", "_then")

    def __init__(self) -> None:
        self._happened = False
        self._lock = threading.Lock()  # held until it happens; far quicker to make than an Event
        self._lock.acquire()
        self._then: Callable[[], None] | None = None

    def set(self) -> None:
        """It has happened; the second time nothing changes."""
        if not self._happened:
            self._happened = True
            self._lock.release()
        if self._then is not None:
            self._then()

    def is_set(self) -> bool:
        """Whether it has happened."""
        return self._happened

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; whether it has happened."""
        if not self._happened and self._lock.acquire(timeout=min(seconds, threading.TIMEOUT_MAX)):
            self._lock.release()
        return self._happened

    def then(self, action: Callable[[], None] | None) -> None:
        """Call `action` when it happens, in the thread that sets it; None takes that back."""
        self._then = action


class Source:
    """A descriptor that is asked again and again. ear: what listens to it, kept for the next time."""

    __slots__ = ("descriptor", "ear")

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.ear: object = None


class Wait(NamedTuple):
    """Wait for `what`, a signal or a source to read from (write to if `writing`), at most `seconds`.

    Whoever reads from a source may be woken for nothing.
    """

    what: Signal | Source
    seconds: float
    writing: bool = False


Steps = Generator[Wait, bool, T]
"""Work in steps; it is sent whether what it waited for came in time."""


def waited(steps: Steps[T], gone: Callable[[], bool] | None = None) -> T:
    """What the work gives, driven by this thread.

    gone: asked at least every tenth of a second whether nobody waits any more. Raises what the work raises,
    and Stopped.
    """
    ready = False
    try:
        wait = next(steps)
        while True:
            until = time.monotonic() + wait.seconds
            while True:
                left = max(until - time.monotonic(), 0.0)
                ready = _came(wait, left if gone is None else min(left, _LOOK_UP_S))
                if ready:
                    break
                if gone is not None and gone():
                    steps.throw(Stopped("the query was stopped", hint="run it again when you like"))
                if left <= _LOOK_UP_S:
                    break
            wait = steps.send(ready)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
    finally:
        steps.close()


def _came(wait: Wait, seconds: float) -> bool:
    if isinstance(wait.what, Signal):
        return wait.what.wait(seconds)
    ready = select.poll()
    ready.register(wait.what.descriptor, select.POLLOUT if wait.writing else select.POLLIN)
    return bool(ready.poll(seconds * 1000))


def aside(action: Callable[[], T]) -> Steps[T]:
    """What `action` gives, which blocks and therefore runs in a thread of its own. Raises what it raises."""
    done = Signal()
    ended: list[tuple[T | None, BaseException | None]] = []

    def run() -> None:
        try:
            ended.append((action(), None))
        except BaseException as error:
            ended.append((None, error))
        finally:
            done.set()

    threading.Thread(target=run, name="onrecord-aside", daemon=True).start()
    while not (yield Wait(done, 60.0)):
        pass
    value, error = ended[0]
    if error is not None:
        raise error
    return value  # type: ignore[return-value]
