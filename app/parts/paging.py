"""Long lists in pages; the page is in the address, and the whole number is always given."""

from collections.abc import Sequence
from typing import TypeVar

from parts import address
from parts.markup import anchor, show

T = TypeVar("T")


def asked_page(pages: int) -> int:
    """The page of the address, within 1 and `pages`."""
    text = address.given("page")
    return min(max(int(text), 1), pages) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def part(rows: Sequence[T], size: int) -> tuple[Sequence[T], int, int]:
    """The rows of the asked page, its number and how many pages there are."""
    page, pages = place(len(rows), size)
    return rows[(page - 1) * size : page * size], page, pages


def place(total: int, size: int) -> tuple[int, int]:
    """The asked page of so many rows, and how many pages there are."""
    pages = max(1, -(-total // size))
    return asked_page(pages), pages


def links(page_name: str, names: Sequence[str], page: int, pages: int) -> None:
    """Previous, where we are, next; nothing where there is one page."""
    if pages == 1:
        show("")
        return
    before = anchor(address.here(page_name, names, page=page - 1), "‹ Previous page") if page > 1 else ""
    after = anchor(address.here(page_name, names, page=page + 1), "Next page ›") if page < pages else ""
    show(
        f'<nav class="or-paging" aria-label="Pages of the list">{before}'
        f"<span>page {page} of {pages}</span>{after}</nav>"
    )
