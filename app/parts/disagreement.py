"""A disagreement: its sides with their passages, and what the record makes of it."""

from parts import address, citation, names, record
from parts.markup import anchor, plain
from parts.record import Row


def link(row: Row) -> str:
    """Its question as a link, with what the record makes of it."""
    ruling = record.concept("resolution", row["resolution"]).label.lower()
    to = address.link("disagreements", id=row["disagreement"])
    return f'{anchor(to, row["label"])} <span class="or-note">{plain(ruling)}</span>'


def card(row: Row, *, level: int = 2) -> str:
    """The whole of it as HTML; `level` is that of its heading."""
    kind, ruling = (
        record.concept("disagreement", row["kind"]),
        record.concept("resolution", row["resolution"]),
    )
    sides = "".join(_side(claim) for claim in row["claims"])
    note = f" {plain(row['note'])}" if row["note"] else ""
    to = anchor(address.link("disagreements", id=row["disagreement"]), row["label"])
    about = ", ".join(_about(topic) for topic in row["about"] or ())
    made = '<span class="or-tag">What the record makes of it</span>'
    return (
        '<article class="or-dispute">'
        f'<p class="or-kind" title="{plain(kind.definition)}">{plain(kind.label)}</p>'
        f"<h{level}>{to}</h{level}><ul>{sides}</ul>"
        f'<p class="or-ruling">{made}<b>{plain(ruling.label)}.</b> {plain(ruling.definition)}{note}</p>'
        f"{f'<p class=or-place>About: {about}</p>' if about else ''}</article>"
    )


def _about(topic: str) -> str:
    named = record.concept("topic", topic)
    label = named.label if named.iri else record.labels().get(topic, topic)
    return anchor(address.link("disagreements", about=topic), label)


def _side(claim: Row) -> str:
    """One claim: our summary, the printed words where the record has them, who makes it and where."""
    printed = (
        f'<blockquote class="or-printed"><p><q>{plain(claim["text"])}</q></p></blockquote>'
        if claim["text_is"] == "printed"
        else ""
    )
    ours = f'<span class="or-tag">In our words</span>{plain(claim["value"])}'
    return (
        f'<li><p class="or-claim">{ours}</p>{printed}'
        f'<p class="or-place">Said by <b>{names.account(claim["said_by"])}</b><br>'
        f"{citation.standing(claim)}</p></li>"
    )
