"""Whoever waits for an engine can leave at any moment."""

import socket
import threading
import time
from contextlib import closing

import pytest
from tests.remote.engines import WHOLE, http, lying, publication_answer

from onrecord import terms
from onrecord.endpoint import Endpoint
from onrecord.errors import Unavailable
from onrecord.query import Gateway, Limits
from onrecord.query.remote import Remote
from onrecord.remote.exchange import Exchange, Message


class Leave(Exception):
    """Somebody else needs the place."""


def _silence(connection: socket.socket) -> None:
    connection.settimeout(20)
    gone.append(connection.recv(1) == b"")


gone: list[bool] = []


def test_a_request_is_left_when_its_patience_ends() -> None:
    gone.clear()
    started = time.monotonic()
    with lying(_silence) as liar, closing(Exchange(Endpoint.read(liar.url))) as exchange:

        def patience() -> float:
            if liar.asked:
                raise Leave
            return 0.05

        message = Message("POST", liar.url, {}, b"query=ASK")
        with pytest.raises(Leave):
            exchange.send(message, deadline=started + 20, most=100, patience=patience)
        deadline = time.monotonic() + 15  # less than the engine waits
        while not gone and time.monotonic() < deadline:
            time.sleep(0.02)
    assert gone == [True], "the engine still has the connection"


def test_closing_ends_what_is_under_way() -> None:
    limits = Limits(time_limit_s=20)
    with lying(_silence) as liar, closing(Remote(Endpoint.read(liar.url), limits, terms.BASE)) as remote:
        gateway = Gateway(remote.store, limits, remote=remote)
        told: list[Exception] = []

        def ask() -> None:
            try:
                gateway.query("ASK { ?s ?p ?o }")
            except Exception as error:
                told.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        while not liar.asked:
            assert asking.is_alive(), told
            time.sleep(0.02)
        gateway.close()
        asking.join(10)
        assert not asking.is_alive()
        assert [type(error) for error in told] == [Unavailable]
        with pytest.raises(Unavailable, match="closed"):
            gateway.query("ASK { }")


def test_what_is_read_twice_is_the_same() -> None:
    """A body is told by its length, however its bytes arrive."""

    def pieces(connection: socket.socket) -> None:
        whole = http(publication_answer(WHOLE))
        for start in range(0, len(whole), 7):
            connection.sendall(whole[start : start + 7])

    with lying(b"", pieces) as liar, closing(Remote(Endpoint.read(liar.url), Limits(), terms.BASE)) as remote:
        remote.warm()
        assert remote.dataset_hash == WHOLE.dataset_hash
