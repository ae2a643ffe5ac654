"""Workers whose start a test holds back."""

import threading

import pytest

from onrecord.query.process import Process


def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """No worker that starts from now on is ready before this is set."""
    go_on = threading.Event()
    ready = Process.ready

    def later(process: Process) -> None:
        assert go_on.wait(60)
        ready(process)

    monkeypatch.setattr(Process, "ready", later)
    return go_on
