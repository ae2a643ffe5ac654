"""Search: everything that holds the words, by noun, each with its count."""

from collections.abc import Mapping, Sequence

from onrecord.errors import UsageError
from parts import address, found, marks, masthead, paging, record, states
from parts.markup import anchor, brief, plain, show
from parts.record import Row

FEW, MANY = 5, 20
STATE = ("q", "noun")
EVERYTHING = "Everything that was found"


def draw() -> None:
    """The page."""
    record.workspace()
    query = address.given("q")
    if not query:
        nothing_asked()
        return
    masthead.heading(f"“{brief(query, 80)}”")
    states.newer_files()
    try:
        counts = record.workspace().found_by_noun(query)
    except UsageError as error:
        states.notice(error.message, f"<p>{plain(error.hint or '')}</p>", wrong=True)
        return
    if not counts:
        empty(query)
        return
    noun = address.given("noun")
    if noun and noun not in found.GROUPS:
        known = list(found.GROUPS)
        states.unknown(
            "group", noun, known, lambda near: address.link("search", q=query, noun=near), EVERYTHING
        )
        return
    summary(query, counts, noun)
    if noun:
        group_in_pages(query, noun, counts.get(noun, 0))
        return
    for each in found.in_order(counts):
        few(query, each, counts[each])


def nothing_asked() -> None:
    """The page without words."""
    masthead.heading("Search", "People and bodies, documents, events, and the words of statements.")
    examples = ", ".join(
        anchor(address.link("search", q=words), words)
        for words in ("hostile environment", "“no longer”", "withdrawal")
    )
    states.notice(
        "Type words in the field above",
        "<p>All of them must occur; words are matched whole, case and accents ignored. Words between "
        f"quotation marks are a phrase. For example: {examples}.</p>",
    )


def summary(query: str, counts: Mapping[str, int], noun: str) -> None:
    """How many records hold the words, in all and by noun; each count is a link."""
    total = sum(counts.values())
    links = [anchor(address.link("search", q=query), f"Everything ({total})", current=not noun)]
    links += [
        anchor(
            address.link("search", q=query, noun=each),
            f"{found.GROUPS[each]} ({counts[each]})",
            current=each == noun,
        )
        for each in found.in_order(counts)
    ]
    items = "".join(f"<li>{link}</li>" for link in links)
    records = "record holds" if total == 1 else "records hold"
    show(
        f'<p class="or-count" role="status"><b>{total}</b> {records} '
        f"{'the word' if len(marks.parts(query)) == 1 else 'all the words'}; names that are exactly this "
        "first, then names with the words, then the rest by relevance</p>"
        f'<nav class="or-groups" aria-label="Groups of results"><ul>{items}</ul></nav>'
    )


def few(query: str, noun: str, total: int) -> None:
    """The first of a group, and the way to all of it."""
    rows = record.workspace().found_of(noun, query, FEW)
    to = address.link("search", q=query, noun=noun)
    link = anchor(to, f"Show all {total}", name=f"Show all {total}: {found.GROUPS[noun]}")
    every = f'<p class="or-every-one">{link}</p>' if total > len(rows) else ""
    show(group(query, noun, total, rows) + every)


def group_in_pages(query: str, noun: str, total: int) -> None:
    """A whole group, in pages."""
    if not total:
        everything = anchor(address.link("search", q=query), EVERYTHING)
        states.notice(f"No {found.GROUPS[noun].lower()} hold the words", f"<p>{everything}</p>")
        return
    page, pages = paging.place(total, MANY)
    rows = record.workspace().found_of(noun, query, MANY, (page - 1) * MANY)
    show(group(query, noun, total, rows))
    paging.links("search", STATE, page, pages)


def group(query: str, noun: str, total: int, rows: Sequence[Row]) -> str:
    """A group with its heading."""
    wanted = marks.parts(query)
    items = "".join(f"<li>{found.line(row, wanted)}</li>" for row in rows)
    heading = f"<h2>{found.GROUPS[noun]} <span>{total}</span></h2>"
    return f'<section class="or-found">{heading}<ul>{items}</ul></section>'


def empty(query: str) -> None:
    """Nothing holds all the words: how many hold each of them, and words that are near."""
    words = marks.parts(query)
    items = "".join(f"<li>{instead(word)}</li>" for word in words[:8])
    elsewhere = (
        anchor(address.link("said"), "All statements"),
        anchor(address.link("timeline"), "All events"),
    )
    states.notice(
        "Nothing on record holds all these words" if len(words) > 1 else "Nothing on record holds this word",
        f"<ul>{items}</ul><p>Words are matched whole, case and accents ignored. {' · '.join(elsewhere)}</p>",
    )


def instead(word: str) -> str:
    """How many records hold one word or phrase, else words on record that are near it."""
    count = sum(record.workspace().found_by_noun(f'"{word}"').values())
    if count:
        asked = f"“{word}”" if " " in word else word
        return anchor(address.link("search", q=asked), f"{count} with “{brief(word, 60)}”")
    near = record.workspace().near_words(word)
    links = " or ".join(anchor(address.link("search", q=each), each) for each in near)
    return f"none with “{plain(brief(word, 60))}”" + (f"; did you mean {links}?" if links else "")


masthead.draw("search")
states.guarded(draw)
