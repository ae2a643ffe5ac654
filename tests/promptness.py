"""Promises in seconds, kept where other programs take the machine's time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


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
