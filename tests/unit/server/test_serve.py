"""`onrecord serve` as a person starts and stops it."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from urllib.request import urlopen

import pytest

from onrecord.cli import run
from onrecord.workspace import Workspace


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_serves_until_it_is_stopped(example: Workspace, plain_environment: Mapping[str, str]) -> None:
    port, places = free_port(), example.settings
    command = [sys.executable, "-m", "onrecord", "serve", "--port", str(port)]
    command += ["--data", str(places.data), "--snapshot", str(places.snapshot)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(plain_environment)
    ) as process:
        deadline = time.monotonic() + 30
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/api/search?q=somebody", timeout=10) as answer:
                    assert answer.status == 200
                    break
            except OSError:
                assert process.poll() is None, process.communicate()
                assert time.monotonic() < deadline
                time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    said = err.decode().splitlines()
    assert out == b""
    assert f"onrecord listens on http://127.0.0.1:{port}/sparql (stop with Ctrl-C)" in said
    line = json.loads(next(text for text in said if text.startswith("{")))
    assert (line["path"], line["status"], line["client"]) == ("/api/search", 200, "127.0.0.1")
    assert "somebody" not in err.decode()
    assert "Traceback" not in err.decode()


def test_a_port_that_is_taken_is_named(example: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    places = example.settings
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = ["serve", "--port", port, "--data", str(places.data), "--snapshot", str(places.snapshot)]
        assert run(words) == 3
    assert f"can't listen on 127.0.0.1:{port}" in capsys.readouterr().err
