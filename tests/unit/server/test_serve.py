"""`onrecord serve` as a person starts and stops it."""

import json
import logging
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from urllib.request import urlopen

import pytest
from tests.serving import kept_port, serving

from onrecord.cli import run
from onrecord.workspace import Workspace


def test_it_serves_until_it_is_stopped(example: Workspace, plain_environment: Mapping[str, str]) -> None:
    places = example.settings
    command = [sys.executable, "-m", "onrecord", "serve"]
    command += ["--data", str(places.data), "--snapshot", str(places.snapshot)]
    with (
        kept_port() as port,
        subprocess.Popen(
            [*command, "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(plain_environment),
        ) as process,
    ):
        deadline = time.monotonic() + 120
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/api/search?q=somebody", timeout=120) as answer:
                    assert answer.status == 200
                    break
            except OSError:
                assert process.poll() is None, process.communicate()
                assert time.monotonic() < deadline
                time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
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


@pytest.mark.parametrize(
    ("proxy", "told", "client"),
    [
        (None, "192.0.2.7", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "192.0.2.66, 192.0.2.7", "192.0.2.7"),
        ("198.51.100.1", "192.0.2.7", "127.0.0.1"),
    ],
)
def test_the_address_of_a_client_is_what_the_named_proxy_says(
    example: Workspace, caplog: pytest.LogCaptureFixture, proxy: str | None, told: str, client: str
) -> None:
    """Of several addresses the last one is the proxy's own word; what stands before it anyone can write."""
    logger = logging.getLogger("onrecord.server.access")
    with caplog.at_level(logging.INFO, logger=logger.name), serving(example.settings, proxy=proxy) as server:
        assert server.get("/limits", X_Forwarded_For=told).status == 200
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == logger.name]
    assert [line["client"] for line in lines] == [client]


def test_a_proxy_that_is_no_address_is_refused(
    example: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    places = example.settings
    words = ["serve", "--proxy", "*", "--data", str(places.data), "--snapshot", str(places.snapshot)]
    assert run(words) == 2
    assert "neither an address nor a network" in capsys.readouterr().err
