"""Work in steps (`waiting.py`), driven by an event loop: what a server does with every query.

A wait costs no task and no timer of its own, and a worker's pipe stays registered from one question to the
next: the work goes on right where its answer is heard.
"""

import asyncio
import os
import threading
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from onrecord.query.alarm import Alarm
from onrecord.query.waiting import Signal, Steps, Wait

T = TypeVar("T")


class Driver:
    """Drives work in the running event loop; one for all that belongs together."""

    def __init__(self) -> None:
        self._alarm = Alarm()

    async def run(self, steps: Steps[T]) -> T:
        """What the work gives. Cancelling it ends the work where it waits. Raises what the work raises."""
        try:
            wait = next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        drive = _Drive(steps, self._alarm)
        try:
            drive.begin(wait)
            return await drive.done
        finally:
            drive.end()


class _Drive(Generic[T]):
    """Work that has begun; `done` is its end."""

    def __init__(self, steps: Steps[T], alarm: Alarm) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._steps = steps
        self._alarm = alarm
        self._wait: Wait | None = None
        self.done: asyncio.Future[T] = self._loop.create_future()

    def begin(self, wait: Wait) -> None:
        """Go on when what it waits for comes, or its time is over."""
        self._wait = wait
        self._alarm.set(self, wait.seconds, partial(self._come, wait, False))
        what = wait.what
        if isinstance(what, Signal):
            what.then(partial(self._told, wait))
            if what.is_set():
                self._told(wait)
        elif wait.writing:
            self._loop.add_writer(what.descriptor, self._come, wait, True)
        else:
            ear = what.ear
            if not isinstance(ear, Ear) or not ear.listens(self._loop):
                ear = what.ear = Ear(self._loop, what.descriptor)
            ear.heard = partial(self._come, wait, True)

    def end(self) -> None:
        """Nothing more is done, whether the work is over or was given up."""
        self._leave()
        if self.done.done() and not self.done.cancelled():
            self.done.exception()  # it may have failed just before it was given up
        self._steps.close()

    def _told(self, wait: Wait) -> None:
        """The signal is set: by this thread, perhaps in the middle of something, or by another."""
        if threading.get_ident() == self._thread:
            self._loop.call_soon(self._come, wait, True)
        else:
            self._loop.call_soon_threadsafe(self._come, wait, True)

    def _come(self, wait: Wait, ready: bool) -> None:
        if self._wait is not wait:
            return
        self._leave()
        if self.done.done():
            return
        try:
            self.begin(self._steps.send(ready))
        except StopIteration as end:
            self.done.set_result(end.value)
        except BaseException as error:
            self.done.set_exception(error)

    def _leave(self) -> None:
        """Wait no longer for what it waited for."""
        wait, self._wait = self._wait, None
        if wait is None:
            return
        self._alarm.clear(self)
        what = wait.what
        if isinstance(what, Signal):
            what.then(None)
        elif wait.writing:
            self._loop.remove_writer(what.descriptor)
        elif isinstance(what.ear, Ear):
            what.ear.heard = None


class Ear:
    """Listens to a source from its first question to its end, on a descriptor of its own.

    So whoever closes the source, in whatever thread, need not ask the event loop first.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, descriptor: int) -> None:
        self.heard: Callable[[], None] | None = None
        self._loop = loop
        self._own = -1
        self._own = os.dup(descriptor)
        loop.add_reader(self._own, self._hear)

    def __del__(self) -> None:
        if self._own >= 0:
            os.close(self._own)

    def listens(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Whether it still does, in that event loop."""
        return self._loop is loop and self._own >= 0

    def _hear(self) -> None:
        heard, self.heard = self.heard, None
        if heard is not None:
            heard()
        else:  # nobody asked: this is the end of the source
            self._loop.remove_reader(self._own)
            os.close(self._own)
            self._own = -1
