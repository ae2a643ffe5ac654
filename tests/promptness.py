"""Promises in seconds, kept where other programs take the machine's time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, act: Callable[[], T]) -> T:
    """What `act` gives, which must not take longer. One that does is measured once more.

    A machine that is busy with something else is late once; a promise that is not kept is late again.
    """
    for last in (False, True):
        begun = time.monotonic()
        result = act()
        spent = time.monotonic() - begun
        if spent < seconds or last:
            break
    assert spent < seconds, f"{spent:.2f} s, twice longer than {seconds} s"
    return result
