"""The embedded store of a snapshot, loaded once and read-only ever after."""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, Store


def load(path: Path, quads: Iterable[Quad]) -> None:
    """Writes the quads (named graphs and their union) into a new store and flushes it.

    Raises:
        OSError: the disk is full or can't be written (`workshop` says so in our words).
    """
    store = Store(str(path))
    store.bulk_extend(quads)
    store.flush()
    store.optimize()
    del store
