"""How wide words are in a picture, and where its lines break, without a font at hand.

The widths are those of Helvetica (Adobe's metrics of the core fonts), rounded up to classes, with a tenth
more, so that readers with a wider font see no word over an edge.
"""

_NARROW = frozenset("ijl.,:;'’‘|!()[]ftrI- /“”…")
_WIDE = frozenset("mwMW@%—")
_SLACK = 1.1
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    """Width of a line at a font size, in its unit."""
    return sum(_em(character) for character in text) * size * _SLACK


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.33
    if character in _WIDE:
        return 0.89
    if ord(character) > 0x2E7F:  # East Asian characters and symbols are square
        return 1.0
    return 0.70 if character.isupper() else 0.55


def lines(text: str, size: float, room: float, most: int) -> list[str]:
    """The text in at most so many lines of so much room; … where something was left out."""
    found: list[str] = []
    rest = text
    while rest:
        line, rest = _line(rest, size, room)
        found.append(line)
        if rest and len(found) == most:
            found[-1] = shortened(f"{line} {rest}", size, room)
            break
    return found


def _line(text: str, size: float, room: float) -> tuple[str, str]:
    """What fits on a line, and the rest; a word that is wider than a line is broken."""
    end = _fitting(text, size, room)
    if end == len(text):
        return text, ""
    blank = text.rfind(" ", 1, end + 1)
    cut = blank if blank > 0 else end
    return text[:cut].rstrip(), text[cut:].lstrip()


def shortened(text: str, size: float, room: float) -> str:
    """The text on one line."""
    if width(text, size) <= room:
        return text
    end = _fitting(text, size, room - width(ELLIPSIS, size))
    blank = text.rfind(" ", end // 2, end + 1)
    return text[: blank if blank > 0 else end].rstrip() + ELLIPSIS


def _fitting(text: str, size: float, room: float) -> int:
    """How many characters fit, at least one."""
    used = 0.0
    for end, character in enumerate(text):
        used += width(character, size)
        if used > room:
            return max(end, 1)
    return len(text)
