"""The embedded store of a snapshot, loaded once and read-only ever after."""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, Store

from onrecord.snapshot.folder import storage_errors


def load(path: Path, quads: Iterable[Quad]) -> None:
    """Writes the quads (named graphs and their union) into a new store and flushes it.

    Raises:
        StorageError: the disk is full or can't be written.
    """
    with storage_errors(path):
        store = Store(str(path))
        store.bulk_extend(quads)
        store.flush()
        store.optimize()
        del store
