"""The tree of a file: mappings, lists and texts, each knowing its line and column (from 1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Scalar:
    """A text; `end_line`, `end_column` stand just behind it. A plain one was written without quotation
    marks.
    """

    text: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    plain: bool = False
    block: bool = False


@dataclass(slots=True)
class Entry:
    """A key of a mapping with its value."""

    key: Scalar
    value: "Node"


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file."""

    line: int = 0
    column: int = 0
    entries: list[Entry] = field(default_factory=list)

    def get(self, key: str) -> "Node | None":
        """The value of a key, or None."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)

    def text(self, key: str) -> str | None:
        """The text of a key, or None where it is absent or no text."""
        value = self.get(key)
        return value.text if isinstance(value, Scalar) else None

    def entry(self, key: str) -> Entry | None:
        """The entry of a key, or None."""
        return next((entry for entry in self.entries if entry.key.text == key), None)

    def put(self, key: str, text: str) -> bool:
        """Set a key to a text; whether that changed anything."""
        entry = self.entry(key)
        if entry is None:
            self.entries.append(Entry(Scalar(key, plain=True), Scalar(text)))
            return True
        if isinstance(entry.value, Scalar) and entry.value.text == text:
            return False
        old = entry.value
        entry.value = Scalar(text, old.line, old.column)
        return True

    def drop(self, key: str) -> bool:
        """Remove a key; whether it was there."""
        before = len(self.entries)
        self.entries = [entry for entry in self.entries if entry.key.text != key]
        return len(self.entries) < before


@dataclass(slots=True)
class Sequence:
    """The items of a list."""

    line: int = 0
    column: int = 0
    items: list["Node"] = field(default_factory=list)


Node = Scalar | Mapping | Sequence
Path = tuple[str | int, ...]


def place_of(node: Node, path: Path) -> tuple[int, int] | None:
    """Line and column of the key or item that `path` leads to inside `node`; None where it leads nowhere."""
    here: tuple[int, int] = (node.line, node.column)
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            entry = node.entry(step)
            if entry is None:
                return None
            here, node = (entry.key.line, entry.key.column), entry.value
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            node = node.items[step]
            here = (node.line, node.column)
        else:
            return None
    return here


def paths(node: Node, prefix: Path = ()) -> Iterator[Path]:
    """Every path inside a node, the empty one first, in the order of the file."""
    yield prefix
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from paths(entry.value, (*prefix, entry.key.text))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from paths(item, (*prefix, index))
