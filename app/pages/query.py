"""Query: named questions from menus, ready queries, and SPARQL by hand; the whole answer or one error."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from onrecord.errors import LimitExceeded, OnRecordError, QueryRefused, Stopped
from onrecord.query import Question
from parts import address, answered, editor, masthead, outcome, places, question, record, states, waiting
from parts.markup import anchor, plain, show

_EXAMPLES = Path(__file__).parent.parent / "examples"
_LONG = "long-query"
_PLACES = {"questions": "Questions", "ready": "Ready queries", "sparql": "SPARQL"}


def saved() -> dict[str, tuple[str, str]]:
    """Name → title and SPARQL of the ready queries."""
    found = {}
    for path in sorted(_EXAMPLES.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        found[path.stem] = (text.partition("\n")[0].removeprefix("# "), text)
    return found


def draw() -> None:
    """The page."""
    record.workspace()
    masthead.heading(
        "Query",
        "Ask by menus, with a ready query, or in SPARQL. The answer comes whole, or not at all and says why.",
    )
    states.newer_files()
    if address.given("question"):
        named(address.given("question"))
        return
    known, name = saved(), address.given("saved")
    text = known[name][1] if name in known else address.verbatim("q") or st.session_state.get(_LONG, "")
    if name and name not in known:
        back()
        saved_as = sorted(known)
        states.unknown(
            "saved query", name, saved_as, lambda near: address.link("query", saved=near), "All ready queries"
        )
        return
    begun = bool(text.strip())
    with places.whole():
        if begun:
            back()
            show(f'<h2 class="or-part">{plain(known.get(name, ("SPARQL", ""))[0])}</h2>')
        else:
            start(known)
    editor.draw(text if begun else "", run, keep=not address.holds(text))
    with places.place():
        if begun:
            sparql(text)
    show(f'<div class="or-limits">{outcome.limits()}</div>')


def back() -> None:
    """The way to everything that there is to ask with."""
    show(f'<p class="or-jump">{anchor(address.link("query"), "‹ Questions and ready queries")}</p>')


def start(known: Mapping[str, tuple[str, str]]) -> None:
    """Everything that there is to ask with."""
    jumps = "".join(anchor(f"#{place}", name) for place, name in _PLACES.items())
    show(f'<p class="or-jump">{jumps}</p>')
    show('<h2 class="or-part" id="questions">Questions</h2>')
    question.cards(record.workspace().list_questions())
    links = "".join(
        f"<li>{anchor(address.link('query', saved=name), title)}</li>" for name, (title, _) in known.items()
    )
    show(f'<h2 class="or-part" id="ready">Ready queries</h2><ul class="or-ready">{links}</ul>')
    show('<h2 class="or-part" id="sparql">SPARQL</h2>')


def sparql(text: str) -> None:
    """The answer to the query of the editor."""
    with places.place():
        address_of(text)
    if waiting.was_stopped(text):
        again = anchor(address.here("query", outcome.NAMES), "Run it again")
        states.notice("The query was stopped", f"<p>Its text is kept. {again}</p>")
        waiting.run_again()
        return
    try:
        result = waiting.result(text)
    except QueryRefused as error:
        editor.point_at(error)
        refusal(text, error)
    except LimitExceeded as error:
        states.notice("No answer within the limits", states.limit_reached(error), wrong=True)
    except Stopped as error:
        states.notice(error.message)
    except OnRecordError as error:
        states.notice(error.message, f"<p>{plain(error.hint)}</p>" if error.hint else "", wrong=True)
    else:
        outcome.draw(result)


def run(text: str) -> None:
    """Puts the query into the address, where it fits there."""
    waiting.run_again()
    kept = {"editor": address.given("editor")} if address.given("editor") else {}
    if not address.holds(text):
        st.session_state[_LONG] = text
        address.become(kept)
    else:
        st.session_state.pop(_LONG, None)
        address.become(({"q": text} if text.strip() else {}) | kept)


def address_of(text: str) -> None:
    """Links to this query, or that it is too long for one, with the file instead."""
    if not address.holds(text):
        states.notice(
            "This query is too long for an address",
            "<p>The address of this page does not hold it. Keep it as a file, and paste it here again.</p>",
        )
        st.download_button(
            "Download the query",
            text,
            file_name="query.rq",
            mime="application/sparql-query",
            on_click="ignore",
        )
        return
    here = anchor(address.link("query", q=text), "Link to this query")
    data = anchor(f"/sparql?{urlencode({'query': text})}", "Its answer as data")
    show(f'<p class="or-ways">{here} {data}</p>')


def refusal(text: str, error: QueryRefused) -> None:
    """Where the query is wrong, with a caret under the place, and what to do."""
    lines = text.splitlines()
    body = ""
    if error.line is not None and error.line <= len(lines):
        number = f"{error.line:>4} │ "
        source = lines[error.line - 1].replace("\t", " ")
        pointed = f"{number}{source}\n{' ' * (len(number) + (error.column or 1) - 1)}^"
        body += f"<pre>{plain(pointed)}</pre>"
    if error.hint:
        body += f"<p>{plain(error.hint)}</p>"
    where = f"Line {error.line}, column {error.column}"
    told = error.line is None or where.lower() in error.message.lower()
    states.notice(error.message if told else f"{where}: {error.message}", body, wrong=True)


def named(name: str) -> None:
    """A named question: its form, its answer, its SPARQL."""
    questions = {each.name: each for each in record.workspace().list_questions()}
    back()
    if name not in questions:
        known = sorted(questions)
        states.unknown(
            "question", name, known, lambda near: address.link("query", question=near), "All questions"
        )
        return
    asked = questions[name]
    show(f'<h2 class="or-part">{plain(asked.title)}</h2><p class="or-lead">{plain(asked.description)}</p>')
    question.form(asked)
    with places.place():
        answer_to(asked)


def answer_to(asked: Question) -> None:
    """The answer to a named question, or what it lacks."""
    missing = question.missing(asked)
    if missing:
        states.notice(f"To ask this, choose: {', '.join(each.replace('-', ' ') for each in missing)}.")
        return
    try:
        answer = record.ask(asked.name, question.given(asked))
    except OnRecordError as error:
        question.refused(asked, error)
        return
    answered.draw(asked, answer)


masthead.draw("query")
states.guarded(draw)
