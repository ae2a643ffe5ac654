"""Who gets a worker next: fair between clients, and quick for quick queries.

The rules, with their reasons and figures, are in docs/decisions/gateway.md. In short: a lane for the app,
turns between clients, budgets in seconds of processing, levels that a query climbs the longer it runs, and a
bound on the workers that slow queries hold while others wait.
"""

import math
import threading
import time
from collections.abc import Callable

from onrecord.errors import Busy, LimitExceeded, Unavailable
from onrecord.query.accounts import MANY, Accounts
from onrecord.query.limits import Limits
from onrecord.query.texts import Texts
from onrecord.query.ticket import LEAST_S, SLICES_S, Ticket, level_of
from onrecord.query.waiting import Signal, Steps, Wait

_SHARE = 4
"""How many times the slice of a lower level a query may run before it makes room for one of that level."""
_TICK_S = 0.05


class Preempted(Exception):
    """A slow query has to give up its worker, and waits again as one that is known to be slow."""


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
        self._accounts = Accounts()
        self._texts = Texts()
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
            level = self._texts.level(key, self._clock())
            known = not level and self._texts.was_quick(key)
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
        ticket.begin(self._clock(), meter)

    def patience(self, ticket: Ticket) -> float:
        """Seconds for which the ticket may go on before it asks again. Raises Preempted."""
        first = SLICES_S[0] - self._ran(ticket)
        if first > 0:
            return max(first, LEAST_S)
        with self._lock:
            if self._victim() is ticket:
                raise Preempted
        return _TICK_S

    def _ran(self, ticket: Ticket) -> float:
        return ticket.measure(self._clock())

    def _level(self, ticket: Ticket) -> int:
        """The level that a query that runs has reached."""
        return max(ticket.level, level_of(self._ran(ticket)))

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
            ticket = self._first()
            if ticket is None:
                return
            self._waiting.remove(ticket)
            self._running.append(ticket)
            ticket.started = self._clock()
            self._counter += 1
            self._accounts.has_turn(ticket.client, self._counter)
            ticket.granted.set()

    def _first(self) -> Ticket | None:
        """Of those that wait and may run, the one with the best claim."""
        kinds: dict[tuple[str | None, int, bool], Ticket] = {}  # of each kind the one that came first
        for ticket in self._waiting:
            kind = (ticket.client, ticket.level, ticket.known)
            first = kinds.get(kind)
            if first is None or ticket.number < first.number:
                kinds[kind] = ticket
        ready = [ticket for ticket in kinds.values() if self._eligible(ticket, self._running)]
        return self._ranked(ready)[0] if len(ready) > 1 else ready[0] if ready else None

    def _settle(self, ticket: Ticket) -> None:
        """Take the ticket off its worker and charge its client."""
        if ticket not in self._running:
            return
        self._running.remove(ticket)
        now = self._clock()
        seconds = now - ticket.started
        self._accounts.charge(ticket.client, seconds, now)
        self._mean += 0.1 * (seconds - self._mean)
        if ticket.begun:
            level = level_of(ticket.measure(now))
            self._remember(ticket, max(level, 1) if ticket.costly else level)
        if len(self._accounts) > MANY:
            self._accounts.forget({each.client for each in [*self._running, *self._waiting]}, now)

    def _remember(self, ticket: Ticket, level: int) -> None:
        """Know the level of a text, above 0 for a minute, also for those who wait with it.

        One that was quick before is given a second chance: the machine may have been busy.
        """
        if level and ticket.known and not ticket.costly:
            ticket.known = False
            self._texts.doubt(ticket.key)
            return
        self._texts.remember(ticket.key, level, self._clock())
        if level:
            for waiting in self._waiting:
                if waiting.key == ticket.key:
                    waiting.level = max(waiting.level, level)

    def _spent(self, client: str | None) -> float:
        """What a client has used, what it is using now included."""
        now = self._clock()
        running = sum(now - ticket.started for ticket in self._running if ticket.client == client)
        return self._accounts.used(client, now) + running

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
                claims[client] = (client is not None or not app, tenths, self._accounts.turn(client))
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
        return sum(self._level(each) > 0 for each in running)

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
