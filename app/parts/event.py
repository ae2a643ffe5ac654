"""One event in full, on the page where it was chosen."""

from collections.abc import Mapping, Sequence

from onrecord.errors import LimitExceeded
from parts import citation, dates, disagreement, names, quotation, record, states, wording
from parts.markup import anchor, definitions, plain, show, words
from parts.record import Row

_TAGS: Mapping[str, str] = {
    "account": "In our words",
    "document": "Reference to an outside document",
}


def detail(event: Row, *, close: str, before: str, after: str, permalink: str) -> None:
    """What, when and how we know, who, what each source tells, words said there, disagreements, citation.

    close, before, after, permalink: addresses; `before` and `after` are empty at the ends of the list.
    """
    evidence, cut = _evidence(event["event"])
    moves = [anchor(before, "‹ Earlier") if before else "", anchor(after, "Later ›") if after else ""]
    show(
        f'<section id="chosen" class="or-event" data-event="{plain(event["event"])}" '
        'aria-label="The chosen event">'
        f'<nav class="or-moves" aria-label="Chosen event">{"".join(moves)}{anchor(close, "Close ×")}</nav>'
        f'<p class="or-kind">{plain(words(event["kind"]))}</p><h1>{plain(event["label"])}</h1>'
        f"{wording.ours(plain(event['description']))}{definitions(_facts(event, permalink))}"
        f"{'' if cut else _accounts(evidence)}</section>"
    )
    if cut:
        states.notice("What the sources tell of it was not answered within the limits", cut, wrong=True)
        return
    _statements(event, evidence)
    _disagreements(evidence)
    citation.copyable("Copy citation of this event", citation.of_event(event, evidence))


def _evidence(event: str) -> tuple[Sequence[Row], str]:
    """The passages that tell of it; where a limit was reached none, and what to say of that."""
    try:
        return record.ask("evidence", {"id": event}).rows, ""
    except LimitExceeded as error:
        return (), states.limit_reached(error)


def _facts(event: Row, permalink: str) -> list[tuple[str, str]]:
    return [
        ("When", dates.html(event, note=False)),
        ("How we know", plain(event["date_note"])),
        ("Dated by", names.listed(event["date_documents"])),
        ("Who", _participants(event)),
        ("Documents", names.listed(event["documents"])),
        ("Part of", names.linked(event["part_of"])),
        ("Told by", names.publishers(event["sources"])),
        ("Address", anchor(permalink, "Link to this event")),
    ]


def _participants(event: Row) -> str:
    lines = []
    for row in record.ask("participants", {"event": event["event"]}).rows:
        office = ", ".join(part for part in (plain(row["office"]), names.linked(row["organisation"])) if part)
        stance = plain(quotation.STANCES.get(row["stance"], ""))
        parts = (plain(words(row["role"]).lower()), office and f"as {office}", stance)
        more = "; ".join(part for part in parts if part)
        who = names.linked(row["actor"], row["label"])
        lines.append(f"<li><b>{who}</b>{f' <span>{more}</span>' if more else ''}</li>")
    return f'<ul class="or-plain">{"".join(lines)}</ul>' if lines else ""


def _accounts(evidence: Sequence[Row]) -> str:
    """Each source's account, in our words or as printed, with every place that it rests on."""
    places: dict[tuple[str, str, str], list[Row]] = {}
    for row in evidence:
        if row["kind"] in _TAGS and row["text"]:
            places.setdefault((row["kind"], row["source"], row["text"]), []).append(row)
    items = "".join(_account(rows) for rows in places.values())
    none = "<p>No account of its own is on record.</p>"
    body = f'<ul class="or-accounts">{items}</ul>' if items else none
    return f"<h2>What the sources tell</h2>{body}"


def _account(rows: Sequence[Row]) -> str:
    row = rows[0]
    codes = "".join(f" <code>{plain(place)}</code>" for place in map(citation.place, rows) if place)
    title = plain(record.labels().get(row["source"], row["source"]))
    publisher = f"{plain(record.publisher_of(row['source']))}: " if codes else ""
    return wording.passage(row, f'<p class="or-place">{publisher}{title}{codes}</p>', _TAGS[row["kind"]])


def _touches(row: Row, evidence: Sequence[Row]) -> bool:
    """Whether a row's words stand in a passage that tells of the event."""
    return any(
        told["kind"] == "account"
        and None not in (row["start"], told["start"])
        and told["source"] == row["source"]
        and told["start"] < row["end"]
        and row["start"] < told["end"]
        for told in evidence
    )


def _disagreements(evidence: Sequence[Row]) -> None:
    """Disagreements with a claim about the event, or one that stands in a passage that tells of it."""
    claims = {row["of"] for row in evidence if row["kind"] == "claim"}
    rows = [
        row
        for row in record.ask("disagreements").rows
        if any(claim["claim"] in claims or _touches(claim, evidence) for claim in row["claims"])
    ]
    if rows:
        cards = "".join(disagreement.card(row, level=3) for row in rows)
        show(f'<h2 class="or-part">Where the sources disagree ({len(rows)})</h2>{cards}')


def _statements(event: Row, evidence: Sequence[Row]) -> None:
    """Statements made there, then others whose words stand in the passages that tell of it."""
    there = record.ask("who-said-what", {"venue": event["event"]}).rows
    known = {(row["statement"], row["source"]) for row in there}
    printed = [row for slug in event["sources"] for row in record.ask("who-said-what", {"source": slug}).rows]
    told = [
        row for row in printed if (row["statement"], row["source"]) not in known and _touches(row, evidence)
    ]
    for heading, found in (("Said there", there), ("Said in the passages that tell of it", told)):
        if found:
            show(f'<h2 class="or-part">{heading} ({len(found)})</h2>')
        for row in found:
            quotation.card(row)
