"""Hostile requests to a real `onrecord serve`: each ends in time and rightly, the next reader is answered.

Nothing else happens: no call elsewhere, no process lost, no byte of the snapshot changed, memory bounded.
"""

import json
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import pytest
from tests.faults.hostile_requests import CASES, LISTENER, Case, asked
from tests.faults.served_process import Ending, Watched, watched
from tests.promptness import no_worker, within

from onrecord.snapshot.folder import verify_snapshot
from onrecord.workspace import Workspace

TIME_LIMIT_S = 1
GRACE_S = 0.5
MOST_MEMORY = 2 << 30
PRINTED = (
    "No longer will the names of overstayers and illegal entrants be sought against health service records "
    "to find current address details."
)
WORDS = asked("SELECT ?text { <id/statement/digit-james-no-longer> <ns#text> ?text }")


@pytest.fixture(scope="module")
def service(workspace: Workspace, plain_environment: Mapping[str, str]) -> Iterator[tuple[Watched, int]]:
    """The first dossier, served with a short time limit."""
    environment = {**plain_environment, "ONRECORD_TIME_LIMIT_S": str(TIME_LIMIT_S)}
    with watched(workspace.settings, environment) as served:
        yield served


def check_error(ending: Ending) -> None:
    told = ending.json()
    assert set(told) == {"error", "message", "hint", "line", "column"}
    assert ending.kind == "application/json"
    assert told["error"]
    assert told["message"]
    assert ending.status < 500 or ending.status in (501, 503, 504, 505), told
    assert (ending.status == 503) == ("Retry-After" in ending.headers)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_ends_in_time_and_the_next_is_answered(service: tuple[Watched, int], case: Case) -> None:
    server, elsewhere = service
    place = str(elsewhere).encode()
    assert len(place) == len(LISTENER)
    sent = case.sent.replace(LISTENER, place)
    ending = within(
        TIME_LIMIT_S + GRACE_S,
        lambda: server.send(sent, case.then, case.every),
        lambda ending: ending.status not in case.statuses and (ending.status == 503 or no_worker(ending)),
    )
    assert ending.status in case.statuses, (ending.status, ending.body[:300])
    if ending.status >= 400:
        check_error(ending)
        assert case.says in ending.json()["message"]
    if ending.status:
        assert ending.headers["X-Content-Type-Options"] == "nosniff"
    known = within(TIME_LIMIT_S, lambda: server.send(WORDS), lambda ending: ending.status in (503, 504))
    assert known.status == 200, known.body[:300]
    (row,) = json.loads(known.body)["results"]["bindings"]
    assert row["text"]["value"] == PRINTED
    assert server.process.poll() is None
    assert server.called == []


def test_a_client_that_does_not_read_is_left(service: tuple[Watched, int]) -> None:
    """An answer that nobody reads is kept no longer than the time limit without progress."""
    server, _ = service
    with ExitStack() as stack:
        deadline = time.monotonic() + 60
        begun = b""
        while begun != b"HTTP/1.1 200":  # a busy machine may need longer than the limit
            assert time.monotonic() < deadline, begun
            connection = stack.enter_context(server.unread(asked("SELECT * { ?s ?p ?o }")))
            begun = connection.recv(12, socket.MSG_PEEK)
        deadline = time.monotonic() + 30 * TIME_LIMIT_S  # for good, without the limit
        while server.holds(connection):
            assert time.monotonic() < deadline, "the server still waits"
            time.sleep(0.1)


def test_nothing_else_has_happened(service: tuple[Watched, int], workspace: Workspace) -> None:
    server, _ = service
    assert verify_snapshot(workspace.snapshot.path)[1] == []
    assert 0 < server.most_memory < MOST_MEMORY
