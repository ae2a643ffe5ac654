"""Who gets a worker next, with a clock that the test turns: nothing here waits for time to pass."""

import threading
import time

import pytest

from onrecord.errors import Busy, LimitExceeded, Unavailable
from onrecord.query.limits import Limits
from onrecord.query.queue import Preempted, Queue
from onrecord.query.ticket import SLICES_S, Ticket
from onrecord.query.waiting import waited


class Clock:
    """A time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Crowd:
    """Requests that enter a queue, each in its own thread, and the order in which they are served."""

    def __init__(self, *, lane: bool = True, **limits: int) -> None:
        self.clock = Clock()
        self.queue = Queue(Limits(**limits), self.clock, lane=lane)
        self.served: list[str] = []
        self.refused: list[tuple[str, Unavailable]] = []
        self.tickets: dict[str, Ticket] = {}
        self.threads: list[threading.Thread] = []

    def comes(self, name: str, client: str | None) -> None:
        """A request enters; returns when it waits, or has been served or refused."""
        before, refused = self.waiting(), len(self.refused)
        thread = threading.Thread(target=self._enter, args=(name, client))
        thread.start()
        self.threads.append(thread)
        while not (self.waiting() > before or name in self.served or len(self.refused) > refused):
            time.sleep(0.001)

    def waiting(self) -> int:
        """How many wait, none of them in the middle of its entry."""
        with self.queue._lock:
            return self.queue.waiting

    def _enter(self, name: str, client: str | None) -> None:
        try:
            ticket = self.queue.enter(name, client, self.clock.now + 10)
            waited(self.queue.turn(ticket))
        except Unavailable as error:
            self.refused.append((name, error))
            return
        self.queue.begin(ticket)
        self.tickets[name] = ticket
        self.served.append(name)

    def leaves(self, name: str, seconds: float = 0.0) -> None:
        """A request is answered, after `seconds` more."""
        expected = len(self.served) + (1 if self.queue.waiting else 0)
        self.clock.now += seconds
        self.queue.leave(self.tickets[name])
        while len(self.served) < expected:
            time.sleep(0.001)

    def ends(self) -> None:
        self.queue.close()
        for thread in self.threads:
            thread.join()


def test_clients_take_turns_whoever_came_first() -> None:
    crowd = Crowd(workers=2)
    crowd.comes("a1", "a")
    for name, client in (("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c")):
        crowd.comes(name, client)
    for name in ("a1", "b1", "c1", "a2"):
        crowd.leaves(name)
    assert crowd.served == ["a1", "b1", "c1", "a2", "a3"]
    crowd.ends()


def test_a_worker_stays_free_for_the_app() -> None:
    crowd = Crowd(workers=2)
    crowd.comes("a1", "a")
    crowd.comes("b1", "b")
    assert crowd.served == ["a1"]
    crowd.comes("app", None)
    assert crowd.served == ["a1", "app"]
    crowd.ends()


def test_one_worker_is_the_apps_first() -> None:
    crowd = Crowd(workers=1)
    for name, client in (("a1", "a"), ("b1", "b"), ("app", None)):
        crowd.comes(name, client)
    crowd.leaves("a1")
    assert crowd.served == ["a1", "app"]
    crowd.ends()


def test_who_has_used_more_seconds_goes_behind_others_that_wait() -> None:
    crowd = Crowd(workers=2)
    crowd.comes("a1", "a")
    crowd.leaves("a1", seconds=5)
    crowd.comes("a2", "a")
    assert crowd.served == ["a1", "a2"], "nobody else waits"
    for name in ("b1", "b2", "b3"):
        crowd.comes(name, "b")
    crowd.comes("a3", "a")
    for name in ("a2", "b1", "b2"):
        crowd.leaves(name, seconds=0.2)
    assert crowd.served[2:] == ["b1", "b2", "b3"], "three short ones of b are less than what a has used"
    crowd.comes("b4", "b")
    crowd.clock.now += 600  # what was used ten minutes ago is forgotten
    crowd.leaves("b3")
    assert crowd.served[-1] == "a3"
    crowd.ends()


def test_a_text_that_was_slow_is_known_again() -> None:
    crowd = Crowd(workers=3)
    crowd.comes("slow", "a")
    crowd.leaves("slow", seconds=1)
    crowd.comes("slow", "a")
    crowd.comes("other", "b")
    crowd.leaves("other", seconds=1)
    crowd.comes("other", "c")
    assert crowd.queue.waiting == 1, "one of two client workers is kept for what may be quick"
    crowd.comes("quick", "c")
    assert crowd.served[-1] == "quick"
    crowd.ends()


def test_the_one_too_many_is_told_when_to_come_back() -> None:
    crowd = Crowd(workers=2, queue=2)
    for name, client in (("a1", "a"), ("b1", "b"), ("c1", "c"), ("d1", "d")):
        crowd.comes(name, client)
    ((name, error),) = crowd.refused
    assert name == "d1"
    assert isinstance(error, Busy)
    assert error.retry_after >= 1
    assert "2 requests are waiting" in error.message
    crowd.ends()


def test_who_fills_the_queue_makes_room_for_others() -> None:
    crowd = Crowd(workers=2, queue=2)
    for name in ("a1", "a2", "a3"):
        crowd.comes(name, "a")
    crowd.comes("b1", "b")
    crowd.threads[2].join()
    assert [(name, type(error)) for name, error in crowd.refused] == [("a3", Busy)]
    crowd.leaves("a1")
    crowd.leaves("a2" if "a2" in crowd.served else "b1")
    assert sorted(crowd.served) == ["a1", "a2", "b1"]
    crowd.ends()


def test_a_slow_query_keeps_its_worker_while_nobody_waits() -> None:
    crowd = Crowd(workers=2)
    crowd.comes("slow", "a")
    assert crowd.queue.patience(crowd.tickets["slow"]) == pytest.approx(SLICES_S[0])
    crowd.clock.now += 5
    assert 0 < crowd.queue.patience(crowd.tickets["slow"]) < SLICES_S[0]
    crowd.ends()


def test_slow_queries_may_hold_all_workers_but_two_while_others_wait() -> None:
    crowd = Crowd(workers=3)
    crowd.comes("slow1", "a")
    crowd.comes("slow2", "a")
    crowd.clock.now += 1
    crowd.comes("quick", "b")
    crowd.queue.patience(crowd.tickets["slow1"])
    with pytest.raises(Preempted):
        crowd.queue.patience(crowd.tickets["slow2"])
    again = threading.Thread(target=_again, args=(crowd, "slow2"))
    again.start()
    while "quick" not in crowd.served:
        time.sleep(0.001)
    crowd.queue.leave(crowd.tickets["quick"])
    assert crowd.queue.waiting == 1, "one slow query runs already, so the other one waits"
    crowd.queue.leave(crowd.tickets["slow1"])
    again.join()
    crowd.ends()


def _again(crowd: Crowd, name: str) -> None:
    ticket = crowd.tickets[name]
    crowd.queue.again(ticket)
    waited(crowd.queue.turn(ticket))
    crowd.queue.begin(ticket)


def known(crowd: Crowd, name: str, seconds: float) -> None:
    """A text that was asked before, and took so long."""
    crowd.comes(name, "somebody")
    crowd.leaves(name, seconds)
    crowd.served.remove(name)


def test_a_query_yields_to_one_of_its_level_when_its_slice_is_over() -> None:
    crowd = Crowd(workers=3)
    known(crowd, "slow1", 0.2)
    known(crowd, "slow2", 0.2)
    crowd.comes("slow1", "a")
    crowd.comes("slow2", "b")
    assert crowd.served == ["slow1"]
    crowd.clock.now += 0.25
    crowd.queue.patience(crowd.tickets["slow1"])
    crowd.clock.now += 0.2
    with pytest.raises(Preempted):
        crowd.queue.patience(crowd.tickets["slow1"])
    crowd.ends()


def test_a_query_of_a_higher_level_yields_after_four_slices_of_the_lower_one() -> None:
    crowd = Crowd(workers=3)
    known(crowd, "long", 1.0)
    known(crowd, "slow", 0.2)
    crowd.comes("long", "a")
    crowd.comes("slow", "b")
    crowd.clock.now += 1.1
    crowd.queue.patience(crowd.tickets["long"])
    crowd.clock.now += 0.2
    with pytest.raises(Preempted):
        crowd.queue.patience(crowd.tickets["long"])
    crowd.ends()


def test_the_longest_of_all_yields_only_where_its_client_is_over_its_budget() -> None:
    crowd = Crowd(workers=3, client_budget_s=7)
    known(crowd, "long1", 5.0)
    known(crowd, "long2", 5.0)
    crowd.comes("long1", "a")
    crowd.comes("long2", "b")
    crowd.clock.now += 6.9
    crowd.queue.patience(crowd.tickets["long1"])
    crowd.clock.now += 0.2
    with pytest.raises(Preempted):
        crowd.queue.patience(crowd.tickets["long1"])
    crowd.ends()


def test_slow_queries_leave_one_worker_to_quick_ones() -> None:
    crowd = Crowd(lane=False, workers=3)
    for name, seconds in (("long1", 5.0), ("long2", 5.0), ("slow1", 0.2), ("slow2", 0.2)):
        known(crowd, name, seconds)
    for name in ("long1", "long2", "slow1", "slow2"):
        crowd.comes(name, name)
    assert crowd.served == ["long1", "long2"]
    crowd.comes("quick", "a")
    assert crowd.served == ["long1", "long2", "quick"]
    crowd.ends()


def test_a_text_that_was_quick_goes_before_one_that_nobody_knows() -> None:
    crowd = Crowd(workers=2)
    known(crowd, "quick", 0.01)
    crowd.comes("first", "a")
    crowd.comes("unknown", "a")
    crowd.comes("quick", "a")
    crowd.leaves("first")
    assert crowd.served == ["first", "quick"]
    crowd.ends()


def test_a_server_without_an_app_gives_every_worker_to_its_clients() -> None:
    crowd = Crowd(lane=False, workers=2)
    crowd.comes("a1", "a")
    crowd.comes("b1", "b")
    assert crowd.served == ["a1", "b1"]
    crowd.ends()


def test_seconds_of_processing_count_and_those_without_a_processor_little() -> None:
    clock, used = Clock(), Clock()
    queue = Queue(Limits(workers=1), clock)
    first = queue.enter("a", "a", 200.0)
    queue.begin(first, used)
    queue.enter("b", "b", 200.0)
    clock.now += 0.3
    assert queue.patience(first) > 0, "it has had no processor"
    used.now += 0.11
    with pytest.raises(Preempted):
        queue.patience(first)


def test_a_text_that_cost_a_worker_its_life_is_slow() -> None:
    crowd = Crowd(workers=3)
    crowd.comes("crash", "a")
    crowd.tickets["crash"].costly = True
    crowd.leaves("crash", 0.02)
    crowd.comes("crash", "a")
    assert crowd.tickets["crash"].level == 1
    crowd.ends()


@pytest.mark.parametrize(("clients", "own"), [("aaaaa", True), ("abcde", False)])
def test_whose_requests_fill_the_queue_is_told(clients: str, *, own: bool) -> None:
    crowd = Crowd(workers=2, queue=3)
    for number, client in enumerate(clients):
        crowd.comes(f"{client}{number}", client)
    ((_, error),) = crowd.refused
    assert isinstance(error, Busy)
    assert error.own is own
    assert ("most of them yours" in error.message) is own
    crowd.ends()


def test_of_a_clients_own_queries_the_slowest_makes_room() -> None:
    crowd = Crowd(workers=2, queue=2)
    known(crowd, "slow", 0.2)
    for name in ("a1", "slow", "a2", "a3"):
        crowd.comes(name, "a")
    assert [name for name, _ in crowd.refused] == ["slow"]
    crowd.ends()


def test_who_leaves_the_queue_frees_the_place() -> None:
    queue = Queue(Limits(workers=2), Clock())
    first, second, third = (queue.enter(name, "a", 200.0) for name in "abc")
    queue.leave(second)
    assert queue.waiting == 1
    queue.leave(first)
    assert third.granted.is_set()


def test_waiting_ends_at_the_deadline_and_says_why() -> None:
    queue = Queue(Limits(workers=1, time_limit_s=1))
    first = queue.enter("q", "a", 0.0)
    waiting = queue.enter("q", "b", 0.0)
    with pytest.raises(LimitExceeded, match="all of it spent waiting") as stop:
        waited(queue.turn(waiting))
    queue.leave(waiting)
    assert stop.value.limit == "time_limit_s"
    assert queue.waiting == 0
    queue.leave(first)
    queue.leave(first)
    assert queue.enter("q", "b", 0.0).client == "b"


def test_closing_refuses_those_who_wait_and_those_who_come() -> None:
    crowd = Crowd(workers=1)
    crowd.comes("a1", "a")
    crowd.comes("b1", "b")
    crowd.ends()
    assert [name for name, _ in crowd.refused] == ["b1"]
    with pytest.raises(Unavailable, match="closed"):
        crowd.queue.enter("q", "c", 200.0)


def test_accounts_of_a_thousand_idle_clients_are_forgotten() -> None:
    clock = Clock()
    queue = Queue(Limits(workers=2), clock)
    for number in range(2500):
        ticket = queue.enter("q", f"client {number}", clock.now + 10)
        clock.now += 0.01
        queue.leave(ticket)
        clock.now += 1
    assert len(queue._accounts) <= 1001
