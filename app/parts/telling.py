"""The page about one statement: its card, and what each line of it rests on."""

from collections.abc import Sequence
from typing import Any

from onrecord.errors import UnknownName
from parts import (
    address,
    beside,
    citation,
    dates,
    embedding,
    masthead,
    names,
    quotation,
    record,
    states,
    wording,
)
from parts.markup import anchor, brief, part, plain, show, words
from parts.record import Row


def page(statement: str) -> None:
    """The statement, or what was meant. One that was retracted is shown, and says so."""
    try:
        rows = record.ask("who-said-what", {"statement": statement}).rows
    except UnknownName:
        rows = []
    if not rows:
        masthead.heading("Statement")
        states.unknown("statement", statement, sorted(record.statements()), _to, "All statements")
        return
    first = rows[0]
    title = f"{brief(quotation.speaker(first), 120)}, {dates.in_words(first['when'])}"
    masthead.title(title)
    masthead.heading(title, "What was said, and what each line of it rests on.")
    states.newer_files()
    for row in rows:
        quotation.card(row, whole=True)
        _sections(row)
    show(f'<p class="or-count">{anchor(address.link("said"), "All statements")}</p>')


def _to(statement: str) -> str:
    return address.link("statement", id=statement) if statement else address.link("said")


def _sections(row: Row) -> None:
    """What stands beside it, section by section; a section that would be empty says what that means."""
    _evidence(row)
    _tellings(row)
    _links(row)
    _against(row)
    _cited(row)
    citation.choices(row)
    embedding.section(row["statement"])
    _data(row["statement"])


def _evidence(row: Row) -> None:
    """Each passage with its words, its place, its hash, and whether they were compared with the full text."""
    slug = row["statement"]
    passages = [each for each in record.ask("evidence", {"id": slug}).rows if each["kind"] == "statement"]
    text = record.workspace().capture_text(row["source"])
    items = "".join(f"<li>{_passage(each, text)}</li>" for each in passages)
    show(
        part("Where it is printed") + f"<p>{plain(citation.where_printed({'source': row['source']}))}.</p>"
        f'<ol class="or-passages">{items}</ol>'
    )


def _passage(row: Row, text: str | None) -> str:
    printed = row["text_is"] == "printed"
    said = (
        f'<div class="or-printed"><q>{plain(row["text"])}</q></div>'
        if printed
        else '<div class="or-ours"><p>A passage that the record points to and does not print.</p></div>'
    )
    return f'{said}<p class="or-place"><code>{plain(citation.place(row))}</code> {_seal(row, text)}</p>'


def _seal(row: Row, text: str | None) -> str:
    """Whether the words at that place are these, as far as it can be told here."""
    digest = citation.hash_of(row["text"]) if row["text_is"] == "printed" else ""
    hashed = f' <span class="or-note">SHA-256 of the words <code>{digest}</code></span>' if digest else ""
    if text is None:
        return (
            "<b>not verified here</b>: the full text is not at hand; place, hash and seal agree with one "
            f"another, or the record would not have been built.{hashed}"
        )
    if row["text_is"] != "printed":
        return "the full text is at hand; the hash of this place was compared with it when this was built."
    same = text[row["start"] : row["end"]] == row["text"]
    if same:
        return f"<b>verified</b>: compared with the full text just now, character for character.{hashed}"
    return f'<b class="or-altered">altered</b>: the full text has other characters at this place.{hashed}'


def _tellings(row: Row) -> None:
    """This telling and the others side by side, each with its source and how its words compare."""
    others = beside.tellings(row)
    if not others:
        none = "<p>No other source on record tells the same utterance.</p>"
        show(part("The same utterance elsewhere", none))
        return
    sources = len({other["source"] for other in others} | {row["source"]})
    cells = [_telling(row, "this statement")]
    cells += [_telling(other, beside.alike(row, other)) for other in others]
    body = f'<div class="or-tellings">{"".join(cells)}</div>'
    show(part(f"The same utterance in {sources} sources", body))


def _telling(row: Row, how: str) -> str:
    publisher = anchor(_to(row["statement"]), record.publisher_of(row["source"]))
    words_there = quotation.words_of(row)
    return f'<section><h3>{publisher}</h3><p class="or-note">{plain(how)}</p>{words_there}</section>'


