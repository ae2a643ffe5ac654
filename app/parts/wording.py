"""Printed words and ours, so that neither can be taken for the other."""

from parts.markup import plain
from parts.record import Row


def marked(text: str | None, text_is: str | None) -> str:
    """Words within a line, as text: printed ones between marks, ours without."""
    return f"“{text}”" if text_is == "printed" else text or ""


def fragments(row: Row) -> list[str]:
    """The words of a statement as they stand together in print, piece by piece."""
    return [segment["text"] for segment in row["segments"]] or [row["text"]]


def ours(html: str, tag: str = "In our words") -> str:
    """Words of ours as a block; nothing where there are none."""
    return f'<div class="or-ours"><span class="or-tag">{plain(tag)}</span><p>{html}</p></div>' if html else ""


def passage(row: Row, where: str, ours: str = "In our words") -> str:
    """A passage as an item of a list: its words, then `where` it stands (HTML). ours: tag of ours."""
    printed = row["text_is"] == "printed"
    name, tag = ("or-printed", "Printed words") if printed else ("or-ours", ours)
    said = f"<q>{plain(row['text'])}</q>" if printed else plain(row["text"])
    return f'<li class="{name}"><span class="or-tag">{plain(tag)}</span><p>{said}</p>{where}</li>'
