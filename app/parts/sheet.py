"""An answer as a sheet: every row can be reached, and columns that are not shown are named."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from parts import paging
from parts.markup import plain, show

SIZE = 50
"""Rows a page."""
Row = Mapping[str, Any]
Cell = Callable[[str, Row], str]


def draw(
    columns: Sequence[str],
    rows: Sequence[Row],
    cell: Cell,
    *,
    page_name: str,
    names: Sequence[str] | None,
    caption: str,
) -> None:
    """The page of the rows that the address asks for, with links to the others.

    cell: column and row → HTML. page_name, names: the page and the values of its address that stay in the
    links; without names the address does not hold what was asked, and only the first rows are shown.
    Columns that hold nothing in any row are named below instead.
    """
    shown, page, pages = paging.part(rows, SIZE)
    empty = [column for column in columns if not any(_holds(row.get(column)) for row in rows)]
    kept = [column for column in columns if column not in empty] or columns
    head = "".join(f'<th role="columnheader" scope="col">{plain(column)}</th>' for column in kept)
    body = "".join(_line(kept, row, cell) for row in shown)
    first = (page - 1) * SIZE + 1
    part = f"Rows {first:,} to {first + len(shown) - 1:,} of {len(rows):,}" if pages > 1 else ""
    part += ". " if part and names is not None else "; the downloads have all. " if part else ""
    bare = f"Empty in every row: {', '.join(empty)}." if 0 < len(empty) < len(columns) else ""
    show(
        f'<div class="or-sheet" role="region" tabindex="0" aria-label="{plain(caption)}">'
        f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
        + (f'<p class="or-under">{plain(part + bare)}</p>' if part or bare else "")
    )
    if names is not None:
        paging.links(page_name, names, page, pages)


def _holds(value: object) -> bool:
    return value not in (None, "", [], ())


def _line(columns: Sequence[str], row: Row, cell: Cell) -> str:
    cells = "".join(
        f'<td role="cell" data-column="{plain(column)}">{cell(column, row)}</td>' for column in columns
    )
    return f'<tr role="row">{cells}</tr>'
