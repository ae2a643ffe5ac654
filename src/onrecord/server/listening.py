"""Listening: the application under uvicorn, with a log of one line of JSON a request on stderr."""

import contextlib
import logging
import sys
from collections.abc import Callable
from typing import TextIO

import uvicorn

from onrecord.config import Settings
from onrecord.query import Limits
from onrecord.server.application import application
from onrecord.server.connection import patient
from onrecord.server.record import ServedRecord


def serve(
    settings: Settings,
    limits: Limits,
    *,
    address: str,
    port: int,
    proxy: str | None = None,
    quiet: bool = False,
) -> None:
    """Serves until it is told to stop (SIGINT or SIGTERM). quiet: no line a request."""
    _log_to_stderr()
    tell = None if quiet else _lines(sys.stderr)
    uvicorn.Server(configuration(settings, limits, address=address, port=port, proxy=proxy, tell=tell)).run()


def configuration(
    settings: Settings,
    limits: Limits,
    *,
    address: str,
    port: int,
    proxy: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> uvicorn.Config:
    """How uvicorn is to serve the record: HTTP/1.1 alone, heads no longer than the longest query needs.

    proxy: the one address (or network) whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed: the last
    address there that is not its own is the client. Without it the address of a client is that of its
    connection, whatever it says. tell: takes the line of each request; as of `Guard`.
    """
    return uvicorn.Config(
        application(ServedRecord(settings, limits, lane=False), tell=tell),
        host=address,
        port=port,
        http=patient(limits.time_limit_s),
        h11_max_incomplete_event_size=4 * limits.query_length_kib * 1024 + 16 * 1024,
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy or "",
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=limits.time_limit_s + 1,
    )


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    ours = logging.getLogger("onrecord.server")
    ours.handlers[:] = [handler]
    ours.propagate = False
    ours.setLevel(logging.WARNING)


def _lines(stream: TextIO) -> Callable[[str], None]:
    """Writes each line at once. A stream that cannot be written to any more stops no answer."""

    def tell(line: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            stream.write(f"{line}\n")
            stream.flush()

    return tell
