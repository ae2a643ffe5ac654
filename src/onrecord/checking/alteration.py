"""What was edited in an anchor: the one part on which the others do not agree."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import Mention, OfficeAccount, Passage, Quote, hash_text, seal_of
from onrecord.text import context

_FARTHEST = 200_000
"""Positions up to here are tried when a bare passage's start or end was altered."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """One altered part: the keys that may be at fault (one where it is certain), the finding's code and
    words.
    """

    code: str
    keys: tuple[str, ...]
    message: str
    hint: str | None = "restore it, or run `onrecord anchor`"


@dataclass(frozen=True, slots=True)
class _Facts:
    """The parts of an anchor; `seal_with` is the capture's hash, None where that is in doubt."""

    start: int
    end: int
    sha256: str
    seal: str
    prefix: str
    suffix: str
    words: str | None
    key: str
    seal_with: str | None

    def seals(
        self, start: int | None = None, end: int | None = None, sha256: str | None = None,
        around: tuple[str, str] | None = None,
    ) -> bool:  # fmt: skip
        """Whether the seal is that of the anchor, with some parts replaced."""
        if self.seal_with is None:
            return start is None and end is None and sha256 is None and around is None
        prefix, suffix = around or (self.prefix, self.suffix)
        first, last = self.start if start is None else start, self.end if end is None else end
        return seal_of(self.seal_with, first, last, sha256 or self.sha256, prefix, suffix) == self.seal


def words_key(passage: Passage) -> str:
    """The key that holds the printed words of an anchor, empty for a bare passage."""
    if isinstance(passage, Quote):
        return "exact"
    if isinstance(passage, Mention):
        return "name"
    return "wording" if isinstance(passage, OfficeAccount) else ""


def missing_keys(passage: Passage) -> list[str]:
    """What `onrecord anchor` has still to fill in; `find` where it has still to be used."""
    keys = ["start", "end", "sha256", "seal"]
    if isinstance(passage, Quote):
        keys += ["prefix", "suffix"]
    missing = [f"`{key}` is missing" for key in keys if getattr(passage, key) is None]
    return ["`find` is not used yet", *missing] if passage.find is not None else missing


def sealed_context(passage: Passage) -> tuple[str, str]:
    """The context that the seal covers: empty for passages that record none."""
    if isinstance(passage, Quote):
        return passage.prefix or "", passage.suffix or ""
    return "", ""


def alterations(
    passage: Passage, words: str | None, seal_with: str | None, text: str | None, length: int
) -> Iterator[Alteration]:
    """What was altered in a filled-in anchor; nothing where all its parts agree.

    words: as printed, None for a bare passage. seal_with: the capture's SHA-256, None where the seals
    cannot be tested. text: the capture's text where it is at hand and the one that was read. length: of the
    capture.
    """
    prefix, suffix = sealed_context(passage)
    facts = _Facts(
        passage.start or 0, passage.end or 0, passage.sha256 or "", passage.seal or "", prefix, suffix,
        words, words_key(passage), seal_with,
    )  # fmt: skip
    found = list(_by_itself(facts, text, length))
    if not found and text is not None:
        found = list(_by_text(facts, text))
    yield from found


def _by_itself(facts: _Facts, text: str | None, length: int) -> Iterator[Alteration]:
    """Parts that do not agree with each other."""
    words = facts.words
    if words is None:
        if not facts.seals() or facts.start >= facts.end:
            yield from _bare(facts, text, length)
        return
    digest = hash_text(words)
    fits, hashed, sealed = facts.end - facts.start == len(words), digest == facts.sha256, facts.seals()
    if fits and hashed and sealed:
        return
    if sealed and not hashed:
        yield Alteration("OR211", (facts.key,), f"`{facts.key}` was altered: it has not the recorded hash")
    elif fits and not hashed and facts.seal_with is not None and facts.seals(sha256=digest):
        yield Alteration("OR213", ("sha256",), f"`sha256` was altered: that of `{facts.key}` is {digest}")
    elif hashed and not fits and facts.seals(start=facts.end - len(words)):
        yield Alteration("OR212", ("start",), f"`start` was altered: it was {facts.end - len(words)}")
    elif hashed and not fits and facts.seals(end=facts.start + len(words)):
        yield Alteration("OR212", ("end",), f"`end` was altered: it was {facts.start + len(words)}")
    elif hashed and fits:
        yield _around(facts, text)
    else:
        yield from _several(facts, fits, hashed)


