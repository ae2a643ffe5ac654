"""The snapshot that a workspace holds, and the engine that answers from it."""

import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Self
from weakref import finalize

from onrecord.config import Settings, identity
from onrecord.errors import NoSnapshot
from onrecord.query import Gateway, Limits, Questions
from onrecord.snapshot.folder import Snapshot, hold_snapshot, published_folder


class Opened:
    """A knowledge base that is open: its settings, its snapshot, its workers."""

    def __init__(self, settings: Settings, limits: Limits | None = None, *, lane: bool = True) -> None:
        """lane: whether a worker is kept for the app; a server, which has none, gives all to its clients."""
        self.settings = settings
        self._lane = lane
        self.limits = limits or Limits.from_environment(os.environ)
        self._release: finalize[..., Opened] | None = None
        self._stale: tuple[tuple[Path, str], bool] | None = None  # what was seen, and what it said

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker process, if one was started, and lets go of the snapshot."""
        gateway = self.__dict__.pop("gateway", None)
        if gateway is not None:
            gateway.close()
        self.__dict__.pop("snapshot", None)
        if self._release is not None:
            self._release()

    def for_client(self, client: str, gone: Callable[[], bool] | None = None) -> Self:
        """This workspace as one client of a server sees it: its queries wait in that client's place.

        client: its address. gone: whether it waits no longer, so that its queries end. Snapshot, workers and
        questions are shared; only this one is to be closed.
        """
        other = type(self)(self.settings, self.limits)
        other.__dict__ |= {
            "snapshot": self.snapshot,
            "questions": self.questions,
            "gateway": self.gateway.for_client(client, gone),
        }
        return other

    @cached_property
    def snapshot(self) -> Snapshot:
        """The published snapshot, resolved once and held: it is not collected while this workspace uses it.

        Raises:
            NoSnapshot: nothing was built yet (see `ensure`).
            StorageError: it is damaged.
        """
        snapshot, held = hold_snapshot(self.settings.snapshot)
        self._release = finalize(self, os.close, held)
        return snapshot

    def stale(self, snapshot: Snapshot) -> bool:
        """Whether the files differ from those that the snapshot was built from."""
        from onrecord.snapshot.inputs import inputs_hash, inputs_signature

        seen = (snapshot.path, inputs_signature(self.settings.data))
        if self._stale is None or self._stale[0] != seen:
            self._stale = seen, snapshot.manifest.inputs != inputs_hash(self.settings.data)
        return self._stale[1]

    def published_folder(self) -> Path:
        """The folder of the snapshot that is published now, which may be a newer one than `snapshot`.

        Raises NoSnapshot, StorageError.
        """
        return published_folder(self.settings.snapshot)

    @cached_property
    def gateway(self) -> Gateway:
        """The one way in for every query; starts its worker with the first.

        With an endpoint the remote engine answers, if it holds the record of the snapshot; where there is no
        snapshot (see `is_remote_alone`), the one that it holds.
        """
        endpoint = self.settings.endpoint
        if endpoint is None:
            return Gateway(self.snapshot.store, self.limits, base=self.base, lane=self._lane)
        from onrecord.query.remote import Remote

        if self.is_remote_alone():
            remote = Remote(endpoint, self.limits, self.base)
        else:
            held = self.snapshot
            remote = Remote(endpoint, self.limits, self.base, held.manifest.dataset_hash, held.store)
        try:
            return Gateway(remote.store, self.limits, base=self.base, remote=remote, lane=self._lane)
        except BaseException:
            remote.close()
            raise

    def is_remote_alone(self) -> bool:
        """Whether questions are answered by a remote engine without a snapshot here to compare it with."""
        if self.settings.endpoint is None:
            return False
        try:
            _ = self.snapshot
        except NoSnapshot:
            return True
        return False

    @property
    def base(self) -> str:
        """The base of the IRIs of the record: of its snapshot, where there is none of its files."""
        return identity(self.settings.data).base if self.is_remote_alone() else self.snapshot.manifest.base

    @cached_property
    def questions(self) -> Questions:
        """The named questions."""
        return Questions.load(base=self.base)
