"""Promises in seconds, kept where other programs take the machine's time."""

import time
from collections.abc import Callable
from typing import TypeVar

from onrecord.errors import LimitExceeded

T = TypeVar("T")
_NO_WORKER = "waiting for a worker to start"


def within(seconds: float, act: Callable[[], T], hindered: Callable[[T], bool] | None = None) -> T:
    """What `act` gives, which must not take longer. One that does is measured once more.

    A machine that is busy with something else is late once; a promise that is not kept is late again.
    hindered: whether what it gave says that the machine was too busy, and to try again.
    """
    for last in (False, True):
        begun = time.monotonic()
        result = act()
        spent = time.monotonic() - begun
        if last or (spent < seconds and not (hindered and hindered(result))):
            break
    assert spent < seconds, f"{spent:.2f} s, twice longer than {seconds} s"
    return result


def no_worker(ended: object) -> bool:
    """Whether an error, or an answer over HTTP, says that no worker started within the limit of a query.

    So says a machine that was too busy, and it says to try again.
    """
    if isinstance(ended, LimitExceeded):
        return _NO_WORKER in ended.message
    body = getattr(ended, "body", b"")
    return isinstance(body, bytes) and _NO_WORKER.encode() in body


def patiently(act: Callable[[], T], late: Callable[[object], bool] = no_worker, seconds: float = 60) -> T:
    """What `act` gives or raises once it is not late, which a start may be for longer than a query may.

    late: whether what it gave, or the limit that it met, says that something is not there yet.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            result = act()
        except LimitExceeded as error:
            if not late(error) or time.monotonic() > deadline:
                raise
        else:
            if not late(result) or time.monotonic() > deadline:
                return result
