"""Whether a client still waits for its answer: who has left is not worked for any longer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request

T = TypeVar("T")
LOOK_AFTER_S = 0.05
"""How long a request takes before its client is looked after; most are answered by then."""


async def attended(request: Request, work: Awaitable[T], leave: Callable[[], None] | None = None) -> T:
    """What `work` gives, while the client waits.

    The request's body has been read. leave: called when the client has gone, for work that ends by itself
    then; without it the work is cancelled. Raises ClientDisconnect where the client left before the end.
    """
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  a request is answered in a task
    watch: list[asyncio.Task[None]] = []
    left = False

    async def look() -> None:
        nonlocal left
        while (await request.receive())["type"] != "http.disconnect":
            pass
        left = True
        (leave or task.cancel)()

    timer = loop.call_later(LOOK_AFTER_S, lambda: watch.append(loop.create_task(look())))
    try:
        return await work
    except asyncio.CancelledError:
        if left and leave is None:
            task.uncancel()
            raise ClientDisconnect from None
        raise
    finally:
        timer.cancel()
        for each in watch:
            each.cancel()
