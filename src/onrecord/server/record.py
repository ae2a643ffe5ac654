"""The record as it is served: the published snapshot, taken up without a pause when a new one appears.

Each request takes a lease on the workspace that is current; a workspace that was replaced is closed when its
last lease ends.
"""

import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import anyio
import anyio.to_thread
from anyio import CapacityLimiter
from starlette.requests import ClientDisconnect, Request

from onrecord.config import Settings
from onrecord.errors import Busy, OnRecordError, Stopped
from onrecord.query import Gateway, Limits
from onrecord.server.attendance import Attendance
from onrecord.snapshot.folder import CURRENT, published_folder
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

    def __init__(self, settings: Settings, limits: Limits, *, lane: bool = True) -> None:
        """lane: whether a worker is kept for the app, where one shares the record."""
        self._lane = lane
        self.settings = settings
        self.limits = limits
        self._current: _Leased | None = None
        self._starting: Gateway | None = None  # of a snapshot that is being opened
        self._lock = threading.Lock()  # over users, replaced and current; held for moments only
        self._opening = threading.Lock()  # one opens the new snapshot, the others go on with the old one
        self._refused: tuple[Path, float] | None = None  # folder, and when to try it again
        self._pointer = str(settings.snapshot / CURRENT)
        self._seen: tuple[str, Path | None] = ("", None)
        self._attendance = Attendance()
        self._threads = CapacityLimiter(THREADS)
        self._waiting: Counter[str] = Counter()  # for a thread, by client; of the event loop alone

    def close(self) -> None:
        """Ends the workers, also one that starts; requests under way fail."""
        with self._lock:
            current, self._current = self._current, None
            starting = self._starting
        if current is not None:
            current.workspace.close()
        if starting is not None:
            starting.close()

    @contextmanager
    def lease(self) -> Iterator[Workspace]:
        """The workspace of the published snapshot, kept open as long as the lease.

        Raises NoSnapshot and StorageError where there is none to serve.
        """
        leased = self._take()
        try:
            yield leased.workspace
        finally:
            if self._leave(leased):
                leased.workspace.close()

    async def run(self, request: Request, work: Callable[[Workspace], T]) -> T:
        """`work` with the current workspace, in a thread of its own, if the client still waits for it then.

        Raises Busy where too many wait already, or no thread gets free within the time limit, and
        ClientDisconnect.
        """
        client = _address(request)
        gone = threading.Event()

        def leased() -> T:
            with self.lease() as workspace:
                return work(workspace.for_client(client, gone.is_set))

        holder = object()
        if self._threads.available_tokens:
            self._threads.acquire_on_behalf_of_nowait(holder)
        else:
            await self._wait_for_thread(request, client, holder)
        try:
            work_aside = anyio.to_thread.run_sync(leased, limiter=CapacityLimiter(1))
            return await self._attendance.attended(request, work_aside, gone.set)
        except Stopped:
            raise ClientDisconnect from None
        finally:
            self._threads.release_on_behalf_of(holder)

    async def prompt(self, request: Request, work: Callable[[Workspace, str], Awaitable[T]]) -> T:
        """`work` with the current workspace and the client's address in the event loop.

        It is cancelled when the client leaves. Raises ClientDisconnect.
        """
        leased = self._at_once()
        if leased is None:
            leased = await anyio.to_thread.run_sync(self._take)
        try:
            return await self._attendance.attended(request, work(leased.workspace, _address(request)))
        finally:
            if self._leave(leased):
                threading.Thread(target=leased.workspace.close, name="onrecord-close").start()

    async def _wait_for_thread(self, request: Request, client: str, holder: object) -> None:
        """Hold a thread on behalf of `holder`. Raises Busy, and ClientDisconnect."""
        waiting = self._waiting[client]
        if self._waiting.total() >= WAITING:
            own = waiting > WAITING / 2
            message = f"too many requests are waiting{', most of them yours' if own else ''}"
            raise Busy(message, retry_after=2, own=own, hint="try again in a moment")
        self._waiting[client] += 1
        try:
            with anyio.move_on_after(self.limits.time_limit_s) as scope:
                await self._attendance.attended(request, self._threads.acquire_on_behalf_of(holder))
        finally:
            self._waiting[client] -= 1
            if not self._waiting[client]:
                del self._waiting[client]
        if scope.cancelled_caught:
            raise Busy("no thread got free in time", retry_after=2, hint="try again in a moment")
        if await _has_gone(request):
            self._threads.release_on_behalf_of(holder)
            raise ClientDisconnect

    def _at_once(self) -> _Leased | None:
        """A lease where the published snapshot is the one that is open already."""
        folder = self._published()
        with self._lock:
            current = self._current
            if current is not None and (current.folder == folder or self._is_refused(folder)):
                current.users += 1
                return current
        return None

    def _published(self) -> Path:
        """The published folder; looked at closely only where the pointer is another than the last time."""
        try:
            target = os.readlink(self._pointer)  # noqa: PTH115  the path object costs more than the call
        except OSError:
            target = ""
        known, folder = self._seen
        if folder is None or target != known or not target:
            folder = published_folder(self.settings.snapshot)
            self._seen = (target, folder)
        return folder

    def _leave(self, leased: _Leased) -> bool:
        """End a lease; whether the workspace is to be closed."""
        with self._lock:
            leased.users -= 1
            return leased.replaced and leased.users == 0

    def _take(self) -> _Leased:
        while True:
            leased = self._at_once()
            if leased is not None:
                return leased
            folder = published_folder(self.settings.snapshot)
            current = self._current
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
            workspace = Workspace(self.settings, self.limits, lane=self._lane)
            try:
                fresh = _Leased(workspace, workspace.snapshot.path)
                self._starting = workspace.gateway
                self._starting.warm()
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
            self._starting = None
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


def _address(request: Request) -> str:
    """The client's address; one for all whose connections have none (a socket of the file system)."""
    return request.client.host if request.client else ""


async def _has_gone(request: Request) -> bool:
    """Whether the client has closed its connection; the first look may see the request's own end only."""
    return await request.is_disconnected() or await request.is_disconnected()
