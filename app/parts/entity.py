"""What the pages about one record share: which one is asked, its heading, its data, an index of all."""

from collections.abc import Mapping, Sequence
from typing import Any

from parts import address, beside, citation, masthead, names, record, states
from parts.markup import anchor, brief, plain, show

Row = Mapping[str, Any]
_FORMATS = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"))


def chosen(noun: str, rows: Sequence[Row], scheme: str) -> Row | None:
    """The row that the address names; without one the index of all, with a wrong one those near it.

    A slug of before leads to the one of today; a record that was taken back says when and why.
    """
    slug = address.given("id")
    if not slug:
        index(noun, rows, scheme)
        return None
    found = {row[noun]: row for row in rows}
    if slug not in found and beside.is_retracted(slug):
        retracted(slug)
        return None
    today = slug if slug in found else record.workspace().renamed(slug)
    if today is None or today not in found:
        everything = anchor(address.link(noun), f"All {noun}s")
        states.unknown(noun, slug, sorted(found), lambda near: address.link(noun, id=near), everything)
        return None
    if today != slug:
        states.notice(f"‘{slug}’ is called ‘{today}’ now")
    show(beside.log(today))
    return found[today]


def retracted(slug: str) -> None:
    """A record that was taken back: its name, when and why."""
    masthead.heading(str(beside.entries(slug)[-1]["label"] or slug))
    show(beside.log(slug))
    data(slug)


def index(noun: str, rows: Sequence[Row], scheme: str) -> None:
    """Every record of a noun as a link, by kind."""
    masthead.heading(f"{noun.capitalize()}s", f"{len(rows)} on record, by kind.")
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(record.concept(scheme, row["kind"]).label, []).append(row)
    shown = "".join(
        f"<h2>{plain(kind)} ({len(members)})</h2><ul>"
        + "".join(
            f"<li>{anchor(address.link(noun, id=row[noun]), row['label'])}</li>"
            for row in sorted(members, key=lambda row: (row["label"].casefold(), row[noun]))
        )
        + "</ul>"
        for kind, members in sorted(groups.items())
    )
    show(f'<section class="or-index" aria-label="All {plain(noun)}s">{shown}</section>')


def heading(kind: str, label: str, description: str | None) -> None:
    """What it is and what it is called; its description is ours."""
    masthead.title(brief(label, 60))
    ours = (
        f'<div class="or-ours"><span class="or-tag">In our words</span><p>{plain(description)}</p></div>'
        if description
        else ""
    )
    show(
        f'<div id="content" class="or-entity"><p class="or-kind">{plain(kind)}</p>'
        f"<h1>{plain(label)}</h1>{ours}</div>"
    )


def linked_list(slugs: Sequence[str] | None) -> str:
    """Names as links, each on a line."""
    return "<br>".join(names.linked(slug) for slug in slugs or ())


def told(sources: Sequence[str] | None) -> str:
    """The sources that mention it, by publisher."""
    return (
        ", ".join(names.publisher(source) for source in sources or ()) or "no source: from outside documents"
    )


def place(row: Row) -> str:
    """Where a line rests: publisher and place in the source."""
    where = citation.place(row)
    code = f" <code>{plain(where)}</code>" if where else " (outside the sources)"
    return f'<span class="or-place">{names.publisher(row["source"])}{code}</span>'


def passages(slug: str) -> None:
    """Every passage that the record rests on, printed words as printed."""
    rows = record.ask("evidence", {"id": slug}).rows
    if not rows:
        show('<p class="or-count">No passage is on record for it.</p>')
        return
    items = "".join(
        f'<li class="{"or-printed" if row["text_is"] == "printed" else "or-ours"}">'
        f'<span class="or-tag">{"Printed words" if row["text_is"] == "printed" else "In our words"}</span>'
        f"<p>{_words(row)}</p>{place(row)}</li>"
        for row in rows
        if row["text"]
    )
    title = f"The {len(rows)} passages that it rests on"
    show(
        f'<details class="or-context or-rests"><summary>{title}</summary>'
        f'<ul class="or-accounts">{items}</ul></details>'
    )


def _words(row: Row) -> str:
    return f"<q>{plain(row['text'])}</q>" if row["text_is"] == "printed" else plain(row["text"])


def data(slug: str) -> None:
    """The same record as data: its lasting name, its documents, its surroundings."""
    found = record.workspace()
    iri = found.iri(slug)
    if iri is None:
        return
    path = "/doc/" + iri.removeprefix(f"{found.snapshot.manifest.base}id/")
    formats = " · ".join(anchor(f"{path}.{ending}", label) for ending, label in _FORMATS)
    network = anchor(address.link("network", id=slug), "Who cites it, and what it cites, as a network")
    show(
        '<h2 class="or-part">Elsewhere</h2><ul class="or-plain">'
        f"<li>{network}</li>"
        f"<li>As data: {formats}</li><li>Lasting name: <code>{plain(iri)}</code></li></ul>"
    )
