"""Printed words and ours, so that neither can be taken for the other."""

from parts.markup import plain
from parts.record import Row


def marked(text: str | None, text_is: str | None, length: int = 0) -> str:
    """Words within a line, as text: printed ones between marks, ours without.

    What stands apart in print, by a blank line here, has marks of its own. length: the most characters that
    are shown, in whole words; where there are more it is said behind the marks.
    """
    shown, more = _beginning(text or "", length)
    said = " ".join(f"“{each}”" if text_is == "printed" else each for each in shown)
    return said + (" … (goes on)" if more else "")


def _beginning(text: str, length: int) -> tuple[list[str], bool]:
    """The pieces of a text, each in one line, as far as `length` goes (0: all), and whether there is more."""
    shown: list[str] = []
    for piece in (" ".join(each.split()) for each in text.split("\n\n") if each.strip()):
        room = length - sum(map(len, shown))
        if length and len(piece) > room:
            words = piece[:room].rpartition(" ")[0] or (piece[:room] if not shown else "")
            return [*shown, *([words] if words else [])], True
        shown.append(piece)
    return shown, False


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
