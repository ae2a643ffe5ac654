"""Answers as text for people, or as CSV."""

import shutil
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

_GAP = "  "
_MAX_CELL = 40


def plain(value: Any) -> str:
    """A cell as one line of text: lists joined by a semicolon, nothing for a missing value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(plain(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {plain(item)}" for key, item in value.items() if item is not None)
    return "".join(_visible(character) for character in str(value))


def _visible(character: str) -> str:
    """Control and bidi characters are shown by name, so that a terminal can't be steered by data."""
    if character in "\n\t":
        return " "
    hidden = (
        ord(character) < 32
        or 0x7F <= ord(character) < 0xA0
        or character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )
    return f"<U+{ord(character):04X}>" if hidden else character


def as_text(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], width: int | None = None) -> str:
    """A table where it fits the terminal, else a block of `column  value` lines for each row."""
    room = width or shutil.get_terminal_size((160, 24)).columns
    cells = [[plain(row.get(column)) for column in columns] for row in rows]
    widths = [max([len(column), *(len(line[i]) for line in cells)]) for i, column in enumerate(columns)]
    if sum(widths) + len(_GAP) * (len(columns) - 1) <= room and max(widths, default=0) <= room:
        lines = [columns, ["-" * size for size in widths], *cells]
        return "\n".join(
            _GAP.join(cell.ljust(size) for cell, size in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )
    return "\n\n".join(_block(columns, line, room) for line in cells)


def _block(columns: Sequence[str], cells: Sequence[str], room: int) -> str:
    margin = max(len(column) for column in columns) + len(_GAP)
    lines = []
    for column, cell in zip(columns, cells, strict=True):
        if cell:
            wrapped = textwrap.wrap(cell, max(room - margin, _MAX_CELL), break_long_words=False) or [""]
            lines.append(column.ljust(margin) + wrapped[0])
            lines.extend(" " * margin + rest for rest in wrapped[1:])
    return "\n".join(lines)
