"""Where words stand in a capture: every place, the one place that is meant, the place that is nearly it."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

CONTEXT = 40
"""Most code points of context that the record keeps either side of a quotation."""

_SEED = 5
_COMPARED = 600
_CANDIDATES = 4

_ALIKE = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛`´′", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000\n\r\t", " "),
}  # fmt: skip


class Span(NamedTuple):
    """A stretch of a text in code points, the end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Near:
    """The place of a capture most like some words: `alike` from 0 to 1, `text` what stands there."""

    start: int
    end: int
    alike: float
    text: str

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= 80 else f"{self.text[:77]}…"
        percent = min(int(self.alike * 100), 99)
        return f'closest at {self.start}, {percent} % alike: "{shown}"'


def stands_whole(text: str, words: str) -> bool:
    """Whether `words` stand in `text` as whole words: "Nokes" does, "okes" does not."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def occurrences(text: str, words: str) -> list[int]:
    """Every start of `words` in `text`, overlapping ones included; none for empty words."""
    found: list[int] = []
    start = text.find(words) if words else -1
    while start >= 0:
        found.append(start)
        start = text.find(words, start + 1)
    return found


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """Up to 40 code points before and after a stretch."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def fold(text: str) -> str:
    """The text with marks, dashes, spaces and case made alike, of the same length: for suggestions only."""
    return "".join(_fold_character(character) for character in text)


def _fold_character(character: str) -> str:
    alike = _ALIKE.get(character)
    if alike is not None:
        return alike
    lower = character.lower()
    return lower if len(lower) == 1 else character


def nearest(text: str, words: str) -> Near | None:
    """The stretch of `text` most like `words`; None where nothing is at least half alike.

    Bounded: only the first 600 code points of `words` are compared, at no more than four places, which are
    chosen by the runs of five characters that they share.
    """
    wanted, whole = fold(words[:_COMPARED]), fold(text)
    if not wanted or not whole:
        return None
    found = [_compare(text, whole, wanted, start) for start in _candidates(whole, wanted)]
    best = max(found, key=lambda near: (near.alike, _same(near.text, words)), default=None)
    return best if best is not None and best.alike >= 0.5 else None


def _same(text: str, words: str) -> int:
    """How many characters are the very same, place by place: tells apart what is equally alike."""
    return sum(one == other for one, other in zip(text, words, strict=False))


def _candidates(whole: str, wanted: str) -> list[int]:
    """Starts at which many short runs of the words fall into place, best first."""
    seed = min(_SEED, len(wanted))
    offsets: dict[str, list[int]] = {}
    for offset in range(len(wanted) - seed + 1):
        offsets.setdefault(wanted[offset : offset + seed], []).append(offset)
    votes: Counter[int] = Counter()
    for position in range(len(whole) - seed + 1):
        for offset in offsets.get(whole[position : position + seed], ())[:8]:
            votes[(position - offset) // 8] += 1
    scored = {bucket: votes[bucket] + votes[bucket + 1] for bucket in votes}
    best = sorted(scored, key=lambda bucket: (-scored[bucket], bucket))[:_CANDIDATES]
    return [max(0, bucket * 8) for bucket in best]


def _compare(text: str, whole: str, wanted: str, start: int) -> Near:
    """Align the words with the text around `start` and measure how alike they are."""
    left = max(0, start - 16)
    window = whole[left : start + len(wanted) + 32]
    blocks = SequenceMatcher(None, window, wanted, autojunk=False).get_matching_blocks()
    matched = [block for block in blocks if block.size >= 3] or blocks[:1]
    first, last = matched[0], matched[-1]
    begin = max(0, left + first.a - first.b)
    end = min(len(text), left + last.a + last.size + (len(wanted) - last.b - last.size))
    end = max(begin, end)
    ratio = SequenceMatcher(None, whole[begin:end], wanted, autojunk=False).ratio()
    return Near(begin, end, ratio, text[begin:end])
