"""Who gets a worker next: fair between clients, and quick for quick queries.

The rules, with their reasons and figures, are in docs/decisions/gateway.md. In short: a lane for the app,
turns between clients, budgets in seconds of processing, levels that a query climbs the longer it runs, and a
bound on the workers that slow queries hold while others wait.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from onrecord.errors import Busy, LimitExceeded, Unavailable
from onrecord.query.limits import Limits
from onrecord.query.waiting import Signal, Steps, Wait

SLICES_S = (0.08, 0.3, 1.2, math.inf)
"""Seconds that a query of each level may run before it has to give its worker to one that waits; who gave way
comes back a level higher. From the second level on a query is slow."""
_SHARE = 4
"""How many times the slice of a lower level a query may run before it makes room for one of that level."""
_WAIT = 20
"""As many seconds without the processor count as one with it."""
_TICK_S = 0.05
_LEAST_S = 0.005
_MINUTE_S = 60.0
_MANY = 1000


class Preempted(Exception):
    """A slow query has to give up its worker, and waits again as one that is known to be slow."""


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


@dataclass(slots=True)
class _Account:
    """Seconds that a client has used, as of the time `at`, and the number of its last turn."""

    used: float = 0.0
    at: float = 0.0
    turn: int = 0


class Queue:
    """Gives `limits.workers` places out to tickets. Safe for several threads.

    lane: whether one of them is kept for the app.
    """

    def __init__(
        self, limits: Limits, clock: Callable[[], float] = time.monotonic, *, lane: bool = True
    ) -> None:
        self._limits = limits
        self._places = max(limits.workers - lane, 1)  # for clients
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: list[Ticket] = []
        self._running: list[Ticket] = []
        self._accounts: dict[str | None, _Account] = {}
        self._slow_texts: dict[int, tuple[float, int]] = {}  # until when a text has which level
        self._quick_texts: dict[int, None] = {}  # those that were quick, the last ones last
        self._counter = 0
        self._mean = 0.1  # seconds a request takes, smoothed
        self._closed = False

    def enter(self, text: str, client: str | None, deadline: float) -> Ticket:
        """A ticket that waits for its `turn`. Raises Busy where too many wait, Unavailable when closed."""
        with self._lock:
            if self._closed:
                raise closed()
            self._counter += 1
            key = hash(text)
            until, level = self._slow_texts.get(key, (0.0, 0))
            level = level if until > self._clock() else 0
            known = not level and key in self._quick_texts
            ticket = Ticket(key, client, deadline, self._counter, level, known)
            self._waiting.append(ticket)
            self._dispatch()
            if not ticket.granted.is_set() and len(self._waiting) > self._limits.queue:
                self._refuse_one()
        return ticket

    def turn(self, ticket: Ticket) -> Steps[None]:
        """Wait for the place. Raises Busy and Unavailable where refused, LimitExceeded at the deadline."""
        granted = ticket.granted
        if not granted.is_set() and not (yield Wait(granted, max(ticket.deadline - self._clock(), 0.0))):
            with self._lock:
                if not granted.is_set():
                    self._waiting.remove(ticket)
                    raise self._waited(ticket)
        if ticket.refusal is not None:
            raise ticket.refusal

    def again(self, ticket: Ticket) -> None:
        """Give the place up, and wait for another `turn` one level higher. Raises Unavailable."""
        with self._lock:
            self._settle(ticket)
            if self._closed:
                raise closed()
            ticket.level = min(ticket.level + 1, len(SLICES_S) - 1)
            self._remember(ticket, ticket.level)
            ticket.granted, ticket.begun, ticket.known = Signal(), False, False
            self._waiting.append(ticket)
            self._dispatch()

    def leave(self, ticket: Ticket) -> None:
        """Give the place back, or give up waiting for one; harmless for a ticket that has none."""
        with self._lock:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            self._settle(ticket)
            self._dispatch()

    def begin(self, ticket: Ticket, meter: Callable[[], float] | None = None) -> None:
        """The ticket's worker is there: its query is timed from now.

        meter: the seconds of processing that the worker has used so far; without one the clock counts.
        """
        ticket.started = self._clock()
        ticket.begun = True
        ticket.meter = meter
        ticket.before = meter() if meter is not None else 0.0
        ticket.ran = 0.0

    def patience(self, ticket: Ticket) -> float:
        """Seconds for which the ticket may go on before it asks again. Raises Preempted."""
        first = SLICES_S[0] - self._ran(ticket)
        if first > 0:
            return max(first, _LEAST_S)
        with self._lock:
            if self._victim() is ticket:
                raise Preempted
        return _TICK_S

    def slow(self, ticket: Ticket) -> bool:
        """Whether the query that runs counts as slow."""
        return self._level(ticket) > 0

    def _ran(self, ticket: Ticket) -> float:
        """Seconds of processing that the ticket's query has used, as far as they are known.

        On a busy machine they are fewer than the seconds that went by, of which some count too.
        """
        if not ticket.begun:
            return 0.0
        seconds = self._clock() - ticket.started
        if ticket.meter is None:
            return seconds
        ticket.ran = max(ticket.ran, ticket.meter() - ticket.before, seconds / _WAIT)
        return ticket.ran

    def _level(self, ticket: Ticket) -> int:
        """The level that a query that runs has reached."""
        ran = self._ran(ticket)
        return max(ticket.level, next(number for number, most in enumerate(SLICES_S) if ran < most))

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

    @property
    def running(self) -> int:
        """How many have a place now."""
        return len(self._running)

    def _waited(self, ticket: Ticket) -> LimitExceeded:
        seconds = self._limits.time_limit_s
        if ticket.level:
            message = f"no answer within {seconds} s: others were waiting, and quick queries go first"
            hint = "ask for less, or try again when fewer are asking"
        else:
            message = f"no answer within {seconds} s, all of it spent waiting"
            hint = "try again when fewer are asking"
        return LimitExceeded(message, limit="time_limit_s", hint=hint)

    def _dispatch(self) -> None:
        while len(self._running) < self._limits.workers and self._waiting:
            may: dict[tuple[bool, int], bool] = {}  # what holds for a ticket holds for all of its kind
            ready = []
            for ticket in self._waiting:
                kind = (ticket.client is None, ticket.level)
                if kind not in may:
                    may[kind] = self._eligible(ticket, self._running)
                if may[kind]:
                    ready.append(ticket)
            if not ready:
                return
            ticket = self._ranked(ready)[0] if len(ready) > 1 else ready[0]
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
        if ticket.begun:
            ran = self._ran(ticket)
            level = next(number for number, most in enumerate(SLICES_S) if ran < most)
            self._remember(ticket, max(level, 1) if ticket.costly else level)
        if len(self._accounts) > _MANY:
            self._forget(now)

    def _remember(self, ticket: Ticket, level: int) -> None:
        """Know the level of a text, above 0 for a minute, also for those who wait with it.

        One that was quick before is given a second chance: the machine may have been busy.
        """
        key = ticket.key
        if level and ticket.known and not ticket.costly:
            ticket.known = False
            self._quick_texts.pop(key, None)
            return
        self._slow_texts.pop(key, None)
        self._quick_texts.pop(key, None)
        if level == 0:
            self._quick_texts[key] = None
            if len(self._quick_texts) > _MANY:
                del self._quick_texts[next(iter(self._quick_texts))]
            return
        self._slow_texts[key] = (self._clock() + _MINUTE_S, level)
        if len(self._slow_texts) > _MANY:
            del self._slow_texts[next(iter(self._slow_texts))]
        for waiting in self._waiting:
            if waiting.key == key:
                waiting.level = max(waiting.level, level)

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

    def _ranked(self, tickets: list[Ticket]) -> list[Ticket]:
        """By level, known quick texts first, the app where none of its queries runs, less used, by turns."""
        app = all(each.client is not None for each in self._running)
        claims: dict[str | None, tuple[bool, int, int]] = {}
        for ticket in tickets:
            client = ticket.client
            if client not in claims:
                tenths = int(self._spent(client) * 10)
                claims[client] = (client is not None or not app, tenths, self._account(client).turn)
        return sorted(
            tickets, key=lambda each: (each.level, not each.known, *claims[each.client], each.number)
        )

    def _eligible(self, ticket: Ticket, running: list[Ticket]) -> bool:
        """Whether a ticket may run beside those that run."""
        workers = self._limits.workers
        if len(running) >= workers:
            return False
        if ticket.client is None:
            lane = all(each.client is not None for each in running)
            return lane or not ticket.level or workers < 3 or len(running) + 1 < workers
        clients = [each for each in running if each.client is not None]
        if len(clients) >= self._places:
            return False
        return not ticket.level or self._slow(clients) < max(self._places - 1, 1)

    def _slow(self, running: list[Ticket]) -> int:
        return sum(self.slow(each) for each in running)

    def _victim(self) -> Ticket | None:
        """The running query that has to make room for one that waits, if any has."""
        past = [each for each in self._running if self._ran(each) >= SLICES_S[0]]
        for waiting in self._ranked(self._waiting) if past else ():
            rivals = [each for each in self._running if waiting.client is None or each.client is not None]
            crowded = not waiting.level and self._slow(rivals) >= self._places
            candidates = [
                each
                for each in past
                if self._eligible(waiting, [other for other in self._running if other is not each])
                and (crowded or self._yields(each, waiting))
            ]
            if candidates:  # the one over its budget, then the one that loses the least
                return max(candidates, key=lambda each: (self._over(each.client), each.started, each.number))
        return None

    def _yields(self, running: Ticket, waiting: Ticket) -> bool:
        """Whether a query that runs makes room for a slow one that waits, or for a client in its budget."""
        if self._over(waiting.client):
            return False
        if self._over(running.client):
            return True
        most = min(SLICES_S[running.level], _SHARE * SLICES_S[waiting.level])
        return 0 < waiting.level <= self._level(running) and self._ran(running) >= most

    def _refuse_one(self) -> None:
        """Of a full queue: the slowest and last query of the client that has most in it."""
        held: dict[str | None, list[Ticket]] = {}
        for ticket in self._waiting:
            held.setdefault(ticket.client, []).append(ticket)
        app = held.pop(None, [])
        most = max(held.values(), key=lambda tickets: (len(tickets), tickets[-1].number), default=app)
        last = max(most, key=lambda ticket: (ticket.level, ticket.number))
        self._refuse(last, self._busy(own=len(most) > len(self._waiting) / 2))

    def _refuse(self, ticket: Ticket, refusal: Unavailable) -> None:
        self._waiting.remove(ticket)
        ticket.refusal = refusal
        ticket.granted.set()

    def _busy(self, *, own: bool) -> Busy:
        seconds = min(math.ceil(len(self._waiting) * self._mean / self._places), self._limits.time_limit_s)
        whose = ", most of them yours" if own else ""
        return Busy(
            f"{self._limits.queue} requests are waiting already{whose}",
            retry_after=max(seconds, 1),
            own=own,
            hint=f"try again in {max(seconds, 1)} s",
        )


def closed() -> Unavailable:
    """What those hear who ask a gateway that was closed."""
    return Unavailable("the knowledge base was closed while the question waited", hint="ask again")
