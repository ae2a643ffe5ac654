"""One request and its whole answer, or one error: with a deadline over everything, the last byte included.

Requests run in an event loop of their own, so that the one who waits can leave at any moment, in the middle
of a connection, a header or a body that comes byte by byte; the connection is then closed.
"""

import os
import ssl
import threading
import time
from collections.abc import AsyncIterable, Callable, Mapping
from concurrent.futures import CancelledError
from contextlib import ExitStack
from dataclasses import dataclass, field

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

from onrecord import __version__
from onrecord.endpoint import Endpoint
from onrecord.errors import Unavailable
from onrecord.remote.credentials import Credentials

_PATIENCE_S = 60.0
MOST_WORDS = 64 * 1024
"""Bytes that are read of an answer that is an error."""

Patience = Callable[[], float]
"""Seconds to wait before asking again; what it raises ends the request."""
_AGENT = {"User-Agent": f"onrecord/{__version__}", "Accept-Encoding": "identity"}


@dataclass(frozen=True)
class Message:
    """What is sent. content: bytes, or something that gives them anew each time it is gone through."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | AsyncIterable[bytes] | None = None
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What came back, whole. kind: its media type without parameters, in lower case."""

    status: int
    kind: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class TooLarge(Exception):
    """The answer passes the bytes that were allowed for it."""


class Exchange:
    """Requests to one engine, over connections that are kept. Safe for several threads.

    A fork of the host opens connections of its own.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._lock = threading.Lock()
        self._owner = 0
        self._end = ExitStack()
        self._closed = False

    def close(self) -> None:
        """Close all connections; requests under way fail."""
        with self._lock:
            self._closed = True
            end, self._end, owner, self._owner = self._end, ExitStack(), self._owner, 0
        if owner == os.getpid():
            end.close()

    def send(
        self, message: Message, *, deadline: float, most: int, patience: Patience | None = None
    ) -> Reply:
        """The whole answer, redirects and errors of the engine included.

        deadline: a time of `time.monotonic()`. most: bytes of an answer with status 200. Raises TimeoutError
        at the deadline, TooLarge, Unavailable where there is no connection or it is cut, and what `patience`
        raises.
        """
        portal = self._started()
        try:
            future = portal.start_task_soon(self._exchanged, message, most)
        except RuntimeError:
            raise _closed() from None
        try:
            while True:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                try:
                    return future.result(min(left, patience() if patience else _PATIENCE_S))
                except TimeoutError:
                    continue
                except CancelledError:
                    raise _closed() from None
                except RuntimeError:  # what the connections say that are closed under a request
                    if not self._closed:
                        raise
                    raise _closed() from None
        finally:
            future.cancel()

    def _started(self) -> BlockingPortal:
        with self._lock:
            if self._closed:
                raise _closed()
            if self._owner != os.getpid():
                self._owner = os.getpid()
                self._end = ExitStack()
                self._portal = self._end.enter_context(start_blocking_portal())
                self._client = self._portal.call(self._opened)
                self._end.callback(self._portal.call, self._portal.stop, True)  # ends what is under way
                self._end.callback(self._portal.call, self._client.aclose)
            return self._portal

    async def _opened(self) -> httpx.AsyncClient:
        """No proxy, netrc or certificate from the environment but what OpenSSL itself reads."""
        given = self.endpoint
        auth = Credentials(given.user, given.password or "") if given.user is not None else None
        return httpx.AsyncClient(
            auth=auth,
            headers=_AGENT,
            verify=ssl.create_default_context() if given.url.startswith("https:") else False,
            timeout=None,  # noqa: S113  `send` has the deadline over the whole
            trust_env=False,
            follow_redirects=False,
        )

    async def _exchanged(self, message: Message, most: int) -> Reply:
        try:
            return await self._answered(message, most)
        except _Idle:
            pass  # the engine may have closed a connection that was kept; what we send may be sent twice
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._failed(error) from None
        try:
            return await self._answered(message, most)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._failed(error) from None

    async def _answered(self, message: Message, most: int) -> Reply:
        request = self._client.build_request(
            message.method,
            message.url,
            params=dict(message.params) or None,
            headers=dict(message.headers),
            content=message.content,
        )
        try:
            response = await self._client.send(request, stream=True)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
            raise _Idle(str(error)) from error
        try:
            body = bytearray()
            async for part in response.aiter_raw():
                body += part
                if response.status_code != 200 and len(body) > MOST_WORDS:
                    break
                if len(body) > most:
                    raise TooLarge
        finally:
            await response.aclose()
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise httpx.RemoteProtocolError("the answer is compressed, which was not asked for")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Reply(response.status_code, kind, response.headers, bytes(body))

    def _failed(self, error: Exception) -> Unavailable:
        place = self.endpoint.url
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLError):
                words = getattr(cause, "verify_message", "") or cause.reason or "TLS failed"
                return Unavailable(
                    f"no trusted connection to {place}: {words}",
                    hint="SSL_CERT_FILE names a file of certificates that are trusted as well",
                )
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, httpx.ConnectError):
            return Unavailable(
                f"nothing answers at {place}: {_words(error)}",
                hint="is the engine running, and is this its address?",
            )
        return Unavailable(f"the answer of {place} was cut or is no HTTP: {_words(error)}", hint="try again")


class _Idle(httpx.RemoteProtocolError):
    """The connection ended before anything of an answer came."""


def _words(error: Exception) -> str:
    return shown(str(error)) or type(error).__name__


def shown(words: str, most: int = 200) -> str:
    """Words of a stranger on one line, without control characters, cut with a mark."""
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _closed() -> Unavailable:
    return Unavailable("the knowledge base was closed while the question waited", hint="ask again")
