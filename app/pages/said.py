"""Who said what: statements with speaker, office, date, place of printing and a citation to copy."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from onrecord.errors import OnRecordError
from onrecord.query import Answer
from parts import address, dates, marks, masthead, paging, places, quotation, record, states, telling
from parts.markup import anchor, brief, plain, show, words
from parts.record import Row

FILTERS = ("speaker", "organisation", "about", "source", "mode", "stance", "from", "to", "q")
MENUS: Mapping[str, str] = {
    "speaker": "Speaker",
    "organisation": "Organisation spoken for",
    "about": "About",
    "source": "Source",
    "mode": "How it is told",
    "stance": "Stance",
}  # filters that are menus, with their labels; the others are typed
SIZE = 10


def given(left_out: Sequence[str] = ()) -> dict[str, str]:
    """The filters of the address."""
    return {name: address.given(name) for name in FILTERS if name not in left_out}


def parameters(values: Mapping[str, str]) -> dict[str, str]:
    """Filters as parameters of the question, which calls the words otherwise."""
    return {"contains" if name == "q" else name: value for name, value in values.items()}


def ask(values: Mapping[str, str]) -> Answer:
    """The statements that some filters let through. Raises as `record.ask`."""
    return record.ask("who-said-what", parameters(values))


def draw() -> None:
    """The page."""
    record.workspace()
    statement = address.given("statement")
    if statement:  # the permanent link of older citations
        telling.page(statement)
        return
    every = record.ask("who-said-what").rows
    masthead.heading(
        "Who said what",
        "Exact words where a source prints them, our own where it only reports, each with its place.",
    )
    states.newer_files()
    answer, wrong = None, None
    try:
        answer = ask(given())
    except OnRecordError as error:
        wrong = error
    filters(every, counted=wrong is None)
    with places.whole():
        if wrong:
            states.one_refused(wrong, "said", FILTERS, given(), ask)
        elif answer and answer.rows:
            results(answer, len(every))
        else:
            empty(len(every))


def results(answer: Answer, total: int) -> None:
    """The count, the order, a page of cards and what a reader must know of the answer."""
    rows, page, pages = paging.part(sorted(answer.rows, key=dates.then_place), SIZE)
    printings = len({row["statement"] for row in answer.rows})
    more = "" if printings == answer.total else f", {printings} statements as {answer.total} printings"
    show(
        '<h2 class="or-unseen">Statements</h2>'
        f'<p class="or-count" role="status"><b>{answer.total}</b> of {total} statements{more}, earliest first'
        f"{', those without a date last' if any(not row['when'] for row in answer.rows) else ''}</p>"
        f"{chosen()}"
    )
    usual = record.ask("who-said-what").notes
    states.tell([note for note in answer.notes if note not in usual])
    wanted = marks.phrase(address.given("q"))
    for row in rows:
        quotation.card(row, wanted=wanted)
    paging.links("said", FILTERS, page, pages)
    states.tell([note for note in answer.notes if note in usual])


def chosen() -> str:
    """Each filter that is set as a link that removes it, and one that removes all."""
    labels = {**MENUS, "from": "From", "to": "To", "q": "Words"}
    said = {name: f"{labels[name]}: {label_of(name, value)}" for name, value in given().items() if value}
    links = [
        anchor(address.here("said", FILTERS, **{name: None}), f"{text} ×", name=f"Remove the filter {text}")
        for name, text in said.items()
    ]
    if not links:
        return ""
    clear = anchor(address.link("said"), "Clear all filters")
    items = "".join(f"<li>{link}</li>" for link in [*links, clear])
    return f'<ul class="or-chosen" aria-label="Filters that are set">{items}</ul>'


def label_of(name: str, value: str) -> str:
    """A filter's value for people."""
    if name in ("from", "to", "q"):
        return brief(value, 60)
    return brief(_labels(name, [value])[value], 60)


def filters(every: Sequence[Row], *, counted: bool) -> None:
    """Menus with how many statements each value would leave, and words and dates; all in the address."""
    with st.container(key="filters"):
        for names in (("speaker", "organisation", "about"), ("source", "mode", "stance")):
            for name, column in zip(names, st.columns(3), strict=True):
                with column:
                    address.menu(MENUS[name], name, options(name, every, counted=counted), drop=("page",))
        first, second, third = st.columns([2, 1, 1])
        with first:
            address.text_field(
                "Words", "q", drop=("page",), placeholder="whole words, for example: hostile environment"
            )
        with second:
            address.text_field("From", "from", drop=("page",), placeholder="2018-01")
        with third:
            address.text_field("To", "to", drop=("page",), placeholder="2018-11")


def options(name: str, every: Sequence[Row], *, counted: bool) -> dict[str, str]:
    """Slug → label with the number of statements that the other filters leave; by label."""
    known = tally(name, every, {})
    now = known
    if counted:
        others = given((name,))
        now = tally(name, ask(others).rows, others)
    value = address.given(name)
    labels = _labels(name, known)
    shown = {slug: f"{labels[slug]} ({now[slug]})" for slug in known if now[slug] or slug == value}
    return dict(sorted(shown.items(), key=lambda item: (item[1].casefold(), item[0])))


def tally(name: str, rows: Iterable[Row], asked: Mapping[str, str]) -> Counter[str]:
    """How many of the statements each value of a filter lets through."""
    if name == "organisation":
        counts = record.ask("counts", {**parameters(asked), "by": "organisation"}).rows
        return Counter({row["organisation"]: row["statements"] for row in counts if row["organisation"]})
    if name == "about":
        return Counter(topic for row in rows for topic in row["about"] or ())
    return Counter(row[name] for row in rows if row[name])


def _labels(name: str, slugs: Iterable[str]) -> dict[str, str]:
    named = record.labels()
    if name == "source":
        return {slug: brief(record.publisher_of(slug)) for slug in slugs}
    if name == "stance":
        return {slug: quotation.STANCES.get(slug, words(slug)).capitalize() for slug in slugs}
    if name == "mode":
        return {slug: quotation.MODES.get(slug, words(slug)).partition(":")[0].capitalize() for slug in slugs}
    return {slug: brief(named.get(slug) or words(slug)) for slug in slugs}


def empty(total: int) -> None:
    """Nothing matches: which filter to remove."""
    if not total:
        states.bare("statements", "a source")
        return
    said = {"from": "the date limit", "q": "the words"} | {
        name: f"the filter {plain(label).lower()}" for name, label in MENUS.items()
    }
    each = (("from", "to"), *((name,) for name in FILTERS if name not in ("from", "to")))
    states.nothing(
        "statements",
        "said",
        FILTERS,
        [(names, said[names[0]]) for names in each],
        lambda left_out: ask(given(left_out)).total,
        address.link("said"),
    )


masthead.draw("said")
states.guarded(draw)
