"""The record as it is served: the published snapshot, taken up without a pause when a new one appears.

Each request takes a lease on the workspace that is current; a workspace that was replaced is closed when its
last lease ends.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import anyio
import anyio.to_thread
from anyio import CapacityLimiter
from starlette.requests import ClientDisconnect, Request

from onrecord.config import Settings
from onrecord.errors import Busy, OnRecordError
from onrecord.query import Limits
from onrecord.snapshot.folder import published_folder
from onrecord.workspace import Workspace

T = TypeVar("T")
THREADS = 32
"""Requests that are worked on at the same time; the gateway has its own, narrower queue for queries."""
WAITING = 256
"""Requests that may wait for a thread."""
RETRY_SECONDS = 5.0
"""How long a snapshot that could not be opened is left alone before it is tried again."""

_log = logging.getLogger("onrecord.server")


@dataclass
class _Leased:
    """A workspace, its published folder, how many use it, and whether another has taken its place."""

    workspace: Workspace
    folder: Path
    users: int = 0
    replaced: bool = False


class ServedRecord:
    """Gives each request the workspace of the snapshot that is published now. Safe for several threads."""

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self.settings = settings
        self.limits = limits
        self._current: _Leased | None = None
        self._lock = threading.Lock()  # over users, replaced and current; held for moments only
        self._opening = threading.Lock()  # one opens the new snapshot, the others go on with the old one
        self._refused: tuple[Path, float] | None = None  # folder, and when to try it again
        self._threads = CapacityLimiter(THREADS)

    def close(self) -> None:
        """Ends the workers; requests under way fail."""
        with self._lock:
            current, self._current = self._current, None
        if current is not None:
            current.workspace.close()

    @contextmanager
    def lease(self) -> Iterator[Workspace]:
        """The workspace of the published snapshot, kept open as long as the lease.

        Raises NoSnapshot and StorageError where there is none to serve.
        """
        leased = self._take()
        try:
            yield leased.workspace
        finally:
            with self._lock:
                leased.users -= 1
                last = leased.replaced and leased.users == 0
            if last:
                leased.workspace.close()

    async def run(self, request: Request, work: Callable[[Workspace], T]) -> T:
        """`work` with the current workspace, in a thread of its own, if the client still waits for it then.

        Raises Busy where too many wait already, or no thread gets free within the time limit, and
        ClientDisconnect.
        """
        waits = self._threads.available_tokens == 0
        if self._threads.statistics().tasks_waiting >= WAITING:
            raise Busy("too many requests are waiting", retry_after=2, hint="try again in a moment")

        def leased() -> T:
            with self.lease() as workspace:
                return work(workspace.for_client(request.client.host) if request.client else workspace)

        with anyio.move_on_after(self.limits.time_limit_s) as scope:
            await self._threads.acquire_on_behalf_of(scope)
        if scope.cancelled_caught:
            raise Busy("no thread got free in time", retry_after=2, hint="try again in a moment")
        try:
            if waits and await _has_gone(request):
                raise ClientDisconnect
            return await anyio.to_thread.run_sync(leased, limiter=CapacityLimiter(1))
        finally:
            self._threads.release_on_behalf_of(scope)

    def _take(self) -> _Leased:
        folder = published_folder(self.settings.snapshot)
        while True:
            with self._lock:
                current = self._current
                if current is not None and (current.folder == folder or self._is_refused(folder)):
                    current.users += 1
                    return current
            self._renew(folder, wait=current is None or not current.folder.is_dir())
            with self._lock:
                if self._current is not None:
                    self._current.users += 1
                    return self._current

    def _is_refused(self, folder: Path) -> bool:
        return (
            self._refused is not None and self._refused[0] == folder and time.monotonic() < self._refused[1]
        )

    def _renew(self, folder: Path, *, wait: bool) -> None:
        """Opens the new snapshot and puts it in the old one's place; the old one stays where it can't be."""
        if not self._opening.acquire(blocking=wait):
            return
        try:
            if self._current is not None and self._current.folder == folder:
                return
            workspace = Workspace(self.settings, self.limits)
            try:
                fresh = _Leased(workspace, workspace.snapshot.path)
                workspace.gateway.warm()
                _ = workspace.questions
            except OnRecordError as error:
                workspace.close()
                if self._current is None or not self._current.folder.is_dir():
                    raise
                self._refused = (folder, time.monotonic() + RETRY_SECONDS)
                _log.warning("the new snapshot is not taken up: %s", error.message)
                return
            self._replace(fresh)
        finally:
            self._opening.release()

    def _replace(self, fresh: _Leased) -> None:
        with self._lock:
            old, self._current = self._current, fresh
            self._refused = None
            idle = old is not None and old.users == 0
            if old is not None:
                old.replaced = True
        if old is not None and idle:
            old.workspace.close()


async def _has_gone(request: Request) -> bool:
    """Whether the client has closed its connection; the first look may see the request's own end only."""
    return await request.is_disconnected() or await request.is_disconnected()
