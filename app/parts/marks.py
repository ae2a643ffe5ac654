"""Words that a reader asked for, marked in a text that stays as it is, character for character."""

import re
import unicodedata
from collections.abc import Sequence

from parts.markup import plain

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_PART = re.compile(r'["“”]([^"“”]*)["“”]|([^\s"“”]+)')
_BETWEEN = r"\W+"  # what may stand between the words of a phrase


def phrase(words: str) -> list[str]:
    """All the words as one phrase, as the filter of statements reads them."""
    return [words] if words.strip() else []


def parts(words: str) -> list[str]:
    """Words one by one, and phrases between quotation marks, as the search reads them."""
    found = [quoted or word for quoted, word in _PART.findall(words)]
    return [part for part in found if any(character.isalnum() for character in part)]


def spans(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where whole words of `wanted` stand in the text, case, accents and form of quotation marks ignored.

    In order, without overlaps; offsets count characters of the text.
    """
    seen = _folded(text)
    patterns = [pattern for each in wanted if (pattern := _pattern(each))]
    found = sorted(match.span() for pattern in patterns for match in pattern.finditer(seen))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _folded(text: str) -> str:
    """The text with each character in its plainest form, one for one."""
    return "".join(_plainest(character) for character in text.translate(_QUOTES))


def _plainest(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[:1].lower()
    return base if len(base) == 1 else character


def _pattern(words: str) -> "re.Pattern[str] | None":
    kept = [re.escape(part) for part in re.findall(r"\w+", _folded(words))]
    return re.compile(rf"(?<!\w){_BETWEEN.join(kept)}(?!\w)") if kept else None


def html(text: str, wanted: Sequence[str] = ()) -> str:
    """The text as HTML, what was asked for between `mark` tags."""
    pieces, at = [], 0
    for start, end in spans(text, wanted):
        pieces += [plain(text[at:start]), f"<mark>{plain(text[start:end])}</mark>"]
        at = end
    return "".join([*pieces, plain(text[at:])])


def excerpt(text: str, wanted: Sequence[str], around: int = 140) -> str:
    """A stretch of the text with the first of what was asked for, as HTML; `[…]` says where more stands."""
    found = spans(text, wanted)
    first = found[0] if found else (0, 0)
    start, end = max(first[0] - around, 0), min(first[1] + around, len(text))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", end) if text.find(" ", end) != -1 else len(text)
    return ("[…] " if start else "") + html(text[start:end], wanted) + (" […]" if end < len(text) else "")
