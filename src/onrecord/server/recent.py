"""Small answers given before, to be given again: of one snapshot, whole, bounded in number and bytes.

An answer depends on nothing but the snapshot, the query, the dataset and the form, except where a function of
SPARQL gives another value each time (SPARQL 1.1 Query, 17.4: RAND, NOW, UUID, STRUUID, BNODE). A text that
may hold one of these, spelt out or escaped, is never kept. Errors are never kept.
"""

import re
from collections import OrderedDict
from collections.abc import Hashable

from onrecord.query.result import Written

MOST = 1024
"""Answers that are kept."""
LARGEST = 8 * 1024
"""Bytes of the largest body that is kept: all of them are 8 MiB at most, and their texts as much."""

_CHANGING = re.compile(r"\\[uU]|\b(?:rand|now|uuid|struuid|bnode)\b", re.IGNORECASE)
_HINTS = ("\\u", "rand", "now", "uuid", "bnode")  # far quicker to look for; few texts hold any of them


class Recent:
    """The answers that were asked last. Used by the event loop alone."""

    def __init__(self, most: int = MOST, largest: int = LARGEST) -> None:
        self._most, self._largest = most, largest
        self._kept: OrderedDict[Hashable, Written] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Hashable) -> Written | None:
        """The answer that was kept under `key`; it is then the one asked last."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Hashable, query: str, written: Written) -> None:
        """Keeps a small answer whose query gives the same each time; the one asked longest ago makes room."""
        if not isinstance(written.body, bytes) or written.form is None:
            return
        if len(written.body) > self._largest or len(query) > self._largest or _may_change(query):
            return
        self._kept[key] = written
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)


def _may_change(query: str) -> bool:
    lower = query.lower()
    return any(map(lower.__contains__, _HINTS)) and _CHANGING.search(query) is not None
