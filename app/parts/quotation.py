"""One statement as a card: the words first; printed words and ours can never be taken for each other."""

from collections.abc import Mapping, Sequence

from parts import address, beside, citation, dates, marks, names, record, wording
from parts.markup import anchor, brief, definitions, plain, show, words
from parts.record import Row

MODES: Mapping[str, str] = {
    "direct": "verbatim: the words between the marks are printed in the source",
    "mixed": "reported speech with verbatim fragments",
    "document": "verbatim words of a document",
    "indirect": "reported speech: nothing verbatim",
}
STANCES: Mapping[str, str] = {
    "support": "supports the sharing",
    "oppose": "opposes the sharing",
    "mixed": "mixed: for a part, against a part",
    "neutral": "neutral: reports without taking a side",
}
_CONTEXT = 240  # characters of the source shown before and after
_LONGEST = 240  # characters of a name in a heading; the page about its bearer has it whole


def card(row: Row, *, wanted: Sequence[str] = (), whole: bool = False) -> None:
    """The statement with everything that a reader needs to trust and to cite it.

    wanted: words to mark. whole: on the statement's own page, which tells the rest in sections of its own.
    """
    retracted = " or-retracted" if beside.is_retracted(row["statement"]) else ""
    lines = "" if whole else beside.lines(row)
    link = "" if whole else anchor(address.link("statement", id=row["statement"]), "Link to this statement")
    show(
        f'<article class="or-card{retracted}" aria-label="{plain(_name(row))}">{beside.log(row["statement"])}'
        f"{words_of(row, wanted)}{_who(row, linked=not whole)}{_chain(row)}{definitions(_facts(row))}"
        f"{_context(row)}{lines}{citation.actions(row, link)}</article>"
    )


def _name(row: Row) -> str:
    """What assistive technology calls the card."""
    return f"{brief(speaker(row))}, {dates.in_words(row['when'])}"


def speaker(row: Row) -> str:
    """The speaker's name, else what the source calls them, else that they are not named."""
    return str(row["speaker_label"] or row["named_as"] or "Speaker not named")


def words_of(row: Row, wanted: Sequence[str] = ()) -> str:
    """The words: printed ones between marks, then our description; ours alone for reported speech."""
    if row["text_is"] != "printed":
        return wording.ours(marks.html(row["text"], wanted), "Reported speech, in our words")
    quoted = "".join(f"<p><q>{marks.html(each, wanted)}</q></p>" for each in wording.fragments(row))
    block = f'<blockquote class="or-printed"><span class="or-tag">Printed words</span>{quoted}</blockquote>'
    return block + wording.ours(marks.html(row["description"] or "", wanted))


def _who(row: Row, *, linked: bool) -> str:
    """Who, in which role as printed, in which post on record, when, where and to whom."""
    name = brief(speaker(row), _LONGEST)
    heading = anchor(address.link("actor", id=row["speaker"]), name) if row["speaker"] else plain(name)
    role = f' <span class="or-role">“{plain(brief(row["role"], _LONGEST))}”</span>' if row["role"] else ""
    named = row["named_as"]
    also = (
        f'<span class="or-note">named here as “{plain(brief(named, _LONGEST))}”</span>'
        if named and named != row["speaker_label"]
        else ""
    )
    level = "h3" if linked else "h2"
    return (
        f'<div class="or-by"><{level} class="or-speaker">{heading}</{level}>{role}{also}{_post(row)}'
        f'<p class="or-occasion">{_occasion(row)}</p></div>'
    )


def _post(row: Row) -> str:
    if not row["post"]:
        return ""
    inside = f", {names.linked(row['post_in'])}" if row["post_in"] else ""
    post = f"{plain(row['post_label'])}{inside}"
    return f'<span class="or-office">Office then, as the record resolves it: {post}</span>'


def _occasion(row: Row) -> str:
    parts = [dates.html(row)]
    if row["venue"]:
        parts.append(f"<span>at: {_linked(row['venue'])}</span>")
    if row["addressee"]:
        parts.append(f"<span>to: {_linked(row['addressee'])}</span>")
    return " ".join(parts)


def _chain(row: Row) -> str:
    """Said by, reported by and published by are three."""
    told = f"{_linked(row['reported_by'])} (second-hand)" if row["reported_by"] else "the source itself"
    publisher = record.publisher_of(row["source"])
    published = (
        anchor(address.link("actor", id=row["published_by"]), publisher)
        if row["published_by"]
        else plain(publisher)
    )
    name = brief(speaker(row), _LONGEST)
    pairs = (("Said by", plain(name)), ("Reported by", told), ("Published by", published))
    cells = "".join(f"<div><dt>{term}</dt><dd>{html}</dd></div>" for term, html in pairs)
    return f'<dl class="or-chain">{cells}</dl>'


def _facts(row: Row) -> list[tuple[str, str]]:
    about = ", ".join(
        anchor(address.link("said", about=topic), _topic(topic), name=f"All statements about {_topic(topic)}")
        for topic in row["about"] or ()
    )
    return [
        ("Printed in", _printed_in(row)),
        ("In document", _linked(row["in_document"])),
        ("Speaks for", _linked(row["acts_for"])),
        ("How it is told", plain(MODES.get(row["mode"], row["mode"]))),
        ("Stance", plain(STANCES.get(row["stance"], row["stance"]))),
        ("About", about),
        ("Note", plain(row.get("note"))),
    ]


def _topic(slug: str) -> str:
    """A topic, or the record that a statement is about."""
    return record.labels().get(slug) or words(slug)


def _printed_in(row: Row) -> str:
    title = names.linked(row["source"])
    place = citation.place(row)
    return f"{title}<br><code>{plain(place)}</code>" if place else title


def _linked(slug: str | None) -> str:
    return names.linked(slug, length=_LONGEST)


def _context(row: Row) -> str:
    """The passage in its source where the full text is at hand; else that it is not, and where it stands."""
    if row["start"] is None:
        return ""
    text = record.workspace().capture_text(row["source"])
    if text is None:
        where = plain(citation.where_printed(row))
        return (
            '<p class="or-absent">The full text is not at hand here, so the passage is not shown in its '
            f"context. It stands in {where}.</p>"
        )
    start, end = max(row["start"] - _CONTEXT, 0), min(row["end"] + _CONTEXT, len(text))
    before, after = plain(text[start : row["start"]]), plain(text[row["end"] : end])
    lead, trail = "… " if start else "", " …" if end < len(text) else ""
    return (
        '<details class="or-context"><summary>In its context in the source</summary>'
        f"<p>{lead}{before}<mark>{plain(text[row['start'] : row['end']])}</mark>{after}{trail}</p></details>"
    )
