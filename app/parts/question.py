"""The named questions: cards to choose from, and a form that knows what each parameter takes."""

from collections.abc import Mapping, Sequence

import streamlit as st

from onrecord.errors import OnRecordError
from onrecord.query import Question
from onrecord.query.question import PAGING, Parameter
from parts import address, fields, record, states
from parts.markup import anchor, brief, plain, show, words

_GROUPS: Mapping[str, Sequence[str]] = {
    "Words": ("who-said-what", "positions", "counts", "evidence"),
    "Events and states": (
        "timeline",
        "what-changed",
        "status-on",
        "status-history",
        "duration",
        "participants",
        "provisions",
    ),
    "Documents and sources": ("documents", "citations", "citation-path", "figures", "disagreements"),
    "People and the record": ("actors", "held-on", "dossiers", "gaps", "corrections", "vocabulary"),
}
"""What the cards stand under; a question that is in none of them stands under the last heading."""
_MOST = 3000
"""Names in a menu; where more are on record, readers type the slug."""
_SAMPLES: Mapping[str, str] = {"edtf": "2018-05 or 2018-05-09", "words": "whole words", "integer": "a number"}


def cards(questions: Sequence[Question]) -> None:
    """A card for each question, under headings."""
    by_name = {question.name: question for question in questions}
    listed = [name for names in _GROUPS.values() for name in names]
    rest = [name for name in by_name if name not in listed]
    parts = []
    for heading, names in _GROUPS.items():
        last = heading == list(_GROUPS)[-1]
        here = [by_name[name] for name in (*names, *(rest if last else ())) if name in by_name]
        items = "".join(f"<li>{_card(question)}</li>" for question in here)
        parts.append(f'<h3>{plain(heading)}</h3><ul class="or-cards">{items}</ul>')
    show("".join(parts))


def _card(question: Question) -> str:
    needed = [words(p.name).lower() for p in question.parameters if p.required]
    asks = f'<p class="or-asks">Asks for: {plain(", ".join(needed))}</p>' if needed else ""
    to = anchor(address.link("query", question=question.name), question.title)
    return f"<h4>{to}</h4><p>{plain(question.description)}</p>{asks}"


def given(question: Question) -> dict[str, str]:
    """The parameters that stand in the address."""
    values = {parameter.name: address.given(parameter.name) for parameter in question.parameters}
    return {name: value for name, value in values.items() if value}


def form(question: Question) -> None:
    """Menus and fields, each with its meaning; what is asked goes into the address in one step."""
    asked = [parameter for parameter in question.parameters if parameter not in PAGING]
    if not asked:
        return
    with st.form(f"ask-{question.name}", border=False):
        for first in range(0, len(asked), 2):
            for column, parameter in zip(st.columns(2), asked[first : first + 2], strict=False):
                with column:
                    _field(question, parameter)
        st.form_submit_button("Ask", on_click=_ask, args=(question,))


def _key(question: Question, parameter: Parameter) -> str:
    return f"ask-{question.name}-{parameter.name}"


def _field(question: Question, parameter: Parameter) -> None:
    key, value = _key(question, parameter), address.given(parameter.name)
    label = words(parameter.name) + (" (required)" if parameter.required else "")
    options = dict(record.choices(question.name, parameter.name))
    if parameter.choices:
        fields.hold(key, [word for word in value.split(",") if word in options])
        st.multiselect(label, list(options), key=key, format_func=words, help=parameter.description)
    elif options and len(options) <= _MOST:
        named = {slug: _named(slug, name) or slug for slug, name in options.items()}
        labels = dict(sorted(named.items(), key=lambda item: (item[1].casefold(), item[0])))
        if value and value not in labels:
            labels = {value: brief(value), **labels}
        labels = {"": "Choose" if parameter.required else "Any", **labels}
        typed = parameter.type == "id"
        fields.menu(label, key, value, labels, help=parameter.description, accept_new_options=typed)
    else:
        fields.hold(key, value)
        sample = _SAMPLES.get(parameter.type, "its slug")
        st.text_input(label, key=key, help=parameter.description, placeholder=sample)


def _named(slug: str, name: str) -> str:
    """A record by its name and slug, so that two of one name can be told apart; a concept by its word."""
    return words(slug) if slug == name else f"{brief(name, 70)} · {slug}"


def _ask(question: Question) -> None:
    values = {"question": question.name}
    for parameter in question.parameters:
        key = _key(question, parameter)
        value = fields.given(key).strip() if key in st.session_state else address.given(parameter.name)
        if value:
            values[parameter.name] = value
    address.become(values)


def missing(question: Question) -> list[str]:
    """Names of the parameters that must be given and are not."""
    return [p.name for p in question.parameters if p.required and not address.given(p.name)]


def refused(question: Question, error: OnRecordError) -> None:
    """A value that the question does not take, with the nearest that it does."""
    states.refused(error, "query", names(question), _wrong(question))


def names(question: Question) -> tuple[str, ...]:
    """What the address holds about a question."""
    return ("question", *(parameter.name for parameter in question.parameters))


def _wrong(question: Question) -> str:
    """The parameter whose value is the wrong one; empty where that can't be told."""
    values = given(question)
    for parameter in question.parameters:
        value = values.get(parameter.name)
        taken = {} if parameter.choices or not value else record.choices(question.name, parameter.name)
        if value and taken and value not in taken and ":" not in value:
            return parameter.name
    for parameter in question.parameters:
        rest = {name: value for name, value in values.items() if name != parameter.name}
        if parameter.name in values and not parameter.required and _answers(question, rest):
            return parameter.name
    return ""


def _answers(question: Question, values: Mapping[str, str]) -> bool:
    try:
        record.ask(question.name, values)
    except OnRecordError:
        return False
    return True
