"""The record as exporters see it: what they ask of the facade, which stands on a floor above them."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from onrecord.exporters.bindings import Binding
from onrecord.exporters.material import Row
from onrecord.snapshot.chronicle import Chronicle


class Answered(Protocol):
    """The answer of a named question."""

    @property
    def rows(self) -> Sequence[Row]:
        """All of them."""

    @property
    def notes(self) -> Sequence[Any]:
        """What a reader must know of them."""


class Found(Protocol):
    """The answer of a query."""

    @property
    def rows(self) -> Sequence[Binding]:
        """Bindings as in SPARQL 1.1 Query Results JSON."""


class Identified(Protocol):
    """The manifest of a published record."""

    @property
    def dataset_hash(self) -> str:
        """SHA-256 of its sorted N-Quads."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def base(self) -> str:
        """The base of its IRIs."""

    @property
    def versions(self) -> Mapping[str, str]:
        """What it was built with."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Records by noun."""


class Published(Protocol):
    """A published snapshot."""

    @property
    def manifest(self) -> Identified:
        """What it holds."""


class Record(Protocol):
    """What is asked of the facade."""

    @property
    def snapshot(self) -> Published:
        """The snapshot that answers."""

    def ask(self, name: str, parameters: Mapping[str, str] | None = None) -> Answered:
        """A named question."""

    def query(self, text: str) -> Found:
        """SPARQL."""

    def renamed(self, word: str) -> str | None:
        """The slug of today for one that a record had before."""

    def chronicle(self, filters: Mapping[str, str] | None = None) -> Chronicle:
        """The events that filters let through, from the index."""
