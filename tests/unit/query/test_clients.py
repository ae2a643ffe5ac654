"""A server's clients share workers and what was learnt of the record, and each waits in its own place."""

import pytest

from onrecord.query.pool import Pool
from onrecord.workspace import Workspace


def test_the_queries_of_a_client_are_its_own(example: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    run = Pool.run

    def noting(pool: Pool, *arguments: object, client: str | None, **named: object) -> object:
        asked.append(client)
        return run(pool, *arguments, client=client, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Pool, "run", noting)
    one = example.for_client("192.0.2.1")
    one.query("ASK {}")
    one.ask("dossiers")
    assert set(asked) == {"192.0.2.1"}
    asked.clear()
    example.query("ASK {}")
    assert set(asked) == {None}


def test_clients_share_workers_snapshot_and_questions(example: Workspace) -> None:
    one, other = example.for_client("192.0.2.1"), example.for_client("192.0.2.2")
    assert one.gateway.pool is other.gateway.pool is example.gateway.pool
    assert one.snapshot is example.snapshot
    assert one.questions is example.questions
    assert one.ask("timeline").rows == other.ask("timeline").rows == example.ask("timeline").rows
