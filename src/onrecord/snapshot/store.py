"""The embedded store of a snapshot, loaded once and read-only ever after."""

from pathlib import Path

from pyoxigraph import RdfFormat, Store


def load(path: Path, *documents: bytes) -> None:
    """Writes N-Quads (named graphs, and their union as the default graph) into a new store and flushes it.

    Text, since the engine reads it by itself: objects for each quad cost as much again and more memory.

    Raises:
        OSError: the disk is full or can't be written (`workshop` says so in our words).
    """
    store = Store(str(path))
    for document in documents:
        store.bulk_load(document, RdfFormat.N_QUADS)
    store.flush()
    store.optimize()
    del store
