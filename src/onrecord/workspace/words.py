"""What a workspace finds by words: the full text of the record."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from onrecord.query import Answer
from onrecord.workspace.snapshot import Opened

if TYPE_CHECKING:
    from onrecord.snapshot.suggestions import Suggested


class Searched(Opened):
    """The index of words of the snapshot."""

    def search(self, words: str, limit: int = 20, offset: int = 0) -> Answer:
        """Full text over statements, events and documents; `total` is always the whole number."""
        from onrecord.snapshot import search

        return search.answer(self.snapshot.search, words, limit, offset)

    def suggest(self, query: str, limit: int = 8) -> "Suggested":
        """Names and printed words that begin as a reader types. Raises as `snapshot.suggestions.suggest`."""
        from onrecord.snapshot import suggestions

        return suggestions.suggest(self.snapshot.search, query, limit)

    def found_by_noun(self, words: str) -> dict[str, int]:
        """Noun → how many of its records hold all the words. Raises UsageError where there are no words."""
        from onrecord.snapshot import groups

        return groups.counts(self.snapshot.search, words)

    def found_of(self, noun: str, words: str, limit: int, offset: int = 0) -> list[Mapping[str, Any]]:
        """A page of what was found of a noun. Columns and order as `snapshot.groups.of_noun`."""
        from onrecord.snapshot import groups

        return groups.of_noun(self.snapshot.search, words, noun, limit, offset)

    def near_words(self, word: str, most: int = 3) -> tuple[str, ...]:
        """Words that the record holds and that `word` may have meant, nearest first."""
        from difflib import get_close_matches

        from onrecord.snapshot import groups

        known = groups.vocabulary(self.snapshot.search, max(len(word) - 2, 1), len(word) + 2)
        return tuple(get_close_matches(word.casefold(), known, n=most, cutoff=0.6))