def _around(facts: _Facts, text: str | None) -> Alteration:
    """Words, hash and length agree, the seal does not: the context, the seal, or both positions alike."""
    if text is None:
        keys = ("prefix", "suffix", "seal") if facts.key == "exact" else ("seal",)
        said = (
            "the context or the seal was altered"
            if facts.key == "exact"
            else "the seal or the position was altered"
        )
        return Alteration("OR214" if facts.key == "exact" else "OR215", keys, said)
    if text[facts.start : facts.end] != facts.words:
        return Alteration("OR212", ("start", "end"), "`start` and `end` were altered")
    prefix, suffix = context(text, facts.start, facts.end) if facts.key == "exact" else ("", "")
    wrong = [
        key
        for key, is_, was in (("prefix", facts.prefix, prefix), ("suffix", facts.suffix, suffix))
        if is_ != was
    ]
    if wrong:
        was = "; ".join(f"the capture has {shown(prefix if key == 'prefix' else suffix)}" for key in wrong)
        return Alteration("OR214", tuple(wrong), f"`{'` and `'.join(wrong)}` altered: {was}")
    return Alteration("OR215", ("seal",), "`seal` was altered")


def _bare(facts: _Facts, text: str | None, length: int) -> Iterator[Alteration]:
    """A passage without words whose seal does not fit: the position that would make it fit, or what
    remains.
    """
    farthest = min(max(length, facts.start, facts.end), _FARTHEST)
    if facts.seal_with is not None:
        for start in range(min(facts.end, farthest)):
            if facts.seals(start=start):
                yield Alteration("OR212", ("start",), f"`start` was altered: it was {start}")
                return
        for end in range(facts.start + 1, farthest + 1):
            if facts.seals(end=end):
                yield Alteration("OR212", ("end",), f"`end` was altered: it was {end}")
                return
    if text is None:
        yield Alteration(
            "OR215", ("sha256", "seal", "start", "end"), "the hash, the seal or the position was altered"
        )
        return
    digest = hash_text(text[facts.start : facts.end])
    if digest == facts.sha256:
        yield Alteration("OR215", ("seal",), "`seal` was altered")
    elif facts.seals(sha256=digest):
        yield Alteration("OR213", ("sha256",), f"`sha256` was altered: it was {digest}")
    else:
        yield Alteration(
            "OR215", ("sha256", "seal", "start", "end"), "several parts of the anchor were altered"
        )


def _several(facts: _Facts, fits: bool, hashed: bool) -> Iterator[Alteration]:
    """More than one part does not agree."""
    keys = [facts.key] if not hashed else []
    keys += ["sha256"] if not hashed else []
    keys += ["start", "end"] if not fits else []
    keys += ["prefix", "suffix"] if facts.key == "exact" and facts.seal_with is not None else []
    keys += ["seal"] if facts.seal_with is not None else []
    yield Alteration("OR211" if not hashed else "OR212", tuple(keys), "several parts of the anchor disagree")


def _by_text(facts: _Facts, text: str) -> Iterator[Alteration]:
    """An anchor that agrees with itself, compared with the capture."""
    there = text[facts.start : facts.end]
    if hash_text(there) != facts.sha256:
        key = facts.key or "sha256"
        message = f"the capture has other words at {facts.start}–{facts.end}"
        yield Alteration("OR211", (key,), message, f"there: {shown(there)}")
    elif facts.key == "exact" and context(text, facts.start, facts.end) != (facts.prefix, facts.suffix):
        yield Alteration("OR214", ("prefix", "suffix"), "the context is not what stands around the words")


def shown(text: str) -> str:
    """A text for a message: quoted, what cannot be seen escaped, at most 80 characters."""
    cut = text if len(text) <= 80 else f"{text[:77]}…"
    return '"' + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut) + '"'
