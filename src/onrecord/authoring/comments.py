"""The comments of a file and the keys or items that they belong to."""

import re
from dataclasses import dataclass, field

from onrecord.authoring.node import Mapping, Node, Scalar, Sequence

_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#.*)$")


@dataclass(slots=True)
class Comments:
    """Comments by the identity (`id`) of the key or item that they stand before or behind, and those after
    all.
    """

    before: dict[int, list[str]] = field(default_factory=dict)
    behind: dict[int, str] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)


def comments_of(text: str, tree: Mapping) -> Comments:
    """Every comment of the text, tied to what it is about."""
    comments = Comments()
    if "#" not in text:
        return comments
    starts, scalars = _starts(tree), _scalars(tree)
    lines = text.split("\n")
    ends, inside = _edges(scalars, lines)
    owners = _owners(starts)
    for number, line in enumerate(lines, start=1):
        comment = inside.get(number)
        if comment is None:
            column = ends.get(number, 0)
            mark = line.find("#", column)
            comment = line[mark:].rstrip() if mark >= 0 else ""
        if not comment:
            continue
        whole = line.lstrip().startswith("#")
        if not whole and number in owners:
            comments.behind[owners[number]] = comment
        else:
            following = next((start for start in starts if start[0] >= number), None)
            if following is None:
                comments.after.append(comment)
            else:
                comments.before.setdefault(following[1], []).append(comment)
    return comments


def _starts(node: Node) -> list[tuple[int, int]]:
    """Line and identity of every key and item, in the order of the file; an item's first key counts as the
    item.
    """
    found: list[tuple[int, int]] = []
    if isinstance(node, Mapping):
        for entry in node.entries:
            found.append((entry.key.line, id(entry.key)))
            found += _starts(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            found.append((item.line, id(item)))
            found += _starts(item)
    return sorted(found, key=lambda start: start[0])


def _scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [scalar for item in node.items for scalar in _scalars(item)]
    return [scalar for entry in node.entries for scalar in (entry.key, *_scalars(entry.value))]


def _edges(scalars: list[Scalar], lines: list[str]) -> tuple[dict[int, int], dict[int, str]]:
    """For each line the column behind its last text; for lines that belong to a text the comment there
    (mostly none).
    """
    ends: dict[int, int] = {}
    inside: dict[int, str] = {}
    for scalar in scalars:
        last = scalar.end_line - 1 if scalar.block else scalar.end_line
        if scalar.block:
            header = _HEADER.match(lines[scalar.line - 1][scalar.column - 1 :])
            inside[scalar.line] = header.group(1) if header else ""
            inside.update(dict.fromkeys(range(scalar.line + 1, last + 1), ""))
        else:
            inside.update(dict.fromkeys(range(scalar.line, last), ""))
            ends[last] = max(ends.get(last, 0), scalar.end_column - 1)
    return ends, inside


def _owners(starts: list[tuple[int, int]]) -> dict[int, int]:
    """For each line the key or item that starts last on it."""
    return dict(starts)
