"""Status: the states of an instrument through time by each account, and on one day in full."""

from collections.abc import Mapping, Sequence

import streamlit as st

from onrecord.edtf import Edtf, EdtfError, parse
from onrecord.errors import OnRecordError
from parts import (
    accounts,
    address,
    bands,
    dates,
    disagreement,
    masthead,
    names,
    places,
    record,
    states,
    table,
)
from parts.markup import anchor, brief, part, plain, show
from parts.record import Row

STATE = ("instrument", "date", "according-to")


def draw() -> None:
    """The page."""
    masthead.heading(
        "Status", "In what state an instrument was, on any day, by each account: none is preferred."
    )
    states.newer_files()
    every = record.ask("status-history").rows
    if not every:
        states.bare("states of instruments")
        return
    instruments = {row["instrument"]: brief(record.labels().get(row["instrument"], "")) for row in every}
    instrument = address.given("instrument") or next(iter(instruments))
    controls(instruments, every, instrument)
    with places.whole():
        results(instrument)


def results(instrument: str) -> None:
    """The bands, the chosen day in full and the table, or why there are none."""
    asked = {"instrument": instrument, "according-to": address.given("according-to")}
    try:
        answer = record.ask("status-history", asked)
    except OnRecordError as error:
        states.one_refused(
            error, "status", STATE, asked, lambda one: record.ask("status-history", one), "according-to"
        )
        return
    if not answer.rows:
        empty(instrument)
        return
    day = asked_day()
    through_time(answer.rows, day)
    if day:
        on_day(instrument, day)
    as_table(answer.rows)
    states.tell(answer.notes)


def controls(instruments: Mapping[str, str], every: Sequence[Row], instrument: str) -> None:
    """Instrument, account and day; each is in the address."""
    given = {
        row["according_to"]: brief(names.plainly(row["according_to"]))
        for row in every
        if row["instrument"] == instrument and row["according_to"]
    }
    with st.container(key="filters"):
        first, second, third = st.columns([2, 1.4, 1])
        with first:
            address.menu(
                "Instrument", "instrument", instruments, everything=instruments.get(instrument, "Any")
            )
        with second:
            by_name = dict(sorted(given.items(), key=lambda item: (item[1].casefold(), item[0])))
            address.menu("According to", "according-to", by_name, everything="Every account")
        with third:
            address.text_field("On this day", "date", placeholder="2018-06-01")
        show(f'<p class="or-turns">{turns(every, instrument)}</p>')


def turns(every: Sequence[Row], instrument: str) -> str:
    """The days on which a state begins by some account, as links, and the way back to all days."""
    days = sorted(
        {row["since"] for row in every if row["instrument"] == instrument and row["since"]}, key=_when
    )
    links = " · ".join(
        anchor(
            address.here("status", STATE, date=day), dates.briefly(day), current=day == address.given("date")
        )
        for day in days
    )
    clear = (
        f" · {anchor(address.here('status', STATE, date=None), 'All days')}" if address.given("date") else ""
    )
    return f"<b>A state begins on</b> {links}{clear}"


def _when(text: str) -> tuple[object, ...]:
    return parse(text).sort_key


def asked_day() -> Edtf | None:
    """The day of the address; says what is wrong with one that cannot be read."""
    text = address.given("date")
    if not text:
        return None
    try:
        return parse(text)
    except EdtfError as error:
        near = error.suggestion
        offer = (
            f"<p>Did you mean {anchor(address.here('status', STATE, date=near), near)}?</p>" if near else ""
        )
        states.notice(f"‘{brief(text)}’ is not a date: {error.message}", offer, wrong=True)
        return None


def through_time(rows: Sequence[Row], day: Edtf | None) -> None:
    """The bands, with what their colours and ends mean."""
    answer_notes = [note for note in record.ask("status-history").notes if note.startswith("cut_off: ")]
    cut_off = answer_notes[0].removeprefix("cut_off: ")[:10] if answer_notes else None
    drawn = bands.span(rows, cut_off)
    if drawn is None:
        states.notice("None of these states has a date to draw; they are in the table below.")
        return
    show(bands.html(rows, drawn, day, STATE))


def on_day(instrument: str, day: Edtf) -> None:
    """What the accounts say of one day, by state, each with its passages, and what is disputed."""
    try:
        answer = record.ask(
            "status-on",
            {"instrument": instrument, "date": day.text, "according-to": address.given("according-to")},
        )
    except OnRecordError as error:
        states.refused(error, "status", STATE, "date")
        return
    show(f'<h2 class="or-part or-on">On {plain(dates.in_words(day.text))}</h2>')
    if not answer.rows:
        states.notice(
            f"No account on record covers {dates.in_words(day.text)}.", "<p>Others may: see above.</p>"
        )
        return
    found = list(dict.fromkeys(row["status"] for row in answer.rows))
    said = " · ".join(
        f"<b>{plain(record.concept('status', status).label)}</b> by "
        f"{len({row['according_to'] for row in answer.rows if row['status'] == status})}"
        for status in found
    )
    differ = " The accounts differ." if len(found) > 1 else ""
    tellers = len({row["according_to"] for row in answer.rows})
    number = "1 account" if tellers == 1 else f"{tellers} accounts"
    both = " Some give more than one state." if answer.total > tellers else ""
    show(f'<p class="or-count" role="status">{number}: {said}.{both}{differ}</p>')
    for status in found:
        show(accounts.of_state(status, [row for row in answer.rows if row["status"] == status]))
    disputed({claim for row in answer.rows for claim in row["claims"] or ()})
    states.tell([note for note in answer.notes if note not in record.ask("status-history").notes])


def disputed(claims: set[str]) -> None:
    """The disagreements in which a claim stands that establishes one of these states."""
    rows = [
        row
        for row in record.ask("disagreements").rows
        if any(claim["claim"] in claims for claim in row["claims"])
    ]
    if rows:
        links = "".join(f"<li>{disagreement.link(row)}</li>" for row in rows)
        show(part(f"What is disputed about it ({len(rows)})", f'<ul class="or-links">{links}</ul>', level=3))


def as_table(rows: Sequence[Row]) -> None:
    """The bands as a table."""
    lines = [
        (
            names.account(row["according_to"]),
            plain(record.concept("status", row["status"]).label),
            end(row["since"], row["event"]),
            end(row["until"], row["ended_by"]) if row["goes_on"] == "no" else "going on",
            f'<span class="or-basis">{plain(dates.basis_in_words(row))}</span> {plain(row["date_note"])}'
            f"{'<br>' if row['note'] else ''}{plain(row['note'])}",
        )
        for row in rows
    ]
    heads = ("By whose account", "State", "From", "To", "How we know")
    show(table.html(f"Every account, as a table ({len(rows)})", heads, lines))


def end(when: str | None, event: str | None) -> str:
    """One end of a period, with the event that made it."""
    date = plain(dates.in_words(when)) if when else "not known"
    return f"{date}<br>{names.linked(event)}" if event else date


def empty(instrument: str) -> None:
    """No state by this account: what to remove."""
    states.nothing(
        "states",
        "status",
        STATE,
        ((("according-to",), "the account"),),
        lambda _: record.ask("status-history", {"instrument": instrument}).total,
        address.link("status"),
    )


masthead.draw("status")
states.guarded(draw)
