"""The names on a list that a wrong one may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 200
"""Characters of a word for which near names are looked for; the work grows with them."""


def nearest(word: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """At most `most` names, nearest first: alike in spelling, else those that hold the word."""
    if len(word) > LONGEST:
        return ()
    ordered = sorted(set(names))
    alike = get_close_matches(word.lower(), ordered, n=most, cutoff=0.6)
    parts = [name for name in ordered if word and (word.lower() in name or name in word.lower().split("-"))]
    return tuple(dict.fromkeys([*alike, *parts]))[:most]
