"""Whether a client still waits for its answer: who has left is not worked for any longer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request

from onrecord.query.alarm import Alarm

T = TypeVar("T")
LOOK_AFTER_S = 0.05
"""How long a request takes before its client is looked after; most are answered by then."""


class Attendance:
    """Looks after the clients of one server."""

    def __init__(self) -> None:
        self._alarm = Alarm()

    async def attended(
        self, request: Request, work: Awaitable[T], leave: Callable[[], None] | None = None
    ) -> T:
        """What `work` gives, while the client waits.

        The request's body has been read. leave: called when the client has gone, for work that ends by itself
        then; without it the work is cancelled. Raises ClientDisconnect where the client left before the end.
        """
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  a request is answered in a task
        look = _Look(request, leave or task.cancel)
        self._alarm.set(look, LOOK_AFTER_S, look.begin)
        try:
            return await work
        except asyncio.CancelledError:
            if look.left and leave is None:
                task.uncancel()
                raise ClientDisconnect from None
            raise
        finally:
            self._alarm.clear(look)
            look.end()


class _Look:
    """Waits for the client's going, from `begin` to `end`."""

    def __init__(self, request: Request, leave: Callable[[], object]) -> None:
        self.left = False
        self._request = request
        self._leave = leave
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._wait())

    def end(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _wait(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self.left = True
        self._leave()
