"""A request in the queue: whose it is, how slow it is known to be, and what it has used so far."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from onrecord.errors import Unavailable
from onrecord.query.waiting import Signal

SLICES_S = (0.08, 0.3, 1.2, math.inf)
"""Seconds that a query of each level may run before it has to give its worker to one that waits; who gave way
comes back a level higher. From the second level on a query is slow."""
LEAST_S = 0.005
"""In so little time nobody uses a slice up, and nobody's processor is asked."""
_WAIT = 20
"""As many seconds without the processor count as one with it."""


def level_of(ran: float) -> int:
    """The level of a query that has used so many seconds of processing."""
    return next(number for number, most in enumerate(SLICES_S) if ran < most)


@dataclass(slots=True, eq=False)
class Ticket:
    """One request in the queue or at a worker.

    key: stands for the text of the query. client: None for the app. level: of `SLICES_S`, above 0 where it is
    known to be slow or was preempted before; known: to be quick. Times are those of the clock; meter, before
    and ran: what tells the seconds of processing, what it told at the beginning, and how much has been used
    since. costly: it cost a worker its life, and others the time of a start; its text is known as slow.
    """

    key: int
    client: str | None
    deadline: float
    number: int
    level: int = 0
    known: bool = False
    started: float = 0.0
    begun: bool = False
    meter: Callable[[], float] | None = None
    before: float = 0.0
    ran: float = 0.0
    costly: bool = False
    refusal: Unavailable | None = None
    granted: Signal = field(default_factory=Signal)

    def begin(self, now: float, meter: Callable[[], float] | None) -> None:
        """Its worker is there: it is timed from `now`, by `meter` where there is one."""
        self.started = now
        self.begun = True
        self.meter = meter
        self.before = meter() if meter is not None else 0.0
        self.ran = 0.0

    def measure(self, now: float) -> float:
        """Seconds of processing that the query has used, as far as they are known.

        On a busy machine they are fewer than the seconds that went by, of which some count too.
        """
        if not self.begun:
            return 0.0
        seconds = now - self.started
        if self.meter is None or seconds < LEAST_S:
            self.ran = max(self.ran, seconds)
        else:
            self.ran = max(self.ran, self.meter() - self.before, seconds / _WAIT)
        return self.ran

    @property
    def slow(self) -> bool:
        """Whether it counted as slow when it was measured last."""
        return self.level > 0 or self.ran >= SLICES_S[0]