def _links(row: Row) -> None:
    """What it passes on or answers, and what passes it on or answers it."""
    every = record.ask("who-said-what").rows
    by_slug, slug = record.statements(), row["statement"]
    found = [("Passes on", by_slug.get(row["relays"])), ("Responds to", by_slug.get(row["responds_to"]))]
    found += [("Passed on by", each) for each in every if each["relays"] == slug]
    found += [("Answered by", each) for each in every if each["responds_to"] == slug]
    items = "".join(_brief(each, how) for how, each in found if each)
    if items:
        show(part("What it passes on and answers", f'<ul class="or-plain or-briefs">{items}</ul>'))


def _brief(row: Row, how: str = "") -> str:
    """One statement in a line: how it is tied to this one, who, when, its words."""
    text = plain(wording.marked(row["text"], row["text_is"], 220))
    printed = row["text_is"] == "printed"
    said = f'<span class="or-printed-line">{text}</span>' if printed else f"In our words: {text}"
    tie = f'<span class="or-tag">{plain(how)}</span>' if how else ""
    link = anchor(_to(row["statement"]), brief(quotation.speaker(row), 120))
    when = plain(dates.in_words(row["when"]))
    publisher = plain(record.publisher_of(row["source"]))
    return f"<li>{tie}{link}, {when}, in {publisher}: {said}</li>"


def _against(row: Row) -> None:
    """Did anyone say the opposite: statements of the other stance, and disagreements that touch it."""
    disputes = "".join(
        f"<li>{anchor(address.link('disagreements', id=each['disagreement']), each['label'])} "
        f"<span>({plain(words(each['resolution']).lower() or 'no resolution')})</span></li>"
        for each in beside.disputes(row)
    )
    body = (
        f'<h3>Disagreements that its words are part of</h3><ul class="or-plain">{disputes}</ul>'
        if disputes
        else ""
    )
    found = beside.opposed(row)
    if found:
        items = "".join(_brief(each.row, _tie(each)) for each in found)
        body += f'<h3>Statements of the other stance</h3><ul class="or-plain or-briefs">{items}</ul>'
    elif row["stance"] in ("support", "oppose"):
        body += "<p>No statement on record takes the other side on one of its topics.</p>"
    else:
        stance = quotation.STANCES.get(row["stance"], "no stance on record").partition(":")[0]
        body += f"<p>Its stance ({plain(stance)}) has no opposite, so none is listed.</p>"
    own = _own(row)
    note = '<p class="or-note">Stances are the record’s reading, dated, and toward the sharing of data.</p>'
    asked = part("Did anyone say the opposite?", f"{body}{own}{note}")
    show(f'<section class="or-against">{asked}</section>')


def _tie(found: Any) -> str:
    speaker = "the same speaker; " if found.same_speaker else ""
    return f"{speaker}about {', '.join(words(topic).lower() for topic in found.topics)}"


def _own(row: Row) -> str:
    """What the same speaker has stood for over time, where there is more than this."""
    if not row["speaker"]:
        return ""
    rows: Sequence[Row] = record.ask("positions", {"actor": row["speaker"]}).rows
    found = {
        (each["statement"], each["event"]): each for each in rows if each["statement"] != row["statement"]
    }
    others = list(found.values())  # an event that several sources tell is one position
    items = "".join(
        f"<li>{plain(dates.in_words(each['when']))}: "
        f"{plain(quotation.STANCES.get(each['stance'], each['stance']))} — {_own_link(each)}</li>"
        for each in others
    )
    return f'<h3>What the same speaker has stood for</h3><ul class="or-plain">{items}</ul>' if items else ""


def _own_link(row: Row) -> str:
    noun = "statement" if row["statement"] else "event"
    to = address.link(noun, id=row[noun])
    return anchor(to, wording.marked(row["text"], row["text_is"], 120))


def _cited(row: Row) -> None:
    """What refers to it."""
    slug = row["statement"]
    rows = record.ask("citations", {"document": slug, "depth": "1"}).rows
    cites = [each for each in rows if each["to"] == slug]
    items = "".join(f"<li>{plain(words(each['relation']))}: {_name(each['from'])}</li>" for each in cites)
    body = f'<ul class="or-plain">{items}</ul>' if items else "<p>Nothing on record refers to it.</p>"
    show(part("What refers to it", body))


def _name(slug: str) -> str:
    said = record.statements().get(slug)
    return anchor(_to(slug), quotation.speaker(said)) if said else names.linked(slug)


def _data(slug: str) -> None:
    """The same as data, and its IRI."""
    show(
        part("As data") + f"<p>{citation.documents('statement', slug)}</p>"
        f'<p class="or-place"><code>{plain(citation.identifier("statement", slug))}</code> '
        f"{plain(citation.snapshot())}</p>"
    )
