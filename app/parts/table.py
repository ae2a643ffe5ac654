"""A table that scrolls sideways in its own frame, which the keyboard can reach."""

from collections.abc import Iterable, Sequence

from parts.markup import plain


def html(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, level: int = 2) -> str:
    """A table under its heading. `title` and `heads` are text; cells are HTML, the first names its row."""
    head = "".join(f'<th scope="col">{plain(name)}</th>' for name in heads)
    lines = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    return (
        f'<section class="or-table"><h{level}>{plain(title)}</h{level}>'
        f'<div tabindex="0" role="region" aria-label="{plain(title)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div></section>"
    )
