"""One thing that a search found, as a line: what it is, with the words that were asked for marked."""

from collections.abc import Iterable, Mapping, Sequence

from onrecord.snapshot.groups import BEGIN, END
from parts import address, dates, marks, quotation, record, wording
from parts.markup import brief, plain, words
from parts.record import Row

GROUPS: Mapping[str, str] = {
    "actor": "Actors",
    "instrument": "Instruments",
    "document": "Documents",
    "event": "Events",
    "statement": "Statements",
    "claim": "Claims",
    "figure": "Figures",
    "provision": "Provisions",
    "disagreement": "Disagreements",
    "post": "Offices",
    "gap": "Gaps",
    "dossier": "Dossiers",
}
"""Noun → the heading of its group, in the order of the page."""
_LONGEST = 300  # characters of a label in a line


def in_order(counts: Iterable[str]) -> list[str]:
    """The nouns that were found, in the order of the page."""
    return [noun for noun in GROUPS if noun in set(counts)]


def line(row: Row, wanted: Sequence[str]) -> str:
    """Name, date and the words in which it was found."""
    if row["noun"] == "statement":
        told = _statement(row, wanted)
        if told:
            return told
    label = row["label"] if len(row["label"]) <= _LONGEST else brief(row["label"], _LONGEST)
    facts = [words(row["kind"]) if row["kind"] else "", dates.in_words(row["when"]) if row["when"] else ""]
    meta = " · ".join(plain(fact) for fact in facts if fact)
    inside = "" if row["noun"] == "statement" else _inside(row["snippet"])
    return (
        f'<a href="{plain(address.of_record(row["noun"], row["slug"]))}">{marks.html(label, wanted)}</a>'
        f"{f'<span class=or-meta>{meta}</span>' if meta else ''}{inside}"
    )


def _statement(row: Row, wanted: Sequence[str]) -> str:
    """A statement with an excerpt of its printed words, or of ours, which never look alike."""
    said = record.statements().get(row["slug"])
    if said is None:
        return ""
    printed = said["text_is"] == "printed"
    fragments = wording.fragments(said)
    text = next((each for each in fragments if marks.spans(each, wanted)), fragments[0])
    shown = marks.excerpt(text, wanted)
    body = f'<p class="or-printed"><q>{shown}</q></p>' if printed else wording.ours(shown)
    who = marks.html(brief(quotation.speaker(said), _LONGEST), wanted)
    name = f'<a href="{plain(address.link("statement", id=row["slug"]))}">{who}</a>'
    role = (
        f'<span class="or-role">“{marks.html(brief(said["role"], _LONGEST), wanted)}”</span>'
        if said["role"]
        else ""
    )
    where = f"{dates.in_words(said['when'])} · {record.publisher_of(said['source'])}"
    ours = said["description"] if printed else None
    described = (
        f'<p class="or-note">In our words: {marks.excerpt(ours, wanted)}</p>'
        if ours and marks.spans(ours, wanted) and not marks.spans(text, wanted)
        else ""
    )
    return f'{body}{name} {role}<span class="or-meta">{plain(where)}</span>{described}'


def _inside(snippet: str) -> str:
    """An excerpt of what it is found by, where the words stand in it; not shown as anyone's printed words."""
    if BEGIN not in snippet:
        return ""
    pieces = plain_marked(" · ".join(part.strip() for part in snippet.split("\n") if part.strip()))
    return f'<span class="or-inside">{pieces}</span>'


def plain_marked(text: str) -> str:
    """Text with the index's marks as HTML, everything else escaped."""
    first, *rest = text.split(BEGIN)
    parts = [plain(first)]
    for piece in rest:
        inside, _, after = piece.partition(END)
        parts.append(f"<mark>{plain(inside)}</mark>{plain(after)}")
    return "".join(parts)
