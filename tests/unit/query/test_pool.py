"""The workers of a gateway: how many there are, what they inherit, and that none outlives it."""

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as engine
import pytest
from tests.promptness import patiently, within
from tests.starting import held

from onrecord.errors import LimitExceeded, OnRecordError, Unavailable
from onrecord.query import pool, worker
from onrecord.query.gateway import Gateway
from onrecord.query.limits import Limits
from onrecord.query.process import Process
from onrecord.terms import BASE

QUICK = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred triples."""
    path = tmp_path_factory.mktemp("store") / "store"
    written = engine.Store(str(path))
    predicate = engine.NamedNode(f"{BASE}ns#slug")
    for number in range(300):
        subject = engine.NamedNode(f"{BASE}id/actor/a{number}")
        written.add(engine.Quad(subject, predicate, engine.Literal(str(number)), engine.DefaultGraph()))
    written.flush()
    del written
    return path


@pytest.fixture
def gateway(store: Path) -> Iterator[Gateway]:
    with Gateway(store, Limits(time_limit_s=60)) as opened:  # longer than any test here
        yield opened


def asking(gateway: Gateway, client: str | None) -> Gateway:
    """The gateway as a client sees it; None is the app."""
    return gateway if client is None else gateway.for_client(client)


def count(gateway: Gateway, client: str | None = None) -> int:
    return int(asking(gateway, client).query(QUICK).rows[0]["n"]["value"])


class Asker(threading.Thread):
    """A query in a thread of its own, and how it ended."""

    def __init__(self, gateway: Gateway, query: str, client: str | None) -> None:
        super().__init__()
        self.error: OnRecordError | None = None
        self.rows: list[dict[str, dict[str, str]]] = []
        self.seconds = 0.0
        self._asked = (gateway, query, client)
        self.start()

    def run(self) -> None:
        gateway, query, client = self._asked
        begun = time.monotonic()
        try:
            self.rows = asking(gateway, client).query(query).rows
        except OnRecordError as error:
            self.error = error
        self.seconds = time.monotonic() - begun


def until_gone(pids: list[int]) -> None:
    """Returns when none of the processes runs any more; fails after a minute."""
    deadline = time.monotonic() + 60
    while left := [pid for pid in pids if runs(pid)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.01)


def runs(pid: int) -> bool:
    """Whether the process is there; one that has ended and that nobody has waited for is not."""
    with contextlib.suppress(OSError):  # gone, or a system without /proc
        return Path(f"/proc/{pid}/stat").read_text(encoding="latin-1").rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def slow_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that begin 1.3 s later."""
    script = tmp_path / "worker.py"
    script.write_text(
        f"import runpy, time\ntime.sleep(1.3)\nrunpy.run_path({worker.__file__!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr(worker, "__file__", str(script))


@pytest.mark.usefixtures("slow_start")
def test_a_start_may_take_longer_than_a_query(store: Path) -> None:
    with Gateway(store, Limits(time_limit_s=1)) as gateway:
        gateway.warm()
        assert patiently(lambda: count(gateway)) == 300


@pytest.mark.usefixtures("slow_start")
@pytest.mark.parametrize("query", [QUICK, "SELECT ?s FROM <graph/one> { ?s ?p ?o }"])
def test_a_query_ends_at_its_limit_however_long_its_worker_takes_to_start(store: Path, query: str) -> None:
    def asked() -> str:
        with Gateway(store, Limits(time_limit_s=1)) as gateway:
            with pytest.raises(LimitExceeded) as stop:
                gateway.query(query)
            return stop.value.message

    assert "waiting for a worker to start" in within(1.5, asked)


def test_warming_waits_for_a_worker_that_is_starting_already(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gateway(store, Limits(time_limit_s=1)) as gateway:
        assert count(gateway) == 300
        (first,) = gateway.pool.pids()
        os.kill(first, signal.SIGKILL)
        until_gone([first])
        go_on = held(monkeypatch)
        with pytest.raises(LimitExceeded, match="waiting for a worker to start"):
            count(gateway)
        warming = threading.Thread(target=gateway.warm)
        warming.start()
        warming.join(0.3)
        assert warming.is_alive(), "the worker has not opened the store yet"
        go_on.set()
        warming.join()
        assert patiently(lambda: count(gateway)) == 300


def test_a_start_without_end_is_told(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "START_SECONDS", 0.2)
    monkeypatch.setattr(Process, "ready", lambda _: time.sleep(1))
    with Gateway(store) as gateway, pytest.raises(Unavailable, match=r"no worker has started within 0\.2 s"):
        gateway.warm()


def test_one_question_needs_one_worker(gateway: Gateway) -> None:
    assert gateway._pool.pids() == []
    assert count(gateway) == 300
    assert len(gateway._pool.pids()) == 1


def test_there_are_never_more_workers_than_agreed_and_a_spare(gateway: Gateway) -> None:
    askers = [Asker(gateway, QUICK, f"client {number % 4}") for number in range(40)]
    most, over = 0, False
    while not over:
        over = not any(asker.is_alive() for asker in askers)
        most = max(most, len(gateway._pool.pids()))
    assert [asker.rows[0]["n"]["value"] for asker in askers] == ["300"] * 40
    assert 1 <= most <= gateway.limits.workers + 1


@dataclass
class Attack:
    """What came of benign questions while eight attackers were served, and of the attackers."""

    attackers: list[Asker]
    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def late(self) -> list[str]:
        """What took longer than promised: benign questions, attackers, all of it; or few were answered."""
        ends = [attacker.seconds for attacker in self.attackers]
        spent = [("a question", 2.0, self.waits), ("an attacker", 3.5, ends), ("all", 4.0, [self.seconds])]
        few = [f"{len(self.waits)} questions"] if len(self.waits) < 10 else []
        return few + [
            f"{what}: {seconds:.2f} s" for what, most, found in spent for seconds in found if seconds >= most
        ]


def attacked(store: Path) -> Attack:
    """Eight attackers, who have three seconds, and one who asks what is soon answered."""
    with Gateway(store, Limits(time_limit_s=3)) as gateway:
        gateway.warm()
        attack = Attack([Asker(gateway, SLOW, f"192.0.2.{number}") for number in range(8)])
        time.sleep(0.2)
        begun = time.monotonic()
        while any(attacker.is_alive() for attacker in attack.attackers):
            asked = time.monotonic()
            with contextlib.suppress(LimitExceeded):  # so late that `late` names it
                assert count(gateway, "198.51.100.1") == 300
            attack.waits.append(time.monotonic() - asked)
        attack.seconds = time.monotonic() - begun
        return attack


def test_eight_attackers_do_not_keep_others_from_their_answers(store: Path) -> None:
    attack = within(10, lambda: attacked(store), hindered=lambda attack: bool(attack.late()))
    assert attack.late() == []
    for attacker in attack.attackers:
        assert isinstance(attacker.error, LimitExceeded)
        assert attacker.error.limit == "time_limit_s"


def test_the_app_is_answered_while_clients_hold_all_they_may(gateway: Gateway) -> None:
    gateway.warm()
    attackers = [Asker(gateway, SLOW, f"192.0.2.{number}") for number in range(3)]
    while gateway.pool.running + gateway.pool.waiting < 3:
        time.sleep(0.01)
    assert within(1, lambda: count(gateway)) == 300
    gateway.close()
    for attacker in attackers:
        attacker.join()
        assert isinstance(attacker.error, Unavailable)


def test_closing_ends_every_worker_also_in_the_middle_of_a_query(gateway: Gateway) -> None:
    asker = Asker(gateway, SLOW, None)
    while not gateway._pool.pids():
        time.sleep(0.01)
    pids = gateway._pool.pids()
    time.sleep(0.3)
    gateway.close()
    asker.join()
    assert isinstance(asker.error, Unavailable)
    assert "closed" in asker.error.message
    until_gone(pids)
    assert gateway._pool.pids() == []
    with pytest.raises(Unavailable, match="closed"):
        count(gateway)


def test_closing_during_the_start_leaves_no_worker(store: Path) -> None:
    for delay in (0.0, 0.01, 0.03, 0.06, 0.1):
        gateway = Gateway(store)
        asker = Asker(gateway, QUICK, None)
        time.sleep(delay)
        gateway.close()
        asker.join()
        assert gateway._pool.pids() == []


def test_a_gateway_that_nobody_closed_ends_its_workers_with_itself(store: Path) -> None:
    gateway = Gateway(store)
    assert count(gateway) == 300
    pids = gateway._pool.pids()
    del gateway
    gc.collect()
    until_gone(pids)


def test_a_host_that_is_killed_leaves_no_worker(store: Path) -> None:
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom onrecord.query.gateway import Gateway\n"
        "gateway = Gateway(Path(sys.argv[1]))\ngateway.warm()\n"
        "print(gateway._pool.pids()[0], flush=True)\ntime.sleep(60)"
    )
    host = subprocess.Popen([sys.executable, "-c", program, str(store)], stdout=subprocess.PIPE, text=True)
    assert host.stdout is not None
    with host.stdout as said:
        pid = int(said.readline())
        host.kill()
        host.wait()
    until_gone([pid])


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_of_the_host_has_workers_of_its_own(gateway: Gateway) -> None:
    assert count(gateway) == 300
    pids = gateway._pool.pids()
    with gateway._pool._queue._lock:  # as another thread may hold it at that moment
        child = os.fork()
        if child == 0:  # pragma: no cover  another process
            signal.alarm(60)  # it fails rather than hangs
            own = count(gateway) == 300 and not set(gateway._pool.pids()) & set(pids)
            gateway.close()
            os._exit(0 if own else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert count(gateway) == 300
    assert gateway._pool.pids() == pids


def test_an_answer_in_the_spool_is_whole_and_the_next_is_not_mixed_with_it(gateway: Gateway) -> None:
    large = gateway.query("SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f }")
    assert len(large.body) > worker.IN_MEMORY
    assert len(large.rows) == 90_000
    shorter = gateway.query("SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 30000")
    assert worker.IN_MEMORY < len(shorter.body) < len(large.body)
    assert len(json.loads(shorter.body)["results"]["bindings"]) == 30_000
    assert count(gateway) == 300


def test_an_answer_is_whole_or_none_when_its_worker_is_killed(gateway: Gateway) -> None:
    """Killed at moments all over the answer: the worker's loss shows in no row."""
    query = "SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 30000"
    gateway.query(query)
    for moment in range(6):
        asker = Asker(gateway, query, None)
        time.sleep(moment * 0.03)
        for pid in gateway._pool.pids():
            with contextlib.suppress(ProcessLookupError):  # it has been waited for since
                os.kill(pid, 9)
        asker.join()
        assert len(asker.rows) == 30_000 or asker.error is not None


def test_a_worker_inherits_no_descriptor_but_its_spool(gateway: Gateway, tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)
        gateway.warm()
        (pid,) = gateway._pool.pids()
        folder = Path(f"/proc/{pid}/fd")  # Linux lists them here; elsewhere there is nothing to look at
        opened = [str(each.readlink()) for each in folder.iterdir()] if folder.exists() else ["(deleted)"]
    assert not [path for path in opened if "secret" in path or "socket" in path]
    assert len([path for path in opened if "(deleted)" in path]) == 1
