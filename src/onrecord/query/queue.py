"""Who gets a worker next: fair between clients, and quick for quick queries.

The rules, with their reasons and figures, are in docs/decisions/gateway.md. In short: a lane for the app,
turns between clients, budgets in seconds of processing, and a bound on the workers that slow queries hold
while others wait.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from onrecord.errors import Busy, LimitExceeded, Unavailable
from onrecord.query.limits import Limits

SLICE_S = 0.3
"""Seconds after which a query counts as slow and may have to give its worker to one that waits."""
_LONG_S = 1.0
"""Seconds after which a text is remembered as slow, and a slow query yields to one of a lighter client."""
_TICK_S = 0.05
_MINUTE_S = 60.0
_MANY = 1000


class Preempted(Exception):
    """A slow query has to give up its worker, and waits again as one that is known to be slow."""


@dataclass(slots=True, eq=False)
class Ticket:
    """One request in the queue or at a worker.

    key: stands for the text of the query. client: None for the app. slow: known to be slow, or preempted
    before. Times are those of the clock.
    """

    key: int
    client: str | None
    deadline: float
    number: int
    slow: bool = False
    started: float = 0.0
    refusal: Unavailable | None = None
    granted: threading.Event = field(default_factory=threading.Event)


@dataclass(slots=True)
class _Account:
    """Seconds that a client has used, as of the time `at`, and the number of its last turn."""

    used: float = 0.0
    at: float = 0.0
    turn: int = 0


class Queue:
    """Gives `limits.workers` places out to tickets. Safe for several threads."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: list[Ticket] = []
        self._running: list[Ticket] = []
        self._accounts: dict[str | None, _Account] = {}
        self._slow_texts: dict[int, float] = {}  # until when a text is known to be slow
        self._counter = 0
        self._mean = 0.1  # seconds a request takes, smoothed
        self._closed = False

    def enter(self, text: str, client: str | None, deadline: float) -> Ticket:
        """Wait for a place and take it.

        Raises Busy where too many wait, LimitExceeded at the deadline, Unavailable after `close()`.
        """
        with self._lock:
            if self._closed:
                raise closed()
            self._counter += 1
            key = hash(text)
            slow = self._slow_texts.get(key, 0.0) > self._clock()
            ticket = Ticket(key, client, deadline, self._counter, slow)
            self._waiting.append(ticket)
            self._dispatch()
            if not ticket.granted.is_set() and len(self._waiting) > self._limits.queue:
                self._refuse(self._crowding(ticket))
        self._wait(ticket)
        return ticket

    def again(self, ticket: Ticket) -> None:
        """Give the place up and wait for another as a slow query. Raises as `enter`, Busy excepted."""
        with self._lock:
            self._settle(ticket)
            if self._closed:
                raise closed()
            self._remember(ticket)
            ticket.slow = True
            ticket.granted.clear()
            self._waiting.append(ticket)
            self._dispatch()
        self._wait(ticket)

    def leave(self, ticket: Ticket) -> None:
        """Give the place back; harmless for a ticket that has none."""
        with self._lock:
            self._settle(ticket)
            self._dispatch()

    def begin(self, ticket: Ticket) -> None:
        """The ticket's worker is there: its query is timed from now."""
        ticket.started = self._clock()

    def patience(self, ticket: Ticket) -> float:
        """Seconds for which the ticket may go on before it asks again. Raises Preempted."""
        quick = ticket.started + SLICE_S - self._clock()
        if quick > 0:
            return quick
        with self._lock:
            if self._clock() - ticket.started >= _LONG_S:
                self._remember(ticket)
            if self._victim() is ticket:
                raise Preempted
        return _TICK_S

    def slow(self, ticket: Ticket) -> bool:
        """Whether the query that runs counts as slow."""
        return ticket.slow or self._clock() - ticket.started >= SLICE_S

    def close(self) -> None:
        """Refuse all that wait and all that come."""
        with self._lock:
            self._closed = True
            for ticket in list(self._waiting):
                self._refuse(ticket, closed())

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return len(self._waiting)

    def _wait(self, ticket: Ticket) -> None:
        if not ticket.granted.is_set():
            ticket.granted.wait(max(ticket.deadline - self._clock(), 0))
            with self._lock:
                if not ticket.granted.is_set():
                    self._waiting.remove(ticket)
                    raise self._waited(ticket)
        if ticket.refusal is not None:
            raise ticket.refusal

    def _waited(self, ticket: Ticket) -> LimitExceeded:
        seconds = self._limits.time_limit_s
        if ticket.slow:
            message = f"no answer within {seconds} s: others were waiting, and quick queries go first"
            hint = "ask for less, or try again when fewer are asking"
        else:
            message = f"no answer within {seconds} s, all of it spent waiting"
            hint = "try again when fewer are asking"
        return LimitExceeded(message, limit="time_limit_s", hint=hint)

    def _dispatch(self) -> None:
        while len(self._running) < self._limits.workers and self._waiting:
            ready = [ticket for ticket in self._waiting if self._eligible(ticket, self._running)]
            if not ready:
                return
            ticket = min(ready, key=self._rank)
            self._waiting.remove(ticket)
            self._running.append(ticket)
            ticket.started = self._clock()
            self._account(ticket.client).turn = self._counter = self._counter + 1
            ticket.granted.set()

    def _settle(self, ticket: Ticket) -> None:
        """Take the ticket off its worker and charge its client."""
        if ticket not in self._running:
            return
        self._running.remove(ticket)
        now = self._clock()
        seconds = now - ticket.started
        account = self._account(ticket.client)
        account.used, account.at = self._used(account, now) + seconds, now
        self._mean += 0.1 * (seconds - self._mean)
        if seconds >= _LONG_S:
            self._remember(ticket)
        else:
            self._slow_texts.pop(ticket.key, None)
        if len(self._accounts) > _MANY:
            self._forget(now)

    def _remember(self, ticket: Ticket) -> None:
        """Know a text as slow for a minute, also for those who wait with it."""
        self._slow_texts.pop(ticket.key, None)
        self._slow_texts[ticket.key] = self._clock() + _MINUTE_S
        if len(self._slow_texts) > _MANY:
            del self._slow_texts[next(iter(self._slow_texts))]
        for waiting in self._waiting:
            waiting.slow = waiting.slow or waiting.key == ticket.key

    def _forget(self, now: float) -> None:
        """Drop the accounts of those who have long been idle."""
        present = {ticket.client for ticket in [*self._running, *self._waiting]}
        self._accounts = {
            client: account
            for client, account in self._accounts.items()
            if client in present or self._used(account, now) > 0.001
        }

    def _account(self, client: str | None) -> _Account:
        return self._accounts.setdefault(client, _Account())

    def _used(self, account: _Account, now: float) -> float:
        """Seconds of processing, those of a minute ago counting for a third (e⁻¹)."""
        return account.used * math.exp((account.at - now) / _MINUTE_S)

    def _spent(self, client: str | None) -> float:
        """What a client has used, what it is using now included."""
        now = self._clock()
        running = sum(now - ticket.started for ticket in self._running if ticket.client == client)
        return self._used(self._account(client), now) + running

    def _over(self, client: str | None) -> bool:
        return self._spent(client) > self._limits.client_budget_s

    def _rank(self, ticket: Ticket) -> tuple[bool, bool, int, int, int]:
        """The least goes first: quick, the app where none of its queries runs, who used less, by turns."""
        lane = ticket.client is None and not any(each.client is None for each in self._running)
        tenths = int(self._spent(ticket.client) * 10)
        return (ticket.slow, not lane, tenths, self._account(ticket.client).turn, ticket.number)

    def _eligible(self, ticket: Ticket, running: list[Ticket]) -> bool:
        """Whether a ticket may run beside those that run."""
        workers = self._limits.workers
        if len(running) >= workers:
            return False
        if ticket.client is None:
            lane = all(each.client is not None for each in running)
            return lane or not ticket.slow or workers < 3 or len(running) + 1 < workers
        clients = [each for each in running if each.client is not None]
        if len(clients) >= max(workers - 1, 1):
            return False
        return not ticket.slow or workers < 3 or self._slow(clients) < workers - 2

    def _slow(self, running: list[Ticket]) -> int:
        return sum(self.slow(each) for each in running)

    def _victim(self) -> Ticket | None:
        """The running query that has to make room for one that waits, if any has."""
        now = self._clock()
        past = [each for each in self._running if now - each.started >= SLICE_S]
        for waiting in sorted(self._waiting, key=self._rank):
            rivals = [each for each in self._running if waiting.client is None or each.client is not None]
            crowded = not waiting.slow and self._slow(rivals) > max(self._limits.workers - 2, 0)
            candidates = [
                each
                for each in past
                if self._eligible(waiting, [other for other in self._running if other is not each])
                and (crowded or self._lighter(waiting, each))
            ]
            if candidates:  # the one over its budget, then the one that loses the least
                return max(candidates, key=lambda each: (self._over(each.client), each.started, each.number))
        return None

    def _lighter(self, waiting: Ticket, running: Ticket) -> bool:
        """Whether the client that waits has a better claim than the one whose slow query runs."""
        if self._over(waiting.client):
            return False
        long = self._clock() - running.started >= _LONG_S
        return self._over(running.client) or (
            long and 2 * self._spent(waiting.client) < self._spent(running.client)
        )

    def _crowding(self, newcomer: Ticket) -> Ticket:
        """Who has to go from a full queue: the last of a client that fills it, else the newcomer."""
        held: dict[str | None, list[Ticket]] = {}
        for ticket in self._waiting:
            if not ticket.slow:
                held.setdefault(ticket.client, []).append(ticket)
        mine = len(held[newcomer.client])
        most = max(held.values(), key=lambda tickets: (len(tickets), tickets[-1].number))
        lane = newcomer.client is None and mine == 1 and most[-1].client is not None
        return most[-1] if lane or len(most) > mine else newcomer

    def _refuse(self, ticket: Ticket, refusal: Unavailable | None = None) -> None:
        self._waiting.remove(ticket)
        ticket.refusal = refusal or self._busy()
        ticket.granted.set()

    def _busy(self) -> Busy:
        workers = max(self._limits.workers - 1, 1)
        seconds = min(math.ceil(len(self._waiting) * self._mean / workers), self._limits.time_limit_s)
        return Busy(
            f"{self._limits.queue} requests are waiting already",
            retry_after=max(seconds, 1),
            hint=f"try again in {max(seconds, 1)} s",
        )


def closed() -> Unavailable:
    """What those hear who ask a gateway that was closed."""
    return Unavailable("the knowledge base was closed while the question waited", hint="ask again")
